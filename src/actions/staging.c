#include "actions/staging.h"

#include "base/hex.h"
#include "base/limits.h"
#include "store/store.h"
#include "system/crypto.h"
#include "system/file.h"

#include <fcntl.h>
#include <unistd.h>

static const char *place(struct study *study, struct arena *arena)
{
    return text_format(arena, "%s/staging", store_folder(study_store(study))).at;
}

bool staging_clean(struct study *study, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    const char *path = place(study, scratch);
    bool is_clean = folder_remove(path, err);
    arena_free(scratch);
    return is_clean;
}

const char *staging_name(struct study *study, struct text end, struct arena *arena)
{
    uint8_t bytes[16];
    char digits[HEX_SIZE(sizeof bytes)];
    struct error ignored; /* whoever makes the file is told */
    random_bytes(bytes, sizeof bytes);
    (void)!folder_make(place(study, arena), 0700, &ignored);
    hex_print(bytes, sizeof bytes, digits);
    return text_format(arena, "%s/%.*s%.*s", place(study, arena), (int)sizeof digits,
                       digits, TEXT_ARG(end))
        .at;
}

bool staging_open(struct study *study, struct arena *arena, int *descriptor,
                  struct error *err)
{
    const char *path = staging_name(study, TEXT(""), arena);
    *descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*descriptor < 0)
        return error_set(err, ERROR_FAILED, "%s cannot be made", path);
    unlink(path);
    return true;
}

/* A folder of tables as one ZIP file. */
#include "actions/export_walk.h"
#include "formats/zip_write.h"
#include "system/file.h"
#include "system/file_set.h"

#include <fcntl.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

struct packing {
    int descriptor;
    struct hasher *hasher;
};

static bool put_bytes(void *data, struct text bytes)
{
    const struct packing *packing = data;
    hasher_add(packing->hasher, bytes.at, bytes.len);
    while (bytes.len > 0) {
        ssize_t written = write(packing->descriptor, bytes.at, bytes.len);
        if (written <= 0)
            return false;
        bytes = text_part(bytes, (size_t)written, bytes.len);
    }
    return true;
}

static bool add_file(struct zip *zip, const struct file_set *set, size_t at,
                     struct arena *arena, char *chunk, struct error *err)
{
    struct text name = file_set_fact(set, at)->name;
    const char *path =
        text_format(arena, "%s/%.*s", file_set_path(set), TEXT_ARG(name)).at;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t len = descriptor < 0 ? -1 : 1;
    zip_file(zip, name);
    while (len > 0 && (len = read(descriptor, chunk, CHUNK)) > 0)
        zip_bytes(zip, (struct text){.at = chunk, .len = (size_t)len});
    if (descriptor >= 0)
        close(descriptor);
    return len == 0 || error_set(err, ERROR_FAILED, "%s cannot be read again", path);
}

static bool pack(const struct packing *packing, const struct file_set *set,
                 struct arena *arena, struct error *err)
{
    struct zip zip;
    struct packing own = *packing;
    char *chunk = arena_alloc(arena, CHUNK);
    zip_begin(&zip, put_bytes, &own, arena);
    for (size_t i = 0; i < file_set_count(set); i++)
        if (!add_file(&zip, set, i, arena, chunk, err))
            return false;
    return zip_end(&zip, err);
}

bool export_pack(const struct file_set *set, const char *path, struct arena *arena,
                 struct hash *content, struct error *err)
{
    struct packing packing = {
        .descriptor =
            open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600),
        .hasher = hasher_new(arena)};
    if (packing.descriptor < 0)
        return error_set(err, ERROR_FAILED, "%s cannot be made", path);
    bool is_packed = pack(&packing, set, arena, err);
    *content = hasher_end(packing.hasher);
    if (is_packed && fsync(packing.descriptor) != 0)
        is_packed = error_set(err, ERROR_FAILED, "%s could not be written", path);
    close(packing.descriptor);
    if (!is_packed)
        unlink(path);
    return is_packed;
}

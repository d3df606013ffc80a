#include "store/folder.h"

#include "base/hex.h"
#include "store/schema.h"
#include "system/file.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *path_in(struct arena *arena, const char *folder, const char *name)
{
    return text_format(arena, "%s/%s", folder, name).at;
}

struct folder folder_of(const char *path, struct arena *arena)
{
    struct text trimmed = text_of(path);
    while (trimmed.len > 1 && trimmed.at[trimmed.len - 1] == '/')
        trimmed.len--;
    struct folder folder = {.path = text_c(arena, trimmed)};
    folder.database = path_in(arena, folder.path, "osteon.db");
    folder.lock = path_in(arena, folder.path, "lock");
    folder.card = path_in(arena, folder.path, "folder");
    return folder;
}

bool folder_read(struct folder *folder, struct error *err)
{
    if (!file_exists(folder->card)) {
        error_set(err, ERROR_NOT_FOUND, "%s is not a data folder", folder->path);
        return error_hint(err, "'osteon init %s' makes one", folder->path);
    }
    struct arena *scratch = arena_new(64 * 1024);
    struct text content = {0};
    bool is_read = file_read(folder->card, 4096, scratch, &content, err);
    struct text first = text_cut(&content, '\n');
    struct text second = text_cut(&content, '\n');
    int64_t format = 0;
    if (!is_read)
        goto done;
    is_read = text_starts_with(first, TEXT("osteon folder ")) &&
              text_to_int64(text_part(first, 14, first.len), &format) &&
              text_starts_with(second, TEXT("id ")) &&
              hex_parse(text_part(second, 3, second.len), folder->id, FOLDER_ID_SIZE);
    if (!is_read) {
        error_set(err, ERROR_DAMAGED, "%s does not say what a data folder says",
                  folder->card);
    } else if (format > SCHEMA_FORMAT) {
        is_read = error_set(err, ERROR_FAILED,
                            "%s was made by a later version of this program "
                            "(format %lld, known here: %d)",
                            folder->path, (long long)format, SCHEMA_FORMAT);
        error_hint(err, "use the version that made it, or a later one");
    }
done:
    arena_free(scratch);
    return is_read;
}

bool folder_write(const struct folder *folder, struct error *err)
{
    char id[HEX_SIZE(FOLDER_ID_SIZE) + 1] = {0};
    hex_print(folder->id, FOLDER_ID_SIZE, id);
    char content[128];
    int len = snprintf(content, sizeof content, "osteon folder %d\nid %s\n",
                       SCHEMA_FORMAT, id);
    return file_write_durably(folder->card, (struct text){content, (size_t)len}, 0600,
                              err);
}

/* But for its lock, which who makes it holds. */
static bool is_empty(const struct folder *folder, struct error *err)
{
    DIR *listing = opendir(folder->path);
    if (listing == NULL)
        return error_set(err, ERROR_FAILED, "%s cannot be read as a folder",
                         folder->path);
    bool is_empty = true;
    for (const struct dirent *entry = readdir(listing); entry != NULL;
         entry = readdir(listing))
        is_empty = is_empty && (strcmp(entry->d_name, ".") == 0 ||
                                strcmp(entry->d_name, "..") == 0 ||
                                strcmp(entry->d_name, "lock") == 0);
    closedir(listing);
    if (is_empty)
        return true;
    error_set(err, ERROR_FAILED, "%s is not empty", folder->path);
    return error_hint(err, "name a folder that does not exist yet");
}

bool folder_begin(const struct folder *folder, int *lock, struct error *err)
{
    /* A stranger's folder gets no lock of ours. */
    if (!folder_make(folder->path, 0700, err) || !is_empty(folder, err) ||
        !file_lock(folder->lock, lock, err))
        return false;
    /* Another may have made it meanwhile. */
    if (is_empty(folder, err))
        return true;
    file_unlock(*lock);
    *lock = -1;
    return false;
}

void folder_abandon(const struct folder *folder)
{
    static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
    char path[4096];
    for (size_t i = 0; i < ARRAY_COUNT(tails); i++) {
        snprintf(path, sizeof path, "%s%s", folder->database, tails[i]);
        unlink(path);
    }
    unlink(folder->card);
    unlink(folder->lock);
    rmdir(folder->path);
}

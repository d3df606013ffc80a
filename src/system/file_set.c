#include "system/file_set.h"

#include "system/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_SIZE = 32 * 1024 };

struct set_file {
    struct file_fact fact;
    const char *path;
    struct hasher *hasher;
    char *buffer;
    size_t len;
};

struct file_set {
    struct arena *arena;
    const char *path;
    const char *folder; /* inside it; NULL: none */
    struct set_file *files;
    size_t count, capacity;
    int failure; /* errno of the first one; 0: none */
    const char *failed;
};

bool file_set_begin(const char *path, struct arena *arena, struct file_set **out,
                    struct error *err)
{
    if (file_exists(path)) {
        error_set(err, ERROR_REFUSED, "%s exists already", path);
        return error_hint(err, "choose another name, or remove it first");
    }
    *out = ARENA_NEW(arena, struct file_set);
    (*out)->arena = arena;
    (*out)->path = text_c(arena, text_of(path));
    return folder_make(path, 0700, err);
}

bool file_set_folder(struct file_set *set, struct text name, struct error *err)
{
    ASSERT(set->folder == NULL);
    set->folder = text_format(set->arena, "%s/%.*s", set->path, TEXT_ARG(name)).at;
    return folder_make(set->folder, 0700, err);
}

size_t file_set_add(struct file_set *set, struct text name)
{
    if (set->count == set->capacity) {
        size_t capacity = 2 * set->capacity + 64;
        struct set_file *grown = ARENA_ARRAY(set->arena, struct set_file, capacity);
        if (set->count > 0)
            memcpy(grown, set->files, set->count * sizeof *grown);
        set->files = grown;
        set->capacity = capacity;
    }
    struct set_file *file = &set->files[set->count];
    file->fact.name = text_copy(set->arena, name);
    file->path = text_format(set->arena, "%s/%.*s", set->path, TEXT_ARG(name)).at;
    file->hasher = hasher_new(set->arena);
    file->buffer = arena_alloc(set->arena, BUFFER_SIZE);
    return set->count++;
}

static void fail(struct file_set *set, const struct set_file *file)
{
    if (set->failure == 0) {
        set->failure = errno == 0 ? EIO : errno;
        set->failed = file->path;
    }
}

static bool write_all(int descriptor, struct text bytes)
{
    while (bytes.len > 0) {
        ssize_t written = write(descriptor, bytes.at, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = text_part(bytes, (size_t)written, bytes.len);
    }
    return true;
}

/* Also an empty file comes into being here. */
static void spill(struct file_set *set, struct set_file *file, struct text bytes,
                  bool is_last)
{
    if (set->failure != 0)
        return;
    int descriptor =
        open(file->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0 || !write_all(descriptor, bytes) ||
        (is_last && fsync(descriptor) != 0))
        fail(set, file);
    if (descriptor >= 0)
        close(descriptor);
    hasher_add(file->hasher, bytes.at, bytes.len);
    file->fact.size += (int64_t)bytes.len;
}

void file_set_put(struct file_set *set, size_t at, struct text bytes)
{
    struct set_file *file = &set->files[at];
    if (bytes.len > BUFFER_SIZE - file->len) {
        spill(set, file, (struct text){.at = file->buffer, .len = file->len}, false);
        file->len = 0;
    }
    if (bytes.len > BUFFER_SIZE) {
        spill(set, file, bytes, false);
        return;
    }
    if (bytes.len > 0)
        memcpy(file->buffer + file->len, bytes.at, bytes.len);
    file->len += bytes.len;
}

void file_set_finish(struct file_set *set, size_t at)
{
    struct set_file *file = &set->files[at];
    if (file->fact.is_finished)
        return;
    spill(set, file, (struct text){.at = file->buffer, .len = file->len}, true);
    file->fact.hash = hasher_end(file->hasher);
    file->fact.is_finished = true;
}

void file_set_whole(struct file_set *set, struct text name, struct text bytes)
{
    size_t file = file_set_add(set, name);
    file_set_put(set, file, bytes);
    file_set_finish(set, file);
}

size_t file_set_count(const struct file_set *set)
{
    return set->count;
}

const struct file_fact *file_set_fact(const struct file_set *set, size_t file)
{
    return &set->files[file].fact;
}

const char *file_set_path(const struct file_set *set)
{
    return set->path;
}

bool file_set_end(struct file_set *set, struct error *err)
{
    for (size_t i = 0; i < set->count; i++)
        file_set_finish(set, i);
    if (set->failure == 0)
        return (set->folder == NULL || folder_sync(set->folder, err)) &&
               folder_sync(set->path, err);
    char why[128] = "";
    (void)!strerror_r(set->failure, why, sizeof why);
    return error_set(err, ERROR_FAILED, "%s could not be written: %s", set->failed,
                     why);
}

void file_set_remove(struct file_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        unlink(set->files[i].path);
    if (set->folder != NULL)
        rmdir(set->folder);
    rmdir(set->path);
}

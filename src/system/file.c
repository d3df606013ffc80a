#include "system/file.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, READ_STEP = 64 * 1024 };

/* "reading a/b: No such file or directory" */
static bool system_refused(struct error *err, const char *doing, const char *path)
{
    int number = errno;
    enum error_code code = number == ENOENT ? ERROR_NOT_FOUND : ERROR_FAILED;
    char reason[128];
    return error_set(err, code, "%s %s: %s", doing, path,
                     strerror_r(number, reason, sizeof reason));
}

static bool read_all(int descriptor, struct buffer *buffer)
{
    char step[READ_STEP];
    for (;;) {
        ssize_t got = read(descriptor, step, sizeof step);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        buffer_bytes(buffer, step, (size_t)got);
        if (buffer->is_overflown)
            return true;
    }
}

bool file_read(const char *path, size_t maximum, struct arena *arena, struct text *out,
               struct error *err)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return system_refused(err, "opening", path);
    struct buffer buffer = buffer_in(arena, maximum);
    bool is_read = read_all(descriptor, &buffer);
    int number = errno;
    close(descriptor);
    errno = number;
    if (!is_read)
        return system_refused(err, "reading", path);
    if (!buffer_text(&buffer, out, err))
        return error_set(err, ERROR_TOO_LARGE, "%s is larger than %zu bytes", path,
                         maximum);
    return true;
}

static bool write_all(int descriptor, struct text content)
{
    while (content.len > 0) {
        ssize_t written = write(descriptor, content.at, content.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        content = text_part(content, (size_t)written, content.len);
    }
    return true;
}

/* The folder that holds `path`. */
static bool folder_of(const char *path, char out[PATH_SIZE])
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
    if (len >= PATH_SIZE)
        return false;
    memcpy(out, slash == NULL ? "." : path, len);
    out[len] = '\0';
    return true;
}

static bool write_and_sync(const char *path, struct text content, unsigned mode)
{
    /* O_EXCL, so that neither a link nor another writer's file is written through. */
    int descriptor =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
    if (descriptor < 0)
        return false;
    bool is_done = fchmod(descriptor, (mode_t)mode) == 0 &&
                   write_all(descriptor, content) && fsync(descriptor) == 0;
    int number = errno;
    is_done = close(descriptor) == 0 && is_done;
    if (!is_done) {
        unlink(path);
        errno = number;
    }
    return is_done;
}

bool file_write_durably(const char *path, struct text content, unsigned mode,
                        struct error *err)
{
    char folder[PATH_SIZE];
    char beside[PATH_SIZE];
    int len = snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid());
    if (len < 0 || (size_t)len >= sizeof beside || !folder_of(path, folder))
        return error_set(err, ERROR_USAGE, "the path %s is too long", path);
    unlink(beside); /* of an earlier process with our id that died half-way */
    if (!write_and_sync(beside, content, mode))
        return system_refused(err, "writing", path);
    if (rename(beside, path) != 0) {
        (void)system_refused(err, "renaming to", path);
        unlink(beside);
        return false;
    }
    return folder_sync(folder, err);
}

bool folder_make(const char *path, unsigned mode, struct error *err)
{
    char parent[PATH_SIZE];
    if (!folder_of(path, parent))
        return error_set(err, ERROR_USAGE, "the path %s is too long", path);
    if (mkdir(path, (mode_t)mode) == 0)
        return folder_sync(parent, err);
    struct stat status;
    if (errno == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    return system_refused(err, "making the folder", path);
}

bool folder_sync(const char *path, struct error *err)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return system_refused(err, "opening the folder", path);
    bool is_synced = fsync(descriptor) == 0;
    int number = errno;
    close(descriptor);
    errno = number;
    return is_synced || system_refused(err, "syncing the folder", path);
}

static int remove_entry(const char *path, const struct stat *status, int kind,
                        struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

bool folder_remove(const char *path, struct error *err)
{
    enum { OPEN_FOLDERS = 8 };
    return nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) == 0 ||
           errno == ENOENT || system_refused(err, "removing the folder", path);
}

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* The holder wrote its process id into the lock's file. */
static bool is_held(int descriptor, const char *path, struct error *err)
{
    char holder[24] = "";
    ssize_t got = pread(descriptor, holder, sizeof holder - 1, 0);
    int64_t process = 0;
    struct text digits = {.at = holder, .len = got > 0 ? (size_t)got : 0};
    close(descriptor);
    if (text_to_int64(text_trim(digits), &process))
        error_set(err, ERROR_BUSY, "%s is held by process %lld", path,
                  (long long)process);
    else
        error_set(err, ERROR_BUSY, "%s is held by another process", path);
    return error_hint(err, "stop that process first, or let it do the work");
}

bool file_lock(const char *path, int *descriptor, struct error *err)
{
    int opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (opened < 0)
        return system_refused(err, "opening", path);
    /* flock and not fcntl: a lock of fcntl is lost as soon as any descriptor of the same
     * file is closed in this process, by whatever library. */
    if (flock(opened, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return is_held(opened, path, err);
        int number = errno;
        close(opened);
        errno = number;
        return system_refused(err, "locking", path);
    }
    char process[24];
    int len = snprintf(process, sizeof process, "%ld\n", (long)getpid());
    if (ftruncate(opened, 0) != 0 || pwrite(opened, process, (size_t)len, 0) != len) {
        /* A full disk: the lock holds all the same, only the name is missing. */
        (void)!ftruncate(opened, 0);
    }
    *descriptor = opened;
    return true;
}

void file_unlock(int descriptor)
{
    if (descriptor >= 0)
        close(descriptor);
}

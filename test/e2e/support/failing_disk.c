/* A disk that fails on order, for LD_PRELOAD into the program under test: the program
 * itself knows nothing of it. Files of the name in FAILING_DISK_FILES (part of the path)
 * are on that disk. While there is a file
 *
 *     $FAILING_DISK_ORDERS/full       nothing can be written behind a file's end: ENOSPC
 *     $FAILING_DISK_ORDERS/no-sync    fsync and fdatasync fail: EIO
 *
 *     cc -shared -fPIC -o failing_disk.so failing_disk.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_ordered(const char *order)
{
    const char *orders = getenv("FAILING_DISK_ORDERS");
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", orders == NULL ? "" : orders, order);
    return access(path, F_OK) == 0;
}

static bool is_on_it(int file)
{
    const char *files = getenv("FAILING_DISK_FILES");
    char link[64], path[4096] = {0};
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    return files != NULL && readlink(link, path, sizeof path - 1) > 0 &&
           strstr(path, files) != NULL;
}

static bool is_full_for(int file, off_t end)
{
    struct stat status;
    return is_ordered("full") && is_on_it(file) && fstat(file, &status) == 0 &&
           end > status.st_size;
}

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

ssize_t pwrite64(int file, const void *bytes, size_t len, off64_t at)
{
    ssize_t (*next)(int, const void *, size_t, off64_t) = real("pwrite64");
    if (is_full_for(file, at + (off_t)len)) {
        errno = ENOSPC;
        return -1;
    }
    return next(file, bytes, len, at);
}

ssize_t pwrite(int file, const void *bytes, size_t len, off_t at)
{
    return pwrite64(file, bytes, len, at);
}

ssize_t write(int file, const void *bytes, size_t len)
{
    ssize_t (*next)(int, const void *, size_t) = real("write");
    off_t at = lseek(file, 0, SEEK_CUR);
    if (at >= 0 && is_full_for(file, at + (off_t)len)) {
        errno = ENOSPC;
        return -1;
    }
    return next(file, bytes, len);
}

static int sync_by(const char *name, int file)
{
    int (*next)(int) = real(name);
    if (is_ordered("no-sync") && is_on_it(file)) {
        errno = EIO;
        return -1;
    }
    return next(file);
}

int fsync(int file)
{
    return sync_by("fsync", file);
}

int fdatasync(int file)
{
    return sync_by("fdatasync", file);
}

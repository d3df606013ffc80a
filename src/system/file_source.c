#include "system/file_source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refused(const struct file_source *source, const char *doing,
                    struct error *err)
{
    enum error_code code = errno == ENOENT ? ERROR_NOT_FOUND : ERROR_FAILED;
    char reason[128];
    return error_set(err, code, "%s %s: %s", doing, source->path,
                     strerror_r(errno, reason, sizeof reason));
}

bool file_source_open(struct file_source *source, const char *path, struct error *err)
{
    *source = (struct file_source){.path = path};
    source->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    return source->descriptor >= 0 || refused(source, "opening", err);
}

bool file_source_read(void *data, char *at, size_t room, size_t *len, struct error *err)
{
    struct file_source *source = data;
    ssize_t got = read(source->descriptor, at, room);
    while (got < 0 && errno == EINTR)
        got = read(source->descriptor, at, room);
    *len = got < 0 ? 0 : (size_t)got;
    return got >= 0 || refused(source, "reading", err);
}

int64_t file_source_size(const struct file_source *source)
{
    struct stat status;
    return fstat(source->descriptor, &status) == 0 ? status.st_size : 0;
}

void file_source_close(struct file_source *source)
{
    close(source->descriptor);
}

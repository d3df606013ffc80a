#ifndef OSTEON_SYSTEM_FILE_SOURCE_H
#define OSTEON_SYSTEM_FILE_SOURCE_H
/* A file read piece by piece, for readers that take any length in constant memory. */
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct file_source {
    const char *path; /* for errors; must live as long */
    int descriptor;
};

MUST_USE bool file_source_open(struct file_source *source, const char *path,
                               struct error *err);
/* `data` is the struct file_source. At most `room` bytes; `*len` 0 at the end. */
MUST_USE bool file_source_read(void *data, char *at, size_t room, size_t *len,
                               struct error *err);
/* Bytes of the whole file; 0 when it has none that can be told. */
int64_t file_source_size(const struct file_source *source);
void file_source_close(struct file_source *source);

#endif

#ifndef OSTEON_SYSTEM_HOST_H
#define OSTEON_SYSTEM_HOST_H
/* What `doctor` asks of the machine. */
#include "base/arena.h"
#include "base/error.h"
#include "base/version.h"

struct host_file {
    const char *name;
    unsigned mode; /* permission bits, 0600 */
    int64_t size;
    bool is_folder;
    bool is_ours; /* belongs to the user of this process, or we are root */
};

/* One file or folder by path. ERROR_NOT_FOUND. */
MUST_USE bool host_file(const char *path, struct arena *arena, struct host_file *out,
                        struct error *err);
/* The files in a folder, without "." and "..". */
MUST_USE bool host_files(const char *folder, struct arena *arena,
                         struct host_file **out, size_t *count, struct error *err);

/* Bytes free and in all on the disk that holds `path`. */
MUST_USE bool host_disk(const char *path, int64_t *available, int64_t *whole,
                        struct error *err);

/* Is the clock kept right by a time service (NTP)? *known false where the kernel does
 * not say. */
bool host_clock_is_synchronised(bool *known);

/* GnuTLS and libargon2. */
size_t system_libraries(struct library_version *out, size_t most);

#endif

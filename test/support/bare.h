#ifndef OSTEON_TEST_BARE_H
#define OSTEON_TEST_BARE_H
/* The bench's bare loop: libsqlite3 and nothing else. It writes the same item rows as
 * the store and one log row of the same size, unsealed and unchained, with the same
 * pragmas and the same checkpoint steps, in one transaction a batch.
 */
#include <stdint.h>

struct bare {
    const char *path;     /* of the database to make */
    int items;            /* item rows of a save */
    int forms;            /* saves go round these forms */
    int payload;          /* bytes of the log row's payload */
    int batch;            /* saves in one transaction */
    int64_t microseconds; /* how long */
};

struct bare_figures {
    int64_t saves, elapsed, cpu; /* microseconds */
    int64_t commits;
};

/* Aborts when SQLite fails. */
void bare_run(const struct bare *bare, struct bare_figures *out);

/* Process time of this process so far, user and system, in microseconds. */
int64_t bare_cpu(void);

#endif

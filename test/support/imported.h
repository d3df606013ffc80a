#ifndef OSTEON_TEST_IMPORTED_H
#define OSTEON_TEST_IMPORTED_H
/* A folder of another system's study and its clinical data, enlarged by repeating the
 * participants: OpenEDC's example of ../shared/cases, 90 participants with 1684 answers.
 * For benches; aborts when something fails. */
#include "scratch.h"

#include <stdbool.h>
#include <stdint.h>

struct imported {
    char folder[SCRATCH_PATH]; /* of the study, without data */
    char keys[SCRATCH_PATH];
    char file[SCRATCH_PATH]; /* the enlarged one */
    int64_t participants;
    int64_t bytes;
};

/* At least so many participants. False: the cases are not here. */
bool imported_begin(struct imported *imported, const struct scratch *scratch,
                    int64_t participants);
/* `file` with its participants repeated `copies` times, as `to`; its size. */
int64_t imported_enlarge(const char *file, int64_t copies, const char *to);
/* Imports the file into `folder`, which has the same keys, in this process; seconds. */
double imported_run(const struct imported *imported, const char *folder);

/* Runs `job` in a process of its own: what it returns, and the most memory that it ever
 * had, in KiB. */
double imported_apart(double (*job)(void *data), void *data, int64_t *memory);

#endif

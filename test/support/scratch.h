#ifndef OSTEON_TEST_SCRATCH_H
#define OSTEON_TEST_SCRATCH_H
/* A folder for one test, gone at its end. Aborts when the test's own files fail. */

enum { SCRATCH_PATH = 512 };

struct scratch {
    char path[SCRATCH_PATH];
};

void scratch_begin(struct scratch *scratch);
/* Removes everything below. */
void scratch_end(struct scratch *scratch);

/* "<scratch>/<name>". */
void scratch_path(const struct scratch *scratch, const char *name,
                  char out[SCRATCH_PATH]);

/* A folder and everything below. */
void scratch_remove(const char *path);

/* A new folder `to` with copies of the plain files of `from`. */
void scratch_copy(const char *from, const char *to);

#endif

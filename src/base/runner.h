#ifndef OSTEON_BASE_RUNNER_H
#define OSTEON_BASE_RUNNER_H
/* Work that can be split: who splits it into parts knows no threads, who runs the parts does.
 * A part's result depends on its number alone, and the results are put together by number, so
 * that any number of threads gives the same bits.
 */
#include <stddef.h>

typedef void part_function(void *data, size_t part);

struct runner {
    /* Calls work(data, part) once for each part below `parts`, in any order and at the same
     * time; returns when all are done. */
    void (*run)(const void *self, size_t parts, part_function *work, void *data);
    const void *self;
};

/* NULL: one after the other, here. */
static inline void runner_run(const struct runner *runner, size_t parts,
                              part_function *work, void *data)
{
    if (runner != NULL) {
        runner->run(runner->self, parts, work, data);
        return;
    }
    for (size_t part = 0; part < parts; part++)
        work(data, part);
}

#endif

#ifndef OSTEON_SYSTEM_WORKERS_H
#define OSTEON_SYSTEM_WORKERS_H
/* Threads for work that was split (base/runner.h).
 *
 *     size_t threads = workers_available();
 *     struct runner runner = workers_runner(&threads);
 */
#include "base/runner.h"

enum { WORKERS_MOST = 64 };

/* The processors of this machine, at most WORKERS_MOST. */
size_t workers_available(void);

/* `*threads` is from 1 to WORKERS_MOST, and lives as long as the runner. Where a thread is not
 * to be had, the others do its work. */
struct runner workers_runner(const size_t *threads);

#endif

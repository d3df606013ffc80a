#ifndef OSTEON_ACTIONS_PROGRESS_H
#define OSTEON_ACTIONS_PROGRESS_H
/* A long piece of work as another thread sees it: how far it is, and whether anybody
 * still waits for it. The counts mean what the verb says: participants, bytes. */
#include "base/error.h"

#include <stdatomic.h>
#include <stdint.h>

struct progress {
    _Atomic int64_t done, of; /* of 0: not known yet */
    bool (*is_wanted)(void *data);
    void *data;
};

/* `count` more are done. ERROR_FAILED: nobody waits any more, end here. `progress` may be
 * NULL. */
MUST_USE bool progress_step(struct progress *progress, int64_t count,
                            struct error *err);

#endif

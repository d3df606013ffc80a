#ifndef OSTEON_ACTIONS_PARTICIPANT_SCAN_H
#define OSTEON_ACTIONS_PARTICIPANT_SCAN_H
/* Looks at every participant that a caller may see, one after the other, as the rules see
 * them: for lists that are about the answers of all. Attached and erased records are left
 * out; a screening record is seen together with what is attached to it.
 */
#include "actions/caller.h"
#include "actions/study.h"
#include "actions/world.h"

struct participant_scan {
    struct study *study;
    const struct caller *caller;
    struct db *db;
    int64_t now;                        /* the time that rules see; 0: the study's */
    const enum permission *permissions; /* one of them must be held at its site */
    size_t permission_count;            /* 0: everybody; the verb has asked */
    int64_t only;                       /* this participant; 0: all */
    void *context;
    /* Called for each; what the world says is gone after it. */
    bool (*look)(void *context, const struct world *world, struct error *err);
};

MUST_USE bool participants_scan(const struct participant_scan *scan, struct error *err);

#endif

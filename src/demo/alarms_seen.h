#ifndef OSTEON_DEMO_ALARMS_SEEN_H
#define OSTEON_DEMO_ALARMS_SEEN_H
/* The people of the demo acknowledge the alarms that call for them. */
#include "actions/caller.h"
#include "actions/study.h"

/* Whatever stands and nobody has acknowledged, by the first of these who may; at this
 * simulated instant, which is not before that of anything on the log. */
MUST_USE bool alarms_are_seen(struct study *study, const struct caller *people,
                              size_t count, int64_t at, struct error *err);

#endif

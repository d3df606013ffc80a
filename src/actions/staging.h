#ifndef OSTEON_ACTIONS_STAGING_H
#define OSTEON_ACTIONS_STAGING_H
/* The place for files on their way in or out: DIR/staging. What lies there belongs to a
 * request that is under way and to nobody else; a start of the server empties it, so that
 * one that was killed leaves nothing. */
#include "actions/study.h"

/* Empties it. */
MUST_USE bool staging_clean(struct study *study, struct error *err);
/* A name there that nobody has, ending with `end`; in `arena`. */
const char *staging_name(struct study *study, struct text end, struct arena *arena);
/* A new file without a name: it is gone when closed. */
MUST_USE bool staging_open(struct study *study, struct arena *arena, int *descriptor,
                           struct error *err);

#endif

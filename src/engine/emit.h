#ifndef OSTEON_ENGINE_EMIT_H
#define OSTEON_ENGINE_EMIT_H
/* Checked syntax → program.
 */
#include "engine/check.h"
#include "engine/program.h"

/* In `study`; NULL with a finding when a limit is passed. `stored` may be NULL: then the
 * result is what the expression gives. */
const struct program *emit_program(struct syntax *syntax, struct text source,
                                   const struct dictionary *dictionary,
                                   const struct type *stored, struct arena *study,
                                   struct findings *findings);

#endif

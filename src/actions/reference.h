#ifndef OSTEON_ACTIONS_REFERENCE_H
#define OSTEON_ACTIONS_REFERENCE_H
/* The study's reference data: what imports brought for the sections that the design marks
 * as such, of no participant (import_reference.h). */
#include "actions/caller.h"
#include "formats/record.h"
#include "store/reads.h"

/* All that have values, and those of the design that have none yet; in `arena`. */
MUST_USE bool reference_sections(struct db *db, const struct design *design,
                                 struct arena *arena, struct record_section **out,
                                 size_t *count, struct error *err);
/* The same, for who may view a casebook somewhere. */
MUST_USE bool reference_read(struct study *study, const struct caller *caller,
                             struct arena *arena, struct record_section **out,
                             size_t *count, struct error *err);

#endif

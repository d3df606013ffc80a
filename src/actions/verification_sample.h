#ifndef OSTEON_ACTIONS_VERIFICATION_SAMPLE_H
#define OSTEON_ACTIONS_VERIFICATION_SAMPLE_H
/* Who is in the sample that is verified against the source as a whole.
 *
 * The first participants of a site are, by the number in their screening number (S-0007 is
 * the seventh). Of the later ones a share is drawn, and anybody can draw it again with
 *
 *     printf '%s' 'SEED|SITE|SCREENING NUMBER' | sha256sum
 *
 * whose first eight hexadecimal digits are a number u: in the sample is who has
 * u × 100 < share × 2^32. A provisional record is in it when the screening record is that
 * it is attached to.
 */
#include "model/design.h"
#include "store/reads.h"

/* Of a screening number; the rule itself. */
bool verification_is_drawn(const struct verification_plan *plan, struct text site,
                           struct text screening_number, struct arena *scratch);

MUST_USE bool verification_is_sampled(struct db *db,
                                      const struct verification_plan *plan,
                                      const struct participant *participant,
                                      struct arena *arena, bool *out,
                                      struct error *err);

#endif

#ifndef OSTEON_MODEL_VERIFICATION_PLAN_H
#define OSTEON_MODEL_VERIFICATION_PLAN_H
/* What has to be verified against the source, as the design plans it (ICH E6(R3) 3.11.4:
 * the extent of verification follows the risk).
 *
 * What is critical is verified of everybody. Of what is not, the first participants of a
 * site are verified, and of the later ones a share that is drawn from a seed, so that
 * nobody chooses and anybody can draw again (actions/verification_sample.h).
 */
#include "base/text.h"

struct design;
struct form;
struct item;

/* What a design says of a form, or of an item. */
enum verification_need {
    VERIFICATION_UNSAID, /* an item: what its form says; a form: sampled */
    VERIFICATION_ALWAYS,
    VERIFICATION_SAMPLED,
    VERIFICATION_NEVER
};
/* "always", "sampled", "never"; NULL: it is not said. */
const char *verification_need_name(enum verification_need need);
bool verification_need_parse(struct text name, enum verification_need *out);

/* Is this item of this form to be verified, of a participant who is in the sample, or not?
 * What the program derives or fills in has no source. */
bool verification_is_needed(const struct design *design, const struct form *form,
                            const struct item *item, bool is_sampled);

#endif

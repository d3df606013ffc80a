#ifndef OSTEON_FORMATS_FOREIGN_SETTLE_H
#define OSTEON_FORMATS_FOREIGN_SETTLE_H
/* Runs what can be said in our language of another system's expressions: each is translated
 * and put where it belongs (an item's condition or derivation), then all rules are compiled
 * together. What the translator or the compiler refuses stays a text that is not run, with
 * the reason; nothing of it refuses the design.
 */
#include "model/design.h"

/* After design_finish. `items` and `rules` are the design's own. ERROR_TOO_LARGE. */
MUST_USE bool foreign_rules_run(const struct design *design, struct item *items,
                                struct foreign_rule *rules, struct arena *study,
                                struct error *err);

#endif

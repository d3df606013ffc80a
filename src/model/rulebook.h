#ifndef OSTEON_MODEL_RULEBOOK_H
#define OSTEON_MODEL_RULEBOOK_H
/* One version of a design ready to run: its rules compiled, and where in the rules its
 * forms, items and checks are. Immutable; every thread may use it.
 */
#include "model/count_rules.h"
#include "model/design_sources.h"
#include "model/event_rules.h"

struct rulebook {
    const struct design *design;
    const struct dictionary *dictionary;
    struct rule_sources sources; /* rule i of the set is of source i */
    const struct rule_set
        *set; /* NULL: a design without rules; the rest is unset too */
    const struct event_rules *events; /* NULL: no event has an expression */
    const struct count_rules *counts; /* NULL: no declared count has a key */
    /* What is known of each property without asking, by site of the design and then by
     * property; see rulebook_properties. */
    const struct datum *properties;
    const struct study_check *const *checks; /* by rule; NULL: it is no check */
    const struct study_alarm *const
        *alarms; /* by rule: whose step it raises; or NULL */
};

/* In `study`. ERROR_REFUSED names the first rule that does not compile, by its line. */
MUST_USE bool rulebook_make(const struct design *design, struct arena *study,
                            const struct rulebook **out, struct error *err);

/* Numbers in the dictionary, or -1. Forms and events stand there in the design's order. */
int32_t rulebook_form(const struct rulebook *rulebook, struct text oid);
int32_t rulebook_event(const struct rulebook *rulebook, struct text oid);
int32_t rulebook_item(const struct rulebook *rulebook, int32_t form, struct text oid);
/* `root` NULL: a word alone, as "planned". */
int32_t rulebook_property(const struct rulebook *rulebook, const char *root,
                          const char *name);

/* All properties for a participant of this site (an unknown site: as the first): settings,
 * the site, that nothing is planned. Numbers of a participant come from the verbs that give
 * them, which also put them into their items: sealed to the rules, so that what is stored
 * stays. Others are empty. */
const struct datum *rulebook_properties(const struct rulebook *rulebook,
                                        struct text site);

#endif

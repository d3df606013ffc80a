#ifndef OSTEON_ACTIONS_RULE_RESULTS_H
#define OSTEON_ACTIONS_RULE_RESULTS_H
/* What the rules said about one form instance, by the last run of a world. */
#include "actions/world.h"

/* Rows count from 1; row 0 is in a group that does not repeat. */
struct rule_place {
    struct text form;
    struct text item;
    int64_t row;
};

/* A derived item that has another value now. Without a value a stored one must go. */
struct rule_derived {
    struct text item;
    int64_t row;
    bool has_value;
    struct text value; /* in the world's arena */
};

/* A check that fires; alarms are not among them. The first place is where it stands. */
struct rule_finding {
    const struct study_check *check;
    const struct rule_place *places;
    size_t place_count;
};

struct rule_results {
    struct rule_derived *derived;
    size_t derived_count;
    struct rule_place *hidden; /* items whose condition does not hold */
    size_t hidden_count;
    struct rule_finding *findings;
    size_t finding_count;
    bool has_changes; /* a rule says something else than before the run */
};

/* In the world's arena. All nothing when the design has no rules or no such form. */
struct rule_results rule_results_of(const struct world *world,
                                    const struct world_form *form);

/* Did this check of the form run? What did not run still stands as it was. */
bool rule_has_run(const struct world *world, const struct world_form *form,
                  struct text check, int64_t row);

/* Rows at which a rule stands in this instance: 1 … n, or 0 alone. */
int32_t rule_rows(const struct world *world, const struct rule *rule,
                  const struct sheet_instance *instance);

/* Is the item hidden by a condition that does not hold? */
bool rule_hides(const struct rule_results *results, struct text item, int64_t row);

#endif

#ifndef OSTEON_ENGINE_RULES_H
#define OSTEON_ENGINE_RULES_H
/* The study's derived items, skip conditions and hard checks, run over the answers of
 * one participant. Pure: no I/O, no clock; values come through one callback.
 *
 * The rules of the built-in study stand in engine/rules_io_hematology.c as one table a
 * kind (derivation, condition, check), each row citing the words of the specification.
 * The expression compiler (doc/decisions.md) takes over behind this same interface.
 */
#include "base/arena.h"
#include "base/text.h"

enum rule_value_state {
    RULE_VALUE_NONE, /* nothing entered */
    RULE_VALUE_GIVEN,
    RULE_VALUE_MISSING /* a stated reason */
};

struct rule_value {
    enum rule_value_state state;
    struct text value;
};

/* Where a rule looks. `form_repeat` and `event_repeat` 0 mean the form instance under
 * evaluation, so that a rule need not know its own place. */
struct rule_place {
    struct text form;
    struct text item;
    int64_t row;
};

/* The world a rule sees. `value` returns one answer; `rows` the number of rows of a
 * repeating group, which are 1…n; `instances` the number of entered instances of a form
 * of this participant and selects one for the following `value` calls with
 * `instance` ≥ 0; -1 selects the instance under evaluation. */
struct rule_world {
    struct rule_value (*value)(void *data, int64_t instance, struct rule_place place);
    int64_t (*rows)(void *data, struct text form, struct text group);
    int64_t (*instances)(void *data, struct text form);
    void *data;
    bool is_enrolled; /* or about to be: CK014 */
};

struct rule_derived {
    struct text item;
    int64_t row;
    bool has_value;
    struct text value; /* in `scratch` */
};

enum rule_severity { RULE_HARD, RULE_SOFT };

struct rule_finding {
    struct text check; /* "CK001" */
    enum rule_severity severity;
    struct text english, chinese;
    const struct rule_place *places; /* the items it concerns */
    size_t place_count;
};

struct rule_results {
    struct rule_derived *derived;
    size_t derived_count;
    struct rule_place *hidden; /* conditional items whose condition does not hold */
    size_t hidden_count;
    struct rule_finding *findings;
    size_t finding_count;
};

/* Everything the study's rules say about `form` now. Derived values feed the later
 * rules of the same run. Results live in `scratch`. */
void rules_run_form(const struct rule_world *world, struct text form,
                    struct arena *scratch, struct rule_results *out);

/* The hard checks that stand in the way of enrolment, over all forms. */
void rules_run_enrolment(const struct rule_world *world, struct arena *scratch,
                         struct rule_results *out);

/* Does any rule read or derive on this form? Lets a save skip the work. */
bool rules_concern_form(struct text form);

#endif

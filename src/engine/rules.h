#ifndef OSTEON_ENGINE_RULES_H
#define OSTEON_ENGINE_RULES_H
/* The study's derived items, skip conditions and hard checks, run over the answers of
 * one participant. Pure: no I/O, no clock; values come through one callback.
 *
 * The rules of the built-in study stand in engine/rules_io_hematology.c as one table a
 * kind (derivation, condition, check), each row citing the words of the specification.
 * The expression compiler (doc/decisions.md) takes over behind this same interface.
 *
 * An item whose condition does not hold is hidden: its kept value reads as nothing
 * entered, for derivations, checks and further conditions alike.
 */
#include "base/arena.h"
#include "base/text.h"

enum rule_value_state {
    RULE_VALUE_NONE, /* nothing entered */
    RULE_VALUE_GIVEN,
    RULE_VALUE_MISSING, /* a stated reason */
    /* Stands in the identity vault, which this world may not open: what is derived from
     * it keeps the value stored for the derived item. */
    RULE_VALUE_SEALED
};

struct rule_value {
    enum rule_value_state state;
    struct text value; /* normalised (model/value.h); read only when given */
};

/* Where a rule looks, inside one instance of a form. Rows count from 1; row 0 is in a
 * group that does not repeat. */
struct rule_place {
    struct text form;
    struct text item;
    int64_t row;
};

/* The world a rule sees: stored values with those of the save on top. `value` returns
 * one answer of an instance of `place.form`: instance -1 is the one under evaluation,
 * 0…n-1 are all entered ones of the participant (that one included), over all events, n
 * being what `instances` returns. `rows` returns the number of rows of a repeating group
 * in the instance under evaluation, or in the first of another form. */
struct rule_world {
    struct rule_value (*value)(void *data, int64_t instance, struct rule_place place);
    int64_t (*rows)(void *data, struct text form, struct text group);
    int64_t (*instances)(void *data, struct text form);
    void *data;
    bool is_enrolled; /* or about to be: CK014 */
    int32_t
        offset_minutes; /* of the site's local time from UTC, for times without one */
};

/* Every derived item of the form, also those that have no value now: a stored value
 * must then go. Copies of one item in a repeating group are separate entries. */
struct rule_derived {
    struct text item;
    int64_t row;
    bool has_value;
    struct text value; /* in `scratch`, or a literal */
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

/* The hard checks that stand in the way of enrolment, over all forms, as if screening
 * had ended with "enrolled": only `findings` is filled. Instance -1 is never asked for;
 * of a form that does not repeat, instance 0 is. */
void rules_run_enrolment(const struct rule_world *world, struct arena *scratch,
                         struct rule_results *out);

/* Does any rule read or derive on this form? Lets a save skip the work. */
bool rules_concern_form(struct text form);

#endif

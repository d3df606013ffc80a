#ifndef OSTEON_ENGINE_RULES_TABLES_H
#define OSTEON_ENGINE_RULES_TABLES_H
/* How a study's rules are written down: three tables, and what their functions may ask
 * of the run. Included by engine/rules.c, which runs them, and by the study's tables. */
#include "engine/rules.h"

/* Kleene's logic: "and" is the smaller, "or" the larger. An input that is not there
 * makes a comparison unknown, and an unknown result is no value. */
enum truth { TRUTH_NO, TRUTH_UNKNOWN, TRUTH_YES };

enum rule_operator {
    RULE_EQUALS,
    RULE_DIFFERS,  /* also from nothing: "VITST<>DE" holds until DE is entered */
    RULE_ONE_OF,   /* `operand` lists codes, separated by one space */
    RULE_CONTAINS, /* the item ticks several codes, this one among them */
    RULE_FILLED
};

/* `item` is shown while `depends_on` of the same form instance, in its row 0, satisfies
 * the operator. Several rows of one item stand together: any of them will do. An item
 * without a row is always shown. */
struct rule_condition {
    struct text form;
    struct text item;
    struct text depends_on;
    enum rule_operator operator;
    struct text operand;
};

struct rule_run;

/* In table order, so that one may build on those above it. With a `group`, once for
 * each of its rows; otherwise once, for row 0. An absent text is no value. */
struct rule_derivation {
    struct text form;
    struct text item;
    struct text group;
    struct text (*derive)(const struct rule_run *run, int64_t row);
};

/* Rows of one form stand together. `fires` when the rule is broken. */
struct rule_check {
    struct text check;
    struct text form;
    enum rule_severity severity;
    bool (*fires)(const struct rule_run *run);
    struct text english, chinese;
    const struct rule_place *places;
    size_t place_count;
};

struct rule_set {
    const struct rule_condition *conditions;
    size_t condition_count;
    const struct rule_derivation *derivations;
    size_t derivation_count;
    const struct rule_check *checks;
    size_t check_count;
};

extern const struct rule_set rules_io_hematology;

/* One evaluation of one form instance. */
struct rule_run {
    const struct rule_set *set;
    const struct rule_world *world;
    struct arena *scratch;
    struct text form;
    int64_t instance; /* as the world counts */
    bool is_present;  /* false: the form was never entered */
    bool is_enrolment_planned;
    struct rule_derived *derived; /* what this run has derived so far */
    size_t derived_count;
};

/* An answer as rules may use it: derived in this run, or from the world; nothing when
 * the item is hidden. `rule_answer` reads the instance under evaluation. */
struct rule_value rule_read(const struct rule_run *run, int64_t instance,
                            struct rule_place place);
struct rule_value rule_answer(const struct rule_run *run, struct text item,
                              int64_t row);

/* The value last stored for an item of the instance under evaluation, derived or not. */
struct text rule_stored(const struct rule_run *run, struct text item, int64_t row);

/* Rows of a repeating group of the form under evaluation. */
int64_t rule_rows(const struct rule_run *run, struct text group);

/* Is the answer this code? Unknown while there is none, or only a stated reason. */
enum truth rule_is(struct rule_value answer, struct text code);

enum truth truth_and(enum truth a, enum truth b);
enum truth truth_or(enum truth a, enum truth b);

#endif

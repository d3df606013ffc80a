#ifndef OSTEON_MODEL_DESIGN_RULES_H
#define OSTEON_MODEL_DESIGN_RULES_H
/* The rules of a design, compiled together: each expression where it stands, what reads
 * what, in which order.
 */
#include "engine/finding.h"
#include "engine/graph.h"
#include "model/design_dictionary.h"

/* One rule as it stands in the design. */
struct rule_source {
    enum rule_kind kind;
    struct text oid;   /* of method, condition or check */
    struct text item;  /* derived or shown; of a check the item it stands in */
    struct text group; /* that holds the item; absent: any */
    struct text code;
    size_t line; /* of the expression's first line in the document */
};

struct rule_sources {
    const struct rule_source *rules;
    size_t rule_count;
    const struct declared_name *declared;
    size_t declared_count;
};

struct rule_problem {
    const struct rule_source *rule;
    struct finding finding;
};

struct rule_problems {
    struct rule_problem *kept;
    size_t count;
};

/* NULL when there are problems: what does not compile, and circles of derivations. Rules
 * of the set stand in the order of `sources`. Everything lives in `study`. */
const struct rule_set *design_rules(const struct rule_sources *sources,
                                    const struct dictionary *dictionary,
                                    struct arena *study,
                                    struct rule_problems *problems);

#endif

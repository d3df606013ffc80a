#ifndef OSTEON_MODEL_RULE_VECTORS_H
#define OSTEON_MODEL_RULE_VECTORS_H
/* Examples of the rules, written by hand from the words of the specification: values in,
 * what the rule must say. They stand in text files beside the study.
 *
 *     rule CK049                         all that follows, up to the next rule
 *     with DM.WEIGHT = 50.0              in every example that follows
 *     now d2/08:00
 *     place row 2                        also: at EVENT, copy N, time N (event's repeat)
 *     LIDMG[1] LIDMG -> fires            what the columns are, and the answer
 *     100      50    -> no
 *     100      50.1  -> yes
 *
 * A column is an item, FORM.ITEM when it is not of the rule's own form, and then perhaps
 * @EVENT, !TIME, #COPY, [ROW]; a fact of one, as in source(MAP) or state(LB@H6); or a
 * property, as in setting.lidocaine_limit. Without a place it is the rule's own row and
 * form, else the first event that has the form.
 *
 * Values: "." nothing is there, not even the row; "-" the row is there, without a value;
 * ?ND missing for that reason; d2/08:00 a time on 2 January 2026 at the study's offset,
 * d2 that day; A+B several codes; 'a b' a text with blanks. Of a condition or check: yes,
 * no, unknown. Of a derived item: the value, Y or N for a truth, "-" for none.
 */
#include "base/error.h"
#include "engine/run.h"
#include "engine/sheet.h"
#include "model/design_rules.h"

struct vector_cell {
    struct text name, value;
};

struct rule_vector {
    struct text rule; /* OID of method, condition or check */
    const struct vector_cell *cells;
    size_t cell_count;
    struct text expected;
    struct text now; /* absent: the first second of 2026 */
    struct text event;
    int32_t row, copy, time;
    size_t line;
};

struct rule_vectors {
    const struct rule_vector *vectors;
    size_t count;
};

/* All in `arena`, with views of `document`. ERROR_REFUSED with the line in err->where. */
MUST_USE bool rule_vectors_read(struct text document, struct arena *arena,
                                struct rule_vectors *out, struct error *err);

/* One example set up: the values it gives, and where the rule is evaluated. */
struct vector_scene {
    struct sheet *sheet;
    struct engine_world world;
    struct engine_place place;
};

struct vector_stage {
    const struct design *design; /* its settings and the offset of its first site */
    const struct dictionary *dictionary;
    const struct shape *shape;
};

/* The scene in `arena`, which must outlive it. ERROR_REFUSED: a name or value that the
 * design does not know. */
MUST_USE bool rule_vector_set(const struct rule_vector *vector, const struct rule *rule,
                              const struct vector_stage *stage, struct arena *arena,
                              struct vector_scene *scene, struct error *err);

/* Is this what the example expects of the rule? */
bool rule_vector_holds(const struct rule_vector *vector, const struct rule *rule,
                       struct datum result, int32_t offset_minutes,
                       struct arena *scratch);

/* What a rule said, written as in a file of examples; in `arena`. */
struct text rule_result_text(const struct rule *rule, struct datum result,
                             int32_t offset_minutes, struct arena *arena);

#endif

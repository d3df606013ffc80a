#ifndef OSTEON_MODEL_COUNT_RULES_H
#define OSTEON_MODEL_COUNT_RULES_H
/* The declared counts of a design that have a key, compiled: which rows of a participant
 * other participants' rules may find, under which key, in which time.
 *
 *     <ParameterValue Value="DA1 where DVKIND = 'MON'">      a form or a repeating group
 *       count-over others, count-key DVEUI, count-from DVBEG, count-to DVEND
 *
 * A rule asks study.NAME beside a row of that kind: the answer is how many rows of other
 * participants have its key, in a time that overlaps its own.
 */
#include "engine/graph.h"
#include "model/design.h"

struct dictionary;

struct count_rule {
    const struct study_count *count;
    int32_t property; /* in the dictionary */
    int32_t form;     /* whose rows are counted */
    int32_t group;    /* a repeating one; -1: one row an instance */
    const struct program *key;
    const struct program *begins, *ends; /* NULL: at any time */
};

struct count_rules {
    const struct count_rule *rules;
    size_t rule_count;
    const bool *reads_item; /* by item of the dictionary: some count reads it */
    const bool *reads_form; /* by form: it has such an item */
};

/* In `study`; NULL when no count has a key. ERROR_REFUSED: one does not compile, or a rule
 * of `set` asks for it where no row of its kind is. */
MUST_USE bool count_rules_compile(const struct design *design,
                                  const struct dictionary *dictionary,
                                  const struct rule_set *set, struct arena *study,
                                  const struct count_rules **out, struct error *err);

#endif

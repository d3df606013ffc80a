#ifndef OSTEON_MODEL_RULE_EXAMPLES_H
#define OSTEON_MODEL_RULE_EXAMPLES_H
/* Runs the examples of rules (model/rule_vectors.h) and tells which hold.
 *
 *     struct rule_trial *trial = rule_trial_new(&list, &stage, arena, scratch);
 *     rule_trial_file(trial, TEXT("vectors/SCR.txt"), document, err)    … each file
 *     rule_trial_tally(trial, i)->count, ->failed                       … of rule i
 */
#include "model/rule_list.h"
#include "model/rule_vectors.h"

struct example_failure {
    struct text file;
    size_t line;
    struct text rule;     /* as the file names it */
    struct text expected; /* absent: it could not be tried, `said` is the reason */
    struct text said;
    struct example_failure *next;
};

struct example_tally {
    size_t count, failed;
    struct example_failure *failures; /* in the order of the files */
};

struct rule_trial {
    const struct rule_list *list;
    struct vector_stage stage;
    struct arena *arena, *scratch;
    struct run *run;
    struct example_tally *tallies; /* by rule of the list: rule_trial_tally */
    struct example_tally unknown;  /* examples of rules that the list does not have */
    size_t count, failed;          /* of all */
};

/* In `arena`; `scratch` is reset with each example. The rulebook has rules. */
struct rule_trial *rule_trial_new(const struct rulebook *rulebook,
                                  const struct rule_list *list, struct arena *arena,
                                  struct arena *scratch);

/* Tries every example of one file. ERROR_REFUSED when it is none: the line is in
 * err->where. The texts must live as long as the trial. */
MUST_USE bool rule_trial_file(struct rule_trial *trial, struct text file,
                              struct text document, struct error *err);

/* Of a rule of the list: the examples of its OID, which several items may share. */
const struct example_tally *rule_trial_tally(const struct rule_trial *trial, size_t at);

#endif

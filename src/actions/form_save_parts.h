#ifndef OSTEON_ACTIONS_FORM_SAVE_PARTS_H
#define OSTEON_ACTIONS_FORM_SAVE_PARTS_H
/* What finishing a save consists of; for the files of this floor only. */
#include "actions/form_save.h"
#include "actions/participant_state.h"

/* What the rules said about one form instance, and whether all of them ran there. */
struct rule_outcome {
    const struct world *world;
    const struct world_form *form;
    struct rule_results results;
    bool is_whole;
};

/* What the rules derived, on top of what is there. */
MUST_USE bool save_derived(struct form_save *save, const struct rule_results *results,
                           struct error *err);

/* Queries that open and close: findings of the rules, ranges and conflicts, compared with
 * the open queries of the form instance. Where not all rules ran, only those that did
 * close a query. */
MUST_USE bool save_queries(struct form_save *save, const struct rule_outcome *outcome,
                           struct error *err);

/* What a save of one form changes on the other forms of the participant. */
MUST_USE bool save_follow(struct form_save *save, const struct origin *origin,
                          struct error *err);

/* The same on every form that is there, after an import: also how complete they are. */
MUST_USE bool save_follow_every(struct form_save *save, const struct origin *origin,
                                struct error *err);

/* What it changes on forms that stand under other versions of the design, by their rules. */
MUST_USE bool save_follow_beside(struct form_save *save, const struct origin *origin,
                                 struct error *err);

/* Does it open a check that opens a deviation, or say that a blocked act happened? */
bool save_may_deviate(const struct form_save *save);

/* The deviations of standing findings whose act happened: those that are not there yet,
 * each a form of its own by the program. */
MUST_USE bool save_deviations(struct form_save *save, struct error *err);

/* A limit that an alarm says is reached, whose deviation opens by itself (`check` names
 * it), at this form: once for the same answer. */
MUST_USE bool save_alarm_deviation(struct form_save *save,
                                   const struct world_form *form, int64_t row,
                                   const struct study_check *check, struct error *err);

/* Alarms that the run raises or ends (alarm_rules.c). */
MUST_USE bool save_alarms(struct form_save *save, struct error *err);

/* The next moments of the rules that ran, where they come before those known
 * (rule_wakes.h). */
MUST_USE bool save_wakes(struct form_save *save, const struct origin *origin,
                         struct error *err);

/* What other participants' rules count of this one, where the run has changed it; those
 * whose answer it changes are due to run (counts.c). */
MUST_USE bool save_counts(struct form_save *save, const struct origin *origin,
                          struct error *err);

/* Answered and expected: what a person must answer and is relevant now. */
struct completeness {
    int64_t answered, expected;
};
struct completeness form_completeness(const struct form_heads *heads,
                                      const struct form *form,
                                      const struct rule_results *results);
void save_completeness(struct form_save *save, const struct rule_results *results);

/* The state that the participant's facts give now, into the event. */
void save_state(struct form_save *save);
struct participant_facts world_facts(const struct world *world, bool is_enrolled);

#endif

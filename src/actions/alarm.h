#ifndef OSTEON_ACTIONS_ALARM_H
#define OSTEON_ACTIONS_ALARM_H
/* Alarms of the design (model/alarm.h) as they stand: what is raised, by the rules that a
 * save or a moment ran (alarm_rules.c) and by counts of the whole study (alarm_study.c);
 * who has acknowledged; what went on because nobody did (alarm_go_on.c).
 *
 * An alarm is one step of a kind at one place. It is raised when its cause begins, is open
 * while the cause stands, and ends with it: so none comes twice for the same answers, and
 * acknowledging ends no cause. All of it is on the log, so a restart changes nothing.
 */
#include "actions/act.h"
#include "model/alarm.h"
#include "store/alarms.h"

/* By one of its audience, with a note or without. ERROR_CHANGED: it has ended, or somebody
 * else was first; ERROR_NOT_ALLOWED names who may. */
struct alarm_acknowledge {
    struct act act;
    int64_t alarm;
    struct text note;
};
bool alarm_acknowledge(struct act *act, struct txn *txn, struct error *err);

/* One alarm for people. Texts in the arena of the list. */
struct alarm_entry {
    struct stored_alarm alarm;
    const struct study_alarm *kind; /* NULL: the design in force has it no more */
    struct label label;             /* of the kind */
    struct label says;              /* what the step says */
    struct text number;             /* of the participant; absent: of the study */
    struct text site;
    struct label form; /* where it stands; may be absent */
    bool is_for_caller;
    bool may_acknowledge;
    bool is_superseded; /* a higher step of the same kind stands at the same place */
    struct text by;     /* who acknowledged */
};

struct alarm_entries {
    struct alarm_entry
        *at; /* open ones, the most urgent first; then those that ended */
    size_t count;
    bool is_quiet; /* quiet hours: what is not urgent makes no sound now */
};

/* What the caller may see: of participants whose casebook the caller may view, and what
 * calls for the caller. `past`: also how many that have ended. */
MUST_USE bool alarm_list_read(struct study *study, const struct caller *caller,
                              size_t past, struct arena *arena,
                              struct alarm_entries *out, struct error *err);

/* What is due to go on, and what counts of the whole study raise or end: by the program,
 * once a second (rule_waker.c). */
MUST_USE bool alarms_step(struct study *study, struct error *err);

/* Does a step at this level wait for the morning? Never what is red or critical. */
bool alarm_rests(bool is_quiet, enum alarm_level level);

#endif

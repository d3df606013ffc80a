#ifndef OSTEON_ACTIONS_ALARM_PARTS_H
#define OSTEON_ACTIONS_ALARM_PARTS_H
/* What the files about alarms share; for this floor only. */
#include "actions/alarm.h"

/* An instant after so many seconds; 0 seconds: never (0). */
int64_t alarm_after(int64_t instant, int64_t seconds);

/* The event that raises a step now. */
struct alarm_raised alarm_raise(const struct study_alarm *kind,
                                const struct alarm_step *step, int64_t now);

/* Raises or ends what the counts of the study say; one of the two verbs of the program. */
struct alarms_of_study {
    struct act act;
};
bool alarms_of_study(struct act *act, struct txn *txn, struct error *err);
/* Would that verb do anything? */
MUST_USE bool alarms_of_study_differ(struct study *study, bool *out, struct error *err);

#endif

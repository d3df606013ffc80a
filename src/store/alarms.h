#ifndef OSTEON_STORE_ALARMS_H
#define OSTEON_STORE_ALARMS_H
/* Alarms as they stand (ALARM_RAISED and what followed), each known by the number of the
 * event that raised it. Results live in `arena`. Instants; 0: not, or never.
 */
#include "store/event_content.h"
#include "store/store.h"

struct alarm_told {
    int64_t settled;  /* the last notice that needs no further attempt */
    int64_t attempts; /* at the next one */
    int64_t at;       /* when it is tried */
};

struct stored_alarm {
    int64_t seq;
    int64_t participant; /* 0: an alarm of the whole study */
    int64_t form;        /* form_state.id; 0: none */
    struct form_key key; /* where there is a form */
    int64_t row;         /* of the repeating section; 0: none */
    struct text name;    /* "AL04" */
    struct text step;    /* "CK102" */
    int64_t level;       /* model/alarm.h */
    int64_t raised_at, told_at;
    int64_t notices; /* times that there was something to tell: 1, and 1 each time it
                        escalated or came again */
    int64_t escalations, escalates_at, repeats_at;
    int64_t acknowledged_at, user;
    struct text note; /* of the acknowledgement; may be absent */
    int64_t ended_at;
    struct alarm_told told[ALARM_CHANNELS];
};

struct alarm_list {
    struct stored_alarm *at;
    size_t count;
};

/* Those of one participant (0: of the study) whose cause stands. */
MUST_USE bool alarms_of(struct db *db, int64_t participant, struct arena *arena,
                        struct alarm_list *out, struct error *err);
/* All whose cause stands, the oldest first. */
MUST_USE bool alarms_open(struct db *db, struct arena *arena, struct alarm_list *out,
                          struct error *err);
/* The `most` that ended last, the latest first. */
MUST_USE bool alarms_past(struct db *db, size_t most, struct arena *arena,
                          struct alarm_list *out, struct error *err);
/* NULL: there is none. */
MUST_USE bool alarm_by_seq(struct db *db, int64_t seq, struct arena *arena,
                           struct stored_alarm **out, struct error *err);
/* How many are due to go on; how many have something that was not told yet. */
MUST_USE bool alarms_due(struct db *db, int64_t now, int64_t *out, struct error *err);
MUST_USE bool alarms_untold(struct db *db, int64_t now, int64_t *out,
                            struct error *err);

#endif

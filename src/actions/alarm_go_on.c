/* What an alarm does while its cause stands: it goes on to others when nobody has
 * acknowledged it, a few times; and where the design says so it comes again, to be
 * acknowledged anew. Moments are on the log: what fell due while nobody served comes at the
 * start, once. */
#include "actions/alarm_parts.h"
#include "actions/study_state.h"

enum { ESCALATIONS_MOST = 3, ACT_ARENA = 16 * 1024 };

static bool is_due(int64_t moment, int64_t now)
{
    return moment != 0 && moment <= now;
}

/* The next in the row of moments, so that a late server does not shift them. */
static int64_t next_repeat(const struct stored_alarm *alarm,
                           const struct study_alarm *kind, int64_t now)
{
    int64_t next = alarm->repeats_at;
    if (kind->repeats_after == 0)
        return 0;
    while (next <= now)
        next = alarm_after(next, kind->repeats_after);
    return next;
}

static bool append(struct txn *txn, enum log_event_kind event,
                   const struct stored_alarm *alarm,
                   const struct alarm_went_on *content, struct error *err)
{
    struct origin program = {.device = TEXT("osteon")};
    return txn_append(txn, event, &program, alarm->participant, content, NULL, err);
}

/* Of a kind that the design in force has no more: nothing follows. */
static bool go_on(struct txn *txn, const struct stored_alarm *alarm,
                  const struct study_alarm *kind, int64_t now, struct error *err)
{
    static const struct study_alarm none = {.escalates_after = 0};
    struct arena *arena = txn_arena(txn);
    if (kind == NULL)
        kind = &none;
    if (is_due(alarm->repeats_at, now)) {
        struct alarm_went_on again = {.alarm = alarm->seq,
                                      .roles = alarm_roles_text(kind->audience, arena),
                                      .escalates_at =
                                          alarm_after(now, kind->escalates_after),
                                      .repeats_at = next_repeat(alarm, kind, now)};
        return append(txn, LOG_EVENT_ALARM_REPEATED, alarm, &again, err);
    }
    if (!is_due(alarm->escalates_at, now))
        return true;
    struct alarm_went_on higher = {
        .alarm = alarm->seq,
        .roles = alarm_roles_text(kind->audience | kind->escalates_to, arena),
        .escalates_at = alarm->escalations + 1 < ESCALATIONS_MOST
                            ? alarm_after(now, kind->escalates_after)
                            : 0,
        .repeats_at = alarm->repeats_at};
    return append(txn, LOG_EVENT_ALARM_ESCALATED, alarm, &higher, err);
}

/* Escalates and repeats what is due. */
static bool alarms_go_on(struct act *act, struct txn *txn, struct error *err)
{
    struct alarm_list open;
    if (!alarms_open(txn_db(txn), txn_arena(txn), &open, err))
        return false;
    for (size_t i = 0; i < open.count; i++) {
        const struct stored_alarm *alarm = &open.at[i];
        if (!go_on(txn, alarm, alarm_find(study_design(act->study), alarm->name),
                   txn_now(txn), err))
            return false;
    }
    return true;
}

static bool run(struct study *study,
                bool (*decide)(struct act *, struct txn *, struct error *),
                struct error *err)
{
    struct caller program = {.device = TEXT("osteon"), .language = TEXT("en")};
    struct arena *arena = arena_new(ACT_ARENA);
    struct act act = act_of(study, &program, arena, decide);
    bool is_done = act_run(&act, err);
    arena_free(arena);
    return is_done;
}

bool alarms_step(struct study *study, struct error *err)
{
    int64_t due = 0;
    bool differs = false;
    struct db *db = store_reader(study->store);
    bool is_read = alarms_due(db, study_now(study), &due, err);
    store_reader_return(study->store, db);
    if (!is_read || !alarms_of_study_differ(study, &differs, err))
        return false;
    return (due == 0 || run(study, alarms_go_on, err)) &&
           (!differs || run(study, alarms_of_study, err));
}

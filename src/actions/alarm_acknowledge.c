#include "actions/alarm.h"
#include "actions/program_values.h"
#include "actions/study_state.h"

/* The site of what it stands at; absent: the whole study. */
static bool site_of(struct txn *txn, const struct stored_alarm *alarm,
                    struct text *site, struct error *err)
{
    struct participant *participant = NULL;
    *site = (struct text){0};
    if (alarm->participant == 0)
        return true;
    if (!participant_by_id(txn_db(txn), alarm->participant, txn_arena(txn),
                           &participant, err))
        return false;
    if (participant == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such alarm");
    *site = participant->site;
    return true;
}

static bool refuse(const struct study_alarm *kind, enum alarm_level level,
                   struct arena *arena, struct error *err)
{
    error_set(err, ERROR_NOT_ALLOWED, "not allowed: %.*s at level %.*s",
              TEXT_ARG(kind->oid), TEXT_ARG(alarm_level_name(level)));
    return error_hint(
        err, "it is acknowledged by: %.*s",
        TEXT_ARG(alarm_roles_text(alarm_acknowledged_by(kind, level), arena)));
}

static bool check_open(const struct stored_alarm *alarm, struct error *err)
{
    if (alarm->ended_at != 0) {
        error_set(err, ERROR_CHANGED, "this alarm has ended with its cause");
        return error_hint(err, "nothing is to be done any more");
    }
    if (alarm->acknowledged_at != 0) {
        error_set(err, ERROR_CHANGED, "somebody else has acknowledged this alarm");
        return error_hint(err, "its line says who, and when");
    }
    return true;
}

bool alarm_acknowledge(struct act *act, struct txn *txn, struct error *err)
{
    struct alarm_acknowledge *verb = (struct alarm_acknowledge *)act;
    struct origin origin = caller_origin(act->caller);
    struct stored_alarm *alarm = NULL;
    struct text site;
    if (!alarm_by_seq(txn_db(txn), verb->alarm, txn_arena(txn), &alarm, err))
        return false;
    const struct study_alarm *kind =
        alarm == NULL ? NULL : alarm_find(study_design(act->study), alarm->name);
    if (kind == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such alarm");
    act->participant = alarm->participant;
    enum alarm_level level = (enum alarm_level)alarm->level;
    if (!site_of(txn, alarm, &site, err))
        return false;
    if (!alarm_may_acknowledge(kind, level, act->caller->grants,
                               act->caller->grant_count, site))
        return refuse(kind, level, txn_arena(txn), err);
    if (!check_open(alarm, err) ||
        (text_trim(verb->note).len > 0 && !reason_check(verb->note, err)))
        return false;
    struct alarm_acknowledged content = {.alarm = alarm->seq};
    if (text_trim(verb->note).len > 0)
        content.note = text_trim(verb->note);
    return txn_append(txn, LOG_EVENT_ALARM_ACKNOWLEDGED, &origin, alarm->participant,
                      &content, NULL, err);
}

#include "actions/deviation_review.h"

#include "actions/design_choice.h"
#include "actions/form_entered.h"
#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/separate_duty.h"
#include "actions/study_items.h"
#include "base/datetime.h"

struct text deviation_report_name(enum deviation_report report)
{
    static const struct text names[] = {
#define X(name, word) [DEVIATION_##name] = TEXT_INIT(word),
        DEVIATION_REPORT_TABLE(X)
#undef X
    };
    return names[report];
}

/* --- what is said ----------------------------------------------------------------------- */

static bool check_severity(const struct design *design, struct text severity,
                           struct error *err)
{
    const struct item *item = design_item(design, ITEM_DEVIATION_GRAVE);
    if (item != NULL && item->codelist != NULL &&
        codelist_code(item->codelist, severity) != NULL)
        return true;
    error_set(err, ERROR_REFUSED, "this is no severity of a deviation");
    return error_where(err, 0, "severity");
}

/* When it was reported is said of what was reported, and lies behind. */
static bool check_report(const struct deviation_assess *verb, int64_t now,
                         struct error *err)
{
    /* A day begins first at UTC+14. */
    enum { EARLIEST_OFFSET = 14 * 60 };
    struct moment day;
    enum deviation_report report = DEVIATION_NOT_NEEDED;
    while (report < DEVIATION_REPORTS &&
           !text_equal(verb->report, deviation_report_name(report)))
        report++;
    if (report == DEVIATION_REPORTS) {
        error_set(err, ERROR_REFUSED,
                  "whether the ethics committee has it is not said");
        error_hint(err, "not_needed, to_report or reported");
        return error_where(err, 0, "report");
    }
    bool is_said = verb->reported_on.len > 0;
    if (report != DEVIATION_REPORTED && !is_said)
        return true;
    if (report != DEVIATION_REPORTED)
        error_set(err, ERROR_REFUSED, "a day is said of what was reported only");
    else if (!is_said || !moment_parse(verb->reported_on, &day, NULL) ||
             day.precision != MOMENT_DAY)
        error_set(err, ERROR_REFUSED, "the day of the report is needed, as 2027-01-31");
    else if (moment_instant(&day, EARLIEST_OFFSET) > now)
        error_set(err, ERROR_REFUSED, "a report that is still to come is none");
    else
        return true;
    return error_where(err, 0, "reported_on");
}

/* --- the act ---------------------------------------------------------------------------- */

static bool find_deviation(const struct deviation_assess *verb, struct txn *txn,
                           struct form_entered *entered, struct error *err)
{
    bool did[DUTIES] = {false};
    *entered = (struct form_entered){0};
    if (!text_equal(verb->key.form, FORM_DEVIATION))
        return error_set(err, ERROR_REFUSED, "this form is no deviation");
    if (!form_entered_add(txn_db(txn), &verb->key, verb->act.caller->user,
                          txn_arena(txn), entered, err))
        return false;
    if (entered->form == 0)
        return error_set(err, ERROR_NOT_FOUND, "there is no such deviation");
    did[DUTY_ENTER_DEVIATION] = entered->is_by_caller;
    if (!duty_check(did, DUTY_ASSESS_DEVIATION, err))
        return false;
    if (entered->latest == verb->seen)
        return true;
    error_set(err, ERROR_CHANGED, "the deviation has changed meanwhile");
    return error_hint(err, "look at it again, then assess it");
}

static bool check_said(const struct deviation_assess *verb, struct txn *txn,
                       const struct participant *participant, struct error *err)
{
    const struct design *design = NULL;
    struct design_choice choice = {verb->act.study, txn_db(txn), participant,
                                   txn_arena(txn)};
    return design_for_participant(&choice, &design, err) &&
           check_severity(design, verb->severity, err) &&
           check_report(verb, txn_now(txn), err) &&
           (text_trim(verb->note).len == 0 || reason_check(verb->note, err));
}

bool deviation_assess(struct act *act, struct txn *txn, struct error *err)
{
    struct deviation_assess *verb = (struct deviation_assess *)act;
    struct origin origin = caller_origin(act->caller);
    struct participant *participant = NULL;
    struct form_entered entered;
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_SIGN_FORM, participant, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    if (!find_deviation(verb, txn, &entered, err) ||
        !check_said(verb, txn, participant, err))
        return false;
    struct deviation_assessed content = {.key = verb->key,
                                         .of_seq = entered.latest,
                                         .severity = verb->severity,
                                         .report = verb->report};
    if (verb->reported_on.len > 0)
        content.reported_on = verb->reported_on;
    if (text_trim(verb->note).len > 0)
        content.note = text_trim(verb->note);
    return txn_append(txn, LOG_EVENT_DEVIATION_ASSESSED, &origin, participant->id,
                      &content, NULL, err);
}

/* --- what is shown ---------------------------------------------------------------------- */

bool deviation_review_of(const struct world *world, const struct caller *caller,
                         const struct form_key *key, struct arena *arena,
                         struct deviation_review *out, struct error *err)
{
    struct form_entered entered = {0};
    struct stored_deviation_assessment stored;
    struct user *by = NULL;
    bool did[DUTIES] = {false};
    *out = (struct deviation_review){0};
    if (!form_entered_add(world->db, key, caller->user, arena, &entered, err) ||
        !deviation_assessment_find(world->db, entered.form, arena, &stored, err))
        return false;
    did[DUTY_ENTER_DEVIATION] = entered.is_by_caller;
    out->seen = entered.latest;
    out->is_assessed = stored.seq != 0;
    out->stands = out->is_assessed && stored.of_seq >= entered.latest;
    bool has_right = caller_may(caller, PERMISSION_SIGN_FORM, world->participant->site,
                                caller_is_assigned(caller, world->participant->id));
    if (has_right)
        out->bar = duty_bar(did, DUTY_ASSESS_DEVIATION);
    out->may = has_right && out->bar == NULL;
    if (!out->is_assessed)
        return true;
    if (!user_by_id(world->db, stored.user, arena, &by, err))
        return false;
    out->by = by == NULL ? TEXT("?") : by->full_name;
    out->at = stored.assessed_at;
    out->severity = stored.severity;
    out->report = stored.report;
    out->reported_on = stored.reported_on;
    out->note = stored.note;
    return true;
}

#include "actions/safety_review.h"

#include "actions/form_entered.h"
#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "actions/world_in.h"

static bool look_at_both(struct db *db, const struct safety_event *event, int64_t user,
                         struct arena *arena, struct form_entered *out,
                         struct error *err)
{
    *out = (struct form_entered){0};
    return form_entered_add(db, &event->key, user, arena, out, err) &&
           form_entered_add(db, &event->report_key, user, arena, out, err);
}

/* --- the act -------------------------------------------------------------------------- */

static bool find_event(const struct world *world, const struct form_key *report,
                       struct safety_event *out)
{
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    for (int32_t i = 0; i < count; i++)
        if (safety_event_of(world, i, out) && out->has_report &&
            form_key_equal(&out->report_key, report))
            return true;
    return false;
}

static bool check(const struct safety_review_make *verb,
                  const struct form_entered *entered, struct error *err)
{
    if (entered->is_by_caller) {
        error_set(err, ERROR_NOT_ALLOWED,
                  "not allowed: you entered or graded this event yourself");
        return error_hint(err, "another person reviews it");
    }
    if (entered->latest != verb->seen) {
        error_set(err, ERROR_CHANGED, "the event or its report has changed meanwhile");
        return error_hint(err, "look at it again, then review it");
    }
    return text_trim(verb->note).len == 0 || reason_check(verb->note, err);
}

bool safety_review_make(struct act *act, struct txn *txn, struct error *err)
{
    struct safety_review_make *verb = (struct safety_review_make *)act;
    struct origin origin = caller_origin(act->caller);
    struct participant *participant = NULL;
    struct safety_event event;
    struct form_entered entered;
    struct world world;
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_REVIEW_SAFETY, participant, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    if (!world_open_in(act, txn, participant, &world, err))
        return false;
    if (!find_event(&world, &verb->key, &event))
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no report of an adverse event here");
    if (!look_at_both(world.db, &event, act->caller->user, world.arena, &entered,
                      err) ||
        !check(verb, &entered, err))
        return false;
    struct safety_reviewed content = {.key = verb->key, .of_seq = entered.latest};
    if (text_trim(verb->note).len > 0)
        content.note = text_trim(verb->note);
    return txn_append(txn, LOG_EVENT_SAFETY_REVIEWED, &origin, participant->id,
                      &content, NULL, err);
}

/* --- what is shown -------------------------------------------------------------------- */

bool safety_review_of(const struct world *world, const struct caller *caller,
                      const struct safety_event *event, struct arena *arena,
                      struct safety_review_view *out, struct error *err)
{
    struct form_entered entered;
    struct stored_safety_review review;
    struct user *by = NULL;
    *out = (struct safety_review_view){0};
    if (!look_at_both(world->db, event, caller->user, world->arena, &entered, err) ||
        !safety_review_find(world->db, entered.form, arena, &review, err))
        return false;
    out->seen = entered.latest;
    out->is_reviewed = review.seq != 0;
    out->stands = out->is_reviewed && review.of_seq >= entered.latest;
    out->may = !out->stands && !entered.is_by_caller &&
               caller_may(caller, PERMISSION_REVIEW_SAFETY, world->participant->site,
                          caller_is_assigned(caller, world->participant->id));
    if (!out->is_reviewed)
        return true;
    if (!user_by_id(world->db, review.user, arena, &by, err))
        return false;
    out->by = by == NULL ? TEXT("?") : by->full_name;
    out->at = review.reviewed_at;
    out->note = review.note;
    return true;
}

#include "actions/start_review.h"

#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/study_state.h"

bool start_review_of(struct db *db, int64_t participant, struct arena *arena,
                     struct start_review *out, struct error *err)
{
    struct stored_start_review stored;
    *out = (struct start_review){0};
    if (!participant_attached_to(db, participant, &out->placement, err) ||
        !start_review_find(db, participant, arena, &stored, err))
        return false;
    out->is_asked = out->placement != 0;
    out->is_reviewed =
        out->is_asked && stored.seq != 0 && stored.placement == out->placement;
    if (out->is_reviewed) {
        out->user = stored.user;
        out->at = stored.reviewed_at;
        out->note = stored.note;
    }
    return true;
}

bool start_review_make(struct act *act, struct txn *txn, struct error *err)
{
    struct start_review_make *verb = (struct start_review_make *)act;
    struct origin origin = caller_origin(act->caller);
    struct participant *participant = NULL;
    struct start_review review;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_DELEGATE, participant, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    if (!start_review_of(txn_db(txn), participant->id, txn_arena(txn), &review, err))
        return false;
    if (!review.is_asked) {
        error_set(err, ERROR_REFUSED, "no emergency placement is attached here");
        return error_hint(err, "it is reviewed at the screening record, once attached");
    }
    if (review.is_reviewed)
        return error_set(err, ERROR_CHANGED, "this start has been reviewed already");
    struct start_reviewed content = {.placement = review.placement};
    if (text_trim(verb->note).len > 0) {
        content.note = text_trim(verb->note);
        if (!reason_check(content.note, err))
            return false;
    }
    return txn_append(txn, LOG_EVENT_START_REVIEWED, &origin, participant->id, &content,
                      NULL, err);
}

static bool read_for(struct db *db, const struct caller *caller,
                     const struct participant *participant, struct arena *arena,
                     struct start_review_view *out, struct error *err)
{
    struct user *by = NULL;
    if (!start_review_of(db, participant->id, arena, &out->review, err))
        return false;
    out->may = out->review.is_asked && !out->review.is_reviewed &&
               caller_may(caller, PERMISSION_DELEGATE, participant->site,
                          caller_is_assigned(caller, participant->id));
    if (!out->review.is_reviewed)
        return true;
    if (!user_by_id(db, out->review.user, arena, &by, err))
        return false;
    out->by = by == NULL ? TEXT("?") : by->full_name;
    return true;
}

bool start_review_read(struct study *study, const struct caller *caller,
                       int64_t participant, struct arena *arena,
                       struct start_review_view *out, struct error *err)
{
    struct participant *found = NULL;
    struct db *db = store_reader(study->store);
    *out = (struct start_review_view){0};
    bool is_read = participant_by_id(db, participant, arena, &found, err);
    if (is_read && found == NULL)
        is_read = error_set(err, ERROR_NOT_FOUND, "there is no such participant");
    else if (is_read && !caller_must_for(caller, PERMISSION_VIEW_CASEBOOK, found, err))
        is_read = caller_refused(study, caller, 0, err);
    else if (is_read && found->state != PARTICIPANT_ERASED)
        is_read = read_for(db, caller, found, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}

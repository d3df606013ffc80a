#include "actions/bone_use.h"

#include "actions/form_place.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

static const struct text answers[] = {
    TEXT_INIT("none"),     /* no use in the last 48 h */
    TEXT_INIT("day"),      /* less than 24 h ago */
    TEXT_INIT("two-days"), /* 24 to 48 h ago */
    TEXT_INIT("unknown"),
};

static bool check_answer(struct text answer, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(answers); i++)
        if (text_equal(answers[i], answer))
            return true;
    error_set(err, ERROR_REFUSED, "this is no answer to the question");
    error_hint(err, "none, day, two-days or unknown");
    return error_where(err, 0, "answer");
}

static bool check_site(const struct design *design, struct text site, struct error *err)
{
    const struct item *item = design_item(design, ITEM_ATTEMPT_SITE);
    if (text_is_absent(site))
        return true;
    if (item != NULL && item->codelist != NULL &&
        codelist_code(item->codelist, site) != NULL)
        return true;
    error_set(err, ERROR_REFUSED, "the study knows no such site of a needle");
    return error_where(err, 0, "site");
}

bool bone_use_state(struct act *act, struct txn *txn, struct error *err)
{
    struct bone_use_state *verb = (struct bone_use_state *)act;
    struct origin origin = caller_origin(act->caller);
    struct participant *participant = NULL;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_RUN_TIMER, participant, err))
        return false;
    if (participant->state != PARTICIPANT_PROVISIONAL) {
        error_set(err, ERROR_REFUSED,
                  "this is asked of a provisional participant alone");
        return error_hint(err, "fill in exclusion 6 of the screening form");
    }
    if (!check_answer(verb->answer, err) ||
        !check_site(study_design(act->study), verb->site, err))
        return false;
    struct bone_use_stated content = {.site = verb->site, .answer = verb->answer};
    return txn_append(txn, LOG_EVENT_BONE_USE_STATED, &origin, participant->id,
                      &content, NULL, err);
}

bool bone_use_find(struct db *db, const struct participant *provisional,
                   struct arena *arena, struct bone_use *out, struct error *err)
{
    struct log_filter filter = {.participant = provisional->id,
                                .user = -1,
                                .kind = LOG_EVENT_BONE_USE_STATED,
                                .newest_first = true,
                                .limit = 1};
    struct log_row *rows = NULL;
    struct user *by = NULL;
    size_t count = 0;
    *out = (struct bone_use){0};
    if (text_is_absent(provisional->provisional_number) ||
        provisional->state == PARTICIPANT_ERASED)
        return true;
    if (!log_list(db, &filter, arena, &rows, &count, err))
        return false;
    if (count == 0 || rows[0].content == NULL)
        return true;
    if (!user_by_id(db, rows[0].origin.user, arena, &by, err))
        return false;
    const struct bone_use_stated *stated = rows[0].content;
    *out = (struct bone_use){.is_stated = true,
                             .site = stated->site,
                             .answer = stated->answer,
                             .by_name = by == NULL ? TEXT("") : by->name,
                             .at = rows[0].server_time};
    return true;
}

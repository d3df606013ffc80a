/* Erasure: two persons, DM and PI, destroy the key of a participant (specification 8.1,
 * 8.2). What is left is the fact that it happened. */
#include "actions/counts.h"
#include "actions/form_place.h"
#include "actions/participants.h"
#include "actions/program_values.h"
#include "actions/study_state.h"
#include "base/limits.h"

static bool person_read(struct txn *txn, int64_t id, struct user **out,
                        struct error *err)
{
    if (!user_by_id(txn_db(txn), id, txn_arena(txn), out, err))
        return false;
    if (*out != NULL && !(*out)->is_disabled)
        return true;
    return error_set(err, ERROR_NOT_ALLOWED, "not allowed: no such person");
}

static bool persons_check(struct participant_erase *verb, struct txn *txn,
                          const struct participant *participant, struct error *err)
{
    const struct caller *caller = verb->act.caller;
    const struct two_person_rule *rule = permission_two_person_rule(PERMISSION_ERASE);
    struct user *first = NULL;
    struct user *second = NULL;
    if (!person_read(txn, verb->first_person, &first, err) ||
        !person_read(txn, verb->second_person, &second, err))
        return false;
    bool is_one_of_them =
        caller->user == 0 || caller->user == first->id || caller->user == second->id;
    if (is_one_of_them && first->id != second->id &&
        permission_pair_allows(rule, first->grants, first->grant_count, second->grants,
                               second->grant_count, participant->site))
        return true;
    return error_set(err, ERROR_NOT_ALLOWED,
                     "erasure needs two different people: a data manager and the "
                     "principal investigator of the site");
}

static bool erase_one(struct participant_erase *verb, struct txn *txn, int64_t id,
                      struct error *err)
{
    struct origin origin = caller_origin(verb->act.caller);
    struct participant_erased content = {.second_user = verb->second_person,
                                         .reason = text_trim(verb->reason)};
    origin.user = verb->first_person;
    return counts_release(txn, id, err) && txn_append(txn, LOG_EVENT_PARTICIPANT_ERASED,
                                                      &origin, id, &content, NULL, err);
}

/* The provisional records that are attached to it are of the same person. */
static bool erase_attached(struct participant_erase *verb, struct txn *txn,
                           const struct participant *participant, struct error *err)
{
    struct participant_filter filter = {
        .sites = &participant->site, .site_count = 1, .limit = LIMIT_LIST};
    for (;;) {
        struct participant *list = NULL;
        size_t count = 0;
        if (!participant_list(txn_db(txn), &filter, txn_arena(txn), &list, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            if (list[i].attached_to == participant->id &&
                !erase_one(verb, txn, list[i].id, err))
                return false;
        if (count < filter.limit)
            return true;
        filter.after = list[count - 1].id;
    }
}

bool participant_erase(struct act *act, struct txn *txn, struct error *err)
{
    struct participant_erase *verb = (struct participant_erase *)act;
    struct participant *participant = NULL;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !persons_check(verb, txn, participant, err) || !reason_check(verb->reason, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    return erase_attached(verb, txn, participant, err) &&
           erase_one(verb, txn, participant->id, err);
}

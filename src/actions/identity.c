#include "actions/identity.h"

#include "actions/program_values.h"
#include "actions/study_state.h"
#include "base/datetime.h"

static bool check_day(const struct text day, int64_t now, struct error *err)
{
    /* A day begins first at UTC+14. */
    enum { EARLIEST_OFFSET = 14 * 60 };
    struct moment moment;
    if (!moment_parse(day, &moment, NULL) || moment.precision != MOMENT_DAY)
        error_set(err, ERROR_REFUSED, "a date is needed, as 2027-01-31");
    else if (moment_instant(&moment, EARLIEST_OFFSET) > now)
        error_set(err, ERROR_REFUSED, "a certification that is still to come is none");
    else
        return true;
    return error_where(err, 0, "certified_on");
}

bool identity_verify(struct act *act, struct txn *txn, struct error *err)
{
    struct identity_verify *verb = (struct identity_verify *)act;
    struct origin origin = caller_origin(act->caller);
    struct user *user = NULL;
    if (!caller_must(act->caller, PERMISSION_MANAGE_USERS, (struct text){0}, false,
                     err) ||
        !user_by_id(txn_db(txn), verb->user, txn_arena(txn), &user, err))
        return false;
    if (user == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such user");
    if (user->id == act->caller->user)
        return error_set(
            err, ERROR_NOT_ALLOWED,
            "nobody verifies his own identity: another administrator does");
    if (!reason_check(verb->how, err))
        return error_hint(err, "say what was seen and where the certification is kept");
    if (!check_day(verb->certified_on, txn_now(txn), err))
        return false;
    struct identity_verified content = {.user = user->id,
                                        .how = text_trim(verb->how),
                                        .certified_on = verb->certified_on};
    return txn_append(txn, LOG_EVENT_IDENTITY_VERIFIED, &origin, 0, &content, NULL,
                      err);
}

bool identity_must(struct db *db, const struct caller *caller, struct arena *arena,
                   struct error *err)
{
    struct stored_identity identity;
    if (!identity_of(db, caller->user, arena, &identity, err))
        return false;
    if (identity.verified.seq != 0)
        return true;
    error_set(err, ERROR_NOT_ALLOWED,
              "your identity is not verified: this account cannot sign");
    return error_hint(err,
                      "an administrator verifies it once, before the first signature");
}

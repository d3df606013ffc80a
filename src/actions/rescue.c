#include "actions/rescue.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "store/reads.h"

/* The file is not sealed by us: what it says of itself must at least be possible. */
static bool check_words(const struct rescue_brought *brought, struct error *err)
{
    size_t at = 0;
    if (brought->device.len > 0 && brought->device.len <= LIMIT_NAME &&
        utf8_is_printable(brought->device, &at))
        return true;
    error_set(err, ERROR_REFUSED, "the device has a printable name of 1 to %d bytes",
              LIMIT_NAME);
    return error_where(err, at, "device");
}

static bool check_person(struct txn *txn, const struct rescue_brought *brought,
                         struct error *err)
{
    struct user *found = NULL;
    if (!user_by_name(txn_db(txn), brought->person, txn_arena(txn), &found, err))
        return false;
    if (found != NULL)
        return true;
    error_set(err, ERROR_REFUSED, "the study knows nobody who is called \"%.*s\"",
              brought->person.len > LIMIT_NAME ? LIMIT_NAME : (int)brought->person.len,
              brought->person.at);
    error_hint(err, "the file may be of another study");
    return error_where(err, 0, "person");
}

bool rescue_bring(struct act *act, struct txn *txn, struct error *err)
{
    struct rescue_bring *verb = (struct rescue_bring *)act;
    struct origin origin = caller_origin(act->caller);
    return check_words(&verb->brought, err) && check_person(txn, &verb->brought, err) &&
           txn_append(txn, LOG_EVENT_RESCUE_BROUGHT, &origin, 0, &verb->brought, NULL,
                      err);
}

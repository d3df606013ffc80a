#ifndef OSTEON_ACTIONS_IDENTITY_H
#define OSTEON_ACTIONS_IDENTITY_H
/* Before the first electronic signature somebody has verified who holds the account, and
 * the holder has certified that his electronic signature is meant as the legally binding
 * equivalent of the handwritten one (21 CFR 11.100(b), (c)). An account without it signs
 * nothing.
 */
#include "actions/act.h"
#include "store/register.h"

/* By who manages users, and never for oneself. */
struct identity_verify {
    struct act act;
    int64_t user;
    struct text how;          /* what was seen, and where the certification is kept */
    struct text certified_on; /* the date of the certification; never one to come */
};
MUST_USE bool identity_verify(struct act *act, struct txn *txn, struct error *err);

/* ERROR_NOT_ALLOWED: the caller's account is not verified. */
MUST_USE bool identity_must(struct db *db, const struct caller *caller,
                            struct arena *arena, struct error *err);

#endif

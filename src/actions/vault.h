#ifndef OSTEON_ACTIONS_VAULT_H
#define OSTEON_ACTIONS_VAULT_H
/* Shows one identity value. The view is on the log, on disk, before the value is told.
 * 'view vault entry (logged)' is enough; a role that may only 'break the glass' must give
 * a reason, and the principal investigator finds it in the audit trail. */
#include "actions/act.h"

struct vault_view {
    struct act act;
    struct form_key key;
    struct text item;
    int64_t row;
    struct text reason;

    struct text value; /* result */
    bool broke_glass;
};
MUST_USE bool vault_view(struct act *act, struct txn *txn, struct error *err);

#endif

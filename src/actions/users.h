#ifndef OSTEON_ACTIONS_USERS_H
#define OSTEON_ACTIONS_USERS_H
/* Users and their roles: 'manage users and roles (no clinical view)', held by ADM.
 *
 * ADM, MON and EC are held with no other role, PAT with none. A name is never used again.
 * The last administrator who can sign in can be neither disabled nor given other roles.
 * Other roles, a reset and disabling end all sessions of the user at once.
 */
#include "actions/sign_in.h"

/* A new user, with a link for the first sign-in. Names: 2 to 64 of a–z, 0–9, dot, hyphen
 * and underscore, lower case. ERROR_CHANGED: the name was used before. */
struct user_add {
    struct act act;
    struct text name, full_name;
    const struct grant *grants;
    size_t grant_count;

    struct user *user; /* results */
    char link[TOKEN_TEXT];
};
MUST_USE bool user_add(struct act *act, struct txn *txn, struct error *err);

struct user_set_roles {
    struct act act;
    int64_t user;
    const struct grant *grants;
    size_t grant_count;

    struct user *changed; /* result */
};
MUST_USE bool user_set_roles(struct act *act, struct txn *txn, struct error *err);

/* Disable, enable, new link (the old password stops working), sign out everywhere. */
struct user_act {
    struct act act;
    int64_t user;
    struct text reason; /* of disabling: mandatory */

    struct user *changed;  /* results */
    char link[TOKEN_TEXT]; /* of user_reset */
};
MUST_USE bool user_disable(struct act *act, struct txn *txn, struct error *err);
MUST_USE bool user_enable(struct act *act, struct txn *txn, struct error *err);
MUST_USE bool user_reset(struct act *act, struct txn *txn, struct error *err);
MUST_USE bool user_sign_out(struct act *act, struct txn *txn, struct error *err);

/* Signs everybody out everywhere, the caller too: after a device was lost, or a doubt. */
struct users_sign_out {
    struct act act;

    const struct user *users; /* results */
    size_t count;
};
MUST_USE bool users_sign_out(struct act *act, struct txn *txn, struct error *err);

MUST_USE bool users_read(struct study *study, const struct caller *caller,
                         struct arena *arena, struct user **out, size_t *count,
                         struct error *err);
/* By name, for commands; ERROR_NOT_FOUND. */
MUST_USE bool users_find(struct study *study, const struct caller *caller,
                         struct text name, struct arena *arena, struct user **out,
                         struct error *err);

#endif

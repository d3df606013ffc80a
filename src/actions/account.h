#ifndef OSTEON_ACTIONS_ACCOUNT_H
#define OSTEON_ACTIONS_ACCOUNT_H
/* What a person does with the own account: the password and the second factor. Verbs
 * that prove the password have the three parts of sign_in.h. */
#include "actions/sign_in.h"

/* At least 12 characters, not the name nor built around it, none of the commonest.
 * ERROR_REFUSED says which rule. */
MUST_USE bool password_check(struct text password, struct text name,
                             struct text full_name, struct error *err);

/* Ends all other sessions of the user. ERROR_REFUSED: one of the last ones. */
struct password_change {
    struct act act;
    struct text old_password, new_password;
    int64_t retry_after;

    struct text expected; /* between the parts */
    bool is_password_right;
    struct past_passwords past;
    bool is_past;
    char encoded[PASSWORD_HASH_TEXT];
};
MUST_USE bool password_change_begin(struct password_change *verb, struct error *err);
void password_change_hash(struct password_change *verb);
MUST_USE bool password_change_finish(struct act *act, struct txn *txn,
                                     struct error *err);

/* A new secret, shown once (base32, and as an otpauth URI); it waits, in memory and for
 * this session only, until a code proves that the person's device has it. */
MUST_USE bool totp_start(struct study *study, const struct caller *caller,
                         struct arena *arena, struct text *secret, struct text *uri,
                         struct error *err);
struct totp_confirm {
    struct act act;
    struct text code;
};
MUST_USE bool totp_confirm(struct act *act, struct txn *txn, struct error *err);

struct totp_remove {
    struct act act;
    struct text password;
    int64_t retry_after;

    struct text expected; /* between the parts */
    bool is_password_right;
};
MUST_USE bool totp_remove_begin(struct totp_remove *verb, struct error *err);
void totp_remove_hash(struct totp_remove *verb);
MUST_USE bool totp_remove_finish(struct act *act, struct txn *txn, struct error *err);

/* What GET /api/me says: each permission the caller holds anywhere, and where. */
struct permission_held {
    enum permission permission;
    enum permission_scope scope;
    const struct text *sites; /* with PERMISSION_SCOPE_OWN_SITE */
    size_t site_count;
};
void account_permissions(const struct caller *caller, struct arena *arena,
                         struct permission_held **out, size_t *count);

#endif

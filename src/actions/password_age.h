#ifndef OSTEON_ACTIONS_PASSWORD_AGE_H
#define OSTEON_ACTIONS_PASSWORD_AGE_H
/* Passwords are revised from time to time (21 CFR 11.300(b)): after a number of days a
 * person chooses another one when signing in, and none of the last ones. Both numbers are
 * the study's choice, made by who manages users and kept on the log with its reason.
 */
#include "actions/act.h"
#include "store/protection.h"

enum {
    PASSWORD_DAYS = 365, /* without a choice: 11.300(b) asks for a revision */
    PASSWORD_DAYS_MOST = 3650,
    PASSWORD_REMEMBERED = 5,
    PASSWORD_REMEMBERED_MOST = 24
};

/* The rules in force: those chosen last, or the above. */
MUST_USE bool password_rules_now(struct db *db, struct arena *arena,
                                 struct password_rules *out, struct error *err);
/* The instant from which on the password has to be changed; 0: never. */
int64_t password_expires(const struct password_rules *rules,
                         const struct sign_in_state *state);
bool password_is_expired(const struct password_rules *rules,
                         const struct sign_in_state *state, int64_t now);

/* The last ones of a user, to compare a new one with. */
struct past_passwords {
    struct text *list;
    size_t count;
};
MUST_USE bool past_passwords_read(struct db *db, int64_t user, struct arena *arena,
                                  struct past_passwords *out, struct error *err);
/* Slow, as many times as there are past ones: for a hashing thread. */
bool past_passwords_have(const struct past_passwords *past, struct text password);
/* ERROR_REFUSED, with the sentence. Returns false. */
bool past_password_refuse(struct error *err);

/* --- the choice ------------------------------------------------------------------------ */

/* By who manages users. */
struct password_rules_set {
    struct act act;
    int64_t longest_days, remembered;
    struct text reason;
};
MUST_USE bool password_rules_set(struct act *act, struct txn *txn, struct error *err);

struct password_rules_shown {
    struct password_rules rules;
    const struct user *set_by; /* NULL: nobody has chosen yet */
    int64_t set_at;
};
MUST_USE bool password_rules_read(struct study *study, const struct caller *caller,
                                  struct arena *arena, struct password_rules_shown *out,
                                  struct error *err);

/* When the caller's own password has to be changed; 0: never. */
MUST_USE bool password_own_expiry(struct study *study, int64_t user,
                                  struct arena *arena, int64_t *out, struct error *err);

#endif

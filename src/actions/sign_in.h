#ifndef OSTEON_ACTIONS_SIGN_IN_H
#define OSTEON_ACTIONS_SIGN_IN_H
/* Signing in: with name and password, and a second factor where the user has set one; or
 * with a one-time link, which sets the first password.
 *
 * In three parts, because argon2id is slow on purpose:
 *   begin   any thread: reads the user; ERROR_TOO_MANY while a delay runs (`retry_after`)
 *   hash    a hashing thread, about 20 ms: touches nothing but the struct
 *   finish  the act: SIGNED_IN and a new session, or SIGN_IN_FAILED and ERROR_SIGN_IN
 *
 *     struct sign_in verb = {.act = act_of(study, NULL, arena, sign_in_finish), .name = …};
 *     sign_in_begin(&verb, err) && (sign_in_hash(&verb), act_run(&verb.act, err))
 *
 * After three failures every further one doubles a delay, from 2 seconds to 15 minutes,
 * per name and per client address; a success ends both. The counts come from the log, so
 * a restart does not forget them. A name that nobody has costs the same time, is delayed
 * the same way and gets the same sentence (no telling which names exist).
 */
#include "actions/password_age.h"
#include "actions/session.h"

/* A session as it begins: the token is told once and never again. */
struct signed_in {
    char token[TOKEN_TEXT];
    char csrf[TOKEN_TEXT];
    struct user *user;
    struct hash session;
    int64_t began;
};

struct sign_in {
    struct act act; /* caller NULL */
    struct text name, password;
    struct text totp; /* six digits; absent when not given */
    /* Takes the place of the old one; absent when not given. Nobody signs in with a
     * password that has expired: without this `needs_new_password`. */
    struct text new_password;
    struct text client, device, language;
    bool without_session; /* prove who it is, begin no session: `person` */

    /* results */
    struct signed_in signed_in;
    int64_t person;  /* the user's id, once proven */
    bool needs_totp; /* with ERROR_SIGN_IN: the password is right, a code is missing */
    bool needs_new_password; /* … it has expired */
    int64_t retry_after;     /* seconds, with ERROR_TOO_MANY */

    /* between the parts */
    int64_t user;         /* 0: nobody has this name */
    struct text expected; /* the argon2id text to compare with */
    bool is_password_right;
    struct past_passwords past; /* that the new one must not be */
    bool is_past;
    char encoded[PASSWORD_HASH_TEXT]; /* of the new one */
};
MUST_USE bool sign_in_begin(struct sign_in *verb, struct error *err);
void sign_in_hash(struct sign_in *verb);
MUST_USE bool sign_in_finish(struct act *act, struct txn *txn, struct error *err);

/* All three parts, in this thread: for commands. */
MUST_USE bool sign_in_run(struct sign_in *verb, struct error *err);

/* One-time links: 32 random bytes in base64url, 72 hours, used once; a new one voids the
 * older ones. Whose it is; ERROR_NOT_FOUND when it is unknown, used or expired. */
enum { LINK_SECONDS = 72 * 60 * 60 };
MUST_USE bool link_read(struct study *study, struct text token, struct arena *arena,
                        struct user **out, struct error *err);

/* The same three parts. `link_begin` refuses a password that the rules refuse, and
 * `link_finish` one of the last ones. */
struct link_sign_in {
    struct act act; /* caller NULL */
    struct text token, password;
    struct text client, device, language;

    struct signed_in signed_in; /* result */

    int64_t user; /* between the parts */
    struct past_passwords past;
    bool is_past;
    char encoded[PASSWORD_HASH_TEXT];
};
MUST_USE bool link_begin(struct link_sign_in *verb, struct error *err);
void link_hash(struct link_sign_in *verb);
MUST_USE bool link_finish(struct act *act, struct txn *txn, struct error *err);

#endif

#ifndef OSTEON_ACTIONS_PASSWORD_H
#define OSTEON_ACTIONS_PASSWORD_H
/* What the verbs that prove a person have in common; for the files of this floor only. */
#include "actions/sign_in.h"
#include "store/reads.h"

enum { TOTP_DIGITS = 6 };

/* Lower case, without white space around it. */
struct text name_normalise(struct arena *arena, struct text typed);

bool password_is_set(const struct sign_in_state *state);
/* The argon2id text to compare with: somebody's even where there is none. */
struct text password_expected(const struct study *study,
                              const struct sign_in_state *state);

/* Seconds that this name and this address must wait; ERROR_TOO_MANY. */
int64_t delay_left(struct study *study, int64_t user, struct text name,
                   struct text client, const struct sign_in_state *state, int64_t now);
bool delay_refuse(int64_t seconds, int64_t *retry_after, struct error *err);

/* A code whose step is later than the last one used. */
bool totp_accepts(const struct study *study, const struct sign_in_state *state,
                  struct text typed, int64_t now, int64_t *step);

struct sign_in_attempt {
    int64_t user;
    struct text name; /* as typed, normalised */
    struct text client, device, language;
};
/* Puts the failure on the log. Returns false with the one sentence. */
bool sign_in_fail(struct act *act, struct txn *txn, const struct sign_in_attempt *who,
                  struct text why, struct error *err);
/* Counts it for the address and the name: once the event is on disk. */
void sign_in_failed(struct study *study, const struct sign_in_attempt *who);

/* The own password once more, in the three parts of sign_in.h. `expected`: what it will be
 * compared with; ERROR_TOO_MANY while a delay runs. */
MUST_USE bool proof_begin(struct act *act, struct text password, struct text *expected,
                          int64_t *retry_after, struct error *err);
bool proof_hash(struct text password, struct text expected);
/* ERROR_REFUSED, and a failed sign-in on the log. */
MUST_USE bool proof_finish(struct act *act, struct txn *txn, bool is_right,
                           struct text expected, struct error *err);
/* Both components at the first signing of a sign-in, the secret one at the next ones (21 CFR
 * 11.200(a)(1)(i)): a typed name must be right in any case. ERROR_REFUSED. */
MUST_USE bool proof_name(const struct act *act, struct text typed, struct error *err);
/* And the second factor, where the person has one: SIGN_IN_FAILED, or SIGNED_IN, which uses
 * the code up. Without a code `*needs_totp` and ERROR_REFUSED. */
MUST_USE bool proof_totp(struct act *act, struct txn *txn, struct text code,
                         bool *needs_totp, struct error *err);

/* SIGNED_IN and a kept session; and, once that is on disk, the session at hand. */
MUST_USE bool session_start(struct act *act, struct txn *txn,
                            const struct sign_in_attempt *who, int64_t totp_step,
                            struct signed_in *out, struct error *err);
void session_started(struct act *act, const struct sign_in_attempt *who,
                     const struct signed_in *signed_in);

#endif

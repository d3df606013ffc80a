#ifndef OSTEON_ACTIONS_SESSION_H
#define OSTEON_ACTIONS_SESSION_H
/* Sessions of people who are signed in. A token is 32 random bytes in base64url; only
 * its SHA-256 is kept. The same token serves as the cookie and as the bearer token.
 *
 * A session ends 12 hours after it began, after 30 minutes without a request, at
 * sign-out, when the user is disabled, gets other roles or another password, or when the
 * user's newest sessions push it out (LIMIT_SESSIONS_PER_USER). The page locks itself
 * after 15 minutes (SESSION_IDLE_LOCK).
 */
#include "actions/act.h"

enum {
    SESSION_IDLE_LOCK = 15 * 60, /* seconds */
    SESSION_IDLE_END = 30 * 60,
    SESSION_LONGEST = 12 * 60 * 60,
    TOKEN_TEXT = 44 /* 43 characters and a NUL */
};

/* Finds the caller of a request and counts the request as use. ERROR_SIGN_IN says why
 * there is none: unknown, idle, expired or ended. `caller` lives in `arena`; its
 * language, device and client are for the request to fill in. */
MUST_USE bool session_find(struct study *study, struct text token, struct arena *arena,
                           struct caller *caller, struct error *err);

/* What a request with a cookie must also carry: derived from the token by SHA-256. */
void session_csrf(struct text token, char out[TOKEN_TEXT]);
/* In constant time. */
bool session_csrf_matches(struct text token, struct text csrf);

struct session_shown {
    int64_t began, last_used;
    struct text client, device;
    bool is_this; /* the session that asks */
};
/* The caller's own, newest first. */
MUST_USE bool session_list(struct study *study, const struct caller *caller,
                           struct arena *arena, struct session_shown **out,
                           size_t *count, struct error *err);

/* Ends this session. */
struct sign_out {
    struct act act;
};
MUST_USE bool sign_out(struct act *act, struct txn *txn, struct error *err);

/* Ends all sessions of the caller but this one. */
struct sign_out_others {
    struct act act;
    int64_t ended; /* result */
};
MUST_USE bool sign_out_others(struct act *act, struct txn *txn, struct error *err);

#endif

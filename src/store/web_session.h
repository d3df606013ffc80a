#ifndef OSTEON_STORE_WEB_SESSION_H
#define OSTEON_STORE_WEB_SESSION_H
/* Who is signed in with which browser: a working table, not a projection. The log has the
 * sign-ins; what is here only lets people stay signed in when the program is started
 * again. A session is known by the SHA-256 of its token.
 *
 * Writes go through the writer as units without events. */
#include "store/store.h"
#include "store/txn.h"

enum { WEB_SESSION_TOUCH_EVERY = 60 }; /* seconds */

struct web_session {
    struct hash token;
    int64_t user;
    int64_t created, last_seen; /* instants */
    struct text client;         /* network address */
    struct text device;
};

MUST_USE bool web_session_add(struct txn *txn, const struct web_session *session,
                              struct error *err);
/* NULL when there is none. */
MUST_USE bool web_session_find(struct db *db, const struct hash *token,
                               struct arena *arena, struct web_session **found,
                               struct error *err);
/* Newest first. */
MUST_USE bool web_session_list(struct db *db, int64_t user, struct arena *arena,
                               struct web_session **out, size_t *count,
                               struct error *err);
/* Is it time to write down that it was used? At most once a minute. */
bool web_session_is_stale(const struct web_session *session, int64_t now);
MUST_USE bool web_session_touch(struct txn *txn, const struct hash *token, int64_t now,
                                struct error *err);
MUST_USE bool web_session_end(struct txn *txn, const struct hash *token,
                              struct error *err);
/* All of a user, but the one with token `but` (may be NULL). */
MUST_USE bool web_session_end_others(struct txn *txn, int64_t user,
                                     const struct hash *but, struct error *err);
/* Those not seen since. */
MUST_USE bool web_session_end_old(struct txn *txn, int64_t since, struct error *err);

#endif

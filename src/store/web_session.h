#ifndef OSTEON_STORE_WEB_SESSION_H
#define OSTEON_STORE_WEB_SESSION_H
/* Sessions of people who are signed in, so that a restart does not sign them out. A
 * working table: what began and ended a session is on the log, the table is not rebuilt
 * from it and not compared. A token is known by its hash only. */
#include "store/store.h"
#include "store/txn.h"

struct web_session {
    struct hash token;
    int64_t user;
    int64_t created, last_seen; /* instants */
    struct text client, device;
};

/* Inside a unit. Adding also takes away those that were last seen before `forget`. */
MUST_USE bool web_session_add(struct txn *txn, const struct web_session *session,
                              int64_t forget, struct error *err);
MUST_USE bool web_session_touch(struct txn *txn, const struct hash *token, int64_t now,
                                struct error *err);
MUST_USE bool web_session_end(struct txn *txn, const struct hash *token,
                              struct error *err);
/* All of a user but `except` (NULL: all). */
MUST_USE bool web_session_end_of(struct txn *txn, int64_t user,
                                 const struct hash *except, struct error *err);

/* The same for a session that nobody should use any more. It is kept until it is forgotten,
 * with the user's negative number and the moment of its end as last_seen, so that a later
 * use of it is seen. */
MUST_USE bool web_session_mark(struct txn *txn, const struct hash *token, int64_t now,
                               struct error *err);
MUST_USE bool web_session_mark_of(struct txn *txn, int64_t user,
                                  const struct hash *except, int64_t now,
                                  struct error *err);

/* NULL when there is none; a marked one is found too. */
MUST_USE bool web_session_find(struct db *db, const struct hash *token,
                               struct arena *arena, struct web_session **found,
                               struct error *err);
/* Newest first. */
MUST_USE bool web_session_list(struct db *db, int64_t user, struct arena *arena,
                               struct web_session **out, size_t *count,
                               struct error *err);

#endif

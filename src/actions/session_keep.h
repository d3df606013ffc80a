#ifndef OSTEON_ACTIONS_SESSION_KEEP_H
#define OSTEON_ACTIONS_SESSION_KEEP_H
/* Tokens, and the sessions that outlive a restart: the store's working table is the
 * truth, session_table.h what is at hand. For the files of this floor only. */
#include "actions/session.h"

enum { TOKEN_BYTES = 32 };

/* A new token as text, and the hash it is known by. */
void token_make(char out[TOKEN_TEXT], struct hash *hash);
/* False: not shaped like a token. */
bool token_hash(struct text token, struct hash *out);

/* Inside a unit: a session begins (and pushes out the least used one of the user beyond
 * LIMIT_SESSIONS_PER_USER), one ends, all of a user but `except` (or NULL). */
struct session_begin;
MUST_USE bool session_keep(struct study *study, struct txn *txn,
                           const struct session_begin *begin, struct error *err);
MUST_USE bool session_end(struct txn *txn, const struct hash *token, struct error *err);
MUST_USE bool session_end_user(struct txn *txn, int64_t user, const struct hash *except,
                               struct error *err);
/* The same where a later use means nothing: with other roles a person signs in again. */
MUST_USE bool session_renew_user(struct txn *txn, int64_t user, struct error *err);

/* Takes a kept session, or all of a user, into the table; no error when there is none. */
MUST_USE bool session_recall(struct study *study, const struct hash *token, int64_t now,
                             struct error *err);
MUST_USE bool session_recall_user(struct study *study, int64_t user, struct error *err);

/* Notes the use, at most every few minutes and without waiting. */
void session_touch(struct study *study, const struct hash *token, int64_t now);

#endif

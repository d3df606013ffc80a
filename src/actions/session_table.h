#ifndef OSTEON_ACTIONS_SESSION_TABLE_H
#define OSTEON_ACTIONS_SESSION_TABLE_H
/* The sessions of people who are signed in, in memory: who each token belongs to, and
 * when it was last used. It is what is at hand of the store's working table
 * (session_keep.h). Thread-safe.
 */
#include "actions/caller.h"

struct session_table;
struct session_table *session_table_new(struct arena *study);

struct session_begin {
    struct hash token;
    const struct user *user; /* copied */
    int64_t began, last_used;
    struct text client, device;
};
/* Pushes out the least used session of the user beyond LIMIT_SESSIONS_PER_USER. */
void session_table_put(struct session_table *table, const struct session_begin *begin);

enum session_answer { SESSION_FOUND, SESSION_UNKNOWN, SESSION_IDLE, SESSION_EXPIRED };
/* Counts as use. The caller's texts are copied into `arena`. */
enum session_answer session_table_use(struct session_table *table,
                                      const struct hash *token, int64_t now,
                                      struct arena *arena, struct caller *caller);

bool session_table_has(struct session_table *table, const struct hash *token);
/* 0 when the table does not have it. */
int64_t session_table_last_used(struct session_table *table, const struct hash *token);
/* Should its use be written down? True once every few minutes of use. */
bool session_table_touch_due(struct session_table *table, const struct hash *token,
                             int64_t now);

void session_table_drop(struct session_table *table, const struct hash *token);
/* All of a user but `except` (or NULL). Returns how many. */
int64_t session_table_drop_user(struct session_table *table, int64_t user,
                                const struct hash *except);

struct session_seen {
    struct hash token;
    int64_t began, last_used;
    struct text client, device;
};
/* A user's sessions that have not ended by themselves, newest first, in `arena`. */
void session_table_list(struct session_table *table, int64_t user, int64_t now,
                        struct arena *arena, struct session_seen **out, size_t *count);

/* A second factor that waits for its first code: one a session. */
enum { TOTP_SECRET_SIZE = 20 }; /* RFC 4226 section 4, R6 */
bool session_table_set_secret(struct session_table *table, const struct hash *token,
                              const uint8_t secret[TOTP_SECRET_SIZE]);
bool session_table_secret(struct session_table *table, const struct hash *token,
                          uint8_t out[TOTP_SECRET_SIZE]);

/* Whether somebody has signed with this sign-in: the next signature needs only one of the
 * two components (21 CFR 11.200(a)(1)). */
void session_table_set_signed(struct session_table *table, const struct hash *token);
bool session_table_has_signed(struct session_table *table, const struct hash *token);

#endif

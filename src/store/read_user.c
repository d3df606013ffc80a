#include "model/event.h"
#include "store/log_entry.h"
#include "store/reads.h"

#include <string.h>

enum { GRANTS_MOST = 256, USERS_MOST = 100000 };

enum user_column {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_FULL_NAME,
    COLUMN_IS_DISABLED,
    COLUMN_CREATED_AT,
    COLUMN_PASSWORD_SEQ,
    COLUMN_TOTP_SEQ,
    COLUMN_IDENTITY_CHECKS
};

static struct user user_of(const struct rows *rows, struct arena *arena)
{
    return (struct user){
        .id = rows_number(rows, COLUMN_ID),
        .name = rows_copy(rows, COLUMN_NAME, arena),
        .full_name = rows_copy(rows, COLUMN_FULL_NAME, arena),
        .is_disabled = rows_number(rows, COLUMN_IS_DISABLED) != 0,
        .has_password = !rows_is_null(rows, COLUMN_PASSWORD_SEQ),
        .has_totp = !rows_is_null(rows, COLUMN_TOTP_SEQ),
        .has_identity = rows_number(rows, COLUMN_IDENTITY_CHECKS) > 0,
        .created_at = rows_number(rows, COLUMN_CREATED_AT),
    };
}

static bool read_grants(struct db *db, struct user *user, struct arena *arena,
                        struct error *err)
{
    struct grant grants[GRANTS_MOST];
    struct rows rows = db_query(db, STATEMENT_USER_ROLES, BINDS(bind_number(user->id)));
    bool is_known = true;
    while (user->grant_count < GRANTS_MOST && is_known && rows_next(&rows)) {
        struct grant *grant = &grants[user->grant_count++];
        is_known = role_parse(rows_text(&rows, 0), &grant->role);
        grant->site = rows_copy(&rows, 1, arena);
    }
    if (!rows_end(&rows, err))
        return false;
    if (!is_known)
        return error_set(err, ERROR_DAMAGED, "user %lld has a role that does not exist",
                         (long long)user->id);
    struct grant *kept = ARENA_ARRAY(arena, struct grant, user->grant_count);
    if (user->grant_count > 0)
        memcpy(kept, grants, user->grant_count * sizeof *kept);
    user->grants = kept;
    return true;
}

static bool read_user(struct db *db, enum statement statement, struct bind by,
                      struct arena *arena, struct user **found, struct error *err)
{
    *found = NULL;
    struct rows rows = db_query(db, statement, BINDS(by));
    struct user *user = NULL;
    if (rows_next(&rows)) {
        user = ARENA_NEW(arena, struct user);
        *user = user_of(&rows, arena);
    }
    if (!rows_end(&rows, err) || (user != NULL && !read_grants(db, user, arena, err)))
        return false;
    *found = user;
    return true;
}

bool user_by_name(struct db *db, struct text name, struct arena *arena,
                  struct user **found, struct error *err)
{
    return read_user(db, STATEMENT_USER_BY_NAME, bind_text(name), arena, found, err);
}

bool user_by_id(struct db *db, int64_t id, struct arena *arena, struct user **found,
                struct error *err)
{
    return read_user(db, STATEMENT_USER_BY_ID, bind_number(id), arena, found, err);
}

bool user_list(struct db *db, struct arena *arena, struct user **out, size_t *count,
               struct error *err)
{
    size_t capacity = 64;
    struct user *users = ARENA_ARRAY(arena, struct user, capacity);
    *count = 0;
    struct rows rows = db_query(db, STATEMENT_USER_LIST, NO_BINDS);
    while (*count < USERS_MOST && rows_next(&rows)) {
        if (*count == capacity) {
            struct user *grown = ARENA_ARRAY(arena, struct user, 2 * capacity);
            memcpy(grown, users, capacity * sizeof *users);
            users = grown;
            capacity *= 2;
        }
        users[(*count)++] = user_of(&rows, arena);
    }
    if (!rows_end(&rows, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        if (!read_grants(db, &users[i], arena, err))
            return false;
    *out = users;
    return true;
}

bool user_next_id(struct db *db, int64_t *id, struct error *err)
{
    return db_number(db, STATEMENT_USER_NEXT_ID, NO_BINDS, id, err);
}

/* The secret of a CREDENTIAL_SET or TOTP_SET. */
static bool read_secret(struct db *db, int64_t seq, struct arena *arena,
                        struct text *secret, int64_t *set_at, struct error *err)
{
    struct log_row event;
    if (seq == 0)
        return true;
    if (!log_event(db, seq, arena, &event, err))
        return false;
    if (event.kind != LOG_EVENT_CREDENTIAL_SET && event.kind != LOG_EVENT_TOTP_SET)
        return error_set(err, ERROR_DAMAGED, "event %lld sets no credential",
                         (long long)seq);
    *secret = ((const struct credential_set *)event.content)->secret;
    *set_at = event.server_time;
    return true;
}

bool user_sign_in_state(struct db *db, int64_t user, struct arena *arena,
                        struct sign_in_state *out, struct error *err)
{
    *out = (struct sign_in_state){0};
    int64_t password_seq = 0;
    int64_t totp_seq = 0;
    int64_t totp_set_at = 0;
    struct rows rows = db_query(db, STATEMENT_CREDENTIAL_OF, BINDS(bind_number(user)));
    if (rows_next(&rows)) {
        password_seq = rows_number(&rows, 0);
        totp_seq = rows_number(&rows, 1);
        out->totp_last_step = rows_number(&rows, 2);
        out->failures = rows_number(&rows, 3);
        out->last_failure = rows_number(&rows, 4);
        out->sessions_valid_from = rows_number(&rows, 5);
    }
    return rows_end(&rows, err) &&
           read_secret(db, password_seq, arena, &out->password_hash,
                       &out->password_set_at, err) &&
           read_secret(db, totp_seq, arena, &out->totp_secret, &totp_set_at, err);
}

bool link_find(struct db *db, const struct hash *token, int64_t now, int64_t *user,
               struct error *err)
{
    return db_number(db, STATEMENT_LINK_FIND,
                     BINDS(bind_bytes(token->bytes, HASH_SIZE), bind_number(now)), user,
                     err);
}

#include "store/project.h"

static bool roles_write(struct db *db, const struct user_changed *changed,
                        struct error *err)
{
    for (size_t i = 0; i < changed->grant_count; i++) {
        const struct grant *grant = &changed->grants[i];
        if (!db_run(db, STATEMENT_USER_ROLE_INSERT,
                    BINDS(bind_number(changed->user), bind_number((int64_t)i),
                          bind_text(role_code(grant->role)), bind_text(grant->site)),
                    err))
            return false;
    }
    return true;
}

bool project_user_added(struct db *db, const struct log_row *event, struct error *err)
{
    const struct user_changed *added = event->content;
    return db_run(db, STATEMENT_USER_INSERT,
                  BINDS(bind_number(added->user), bind_text(added->name),
                        bind_text(added->full_name), bind_number(event->server_time)),
                  err) &&
           db_run(db, STATEMENT_CREDENTIAL_INSERT, BINDS(bind_number(added->user)),
                  err) &&
           roles_write(db, added, err);
}

/* Whoever was signed in signs in again, under the new roles. */
static bool revoke(struct db *db, const struct log_row *event, int64_t user,
                   struct error *err)
{
    return db_run(db, STATEMENT_CREDENTIAL_REVOKE,
                  BINDS(bind_number(event->server_time), bind_number(user)), err);
}

bool project_user_roles(struct db *db, const struct log_row *event, struct error *err)
{
    const struct user_changed *changed = event->content;
    return db_run(db, STATEMENT_USER_ROLE_DELETE, BINDS(bind_number(changed->user)),
                  err) &&
           roles_write(db, changed, err) && revoke(db, event, changed->user, err);
}

bool project_user_disabled(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct user_named *named = event->content;
    return db_run(db, STATEMENT_USER_DISABLE,
                  BINDS(bind_number(1), bind_number(named->user)), err) &&
           db_run(db, STATEMENT_LINK_VOID_OF, BINDS(bind_number(named->user)), err) &&
           revoke(db, event, named->user, err);
}

bool project_user_enabled(struct db *db, const struct log_row *event, struct error *err)
{
    const struct user_named *named = event->content;
    return db_run(db, STATEMENT_USER_DISABLE,
                  BINDS(bind_number(0), bind_number(named->user)), err);
}

bool project_password(struct db *db, const struct log_row *event, struct error *err)
{
    const struct credential_set *set = event->content;
    return db_run(db, STATEMENT_CREDENTIAL_PASSWORD,
                  BINDS(bind_number(event->seq), bind_number(event->server_time),
                        bind_number(set->user)),
                  err);
}

bool project_totp(struct db *db, const struct log_row *event, struct error *err)
{
    const struct credential_set *set = event->content;
    return db_run(db, STATEMENT_CREDENTIAL_TOTP,
                  BINDS(bind_number(event->seq), bind_number(set->user)), err);
}

bool project_totp_removed(struct db *db, const struct log_row *event, struct error *err)
{
    const struct user_named *named = event->content;
    return db_run(db, STATEMENT_CREDENTIAL_TOTP,
                  BINDS(bind_null(), bind_number(named->user)), err);
}

/* Of one user's links only the newest counts. */
bool project_link_issued(struct db *db, const struct log_row *event, struct error *err)
{
    const struct link_event *link = event->content;
    return db_run(db, STATEMENT_LINK_VOID_OF, BINDS(bind_number(link->user)), err) &&
           db_run(db, STATEMENT_LINK_INSERT,
                  BINDS(bind_bytes(link->token.bytes, HASH_SIZE),
                        bind_number(link->user), bind_number(link->expires)),
                  err);
}

bool project_link_used(struct db *db, const struct log_row *event, struct error *err)
{
    const struct link_event *link = event->content;
    return db_run(db, STATEMENT_LINK_VOID_OF, BINDS(bind_number(link->user)), err);
}

bool project_signed_in(struct db *db, const struct log_row *event, struct error *err)
{
    const struct sign_in_event *sign_in = event->content;
    return db_run(db, STATEMENT_CREDENTIAL_SUCCESS,
                  BINDS(bind_number(sign_in->totp_step), bind_number(sign_in->user)),
                  err);
}

bool project_sign_in_failed(struct db *db, const struct log_row *event,
                            struct error *err)
{
    const struct sign_in_event *sign_in = event->content;
    return db_run(db, STATEMENT_CREDENTIAL_FAILURE,
                  BINDS(bind_number(event->server_time), bind_number(sign_in->user)),
                  err);
}

bool project_signed_out(struct db *db, const struct log_row *event, struct error *err)
{
    const struct sign_in_event *sign_in = event->content;
    return !text_equal(sign_in->why, TEXT("revoked")) ||
           revoke(db, event, sign_in->user, err);
}

#include "base/limits.h"
#include "store/event.h"
#include "store/log_entry.h"
#include "store/protection.h"

/* The numbers that stand in LOG_PROTECTION and its index. */
_Static_assert(LOG_EVENT_CREDENTIAL_SET == 7 && LOG_EVENT_SIGN_IN_FAILED == 11 &&
                   LOG_EVENT_ACCESS_REFUSED == 27 &&
                   LOG_EVENT_PASSWORD_RULES_SET == 80 &&
                   LOG_EVENT_MISUSE_REVIEWED == 81,
               "statements.h and schema.h name these kinds by their numbers");

static bool open_row(struct db *db, const struct rows *rows, struct arena *arena,
                     struct log_row *out, struct error *err)
{
    struct log_entry entry;
    enum log_opened how = LOG_OPENED;
    if (!log_entry_read(rows, &entry))
        return error_set(err, ERROR_DAMAGED, "a row of the log has a wrong shape");
    if (!log_entry_open(db, &entry, arena, out, &how, err))
        return false;
    if (how == LOG_OPENED || how == LOG_ERASED)
        return true;
    return error_set(err, ERROR_DAMAGED, "event %lld cannot be opened",
                     (long long)entry.seq);
}

static bool read_rows(struct db *db, struct rows *rows, struct arena *arena,
                      struct log_row **out, size_t *count, struct error *err)
{
    struct log_row *list = NULL;
    size_t capacity = 0;
    bool is_good = true;
    struct error unused;
    *count = 0;
    while (is_good && rows_next(rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = open_row(db, rows, arena, &list[*count], err);
        *count += is_good ? 1 : 0;
    }
    *out = list;
    return rows_end(rows, is_good ? err : &unused) && is_good;
}

static bool latest(struct db *db, enum log_event_kind kind, struct arena *arena,
                   struct log_row **found, struct error *err)
{
    size_t count = 0;
    struct rows rows =
        db_query(db, STATEMENT_LOG_LATEST_PROTECTION, BINDS(bind_number(kind)));
    if (!read_rows(db, &rows, arena, found, &count, err))
        return false;
    if (count == 0)
        *found = NULL;
    return true;
}

bool password_rules_latest(struct db *db, struct arena *arena, struct log_row **found,
                           struct error *err)
{
    return latest(db, LOG_EVENT_PASSWORD_RULES_SET, arena, found, err);
}

bool misuse_latest_review(struct db *db, struct arena *arena, struct log_row **found,
                          struct error *err)
{
    return latest(db, LOG_EVENT_MISUSE_REVIEWED, arena, found, err);
}

bool passwords_of(struct db *db, int64_t user, int64_t most, struct arena *arena,
                  struct text **out, size_t *count, struct error *err)
{
    struct log_row *list = NULL;
    size_t found = 0;
    struct rows rows = db_query(db, STATEMENT_LOG_PASSWORDS_OF,
                                BINDS(bind_number(user), bind_number(most)));
    *count = 0;
    if (!read_rows(db, &rows, arena, &list, &found, err))
        return false;
    *out = ARENA_ARRAY(arena, struct text, found);
    for (size_t i = 0; i < found; i++) {
        const struct credential_set *set = list[i].content;
        /* An administrator who resets the own password has written no argon2id text. */
        if (set->user == user && text_starts_with(set->secret, TEXT("$argon2")))
            (*out)[(*count)++] = set->secret;
    }
    return true;
}

bool misuse_events(struct db *db, int64_t after, int64_t most, struct arena *arena,
                   struct log_row **out, size_t *count, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_LOG_MISUSE,
                                BINDS(bind_number(after), bind_number(most)));
    return read_rows(db, &rows, arena, out, count, err);
}

#include "model/event.h"
#include "store/heads.h"
#include "store/import.h"
#include "store/log_entry.h"

bool import_is_committed(struct db *db, int64_t import, bool *out, struct error *err)
{
    int64_t state = IMPORT_STAGING;
    if (!db_number(db, STATEMENT_IMPORT_STATE_OF, BINDS(bind_number(import)), &state,
                   err))
        return false;
    *out = state == IMPORT_COMMITTED;
    return true;
}

bool import_list_committed(struct db *db, struct arena *arena, int64_t **out,
                           size_t *count, struct error *err)
{
    size_t capacity = 0;
    struct rows rows = db_query(db, STATEMENT_IMPORT_ALL, NO_BINDS);
    *out = NULL;
    *count = 0;
    while (rows_next(&rows)) {
        if (rows_number(&rows, 1) != IMPORT_COMMITTED)
            continue;
        *out = ARENA_GROW(arena, *out, *count, &capacity);
        (*out)[(*count)++] = rows_number(&rows, 0);
    }
    return rows_end(&rows, err);
}

bool import_running(struct db *db, int64_t *import, struct error *err)
{
    return db_number(db, STATEMENT_IMPORT_RUNNING, NO_BINDS, import, err);
}

bool import_rules_waiting(struct db *db, struct import_waiting *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_IMPORT_RULES_WAITING, NO_BINDS);
    *out = (struct import_waiting){0};
    if (rows_next(&rows))
        *out = (struct import_waiting){.import = rows_number(&rows, 0),
                                       .committed = rows_number(&rows, 1),
                                       .through = rows_number(&rows, 2)};
    return rows_end(&rows, err);
}

_Static_assert(LOG_EVENT_IMPORT_STAGED == 46,
               "IMPORT_STAGED_BETWEEN names the kind by its number");

/* One import stages at a time, so that all between its first and last event is its own. */
bool import_rules_next(struct db *db, struct import_waiting *waiting, size_t most,
                       struct arena *arena, int64_t **out, size_t *count,
                       struct error *err)
{
    int64_t *list = ARENA_ARRAY(arena, int64_t, most);
    size_t seen = 0;
    struct rows rows =
        db_query(db, STATEMENT_IMPORT_STAGED_BETWEEN,
                 BINDS(bind_number(waiting->through), bind_number(waiting->committed),
                       bind_number((int64_t)most)));
    *out = list;
    *count = 0;
    for (; rows_next(&rows); seen++) {
        int64_t participant = rows_number(&rows, 1);
        waiting->through = rows_number(&rows, 0);
        bool is_known = *count > 0 && list[*count - 1] == participant;
        if (participant > 0 && !is_known) /* else reference data */
            list[(*count)++] = participant;
    }
    if (seen < most)
        waiting->through = waiting->committed;
    return rows_end(&rows, err);
}

bool import_of_participant(struct db *db, int64_t participant, int64_t *import,
                           struct error *err)
{
    return db_number(db, STATEMENT_IMPORT_OF_PARTICIPANT,
                     BINDS(bind_number(participant)), import, err);
}

bool import_subject(struct db *db, int64_t import, struct text key,
                    int64_t *participant, struct error *err)
{
    struct binds binds = BINDS(bind_text(key));
    if (!db_number(db, STATEMENT_IMPORT_SUBJECT_FIND,
                   BINDS(bind_number(import), bind_text(key)), participant, err))
        return false;
    if (*participant == 0 &&
        !db_number(db, STATEMENT_PARTICIPANT_BY_SCREENING, binds, participant, err))
        return false;
    return *participant != 0 ||
           db_number(db, STATEMENT_PARTICIPANT_BY_SUBJECT, binds, participant, err);
}

bool import_subjects(struct db *db, int64_t after, int64_t *out, size_t most,
                     size_t *count, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_IMPORT_SUBJECT_SOME,
                                BINDS(bind_number(after), bind_number((int64_t)most)));
    *count = 0;
    while (*count < most && rows_next(&rows))
        out[(*count)++] = rows_number(&rows, 0);
    return rows_end(&rows, err);
}

static bool apply(struct db *db, struct form_heads *heads, const struct log_row *event,
                  struct error *err)
{
    const struct values_saved *saved = event->content;
    struct head_author author = {.version = {.seq = event->seq},
                                 .corrected_time = saved->corrected_time,
                                 .user = event->origin.user};
    for (size_t i = 0; i < saved->change_count; i++) {
        author.version.place = saved->changes[i].place;
        if (!heads_apply(heads, db, &saved->changes[i], &author, err))
            return false;
    }
    return true;
}

bool import_apply_waiting(struct db *db, struct form_heads *heads,
                          const struct form_key *key, struct arena *arena,
                          struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_IMPORT_CHANGE_OF_PARTICIPANT,
                                BINDS(bind_number(key->participant)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        struct log_row event;
        is_good = log_event(db, rows_number(&rows, 0), arena, &event, err);
        const struct values_saved *saved = is_good ? event.content : NULL;
        if (is_good && form_key_equal(&saved->key, key))
            is_good = apply(db, heads, &event, err);
    }
    return rows_end_after(&rows, is_good, err);
}

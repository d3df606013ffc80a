#include "base/buffer.h"
#include "base/limits.h"
#include "store/db.h"
#include "store/reads.h"

#include <string.h>

static bool plain_of(const struct rows *rows, struct arena *arena,
                     struct participant *out)
{
    *out = (struct participant){
        .id = rows_number(rows, 0),
        .site = rows_copy(rows, 1, arena),
        .screening_number = rows_copy(rows, 2, arena),
        .provisional_number = rows_copy(rows, 3, arena),
        .subject_number = rows_copy(rows, 4, arena),
        .bed = rows_copy(rows, 5, arena),
        .created_at = rows_number(rows, 7),
        .screened_at = rows_number(rows, 8),
        .enrolled_at = rows_number(rows, 9),
        .attached_to = rows_number(rows, 10),
    };
    return participant_state_parse(rows_text(rows, 6), &out->state);
}

static bool participant_of(const struct rows *rows, struct arena *arena,
                           struct participant *out)
{
    bool is_good = plain_of(rows, arena, out);
    out->open_queries = rows_number(rows, 11);
    out->forms_started = rows_number(rows, 12);
    out->forms_complete = rows_number(rows, 13);
    out->last_change = rows_number(rows, 14);
    return is_good;
}

static bool bad_state(struct error *err)
{
    return error_set(err, ERROR_DAMAGED,
                     "a participant has a state that does not exist");
}

static bool find_one(struct db *db, enum statement statement, int64_t id,
                     struct arena *arena, struct participant **found, struct error *err)
{
    *found = NULL;
    struct rows rows = db_query(db, statement, BINDS(bind_number(id)));
    bool is_good = true;
    if (rows_next(&rows)) {
        *found = ARENA_NEW(arena, struct participant);
        is_good = statement == STATEMENT_PARTICIPANT_BY_ID
                      ? participant_of(&rows, arena, *found)
                      : plain_of(&rows, arena, *found);
    }
    if (!rows_end(&rows, err))
        return false;
    return is_good || bad_state(err);
}

bool participant_by_id(struct db *db, int64_t id, struct arena *arena,
                       struct participant **found, struct error *err)
{
    return find_one(db, STATEMENT_PARTICIPANT_BY_ID, id, arena, found, err);
}

bool participant_plain(struct db *db, int64_t id, struct arena *arena,
                       struct participant **found, struct error *err)
{
    return find_one(db, STATEMENT_PARTICIPANT_PLAIN_BY_ID, id, arena, found, err);
}

bool participant_after(struct db *db, int64_t id, struct arena *arena,
                       struct participant **found, struct error *err)
{
    return find_one(db, STATEMENT_PARTICIPANT_AFTER, id, arena, found, err);
}

bool participant_by_request(struct db *db, const uint8_t request[16], int64_t *found,
                            struct error *err)
{
    return db_number(db, STATEMENT_PARTICIPANT_BY_REQUEST,
                     BINDS(bind_bytes(request, 16)), found, err);
}

bool participant_attached_to(struct db *db, int64_t id, int64_t *found,
                             struct error *err)
{
    return db_number(db, STATEMENT_PARTICIPANT_ATTACHED_TO, BINDS(bind_number(id)),
                     found, err);
}

/* Per cent, underscore and backslash mean themselves. */
static struct text escape_pattern(struct arena *arena, struct text t)
{
    char *escaped = arena_alloc(arena, 2 * t.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == '%' || t.at[i] == '_' || t.at[i] == '\\')
            escaped[len++] = '\\';
        escaped[len++] = t.at[i];
    }
    return (struct text){.at = escaped, .len = len};
}

/* "|01|02|"; "" for all sites; "|" for none. */
static struct text site_list(struct arena *arena,
                             const struct participant_filter *filter)
{
    if (filter->sites == NULL)
        return TEXT("");
    struct buffer list = buffer_in(arena, 64 * 1024);
    buffer_byte(&list, '|');
    for (size_t i = 0; i < filter->site_count; i++) {
        buffer_text_add(&list, filter->sites[i]);
        buffer_byte(&list, '|');
    }
    return (struct text){.at = list.at, .len = list.len};
}

bool participant_list(struct db *db, const struct participant_filter *filter,
                      struct arena *arena, struct participant **out, size_t *count,
                      struct error *err)
{
    size_t limit = filter->limit == 0 || filter->limit > LIMIT_LIST + 1 ? LIMIT_LIST
                                                                        : filter->limit;
    struct participant *list = ARENA_ARRAY(arena, struct participant, limit);
    *count = 0;
    *out = list;
    struct rows rows = db_query(
        db, STATEMENT_PARTICIPANT_LIST,
        BINDS(bind_number(filter->after),
              bind_text(text_is_absent(filter->state) ? TEXT("") : filter->state),
              bind_text(escape_pattern(arena, filter->find)),
              bind_text(site_list(arena, filter)), bind_number((int64_t)limit)));
    bool is_good = true;
    while (is_good && *count < limit && rows_next(&rows))
        is_good = participant_of(&rows, arena, &list[(*count)++]);
    if (!rows_end(&rows, err))
        return false;
    return is_good || bad_state(err);
}

static bool count_of(struct db *db, enum participant_state state, int64_t *count,
                     struct error *err)
{
    return db_number(db, STATEMENT_PARTICIPANT_COUNT,
                     BINDS(bind_text(participant_state_name(state))), count, err);
}

bool participants_enrolled(struct db *db, int64_t *count, struct error *err)
{
    int64_t withdrawn = 0;
    if (!count_of(db, PARTICIPANT_ENROLLED, count, err) ||
        !count_of(db, PARTICIPANT_WITHDRAWN, &withdrawn, err))
        return false;
    *count += withdrawn;
    return true;
}

bool erasure_proposal_find(struct db *db, int64_t participant, struct arena *arena,
                           struct erasure_proposal *out, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_ERASURE_FIND, BINDS(bind_number(participant)));
    *out = (struct erasure_proposal){0};
    if (rows_next(&rows))
        *out = (struct erasure_proposal){.user = rows_number(&rows, 0),
                                         .proposed_at = rows_number(&rows, 1),
                                         .reason = rows_copy(&rows, 2, arena)};
    return rows_end(&rows, err);
}

bool safety_review_find(struct db *db, int64_t form, struct arena *arena,
                        struct stored_safety_review *out, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_SAFETY_REVIEW_FIND, BINDS(bind_number(form)));
    *out = (struct stored_safety_review){0};
    if (rows_next(&rows))
        *out = (struct stored_safety_review){.seq = rows_number(&rows, 0),
                                             .of_seq = rows_number(&rows, 1),
                                             .user = rows_number(&rows, 2),
                                             .reviewed_at = rows_number(&rows, 3),
                                             .note = rows_copy(&rows, 4, arena)};
    return rows_end(&rows, err);
}

bool start_review_find(struct db *db, int64_t participant, struct arena *arena,
                       struct stored_start_review *out, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_START_REVIEW_FIND, BINDS(bind_number(participant)));
    *out = (struct stored_start_review){0};
    if (rows_next(&rows))
        *out = (struct stored_start_review){.seq = rows_number(&rows, 0),
                                            .placement = rows_number(&rows, 1),
                                            .user = rows_number(&rows, 2),
                                            .reviewed_at = rows_number(&rows, 3),
                                            .note = rows_copy(&rows, 4, arena)};
    return rows_end(&rows, err);
}

bool participant_next_id(struct db *db, int64_t *id, struct error *err)
{
    return db_number(db, STATEMENT_PARTICIPANT_NEXT_ID, NO_BINDS, id, err);
}

bool participant_next_number(struct db *db, char kind, struct text site,
                             int64_t *number, struct error *err)
{
    struct text series = {.at = &kind, .len = 1};
    if (!db_number(
            db, STATEMENT_SERIES_LAST,
            BINDS(bind_text(series), bind_text(text_is_absent(site) ? TEXT("") : site)),
            number, err))
        return false;
    ++*number;
    return true;
}

bool participant_proposal(struct db *db, int64_t participant, int64_t *to,
                          int64_t *user, struct error *err)
{
    *to = 0;
    *user = 0;
    struct rows rows =
        db_query(db, STATEMENT_PARTICIPANT_PROPOSAL, BINDS(bind_number(participant)));
    if (rows_next(&rows)) {
        *to = rows_number(&rows, 0);
        *user = rows_number(&rows, 1);
    }
    return rows_end(&rows, err);
}

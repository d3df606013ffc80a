#include "store/db.h"
#include "store/heads.h"
#include "store/names.h"
#include "store/reads.h"

/* -- Instances --------------------------------------------------------------------- */

static bool copy_name(struct db *db, int64_t number, struct arena *arena,
                      struct text *out, struct error *err)
{
    struct text oid;
    if (!names_text(db, number, &oid, err))
        return false;
    *out = text_copy(arena, oid);
    return true;
}

static bool form_of(struct db *db, const struct rows *rows, struct arena *arena,
                    struct form_state *out, struct error *err)
{
    *out = (struct form_state){
        .id = rows_number(rows, 0),
        .key = {.participant = rows_number(rows, 1),
                .event_repeat = rows_number(rows, 3),
                .form_repeat = rows_number(rows, 5)},
        .is_complete = rows_number(rows, 6) != 0,
        .answered = rows_number(rows, 7),
        .expected = rows_number(rows, 8),
        .last_change = rows_number(rows, 9),
        .design_version = rows_copy(rows, 10, arena),
        .branches = rows_number(rows, 11),
        .open_queries = rows_number(rows, 12),
    };
    return copy_name(db, rows_number(rows, 2), arena, &out->key.event, err) &&
           copy_name(db, rows_number(rows, 4), arena, &out->key.form, err);
}

bool form_list(struct db *db, int64_t participant, struct arena *arena,
               struct form_states *out, struct error *err)
{
    size_t capacity = 8;
    struct form_state *list = ARENA_ARRAY(arena, struct form_state, capacity);
    size_t count = 0;
    struct rows rows =
        db_query(db, STATEMENT_FORM_LIST, BINDS(bind_number(participant)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, count, &capacity);
        is_good = form_of(db, &rows, arena, &list[count++], err);
    }
    *out = (struct form_states){.list = list, .count = count};
    return rows_end_after(&rows, is_good, err);
}

const struct form_state *form_among(const struct form_states *forms,
                                    const struct form_key *key)
{
    for (size_t i = 0; i < forms->count; i++)
        if (form_key_equal(&forms->list[i].key, key))
            return &forms->list[i];
    return NULL;
}

bool form_find(struct db *db, const struct form_key *key, struct arena *arena,
               struct form_state **found, struct error *err)
{
    *found = NULL;
    int64_t event = 0;
    int64_t form = 0;
    if (!names_find(db, key->event, &event, err) ||
        !names_find(db, key->form, &form, err))
        return false;
    if (event == 0 || form == 0)
        return true;
    struct rows rows = db_query(db, STATEMENT_FORM_FIND,
                                BINDS(bind_number(key->participant), bind_number(event),
                                      bind_number(key->event_repeat), bind_number(form),
                                      bind_number(key->form_repeat)));
    bool is_good = true;
    if (rows_next(&rows)) {
        *found = ARENA_NEW(arena, struct form_state);
        is_good = form_of(db, &rows, arena, *found, err);
    }
    return rows_end_after(&rows, is_good, err);
}

/* -- Answers ----------------------------------------------------------------------- */

static bool value_of(struct db *db, const struct rows *rows, struct arena *arena,
                     struct stored_value *out, struct error *err)
{
    *out = (struct stored_value){
        .row = rows_number(rows, 1),
        .answer = {.value = rows_copy(rows, 2, arena),
                   .missing = (enum missing_reason)rows_number(rows, 3),
                   .missing_text = rows_copy(rows, 4, arena)},
        .source = (enum value_source)rows_number(rows, 5),
        .version = {.seq = rows_number(rows, 6),
                    .place = (int32_t)rows_number(rows, 7)},
        .corrected_time = rows_number(rows, 8),
        .by = rows_number(rows, 9),
    };
    out->answer.is_in_vault =
        text_is_absent(out->answer.value) && out->answer.missing == MISSING_NOT;
    return copy_name(db, rows_number(rows, 0), arena, &out->item, err);
}

static bool values_of(struct db *db, enum statement statement, int64_t form,
                      struct arena *arena, struct stored_value **out, size_t *count,
                      struct error *err)
{
    size_t capacity = 16;
    struct stored_value *list = ARENA_ARRAY(arena, struct stored_value, capacity);
    *count = 0;
    struct rows rows = db_query(db, statement, BINDS(bind_number(form)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = value_of(db, &rows, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

bool form_values(struct db *db, int64_t form_instance, struct arena *arena,
                 struct stored_value **out, size_t *count, struct error *err)
{
    return values_of(db, STATEMENT_ITEM_OF_FORM, form_instance, arena, out, count, err);
}

bool form_branches(struct db *db, int64_t form_instance, struct arena *arena,
                   struct stored_value **out, size_t *count, struct error *err)
{
    return values_of(db, STATEMENT_BRANCH_OF_FORM, form_instance, arena, out, count,
                     err);
}

static bool participant_value_of(struct db *db, const struct rows *rows,
                                 struct arena *arena, struct participant_value *out,
                                 struct error *err)
{
    *out = (struct participant_value){
        .form = rows_number(rows, 0),
        .row = rows_number(rows, 2),
        .answer = {.value = rows_copy(rows, 3, arena),
                   .missing = (enum missing_reason)rows_number(rows, 4),
                   .missing_text = rows_copy(rows, 5, arena)},
        .source = (enum value_source)rows_number(rows, 6),
        .seq = rows_number(rows, 7),
    };
    out->answer.is_in_vault =
        text_is_absent(out->answer.value) && out->answer.missing == MISSING_NOT;
    return copy_name(db, rows_number(rows, 1), arena, &out->item, err);
}

bool participant_values(struct db *db, int64_t participant, int64_t without,
                        struct arena *arena, struct participant_value **out,
                        size_t *count, struct error *err)
{
    size_t capacity = 16;
    struct participant_value *list =
        ARENA_ARRAY(arena, struct participant_value, capacity);
    *count = 0;
    struct rows rows = db_query(db, STATEMENT_ITEM_OF_PARTICIPANT,
                                BINDS(bind_number(participant), bind_number(without)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = participant_value_of(db, &rows, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

/* -- Batches ----------------------------------------------------------------------- */

bool batch_find(struct db *db, const uint8_t batch[BATCH_ID_SIZE], struct arena *arena,
                struct stored_batch **found, struct error *err)
{
    *found = NULL;
    struct rows rows =
        db_query(db, STATEMENT_BATCH_FIND, BINDS(bind_bytes(batch, BATCH_ID_SIZE)));
    if (rows_next(&rows)) {
        *found = ARENA_NEW(arena, struct stored_batch);
        (*found)->seq = rows_number(&rows, 0);
        (*found)->answer = rows_copy(&rows, 2, arena);
        if (!rows_fixed(&rows, 1, (*found)->digest.bytes, HASH_SIZE))
            (*found)->digest = (struct hash){0};
    }
    return rows_end(&rows, err);
}

/* -- The vault --------------------------------------------------------------------- */

bool vault_read(struct db *db, const struct form_key *key, struct text item,
                int64_t row, struct arena *arena, struct text *out, struct error *err)
{
    struct form_heads *heads = NULL;
    if (!heads_load(db, key, arena, &heads, err))
        return false;
    const struct head *head = heads_current(heads, item, row);
    if (head == NULL || !head->answer.is_in_vault)
        return error_set(err, ERROR_NOT_FOUND, "the vault holds no %.*s",
                         TEXT_ARG(item));
    *out = head->answer.value;
    return true;
}

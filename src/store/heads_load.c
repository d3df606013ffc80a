#include "model/event.h"
#include "store/heads_cache.h"
#include "store/heads_form.h"
#include "store/log_entry.h"
#include "store/names.h"
#include "store/reads.h"

#include <string.h>

enum answer_column {
    COLUMN_ITEM,
    COLUMN_ROW,
    COLUMN_VALUE,
    COLUMN_MISSING,
    COLUMN_MISSING_TEXT,
    COLUMN_SOURCE,
    COLUMN_SEQ,
    COLUMN_PLACE,
    COLUMN_CORRECTED_TIME,
    COLUMN_USER
};

/* An answer that is neither a value nor missing is in the vault: its value is in the
 * event that set it. */
static bool open_from_vault(struct db *db, struct text item, struct head *head,
                            struct arena *arena, struct error *err)
{
    struct log_row event;
    if (!log_event(db, head->version.seq, arena, &event, err))
        return false;
    bool has_values =
        event.kind == LOG_EVENT_VALUES_SAVED || event.kind == LOG_EVENT_IMPORT_STAGED;
    const struct values_saved *saved = has_values ? event.content : NULL;
    for (size_t i = 0; saved != NULL && i < saved->change_count; i++) {
        const struct value_change *change = &saved->changes[i];
        if (change->place == head->version.place && text_equal(change->item, item)) {
            head->answer = change->new;
            return true;
        }
    }
    return error_set(err, ERROR_DAMAGED, "event %lld does not hold the value of %.*s",
                     (long long)head->version.seq, TEXT_ARG(item));
}

static bool read_head(struct db *db, const struct rows *rows, struct text item,
                      struct arena *arena, struct head *head, struct error *err)
{
    *head = (struct head){
        .version = {.seq = rows_number(rows, COLUMN_SEQ),
                    .place = (int32_t)rows_number(rows, COLUMN_PLACE)},
        .corrected_time = rows_number(rows, COLUMN_CORRECTED_TIME),
        .user = rows_number(rows, COLUMN_USER),
        .source = (enum value_source)rows_number(rows, COLUMN_SOURCE),
        .answer = {.value = rows_copy(rows, COLUMN_VALUE, arena),
                   .missing = (enum missing_reason)rows_number(rows, COLUMN_MISSING),
                   .missing_text = rows_copy(rows, COLUMN_MISSING_TEXT, arena)},
    };
    bool is_in_vault =
        text_is_absent(head->answer.value) && head->answer.missing == MISSING_NOT;
    return !is_in_vault || open_from_vault(db, item, head, arena, err);
}

/* The current heads, or those beside them. */
static bool load_heads(struct db *db, struct form_heads *heads,
                       enum statement statement, struct error *err)
{
    struct rows rows = db_query(db, statement, BINDS(bind_number(heads->id)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        int64_t number = rows_number(&rows, COLUMN_ITEM);
        struct text oid;
        is_good = names_text(db, number, &oid, err);
        if (!is_good)
            break;
        int64_t row = rows_number(&rows, COLUMN_ROW);
        struct item_heads *item = heads_item(heads, oid, row);
        if (item == NULL)
            item = heads_item_made(heads, text_copy(heads->arena, oid), row);
        item->item_number = number;
        item->is_stored = item->is_stored || statement == STATEMENT_ITEM_OF_FORM;
        is_good = read_head(db, &rows, item->item, heads->arena,
                            item_heads_add(heads, item), err);
    }
    return rows_end_after(&rows, is_good, err);
}

static bool load_awaited(struct db *db, struct form_heads *heads, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_AWAITED_OF_FORM, BINDS(bind_number(heads->id)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        struct text oid;
        is_good = names_text(db, rows_number(&rows, 0), &oid, err);
        if (!is_good)
            break;
        struct item_heads *item =
            heads_item_made(heads, text_copy(heads->arena, oid), rows_number(&rows, 1));
        struct awaited_base *awaited = item_heads_await(heads, item);
        if (!rows_fixed(&rows, 2, awaited->batch, BATCH_ID_SIZE))
            memset(awaited->batch, 0, BATCH_ID_SIZE);
        awaited->place = (int32_t)rows_number(&rows, 3);
    }
    return rows_end_after(&rows, is_good, err);
}

/* Finds the instance: `id` stays 0 when there is none. `*last_change`: when. */
static bool find_form(struct db *db, struct form_heads *heads, int64_t *last_change,
                      struct error *err)
{
    int64_t event = 0;
    int64_t form = 0;
    if (!names_find(db, heads->key.event, &event, err) ||
        !names_find(db, heads->key.form, &form, err))
        return false;
    if (event == 0 || form == 0)
        return true;
    struct rows rows =
        db_query(db, STATEMENT_FORM_IDENTITY,
                 BINDS(bind_number(heads->key.participant), bind_number(event),
                       bind_number(heads->key.event_repeat), bind_number(form),
                       bind_number(heads->key.form_repeat)));
    if (rows_next(&rows)) {
        heads->id = rows_number(&rows, 0);
        heads->branches = rows_number(&rows, 1);
        *last_change = rows_number(&rows, 2);
    }
    return rows_end(&rows, err);
}

static struct form_heads *heads_new(const struct form_key *key, struct arena *arena)
{
    struct form_heads *heads = ARENA_NEW(arena, struct form_heads);
    heads->arena = arena;
    heads->key = *key;
    heads->key.event = text_copy(arena, key->event);
    heads->key.form = text_copy(arena, key->form);
    return heads;
}

/* Of the instance that has been found. */
static bool load(struct db *db, struct form_heads *heads, int64_t last_change,
                 struct error *err)
{
    if (heads->id == 0 || heads_cache_take(db, heads, last_change))
        return true;
    return load_heads(db, heads, STATEMENT_ITEM_OF_FORM, err) &&
           (heads->branches == 0 ||
            (load_heads(db, heads, STATEMENT_BRANCH_OF_FORM, err) &&
             load_awaited(db, heads, err)));
}

bool heads_load(struct db *db, const struct form_key *key, struct arena *arena,
                struct form_heads **out, struct error *err)
{
    int64_t last_change = 0;
    *out = heads_new(key, arena);
    return find_form(db, *out, &last_change, err) && load(db, *out, last_change, err);
}

bool heads_load_known(struct db *db, const struct form_key *key,
                      const struct form_state *known, struct arena *arena,
                      struct form_heads **out, struct error *err)
{
    *out = heads_new(key, arena);
    if (known == NULL)
        return true;
    (*out)->id = known->id;
    (*out)->branches = known->branches;
    return load(db, *out, known->last_change, err);
}

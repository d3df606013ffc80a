#include "store/event.h"
#include "store/heads_cache.h"
#include "store/heads_form.h"
#include "store/names.h"
#include "store/project.h"

bool project_values_prepare(struct db *db, int64_t seq, int64_t user,
                            struct values_saved *saved, struct arena *arena,
                            struct error *err)
{
    if (!heads_load(db, &saved->key, arena, &saved->heads, err))
        return false;
    struct head_author author = {
        .version = {.seq = seq},
        .batch = saved->has_batch ? saved->batch : NULL,
        .corrected_time = saved->corrected_time,
        .user = user,
    };
    for (size_t i = 0; i < saved->change_count; i++) {
        author.version.place = (int32_t)i;
        if (!heads_apply(saved->heads, db, &saved->changes[i], &author, err))
            return false;
    }
    return true;
}

/* At a rebuild the places stand in the record. */
static bool apply_recorded(struct db *db, const struct log_row *event,
                           struct values_saved *saved, struct arena *arena,
                           struct error *err)
{
    if (!heads_load(db, &saved->key, arena, &saved->heads, err))
        return false;
    struct head_author author = {
        .version = {.seq = event->seq},
        .batch = saved->has_batch ? saved->batch : NULL,
        .corrected_time = saved->corrected_time,
        .user = event->origin.user,
    };
    for (size_t i = 0; i < saved->change_count; i++) {
        author.version.place = saved->changes[i].place;
        if (!heads_apply(saved->heads, db, &saved->changes[i], &author, err))
            return false;
    }
    return true;
}

static bool write_batch(struct db *db, const struct log_row *event,
                        const struct values_saved *saved, struct error *err)
{
    return db_run(
        db, STATEMENT_BATCH_INSERT,
        BINDS(bind_number(event->seq),
              bind_bytes(saved->has_batch ? saved->batch : NULL, BATCH_ID_SIZE),
              bind_number(saved->corrected_time), bind_number(event->origin.user),
              bind_bytes(saved->has_batch ? saved->digest.bytes : NULL, HASH_SIZE),
              bind_text(saved->answer)),
        err);
}

/* The value of an identity item stands in the log alone. */
static struct bind bind_value(const struct answer *answer)
{
    return answer->is_in_vault ? bind_null() : bind_text(answer->value);
}

static bool write_current(struct db *db, int64_t form, struct item_heads *item,
                          struct error *err)
{
    const struct head *head = &item->heads[0];
    const struct bind at[] = {bind_number(form), bind_number(item->item_number),
                              bind_number(item->row)};
    const struct bind answer[] = {bind_value(&head->answer),
                                  bind_number(head->answer.missing),
                                  bind_text(head->answer.missing_text),
                                  bind_number(head->source),
                                  bind_number(head->version.seq),
                                  bind_number(head->version.place)};
    bool is_stored = item->is_stored;
    item->is_stored = true;
    item->is_changed = false;
    if (is_stored)
        return db_run_one(db, STATEMENT_ITEM_UPDATE,
                          BINDS(answer[0], answer[1], answer[2], answer[3], answer[4],
                                answer[5], at[0], at[1], at[2]),
                          err);
    return db_run(db, STATEMENT_ITEM_INSERT,
                  BINDS(at[0], at[1], at[2], answer[0], answer[1], answer[2], answer[3],
                        answer[4], answer[5]),
                  err);
}

/* The other heads and the awaited bases, all anew: there are few, and seldom any. */
static bool write_beside(struct db *db, int64_t form, struct item_heads *item,
                         struct error *err)
{
    struct bind place[] = {bind_number(form), bind_number(item->item_number),
                           bind_number(item->row)};
    struct binds binds = {place, ARRAY_COUNT(place)};
    item->is_beside_changed = false;
    if (!db_run(db, STATEMENT_BRANCH_DELETE, binds, err) ||
        !db_run(db, STATEMENT_AWAITED_DELETE, binds, err))
        return false;
    for (size_t i = 1; i < item->count; i++) {
        const struct head *head = &item->heads[i];
        if (!db_run(db, STATEMENT_BRANCH_INSERT,
                    BINDS(place[0], place[1], place[2], bind_number(head->version.seq),
                          bind_number(head->version.place), bind_value(&head->answer),
                          bind_number(head->answer.missing),
                          bind_text(head->answer.missing_text),
                          bind_number(head->source)),
                    err))
            return false;
    }
    for (size_t i = 0; i < item->awaited_count; i++)
        if (!db_run(db, STATEMENT_AWAITED_INSERT,
                    BINDS(place[0], place[1], place[2],
                          bind_bytes(item->awaited[i].batch, BATCH_ID_SIZE),
                          bind_number(item->awaited[i].place)),
                    err))
            return false;
    return true;
}

static bool write_items(struct db *db, const struct values_saved *saved, int64_t form,
                        struct error *err)
{
    for (size_t i = 0; i < saved->change_count; i++) {
        const struct value_change *change = &saved->changes[i];
        struct item_heads *item = heads_item(saved->heads, change->item, change->row);
        if (item == NULL)
            return error_set(err, ERROR_FAILED, "the heads of %.*s were not changed",
                             TEXT_ARG(change->item));
        if (item->item_number == 0 &&
            !names_number(db, item->item, &item->item_number, err))
            return false;
        if (item->is_changed && !write_current(db, form, item, err))
            return false;
        if (item->is_beside_changed && !write_beside(db, form, item, err))
            return false;
    }
    return true;
}

static int64_t count_branches(const struct form_heads *heads)
{
    size_t count = 0;
    for (size_t i = 0; i < heads->count; i++) {
        const struct item_heads *item = &heads->items[i];
        count += item->awaited_count + (item->count > 0 ? item->count - 1 : 0);
    }
    return (int64_t)count;
}

static bool write_form(struct db *db, const struct log_row *event,
                       const struct values_saved *saved, struct error *err)
{
    const struct form_key *key = &saved->key;
    int64_t event_number = 0;
    int64_t form_number = 0;
    if (!names_number(db, key->event, &event_number, err) ||
        !names_number(db, key->form, &form_number, err))
        return false;
    bool is_new = saved->heads->id == 0;
    if (is_new)
        saved->heads->id = event->seq;
    saved->heads->branches = count_branches(saved->heads);
    return db_run_one(
        db, is_new ? STATEMENT_FORM_INSERT : STATEMENT_FORM_UPDATE,
        BINDS(bind_number(saved->is_complete), bind_number(saved->answered),
              bind_number(saved->expected), bind_number(event->server_time),
              bind_text(saved->design_version), bind_number(saved->heads->branches),
              bind_number(key->participant), bind_number(event_number),
              bind_number(key->event_repeat), bind_number(form_number),
              bind_number(key->form_repeat), bind_number(saved->heads->id)),
        err);
}

bool project_query(struct db *db, const struct log_row *event, int64_t form,
                   const struct query_change *query, size_t place, struct error *err)
{
    int64_t item = 0;
    if (!text_is_absent(query->item) && !names_number(db, query->item, &item, err))
        return false;
    if (!query->is_opening)
        return db_run(
            db, STATEMENT_QUERY_CLOSE,
            BINDS(bind_number(event->server_time), bind_number(form),
                  bind_number(query->kind),
                  bind_text(text_is_absent(query->check) ? TEXT("") : query->check),
                  bind_number(item), bind_number(query->row)),
            err);
    return db_run(db, STATEMENT_QUERY_INSERT,
                  BINDS(bind_number(event->seq * QUERIES_MOST + (int64_t)place),
                        bind_number(event->participant), bind_number(form),
                        bind_number(query->kind), bind_text(query->check),
                        bind_number_if(item != 0, item), bind_number(query->row),
                        bind_text(query->message.english),
                        bind_text(query->message.chinese),
                        bind_number(event->server_time)),
                  err);
}

static bool write_all(struct db *db, const struct log_row *event,
                      const struct values_saved *saved, struct error *err)
{
    ASSERT(saved->heads != NULL);
    if (saved->heads->applied != saved->change_count)
        return error_set(err, ERROR_FAILED,
                         "%zu changes were applied to the heads, %zu are recorded",
                         saved->heads->applied, saved->change_count);
    if (saved->query_count > QUERIES_MOST)
        return error_set(err, ERROR_REFUSED, "%zu queries in one event",
                         saved->query_count);
    saved->heads->applied = 0;
    if (!write_form(db, event, saved, err) ||
        !write_items(db, saved, saved->heads->id, err) ||
        !write_batch(db, event, saved, err))
        return false;
    for (size_t i = 0; i < saved->query_count; i++)
        if (!project_query(db, event, saved->heads->id, &saved->queries[i], i, err))
            return false;
    /* What an import brings is not saved again soon, and must not displace what is. */
    if (event->kind == LOG_EVENT_IMPORT_STAGED)
        heads_cache_drop(db, saved->heads->id);
    else
        heads_cache_put(db, saved->heads, event->server_time);
    return !saved->has_state ||
           db_run(db, STATEMENT_PARTICIPANT_STATE,
                  BINDS(bind_text(participant_state_name(saved->state)),
                        bind_number(event->participant)),
                  err);
}

bool project_values(struct db *db, const struct log_row *event, struct error *err)
{
    const struct values_saved *recorded = event->content;
    if (recorded->key.participant != event->participant)
        return error_set(
            err, ERROR_REFUSED, "the event of participant %lld names participant %lld",
            (long long)event->participant, (long long)recorded->key.participant);
    if (recorded->heads != NULL)
        return write_all(db, event, recorded, err);
    struct values_saved saved = *recorded;
    struct arena *scratch = arena_new(SIZE_MAX / 2);
    bool is_done = apply_recorded(db, event, &saved, scratch, err) &&
                   write_all(db, event, &saved, err);
    arena_free(scratch);
    return is_done;
}

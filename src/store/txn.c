#include "store/txn.h"

#include "base/limits.h"
#include "store/event.h"
#include "store/heads_form.h"
#include "store/project.h"
#include "store/store_inside.h"

enum { BOUND_LARGEST = 4096 };

struct db *txn_db(struct txn *txn)
{
    return txn->db;
}

struct arena *txn_arena(struct txn *txn)
{
    return txn->arena;
}

int64_t txn_now(const struct txn *txn)
{
    return txn->now;
}

int64_t txn_next_seq(const struct txn *txn)
{
    return txn->head.seq + 1;
}

bool txn_is_awaited(const struct txn *txn)
{
    struct store *store = txn->store;
    if (txn->has_others)
        return true;
    pthread_mutex_lock(&store->lock);
    bool is_awaited = store->first != NULL;
    pthread_mutex_unlock(&store->lock);
    return is_awaited;
}

bool chain_head_read(struct db *db, const struct hash *first, struct chain_head *out,
                     struct error *err)
{
    *out = (struct chain_head){.hash = *first};
    struct rows rows = db_query(db, STATEMENT_LOG_HEAD, NO_BINDS);
    bool is_good = true;
    if (rows_next(&rows)) {
        out->seq = rows_number(&rows, 0);
        is_good = rows_fixed(&rows, 1, out->hash.bytes, HASH_SIZE);
    }
    if (!rows_end(&rows, err))
        return false;
    return is_good ||
           error_set(err, ERROR_DAMAGED, "event %lld has no hash", (long long)out->seq);
}

/* A fresh transaction in memory: the head is the committed one. */
void txn_begin(struct store *store)
{
    struct txn *txn = &store->writer.txn;
    txn->head = store->writer.committed;
    txn->has_erasure = false;
    txn->notices.count = 0;
    txn->now = 0;
}

/* -- Notices ----------------------------------------------------------------------- */

static struct store_notice *notice_add(struct txn *txn)
{
    struct notice_list *list = &txn->notices;
    if (list->count == list->capacity) {
        size_t capacity = 2 * list->capacity + 64;
        struct store_notice *grown =
            ARENA_ARRAY(txn->store->writer.arena, struct store_notice, capacity);
        for (size_t i = 0; i < list->count; i++)
            grown[i] = list->at[i];
        list->at = grown;
        list->capacity = capacity;
    }
    return &list->at[list->count++];
}

/* Of the events that change a form; NULL for the others. */
static const struct form_key *form_of(const struct log_row *event)
{
    if (event->kind == LOG_EVENT_VALUES_SAVED)
        return &((const struct values_saved *)event->content)->key;
    if (event->kind == LOG_EVENT_SECOND_CHECKED)
        return &((const struct second_checked *)event->content)->key;
    return NULL;
}

static bool notice_take(struct txn *txn, const struct log_row *event, struct error *err)
{
    /* What an import stages nobody sees before it is committed. */
    bool is_unseen = event->kind == LOG_EVENT_IMPORT_STAGED ||
                     event->kind == LOG_EVENT_IMPORT_ABANDONED;
    if (txn->heard == NULL || is_unseen)
        return true;
    struct store_notice *notice = notice_add(txn);
    *notice = (struct store_notice){.seq = event->seq,
                                    .participant = event->participant,
                                    .user = event->origin.user,
                                    .server_time = event->server_time,
                                    .kind = event->kind};
    const struct form_key *key = form_of(event);
    if (key != NULL) {
        notice->event = text_copy(txn->notices.arena, key->event);
        notice->form = text_copy(txn->notices.arena, key->form);
        notice->event_repeat = key->event_repeat;
        notice->form_repeat = key->form_repeat;
    }
    if (event->participant == 0)
        return true;
    struct rows rows = db_query(txn->db, STATEMENT_PARTICIPANT_SITE,
                                BINDS(bind_number(event->participant)));
    if (rows_next(&rows))
        notice->site = rows_copy(&rows, 0, txn->notices.arena);
    return rows_end(&rows, err);
}

/* -- Appending --------------------------------------------------------------------- */

static bool prepare_staged(struct txn *txn, struct log_row *event, struct error *err)
{
    const struct import_staged *given = event->content;
    if (given->saved.heads != NULL)
        return true;
    struct import_staged *staged = ARENA_NEW(txn->arena, struct import_staged);
    *staged = *given;
    event->content = staged;
    return project_values_prepare(txn->db, event->seq, event->origin.user,
                                  &staged->saved, txn->arena, err);
}

/* What the record holds and only the store can know. */
static bool prepare(struct txn *txn, struct log_row *event, struct error *err)
{
    if (event->kind == LOG_EVENT_VALUES_SAVED) {
        const struct values_saved *given = event->content;
        if (given->heads != NULL)
            return true;
        struct values_saved *saved = ARENA_NEW(txn->arena, struct values_saved);
        *saved = *given;
        event->content = saved;
        return project_values_prepare(txn->db, event->seq, event->origin.user, saved,
                                      txn->arena, err);
    }
    if (event->kind == LOG_EVENT_IMPORT_STAGED)
        return prepare_staged(txn, event, err);
    if (event->kind == LOG_EVENT_IMPORT_ABANDONED) {
        struct import_abandoned *abandoned =
            ARENA_NEW(txn->arena, struct import_abandoned);
        *abandoned = *(const struct import_abandoned *)event->content;
        event->content = abandoned;
        return project_abandoned_prepare(txn->db, abandoned, txn->arena, err);
    }
    if (event->kind == LOG_EVENT_PARTICIPANT_ERASED) {
        struct participant_erased *erased =
            ARENA_NEW(txn->arena, struct participant_erased);
        *erased = *(const struct participant_erased *)event->content;
        event->content = erased;
        return project_erased_prepare(txn->db, event->participant, erased, txn->arena,
                                      err);
    }
    return true;
}

static bool is_first_event(const struct log_row *event)
{
    if (event->kind == LOG_EVENT_IMPORT_STAGED)
        return ((const struct import_staged *)event->content)->is_new;
    return event->kind == LOG_EVENT_PARTICIPANT_ADDED;
}

/* The events that outlive a participant's key, and destroy it. */
static bool ends_key(const struct log_row *event)
{
    return event->kind == LOG_EVENT_PARTICIPANT_ERASED ||
           (event->kind == LOG_EVENT_IMPORT_ABANDONED && event->participant != 0);
}

/* A participant's first event makes its key. The one that outlives the key is sealed
 * with the study's; a second erasure is refused. */
static bool key_of(struct txn *txn, const struct log_row *event,
                   const struct data_key **key, struct error *err)
{
    if (is_first_event(event) && !data_key_make(txn->db, event->participant, err))
        return false;
    if (!data_key_for(txn->db, event->participant, key, err))
        return false;
    return !ends_key(event) || data_key_for(txn->db, 0, key, err);
}

static struct text view(const struct buffer *buffer)
{
    return (struct text){.at = buffer->at, .len = buffer->len};
}

/* Seals the plain payload into `entry`. */
static bool seal_entry(struct txn *txn, const struct key *key, struct log_entry *entry,
                       struct error *err)
{
    struct text plain;
    if (!buffer_text(&txn->plain, &plain, err))
        return false;
    txn->bound.len = 0;
    log_entry_bound(entry, &txn->bound);
    struct text bound;
    if (!buffer_text(&txn->bound, &bound, err))
        return false;
    size_t len = plain.len + SEAL_OVERHEAD;
    if (txn->sealed.capacity < len) {
        txn->sealed.capacity = 2 * len;
        txn->sealed.at = arena_alloc(txn->store->writer.arena, 2 * len);
    }
    seal(key, plain, bound, (uint8_t *)txn->sealed.at);
    entry->payload = (struct text){.at = txn->sealed.at, .len = len};
    entry->hash = log_entry_hash(entry, view(&txn->bound), txn->hasher);
    return true;
}

static struct log_entry entry_of(const struct txn *txn, const struct log_row *event,
                                 int64_t data_key)
{
    struct text device = event->origin.device;
    return (struct log_entry){
        .seq = event->seq,
        .kind = event->kind,
        .kind_version = event->kind_version,
        .server_time = event->server_time,
        .written_time = event->written_time,
        .has_device_time = event->origin.has_device_time,
        .has_stated_time = event->origin.has_stated_time,
        .device_time = event->origin.device_time,
        .stated_time = event->origin.stated_time,
        .user = event->origin.user,
        .device = text_is_absent(device) ? TEXT("") : device,
        .participant = event->participant,
        .data_key = data_key,
        .previous_hash = txn->head.hash,
    };
}

static bool insert(struct txn *txn, const struct event_kind *kind,
                   const struct log_row *event, struct error *err)
{
    const struct data_key *key = NULL;
    if (!key_of(txn, event, &key, err))
        return false;
    txn->plain.len = 0;
    txn->plain.is_overflown = false;
    event_encode(kind, &event->origin, event->content, &txn->plain);
    struct log_entry entry = entry_of(txn, event, key->id);
    if (!seal_entry(txn, &key->key, &entry, err) ||
        !log_entry_insert(txn->db, &entry, err))
        return false;
    txn->head = (struct chain_head){.seq = entry.seq, .hash = entry.hash};
    return true;
}

bool txn_append(struct txn *txn, enum log_event_kind kind, const struct origin *origin,
                int64_t participant, const void *content, int64_t *seq,
                struct error *err)
{
    const struct event_kind *row = event_kind_of(kind);
    ASSERT(row != NULL && content != NULL);
    if (origin->device.len > LIMIT_NAME)
        return error_set(err, ERROR_TOO_LARGE, "a device's name of %zu bytes",
                         origin->device.len);
    struct log_row event = {
        .seq = txn->head.seq + 1,
        .kind = (int32_t)kind,
        .kind_version = row->version,
        .server_time = txn->now,
        .written_time = clock_now(&system_clock),
        .origin = *origin,
        .participant = participant,
        .content = content,
    };
    if (!prepare(txn, &event, err) || !insert(txn, row, &event, err))
        return error_in(err, "event %s", log_event_name(kind).at);
    if (ends_key(&event) && !data_key_destroy(txn->db, participant, err))
        return false;
    if (kind == LOG_EVENT_PARTICIPANT_ERASED) {
        static const uint8_t awaited = 1;
        txn->has_erasure = true;
        if (!db_run(txn->db, STATEMENT_FACT_SET,
                    BINDS(bind_text(TEXT("purge awaited")), bind_bytes(&awaited, 1)),
                    err))
            return false;
    }
    if (!row->project(txn->db, &event, err) || !notice_take(txn, &event, err))
        return error_in(err, "event %s", log_event_name(kind).at);
    if (seq != NULL)
        *seq = event.seq;
    return true;
}

#include "store/log_entry.h"

#include "base/bytes.h"
#include "store/data_key.h"
#include "store/event.h"

enum { BOUND_LARGEST = 4096 };

/* The columns of LOG_COLUMNS, in its order. */
enum log_column {
    COLUMN_SEQ,
    COLUMN_KIND,
    COLUMN_KIND_VERSION,
    COLUMN_SERVER_TIME,
    COLUMN_WRITTEN_TIME,
    COLUMN_DEVICE_TIME,
    COLUMN_STATED_TIME,
    COLUMN_USER,
    COLUMN_DEVICE,
    COLUMN_PARTICIPANT,
    COLUMN_DATA_KEY,
    COLUMN_PAYLOAD,
    COLUMN_PREVIOUS_HASH,
    COLUMN_HASH
};

struct hash log_first_hash(struct text study_oid, const uint8_t *folder_id, size_t len)
{
    struct arena *arena = arena_new(4096);
    struct hasher *hasher = hasher_new(arena);
    hasher_add(hasher, "osteon log v1", 13);
    hasher_add(hasher, study_oid.at, study_oid.len);
    hasher_add(hasher, folder_id, len);
    struct hash first = hasher_end(hasher);
    arena_free(arena);
    return first;
}

static void put_number(struct buffer *out, int64_t number)
{
    bytes_put_fixed64(out, (uint64_t)number);
}

static void put_number_if(struct buffer *out, bool is_given, int64_t number)
{
    bytes_put_bool(out, is_given);
    if (is_given)
        put_number(out, number);
}

static void put_bytes(struct buffer *out, const void *bytes, size_t len)
{
    bytes_put_fixed64(out, len);
    buffer_bytes(out, bytes, len);
}

/* Everything before the payload, then the hash before. */
void log_entry_bound(const struct log_entry *entry, struct buffer *out)
{
    put_number(out, entry->seq);
    put_number(out, entry->kind);
    put_number(out, entry->kind_version);
    put_number(out, entry->server_time);
    put_number(out, entry->written_time);
    put_number_if(out, entry->has_device_time, entry->device_time);
    put_number_if(out, entry->has_stated_time, entry->stated_time);
    put_number_if(out, entry->user != 0, entry->user);
    put_bytes(out, entry->device.at, entry->device.len);
    put_number_if(out, entry->participant != 0, entry->participant);
    put_number(out, entry->data_key);
    put_bytes(out, entry->previous_hash.bytes, HASH_SIZE);
}

struct hash log_entry_hash(const struct log_entry *entry, struct text bound,
                           struct hasher *hasher)
{
    enum { BEHIND = 8 + HASH_SIZE }; /* the hash before, with its length */
    uint8_t len[8];
    for (unsigned i = 0; i < sizeof len; i++)
        len[i] = (uint8_t)((uint64_t)entry->payload.len >> (8 * i));
    hasher_add(hasher, bound.at, bound.len - BEHIND);
    hasher_add(hasher, len, sizeof len);
    hasher_add(hasher, entry->payload.at, entry->payload.len);
    hasher_add(hasher, bound.at + bound.len - BEHIND, BEHIND);
    return hasher_end(hasher);
}

bool log_entry_read(const struct rows *rows, struct log_entry *out)
{
    *out = (struct log_entry){
        .seq = rows_number(rows, COLUMN_SEQ),
        .kind = rows_number(rows, COLUMN_KIND),
        .kind_version = rows_number(rows, COLUMN_KIND_VERSION),
        .server_time = rows_number(rows, COLUMN_SERVER_TIME),
        .written_time = rows_number(rows, COLUMN_WRITTEN_TIME),
        .has_device_time = !rows_is_null(rows, COLUMN_DEVICE_TIME),
        .has_stated_time = !rows_is_null(rows, COLUMN_STATED_TIME),
        .device_time = rows_number(rows, COLUMN_DEVICE_TIME),
        .stated_time = rows_number(rows, COLUMN_STATED_TIME),
        .user = rows_number(rows, COLUMN_USER),
        .device = rows_text(rows, COLUMN_DEVICE),
        .participant = rows_number(rows, COLUMN_PARTICIPANT),
        .data_key = rows_number(rows, COLUMN_DATA_KEY),
        .payload = rows_bytes(rows, COLUMN_PAYLOAD),
    };
    return rows_fixed(rows, COLUMN_PREVIOUS_HASH, out->previous_hash.bytes,
                      HASH_SIZE) &&
           rows_fixed(rows, COLUMN_HASH, out->hash.bytes, HASH_SIZE);
}

bool log_entry_insert(struct db *db, const struct log_entry *entry, struct error *err)
{
    return db_run(
        db, STATEMENT_LOG_INSERT,
        BINDS(bind_number(entry->seq), bind_number(entry->kind),
              bind_number(entry->kind_version), bind_number(entry->server_time),
              bind_number(entry->written_time),
              bind_number_if(entry->has_device_time, entry->device_time),
              bind_number_if(entry->has_stated_time, entry->stated_time),
              bind_number_if(entry->user != 0, entry->user), bind_text(entry->device),
              bind_number_if(entry->participant != 0, entry->participant),
              bind_number(entry->data_key),
              bind_bytes(entry->payload.at, entry->payload.len),
              bind_bytes(entry->previous_hash.bytes, HASH_SIZE),
              bind_bytes(entry->hash.bytes, HASH_SIZE)),
        err);
}

static struct log_row row_of(const struct log_entry *entry, struct arena *arena)
{
    return (struct log_row){
        .seq = entry->seq,
        .kind = (int32_t)entry->kind,
        .kind_version = (int32_t)entry->kind_version,
        .server_time = entry->server_time,
        .written_time = entry->written_time,
        .origin = {.user = entry->user,
                   .device = text_copy(arena, entry->device),
                   .has_device_time = entry->has_device_time,
                   .device_time = entry->device_time,
                   .has_stated_time = entry->has_stated_time,
                   .stated_time = entry->stated_time},
        .participant = entry->participant,
    };
}

/* The payload opened; absent when the seal does not hold. */
static struct text unsealed(const struct log_entry *entry, const struct key *key,
                            struct arena *arena)
{
    if (entry->payload.len < SEAL_OVERHEAD)
        return (struct text){0};
    struct buffer bound = buffer_in(arena, BOUND_LARGEST + entry->device.len);
    log_entry_bound(entry, &bound);
    size_t len = entry->payload.len - SEAL_OVERHEAD;
    char *plain = arena_alloc(arena, len + 1);
    if (!unseal(key, entry->payload, (struct text){bound.at, bound.len},
                (uint8_t *)plain))
        return (struct text){0};
    return (struct text){.at = plain, .len = len};
}

bool log_entry_open(struct db *db, const struct log_entry *entry, struct arena *arena,
                    struct log_row *out, enum log_opened *how, struct error *err)
{
    *out = row_of(entry, arena);
    const struct data_key *key = NULL;
    if (!data_key_by_id(db, entry->data_key, &key, err))
        return false;
    *how = key == NULL ? LOG_NO_KEY : key->is_destroyed ? LOG_ERASED : LOG_OPENED;
    out->is_erased = *how == LOG_ERASED;
    if (*how != LOG_OPENED)
        return true;
    struct text plain = unsealed(entry, &key->key, arena);
    const struct event_kind *kind = event_kind_of(entry->kind);
    if (text_is_absent(plain))
        *how = LOG_BAD_SEAL;
    else if (kind == NULL || entry->kind_version > kind->version)
        *how = LOG_LATER_KIND;
    else if (!event_decode(kind, plain, arena, out))
        *how = LOG_MALFORMED;
    if (*how != LOG_OPENED)
        out->content = NULL;
    return true;
}

bool log_entry_columns(struct db *db, const struct log_entry *entry,
                       struct arena *arena, struct log_row *out, struct error *err)
{
    *out = row_of(entry, arena);
    const struct data_key *key = NULL;
    if (!data_key_by_id(db, entry->data_key, &key, err))
        return false;
    out->is_erased = key != NULL && key->is_destroyed;
    return true;
}

bool log_event(struct db *db, int64_t seq, struct arena *arena, struct log_row *out,
               struct error *err)
{
    struct rows rows = db_query(db->log, STATEMENT_LOG_BY_SEQ, BINDS(bind_number(seq)));
    struct log_entry entry;
    enum log_opened how = LOG_NO_KEY;
    bool is_found = rows_next(&rows) && log_entry_read(&rows, &entry);
    bool is_open = is_found && log_entry_open(db, &entry, arena, out, &how, err);
    struct error end;
    if (!rows_end(&rows, &end)) {
        *err = end;
        return false;
    }
    if (is_found && !is_open)
        return false;
    return (is_found && how == LOG_OPENED) ||
           error_set(err, ERROR_DAMAGED, "event %lld cannot be opened", (long long)seq);
}

#include "support/forge.h"

#include "base/limits.h"
#include "store/data_key.h"
#include "store/event.h"
#include "store/log_entry.h"
#include "support/unit.h"

#include <sqlite3.h>

struct forging {
    struct db *db;
    sqlite3 *database;
    sqlite3_stmt *update;
    struct arena *arena;
    int64_t seq;
    void (*change)(struct log_row *row, struct arena *arena);
    struct hash before;
};

static struct text plain_of(struct forging *forging, const struct log_entry *entry)
{
    struct error err;
    struct log_row row;
    enum log_opened how = LOG_NO_KEY;
    struct buffer plain = buffer_in(forging->arena, LIMIT_DESIGN_BYTES);
    ASSERT_OK(log_entry_open(forging->db, entry, forging->arena, &row, &how, &err),
              &err);
    assert_int_equal(how, LOG_OPENED);
    if (entry->seq == forging->seq)
        forging->change(&row, forging->arena);
    event_encode(event_kind_of(entry->kind), &row.origin, row.content, &plain);
    assert_false(plain.is_overflown);
    return (struct text){.at = plain.at, .len = plain.len};
}

static void store_entry(struct forging *forging, const struct log_entry *entry)
{
    sqlite3_reset(forging->update);
    sqlite3_bind_blob(forging->update, 1, entry->payload.at, (int)entry->payload.len,
                      SQLITE_TRANSIENT);
    sqlite3_bind_blob(forging->update, 2, entry->previous_hash.bytes, HASH_SIZE,
                      SQLITE_TRANSIENT);
    sqlite3_bind_blob(forging->update, 3, entry->hash.bytes, HASH_SIZE,
                      SQLITE_TRANSIENT);
    sqlite3_bind_int64(forging->update, 4, entry->seq);
    assert_int_equal(sqlite3_step(forging->update), SQLITE_DONE);
}

static void write_anew(struct forging *forging, struct log_entry *entry)
{
    struct error err;
    const struct data_key *key = NULL;
    struct text plain = plain_of(forging, entry);
    struct buffer bound = buffer_in(forging->arena, 4096);
    entry->previous_hash = forging->before;
    log_entry_bound(entry, &bound);
    struct text bound_text = {.at = bound.at, .len = bound.len};
    ASSERT_OK(data_key_by_id(forging->db, entry->data_key, &key, &err), &err);
    uint8_t *sealed = arena_alloc(forging->arena, plain.len + SEAL_OVERHEAD);
    seal(&key->key, plain, bound_text, sealed);
    entry->payload =
        (struct text){.at = (const char *)sealed, .len = plain.len + SEAL_OVERHEAD};
    entry->hash = log_entry_hash(entry, bound_text, hasher_new(forging->arena));
    store_entry(forging, entry);
}

void forge(const struct test_folder *folder, int64_t seq,
           void (*change)(struct log_row *row, struct arena *arena))
{
    struct error err;
    struct store *store = NULL;
    struct store_options options = folder->options;
    struct forging forging = {
        .arena = arena_new(SIZE_MAX / 2), .seq = seq, .change = change};
    options.is_read_only = true;
    ASSERT_OK(store_open(&options, &store, &err), &err);
    forging.db = store_reader(store);
    assert_int_equal(sqlite3_open(folder->database, &forging.database), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(forging.database,
                           "UPDATE log SET payload = ?1, previous_hash = ?2, hash = ?3"
                           " WHERE seq = ?4",
                           -1, &forging.update, NULL),
        SQLITE_OK);
    struct rows rows = db_query(forging.db, STATEMENT_LOG_ALL, NO_BINDS);
    while (rows_next(&rows)) {
        struct log_entry entry;
        assert_true(log_entry_read(&rows, &entry));
        if (entry.seq == 1)
            forging.before = entry.previous_hash;
        if (entry.seq >= seq)
            write_anew(&forging, &entry);
        forging.before = entry.hash;
    }
    ASSERT_OK(rows_end(&rows, &err), &err);
    sqlite3_finalize(forging.update);
    sqlite3_close(forging.database);
    store_reader_return(store, forging.db);
    store_close(store);
    arena_free(forging.arena);
}

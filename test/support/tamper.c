#include "support/tamper.h"

#include "store/db.h"
#include "store/log_entry.h"
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *opened(const struct test_folder *folder)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(folder->database, &database), SQLITE_OK);
    sqlite3_exec(database, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    return database;
}

static sqlite3_stmt *asked(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    return statement;
}

/* -- What there is ----------------------------------------------------------------- */

static const char *column_text(sqlite3_stmt *row, int column, struct arena *arena)
{
    const unsigned char *read = sqlite3_column_text(row, column);
    return text_format(arena, "%s", (const char *)read).at;
}

static void read_columns(sqlite3 *database, struct arena *arena,
                         struct tamper_table *table)
{
    struct text sql =
        text_format(arena, "SELECT name, pk FROM pragma_table_info('%s')", table->name);
    sqlite3_stmt *rows = asked(database, sql.at);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        assert_true(table->column_count < TAMPER_COLUMNS);
        int at = table->column_count++;
        table->columns[at] = column_text(rows, 0, arena);
        table->is_key[at] = sqlite3_column_int(rows, 1) > 0;
    }
    sqlite3_finalize(rows);
}

int tamper_tables(const struct test_folder *folder, struct arena *arena,
                  struct tamper_table tables[TAMPER_TABLES])
{
    sqlite3 *database = opened(folder);
    sqlite3_stmt *rows =
        asked(database, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    int count = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        assert_true(count < TAMPER_TABLES);
        tables[count] = (struct tamper_table){.name = column_text(rows, 0, arena)};
        read_columns(database, arena, &tables[count++]);
    }
    sqlite3_finalize(rows);
    sqlite3_close(database);
    return count;
}

/* -- Touching ---------------------------------------------------------------------- */

void tamper(const struct test_folder *folder, const char *sql)
{
    sqlite3 *database = opened(folder);
    char *message = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    assert_int_not_equal(sqlite3_total_changes(database), 0);
    sqlite3_close(database);
}

/* Binds the row's one column with a bit changed. */
static void bind_flipped(sqlite3_stmt *update, sqlite3_stmt *row, unsigned place,
                         bool is_number_of_event)
{
    unsigned char bytes[4096];
    int type = sqlite3_column_type(row, 0);
    if (type == SQLITE_INTEGER || type == SQLITE_NULL) {
        int bit = is_number_of_event ? 20 : (int)(place % 40); /* a number not in use */
        int64_t number = (int64_t)sqlite3_column_int64(row, 0) ^ (INT64_C(1) << bit);
        sqlite3_bind_int64(update, 1, number);
        return;
    }
    int len = sqlite3_column_bytes(row, 0);
    assert_true(len > 0 && len < (int)sizeof bytes);
    memcpy(bytes, sqlite3_column_blob(row, 0), (size_t)len);
    bytes[place % (unsigned)len] ^= (unsigned char)(1U << place % 7);
    if (type == SQLITE_TEXT)
        sqlite3_bind_text(update, 1, (char *)bytes, len, SQLITE_TRANSIENT);
    else
        sqlite3_bind_blob(update, 1, bytes, len, SQLITE_TRANSIENT);
}

void tamper_flip(const struct test_folder *folder, const char *column, int64_t seq)
{
    static unsigned place;
    place += 11;
    char sql[256];
    sqlite3 *database = opened(folder);
    snprintf(sql, sizeof sql, "SELECT %s FROM log WHERE seq = %lld", column,
             (long long)seq);
    sqlite3_stmt *row = asked(database, sql);
    snprintf(sql, sizeof sql, "UPDATE log SET %s = ?1 WHERE seq = %lld", column,
             (long long)seq);
    sqlite3_stmt *update = asked(database, sql);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    bind_flipped(update, row, place, strcmp(column, "seq") == 0);
    sqlite3_reset(row);
    if (sqlite3_step(update) != SQLITE_DONE)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    sqlite3_finalize(update);
    sqlite3_finalize(row);
    sqlite3_close(database);
}

static void put_hash(struct buffer *sql, const char *column, const struct hash *hash)
{
    buffer_format(sql, "%s = x'", column);
    for (int i = 0; i < HASH_SIZE; i++)
        buffer_format(sql, "%02x", hash->bytes[i]);
    buffer_format(sql, "'");
}

void tamper_chain_anew(const struct test_folder *folder, int64_t from,
                       struct arena *arena)
{
    struct error err;
    struct db *db = NULL;
    struct db_options options = {.path = folder->database, .mode = DB_READ_ONLY};
    ASSERT_OK(db_open(&options, arena, &db, &err), &err);
    struct buffer sql = buffer_in(arena, 1 << 20);
    struct hasher *hasher = hasher_new(arena);
    struct rows rows = db_query(db, STATEMENT_LOG_ALL, NO_BINDS);
    struct hash before = {{0}};
    while (rows_next(&rows)) {
        struct log_entry entry;
        assert_true(log_entry_read(&rows, &entry));
        if (entry.seq >= from) {
            entry.previous_hash = before;
            struct buffer bound = buffer_in(arena, 4096);
            log_entry_bound(&entry, &bound);
            entry.hash =
                log_entry_hash(&entry, (struct text){bound.at, bound.len}, hasher);
            buffer_format(&sql, "UPDATE log SET ");
            put_hash(&sql, "hash", &entry.hash);
            put_hash(&sql, ", previous_hash", &before);
            buffer_format(&sql, " WHERE seq = %lld;", (long long)entry.seq);
        }
        before = entry.hash;
    }
    ASSERT_OK(rows_end(&rows, &err), &err);
    db_close(db);
    buffer_byte(&sql, '\0');
    tamper(folder, sql.at);
}

/* -- Finding ----------------------------------------------------------------------- */

struct verify_report tamper_verified(const struct test_folder *folder,
                                     const char *checkpoint_file, struct arena *arena)
{
    struct verify_report report;
    struct error err;
    ASSERT_OK(verify_folder(&folder->options, checkpoint_file, arena, &report, &err),
              &err);
    return report;
}

void tamper_keep(const struct test_folder *folder)
{
    char kept[SCRATCH_PATH];
    scratch_path(&folder->scratch, "kept", kept);
    scratch_copy(folder->path, kept);
}

void tamper_put_back(const struct test_folder *folder)
{
    char kept[SCRATCH_PATH];
    scratch_path(&folder->scratch, "kept", kept);
    scratch_remove(folder->path);
    assert_int_equal(rename(kept, folder->path), 0);
}

struct verify_report tamper_tried(const struct test_folder *folder, const char *sql,
                                  struct arena *arena)
{
    tamper_keep(folder);
    tamper(folder, sql);
    struct verify_report report = tamper_verified(folder, NULL, arena);
    tamper_put_back(folder);
    return report;
}

static void print_findings(const struct verify_report *report)
{
    for (size_t i = 0; i < report->finding_count; i++)
        print_error("found: %d at %lld: %s\n", (int)report->findings[i].fault,
                    (long long)report->findings[i].seq,
                    report->findings[i].sentence.at);
}

void tamper_assert_found(const struct verify_report *report, enum verify_fault fault,
                         int64_t seq, const char *words)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct verify_finding *finding = &report->findings[i];
        if (finding->fault == fault && finding->seq == seq &&
            strstr(finding->sentence.at, words) != NULL)
            return;
    }
    print_findings(report);
    fail_msg("not found: fault %d, event %lld, '%s'", (int)fault, (long long)seq,
             words);
}

void tamper_assert_nothing_found(const struct verify_report *report)
{
    print_findings(report);
    assert_int_equal(report->finding_count, 0);
}

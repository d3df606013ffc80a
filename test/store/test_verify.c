/* The record holds when nothing was touched; whatever is touched is found and named. */
#include "store/verify.h"

#include "store/event.h"
#include "store/log_entry.h"
#include "support/folder.h"
#include "support/life.h"
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct test_folder folder;
static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(SIZE_MAX / 2);
    folder_place(&folder);
    folder_make_in(&folder);
    struct store *store = folder_open(&folder);
    life_lived(store);
    store_close(store);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_gone(&folder);
    arena_free(arena);
    return 0;
}

/* -- Touching ---------------------------------------------------------------------- */

static void tamper(const char *sql)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(folder.database, &database), SQLITE_OK);
    char *message = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    assert_int_not_equal(sqlite3_total_changes(database), 0);
    sqlite3_close(database);
}

static struct verify_report verified(const char *checkpoint_file)
{
    struct verify_report report;
    struct error err;
    ASSERT_OK(verify_folder(&folder.options, checkpoint_file, arena, &report, &err),
              &err);
    return report;
}

/* One of the findings is of this fault, at this event, and its sentence says `words`. */
static void assert_found(const struct verify_report *report, enum verify_fault fault,
                         int64_t seq, const char *words)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct verify_finding *finding = &report->findings[i];
        if (finding->fault == fault && finding->seq == seq &&
            strstr(finding->sentence.at, words) != NULL)
            return;
    }
    for (size_t i = 0; i < report->finding_count; i++)
        print_error("found: %d at %lld: %s\n", (int)report->findings[i].fault,
                    (long long)report->findings[i].seq,
                    report->findings[i].sentence.at);
    fail_msg("not found: fault %d, event %lld, '%s'", (int)fault, (long long)seq,
             words);
}

/* Runs `sql` on a copy of the folder's database, so that the next starts afresh. */
static struct verify_report tampered(const char *sql)
{
    static char *saved;
    static size_t saved_len;
    FILE *file = fopen(folder.database, "rb");
    assert_non_null(file);
    saved = malloc(1 << 22);
    saved_len = fread(saved, 1, 1 << 22, file);
    fclose(file);
    tamper(sql);
    struct verify_report report = verified(NULL);
    file = fopen(folder.database, "wb");
    assert_int_equal(fwrite(saved, 1, saved_len, file), saved_len);
    fclose(file);
    free(saved);
    return report;
}

/* -- Tests ------------------------------------------------------------------------- */

static void an_untouched_life_holds_and_equals_its_rebuild(void **state)
{
    (void)state;
    struct verify_report report = verified(NULL);
    for (size_t i = 0; i < report.finding_count; i++)
        print_error("found: %s\n", report.findings[i].sentence.at);
    assert_int_equal(report.finding_count, 0);
    assert_true(report.is_compared);
    assert_true(report.has_key);
    assert_int_equal(report.erased_events, 1);
    assert_true(report.rows_compared > 40);
}

/* At least one event of each kind is in the life that verify walks. */
static void the_life_has_every_kind_of_event(void **state)
{
    (void)state;
    bool is_seen[64] = {false};
    struct store *store = folder_open(&folder);
    struct db *db = store_reader(store);
    struct log_row *rows = NULL;
    size_t count = 0;
    struct error err;
    ASSERT_OK(
        log_list(db, &(struct log_filter){.user = -1}, arena, &rows, &count, &err),
        &err);
    for (size_t i = 0; i < count; i++)
        is_seen[rows[i].kind] = true;
    store_reader_return(store, db);
    store_close(store);
#define X(number, name, english, chinese) assert_true(is_seen[number]);
    LOG_EVENT_TABLE(X)
#undef X
}

static void a_flipped_byte_in_every_column_of_an_event_is_found(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "kind = kind + 1",
        "kind_version = kind_version + 1",
        "server_time = server_time + 1",
        "written_time = written_time - 1",
        "device_time = device_time + 1",
        "device_time = NULL",
        "stated_time = 5",
        "account = 1",
        "account = NULL",
        "device = 'SYNTHETIC tablEt'",
        "participant = 3",
        "participant = NULL",
        "data_key = data_key + 1",
        "payload = CAST(x'00' || substr(payload, 2) AS BLOB)",
        "payload = CAST(substr(payload, 1, 30) || x'0102' || substr(payload, 33) AS "
        "BLOB)",
        "payload = CAST(substr(payload, 1, length(payload) - 1) || x'00' AS BLOB)",
        "payload = x''",
    };
    for (size_t i = 0; i < ARRAY_COUNT(changes); i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "UPDATE log SET %s WHERE seq = 22", changes[i]);
        struct verify_report report = tampered(sql);
        assert_found(&report, VERIFY_CHANGED, 22, "event 22 was changed");
    }
}

static void a_changed_hash_column_is_named(void **state)
{
    (void)state;
    struct verify_report report = tampered(
        "UPDATE log SET hash = CAST(x'00' || substr(hash, 2) AS BLOB) WHERE seq = 22");
    assert_found(&report, VERIFY_CHANGED, 22, "event 22: column hash was changed");
    assert_int_equal(report.finding_count, 1);
    report = tampered("UPDATE log SET previous_hash = CAST(substr(previous_hash, 1, "
                      "31) || x'00' AS BLOB) WHERE seq = 22");
    assert_found(&report, VERIFY_CHANGED, 22, "column previous_hash was changed");
    report = tampered("UPDATE log SET hash = x'00' WHERE seq = 22");
    assert_found(&report, VERIFY_CHANGED, 22, "event 22 was changed");
}

static void a_renumbered_event_is_found(void **state)
{
    (void)state;
    struct verify_report report =
        tampered("UPDATE log SET seq = 5000 WHERE seq = (SELECT max(seq) FROM log)");
    assert_found(&report, VERIFY_CHANGED, 5000, "event 5000 was changed");
}

static void a_deleted_event_is_found(void **state)
{
    (void)state;
    struct verify_report report = tampered("DELETE FROM log WHERE seq = 22");
    assert_found(&report, VERIFY_MISSING, 22, "event 22 is missing");
    report = tampered("DELETE FROM log WHERE seq BETWEEN 20 AND 22");
    assert_found(&report, VERIFY_MISSING, 20, "events 20 to 22 are missing");
}

static void two_swapped_events_are_found(void **state)
{
    (void)state;
    struct verify_report report = tampered("UPDATE log SET seq = -1 WHERE seq = 21;"
                                           "UPDATE log SET seq = 21 WHERE seq = 22;"
                                           "UPDATE log SET seq = 22 WHERE seq = -1;");
    assert_found(&report, VERIFY_CHANGED, 21, "event 21");
    assert_found(&report, VERIFY_CHANGED, 22, "event 22");
}

static void an_end_that_was_cut_off_is_found_by_the_tables(void **state)
{
    (void)state;
    struct verify_report report = tampered("DELETE FROM log WHERE seq >= 22");
    assert_found(&report, VERIFY_CUT_OFF, 21, "its end was cut off");
}

/* Computes the hashes of all events anew from `from` on, as an attacker would who has the
 * program but not the key ring. */
static void chain_anew(int64_t from)
{
    struct error err;
    struct db *db = NULL;
    struct db_options options = {.path = folder.database, .mode = DB_READ_ONLY};
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
            buffer_format(&sql, "UPDATE log SET hash = x'");
            for (int i = 0; i < HASH_SIZE; i++)
                buffer_format(&sql, "%02x", entry.hash.bytes[i]);
            buffer_format(&sql, "', previous_hash = x'");
            for (int i = 0; i < HASH_SIZE; i++)
                buffer_format(&sql, "%02x", before.bytes[i]);
            buffer_format(&sql, "' WHERE seq = %lld;", (long long)entry.seq);
        }
        before = entry.hash;
    }
    ASSERT_OK(rows_end(&rows, &err), &err);
    db_close(db);
    buffer_byte(&sql, '\0');
    tamper(sql.at);
}

static void a_change_with_the_chain_computed_anew_is_found_by_the_seal(void **state)
{
    (void)state;
    tamper("UPDATE log SET account = 1 WHERE seq = 22");
    chain_anew(22);
    struct verify_report report = verified(NULL);
    assert_found(&report, VERIFY_SEAL, 22, "event 22 was changed after it was sealed");
}

static void a_deletion_with_the_chain_computed_anew_is_found_by_the_seal(void **state)
{
    (void)state;
    tamper(
        "DELETE FROM log WHERE seq = 22; UPDATE log SET seq = seq - 1 WHERE seq > 22");
    chain_anew(22);
    struct verify_report report = verified(NULL);
    assert_found(&report, VERIFY_SEAL, 22, "event 22 was changed after it was sealed");
}

static void without_the_key_ring_the_chain_is_checked_alone(void **state)
{
    (void)state;
    struct test_folder other = folder;
    other.options.keyring = "/nonexistent";
    struct verify_report report;
    struct error err;
    ASSERT_OK(verify_folder(&other.options, NULL, arena, &report, &err), &err);
    assert_false(report.has_key);
    assert_false(report.is_compared);
    assert_int_equal(report.finding_count, 0);
    tamper("UPDATE log SET account = 1 WHERE seq = 22");
    ASSERT_OK(verify_folder(&other.options, NULL, arena, &report, &err), &err);
    assert_found(&report, VERIFY_CHANGED, 22, "event 22 was changed");
}

static void an_edit_of_every_projection_is_found_and_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *table, *words;
    } edits[] = {
        {"UPDATE design_version SET version = '9' WHERE seq = 2", "design_version",
         "column version"},
        {"UPDATE user_account SET full_name = 'x' WHERE id = 1", "user_account",
         "row id 1: column full_name"},
        {"UPDATE user_role SET role = 'ADM' WHERE account = 1 AND place = 0",
         "user_role", "row account 1 place 0: column role"},
        {"UPDATE user_role SET site = NULL WHERE account = 2 AND place = 1",
         "user_role", "column site"},
        {"UPDATE credential SET failures = 0", "credential", "column failures"},
        {"UPDATE link SET is_void = 0", "link", "column is_void"},
        {"UPDATE participant SET state = 'SCREENED' WHERE id = 1", "participant",
         "row id 1: column state"},
        {"DELETE FROM participant WHERE id = 3", "participant",
         "row id 3: it is missing"},
        {"UPDATE series_number SET last = 0 WHERE series = 'E'", "series_number",
         "column last"},
        {"UPDATE form_instance SET answered = 8 WHERE participant = 1", "form_instance",
         "column answered"},
        {"UPDATE item_value SET value = '99' WHERE value = '14.3'", "item_value",
         "column value"},
        {"DELETE FROM item_value WHERE value = '4.1'", "item_value", "it is missing"},
        {"INSERT INTO item_value SELECT form, item, 7, '1', 0, NULL, 0, seq, place "
         "FROM "
         "item_value WHERE value = '4.1'",
         "item_value", "no event made it"},
        {"INSERT INTO item_branch SELECT form, item, group_row, seq, place, '5', 0, "
         "NULL, 0 FROM item_value WHERE value = '4.1'",
         "item_branch", "no event made it"},
        {"DELETE FROM awaited_base", "awaited_base", "it is missing"},
        {"UPDATE query SET is_open = 1", "query", "column is_open"},
        {"UPDATE batch SET answer = 'other' WHERE seq = (SELECT min(seq) FROM batch)",
         "batch", "column answer"},
        {"UPDATE batch SET id = x'00' WHERE seq = (SELECT min(seq) FROM batch)",
         "batch", "column id"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(edits); i++) {
        struct verify_report report = tampered(edits[i].sql);
        char table[64];
        snprintf(table, sizeof table, "table %s,", edits[i].table);
        assert_found(&report, VERIFY_TABLE, 0, table);
        assert_found(&report, VERIFY_TABLE, 0, edits[i].words);
        /* What stands there is nobody's business: it may be a clinical value. */
        for (size_t k = 0; k < report.finding_count; k++)
            assert_null(strstr(report.findings[k].sentence.at, "14.3"));
    }
}

static void a_swap_of_two_oids_is_found(void **state)
{
    (void)state;
    struct verify_report report =
        tampered("UPDATE oid_number SET oid = 'x' WHERE id = 3");
    assert_found(&report, VERIFY_TABLE, 0, "table oid_number, row id 3: column oid");
}

static void changed_and_destroyed_keys_are_found(void **state)
{
    (void)state;
    struct verify_report report =
        tampered("UPDATE data_key SET wrapped = CAST(x'00' || substr(wrapped, 2) AS "
                 "BLOB) WHERE id = 2");
    assert_found(&report, VERIFY_KEY, 0, "data key 2 was changed");
    report = tampered("UPDATE data_key SET participant = 77 WHERE id = 2");
    assert_found(&report, VERIFY_KEY, 0, "data key 2 was changed");
    report = tampered("DELETE FROM data_key WHERE id = 2");
    assert_found(&report, VERIFY_KEY, 18, "its data key 2 is missing");
    report = tampered("UPDATE data_key SET wrapped = NULL WHERE id = 2");
    assert_found(&report, VERIFY_ERASURE, 18, "the log tells of no erasure");
    report = tampered("UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key "
                      "WHERE id = 2) WHERE participant = 5");
    assert_found(&report, VERIFY_KEY, 0, "was changed");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(an_untouched_life_holds_and_equals_its_rebuild),
        TEST(the_life_has_every_kind_of_event),
        TEST(a_flipped_byte_in_every_column_of_an_event_is_found),
        TEST(a_changed_hash_column_is_named),
        TEST(a_renumbered_event_is_found),
        TEST(a_deleted_event_is_found),
        TEST(two_swapped_events_are_found),
        TEST(an_end_that_was_cut_off_is_found_by_the_tables),
        TEST(a_change_with_the_chain_computed_anew_is_found_by_the_seal),
        TEST(a_deletion_with_the_chain_computed_anew_is_found_by_the_seal),
        TEST(without_the_key_ring_the_chain_is_checked_alone),
        TEST(an_edit_of_every_projection_is_found_and_named),
        TEST(a_swap_of_two_oids_is_found),
        TEST(changed_and_destroyed_keys_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

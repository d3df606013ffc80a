/* The record holds when nothing was touched; whatever is touched is found and named. */
#include "store/reads.h"
#include "support/life.h"
#include "support/tamper.h"
#include "support/unit.h"

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

static struct verify_report verified(void)
{
    return tamper_verified(&folder, NULL, arena);
}

static struct verify_report tampered(const char *sql)
{
    return tamper_tried(&folder, sql, arena);
}

/* -- Tests ------------------------------------------------------------------------- */

static void an_untouched_life_holds_and_equals_its_rebuild(void **state)
{
    (void)state;
    struct verify_report report = verified();
    tamper_assert_nothing_found(&report);
    assert_true(report.is_compared);
    assert_true(report.has_key);
    assert_int_equal(report.erased_events, 2); /* one of an abandoned import */
    assert_true(report.rows_compared > 40);
}

/* At least one event of each kind is in the life that verify walks. */
static void the_life_has_every_kind_of_event(void **state)
{
    (void)state;
    bool is_seen[128] = {false};
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

static void assert_names_event(const struct verify_report *report, const char *column,
                               int64_t seq)
{
    if (strcmp(column, "seq") == 0) {
        tamper_assert_found(report, VERIFY_CHANGED, seq ^ (1 << 20), "was changed");
        return;
    }
    char words[64];
    snprintf(words, sizeof words, "event %lld", (long long)seq);
    tamper_assert_found(report, VERIFY_CHANGED, seq, words);
}

/* A short form takes every fourth event, ENDURE=1 all. */
static void a_flipped_bit_in_every_column_of_an_event_is_found(void **state)
{
    (void)state;
    struct tamper_table tables[TAMPER_TABLES];
    int count = tamper_tables(&folder, arena, tables);
    const struct tamper_table *log = NULL;
    for (int i = 0; i < count; i++)
        if (strcmp(tables[i].name, "log") == 0)
            log = &tables[i];
    assert_non_null(log);
    int64_t last = verified().seq;
    for (int64_t seq = 1; seq <= last; seq += getenv("ENDURE") != NULL ? 1 : 4)
        for (int i = 0; i < log->column_count; i++) {
            tamper_keep(&folder);
            tamper_flip(&folder, log->columns[i], seq);
            struct verify_report report = verified();
            assert_names_event(&report, log->columns[i], seq);
            tamper_put_back(&folder);
        }
}

/* Another byte than this one, whatever it is. */
#define OTHER_BYTE(byte) "CASE " byte " WHEN x'00' THEN x'01' ELSE x'00' END"
/* The column with another first, or last, byte. */
#define FIRST_CHANGED(column)                                                          \
    "CAST((" OTHER_BYTE("substr(" column ", 1, 1)") ") || substr(" column              \
                                                    ", 2) AS BLOB)"
#define LAST_CHANGED(column)                                                           \
    "CAST(substr(" column ", 1, length(" column                                        \
    ") - 1) || (" OTHER_BYTE("substr(" column ", -1)") ") AS BLOB)"

static void a_changed_hash_column_is_named(void **state)
{
    (void)state;
    struct verify_report report =
        tampered("UPDATE log SET hash = " FIRST_CHANGED("hash") " WHERE seq = 22");
    tamper_assert_found(&report, VERIFY_CHANGED, 22,
                        "event 22: column hash was changed");
    assert_int_equal(report.finding_count, 1);
    report = tampered("UPDATE log SET previous_hash = " LAST_CHANGED(
        "previous_hash") " WHERE seq = 22");
    tamper_assert_found(&report, VERIFY_CHANGED, 22,
                        "column previous_hash was changed");
    report = tampered("UPDATE log SET hash = x'00' WHERE seq = 22");
    tamper_assert_found(&report, VERIFY_CHANGED, 22, "event 22 was changed");
}

static void a_renumbered_event_is_found(void **state)
{
    (void)state;
    struct verify_report report =
        tampered("UPDATE log SET seq = 5000 WHERE seq = (SELECT max(seq) FROM log)");
    tamper_assert_found(&report, VERIFY_CHANGED, 5000, "event 5000 was changed");
}

static void a_deleted_event_is_found(void **state)
{
    (void)state;
    struct verify_report report = tampered("DELETE FROM log WHERE seq = 22");
    tamper_assert_found(&report, VERIFY_MISSING, 22, "event 22 is missing");
    report = tampered("DELETE FROM log WHERE seq BETWEEN 20 AND 22");
    tamper_assert_found(&report, VERIFY_MISSING, 20, "events 20 to 22 are missing");
}

static void two_swapped_events_are_found(void **state)
{
    (void)state;
    struct verify_report report = tampered("UPDATE log SET seq = -1 WHERE seq = 21;"
                                           "UPDATE log SET seq = 21 WHERE seq = 22;"
                                           "UPDATE log SET seq = 22 WHERE seq = -1;");
    tamper_assert_found(&report, VERIFY_CHANGED, 21, "event 21");
    tamper_assert_found(&report, VERIFY_CHANGED, 22, "event 22");
}

static void an_end_that_was_cut_off_is_found_by_the_tables(void **state)
{
    (void)state;
    struct verify_report report = tampered("DELETE FROM log WHERE seq >= 22");
    tamper_assert_found(&report, VERIFY_CUT_OFF, 21, "its end was cut off");
}

static void a_change_with_the_chain_computed_anew_is_found_by_the_seal(void **state)
{
    (void)state;
    tamper(&folder, "UPDATE log SET account = 1 WHERE seq = 22");
    tamper_chain_anew(&folder, 22, arena);
    struct verify_report report = verified();
    tamper_assert_found(&report, VERIFY_SEAL, 22,
                        "event 22 was changed after it was sealed");
}

static void a_deletion_with_the_chain_computed_anew_is_found_by_the_seal(void **state)
{
    (void)state;
    tamper(
        &folder,
        "DELETE FROM log WHERE seq = 22; UPDATE log SET seq = seq - 1 WHERE seq > 22");
    tamper_chain_anew(&folder, 22, arena);
    struct verify_report report = verified();
    tamper_assert_found(&report, VERIFY_SEAL, 22,
                        "event 22 was changed after it was sealed");
}

static void a_swap_with_the_chain_computed_anew_is_found_by_the_seals(void **state)
{
    (void)state;
    tamper(&folder, "UPDATE log SET seq = -1 WHERE seq = 21;"
                    "UPDATE log SET seq = 21 WHERE seq = 22;"
                    "UPDATE log SET seq = 22 WHERE seq = -1;");
    tamper_chain_anew(&folder, 21, arena);
    struct verify_report report = verified();
    tamper_assert_found(&report, VERIFY_SEAL, 21, "event 21 was changed after");
    tamper_assert_found(&report, VERIFY_SEAL, 22, "event 22 was changed after");
}

static void a_repeated_event_with_the_chain_computed_anew_is_found(void **state)
{
    (void)state;
    int64_t last = verified().seq;
    tamper(
        &folder,
        "INSERT INTO log SELECT seq + 1, kind, kind_version, server_time,"
        " written_time, device_time, stated_time, account, device, participant,"
        " data_key, payload, previous_hash, hash FROM log ORDER BY seq DESC LIMIT 1");
    tamper_chain_anew(&folder, last, arena);
    struct verify_report report = verified();
    tamper_assert_found(&report, VERIFY_SEAL, last + 1, "was changed after");
}

static void a_cut_in_the_middle_with_the_chain_computed_anew_is_found(void **state)
{
    (void)state;
    tamper(&folder, "DELETE FROM log WHERE seq BETWEEN 22 AND 25;"
                    "UPDATE log SET seq = seq - 4 WHERE seq > 25");
    tamper_chain_anew(&folder, 22, arena);
    struct verify_report report = verified();
    tamper_assert_found(&report, VERIFY_SEAL, 22, "event 22 was changed after");
}

static void another_study_or_folder_in_the_place_of_this_one_is_found(void **state)
{
    (void)state;
    struct verify_report report = tampered(
        "UPDATE fact SET content = CAST('OTHER' AS BLOB) WHERE name = 'study'");
    tamper_assert_found(&report, VERIFY_LINK, 1, "event 1 does not follow");
    tamper(&folder,
           "UPDATE fact SET content = randomblob(16) WHERE name = 'folder id'");
    struct error err;
    ASSERT_ERROR(verify_folder(&folder.options, NULL, arena, &report, &err), &err,
                 ERROR_DAMAGED);
    assert_non_null(strstr(err.text, "belongs to another folder"));
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
    tamper(&folder, "UPDATE log SET account = 1 WHERE seq = 22");
    ASSERT_OK(verify_folder(&other.options, NULL, arena, &report, &err), &err);
    tamper_assert_found(&report, VERIFY_CHANGED, 22, "event 22 was changed");
}

/* The record itself, and what is no projection of it (schema.h). */
static bool is_projection(const char *table)
{
    static const char *const others[] = {"log",         "data_key", "fact",
                                         "web_session", "feed_raw", "feed_period"};
    for (size_t i = 0; i < ARRAY_COUNT(others); i++)
        if (strcmp(table, others[i]) == 0)
            return false;
    return true;
}

/* "(a, b) = (SELECT a, b FROM t …)": the first row of the table. */
static const char *first_row(const struct tamper_table *table)
{
    const char *key = "";
    for (int i = 0; i < table->column_count; i++)
        if (table->is_key[i])
            key = text_format(arena, "%s%s%s", key, key[0] == '\0' ? "" : ", ",
                              table->columns[i])
                      .at;
    return text_format(arena, "(%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1)", key,
                       key, table->name, key)
        .at;
}

/* Another value of the same type. */
static const char *other_value(const struct tamper_table *table, const char *column)
{
    return text_format(
               arena,
               "CASE typeof(%s) WHEN 'integer' THEN %s - 1 WHEN 'text' THEN %s || 'x'"
               " WHEN 'blob' THEN CAST(%s || x'07' AS BLOB)"
               " ELSE (SELECT CASE type WHEN 'INTEGER' THEN 7 WHEN 'TEXT' THEN 'x'"
               " ELSE x'07' END FROM pragma_table_info('%s') WHERE name = '%s') END",
               column, column, column, column, table->name, column)
        .at;
}

static void edit_column(const struct tamper_table *table, int at)
{
    const char *column = table->columns[at];
    struct verify_report report =
        tampered(text_format(arena, "UPDATE %s SET %s = %s WHERE %s", table->name,
                             column, other_value(table, column), first_row(table))
                     .at);
    const char *row = text_format(arena, "table %s, row ", table->name).at;
    const char *words =
        table->is_key[at]
            ? "no event made it"
            : text_format(arena, "column %s is not what the log says", column).at;
    tamper_assert_found(&report, VERIFY_TABLE, 0, row);
    tamper_assert_found(&report, VERIFY_TABLE, 0, words);
}

static void remove_row(const struct tamper_table *table)
{
    struct verify_report report = tampered(
        text_format(arena, "DELETE FROM %s WHERE %s", table->name, first_row(table))
            .at);
    const char *row = text_format(arena, "table %s, row ", table->name).at;
    tamper_assert_found(&report, VERIFY_TABLE, 0, row);
    tamper_assert_found(&report, VERIFY_TABLE, 0, "it is missing");
}

static void an_edit_of_every_column_of_every_projection_is_found_and_named(void **state)
{
    (void)state;
    struct tamper_table tables[TAMPER_TABLES];
    int count = tamper_tables(&folder, arena, tables);
    int projections = 0;
    for (int i = 0; i < count; i++) {
        if (!is_projection(tables[i].name))
            continue;
        projections++;
        for (int column = 0; column < tables[i].column_count; column++)
            edit_column(&tables[i], column);
        remove_row(&tables[i]);
    }
    assert_true(projections >= 14);
}

static void a_finding_shows_no_value(void **state)
{
    (void)state;
    struct verify_report report =
        tampered("UPDATE item_value SET value = '99' WHERE value = '14.3'");
    tamper_assert_found(&report, VERIFY_TABLE, 0, "table item_value");
    for (size_t k = 0; k < report.finding_count; k++) {
        assert_null(strstr(report.findings[k].sentence.at, "14.3"));
        assert_null(strstr(report.findings[k].sentence.at, "99"));
    }
}

static void changed_and_destroyed_keys_are_found(void **state)
{
    (void)state;
    struct verify_report report = tampered(
        "UPDATE data_key SET wrapped = " FIRST_CHANGED("wrapped") " WHERE id = 2");
    tamper_assert_found(&report, VERIFY_KEY, 0, "data key 2 was changed");
    report = tampered("UPDATE data_key SET participant = 77 WHERE id = 2");
    tamper_assert_found(&report, VERIFY_KEY, 0, "data key 2 was changed");
    report = tampered("DELETE FROM data_key WHERE id = 2");
    tamper_assert_found(&report, VERIFY_KEY, 18, "its data key 2 is missing");
    report = tampered("UPDATE data_key SET wrapped = NULL WHERE id = 2");
    tamper_assert_found(&report, VERIFY_ERASURE, 18, "the log tells of no erasure");
    report = tampered("UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key "
                      "WHERE id = 2) WHERE participant = 5");
    tamper_assert_found(&report, VERIFY_KEY, 0, "was changed");
}

static void what_is_kept_of_a_message_is_what_came(void **state)
{
    (void)state;
    static const char *const edits[] = {
        "UPDATE feed_raw SET content = " FIRST_CHANGED("content"),
        "UPDATE feed_raw SET content = x'00'",
        "UPDATE feed_raw SET content = NULL",
        "UPDATE feed_raw SET data_key = 1",
        "DELETE FROM feed_raw WHERE id = (SELECT min(id) FROM feed_raw)",
        "UPDATE feed_raw SET content = (SELECT content FROM feed_raw b WHERE b.id <> "
        "feed_raw.id)",
    };
    for (size_t i = 0; i < ARRAY_COUNT(edits); i++) {
        struct verify_report report = tampered(edits[i]);
        tamper_assert_found(&report, VERIFY_TABLE, 0, "table feed_raw, row id ");
    }
    struct verify_report report =
        tampered("INSERT INTO feed_raw VALUES (3, 1, x'00010203')");
    tamper_assert_found(&report, VERIFY_TABLE, 0, "no event made 1 of its rows");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(an_untouched_life_holds_and_equals_its_rebuild),
        TEST(the_life_has_every_kind_of_event),
        TEST(a_flipped_bit_in_every_column_of_an_event_is_found),
        TEST(a_changed_hash_column_is_named),
        TEST(a_renumbered_event_is_found),
        TEST(a_deleted_event_is_found),
        TEST(two_swapped_events_are_found),
        TEST(an_end_that_was_cut_off_is_found_by_the_tables),
        TEST(what_is_kept_of_a_message_is_what_came),
        TEST(a_change_with_the_chain_computed_anew_is_found_by_the_seal),
        TEST(a_deletion_with_the_chain_computed_anew_is_found_by_the_seal),
        TEST(a_swap_with_the_chain_computed_anew_is_found_by_the_seals),
        TEST(a_repeated_event_with_the_chain_computed_anew_is_found),
        TEST(a_cut_in_the_middle_with_the_chain_computed_anew_is_found),
        TEST(another_study_or_folder_in_the_place_of_this_one_is_found),
        TEST(without_the_key_ring_the_chain_is_checked_alone),
        TEST(an_edit_of_every_column_of_every_projection_is_found_and_named),
        TEST(a_finding_shows_no_value),
        TEST(changed_and_destroyed_keys_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

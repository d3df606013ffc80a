/* A reader of today reads every event ever written: for each release a small folder with
 * every kind of event is kept in test/fixtures/releases, and must be accepted for good.
 *
 *     MAKE_RELEASE=test/fixtures/releases/0.2.0 build/test/store/test_release
 *
 * makes the folder of this version, once, when it is released. All of it is SYNTHETIC,
 * and so is its key.
 */
#include "store/checkpoint.h"
#include "store/reads.h"
#include "support/life.h"
#include "support/tamper.h"
#include "support/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char releases[] = "test/fixtures/releases";
static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(SIZE_MAX / 2);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* -- Making one ---------------------------------------------------------------------- */

static bool sign(struct txn *txn, void *data, struct error *err)
{
    struct origin origin = {.user = LIFE_ADMINISTRATOR, .device = TEXT("SYNTHETIC")};
    return checkpoint_sign(txn, &origin, arena, data, err);
}

static void write_checkpoint(struct store *store, const char *path)
{
    struct error err;
    struct text document = {0};
    struct unit unit = {.apply = sign, .data = &document};
    ASSERT_OK(store_write(store, &unit, &err), &err);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(document.at, 1, document.len, file), document.len);
    assert_int_equal(fclose(file), 0);
}

static int make_release(const char *place)
{
    arena = arena_new(SIZE_MAX / 2);
    struct test_folder made;
    folder_place(&made);
    folder_make_in(&made);
    struct store *store = folder_open(&made);
    life_lived(store);
    char checkpoint[SCRATCH_PATH];
    scratch_path(&made.scratch, "checkpoint", checkpoint);
    write_checkpoint(store, checkpoint);
    store_close(store);
    int result = rename(made.scratch.path, place);
    if (result != 0)
        perror(place);
    arena_free(arena);
    return result == 0 ? 0 : 1;
}

/* -- Accepting them ------------------------------------------------------------------ */

struct release {
    struct test_folder folder; /* a copy */
    char checkpoint[SCRATCH_PATH];
};

/* "<releases>/<name>/data", "keys" and "checkpoint", copied. */
static void release_copy(const char *name, struct release *out)
{
    char from[SCRATCH_PATH];
    folder_place(&out->folder);
    snprintf(from, sizeof from, "%s/%s/data", releases, name);
    scratch_copy(from, out->folder.path);
    snprintf(from, sizeof from, "%s/%s/keys", releases, name);
    scratch_copy(from, out->folder.keyring);
    snprintf(out->checkpoint, sizeof out->checkpoint, "%s/%s/checkpoint", releases,
             name);
}

/* Calls `each` for every release; how many there are. */
static int for_each_release(void (*each)(struct release *release))
{
    int count = 0;
    DIR *listing = opendir(releases);
    assert_non_null(listing);
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
            continue;
        struct release release;
        release_copy(entry->d_name, &release);
        each(&release);
        folder_gone(&release.folder);
        count++;
    }
    closedir(listing);
    return count;
}

static void assert_holds(struct release *release)
{
    struct verify_report report =
        tamper_verified(&release->folder, release->checkpoint, arena);
    tamper_assert_nothing_found(&report);
    assert_true(report.is_compared && report.is_signer_known);
    assert_true(report.erased_events > 0);
}

static void every_release_is_accepted(void **state)
{
    (void)state;
    assert_true(for_each_release(assert_holds) >= 1);
}

static const char *value_of(struct db *db, int64_t form, const char *item)
{
    struct error err;
    struct stored_value *values = NULL;
    size_t count = 0;
    ASSERT_OK(form_values(db, form, arena, &values, &count, &err), &err);
    for (size_t i = 0; i < count; i++)
        if (text_equal(values[i].item, text_of(item)))
            return text_c(arena, values[i].answer.value);
    return "";
}

/* As life_lived wrote it, in all versions so far. */
static void assert_says_what_was_written(struct release *release)
{
    struct error err;
    struct store *store = folder_open(&release->folder);
    struct db *db = store_reader(store);
    struct form_key key = life_form(LIFE_PARTICIPANT);
    struct form_state *form = NULL;
    ASSERT_OK(form_find(db, &key, arena, &form, &err), &err);
    assert_non_null(form);
    assert_string_equal(value_of(db, form->id, "IT.HB"), "14.3");
    assert_string_equal(value_of(db, form->id, "IT.K"), "4.1");
    struct text birth = {0};
    ASSERT_OK(vault_read(db, &key, TEXT("IT.BIRTH"), 0, arena, &birth, &err), &err);
    ASSERT_TEXT(birth, "1961-02-03");
    struct participant *erased = NULL;
    ASSERT_OK(participant_by_id(db, LIFE_ERASED, arena, &erased, &err), &err);
    assert_int_equal(erased->state, PARTICIPANT_ERASED);
    struct log_row *rows = NULL;
    size_t count = 0;
    ASSERT_OK(
        log_list(db, &(struct log_filter){.user = -1}, arena, &rows, &count, &err),
        &err);
    bool has_reason = false;
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == LOG_EVENT_VALUES_SAVED && !rows[i].is_erased) {
            const struct values_saved *saved = rows[i].content;
            has_reason = has_reason ||
                         text_equal(saved->changes[0].reason, TEXT("source says so"));
        }
    assert_true(has_reason);
    store_reader_return(store, db);
    store_close(store);
}

static void every_release_says_what_was_written(void **state)
{
    (void)state;
    for_each_release(assert_says_what_was_written);
}

static void assert_goes_on(struct release *release)
{
    struct store *store = folder_open(&release->folder);
    struct value_change change = {.item = TEXT("IT.HB"),
                                  .new = {.value = TEXT("12.0")}};
    struct life_save save = {LIFE_SCREENED, 0, 9000, &change, 1, NULL, 0, NULL};
    life_save(store, &save);
    life_erase_marked(store);
    store_close(store);
    assert_false(
        folder_holds(release->folder.path, LIFE_MARK_VALUE, strlen(LIFE_MARK_VALUE)));
    assert_holds(release);
}

static void this_version_goes_on_with_every_release(void **state)
{
    (void)state;
    for_each_release(assert_goes_on);
}

/* -- Tables of an earlier format ----------------------------------------------------- */

/* Nothing but the log can tell what stood there: one table lacks a column, one is empty. */
static void make_earlier(struct release *release)
{
    tamper(&release->folder, "DELETE FROM fact WHERE name = 'projections'");
    tamper(&release->folder, "ALTER TABLE query DROP COLUMN closed_at;"
                             "DELETE FROM item_value");
}

static void earlier_release(struct release *release)
{
    release_copy("0.1.0", release);
    store_close(folder_open(&release->folder));
    make_earlier(release);
}

static void tables_of_an_earlier_format_are_made_anew_at_opening(void **state)
{
    (void)state;
    struct release release;
    earlier_release(&release);
    store_close(folder_open(&release.folder));
    assert_holds(&release);
    struct verify_report report =
        tamper_verified(&release.folder, release.checkpoint, arena);
    assert_int_equal(report.tables_not_compared, 0);
    assert_says_what_was_written(&release);
    assert_goes_on(&release);
    folder_gone(&release.folder);
}

static void until_then_verify_says_what_it_did_not_compare(void **state)
{
    (void)state;
    struct release release;
    earlier_release(&release);
    struct verify_report report =
        tamper_verified(&release.folder, release.checkpoint, arena);
    assert_int_equal(report.tables_not_compared, 1);
    tamper_assert_found(&report, VERIFY_TABLE, 0, "table item_value");
    folder_gone(&release.folder);
}

static void a_log_that_does_not_hold_is_not_built_upon(void **state)
{
    (void)state;
    struct error err;
    struct store *store = NULL;
    struct release release;
    earlier_release(&release);
    tamper_flip(&release.folder, "payload", 9);
    assert_false(store_open(&release.folder.options, &store, &err));
    assert_int_equal(err.code, ERROR_DAMAGED);
    assert_non_null(strstr(err.text, "event 9"));
    struct verify_report report =
        tamper_verified(&release.folder, release.checkpoint, arena);
    tamper_assert_found(&report, VERIFY_CHANGED, 9, "event 9");
    /* The tables are as they were. */
    tamper(&release.folder, "UPDATE query SET is_open = is_open");
    folder_gone(&release.folder);
}

int main(void)
{
    const char *place = getenv("MAKE_RELEASE");
    if (place != NULL)
        return make_release(place);
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(every_release_is_accepted),
        TEST(every_release_says_what_was_written),
        TEST(this_version_goes_on_with_every_release),
        TEST(tables_of_an_earlier_format_are_made_anew_at_opening),
        TEST(until_then_verify_says_what_it_did_not_compare),
        TEST(a_log_that_does_not_hold_is_not_built_upon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Erasure destroys a key; then neither the key nor what was read with it is anywhere in
 * the folder: not in free pages, not in the write-ahead log, not in a later back-up. */
#include "store/backup.h"
#include "store/reads.h"
#include "support/life.h"
#include "support/power_vfs.h"
#include "support/tamper.h"
#include "support/unit.h"
#include "system/file.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BYTES_MOST = 128 };

static struct test_folder folder;
static struct arena *arena;
struct lying {
    unsigned char bytes[BYTES_MOST];
    size_t len;
};
/* The key of LIFE_MARKED, and a message of a feed about it, as they lie there. */
static struct lying wrapped, message;

static const char *const plain_marks[] = {LIFE_MARK_VALUE, LIFE_MARK_BED,
                                          LIFE_MARK_ASKED};
static const char *const sealed_marks[] = {LIFE_MARK_VAULT, LIFE_MARK_REASON};

/* The first bytes of what the statement finds for LIFE_MARKED. */
static void read_lying(const char *sql, struct lying *out)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(folder.database, &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &row, NULL), SQLITE_OK);
    sqlite3_bind_int(row, 1, LIFE_MARKED);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    out->len = (size_t)sqlite3_column_bytes(row, 0);
    assert_true(out->len >= KEY_SIZE && out->len <= BYTES_MOST);
    memcpy(out->bytes, sqlite3_column_blob(row, 0), out->len);
    sqlite3_finalize(row);
    sqlite3_close(database);
}

static bool holds(const char *path, const struct lying *lying)
{
    return folder_holds(path, lying->bytes, lying->len);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(SIZE_MAX / 2);
    folder_place(&folder);
    folder_make_in(&folder);
    struct store *store = folder_open(&folder);
    life_lived(store);
    store_close(store);
    read_lying("SELECT wrapped FROM data_key WHERE participant = ?1", &wrapped);
    read_lying("SELECT content FROM feed_raw JOIN feed_message USING (id)"
               " WHERE participant = ?1",
               &message);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_gone(&folder);
    arena_free(arena);
    return 0;
}

static bool holds_mark(const char *path, const char *mark)
{
    return folder_holds(path, mark, strlen(mark));
}

static void assert_no_traces(const char *path)
{
    for (size_t i = 0; i < ARRAY_COUNT(plain_marks); i++)
        assert_false(holds_mark(path, plain_marks[i]));
    for (size_t i = 0; i < ARRAY_COUNT(sealed_marks); i++)
        assert_false(holds_mark(path, sealed_marks[i]));
    assert_false(holds(path, &wrapped));
    assert_false(holds(path, &message));
}

static void before_it_the_marks_and_the_key_are_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(plain_marks); i++)
        assert_true(holds_mark(folder.path, plain_marks[i]));
    /* What is sealed and in no table is not there to read even before. */
    for (size_t i = 0; i < ARRAY_COUNT(sealed_marks); i++)
        assert_false(holds_mark(folder.path, sealed_marks[i]));
    assert_true(holds(folder.path, &wrapped));
    assert_true(holds(folder.path, &message));
}

static void after_it_no_byte_is_left_and_the_log_holds(void **state)
{
    (void)state;
    struct store *store = folder_open(&folder);
    life_erase_marked(store);
    assert_no_traces(folder.path); /* while it is open, its write-ahead log included */
    store_close(store);
    assert_no_traces(folder.path);
    struct verify_report report = tamper_verified(&folder, NULL, arena);
    tamper_assert_nothing_found(&report);
    assert_true(report.is_compared);
    assert_true(report.erased_events > 1);
}

static void a_backup_made_afterwards_holds_nothing_either(void **state)
{
    (void)state;
    struct error err;
    struct origin origin = {.device = TEXT("SYNTHETIC")};
    char place[SCRATCH_PATH], file[SCRATCH_PATH + 8];
    scratch_path(&folder.scratch, "backups", place);
    ASSERT_OK(folder_make(place, 0700, &err), &err);
    snprintf(file, sizeof file, "%s/file", place);
    struct store *store = folder_open(&folder);
    life_erase_marked(store);
    ASSERT_OK(store_backup(store, &origin, file, &err), &err);
    store_close(store);
    assert_true(folder_holds(place, "13.4", 4) || folder_holds(place, "14.3", 4));
    assert_no_traces(place);
}

/* -- A back-up that is older --------------------------------------------------------- */

static void backup_to(struct store *store, const char *file)
{
    struct error err;
    struct origin origin = {.device = TEXT("SYNTHETIC")};
    ASSERT_OK(store_backup(store, &origin, file, &err), &err);
}

static struct store *restored(const char *file, struct store_options *options,
                              const char *path)
{
    struct error err;
    struct store *store = NULL;
    struct origin origin = {.device = TEXT("SYNTHETIC")};
    *options = folder.options;
    options->folder = path;
    ASSERT_OK(store_restore(file, options, &origin, &err), &err);
    ASSERT_OK(store_open(options, &store, &err), &err);
    return store;
}

static enum participant_state state_of(struct store *store, int64_t id)
{
    struct db *db = store_reader(store);
    struct participant *found = NULL;
    struct error err;
    ASSERT_OK(participant_by_id(db, id, arena, &found, &err), &err);
    store_reader_return(store, db);
    assert_non_null(found);
    return found->state;
}

static void an_older_backup_does_not_bring_the_erased_back(void **state)
{
    (void)state;
    struct error err;
    struct store_options options;
    char file[SCRATCH_PATH], path[SCRATCH_PATH];
    scratch_path(&folder.scratch, "older", file);
    scratch_path(&folder.scratch, "restored", path);
    struct store *store = folder_open(&folder);
    backup_to(store, file);
    life_erase_marked(store);
    store_close(store);
    store = restored(file, &options, path);
    assert_int_equal(state_of(store, LIFE_MARKED), PARTICIPANT_ERASED);
    assert_int_equal(state_of(store, LIFE_ERASED), PARTICIPANT_ERASED);
    assert_no_traces(path);
    store_close(store);
    assert_no_traces(path);
    ASSERT_OK(verify_holds(&options, &err), &err);
}

/* In a folder restored to a time before there was such a participant, the number goes to
 * somebody else. */
static void who_gets_the_number_of_an_erased_one_is_not_erased(void **state)
{
    (void)state;
    struct store_options options;
    char file[SCRATCH_PATH], path[SCRATCH_PATH];
    const int64_t number = 70;
    scratch_path(&folder.scratch, "older", file);
    scratch_path(&folder.scratch, "restored", path);
    struct store *store = folder_open(&folder);
    backup_to(store, file);
    life_add_participant(store, number, "S-0070");
    struct participant_erased erased = {.second_user = 1, .reason = TEXT("asked for")};
    life_event(store, LOG_EVENT_PARTICIPANT_ERASED, 2, number, &erased);
    store_close(store);
    store = restored(file, &options, path);
    folder_wait(&folder, 60);
    life_add_participant(store, number, "S-0070");
    store_close(store);
    struct error err;
    ASSERT_OK(store_open(&options, &store, &err), &err);
    assert_int_equal(state_of(store, number), PARTICIPANT_SCREENED);
    store_close(store);
}

/* A reader that began before still needs the older pages. */
static void traces_that_a_reader_holds_back_go_at_the_next_start(void **state)
{
    (void)state;
    struct store *store = folder_open(&folder);
    struct db *reader = store_reader(store);
    struct participant *found = NULL;
    struct error err;
    ASSERT_OK(participant_by_id(reader, LIFE_MARKED, arena, &found, &err), &err);
    struct participant_erased erased = {.second_user = 1, .reason = TEXT("asked for")};
    err = life_refused(store, LOG_EVENT_PARTICIPANT_ERASED, 2, LIFE_MARKED, &erased);
    assert_non_null(strstr(err.text, "the erasure stands"));
    assert_true(store_figures(store).is_purge_awaited);
    store_reader_return(store, reader);
    store_close(store);
    store = folder_open(&folder);
    assert_no_traces(folder.path);
    store_close(store);
    struct verify_report report = tamper_verified(&folder, NULL, arena);
    tamper_assert_nothing_found(&report);
}

/* -- No power in the middle of it ---------------------------------------------------- */

static bool is_erased(struct store *store)
{
    struct db *db = store_reader(store);
    struct participant *found = NULL;
    struct error err;
    ASSERT_OK(participant_by_id(db, LIFE_MARKED, arena, &found, &err), &err);
    store_reader_return(store, db);
    assert_non_null(found);
    return found->state == PARTICIPANT_ERASED;
}

static bool append_erasure(struct txn *txn, void *data, struct error *err)
{
    (void)data;
    struct origin origin = {.user = 2, .device = TEXT("SYNTHETIC")};
    struct participant_erased erased = {.second_user = 1, .reason = TEXT("asked for")};
    return txn_append(txn, LOG_EVENT_PARTICIPANT_ERASED, &origin, LIFE_MARKED, &erased,
                      NULL, err);
}

/* As if nobody had ever been erased: each round begins with an older copy. */
static void forget_erasures(void)
{
    char path[2 * SCRATCH_PATH];
    DIR *listing = opendir(folder.keyring);
    assert_non_null(listing);
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (strstr(entry->d_name, ".erased") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder.keyring, entry->d_name);
        assert_int_equal(unlink(path), 0);
    }
    closedir(listing);
}

/* Erases on a copy of the folder, and the power goes at the n-th operation: true when it
 * was all done before. `after` is what the disk still holds. */
static bool erase_until_cut(const char *before, const char *after, int64_t n)
{
    struct error err;
    struct store *store = NULL;
    struct store_options options = folder.options;
    options.folder = before;
    options.vfs = "power";
    forget_erasures();
    power_reset();
    ASSERT_OK(store_open(&options, &store, &err), &err);
    power_cut_after(n);
    struct unit unit = {.apply = append_erasure};
    bool is_done = store_write(store, &unit, &err);
    power_cut();
    store_close(store);
    power_survivors(before, after, (uint64_t)n);
    return is_done;
}

static void a_cut_at_any_moment_leaves_all_or_nothing(void **state)
{
    (void)state;
    power_register();
    bool is_done = false;
    int erased = 0;
    int64_t n = 1;
    for (; !is_done; n += n < 40 ? 1 : 3) {
        struct scratch scratch;
        scratch_begin(&scratch);
        char before[SCRATCH_PATH], after[SCRATCH_PATH];
        scratch_path(&scratch, "before", before);
        scratch_path(&scratch, "after", after);
        scratch_copy(folder.path, before);
        scratch_copy(folder.path, after);
        is_done = erase_until_cut(before, after, n);
        struct test_folder restarted = folder;
        restarted.options.folder = after;
        struct store *store = folder_open(&restarted);
        bool is_gone = is_erased(store);
        assert_true(is_gone || !is_done);
        if (is_gone)
            assert_no_traces(after);
        else
            assert_true(holds_mark(after, LIFE_MARK_VALUE));
        store_close(store);
        struct error err;
        ASSERT_OK(verify_holds(&restarted.options, &err), &err);
        erased += is_gone;
        scratch_end(&scratch);
    }
    print_message("# %lld operations, erased after %d of the cuts\n", (long long)n,
                  erased);
    assert_true(erased > 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(before_it_the_marks_and_the_key_are_there),
        TEST(after_it_no_byte_is_left_and_the_log_holds),
        TEST(a_backup_made_afterwards_holds_nothing_either),
        TEST(an_older_backup_does_not_bring_the_erased_back),
        TEST(who_gets_the_number_of_an_erased_one_is_not_erased),
        TEST(traces_that_a_reader_holds_back_go_at_the_next_start),
        TEST(a_cut_at_any_moment_leaves_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

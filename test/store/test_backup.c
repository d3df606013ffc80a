/* A back-up made while others save is one moment of the folder, whole; what is restored
 * from it has the same content, row by row. */
#include "store/backup.h"
#include "store/verify.h"
#include "support/life.h"
#include "support/saver.h"
#include "support/tamper.h"
#include "support/unit.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { SAVERS = 8, ITEMS = 5, BACKUPS = 4 };

static const struct origin origin = {.device = {.at = "SYNTHETIC", .len = 9}};

static void back_up(struct store *store, const char *file)
{
    struct error err;
    ASSERT_OK(store_backup(store, &origin, file, &err), &err);
}

static void restore(const struct store_options *options, const char *file,
                    const char *to)
{
    struct error err;
    struct store_options target = *options;
    target.folder = to;
    ASSERT_OK(store_restore(file, &target, &origin, &err), &err);
}

/* -- The same content ---------------------------------------------------------------- */

static int number_of(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *row = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int number = sqlite3_column_int(row, 0);
    sqlite3_finalize(row);
    return number;
}

/* Rows of `table` in one of the two databases that the other has not. */
static int rows_only_in(sqlite3 *database, const char *one, const char *other,
                        const char *table)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM (SELECT * FROM %s.%s EXCEPT SELECT * FROM %s.%s)",
             one, table, other, table);
    return number_of(database, sql);
}

struct difference {
    int tables, only_left, only_right;
};

static struct difference compare(const char *left, const char *right,
                                 const struct tamper_table *tables, int count)
{
    char sql[1200];
    struct difference found = {.tables = count};
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(left, &database), SQLITE_OK);
    snprintf(sql, sizeof sql, "ATTACH '%s' AS other", right);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(
        number_of(database, "SELECT count(*) FROM (SELECT sql FROM main.sqlite_schema"
                            " EXCEPT SELECT sql FROM other.sqlite_schema)"),
        0);
    for (int i = 0; i < count; i++) {
        found.only_left += rows_only_in(database, "main", "other", tables[i].name);
        found.only_right += rows_only_in(database, "other", "main", tables[i].name);
    }
    sqlite3_close(database);
    return found;
}

static void a_restored_folder_has_the_same_content(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX / 2);
    struct tamper_table tables[TAMPER_TABLES];
    struct test_folder folder;
    char file[SCRATCH_PATH], to[SCRATCH_PATH], database[SCRATCH_PATH + 16];
    folder_place(&folder);
    folder_make_in(&folder);
    scratch_path(&folder.scratch, "file", file);
    scratch_path(&folder.scratch, "restored", to);
    snprintf(database, sizeof database, "%s/osteon.db", to);
    struct store *store = folder_open(&folder);
    life_lived(store);
    back_up(store, file);
    store_close(store);
    int count = tamper_tables(&folder, arena, tables);
    assert_true(count >= 18);
    /* The original went on with one event: BACKUP_MADE. */
    struct difference found = compare(folder.database, file, tables, count);
    assert_int_equal(found.only_left, 1);
    assert_int_equal(found.only_right, 0);
    restore(&folder.options, file, to);
    /* And the restored folder with another: RESTORED. */
    found = compare(database, file, tables, count);
    assert_int_equal(found.only_left, 1);
    assert_int_equal(found.only_right, 0);
    struct test_folder restored = folder;
    restored.options.folder = to;
    struct verify_report report = tamper_verified(&restored, NULL, arena);
    tamper_assert_nothing_found(&report);
    folder_gone(&folder);
    arena_free(arena);
}

/* -- While others save --------------------------------------------------------------- */

struct client {
    struct saver saver;
    _Atomic int64_t acknowledged;
    _Atomic bool *is_over;
};

static void *client_run(void *data)
{
    struct client *client = data;
    struct error err;
    while (!atomic_load(client->is_over)) {
        if (!saver_save(&client->saver, &err))
            break;
        atomic_store(&client->acknowledged, client->saver.acknowledged);
    }
    return NULL;
}

/* Every saver stands there whole, at a save between the two. */
static void assert_moment(const struct store_options *options, const char *folder,
                          const int64_t before[SAVERS], const int64_t after[SAVERS])
{
    struct error err;
    struct store *store = NULL;
    struct store_options target = *options;
    target.folder = folder;
    ASSERT_OK(store_open(&target, &store, &err), &err);
    for (int i = 0; i < SAVERS; i++) {
        struct saver saver;
        saver_begin(&saver, store, i, ITEMS);
        ASSERT_OK(saver_resume(&saver, &err), &err);
        assert_true(saver.acknowledged >= before[i]);
        assert_true(saver.acknowledged <= after[i] + 1);
        saver_end(&saver);
    }
    store_close(store);
    ASSERT_OK(verify_holds(&target, &err), &err);
}

static void read_counters(struct client clients[SAVERS], int64_t out[SAVERS])
{
    for (int i = 0; i < SAVERS; i++)
        out[i] = atomic_load(&clients[i].acknowledged);
}

static void a_backup_while_others_save_is_one_whole_moment(void **state)
{
    (void)state;
    struct scratch scratch;
    char folder[SCRATCH_PATH], keyring[SCRATCH_PATH];
    scratch_begin(&scratch);
    scratch_path(&scratch, "folder", folder);
    scratch_path(&scratch, "keys", keyring);
    saver_folder(folder, keyring, SAVERS);
    struct store_options options = {.folder = folder, .keyring = keyring};
    struct store *store = NULL;
    struct error err;
    ASSERT_OK(store_open(&options, &store, &err), &err);
    static struct client clients[SAVERS];
    _Atomic bool is_over = false;
    pthread_t threads[SAVERS];
    for (int i = 0; i < SAVERS; i++) {
        clients[i].is_over = &is_over;
        saver_begin(&clients[i].saver, store, i, ITEMS);
        assert_int_equal(pthread_create(&threads[i], NULL, client_run, &clients[i]), 0);
    }
    int64_t before[BACKUPS][SAVERS], after[BACKUPS][SAVERS];
    char files[BACKUPS][SCRATCH_PATH], to[SCRATCH_PATH];
    for (int i = 0; i < BACKUPS; i++) {
        char name[32];
        snprintf(name, sizeof name, "file-%d", i);
        scratch_path(&scratch, name, files[i]);
        read_counters(clients, before[i]);
        back_up(store, files[i]);
        read_counters(clients, after[i]);
    }
    atomic_store(&is_over, true);
    for (int i = 0; i < SAVERS; i++) {
        pthread_join(threads[i], NULL);
        saver_end(&clients[i].saver);
    }
    store_close(store);
    for (int i = 0; i < BACKUPS; i++) {
        char name[32];
        snprintf(name, sizeof name, "restored-%d", i);
        scratch_path(&scratch, name, to);
        restore(&options, files[i], to);
        assert_moment(&options, to, before[i], after[i]);
    }
    assert_true(after[BACKUPS - 1][0] > before[0][0]);
    scratch_end(&scratch);
}

static void a_backup_is_not_overwritten_and_is_the_owners_alone(void **state)
{
    (void)state;
    struct test_folder folder;
    char file[SCRATCH_PATH];
    struct error err;
    folder_place(&folder);
    folder_make_in(&folder);
    scratch_path(&folder.scratch, "file", file);
    struct store *store = folder_open(&folder);
    back_up(store, file);
    struct stat status;
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    ASSERT_ERROR(store_backup(store, &origin, file, &err), &err, ERROR_FAILED);
    store_close(store);
    folder_gone(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restored_folder_has_the_same_content),
        cmocka_unit_test(a_backup_while_others_save_is_one_whole_moment),
        cmocka_unit_test(a_backup_is_not_overwritten_and_is_the_owners_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "store/gather.h"
#include "support/scratch.h"
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PAGE = 4096, LARGE = 100 * 1024, WHOLE = 4 * LARGE };

static struct scratch scratch;
static char path[SCRATCH_PATH];
static sqlite3_file *file;

static int begin(void **state)
{
    (void)state;
    scratch_begin(&scratch);
    /* SQLite gives the log the rights of its database. */
    scratch_path(&scratch, "log", path);
    FILE *database = fopen(path, "w");
    if (database == NULL || fclose(database) != 0)
        return -1;
    scratch_path(&scratch, "log-wal", path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    scratch_end(&scratch);
    return 0;
}

static void open_log(const char *at)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(gather_vfs(NULL));
    assert_non_null(vfs);
    file = calloc(1, (size_t)vfs->szOsFile);
    assert_non_null(file);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL;
    assert_int_equal(vfs->xOpen(vfs, at, file, flags, NULL), SQLITE_OK);
}

static void close_log(void)
{
    file->pMethods->xClose(file);
    free(file);
}

static void write_at(const void *bytes, int len, sqlite3_int64 at)
{
    assert_int_equal(file->pMethods->xWrite(file, bytes, len, at), SQLITE_OK);
}

static long size_on_disk(void)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return (long)status.st_size;
}

static void what_is_appended_is_written_in_one_piece_at_the_sync(void **state)
{
    (void)state;
    static const char page[PAGE];
    open_log(path);
    write_at(page, 24, 0);
    write_at(page, PAGE, 24);
    assert_int_equal(size_on_disk(), 0);
    assert_int_equal(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
    assert_int_equal(size_on_disk(), 24 + PAGE);
    close_log();
}

static void what_is_gathered_is_read(void **state)
{
    (void)state;
    char found[6] = "";
    sqlite3_int64 size = 0;
    open_log(path);
    write_at("before", 6, 0);
    write_at("behind", 6, 6);
    write_at("BE", 2, 0); /* over what is gathered */
    assert_int_equal(file->pMethods->xRead(file, found, 6, 0), SQLITE_OK);
    assert_memory_equal(found, "BEfore", 6);
    write_at("!", 1, 12);
    assert_int_equal(file->pMethods->xFileSize(file, &size), SQLITE_OK);
    assert_int_equal(size, 13);
    close_log();
}

/* SQLite's own layer cannot write 128 KB at once. */
static void more_than_there_is_room_for_arrives_whole(void **state)
{
    (void)state;
    static unsigned char bytes[WHOLE], found[LARGE];
    for (int i = 0; i < WHOLE; i++)
        bytes[i] = (unsigned char)(i * 31 + i / 256);
    open_log(path);
    for (int at = 0; at < 3 * LARGE; at += PAGE)
        write_at(bytes + at, PAGE, at);
    write_at(bytes + 3 * LARGE, LARGE, 3 * LARGE); /* more than its room at once */
    assert_int_equal(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
    assert_int_equal(size_on_disk(), WHOLE);
    for (int at = 0; at < WHOLE; at += LARGE) {
        assert_int_equal(file->pMethods->xRead(file, found, LARGE, at), SQLITE_OK);
        assert_memory_equal(found, bytes + at, LARGE);
    }
    close_log();
}

/* On Linux /dev/full takes no byte. */
static void a_write_that_fails_late_fails_the_sync(void **state)
{
    (void)state;
    static const char page[PAGE];
    open_log("/dev/full");
    write_at(page, PAGE, 0);
    assert_int_equal(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) & 0xff,
                     SQLITE_FULL);
    close_log();
}

static void a_layer_over_nothing_is_none(void **state)
{
    (void)state;
    assert_null(gather_vfs("SYNTHETIC: there is none"));
    assert_ptr_equal(gather_vfs(NULL), gather_vfs(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_is_appended_is_written_in_one_piece_at_the_sync, begin, end),
        cmocka_unit_test_setup_teardown(what_is_gathered_is_read, begin, end),
        cmocka_unit_test_setup_teardown(more_than_there_is_room_for_arrives_whole,
                                        begin, end),
        cmocka_unit_test(a_write_that_fails_late_fails_the_sync),
        cmocka_unit_test(a_layer_over_nothing_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

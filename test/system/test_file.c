#include "support/unit.h"
#include "system/file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct room {
    char folder[64];
    char path[128];
    struct arena *arena;
    struct error err;
};

static int make_room(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    snprintf(room->folder, sizeof room->folder, "/tmp/osteon-test-XXXXXX");
    if (mkdtemp(room->folder) == NULL)
        return -1;
    snprintf(room->path, sizeof room->path, "%s/file", room->folder);
    room->arena = arena_new(1 << 20);
    *state = room;
    return 0;
}

static int clear_room(void **state)
{
    struct room *room = *state;
    unlink(room->path);
    rmdir(room->folder);
    arena_free(room->arena);
    free(room);
    return 0;
}

static void reads_back_what_was_written(void **state)
{
    struct room *room = *state;
    ASSERT_OK(file_write_durably(room->path, TEXT("one\0two"), 0600, &room->err),
              &room->err);
    struct text content;
    ASSERT_OK(file_read(room->path, 100, room->arena, &content, &room->err),
              &room->err);
    assert_true(text_equal(content, TEXT("one\0two")));
    assert_true(file_exists(room->path));

    ASSERT_OK(file_write_durably(room->path, TEXT(""), 0600, &room->err), &room->err);
    ASSERT_OK(file_read(room->path, 100, room->arena, &content, &room->err),
              &room->err);
    assert_int_equal(content.len, 0);
}

static void gives_a_file_the_mode_asked_for_whatever_the_umask(void **state)
{
    struct room *room = *state;
    mode_t before = umask(0777);
    bool is_written = file_write_durably(room->path, TEXT("x"), 0640, &room->err);
    umask(before);
    ASSERT_OK(is_written, &room->err);
    struct stat status;
    assert_int_equal(stat(room->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

static void a_write_that_fails_leaves_the_old_file_and_no_rest(void **state)
{
    struct room *room = *state;
    ASSERT_OK(file_write_durably(room->path, TEXT("old"), 0600, &room->err),
              &room->err);
    int child = fork();
    if (child == 0) {
        /* A disk that is full after two bytes. */
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {.rlim_cur = 2, .rlim_max = 2};
        setrlimit(RLIMIT_FSIZE, &limit);
        struct error err;
        _exit(file_write_durably(room->path, TEXT("newer"), 0600, &err) ? 1 : 0);
    }
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    struct text content;
    ASSERT_OK(file_read(room->path, 100, room->arena, &content, &room->err),
              &room->err);
    ASSERT_TEXT(content, "old");
    assert_int_equal(unlink(room->path), 0);
    assert_int_equal(rmdir(room->folder), 0); /* empty: nothing lies beside it */
}

static void refuses_a_file_larger_than_the_maximum(void **state)
{
    struct room *room = *state;
    ASSERT_OK(file_write_durably(room->path, TEXT("12345"), 0600, &room->err),
              &room->err);
    struct text content;
    ASSERT_OK(file_read(room->path, 5, room->arena, &content, &room->err), &room->err);
    ASSERT_ERROR(file_read(room->path, 4, room->arena, &content, &room->err),
                 &room->err, ERROR_TOO_LARGE);
}

static void names_the_path_and_the_reason(void **state)
{
    struct room *room = *state;
    struct text content;
    ASSERT_ERROR(file_read(room->path, 5, room->arena, &content, &room->err),
                 &room->err, ERROR_NOT_FOUND);
    assert_non_null(strstr(room->err.text, room->path));
    assert_non_null(strstr(room->err.text, "No such file"));
    ASSERT_ERROR(file_read(room->folder, 5, room->arena, &content, &room->err),
                 &room->err, ERROR_FAILED);
    ASSERT_ERROR(file_write_durably("/proc/nowhere/x", TEXT(""), 0600, &room->err),
                 &room->err, ERROR_NOT_FOUND);
    ASSERT_ERROR(folder_sync(room->path, &room->err), &room->err, ERROR_NOT_FOUND);
}

static void makes_a_folder_and_accepts_one_that_is_there(void **state)
{
    struct room *room = *state;
    ASSERT_OK(folder_make(room->path, 0700, &room->err), &room->err);
    ASSERT_OK(folder_make(room->path, 0700, &room->err), &room->err);
    rmdir(room->path);
    ASSERT_OK(file_write_durably(room->path, TEXT("x"), 0600, &room->err), &room->err);
    ASSERT_ERROR(folder_make(room->path, 0700, &room->err), &room->err, ERROR_FAILED);
}

static void lets_one_owner_in_and_names_it_to_the_next(void **state)
{
    struct room *room = *state;
    int first = -1, second = -1;
    ASSERT_OK(file_lock(room->path, &first, &room->err), &room->err);
    ASSERT_ERROR(file_lock(room->path, &second, &room->err), &room->err, ERROR_BUSY);
    char process[32];
    snprintf(process, sizeof process, "process %ld", (long)getpid());
    assert_non_null(strstr(room->err.text, process));

    /* Closing another descriptor of the same file keeps the lock. */
    close(open(room->path, O_RDONLY));
    ASSERT_ERROR(file_lock(room->path, &second, &room->err), &room->err, ERROR_BUSY);

    file_unlock(first);
    ASSERT_OK(file_lock(room->path, &second, &room->err), &room->err);
    file_unlock(second);
}

static void a_lock_ends_with_its_process(void **state)
{
    struct room *room = *state;
    int child = fork();
    if (child == 0) {
        int lock = -1;
        struct error err;
        _exit(file_lock(room->path, &lock, &err) ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    int lock = -1;
    ASSERT_OK(file_lock(room->path, &lock, &room->err), &room->err);
    file_unlock(lock);
}

#define ROOM(test) cmocka_unit_test_setup_teardown(test, make_room, clear_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM(reads_back_what_was_written),
        ROOM(gives_a_file_the_mode_asked_for_whatever_the_umask),
        ROOM(a_write_that_fails_leaves_the_old_file_and_no_rest),
        ROOM(refuses_a_file_larger_than_the_maximum),
        ROOM(names_the_path_and_the_reason),
        ROOM(makes_a_folder_and_accepts_one_that_is_there),
        ROOM(lets_one_owner_in_and_names_it_to_the_next),
        ROOM(a_lock_ends_with_its_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

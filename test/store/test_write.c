#include "store/reads.h"
#include "store/store.h"
#include "store/txn.h"
#include "support/folder.h"
#include "support/unit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

static struct test_folder folder;

static int begin(void **state)
{
    (void)state;
    folder_place(&folder);
    folder_make_in(&folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_gone(&folder);
    return 0;
}

static bool add_and_save(struct txn *txn, void *data, struct error *err)
{
    (void)data;
    struct origin origin = {.user = 1, .device = TEXT("tablet 1")};
    struct participant_added added = {
        .participant = 1, .site = TEXT("01"), .screening_number = TEXT("S-0001")};
    if (!txn_append(txn, LOG_EVENT_PARTICIPANT_ADDED, &origin, 1, &added, NULL, err))
        return false;
    struct value_change changes[] = {
        {.item = TEXT("IT.A"), .new = {.value = TEXT("7")}},
        {.item = TEXT("IT.B"), .row = 2, .new = {.missing = MISSING_UNKNOWN}},
    };
    struct values_saved saved = {
        .key = {.participant = 1,
                .event = TEXT("SE.A"),
                .event_repeat = 1,
                .form = TEXT("F.A"),
                .form_repeat = 1},
        .design_version = TEXT("0.1"),
        .corrected_time = txn_now(txn),
        .changes = changes,
        .change_count = 2,
        .answered = 2,
        .expected = 3,
    };
    return txn_append(txn, LOG_EVENT_VALUES_SAVED, &origin, 1, &saved, NULL, err);
}

static void a_saved_value_is_read_back_after_reopening(void **state)
{
    (void)state;
    struct error err;
    struct store *store = folder_open(&folder);
    struct unit unit = {.apply = add_and_save};
    ASSERT_OK(store_write(store, &unit, &err), &err);
    assert_int_equal(unit.seq, 4);
    store_close(store);

    store = folder_open(&folder);
    struct db *db = store_reader(store);
    struct arena *arena = arena_new(10 * 1024 * 1024);
    struct form_states forms;
    size_t count = 0;
    ASSERT_OK(form_list(db, 1, arena, &forms, &err), &err);
    assert_int_equal(forms.count, 1);
    ASSERT_TEXT(forms.list[0].key.form, "F.A");
    struct stored_value *values = NULL;
    ASSERT_OK(form_values(db, forms.list[0].id, arena, &values, &count, &err), &err);
    assert_int_equal(count, 2);
    ASSERT_TEXT(values[0].item, "IT.A");
    ASSERT_TEXT(values[0].answer.value, "7");
    assert_int_equal(values[1].answer.missing, MISSING_UNKNOWN);
    assert_int_equal(values[1].row, 2);
    assert_int_equal(values[1].version.seq, 4);
    assert_int_equal(values[1].version.place, 1);
    struct log_row *rows = NULL;
    ASSERT_OK(
        log_list(db, &(struct log_filter){.user = -1}, arena, &rows, &count, &err),
        &err);
    assert_int_equal(count, 4);
    store_reader_return(store, db);
    store_close(store);
    arena_free(arena);
}

/* -- Two who make one folder ----------------------------------------------------------- */

enum { MAKERS = 8 };

struct maker {
    pthread_t thread;
    pthread_barrier_t *start;
    bool is_made;
    struct error err;
};

static void *make_the_folder(void *data)
{
    struct maker *maker = data;
    struct store_new what = {.study_oid = TEXT("ST.SYNTHETIC"),
                             .design_version = TEXT("1"),
                             .design_xml = TEXT("SYNTHETIC")};
    pthread_barrier_wait(maker->start);
    maker->is_made = store_create(&folder.options, &what, &maker->err);
    return NULL;
}

static void of_many_who_make_a_folder_at_once_one_has_made_it(void **state)
{
    (void)state;
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, MAKERS);
    struct maker makers[MAKERS] = {0};
    for (size_t i = 0; i < MAKERS; i++) {
        makers[i].start = &start;
        assert_int_equal(
            pthread_create(&makers[i].thread, NULL, make_the_folder, &makers[i]), 0);
    }
    size_t made = 0;
    for (size_t i = 0; i < MAKERS; i++) {
        pthread_join(makers[i].thread, NULL);
        made += makers[i].is_made;
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(made, 1);
    store_close(folder_open(&folder)); /* and the others have left it as it was */
}

static int place(void **state)
{
    (void)state;
    folder_place(&folder);
    return 0;
}

/* --- who listens ----------------------------------------------------------------------- */

struct listener {
    sem_t called, go_on;
    atomic_bool has_ended;
};

static void hear(void *data, const struct store_notice *notice)
{
    struct listener *listener = data;
    (void)notice;
    if (atomic_load(&listener->has_ended))
        return;
    sem_post(&listener->called);
    sem_wait(&listener->go_on);
    atomic_store(&listener->has_ended, true);
}

static void *let_go_on(void *data)
{
    struct timespec while_it_waits = {.tv_nsec = 50 * 1000 * 1000};
    nanosleep(&while_it_waits, NULL);
    sem_post(&((struct listener *)data)->go_on);
    return NULL;
}

static void ignore(void *data, const struct error *err)
{
    (void)data;
    (void)err;
}

/* What it listens with may then be freed. */
static void a_listener_that_was_dismissed_is_not_called_any_more(void **state)
{
    (void)state;
    struct error err;
    struct listener listener = {0};
    pthread_t helper;
    struct store *store = folder_open(&folder);
    sem_init(&listener.called, 0, 0);
    sem_init(&listener.go_on, 0, 0);
    store_listen(store, hear, &listener);
    struct unit unit = {.apply = add_and_save, .done = ignore};
    ASSERT_OK(store_submit(store, &unit, &err), &err);
    sem_wait(&listener.called);
    assert_int_equal(pthread_create(&helper, NULL, let_go_on, &listener), 0);
    store_listen(store, NULL, NULL);
    assert_true(atomic_load(&listener.has_ended));
    pthread_join(helper, NULL);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_saved_value_is_read_back_after_reopening,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            of_many_who_make_a_folder_at_once_one_has_made_it, place, end),
        cmocka_unit_test_setup_teardown(
            a_listener_that_was_dismissed_is_not_called_any_more, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

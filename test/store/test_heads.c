/* The rule of conflicts: however the changes of one item arrive, they end in the same
 * current value and the same others beside it. */
#include "store/heads.h"

#include "store/reads.h"
#include "store/verify.h"
#include "support/folder.h"
#include "support/life.h"
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

enum { CHANGES_MOST = 5, NOBODY = -1 };

/* Change n has batch id n + 1. `base` and `settles` name earlier ones by number. */
struct told {
    int base, settles;
    int64_t time;
    const char *value;
};

struct ending {
    char current[32];
    char beside[CHANGES_MOST][32];
    size_t beside_count;
};

static struct test_folder folder;
static struct store *store;
static struct arena *arena;
static int64_t participant;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(SIZE_MAX / 2);
    folder_place(&folder);
    folder_make_in(&folder);
    store = folder_open(&folder);
    participant = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    store_close(store);
    folder_gone(&folder);
    arena_free(arena);
    return 0;
}

static void copy_value(struct text value, char out[32])
{
    snprintf(out, 32, "%.*s", TEXT_ARG(value));
}

static struct ending ending_of(int64_t who)
{
    struct error err;
    struct db *db = store_reader(store);
    struct form_key key = life_form(who);
    struct form_heads *heads = NULL;
    ASSERT_OK(heads_load(db, &key, arena, &heads, &err), &err);
    struct ending ending = {0};
    const struct head *current = heads_current(heads, TEXT("IT.X"), 0);
    assert_non_null(current);
    copy_value(current->answer.value, ending.current);
    const struct head *beside =
        heads_beside(heads, TEXT("IT.X"), 0, &ending.beside_count);
    for (size_t i = 0; i < ending.beside_count; i++) {
        /* In order of their values: those of their versions differ. */
        size_t at = i;
        char value[32];
        copy_value(beside[i].answer.value, value);
        for (; at > 0 && strcmp(ending.beside[at - 1], value) > 0; at--)
            strcpy(ending.beside[at], ending.beside[at - 1]);
        strcpy(ending.beside[at], value);
    }
    store_reader_return(store, db);
    return ending;
}

/* A base that has arrived is named by its version, as whoever saw it would; one that has
 * not is named by its batch. */
static void arrive(const struct told *told, int n, int64_t seqs[CHANGES_MOST])
{
    struct version settled = {0};
    struct value_change change = {.item = TEXT("IT.X"),
                                  .new = {.value = text_of(told[n].value)}};
    if (told[n].base != NOBODY) {
        change.has_base = true;
        change.reason = TEXT("SYNTHETIC");
        change.base.is_queued = seqs[told[n].base] == 0;
        change.base.version.seq = seqs[told[n].base];
        life_batch_id((uint8_t)(told[n].base + 1), change.base.batch);
        change.base.batch[1] = (uint8_t)(participant >> 8);
        change.base.batch[2] = (uint8_t)participant;
    }
    if (told[n].settles != NOBODY) {
        settled.seq = seqs[told[n].settles];
        change.settles = &settled;
        change.settle_count = 1;
    }
    struct values_saved saved = {.key = life_form(participant),
                                 .design_version = TEXT("0.1"),
                                 .has_batch = true,
                                 .corrected_time = told[n].time,
                                 .changes = &change,
                                 .change_count = 1};
    life_batch_id((uint8_t)(n + 1), saved.batch);
    saved.batch[1] = (uint8_t)(participant >> 8);
    saved.batch[2] = (uint8_t)participant;
    seqs[n] = life_event(store, LOG_EVENT_VALUES_SAVED, 1, participant, &saved);
}

static bool can_arrive(const struct told *told, int n, const int64_t seqs[CHANGES_MOST])
{
    return told[n].settles == NOBODY || seqs[told[n].settles] != 0;
}

static struct ending lived(const struct told *told, const int *order, int count,
                           bool *is_possible)
{
    int64_t seqs[CHANGES_MOST] = {0};
    char number[32];
    participant++;
    snprintf(number, sizeof number, "S-%04d", (int)participant);
    life_add_participant(store, participant, number);
    for (int i = 0; i < count; i++) {
        *is_possible = can_arrive(told, order[i], seqs);
        if (!*is_possible)
            return (struct ending){0};
        arrive(told, order[i], seqs);
    }
    return ending_of(participant);
}

/* The next permutation in lexicographic order. */
static bool permute(int *order, int count)
{
    int i = count - 2;
    while (i >= 0 && order[i] > order[i + 1])
        i--;
    if (i < 0)
        return false;
    int j = count - 1;
    while (order[j] < order[i])
        j--;
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
    for (int a = i + 1, b = count - 1; a < b; a++, b--) {
        kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }
    return true;
}

static void assert_same_in_all_orders(const struct told *told, int count,
                                      const char *current, const char *beside)
{
    int order[CHANGES_MOST] = {0, 1, 2, 3, 4};
    int tried = 0;
    do {
        bool is_possible = true;
        struct ending ending = lived(told, order, count, &is_possible);
        if (!is_possible)
            continue;
        tried++;
        char others[160] = "";
        for (size_t i = 0; i < ending.beside_count; i++)
            snprintf(others + strlen(others), sizeof others - strlen(others), "%s%s",
                     i == 0 ? "" : " ", ending.beside[i]);
        assert_string_equal(ending.current, current);
        assert_string_equal(others, beside);
    } while (permute(order, count));
    assert_true(tried > 1);
}

static void two_first_entries_both_stand_and_the_later_is_current(void **state)
{
    (void)state;
    const struct told told[] = {{NOBODY, NOBODY, 100, "a"}, {NOBODY, NOBODY, 200, "b"}};
    assert_same_in_all_orders(told, 2, "b", "a");
}

static void a_chain_of_changes_ends_in_its_last_whatever_comes_first(void **state)
{
    (void)state;
    const struct told told[] = {{NOBODY, NOBODY, 100, "a"},
                                {0, NOBODY, 200, "b"},
                                {1, NOBODY, 300, "c"},
                                {2, NOBODY, 50, "d"}};
    assert_same_in_all_orders(told, 4, "d", "");
}

static void two_who_changed_the_same_value_both_keep_theirs(void **state)
{
    (void)state;
    const struct told told[] = {{NOBODY, NOBODY, 100, "a"},
                                {0, NOBODY, 300, "b"},
                                {0, NOBODY, 200, "c"},
                                {2, NOBODY, 250, "d"}};
    assert_same_in_all_orders(told, 4, "b", "d");
}

static void what_is_settled_stands_no_longer(void **state)
{
    (void)state;
    const struct told told[] = {{NOBODY, NOBODY, 100, "a"},
                                {0, NOBODY, 300, "b"},
                                {0, NOBODY, 200, "c"},
                                {1, 2, 150, "d"}};
    assert_same_in_all_orders(told, 4, "d", "");
}

static void of_equal_times_the_larger_id_is_current(void **state)
{
    (void)state;
    const struct told told[] = {{NOBODY, NOBODY, 100, "a"},
                                {0, NOBODY, 200, "b"},
                                {0, NOBODY, 200, "c"},
                                {0, NOBODY, 200, "d"}};
    assert_same_in_all_orders(told, 4, "d", "b c");
}

static void two_branches_that_grow_on_stay_two(void **state)
{
    (void)state;
    const struct told told[] = {{NOBODY, NOBODY, 100, "a"},
                                {0, NOBODY, 200, "b"},
                                {0, NOBODY, 300, "c"},
                                {1, NOBODY, 400, "d"},
                                {2, NOBODY, 350, "e"}};
    assert_same_in_all_orders(told, 5, "d", "e");
}

static void all_these_lives_equal_their_rebuild(void **state)
{
    (void)state;
    two_branches_that_grow_on_stay_two(state);
    of_equal_times_the_larger_id_is_current(state);
    store_close(store);
    struct error err;
    ASSERT_OK(verify_holds(&folder.options, &err), &err);
    store = folder_open(&folder);
}

/* -- Small rules ------------------------------------------------------------------- */

static void the_same_value_twice_is_no_conflict(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change one = {.item = TEXT("IT.X"), .new = {.value = TEXT("5")}};
    struct value_change two = one;
    life_save(store, &(struct life_save){1, 1, 100, &one, 1, NULL, 0, NULL});
    life_save(store, &(struct life_save){1, 2, 200, &two, 1, NULL, 0, NULL});
    assert_false(two.is_conflict);
    struct ending ending = ending_of(1);
    assert_string_equal(ending.current, "5");
    assert_int_equal(ending.beside_count, 1);
}

static void two_identities_that_differ_are_a_conflict(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change one = {.item = TEXT("IT.X"),
                               .new = {.value = TEXT("1950"), .is_in_vault = true}};
    struct value_change two = one;
    two.new.value = TEXT("1960");
    life_save(store, &(struct life_save){1, 1, 100, &one, 1, NULL, 0, NULL});
    life_save(store, &(struct life_save){1, 2, 200, &two, 1, NULL, 0, arena});
    assert_true(two.is_conflict);
    ASSERT_TEXT(two.old.value, "1950");
}

static void a_value_of_the_program_takes_the_place_of_all_heads(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change one = {.item = TEXT("IT.X"), .new = {.value = TEXT("5")}};
    struct value_change two = {.item = TEXT("IT.X"), .new = {.value = TEXT("6")}};
    struct value_change derived = {
        .item = TEXT("IT.X"), .new = {.value = TEXT("7")}, .source = SOURCE_DERIVED};
    life_save(store, &(struct life_save){1, 1, 300, &one, 1, NULL, 0, NULL});
    life_save(store, &(struct life_save){1, 2, 200, &two, 1, NULL, 0, NULL});
    life_save(store, &(struct life_save){1, 0, 100, &derived, 1, NULL, 0, NULL});
    struct ending ending = ending_of(1);
    assert_string_equal(ending.current, "7");
    assert_int_equal(ending.beside_count, 0);
}

static void changes_of_one_batch_may_build_on_each_other(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change changes[] = {
        {.item = TEXT("IT.X"), .new = {.value = TEXT("5")}},
        {.item = TEXT("IT.X"),
         .new = {.value = TEXT("6")},
         .has_base = true,
         .base.is_queued = true,
         .reason = TEXT("SYNTHETIC")},
    };
    life_batch_id(1, changes[1].base.batch);
    int64_t seq =
        life_save(store, &(struct life_save){1, 1, 100, changes, 2, NULL, 0, NULL});
    struct ending ending = ending_of(1);
    assert_string_equal(ending.current, "6");
    assert_int_equal(ending.beside_count, 0);
    ASSERT_TEXT(changes[1].old.value, "5");
    struct db *db = store_reader(store);
    struct form_key key = life_form(1);
    struct form_heads *heads = NULL;
    struct error err;
    ASSERT_OK(heads_load(db, &key, arena, &heads, &err), &err);
    assert_int_equal(heads_current(heads, TEXT("IT.X"), 0)->version.seq, seq);
    assert_int_equal(heads_current(heads, TEXT("IT.X"), 0)->version.place, 1);
    store_reader_return(store, db);
}

static void a_base_that_nobody_ever_had_loses_nothing(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change one = {.item = TEXT("IT.X"), .new = {.value = TEXT("5")}};
    struct value_change two = {.item = TEXT("IT.X"),
                               .new = {.value = TEXT("6")},
                               .has_base = true,
                               .base.version = {999, 3}};
    life_save(store, &(struct life_save){1, 1, 100, &one, 1, NULL, 0, NULL});
    life_save(store, &(struct life_save){1, 2, 200, &two, 1, NULL, 0, NULL});
    struct ending ending = ending_of(1);
    assert_string_equal(ending.current, "6");
    assert_string_equal(ending.beside[0], "5");
}

/* Two changes that claim to be based on each other: nonsense, but nothing is lost. */
static void a_circle_of_bases_leaves_a_head(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change one = {.item = TEXT("IT.X"),
                               .new = {.value = TEXT("5")},
                               .has_base = true,
                               .base.is_queued = true};
    life_batch_id(2, one.base.batch);
    int64_t seq =
        life_save(store, &(struct life_save){1, 1, 100, &one, 1, NULL, 0, NULL});
    struct value_change two = {.item = TEXT("IT.X"),
                               .new = {.value = TEXT("6")},
                               .has_base = true,
                               .base.version = {seq, 0}};
    life_save(store, &(struct life_save){1, 2, 200, &two, 1, NULL, 0, NULL});
    assert_string_equal(ending_of(1).current, "6");
}

static void rows_of_a_group_are_apart_and_counted(void **state)
{
    (void)state;
    life_add_participant(store, 1, "S-0001");
    struct value_change changes[] = {
        {.item = TEXT("IT.X"), .row = 1, .new = {.value = TEXT("5")}},
        {.item = TEXT("IT.X"), .row = 3, .new = {.value = TEXT("7")}},
        {.item = TEXT("IT.Y"), .row = 4, .new = {.value = TEXT("8")}},
    };
    life_save(store, &(struct life_save){1, 1, 100, changes, 3, NULL, 0, NULL});
    struct db *db = store_reader(store);
    struct form_key key = life_form(1);
    struct form_heads *heads = NULL;
    struct error err;
    ASSERT_OK(heads_load(db, &key, arena, &heads, &err), &err);
    const struct item x = {.oid = TEXT("IT.X")}, z = {.oid = TEXT("IT.Z")};
    const struct item *of_both[] = {&z, &x}, *of_none[] = {&z};
    assert_int_equal(
        heads_rows(heads, &(struct item_group){.items = of_both, .item_count = 2}), 3);
    assert_int_equal(
        heads_rows(heads, &(struct item_group){.items = of_none, .item_count = 1}), 0);
    assert_null(heads_current(heads, TEXT("IT.X"), 2));
    ASSERT_TEXT(heads_current(heads, TEXT("IT.X"), 3)->answer.value, "7");
    size_t next = 0;
    size_t count = 0;
    struct text item;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(heads, &next, &item, &row, &head))
        count++;
    assert_int_equal(count, 3);
    store_reader_return(store, db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(two_first_entries_both_stand_and_the_later_is_current),
        TEST(a_chain_of_changes_ends_in_its_last_whatever_comes_first),
        TEST(two_who_changed_the_same_value_both_keep_theirs),
        TEST(what_is_settled_stands_no_longer),
        TEST(of_equal_times_the_larger_id_is_current),
        TEST(two_branches_that_grow_on_stay_two),
        TEST(all_these_lives_equal_their_rebuild),
        TEST(the_same_value_twice_is_no_conflict),
        TEST(two_identities_that_differ_are_a_conflict),
        TEST(a_value_of_the_program_takes_the_place_of_all_heads),
        TEST(changes_of_one_batch_may_build_on_each_other),
        TEST(a_base_that_nobody_ever_had_loses_nothing),
        TEST(a_circle_of_bases_leaves_a_head),
        TEST(rows_of_a_group_are_apart_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/form_view.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define BASELINE "SE.BL", "F.DM"

static struct fixture study;
static struct caller crc, rn;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    rn = fixture_person(&study, "rn", ROLE_RN);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* A save of the weight on the clock of a device, `ago` seconds before now. */
static struct mutation_result save_weight(const struct caller *by, const char *value,
                                          const char *base, int64_t ago)
{
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .value = text_of(value)};
    struct save_values verb = fixture_save_of(&study, by, person, BASELINE);
    if (base != NULL) {
        mutation.base = text_of(base);
        mutation.reason = TEXT("SYNTHETIC reason");
    }
    verb.has_device_time = true;
    verb.device_time = fixture_now(&study) - ago * 1000 * 1000;
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    return verb.outcomes[0];
}

static const char *weight(void)
{
    return fixture_value(&study, person, BASELINE, "I.DM.WEIGHT", 0);
}

static const char *version_of(struct mutation_result result)
{
    char *text = arena_alloc(study.arena, VERSION_TEXT);
    version_print(result.version, text);
    return text;
}

static void two_devices_that_change_the_same_version_both_keep_their_value(void **state)
{
    (void)state;
    const char *seen = version_of(save_weight(&crc, "60", NULL, 300));
    struct mutation_result first = save_weight(&crc, "61", seen, 200);
    struct mutation_result second = save_weight(&rn, "62", seen, 100);
    assert_int_equal(first.status, MUTATION_OK);
    assert_int_equal(second.status, MUTATION_CONFLICT);
    ASSERT_TEXT(second.theirs->answer.value, "61");
    assert_int_equal(second.theirs->user, crc.user);
    assert_string_equal(weight(), "62");
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 1);
}

static void the_later_entry_is_current_whichever_arrives_first(void **state)
{
    (void)state;
    const char *seen = version_of(save_weight(&crc, "60", NULL, 300));
    struct mutation_result first = save_weight(&rn, "62", seen, 100);
    struct mutation_result second = save_weight(&crc, "61", seen, 200);
    assert_int_equal(first.status, MUTATION_OK);
    assert_int_equal(second.status, MUTATION_CONFLICT);
    ASSERT_TEXT(second.theirs->answer.value, "62");
    assert_string_equal(weight(), "62");
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 1);
}

static void the_same_value_twice_is_no_conflict(void **state)
{
    (void)state;
    const char *seen = version_of(save_weight(&crc, "60", NULL, 300));
    save_weight(&crc, "61", seen, 200);
    assert_int_equal(save_weight(&rn, "61", seen, 100).status, MUTATION_OK);
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 0);
}

static void two_first_entries_that_differ_conflict(void **state)
{
    (void)state;
    save_weight(&crc, "60", NULL, 200);
    assert_int_equal(save_weight(&rn, "61", NULL, 100).status, MUTATION_CONFLICT);
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 1);
}

static void a_conflict_is_settled_by_naming_the_other_head(void **state)
{
    struct text settled[1];
    (void)state;
    const char *seen = version_of(save_weight(&crc, "60", NULL, 300));
    const char *first = version_of(save_weight(&crc, "61", seen, 200));
    const char *second = version_of(save_weight(&rn, "62", seen, 100));
    settled[0] = text_of(first);
    struct mutation settle = {.item = TEXT("I.DM.WEIGHT"),
                              .value = TEXT("62"),
                              .base = text_of(second),
                              .settles = settled,
                              .settle_count = 1,
                              .reason = TEXT("read on the scale again")};
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    ASSERT_OK(fixture_save(&study, &verb, &settle, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
    assert_string_equal(weight(), "62");
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 0);
}

static void a_conflict_query_shows_every_head(void **state)
{
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")};
    (void)state;
    save_weight(&crc, "60", NULL, 200);
    save_weight(&rn, "61", NULL, 100);
    ASSERT_OK(form_view_read(study.study, &crc, &key, study.arena, &view, &study.err),
              &study.err);
    assert_int_equal(view->query_count, 1);
    assert_int_equal(view->queries[0].stored.kind, QUERY_CONFLICT);
    assert_int_equal(view->queries[0].value_count, 2);
    ASSERT_TEXT(view->queries[0].values[0].stored.answer.value, "61");
    ASSERT_TEXT(view->queries[0].values[0].by_name, "rn");
    ASSERT_TEXT(view->queries[0].values[1].stored.answer.value, "60");
    ASSERT_TEXT(view->queries[0].values[1].by_name, "crc");
}

static void a_change_based_on_one_that_waits_on_the_device_may_come_first(void **state)
{
    char base[BATCH_ID_SIZE * 3];
    char id[UUID_TEXT_SIZE];
    (void)state;
    struct save_values first = fixture_save_of(&study, &rn, person, BASELINE);
    struct save_values second = fixture_save_of(&study, &rn, person, BASELINE);
    struct uuid uuid;
    memcpy(uuid.bytes, first.batch, sizeof uuid.bytes);
    uuid_print(&uuid, id);
    snprintf(base, sizeof base, "%.*s:0", (int)sizeof id, id);
    struct mutation entry = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("60")};
    struct mutation change = {.item = TEXT("I.DM.WEIGHT"),
                              .value = TEXT("61"),
                              .base = text_of(base),
                              .reason = TEXT("typing error")};
    ASSERT_OK(fixture_save(&study, &second, &change, 1), &study.err);
    assert_string_equal(weight(), "61");
    ASSERT_OK(fixture_save(&study, &first, &entry, 1), &study.err);
    assert_string_equal(weight(), "61");
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 0);
}

static void a_device_with_a_clock_ahead_does_not_win_by_it(void **state)
{
    (void)state;
    struct mutation_result late;
    save_weight(&crc, "60", NULL, -INT64_C(3600));
    fixture_pass(&study, 10);
    late = save_weight(&rn, "61", NULL, 0);
    assert_int_equal(late.status, MUTATION_CONFLICT);
    assert_string_equal(weight(), "61");
}

static void a_measured_offset_sets_the_device_time_right(void **state)
{
    (void)state;
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("60")};
    struct save_values ahead = fixture_save_of(&study, &crc, person, BASELINE);
    fixture_pass(&study, HOUR);
    /* This device is 50 minutes slow, so that what it says was at −60 was at −10. */
    ahead.has_device_time = ahead.has_clock_offset = true;
    ahead.device_time = fixture_now(&study) - INT64_C(60) * MINUTE * 1000 * 1000;
    ahead.clock_offset = -INT64_C(50) * MINUTE * 1000 * 1000;
    ASSERT_OK(fixture_save(&study, &ahead, &mutation, 1), &study.err);
    save_weight(&rn, "61", NULL, INT64_C(20) * MINUTE);
    assert_string_equal(weight(), "60");
}

/* --- the same batch from many threads ------------------------------------------------------ */

enum { RACERS = 8 };

struct racer {
    struct save_values verb;
    struct mutation mutation;
    struct arena *arena;
    struct error err;
    bool is_done;
};

static void *race(void *data)
{
    struct racer *racer = data;
    racer->is_done = act_run(&racer->verb.act, &racer->err);
    return NULL;
}

static void eight_racing_retries_all_get_the_first_answer(void **state)
{
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    size_t first_answers = 0;
    (void)state;
    struct save_values one = fixture_save_of(&study, &crc, person, BASELINE);
    for (size_t i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){
            .verb = one,
            .mutation = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("60")},
            .arena = arena_new(1 << 20)};
        racers[i].verb.act.arena = racers[i].arena;
        racers[i].verb.mutations = &racers[i].mutation;
        racers[i].verb.mutation_count = 1;
    }
    for (size_t i = 0; i < RACERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (size_t i = 0; i < RACERS; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < RACERS; i++) {
        ASSERT_OK(racers[i].is_done, &racers[i].err);
        first_answers += !racers[i].verb.is_duplicate;
        assert_int_equal(racers[i].verb.seq, racers[0].verb.seq);
        assert_int_equal(racers[i].verb.outcomes[0].status, MUTATION_OK);
        assert_int_equal(racers[i].verb.outcomes[0].version.seq, racers[0].verb.seq);
        arena_free(racers[i].arena);
    }
    assert_int_equal(first_answers, 1);
    assert_string_equal(weight(), "60");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(two_devices_that_change_the_same_version_both_keep_their_value),
        TEST(the_later_entry_is_current_whichever_arrives_first),
        TEST(the_same_value_twice_is_no_conflict),
        TEST(two_first_entries_that_differ_conflict),
        TEST(a_conflict_is_settled_by_naming_the_other_head),
        TEST(a_conflict_query_shows_every_head),
        TEST(a_change_based_on_one_that_waits_on_the_device_may_come_first),
        TEST(a_device_with_a_clock_ahead_does_not_win_by_it),
        TEST(a_measured_offset_sets_the_device_time_right),
        TEST(eight_racing_retries_all_get_the_first_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* "While provisional, the timer asks once: 'IO at this bone in the last 48 h?' The answer
 * feeds AL03" (specification, placement before registration). */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/bone_use.h"
#include "actions/form_view.h"
#include "actions/participants.h"

static struct fixture study;
static struct caller inv, opr, crc;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

static bool say(const struct caller *by, int64_t participant, const char *site,
                const char *answer)
{
    struct bone_use_state verb = {
        .act = act_of(study.study, by, study.arena, bone_use_state),
        .participant = participant,
        .site = site == NULL ? (struct text){0} : text_of(site),
        .answer = text_of(answer)};
    return act_run(&verb.act, &study.err);
}

static struct bone_use said_of(int64_t participant)
{
    struct casebook *book = NULL;
    ASSERT_OK(
        casebook_read(study.study, &crc, participant, study.arena, &book, &study.err),
        &study.err);
    return book->bone_use;
}

static void attach(int64_t from, int64_t to)
{
    const struct caller *const pair[] = {&crc, &inv};
    for (size_t i = 0; i < ARRAY_COUNT(pair); i++) {
        struct participant_attach verb = {
            .act = act_of(study.study, pair[i], study.arena, participant_attach),
            .participant = from,
            .to = to};
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    }
}

static void the_latest_answer_counts(void **state)
{
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    assert_false(said_of(person).is_stated);
    ASSERT_OK(say(&opr, person, NULL, "unknown"), &study.err);
    ASSERT_OK(say(&inv, person, "PTL", "day"), &study.err);
    struct bone_use use = said_of(person);
    ASSERT_TEXT(use.site, "PTL");
    ASSERT_TEXT(use.answer, "day");
    ASSERT_TEXT(use.by_name, "inv");
    assert_int_equal(use.at, fixture_now(&study));
}

static void it_is_seen_at_the_screening_record_after_the_attachment(void **state)
{
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    ASSERT_OK(say(&opr, person, "PTR", "two-days"), &study.err);
    assert_false(said_of(to).is_stated);
    attach(person, to);
    ASSERT_TEXT(said_of(to).answer, "two-days");
}

static void what_another_was_asked_is_not_told(void **state)
{
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    int64_t other = fixture_place(&study, &opr);
    ASSERT_OK(say(&opr, person, NULL, "day"), &study.err);
    assert_false(said_of(other).is_stated);
}

static void a_screened_participant_has_exclusion_6_for_it(void **state)
{
    (void)state;
    int64_t person = fixture_screen(&study, &crc);
    assert_false(say(&opr, person, NULL, "none"));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_BONE_USE_STATED), 0);
}

static void what_is_no_answer_and_no_site_is_refused(void **state)
{
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    assert_false(say(&opr, person, NULL, "perhaps"));
    assert_string_equal(study.err.where, "answer");
    assert_false(say(&opr, person, "SKULL", "none"));
    assert_string_equal(study.err.where, "site");
    assert_int_equal(fixture_events(&study, LOG_EVENT_BONE_USE_STATED), 0);
}

static void who_does_not_run_the_clock_is_not_asked(void **state)
{
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    assert_false(say(&crc, person, NULL, "none"));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_latest_answer_counts),
        TEST(it_is_seen_at_the_screening_record_after_the_attachment),
        TEST(what_another_was_asked_is_not_told),
        TEST(a_screened_participant_has_exclusion_6_for_it),
        TEST(what_is_no_answer_and_no_site_is_refused),
        TEST(who_does_not_run_the_clock_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

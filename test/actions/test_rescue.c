/* A rescue file is brought in by somebody else: the log says so and whose entries they
 * were, what arrives twice is stored once, and the bringer needs the right to enter. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/audit.h"
#include "actions/rescue.h"

#define BASELINE "SE.BL", "F.DM"

static struct fixture study;
static struct caller crc, rn, dm;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    rn = fixture_person(&study, "rn", ROLE_RN);
    dm = fixture_person(&study, "dm", ROLE_DM);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

static struct rescue_bring bringing(const struct caller *by, const char *whose)
{
    return (struct rescue_bring){.act =
                                     act_of(study.study, by, study.arena, rescue_bring),
                                 .brought = {.person = text_of(whose),
                                             .device = TEXT("SYNTHETIC tablet"),
                                             .since = fixture_now(&study) - HOUR,
                                             .batches = 1,
                                             .entries = 1}};
}

static void the_log_says_who_brought_whose_entries(void **state)
{
    struct audit_entry *entries = NULL;
    size_t count = 0;
    struct audit_filter filter = {.user = -1, .kind = LOG_EVENT_RESCUE_BROUGHT};
    (void)state;
    struct rescue_bring verb = bringing(&crc, "rn");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(audit_read(study.study, &dm, &filter, study.arena, &entries, &count,
                         &study.err),
              &study.err);
    assert_int_equal(count, 1);
    ASSERT_TEXT(entries[0].by_name, "crc");
    ASSERT_TEXT(entries[0].detail, "1 entry of rn, from SYNTHETIC tablet");
}

static void a_file_of_somebody_unknown_is_refused(void **state)
{
    (void)state;
    struct rescue_bring verb = bringing(&crc, "nobody");
    assert_false(act_run(&verb.act, &study.err));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    assert_string_equal(study.err.where, "person");
    assert_int_equal(fixture_events(&study, LOG_EVENT_RESCUE_BROUGHT), 0);
}

/* The same bytes under the same id: first from the file, then from the tablet itself. */
static void what_arrives_from_file_and_tablet_is_stored_once(void **state)
{
    (void)state;
    struct mutation weight = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("60")};
    struct save_values own = fixture_save_of(&study, &rn, person, BASELINE);
    struct save_values brought = own;
    brought.act = act_of(study.study, &crc, study.arena, save_values);
    ASSERT_OK(fixture_save(&study, &brought, &weight, 1), &study.err);
    ASSERT_OK(fixture_save(&study, &own, &weight, 1), &study.err);
    assert_false(brought.is_duplicate);
    assert_true(own.is_duplicate);
    assert_int_equal(own.seq, brought.seq);
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 0);
}

/* A data manager may bring a file, but enters no form. */
static void the_bringer_needs_the_right_to_enter(void **state)
{
    (void)state;
    struct mutation weight = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("60")};
    struct save_values brought = fixture_save_of(&study, &dm, person, BASELINE);
    struct rescue_bring verb = bringing(&dm, "rn");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_false(fixture_save(&study, &brought, &weight, 1));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    assert_string_equal(fixture_value(&study, person, BASELINE, "I.DM.WEIGHT", 0), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_log_says_who_brought_whose_entries),
        TEST(a_file_of_somebody_unknown_is_refused),
        TEST(what_arrives_from_file_and_tablet_is_stored_once),
        TEST(the_bringer_needs_the_right_to_enter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Declared counts across participants: what one participant's rules know of the others. */
#include "actions/rule_explain.h"
#include "actions/rule_wakes.h"
#include "actions/study_state.h"
#include "model/rule_list.h"
#include "store/verify.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include <string.h>

#define INSERTION "SE.T0", "F.IO"
#define DEVICE    "SE.BL", "F.DA"
/* GS1 General Specifications: (01) with its check digit, (10) lot, (21) serial. */
#define NEEDLE_1 "(01)04012345678901(10)L7(21)SYNTHETIC1"
#define NEEDLE_2 "(01)04012345678901(10)L7(21)SYNTHETIC2"
#define WITHOUT  "(01)04012345678901(10)L7"

static struct fixture study;
static struct caller crc, opr, inv, pi, dm;
static int64_t first, second;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    inv = fixture_person(&study, "inv", ROLE_INV);
    pi = fixture_person(&study, "pi", ROLE_PI);
    dm = fixture_person(&study, "dm", ROLE_DM);
    first = fixture_screen(&study, &crc);
    second = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    struct verify_report report;
    (void)state;
    ASSERT_OK(
        verify_store(study_store(study.study), NULL, study.arena, &report, &study.err),
        &study.err);
    assert_int_equal(report.finding_count, 0);
    fixture_close(&study);
    return 0;
}

static size_t wake(void)
{
    size_t count = 0;
    ASSERT_OK(rules_wake_due(study.study, &count, &study.err), &study.err);
    return count;
}

static void scan(int64_t participant, const char *udi)
{
    fixture_enter(&study, &crc, participant, INSERTION, "I.IO.UDIRAW", udi, NULL);
}

static void correct(int64_t participant, const char *event, const char *form,
                    const char *item, const char *value)
{
    struct mutation change = {
        .item = text_of(item),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, participant, event, form, item, 0)),
        .reason = TEXT("SYNTHETIC correction")};
    struct save_values verb = fixture_save_of(&study, &crc, participant, event, form);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

static size_t same_device(int64_t participant)
{
    return fixture_queries(&study, participant, INSERTION, "CK042");
}

static size_t device_elsewhere(int64_t participant)
{
    return fixture_queries(&study, participant, DEVICE, "CK118");
}

/* --- CK042: one needle ---------------------------------------------------------------- */

static void one_needle_at_two_participants_is_found_at_the_second_save(void **state)
{
    (void)state;
    scan(first, NEEDLE_1);
    assert_int_equal(same_device(first), 0);
    scan(second, NEEDLE_1);
    assert_int_equal(same_device(second), 1);
}

static void it_is_found_at_the_first_as_soon_as_the_rules_run(void **state)
{
    (void)state;
    scan(first, NEEDLE_1);
    scan(second, NEEDLE_1);
    assert_int_equal(wake(), 1);
    assert_int_equal(same_device(first), 1);
    assert_int_equal(wake(), 0);
}

static void it_is_gone_at_both_once_it_is_corrected(void **state)
{
    (void)state;
    scan(first, NEEDLE_1);
    scan(second, NEEDLE_1);
    (void)wake();
    correct(second, INSERTION, "I.IO.UDIRAW", NEEDLE_2);
    assert_int_equal(same_device(second), 0);
    assert_int_equal(wake(), 1);
    assert_int_equal(same_device(first), 0);
}

static void a_needle_without_a_serial_number_is_nobodys(void **state)
{
    (void)state;
    scan(first, WITHOUT);
    scan(second, WITHOUT);
    assert_int_equal(same_device(second), 0);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ROWS_COUNTED), 0);
}

/* The reason that a person reads names the needle and how many others have it. */
static void why_it_fires_names_the_needle(void **state)
{
    (void)state;
    scan(first, NEEDLE_1);
    scan(second, NEEDLE_1);
    struct rule_list list;
    struct explanation why;
    ASSERT_OK(rule_list_make(study_rulebook(study.study, study_design(study.study)),
                             study.arena, &list, &study.err),
              &study.err);
    struct explain_request request = {
        .participant = fixture_participant(&study, second), .list = &list};
    while (!text_equal(list.sources[request.rule].oid, TEXT("CK042")))
        request.rule++;
    ASSERT_OK(rule_explain(study.study, &crc, &request, study.arena, &why, &study.err),
              &study.err);
    assert_int_equal(why.place_count, 1);
    bool is_named = false, is_counted = false;
    for (size_t i = 0; i < why.places[0].step_count; i++) {
        const struct explained_step *step = &why.places[0].steps[i];
        is_named = is_named || strstr(text_c(study.arena, step->value), "SYNTHETIC1");
        is_counted = is_counted || (text_equal(step->part, TEXT("study.same_device")) &&
                                    text_equal(step->value, TEXT("1")));
    }
    assert_true(is_named);
    assert_true(is_counted);
}

/* --- CK118: one device, two participants at a time --------------------------------------- */

static void associate(int64_t participant, const char *from, const char *to)
{
    fixture_enter(&study, &crc, participant, DEVICE, "I.DA.DVEUI", "SYNTHETIC-PUMP",
                  "I.DA.DVBEG", from, to == NULL ? NULL : "I.DA.DVEND", to, NULL);
}

static void a_pump_that_goes_from_one_to_the_next_is_no_finding(void **state)
{
    (void)state;
    associate(first, "2026-11-22T08:00:00+08:00", "2026-11-22T09:00:00+08:00");
    associate(second, "2026-11-22T09:00:00+08:00", NULL);
    assert_int_equal(device_elsewhere(second), 0);
    (void)wake();
    assert_int_equal(device_elsewhere(first), 0);
}

static void a_pump_at_two_participants_at_one_time_is_found_until_it_ends(void **state)
{
    (void)state;
    associate(first, "2026-11-22T08:00:00+08:00", NULL);
    associate(second, "2026-11-22T09:00:00+08:00", NULL);
    assert_int_equal(device_elsewhere(second), 1);
    (void)wake();
    assert_int_equal(device_elsewhere(first), 1);
    fixture_enter(&study, &crc, first, DEVICE, "I.DA.DVEND",
                  "2026-11-22T08:30:00+08:00", NULL);
    assert_int_equal(device_elsewhere(first), 0);
    (void)wake();
    assert_int_equal(device_elsewhere(second), 0);
}

/* --- who is another --------------------------------------------------------------------- */

static void the_record_before_registration_is_no_other_participant(void **state)
{
    (void)state;
    int64_t placed = fixture_place(&study, &opr);
    fixture_enter(&study, &opr, placed, INSERTION, "I.IO.UDIRAW", NEEDLE_1, NULL);
    const struct caller *const both[] = {&crc, &inv};
    for (size_t i = 0; i < 2; i++) {
        struct participant_attach verb = {
            .act = act_of(study.study, both[i], study.arena, participant_attach),
            .participant = placed,
            .to = first};
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    }
    fixture_enter(&study, &crc, first, INSERTION, "I.IO.UDIRAW", NEEDLE_1, NULL);
    fixture_enter(&study, &crc, second, INSERTION, "I.IO.UDIRAW", NEEDLE_2, NULL);
    assert_int_equal(fixture_events(&study, LOG_EVENT_WAKE_SET), 0);
    assert_int_equal(same_device(second), 0);
}

static void erase_first(void)
{
    struct participant_erase verb = {
        .act = act_of(study.study, &pi, study.arena, participant_erase),
        .participant = first,
        .first_person = dm.user,
        .second_person = pi.user,
        .reason = TEXT("SYNTHETIC: consent refused")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static void an_erased_participant_has_no_needle(void **state)
{
    (void)state;
    scan(first, NEEDLE_1);
    scan(second, NEEDLE_1);
    (void)wake();
    erase_first();
    assert_int_equal(wake(), 1);
    assert_int_equal(same_device(second), 0);
}

static void nothing_tells_which_needle_an_erased_participant_had(void **state)
{
    static const char key[] = "04012345678901 SYNTHETICMARKER";
    (void)state;
    scan(first, "(01)04012345678901(21)SYNTHETICMARKER");
    assert_true(folder_holds(study.place.path, key, strlen(key)));
    erase_first();
    assert_false(folder_holds(study.place.path, key, strlen(key)));
}

/* --- what it costs the others ------------------------------------------------------------- */

static void a_save_that_no_count_reads_writes_nothing_for_it(void **state)
{
    (void)state;
    scan(first, NEEDLE_1);
    size_t counted = fixture_events(&study, LOG_EVENT_ROWS_COUNTED);
    assert_int_equal(counted, 1);
    fixture_enter(&study, &crc, first, INSERTION, "I.IO.IOSITE", "PTL", NULL);
    fixture_enter(&study, &crc, first, "SE.BL", "F.DM", "I.DM.HEIGHT", "170", NULL);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ROWS_COUNTED), counted);
    assert_int_equal(fixture_events(&study, LOG_EVENT_WAKE_SET), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(one_needle_at_two_participants_is_found_at_the_second_save),
        TEST(it_is_found_at_the_first_as_soon_as_the_rules_run),
        TEST(it_is_gone_at_both_once_it_is_corrected),
        TEST(a_needle_without_a_serial_number_is_nobodys),
        TEST(why_it_fires_names_the_needle),
        TEST(a_pump_that_goes_from_one_to_the_next_is_no_finding),
        TEST(a_pump_at_two_participants_at_one_time_is_found_until_it_ends),
        TEST(the_record_before_registration_is_no_other_participant),
        TEST(an_erased_participant_has_no_needle),
        TEST(nothing_tells_which_needle_an_erased_participant_had),
        TEST(a_save_that_no_count_reads_writes_nothing_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* From a laboratory result to an adverse event. T0 is 09:00 on 2026-11-22 at the site. The
 * expected grades are read from CTCAE v5.0 (platelets: 75, 50, 25 x 10e9/L). SYNTHETIC. */
#include "support/laboratory.h"
#include "support/unit.h"

#include "actions/grade_decide.h"
#include "actions/safety.h"

#include <stdio.h>

static struct fixture study;
static struct caller crc, inv, opr, saf;
static int64_t person;
static struct safety_list safety;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    inv = fixture_person(&study, "inv", ROLE_INV);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    saf = fixture_person(&study, "saf", ROLE_SAF);
    person = fixture_enrol(&study, &crc, &inv);
    fixture_enter(&study, &opr, person, "SE.T0", "F.IO", "I.IO.PUNDTM#1",
                  "2026-11-22T09:00:00+08:00", "I.IO.ATTSITE#1", "PTL", "I.IO.ATTRES#1",
                  "SUC", NULL);
    fixture_pass(&study, (int64_t)2 * DAY);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

/* The second answer of the save of that number. */
static void correct(int64_t seq, const char *value)
{
    struct save_values verb = fixture_save_of(&study, &crc, person, "SE.H24", "F.LB");
    struct mutation mutation = {.item = TEXT("I.LB.PLT"),
                                .value = text_of(value),
                                .base =
                                    text_format(study.arena, "%lld:1", (long long)seq),
                                .reason = TEXT("SYNTHETIC read wrongly")};
    assert_true(fixture_save(&study, &verb, &mutation, 1));
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

static int64_t platelets(const char *event, const char *at, const char *value)
{
    return fixture_enter(&study, &crc, person, event, "F.LB", "I.LB.LBDTM", at,
                         "I.LB.PLT", value, NULL);
}

static const struct laboratory_proposal *only_proposal(const struct caller *by)
{
    ASSERT_OK(safety_read(study.study, by, study.arena, &safety, &study.err),
              &study.err);
    assert_int_equal(safety.proposed.count, 1);
    return &safety.proposed.at[0];
}

static void nothing_is_proposed(void)
{
    ASSERT_OK(safety_read(study.study, &inv, study.arena, &safety, &study.err),
              &study.err);
    assert_int_equal(safety.proposed.count, 0);
}

static bool decide(const struct caller *by, const struct laboratory_proposal *proposal,
                   bool is_accepted, bool is_serious, const char *reason)
{
    struct grade_decide verb = {.act =
                                    act_of(study.study, by, study.arena, grade_decide),
                                .key = proposal->key,
                                .term = proposal->term->term.english,
                                .seen = proposal->of_seq,
                                .is_accepted = is_accepted,
                                .is_serious = is_serious,
                                .reason = text_of(reason)};
    return act_run(&verb.act, &study.err);
}

static const char *event_value(const char *item)
{
    return fixture_value(&study, person, "SE.LOG", "F.CX", item, 0);
}

static void a_worse_grade_than_the_baseline_is_proposed(void **state)
{
    (void)state;
    platelets("SE.BL", "2026-11-22T08:00+08:00", "60"); /* grade 2 */
    nothing_is_proposed();
    platelets("SE.H6", "2026-11-22T15:00+08:00", "51"); /* grade 2 */
    nothing_is_proposed();
    platelets("SE.H24", "2026-11-23T09:00+08:00", "24"); /* grade 4 */
    const struct laboratory_proposal *one = only_proposal(&saf);
    ASSERT_TEXT(one->term->term.english, "Platelet count decreased");
    ASSERT_TEXT(one->key.event, "SE.H24");
    assert_int_equal(one->rule->grade, 4);
    ASSERT_TEXT(one->rule->says, "<25 x 10e9/L");
    assert_int_equal(one->baseline_grade, 2);
    assert_int_equal(one->recorded_grade, 0);
    assert_int_equal(one->message, 0);
    assert_false(one->may_decide); /* the safety physician signs no form */
    assert_true(only_proposal(&inv)->may_decide);
}

static void accepted_it_is_entered_with_all_that_is_known_and_proposed_no_more(
    void **state)
{
    (void)state;
    platelets("SE.H24", "2026-11-23T09:00+08:00", "24");
    assert_true(decide(&inv, only_proposal(&inv), true, true, ""));
    nothing_is_proposed();
    assert_string_equal(event_value("I.CX.AECX"), "OTH");
    assert_string_equal(event_value("I.CX.AETERM"), "Platelet count decreased");
    assert_string_equal(event_value("I.CX.AEGR"), "4");
    assert_string_equal(event_value("I.CX.AESTDTM"), "2026-11-23T09:00:00+08:00");
    assert_string_equal(event_value("I.CX.AESER"), "Y");
    assert_int_equal(safety.event_count, 1);
    const struct safety_event *event = &safety.events[0];
    ASSERT_TEXT(event->origin.item, "I.LB.PLT");
    ASSERT_TEXT(event->origin.key.event, "SE.H24");
    assert_true(event->is_serious);
    assert_true(event->clock_count > 0);
    assert_int_equal(event->clocks[0].name, CLOCK_SPONSOR_24H);
    assert_int_equal(event->clocks[0].state, CLOCK_RUNS);
    assert_int_equal(fixture_events(&study, LOG_EVENT_GRADE_DECIDED), 1);
}

static void a_worse_grade_than_the_recorded_one_is_proposed_again(void **state)
{
    (void)state;
    platelets("SE.H24", "2026-11-23T09:00+08:00", "49"); /* grade 3 */
    assert_true(decide(&inv, only_proposal(&inv), true, false, ""));
    platelets("SE.H48", "2026-11-24T09:00+08:00", "30"); /* grade 3 */
    nothing_is_proposed();
    platelets("SE.H72", "2026-11-24T09:30+08:00", "20"); /* grade 4 */
    assert_int_equal(only_proposal(&inv)->recorded_grade, 3);
}

static void declined_it_is_proposed_again_only_when_the_result_changes(void **state)
{
    (void)state;
    int64_t seq = platelets("SE.H24", "2026-11-23T09:00+08:00", "24");
    assert_false(decide(&inv, only_proposal(&inv), false, false, ""));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    assert_true(
        decide(&inv, only_proposal(&inv), false, false, "SYNTHETIC clotted specimen"));
    nothing_is_proposed();
    correct(seq, "20");
    assert_int_equal(only_proposal(&inv)->rule->grade, 4);
}

static void what_was_looked_at_and_has_changed_is_not_decided(void **state)
{
    (void)state;
    int64_t seq = platelets("SE.H24", "2026-11-23T09:00+08:00", "24");
    const struct laboratory_proposal seen = *only_proposal(&inv);
    correct(seq, "20");
    assert_false(decide(&inv, &seen, true, false, ""));
    assert_int_equal(study.err.code, ERROR_CHANGED);
}

static void a_result_of_a_feed_is_graded_with_its_range_and_names_its_message(
    void **state)
{
    (void)state;
    char pid[200];
    laboratory_open(&study);
    struct participant *known = fixture_participant(&study, person);
    snprintf(pid, sizeof pid, "PID|1||%.*s^^^NCT07239375^PI||SYNTHETIC^One\r",
             TEXT_ARG(known->subject_number));
    struct text body =
        text_format(study.arena,
                    "%sOBR|1||A1|PANEL^Panel^L|||20261123090000+0800|||||||"
                    "20261123090000+0800|BLDV\r"
                    "OBX|1|NM|777-3^Platelets^LN||110|10*9/L^^UCUM|125-350|L|||F\r",
                    pid);
    int64_t message = laboratory_send(&study, "A1", "20261123100000+0800", "",
                                      text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message), "filed");
    const struct laboratory_proposal *one = only_proposal(&inv);
    assert_int_equal(one->rule->grade, 1); /* <LLN - 75 */
    assert_int_equal(one->message, message);
    assert_true(one->low.is_known);
    assert_int_equal(decimal_compare(one->low.value, decimal_of(125)), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_worse_grade_than_the_baseline_is_proposed),
        TEST(accepted_it_is_entered_with_all_that_is_known_and_proposed_no_more),
        TEST(a_worse_grade_than_the_recorded_one_is_proposed_again),
        TEST(declined_it_is_proposed_again_only_when_the_result_changes),
        TEST(what_was_looked_at_and_has_changed_is_not_decided),
        TEST(a_result_of_a_feed_is_graded_with_its_range_and_names_its_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

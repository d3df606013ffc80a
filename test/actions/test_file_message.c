/* Laboratory results into the forms of a participant. T0 is 09:00 on 2026-11-22 at the site;
 * the clock says 10:00 and moves. All data are SYNTHETIC. */
#include "support/laboratory.h"
#include "support/unit.h"

#include "store/laboratory.h"
#include "store/reads.h"

#include <stdio.h>
#include <string.h>

static struct fixture study;
static struct caller crc, inv, opr, rn, lab;
static int64_t person;
static char pid[200];

#define BASELINE "SE.BL", "F.LB"
#define HOUR_6   "SE.H6", "F.LB"
#define EXTRA    "SE.UNS", "F.LB"
#define AT_8     "20261122080000+0800"
#define AT_15    "20261122150000+0800"

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    inv = fixture_person(&study, "inv", ROLE_INV);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    rn = fixture_person(&study, "rn", ROLE_RN);
    lab = fixture_person(&study, "lab", ROLE_LAB);
    person = fixture_enrol(&study, &crc, &inv);
    fixture_enter(&study, &opr, person, "SE.T0", "F.IO", "I.IO.PUNDTM#1",
                  "2026-11-22T09:00:00+08:00", "I.IO.ATTSITE#1", "PTL", "I.IO.ATTRES#1",
                  "SUC", NULL);
    laboratory_open(&study);
    struct participant *known = fixture_participant(&study, person);
    snprintf(pid, sizeof pid, "PID|1||%.*s^^^NCT07239375^PI||SYNTHETIC^One\r",
             TEXT_ARG(known->subject_number));
    fixture_pass(&study, (int64_t)DAY);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* One order with its observations; `collected` OBR-7. */
static int64_t send(const char *control, const char *collected, const char *unused,
                    const char *observations)
{
    struct text body =
        text_format(study.arena, "%sOBR|1||%s|PANEL^Panel^L|||%s|||||||%s|BLDV\r%s",
                    pid, control, collected, collected, observations);
    (void)unused;
    return laboratory_send(&study, control, "20261122160000+0800", "",
                           text_c(study.arena, body));
}

static const char *value_at(const char *event, const char *form, const char *item)
{
    return fixture_value(&study, person, event, form, item, 0);
}

/* The example of specification 7.1. */
static void the_time_of_the_specimen_decides_the_time_point(void **state)
{
    (void)state;
    int64_t message =
        send("A1", AT_8, "",
             "OBX|1|NM|1988-5^C reactive protein^LN||182.4|mg/L^^UCUM|0-10|HH"
             "|||F\r");
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value_at(BASELINE, "I.LB.CRP"), "182.4");
    assert_string_equal(value_at(BASELINE, "I.LB.LBDTM"), "2026-11-22T08:00:00+08:00");
    assert_string_equal(value_at(BASELINE, "I.LB.LBACC"), "A1");
    assert_string_equal(value_at(BASELINE, "I.LB.LBSPEC"), "VEN");
    message = send("A2", AT_15, "", "OBX|1|NM|718-7^Hb^LN||6.2|g/dL|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value_at(HOUR_6, "I.LB.HGB"), "62");
    assert_string_equal(value_at(BASELINE, "I.LB.HGB"), "");
}

static void what_came_with_a_result_is_kept_beside_it(void **state)
{
    (void)state;
    int64_t message = send("A1", AT_8, "",
                           "OBX|1|SN|33959-8^Procalcitonin^LN||<^0.05|ug/L|<0.5|N|||F\r"
                           "OBX|2|NM|14682-9^Creatinine^LN||1.9|mg/dL|0.6-1.2|H|||F\r");
    struct db *db = store_reader(study_store(study.study));
    struct stored_results results;
    ASSERT_OK(received_results_read(db, person, study.arena, &results, &study.err),
              &study.err);
    store_reader_return(study_store(study.study), db);
    assert_int_equal(results.count, 2);
    const struct stored_result *one = &results.at[0], *two = &results.at[1];
    if (text_equal(one->received.item, TEXT("I.LB.CREAT"))) {
        one = &results.at[1];
        two = &results.at[0];
    }
    assert_int_equal(one->message, message);
    assert_int_equal(one->received.observation, 1);
    ASSERT_TEXT(one->received.value, "<0.05");
    ASSERT_TEXT(one->received.unit, "ug/L");
    ASSERT_TEXT(one->received.high, "0.5");
    ASSERT_TEXT(two->received.factor, "88.42");
    ASSERT_TEXT(two->received.range, "0.6-1.2");
    ASSERT_TEXT(two->received.high, "106.104");
    ASSERT_TEXT(two->received.flags, "H");
    assert_string_equal(value_at(BASELINE, "I.LB.PCT"), "0.05");
    assert_string_equal(value_at(BASELINE, "I.LB.CREAT"), "168");
}

static void final_supersedes_preliminary_and_corrected_supersedes_final(void **state)
{
    (void)state;
    static const char *const sent[][3] = {{"P", "20261122090000+0800", "10"},
                                          {"F", "20261122100000+0800", "11"},
                                          {"C", "20261122110000+0800", "12"}};
    static const int orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    for (size_t k = 0; k < ARRAY_COUNT(orders); k++) {
        char number[20];
        static const char *const times[] = {AT_8, AT_15, "20261123083000+0800"};
        static const char *const events[] = {"SE.BL", "SE.H6", "SE.H24"};
        for (size_t i = 0; i < 3; i++) {
            const char *const *one = sent[orders[k][i]];
            snprintf(number, sizeof number, "M%zu.%zu", k, i);
            struct text body = text_format(
                study.arena,
                "%sOBR|1||ACC%zu|P^P^L|||%s\rOBX|1|NM|777-3^PLT^LN||%s|10*9/L|||||%s\r",
                pid, k, times[k], one[2], one[0]);
            int64_t message =
                laboratory_send(&study, number, one[1], "", text_c(study.arena, body));
            assert_string_equal(laboratory_state(&study, message), "filed");
        }
        assert_string_equal(value_at(events[k], "F.LB", "I.LB.PLT"), "12");
    }
}

static void a_result_that_is_deleted_leaves_its_history(void **state)
{
    (void)state;
    send("A1", AT_8, "", "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    struct text body = text_format(study.arena,
                                   "%sOBR|1||A1|PANEL^Panel^L|||" AT_8
                                   "\rOBX|1|NM|2823-3^K^LN||4.1|mmol/L"
                                   "|||||D\rOBX|2|ST|2951-2^NA^LN||||||||X\r",
                                   pid);
    int64_t message = laboratory_send(&study, "A2", "20261122170000+0800", "",
                                      text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value_at(BASELINE, "I.LB.K"), "");
    assert_string_equal(value_at(BASELINE, "I.LB.NA"), "?ND");
}

static void of_two_specimens_the_one_nearest_to_the_target_stands(void **state)
{
    (void)state;
    /* The target of baseline is 08:45. */
    send("A1", "20261122084000+0800", "", "OBX|1|NM|2823-3^K^LN||4.0|mmol/L|||||F\r");
    send("A2", "20261122060000+0800", "",
         "OBX|1|NM|2823-3^K^LN||5.0|mmol/L|||||F\rOBX|2|NM|2951-2^NA^LN||140|meq/"
         "L|||||F\r");
    assert_string_equal(value_at(BASELINE, "I.LB.K"), "4.0");
    assert_string_equal(value_at(BASELINE, "I.LB.NA"), "140");
    assert_string_equal(value_at(BASELINE, "I.LB.LBACC"), "A1");
}

static void of_two_results_of_one_item_in_a_message_the_later_stands(void **state)
{
    (void)state;
    send("A1", AT_8, "",
         "OBX|1|NM|2823-3^K^LN||4.0|mmol/L|||||F\r"
         "OBX|2|NM|2823-3^K^LN||4.1|mmol/L|||||F\r"
         "OBX|3|NM|2823-3^K^LN||3.9|mmol/L|||||P\r");
    assert_string_equal(value_at(BASELINE, "I.LB.K"), "4.1");
    assert_int_equal(fixture_queries(&study, person, BASELINE, ""), 0);
}

static void what_is_drawn_through_the_needle_stays_out_of_the_schedule(void **state)
{
    (void)state;
    struct text body = text_format(study.arena,
                                   "%sOBR|1||A1|P^P^L|||" AT_15 "\r"
                                   "OBX|1|NM|718-7^Hb^LN||61|g/L|||||F\r"
                                   "OBX|2|NM|2823-3^K^LN||7.9|mmol/L|||||F\r"
                                   "SPM|1|||BLD^Blood|||||IO^Intraosseous needle\r",
                                   pid);
    int64_t message = laboratory_send(&study, "A1", "20261122160000+0800", "",
                                      text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value_at(HOUR_6, "I.LB.K"), "");
    assert_string_equal(value_at(EXTRA, "I.LB.K"), "7.9");
    assert_string_equal(value_at(EXTRA, "I.LB.LBSPEC"), "IO");
    assert_int_equal(fixture_queries(&study, person, EXTRA, "CK078"), 1);
}

static void what_cannot_be_understood_waits_and_the_rest_is_filed(void **state)
{
    (void)state;
    int64_t message = send("A1", AT_8, "",
                           "OBX|1|NM|PLT^Platelets^L||11|10*9/L|||||F\r"
                           "OBX|2|NM|2823-3^K^LN||4.1|mmol/L|||||F\r"
                           "OBX|3|NM|22664-7^Urea^LN||28|mg/dL|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: code");
    assert_string_equal(value_at(BASELINE, "I.LB.K"), "4.1");
    assert_string_equal(value_at(BASELINE, "I.LB.UREA"), "");
    assert_int_equal(fixture_queries(&study, person, BASELINE, "CK079"), 1);
}

static void a_unit_alone_that_is_unknown_opens_its_query(void **state)
{
    (void)state;
    int64_t message =
        send("A1", AT_8, "", "OBX|1|NM|22664-7^Urea^LN||28|mg/dL|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: unit");
    assert_int_equal(fixture_queries(&study, person, BASELINE, "CK079"), 1);
    message = send("A2", AT_15, "", "OBX|1|NM|48065-7^DD^LN||0.5|mg/L{DDU}|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value_at(HOUR_6, "I.LB.DDIM"), "1.0");
    assert_int_equal(fixture_queries(&study, person, HOUR_6, "CK084"), 1);
}

static void an_unknown_patient_waits(void **state)
{
    (void)state;
    int64_t message = laboratory_send(&study, "A1", "20261122160000+0800", "",
                                      "PID|1||H99^^^HOSP^MR\rOBR|1||A|P^P^L|||" AT_8
                                      "\rOBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: patient");
    struct text differs =
        text_format(study.arena,
                    "PID|1||%.*s^^^NCT07239375^PI||||18000101\rOBR|1|||||" AT_8
                    "\rOBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r",
                    TEXT_ARG(fixture_participant(&study, person)->subject_number));
    message = laboratory_send(&study, "A2", "20261122160000+0800", "",
                              text_c(study.arena, differs));
    assert_string_equal(laboratory_state(&study, message),
                        "quarantined: patient-differs");
}

static void a_specimen_outside_every_window_waits(void **state)
{
    (void)state;
    int64_t message = send("A1", "20261122120000+0800", "",
                           "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: window");
    message = send("A2", "", "", "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: window");
}

/* Fault 11 of the specification: a name in GB 18030 without MSH-18. */
static void bytes_without_a_character_set_are_never_guessed(void **state)
{
    (void)state;
    struct text body = text_format(
        study.arena,
        "PID|1||%.*s^^^NCT07239375^PI||\xD5\xC5^\xC8\xFD\rOBR|1||A|P^P^L|||" AT_8
        "\rOBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r",
        TEXT_ARG(fixture_participant(&study, person)->subject_number));
    int64_t message = laboratory_send(&study, "A1", "20261122160000+0800", "",
                                      text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message),
                        "quarantined: character-set");
    message = laboratory_send(&study, "A2", "20261122160000+0800", "GB 18030-2000",
                              text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message), "filed");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_time_of_the_specimen_decides_the_time_point),
        TEST(what_came_with_a_result_is_kept_beside_it),
        TEST(final_supersedes_preliminary_and_corrected_supersedes_final),
        TEST(a_result_that_is_deleted_leaves_its_history),
        TEST(of_two_specimens_the_one_nearest_to_the_target_stands),
        TEST(of_two_results_of_one_item_in_a_message_the_later_stands),
        TEST(what_is_drawn_through_the_needle_stays_out_of_the_schedule),
        TEST(what_cannot_be_understood_waits_and_the_rest_is_filed),
        TEST(a_unit_alone_that_is_unknown_opens_its_query),
        TEST(an_unknown_patient_waits),
        TEST(a_specimen_outside_every_window_waits),
        TEST(bytes_without_a_character_set_are_never_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

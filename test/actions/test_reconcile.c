/* What waits for a person, and the one step that puts it right. All data are SYNTHETIC. */
#include "support/laboratory.h"
#include "support/unit.h"

#include "actions/file_message.h"
#include "actions/filing.h"
#include "actions/reconcile.h"
#include "actions/record_lock.h"
#include "store/reads.h"

#include <stdio.h>
#include <string.h>

#define BASELINE "SE.BL", "F.LB"
#define EXTRA    "SE.UNS", "F.LB"
#define AT_8     "20261122080000+0800"
#define WHY      TEXT("SYNTHETIC: asked the laboratory")

static struct fixture study;
static struct caller crc, inv, opr, lab, dm, adm;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    inv = fixture_person(&study, "inv", ROLE_INV);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    lab = fixture_person(&study, "lab", ROLE_LAB);
    dm = fixture_person(&study, "dm", ROLE_DM);
    adm = fixture_person(&study, "adm", ROLE_ADM);
    person = fixture_enrol(&study, &crc, &inv);
    fixture_enter(&study, &opr, person, "SE.T0", "F.IO", "I.IO.PUNDTM#1",
                  "2026-11-22T09:00:00+08:00", "I.IO.ATTSITE#1", "PTL", "I.IO.ATTRES#1",
                  "SUC", NULL);
    laboratory_open(&study);
    fixture_pass(&study, (int64_t)DAY);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static int64_t send_of(const char *control, const char *patient, const char *collected,
                       const char *observations)
{
    struct text number = fixture_participant(&study, person)->subject_number;
    struct text own =
        text_format(study.arena, "%.*s^^^NCT07239375^PI", TEXT_ARG(number));
    struct text body =
        text_format(study.arena, "PID|1||%s||SYNTHETIC^One\rOBR|1||%s|P^P^L|||%s\r%s",
                    patient == NULL ? text_c(study.arena, own) : patient, control,
                    collected, observations);
    return laboratory_send(&study, control, "20261122160000+0800", "",
                           text_c(study.arena, body));
}

static const char *value(const char *event, const char *form, const char *item)
{
    return fixture_value(&study, person, event, form, item, 0);
}

static void file_again(void)
{
    int64_t after = 0;
    size_t failed = 0;
    ASSERT_OK(filing_pass(study.study, &after, &failed, &study.err), &study.err);
    assert_int_equal(failed, 0);
}

static struct feed_rule_add rule_of(const struct caller *by, enum feed_rule_kind kind,
                                    const char *from, const char *to)
{
    return (struct feed_rule_add){
        .act = act_of(study.study, by, study.arena, feed_rule_add),
        .rule = {.feed = TEXT(LABORATORY_FEED),
                 .kind = kind,
                 .from = text_of(from),
                 .to = text_of(to),
                 .reason = WHY}};
}

static void a_code_that_is_mapped_files_all_that_wait_for_it(void **state)
{
    (void)state;
    int64_t first =
        send_of("A1", NULL, AT_8, "OBX|1|NM|PLT^Platelets^L||11|10*9/L|||||F\r");
    int64_t second = send_of("A2", NULL, "20261122150000+0800",
                             "OBX|1|NM|PLT^Platelets^L||12|10*9/L|||||F\r"
                             "OBX|2|NM|MCV^MCV^L||90|fL|||||F\r");
    assert_string_equal(laboratory_state(&study, first), "quarantined: code");
    struct feed_rule_add rule = rule_of(&lab, FEED_RULE_CODE, "PLT L", "I.LB.PLT");
    ASSERT_OK(act_run(&rule.act, &study.err), &study.err);
    assert_int_equal(rule.reopened, 2);
    file_again();
    assert_string_equal(laboratory_state(&study, first), "filed");
    assert_string_equal(laboratory_state(&study, second), "quarantined: code");
    assert_string_equal(value(BASELINE, "I.LB.PLT"), "11");
    assert_string_equal(value("SE.H6", "F.LB", "I.LB.PLT"), "12");
    rule = rule_of(&lab, FEED_RULE_CODE, "MCV L", ""); /* not collected */
    ASSERT_OK(act_run(&rule.act, &study.err), &study.err);
    file_again();
    assert_string_equal(laboratory_state(&study, second), "filed");
}

static void a_meaning_that_is_taken_back_holds_no_more(void **state)
{
    (void)state;
    struct feed_rule_add rule = rule_of(&lab, FEED_RULE_CODE, "PLT L", "I.LB.PLT");
    ASSERT_OK(act_run(&rule.act, &study.err), &study.err);
    struct feed_rule_end end = {
        .act = act_of(study.study, &lab, study.arena, feed_rule_end),
        .rule = rule.seq,
        .reason = WHY};
    ASSERT_OK(act_run(&end.act, &study.err), &study.err);
    int64_t message =
        send_of("A1", NULL, AT_8, "OBX|1|NM|PLT^Platelets^L||11|10*9/L|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: code");
    end.act = act_of(study.study, &lab, study.arena, feed_rule_end);
    ASSERT_ERROR(act_run(&end.act, &study.err), &study.err, ERROR_NOT_FOUND);
}

static void a_unit_is_accepted_only_with_its_dimension(void **state)
{
    (void)state;
    int64_t message =
        send_of("A1", NULL, AT_8, "OBX|1|NM|22664-7^Urea^LN||28|mg/dL|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: unit");
    struct feed_rule_add rule = rule_of(&dm, FEED_RULE_UNIT, "mg/dL", "mmol");
    rule.rule.item = TEXT("I.LB.UREA");
    ASSERT_ERROR(act_run(&rule.act, &study.err), &study.err, ERROR_REFUSED);
    rule = rule_of(&dm, FEED_RULE_UNIT, "mg/dL", "mg/dL{BUN}");
    rule.rule.item = TEXT("I.LB.UREA");
    ASSERT_OK(act_run(&rule.act, &study.err), &study.err);
    file_again();
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value(BASELINE, "I.LB.UREA"), "10.0");
    /* What asked about the unit is answered. */
    assert_int_equal(fixture_queries(&study, person, BASELINE, "CK079"), 0);
}

static void a_patient_who_is_attached_gets_all_results_of_the_number(void **state)
{
    (void)state;
    const char *patient = "H99^^^HOSP^MR";
    int64_t first =
        send_of("A1", patient, AT_8, "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    int64_t second = send_of("A2", patient, "20261122150000+0800",
                             "OBX|1|NM|2823-3^K^LN||4.2|mmol/L|||||F\r");
    struct patient_attach attach = {
        .act = act_of(study.study, &crc, study.arena, patient_attach),
        .message = first,
        .participant = person,
        .reason = WHY};
    ASSERT_OK(act_run(&attach.act, &study.err), &study.err);
    assert_int_equal(attach.reopened, 2);
    file_again();
    assert_string_equal(laboratory_state(&study, first), "filed");
    assert_string_equal(laboratory_state(&study, second), "filed");
    assert_string_equal(value(BASELINE, "I.LB.K"), "4.1");
    /* The name that came with the number is the participant's from now on. */
    struct text body = text_format(study.arena,
                                   "PID|1||%s||SYNTHETIC^Other\rOBR|1||A3|P^P^L|||" AT_8
                                   "\rOBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r",
                                   patient);
    int64_t other = laboratory_send(&study, "A3", "20261122160000+0800", "",
                                    text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, other),
                        "quarantined: patient-differs");
    struct patient_detach detach = {
        .act = act_of(study.study, &crc, study.arena, patient_detach),
        .message = first,
        .reason = WHY};
    ASSERT_OK(act_run(&detach.act, &study.err), &study.err);
    other = send_of("A4", patient, AT_8, "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    assert_string_equal(laboratory_state(&study, other), "quarantined: patient");
}

/* Fault 11: it matches once the sender's set is stated. */
static void a_character_set_that_is_stated_holds_for_the_sender(void **state)
{
    (void)state;
    struct text number = fixture_participant(&study, person)->subject_number;
    struct text body = text_format(
        study.arena,
        "PID|1||%.*s^^^NCT07239375^PI||\xD5\xC5^\xC8\xFD\rOBR|1||A|P^P^L|||" AT_8
        "\rOBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r",
        TEXT_ARG(number));
    int64_t message = laboratory_send(&study, "A1", "20261122160000+0800", "",
                                      text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message),
                        "quarantined: character-set");
    struct feed_rule_add rule = rule_of(&crc, FEED_RULE_CHARSET, "", "GB 18030-2000");
    ASSERT_OK(act_run(&rule.act, &study.err), &study.err);
    file_again();
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value(BASELINE, "I.LB.K"), "4.1");
}

static void a_specimen_outside_the_windows_can_stand_as_unscheduled(void **state)
{
    (void)state;
    char number[24];
    int64_t message = send_of("A1", NULL, "20261122120000+0800",
                              "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    assert_string_equal(laboratory_state(&study, message), "quarantined: window");
    snprintf(number, sizeof number, "%lld", (long long)message);
    struct feed_rule_add rule = rule_of(&crc, FEED_RULE_UNSCHEDULED, number, "");
    ASSERT_OK(act_run(&rule.act, &study.err), &study.err);
    file_again();
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value(EXTRA, "I.LB.K"), "4.1");
}

/* Fault 10: a corrected result of a form that is held asks to open it, and waits. */
static void a_correction_of_what_is_held_waits_and_asks(void **state)
{
    (void)state;
    send_of("A1", NULL, AT_8, "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r");
    struct record_freeze freeze = {
        .act = act_of(study.study, &dm, study.arena, record_freeze),
        .key = {.participant = person,
                .event = TEXT("SE.BL"),
                .event_repeat = 1,
                .form = TEXT("F.LB"),
                .form_repeat = 1},
        .scope = RECORD_FORM};
    ASSERT_OK(act_run(&freeze.act, &study.err), &study.err);
    struct text number = fixture_participant(&study, person)->subject_number;
    struct text body =
        text_format(study.arena,
                    "PID|1||%.*s^^^NCT07239375^PI\rOBR|1||A1|P^P^L|||" AT_8
                    "\rOBX|1|NM|2823-3^K^LN||5.1|mmol/L|||||C\r",
                    TEXT_ARG(number));
    int64_t message = laboratory_send(&study, "A2", "20261122170000+0800", "",
                                      text_c(study.arena, body));
    assert_string_equal(laboratory_state(&study, message), "quarantined: locked");
    assert_string_equal(value(BASELINE, "I.LB.K"), "4.1");
    assert_int_equal(fixture_queries(&study, person, BASELINE, "CK086"), 1);
    freeze.act = act_of(study.study, &dm, study.arena, record_freeze);
    freeze.is_unfreezing = true;
    freeze.reason = WHY;
    ASSERT_OK(act_run(&freeze.act, &study.err), &study.err);
    struct message_retry retry = {
        .act = act_of(study.study, &crc, study.arena, message_retry)};
    ASSERT_OK(act_run(&retry.act, &study.err), &study.err);
    file_again();
    assert_string_equal(laboratory_state(&study, message), "filed");
    assert_string_equal(value(BASELINE, "I.LB.K"), "5.1");
    assert_int_equal(fixture_queries(&study, person, BASELINE, "CK086"), 0);
}

static void only_those_may_who_are_named(void **state)
{
    (void)state;
    struct feed_rule_add rule = rule_of(&crc, FEED_RULE_CODE, "PLT L", "I.LB.PLT");
    ASSERT_ERROR(act_run(&rule.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    rule = rule_of(&lab, FEED_RULE_CHARSET, "", "UNICODE UTF-8");
    ASSERT_ERROR(act_run(&rule.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    rule = rule_of(&lab, FEED_RULE_CODE, "PLT L", "I.LB.PLT");
    rule.rule.reason = TEXT(" ");
    ASSERT_ERROR(act_run(&rule.act, &study.err), &study.err, ERROR_REFUSED);
    rule = rule_of(&lab, FEED_RULE_CODE, "PLT L", "I.VS.HR");
    ASSERT_ERROR(act_run(&rule.act, &study.err), &study.err, ERROR_REFUSED);
}

static void what_waits_is_shown_without_identity(void **state)
{
    (void)state;
    struct reconcile_message shown;
    struct feed_map map;
    int64_t message = send_of("A1", "H99^^^HOSP^MR", AT_8,
                              "OBX|1|NM|PLT^Platelets^L||11|10*9/L|||||F\r"
                              "OBX|2|NM|2823-3^K^LN||4.1|mmol|||||F\r");
    ASSERT_OK(
        reconcile_read(study.study, &crc, message, study.arena, &shown, &study.err),
        &study.err);
    assert_null(shown.participant);
    assert_int_equal(shown.match.fault, FEED_REASON_PATIENT);
    assert_int_equal(shown.observation_count, 2);
    ASSERT_TEXT(shown.observations[0].meaning.code, "PLT L");
    assert_null(shown.observations[0].meaning.item);
    ASSERT_TEXT(shown.observations[1].meaning.item->oid, "I.LB.K");
    assert_false(shown.observations[1].meaning.has_factor);
    ASSERT_OK(feed_map_read(study.study, &lab, study.arena, &map, &study.err),
              &study.err);
    assert_int_equal(map.unknown_count, 2);
    ASSERT_TEXT(map.unknown[0].from, "PLT L");
    ASSERT_TEXT(map.unknown[1].from, "mmol");
    assert_false(
        reconcile_read(study.study, &lab, message, study.arena, &shown, &study.err));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_code_that_is_mapped_files_all_that_wait_for_it),
        TEST(a_meaning_that_is_taken_back_holds_no_more),
        TEST(a_unit_is_accepted_only_with_its_dimension),
        TEST(a_patient_who_is_attached_gets_all_results_of_the_number),
        TEST(a_character_set_that_is_stated_holds_for_the_sender),
        TEST(a_specimen_outside_the_windows_can_stand_as_unscheduled),
        TEST(a_correction_of_what_is_held_waits_and_asks),
        TEST(only_those_may_who_are_named),
        TEST(what_waits_is_shown_without_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

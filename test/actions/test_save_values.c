#include "support/study_fixture.h"
#include "support/unit.h"

#include "base/limits.h"

#include <string.h>

#define SCREENING "SE.SCR", "F.SCR"
#define BASELINE  "SE.BL", "F.DM"

static struct fixture study;
static struct caller crc, rn, lab;
static int64_t person; /* a screening record */

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    rn = fixture_person(&study, "rn", ROLE_RN);
    lab = fixture_person(&study, "lab", ROLE_LAB);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* Saves one mutation on the demography form; stops unless the batch itself is taken. */
static struct mutation_result save_one(const struct caller *by,
                                       struct mutation mutation)
{
    struct save_values verb = fixture_save_of(&study, by, person, BASELINE);
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    return verb.outcomes[0];
}

static void expect_rejected(struct mutation_result result, const char *where,
                            const char *words)
{
    assert_int_equal(result.status, MUTATION_REJECTED);
    assert_string_equal(result.why->where, where);
    if (strstr(result.why->text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", result.why->text, words);
}

static const char *weight(void)
{
    return fixture_value(&study, person, BASELINE, "I.DM.WEIGHT", 0);
}

static const char *weight_version(void)
{
    return fixture_version(&study, person, BASELINE, "I.DM.WEIGHT", 0);
}

/* --- values ---------------------------------------------------------------------------- */

static void a_first_entry_is_stored_and_needs_no_reason(void **state)
{
    (void)state;
    struct mutation_result result = save_one(
        &crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")});
    assert_int_equal(result.status, MUTATION_OK);
    assert_string_equal(weight(), "61.5");
}

static void what_a_chinese_keyboard_types_is_normalised(void **state)
{
    (void)state;
    save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"),
                                     .value = TEXT(" ６１．５ ")});
    assert_string_equal(weight(), "61.5");
}

static void a_change_replaces_the_value_and_needs_a_reason(void **state)
{
    (void)state;
    save_one(&crc,
             (struct mutation){.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")});
    struct mutation change = {.item = TEXT("I.DM.WEIGHT"),
                              .value = TEXT("65.1"),
                              .base = text_of(weight_version())};
    expect_rejected(save_one(&crc, change), "mutations[0].reason", "reason");
    assert_string_equal(weight(), "61.5");
    change.reason = TEXT("typing error");
    assert_int_equal(save_one(&crc, change).status, MUTATION_OK);
    assert_string_equal(weight(), "65.1");
}

static void the_same_value_on_the_same_base_changes_nothing(void **state)
{
    (void)state;
    save_one(&crc,
             (struct mutation){.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")});
    size_t events = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    const char *version = weight_version();
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    struct mutation again = {
        .item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5"), .base = text_of(version)};
    ASSERT_OK(fixture_save(&study, &verb, &again, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
    assert_int_equal(verb.seq, 0);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), events);
    assert_string_equal(weight_version(), version);
}

static void a_missing_reason_is_an_answer(void **state)
{
    (void)state;
    save_one(&crc,
             (struct mutation){.item = TEXT("I.DM.WEIGHT"), .missing = TEXT("UNK")});
    assert_string_equal(weight(), "?UNK");
}

static void the_missing_reason_other_needs_a_text(void **state)
{
    (void)state;
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .missing = TEXT("OTH")};
    expect_rejected(save_one(&crc, mutation), "mutations[0].missing_text", "text");
    mutation.missing_text = TEXT("scale broken");
    assert_int_equal(save_one(&crc, mutation).status, MUTATION_OK);
}

static void an_unknown_missing_reason_is_rejected(void **state)
{
    (void)state;
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"),
                                                     .missing = TEXT("CLEARED")}),
                    "mutations[0].missing", "CLEARED");
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"),
                                                     .missing = TEXT("XX")}),
                    "mutations[0].missing", "XX");
}

static void a_mistaken_entry_is_cleared_with_a_reason(void **state)
{
    (void)state;
    save_one(&crc,
             (struct mutation){.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")});
    struct mutation clear = {.item = TEXT("I.DM.WEIGHT"),
                             .value = TEXT(""),
                             .base = text_of(weight_version())};
    expect_rejected(save_one(&crc, clear), "mutations[0].reason", "reason");
    clear.reason = TEXT("wrong patient");
    assert_int_equal(save_one(&crc, clear).status, MUTATION_OK);
    assert_string_equal(weight(), "");
}

static void nothing_is_cleared_where_nothing_is_named(void **state)
{
    (void)state;
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"),
                                                     .value = TEXT(""),
                                                     .reason = TEXT("mistake")}),
                    "mutations[0].base", "nothing to clear");
}

static void a_value_or_a_missing_reason_but_not_both(void **state)
{
    (void)state;
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT")}),
                    "mutations[0].value", "either");
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"),
                                                     .value = TEXT("60"),
                                                     .missing = TEXT("ND")}),
                    "mutations[0].value", "either");
}

static void a_value_of_the_wrong_type_is_rejected_with_its_position(void **state)
{
    (void)state;
    struct mutation_result result = save_one(
        &crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61x5")});
    expect_rejected(result, "mutations[0].value", "");
    assert_int_equal(result.why->at, 2);
    assert_string_equal(weight(), "");
}

static void a_fact_out_of_range_is_stored_and_queried(void **state)
{
    (void)state;
    save_one(&crc,
             (struct mutation){.item = TEXT("I.DM.WEIGHT"), .value = TEXT("615")});
    assert_string_equal(weight(), "615");
    assert_int_equal(fixture_queries(&study, person, BASELINE, "RANGE"), 1);
    save_one(&crc, (struct mutation){.item = TEXT("I.DM.WEIGHT"),
                                     .value = TEXT("61.5"),
                                     .base = text_of(weight_version()),
                                     .reason = TEXT("decimal point")});
    assert_int_equal(fixture_queries(&study, person, BASELINE, "RANGE"), 0);
}

static void the_right_ones_of_a_batch_are_stored_though_others_are_rejected(
    void **state)
{
    (void)state;
    const struct mutation mutations[] = {
        {.item = TEXT_INIT("I.DM.SEX"), .value = TEXT_INIT("X")},
        {.item = TEXT_INIT("I.DM.WEIGHT"), .value = TEXT_INIT("61.5")},
    };
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    ASSERT_OK(fixture_save(&study, &verb, mutations, 2), &study.err);
    expect_rejected(verb.outcomes[0], "mutations[0].value", "");
    assert_int_equal(verb.outcomes[1].status, MUTATION_OK);
    assert_string_equal(weight(), "61.5");
    /* The version names the place in the batch as it was sent. */
    assert_int_equal(verb.outcomes[1].version.place, 1);
    assert_string_equal(strchr(weight_version(), ':'), ":1");
}

/* --- items, rows, repeats --------------------------------------------------------------- */

static void an_unknown_item_is_rejected_with_the_nearest_name(void **state)
{
    (void)state;
    struct mutation_result result = save_one(
        &crc, (struct mutation){.item = TEXT("I.DM.WEIGTH"), .value = TEXT("61.5")});
    expect_rejected(result, "mutations[0].item", "I.DM.WEIGTH");
    assert_non_null(strstr(result.why->hint, "I.DM.WEIGHT"));
}

static void an_item_of_another_form_is_rejected(void **state)
{
    (void)state;
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.SCR.HVOL"),
                                                     .value = TEXT("N")}),
                    "mutations[0].item", "F.DM");
}

static void what_the_program_fills_in_is_not_typed(void **state)
{
    (void)state;
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.SUBJID"),
                                                     .value = TEXT("H4-099")}),
                    "mutations[0].item", "by the program");
    expect_rejected(save_one(&crc, (struct mutation){.item = TEXT("I.DM.BMI"),
                                                     .value = TEXT("21.0")}),
                    "mutations[0].item", "by the program");
}

static void rows_begin_with_1_where_a_section_repeats(void **state)
{
    (void)state;
    const struct mutation mutations[] = {
        {.item = TEXT_INIT("I.SCR.XSITE"), .row = 0, .value = TEXT_INIT("PTL")},
        {.item = TEXT_INIT("I.SCR.XSITE"), .row = -1, .value = TEXT_INIT("PTL")},
        {.item = TEXT_INIT("I.SCR.XSITE"), .row = 9999, .value = TEXT_INIT("PTL")},
        {.item = TEXT_INIT("I.SCR.HVOL"), .row = 1, .value = TEXT_INIT("N")},
        {.item = TEXT_INIT("I.SCR.XSITE"), .row = 2, .value = TEXT_INIT("PTL")},
    };
    struct save_values verb = fixture_save_of(&study, &crc, person, SCREENING);
    ASSERT_OK(fixture_save(&study, &verb, mutations, ARRAY_COUNT(mutations)),
              &study.err);
    expect_rejected(verb.outcomes[0], "mutations[0].row", "count from 1");
    expect_rejected(verb.outcomes[1], "mutations[1].row", "count from 1");
    expect_rejected(verb.outcomes[2], "mutations[2].row", "count from 1");
    expect_rejected(verb.outcomes[3], "mutations[3].row", "does not repeat");
    assert_int_equal(verb.outcomes[4].status, MUTATION_OK);
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.XSITE", 2),
                        "PTL");
}

static bool save_repeat(int64_t event_repeat, const char *event, const char *form,
                        int64_t form_repeat, const char *item, const char *value)
{
    struct mutation mutation = {.item = text_of(item), .value = text_of(value)};
    struct save_values verb = fixture_save_of(&study, &crc, person, event, form);
    verb.event_repeat = event_repeat;
    verb.form_repeat = form_repeat;
    return fixture_save(&study, &verb, &mutation, 1);
}

static void a_form_repeats_with_the_next_number(void **state)
{
    (void)state;
    ASSERT_ERROR(save_repeat(1, "SE.SCR", "F.ICF", 2, "I.ICF.ICFTYPE", "PRO"),
                 &study.err, ERROR_REFUSED);
    ASSERT_OK(save_repeat(1, "SE.SCR", "F.ICF", 1, "I.ICF.ICFTYPE", "PRO"), &study.err);
    ASSERT_OK(save_repeat(1, "SE.SCR", "F.ICF", 2, "I.ICF.ICFTYPE", "CONT"),
              &study.err);
    ASSERT_ERROR(save_repeat(1, "SE.SCR", "F.ICF", 4, "I.ICF.ICFTYPE", "PRO"),
                 &study.err, ERROR_REFUSED);
    ASSERT_ERROR(save_repeat(1, "SE.BL", "F.DM", 2, "I.DM.WEIGHT", "60"), &study.err,
                 ERROR_REFUSED);
}

static void an_event_repeats_with_the_next_number(void **state)
{
    (void)state;
    ASSERT_ERROR(save_repeat(2, "SE.CONS", "F.ICF", 1, "I.ICF.ICFTYPE", "CONT"),
                 &study.err, ERROR_REFUSED);
    ASSERT_OK(save_repeat(1, "SE.CONS", "F.ICF", 1, "I.ICF.ICFTYPE", "CONT"),
              &study.err);
    ASSERT_OK(save_repeat(2, "SE.CONS", "F.ICF", 1, "I.ICF.ICFTYPE", "CONT"),
              &study.err);
    ASSERT_ERROR(save_repeat(2, "SE.BL", "F.DM", 1, "I.DM.WEIGHT", "60"), &study.err,
                 ERROR_REFUSED);
}

static void a_place_that_the_study_does_not_have_is_not_found(void **state)
{
    (void)state;
    ASSERT_ERROR(save_repeat(1, "SE.XX", "F.DM", 1, "I.DM.WEIGHT", "60"), &study.err,
                 ERROR_NOT_FOUND);
    ASSERT_ERROR(save_repeat(1, "SE.BL", "F.XX", 1, "I.DM.WEIGHT", "60"), &study.err,
                 ERROR_NOT_FOUND);
    ASSERT_ERROR(save_repeat(1, "SE.SCR", "F.DM", 1, "I.DM.WEIGHT", "60"), &study.err,
                 ERROR_NOT_FOUND);
    person = 999;
    ASSERT_ERROR(save_repeat(1, "SE.BL", "F.DM", 1, "I.DM.WEIGHT", "60"), &study.err,
                 ERROR_NOT_FOUND);
}

static void an_unknown_design_version_is_refused(void **state)
{
    (void)state;
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")};
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    verb.design_version = TEXT("9.9");
    ASSERT_ERROR(fixture_save(&study, &verb, &mutation, 1), &study.err, ERROR_REFUSED);
    verb.design_version = study_design(study.study)->version;
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
}

static void an_empty_batch_is_refused(void **state)
{
    (void)state;
    struct save_values verb = fixture_save_of(&study, &crc, person, BASELINE);
    ASSERT_ERROR(fixture_save(&study, &verb, NULL, 0), &study.err, ERROR_REFUSED);
}

/* --- who may ------------------------------------------------------------------------------- */

static void a_role_without_the_form_is_refused_and_that_is_on_the_log(void **state)
{
    (void)state;
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")};
    struct save_values verb = fixture_save_of(&study, &lab, person, BASELINE);
    ASSERT_ERROR(fixture_save(&study, &verb, &mutation, 1), &study.err,
                 ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 1);
    assert_string_equal(weight(), "");
}

static void the_date_of_birth_needs_the_right_to_the_vault(void **state)
{
    (void)state;
    struct caller both = crc;
    const struct grant without_vault[] = {{.role = ROLE_RN, .site = TEXT_INIT("01")}};
    struct mutation mutation = {.item = TEXT("I.SCR.BRTHDT"),
                                .value = TEXT("1981-05-17")};
    struct save_values verb = fixture_save_of(&study, &both, person, SCREENING);
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
    both.grants = without_vault;
    verb = fixture_save_of(&study, &both, person, SCREENING);
    ASSERT_ERROR(fixture_save(&study, &verb, &mutation, 1), &study.err,
                 ERROR_NOT_ALLOWED);
}

/* --- the program's own values ----------------------------------------------------------------- */

static void what_follows_from_the_values_is_saved_with_them(void **state)
{
    (void)state;
    fixture_enter(&study, &rn, person, BASELINE, "I.DM.WEIGHT", "61.5", "I.DM.HEIGHT",
                  "170", NULL);
    /* 61.5 / 1.70² = 21.28… */
    assert_string_equal(fixture_value(&study, person, BASELINE, "I.DM.BMI", 0), "21.3");
    fixture_make_eligible(&study, &crc, person);
    /* From 1981-05-17 to 2026-11-22. */
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.AGE", 0), "45");
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.SITEOK", 1),
                        "Y");
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.ELIG", 0), "Y");
}

static void a_derived_value_follows_a_correction_of_another_item_later(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    struct mutation change = {
        .item = TEXT("I.SCR.SCRDTM"),
        .value = TEXT("2026-05-16T09:00+08:00"),
        .base = text_of(fixture_version(&study, person, SCREENING, "I.SCR.SCRDTM", 0)),
        .reason = TEXT("wrong month")};
    struct save_values verb = fixture_save_of(&study, &crc, person, SCREENING);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    /* The day before the birthday; the date of birth was in the vault all the time. */
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.AGE", 0), "44");
}

static void a_hard_check_opens_a_query_and_a_correction_closes_it(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.SCRDTM",
                  "2026-11-22T09:30+08:00", "I.SCR.BRTHDT", "1960-01-01",
                  "I.SCR.SCRRES", "ENR", NULL);
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.AGE", 0), "66");
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 1);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK002"), 1);
    struct mutation change = {
        .item = TEXT("I.SCR.SCRRES"),
        .value = TEXT("INEL"),
        .base = text_of(fixture_version(&study, person, SCREENING, "I.SCR.SCRRES", 0)),
        .reason = TEXT("too old")};
    struct save_values verb = fixture_save_of(&study, &crc, person, SCREENING);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 0);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK002"), 0);
}

static void the_state_follows_eligibility_and_consent(void **state)
{
    (void)state;
    assert_int_equal(fixture_participant(&study, person)->state, PARTICIPANT_SCREENED);
    fixture_make_eligible(&study, &crc, person);
    assert_int_equal(fixture_participant(&study, person)->state, PARTICIPANT_ELIGIBLE);
    fixture_consent(&study, &crc, person);
    assert_int_equal(fixture_participant(&study, person)->state, PARTICIPANT_CONSENTED);
}

static void a_consent_carries_its_number_and_who_obtained_it(void **state)
{
    (void)state;
    fixture_consent(&study, &crc, person);
    assert_string_equal(
        fixture_value(&study, person, "SE.SCR", "F.ICF", "I.ICF.ICFSEQ", 0), "1");
    assert_string_equal(
        fixture_value(&study, person, "SE.SCR", "F.ICF", "I.ICF.ICFBY", 0),
        "SYNTHETIC crc");
}

static void a_date_of_birth_is_kept_in_the_vault(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.BRTHDT", 0),
                        "(vault)");
}

/* --- times ---------------------------------------------------------------------------------------- */

static void a_backdated_time_needs_its_own_right(void **state)
{
    (void)state;
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"),
                                .value = TEXT("61.5"),
                                .stated = TEXT("2026-11-22T08:00+08:00")};
    /* 'enter DM' and 'save with backdated event time' are both held by RN. */
    assert_int_equal(save_one(&rn, mutation).status, MUTATION_OK);
    mutation.stated = TEXT("yesterday");
    mutation.item = TEXT("I.DM.HEIGHT");
    expect_rejected(save_one(&rn, mutation), "mutations[0].stated", "date and time");
    mutation.stated = TEXT("2026-11-22T12:00+08:00");
    expect_rejected(save_one(&rn, mutation), "mutations[0].stated", "future");
}

/* --- the same batch again ---------------------------------------------------------------------------- */

static void the_same_batch_again_gets_the_first_answer(void **state)
{
    (void)state;
    const struct mutation mutations[] = {
        {.item = TEXT_INIT("I.DM.SEX"), .value = TEXT_INIT("X")},
        {.item = TEXT_INIT("I.DM.WEIGHT"), .value = TEXT_INIT("61.5")},
    };
    struct save_values first = fixture_save_of(&study, &crc, person, BASELINE);
    struct save_values again = first;
    ASSERT_OK(fixture_save(&study, &first, mutations, 2), &study.err);
    size_t events = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    ASSERT_OK(fixture_save(&study, &again, mutations, 2), &study.err);
    assert_true(again.is_duplicate);
    assert_int_equal(again.seq, first.seq);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), events);
    assert_int_equal(again.outcomes[0].status, MUTATION_REJECTED);
    assert_string_equal(again.outcomes[0].why->text, first.outcomes[0].why->text);
    assert_string_equal(again.outcomes[0].why->hint, first.outcomes[0].why->hint);
    assert_string_equal(again.outcomes[0].why->where, "mutations[0].value");
    assert_int_equal(again.outcomes[1].version.seq, first.outcomes[1].version.seq);
    assert_int_equal(again.outcomes[1].version.place, 1);
}

static void the_same_id_with_other_bytes_is_refused(void **state)
{
    (void)state;
    struct mutation mutation = {.item = TEXT("I.DM.WEIGHT"), .value = TEXT("61.5")};
    struct save_values first = fixture_save_of(&study, &crc, person, BASELINE);
    struct save_values other = first;
    ASSERT_OK(fixture_save(&study, &first, &mutation, 1), &study.err);
    other.digest = hash_of(TEXT("other bytes"));
    mutation.value = TEXT("99");
    ASSERT_ERROR(fixture_save(&study, &other, &mutation, 1), &study.err, ERROR_CHANGED);
    assert_string_equal(weight(), "61.5");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_first_entry_is_stored_and_needs_no_reason),
        TEST(what_a_chinese_keyboard_types_is_normalised),
        TEST(a_change_replaces_the_value_and_needs_a_reason),
        TEST(the_same_value_on_the_same_base_changes_nothing),
        TEST(a_missing_reason_is_an_answer),
        TEST(the_missing_reason_other_needs_a_text),
        TEST(an_unknown_missing_reason_is_rejected),
        TEST(a_mistaken_entry_is_cleared_with_a_reason),
        TEST(nothing_is_cleared_where_nothing_is_named),
        TEST(a_value_or_a_missing_reason_but_not_both),
        TEST(a_value_of_the_wrong_type_is_rejected_with_its_position),
        TEST(a_fact_out_of_range_is_stored_and_queried),
        TEST(the_right_ones_of_a_batch_are_stored_though_others_are_rejected),
        TEST(an_unknown_item_is_rejected_with_the_nearest_name),
        TEST(an_item_of_another_form_is_rejected),
        TEST(what_the_program_fills_in_is_not_typed),
        TEST(rows_begin_with_1_where_a_section_repeats),
        TEST(a_form_repeats_with_the_next_number),
        TEST(an_event_repeats_with_the_next_number),
        TEST(a_place_that_the_study_does_not_have_is_not_found),
        TEST(an_unknown_design_version_is_refused),
        TEST(an_empty_batch_is_refused),
        TEST(a_role_without_the_form_is_refused_and_that_is_on_the_log),
        TEST(the_date_of_birth_needs_the_right_to_the_vault),
        TEST(what_follows_from_the_values_is_saved_with_them),
        TEST(a_derived_value_follows_a_correction_of_another_item_later),
        TEST(a_hard_check_opens_a_query_and_a_correction_closes_it),
        TEST(the_state_follows_eligibility_and_consent),
        TEST(a_consent_carries_its_number_and_who_obtained_it),
        TEST(a_date_of_birth_is_kept_in_the_vault),
        TEST(a_backdated_time_needs_its_own_right),
        TEST(the_same_batch_again_gets_the_first_answer),
        TEST(the_same_id_with_other_bytes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

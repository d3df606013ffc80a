/* What a save of one form changes on the other forms of the participant. */
#include "support/study_fixture.h"
#include "support/unit.h"

#define SCREENING "SE.SCR", "F.SCR"
#define BASELINE  "SE.BL", "F.LB"
#define SIX_HOURS "SE.H6", "F.LB"
#define INSERTION "SE.T0", "F.IO"
#define CLEARANCE "I.LB.LACCLR"

static struct fixture study;
static struct caller crc, inv;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    inv = fixture_person(&study, "inv", ROLE_INV);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static void correct(const struct caller *by, const char *event, const char *form,
                    const char *item, int64_t row, const char *value)
{
    struct mutation change = {
        .item = text_of(item),
        .row = row,
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, event, form, item, row)),
        .reason = TEXT("SYNTHETIC correction")};
    struct save_values verb = fixture_save_of(&study, by, person, event, form);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

/* (baseline - lactate) / baseline, in whole per cent. */
static void a_derived_value_follows_an_answer_of_another_form(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SIX_HOURS, "I.LB.LAC", "2.0", NULL);
    assert_string_equal(fixture_value(&study, person, SIX_HOURS, CLEARANCE, 0), "");
    fixture_enter(&study, &crc, person, BASELINE, "I.LB.LAC", "4.0", NULL);
    assert_string_equal(fixture_value(&study, person, SIX_HOURS, CLEARANCE, 0), "50");
    correct(&crc, BASELINE, "I.LB.LAC", 0, "8.0");
    assert_string_equal(fixture_value(&study, person, SIX_HOURS, CLEARANCE, 0), "75");
    correct(&crc, BASELINE, "I.LB.LAC", 0, "1.5");
    assert_string_equal(fixture_value(&study, person, SIX_HOURS, CLEARANCE, 0), "");
}

/* CK014 stands at the screening result and reads the punctures and the consents. */
static void a_check_fires_on_the_form_where_it_stands(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.SCRRES", "ENR", NULL);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK014"), 0);
    fixture_enter(&study, &inv, person, INSERTION, "I.IO.PUNDTM#1",
                  "2026-11-20T08:00:00+08:00", NULL);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK014"), 1);
    correct(&inv, INSERTION, "I.IO.PUNDTM", 1, "2026-11-22T09:59:00+08:00");
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK014"), 0);
}

static void what_no_change_reaches_is_left_alone(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.SCRRES", "ENR", NULL);
    size_t open = fixture_queries(&study, person, SCREENING, "CK003");
    assert_int_equal(open, 1);
    size_t saved = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    fixture_enter(&study, &crc, person, "SE.BL", "F.DM", "I.DM.HEIGHT", "170", NULL);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), saved + 1);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK003"), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_derived_value_follows_an_answer_of_another_form),
        TEST(a_check_fires_on_the_form_where_it_stands),
        TEST(what_no_change_reaches_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

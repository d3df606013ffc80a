/* Rules run again when a register has changed, and when the day of a line comes. */
#include "actions/register.h"
#include "actions/register_rules.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include <stdarg.h>

#define CONSENT   "SE.SCR", "F.ICF"
#define SCREENING "SE.SCR", "F.SCR"

static struct fixture study;
static struct caller crc, dm, pi;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    dm = fixture_person(&study, "dm", ROLE_DM);
    pi = fixture_person(&study, "pi", ROLE_PI);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* Fields and values in turn, NULL at the end. */
static int64_t add(const struct caller *by, const char *name, ...)
{
    struct register_entry entries[16];
    size_t count = 0;
    va_list fields;
    va_start(fields, name);
    for (const char *at = va_arg(fields, const char *); at != NULL;
         at = va_arg(fields, const char *)) {
        entries[count].field = text_of(at);
        entries[count++].value = text_of(va_arg(fields, const char *));
    }
    va_end(fields);
    struct register_add verb = {.act =
                                    act_of(study.study, by, study.arena, register_add),
                                .name = text_of(name),
                                .site = SITE,
                                .entries = entries,
                                .entry_count = count};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    return verb.line;
}

static int64_t add_consent_form(const char *version, const char *in_force)
{
    return add(&crc, "ICFV", "VERSION", version, "LANGUAGE", "zh", "COMMITTEE",
               "SYNTHETIC", "APPROVAL", "SYN-1", "APPROVED", "2026-10-01", "IN_FORCE",
               in_force, NULL);
}

static void end_line(int64_t line, const char *day)
{
    struct register_change_line verb = {
        .act = act_of(study.study, &crc, study.arena, register_end),
        .name = TEXT("ICFV"),
        .line = line,
        .reason = TEXT("SYNTHETIC"),
        .ends_on = text_of(day)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static int64_t change_limit(const char *value, const char *in_force)
{
    return add(&dm, "CONF", "KIND", "limit", "SETTING", "age_low", "NEW", value,
               "REASON", "SYNTHETIC", "IN_FORCE", in_force, NULL);
}

static void agree_to(int64_t line)
{
    struct register_agree verb = {
        .act = act_of(study.study, &pi, study.arena, register_agree),
        .name = TEXT("CONF"),
        .line = line,
        .seen = line,
        .is_proven = true};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

/* Until nothing is left to do; how many steps did something. */
static int run_rules(void)
{
    bool is_more = true;
    int steps = 0;
    for (; is_more; steps++)
        ASSERT_OK(register_rules_step(study.study, &is_more, &study.err), &study.err);
    return steps;
}

static int64_t consent(const char *version)
{
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, CONSENT, "I.ICF.ICFTYPE", "PRO",
                  "I.ICF.ICFVER", version, "I.ICF.ICFDTM", "2026-11-21T09:00+08:00",
                  "I.ICF.ICFRES", "AGR", NULL);
    return participant;
}

static size_t asked(int64_t participant)
{
    return fixture_queries(&study, participant, CONSENT, "CK020");
}

/* CK001: younger than the limit. */
static int64_t aged_26(void)
{
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, SCREENING, "I.SCR.BRTHDT", "2000-02-29",
                  "I.SCR.SCRDTM", "2026-11-22T09:00+08:00", "I.SCR.SCRRES", "ENR",
                  NULL);
    assert_int_equal(fixture_queries(&study, participant, SCREENING, "CK001"), 0);
    return participant;
}

static void a_line_that_is_added_opens_and_another_one_closes_what_a_check_asks(
    void **state)
{
    (void)state;
    int64_t person = consent("1.0");
    add_consent_form("1.1", "2026-11-20");
    assert_int_equal(asked(person), 0);
    run_rules();
    assert_int_equal(asked(person), 1);
    add_consent_form("1.0", "2026-11-20");
    run_rules();
    assert_int_equal(asked(person), 0);
}

static void a_line_that_is_ended_opens_it(void **state)
{
    (void)state;
    int64_t person = consent("1.0");
    int64_t line = add_consent_form("1.0", "2026-10-02");
    run_rules();
    assert_int_equal(asked(person), 0);
    end_line(line, "2026-11-20");
    run_rules();
    assert_int_equal(asked(person), 1);
}

static void a_limit_counts_once_the_second_person_has_agreed(void **state)
{
    (void)state;
    int64_t person = aged_26();
    int64_t line = change_limit("30 a", "2026-11-22");
    run_rules();
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 0);
    agree_to(line);
    run_rules();
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 1);
}

static void the_day_of_a_line_comes_without_an_act(void **state)
{
    (void)state;
    int64_t person = aged_26();
    agree_to(change_limit("30 a", "2026-11-23")); /* its first minute is in 14 hours */
    run_rules();
    fixture_pass(&study, 14 * HOUR - MINUTE);
    run_rules();
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 0);
    fixture_pass(&study, 2 * MINUTE);
    run_rules();
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 1);
}

static void a_day_that_came_while_nobody_served_is_made_up_for(void **state)
{
    (void)state;
    int64_t person = aged_26();
    agree_to(change_limit("30 a", "2026-11-23"));
    run_rules();
    fixture_pass(&study, 2 * (int64_t)DAY);
    fixture_reopen(&study);
    run_rules();
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 1);
}

static void everybody_has_a_turn_and_nobody_a_second_one(void **state)
{
    (void)state;
    int64_t people[45];
    for (size_t i = 0; i < ARRAY_COUNT(people); i++)
        people[i] = consent("1.0");
    add_consent_form("1.1", "2026-11-20");
    assert_int_equal(run_rules(), 3); /* twenty in one step */
    for (size_t i = 0; i < ARRAY_COUNT(people); i++)
        assert_int_equal(asked(people[i]), 1);
    size_t before = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    assert_int_equal(run_rules(), 1);
    fixture_reopen(&study);
    assert_int_equal(run_rules(), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), before);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_line_that_is_added_opens_and_another_one_closes_what_a_check_asks),
        TEST(a_line_that_is_ended_opens_it),
        TEST(a_limit_counts_once_the_second_person_has_agreed),
        TEST(the_day_of_a_line_comes_without_an_act),
        TEST(a_day_that_came_while_nobody_served_is_made_up_for),
        TEST(everybody_has_a_turn_and_nobody_a_second_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

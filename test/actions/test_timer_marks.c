/* Marks of the placement clock (specification 8.1, 'run bedside timer' and 'edit timer mark';
 * second check of critical manual entry: "only when a timer mark is typed or changed by
 * hand", "only when typed and not scanned"). */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/form_view.h"

#include <string.h>

#define INSERTION "SE.T0", "F.IO"
#define DECISION  "I.IO.DECDTM"
#define LABEL     "I.IO.UDIRAW"
/* Check digit by the General Specifications, 7.9: 3 and 1 in turn. */
#define SCANNED "(01)06901234567892(17)280831(10)L7(21)S9"

static struct fixture study;
static struct caller inv, opr, nurse, crc;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    nurse = fixture_person(&study, "rn", ROLE_RN);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

static struct mutation_result save(const struct caller *by, struct mutation change)
{
    struct save_values verb = fixture_save_of(&study, by, person, INSERTION);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    return verb.outcomes[0];
}

static struct mutation tapped(const char *at)
{
    return (struct mutation){
        .item = TEXT(DECISION), .value = text_of(at), .source = SOURCE_TIMER};
}

static struct mutation typed(const char *at)
{
    return (struct mutation){.item = TEXT(DECISION), .value = text_of(at)};
}

static struct mutation changed(struct mutation change)
{
    change.base =
        text_of(fixture_version(&study, person, INSERTION, DECISION, change.row));
    change.reason = TEXT("SYNTHETIC");
    return change;
}

static void expect_taken(struct mutation_result result)
{
    if (result.status == MUTATION_REJECTED)
        ASSERT_OK(false, result.why);
}

static void expect_not_allowed(struct mutation_result result)
{
    assert_int_equal(result.status, MUTATION_REJECTED);
    assert_int_equal(result.why->code, ERROR_NOT_ALLOWED);
    assert_string_equal(result.why->where, "mutations[0].item");
}

static const char *stands(void)
{
    return fixture_value(&study, person, INSERTION, DECISION, 0);
}

static size_t checks_waiting(void)
{
    struct form_view *view = NULL;
    struct form_key key = {.participant = person,
                           .event = TEXT("SE.T0"),
                           .event_repeat = 1,
                           .form = TEXT("F.IO"),
                           .form_repeat = 1};
    ASSERT_OK(form_view_read(study.study, &inv, &key, study.arena, &view, &study.err),
              &study.err);
    return view->second_checks.count;
}

static void who_runs_the_clock_taps(void **state)
{
    const struct caller *const who[] = {&inv, &opr, &nurse};
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(who); i++) {
        person = fixture_screen(&study, &crc);
        expect_taken(save(who[i], tapped("2026-11-22T09:50:00+08:00")));
        assert_string_equal(stands(), "2026-11-22T09:50:00+08:00");
    }
}

static void who_enters_the_form_and_does_not_run_the_clock_cannot_tap(void **state)
{
    (void)state;
    expect_not_allowed(save(&crc, tapped("2026-11-22T09:50:00+08:00")));
    expect_taken(save(
        &crc, (struct mutation){.item = TEXT("I.IO.IOSITE"), .value = TEXT("PTL")}));
}

static void a_mark_is_typed_by_who_may_edit_it_alone(void **state)
{
    (void)state;
    expect_not_allowed(save(&nurse, typed("2026-11-22T09:50:00+08:00")));
    expect_not_allowed(save(&opr, typed("2026-11-22T09:50:00+08:00")));
    expect_taken(save(&inv, typed("2026-11-22T09:50:00+08:00")));
}

static void a_mark_that_stands_is_changed_by_who_may_edit_it_alone(void **state)
{
    (void)state;
    expect_taken(save(&nurse, tapped("2026-11-22T09:50:00+08:00")));
    expect_not_allowed(save(&nurse, changed(typed("2026-11-22T09:40:00+08:00"))));
    expect_not_allowed(save(&nurse, changed(tapped("2026-11-22T09:40:00+08:00"))));
    assert_string_equal(stands(), "2026-11-22T09:50:00+08:00");
    expect_taken(save(&inv, changed(typed("2026-11-22T09:40:00+08:00"))));
    assert_string_equal(stands(), "2026-11-22T09:40:00+08:00");
}

static void that_there_is_no_mark_is_said_by_who_enters_the_form(void **state)
{
    struct mutation none = {.item = TEXT("I.IO.FLUDTM"), .missing = TEXT("NA")};
    (void)state;
    expect_taken(save(&crc, none));
    none.item = TEXT(DECISION);
    expect_taken(save(&nurse, tapped("2026-11-22T09:50:00+08:00")));
    expect_not_allowed(save(&nurse, changed(none)));
    assert_string_equal(stands(), "2026-11-22T09:50:00+08:00");
}

static void who_runs_the_clock_takes_a_tap_back_and_taps_again(void **state)
{
    (void)state;
    expect_taken(save(&nurse, tapped("2026-11-22T09:50:00+08:00")));
    expect_taken(save(&opr, changed(tapped(""))));
    assert_string_equal(stands(), "");
    expect_taken(save(&nurse, changed(tapped("2026-11-22T09:55:00+08:00"))));
    assert_string_equal(stands(), "2026-11-22T09:55:00+08:00");
}

static void only_a_typed_or_changed_mark_waits_for_a_second_person(void **state)
{
    (void)state;
    expect_taken(save(&nurse, tapped("2026-11-22T09:50:00+08:00")));
    assert_int_equal(checks_waiting(), 0);
    expect_taken(save(&inv, changed(typed("2026-11-22T09:51:00+08:00"))));
    assert_int_equal(checks_waiting(), 1);
}

static void only_a_typed_label_is_typed_again(void **state)
{
    struct mutation label = {
        .item = TEXT(LABEL), .value = TEXT(SCANNED), .source = SOURCE_SCANNER};
    (void)state;
    expect_taken(save(&nurse, label));
    assert_int_equal(checks_waiting(), 0);
    person = fixture_screen(&study, &crc);
    label.source = SOURCE_PERSON;
    expect_taken(save(&nurse, label));
    assert_int_equal(checks_waiting(), 1);
}

/* Otherwise a typed value would pass for a measured one. */
static void what_is_no_mark_is_not_tapped_and_what_is_no_label_not_scanned(void **state)
{
    struct mutation site = {
        .item = TEXT("I.IO.IOSITE"), .value = TEXT("PTL"), .source = SOURCE_TIMER};
    struct mutation mark = tapped("2026-11-22T09:50:00+08:00");
    (void)state;
    mark.source = SOURCE_SCANNER;
    const struct mutation wrong[] = {site, mark};
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct mutation_result result = save(&inv, wrong[i]);
        assert_int_equal(result.status, MUTATION_REJECTED);
        assert_int_equal(result.why->code, ERROR_REFUSED);
        assert_string_equal(result.why->where, "mutations[0].source");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_runs_the_clock_taps),
        TEST(who_enters_the_form_and_does_not_run_the_clock_cannot_tap),
        TEST(a_mark_is_typed_by_who_may_edit_it_alone),
        TEST(a_mark_that_stands_is_changed_by_who_may_edit_it_alone),
        TEST(that_there_is_no_mark_is_said_by_who_enters_the_form),
        TEST(who_runs_the_clock_takes_a_tap_back_and_taps_again),
        TEST(only_a_typed_or_changed_mark_waits_for_a_second_person),
        TEST(only_a_typed_label_is_typed_again),
        TEST(what_is_no_mark_is_not_tapped_and_what_is_no_label_not_scanned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Why a rule says what it says about a participant. All data are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/rule_explain.h"

#define SCREENING "SE.SCR", "F.SCR"

static struct fixture study;
static struct caller crc, adm, stranger;
static int64_t person;
static struct rule_list list;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    adm = fixture_person(&study, "adm", ROLE_ADM);
    stranger = fixture_stranger(&study, "far", ROLE_CRC);
    person = fixture_screen(&study, &crc);
    ASSERT_OK(rule_list_make(study_rulebook(study.study, study_design(study.study)),
                             study.arena, &list, &study.err),
              &study.err);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct explain_request request_of(const char *rule)
{
    struct explain_request request = {.list = &list};
    request.participant = fixture_participant(&study, person);
    while (request.rule < list.count &&
           !text_equal(list.sources[request.rule].oid, text_of(rule)))
        request.rule++;
    assert_true(request.rule < list.count);
    return request;
}

static struct explanation explained(const struct explain_request *request)
{
    struct explanation out;
    ASSERT_OK(rule_explain(study.study, &crc, request, study.arena, &out, &study.err),
              &study.err);
    return out;
}

static const struct explained_step *step_of(const struct explained_place *place,
                                            const char *part)
{
    for (size_t i = 0; i < place->step_count; i++)
        if (text_equal(place->steps[i].part, text_of(part)))
            return &place->steps[i];
    for (size_t i = 0; i < place->step_count; i++)
        print_error("%.*s = %.*s\n", TEXT_ARG(place->steps[i].part),
                    TEXT_ARG(place->steps[i].value));
    fail_msg("no step %s", part);
    return NULL;
}

static void assert_step(const struct explained_place *place, const char *part,
                        bool is_answer, const char *value)
{
    const struct explained_step *step = step_of(place, part);
    assert_int_equal(step->is_answer, is_answer);
    ASSERT_TEXT(step->value, value);
}

/* CK004: only(INC2, '5') and HEMANY is not 'Y'. */
static void tells_what_a_check_saw_and_what_came_of_it(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.INC2", "5", "I.SCR.HEMANY",
                  "N", NULL);
    struct explain_request request = request_of("CK004");
    struct explanation why = explained(&request);
    assert_int_equal(why.place_count, 1);
    ASSERT_TEXT(why.places[0].event, "SE.SCR");
    ASSERT_TEXT(why.places[0].result, "yes");
    assert_step(&why.places[0], "INC2", true, "'5'");
    assert_step(&why.places[0], "HEMANY", true, "'N'");
    assert_step(&why.places[0], "only(INC2, '5')", false, "yes");
    assert_step(&why.places[0], "HEMANY is not 'Y'", false, "yes");
}

/* M.SCR.SITEOK stands in the rows of a section: Y when all exclusions are N. */
static void tells_one_row_or_every_row(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.EXC1#1", "N", "I.SCR.EXC1#2",
                  "Y", NULL);
    struct explain_request request = request_of("M.SCR.SITEOK");
    assert_int_equal(explained(&request).place_count, 2);
    request.row = 2;
    struct explanation why = explained(&request);
    assert_int_equal(why.place_count, 1);
    assert_int_equal(why.places[0].row, 2);
    ASSERT_TEXT(why.places[0].result, "'N'");
    ASSERT_TEXT(why.places[0].stored, "'N'");
    assert_step(&why.places[0], "EXC1", true, "'Y'");
}

static void tells_the_row_that_a_loop_looked_at(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.XSITE#1", "PTR",
                  "I.SCR.XSITE#2", "PTL", "I.SCR.EXC1#1", "N", NULL);
    for (size_t i = 0; i < list.count; i++) {
        if (!text_equal(list.sources[i].oid, TEXT("M.SCR.ELIG")))
            continue;
        struct explain_request request = request_of("M.SCR.ELIG");
        struct explanation why = explained(&request);
        size_t with_row = 0;
        for (size_t k = 0; k < why.places[0].step_count; k++) {
            struct text where = why.places[0].steps[k].where;
            with_row += text_equal(where, TEXT("SE.SCR, row 1"));
        }
        assert_true(with_row > 0);
        return;
    }
    fail_msg("the study has no M.SCR.ELIG");
}

static void shows_nothing_of_the_vault(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.SCRDTM",
                  "2026-11-22T10:00+08:00", "I.SCR.BRTHDT", "1980-02-29", NULL);
    struct explain_request request = request_of("M.SCR.AGE");
    struct explanation why = explained(&request);
    assert_int_equal(why.places[0].value.kind, DATUM_SEALED);
    ASSERT_TEXT(why.places[0].result, "sealed");
    ASSERT_TEXT(why.places[0].stored, "46");
    assert_step(&why.places[0], "BRTHDT", true, "sealed");
}

/* Screening has begun with its form; vital signs were never taken. */
static void has_no_place_where_no_form_is(void **state)
{
    (void)state;
    struct explain_request request = request_of("CK076");
    assert_int_equal(explained(&request).place_count, 0);
    request = request_of("CK004");
    assert_int_equal(explained(&request).place_count, 1);
    request.event = TEXT("SE.D7");
    assert_int_equal(explained(&request).place_count, 0);
}

static void tells_whether_an_event_takes_place(void **state)
{
    (void)state;
    struct explain_request request = request_of("C.EVENT.H96");
    struct explanation why = explained(&request);
    assert_int_equal(why.place_count, 1);
    ASSERT_TEXT(why.places[0].event, "SE.H96");
    /* No needle is in. */
    ASSERT_TEXT(why.places[0].result, "no");
}

/* Vitals and site check of each of the two events have the same condition. */
static void tells_at_which_events_forms_are_collected(void **state)
{
    (void)state;
    struct explain_request request = request_of("C.FORM.NEEDLE");
    struct explanation why = explained(&request);
    assert_int_equal(why.place_count, 2);
    ASSERT_TEXT(why.places[0].event, "SE.H48");
    ASSERT_TEXT(why.places[1].event, "SE.H72");
    ASSERT_TEXT(why.places[1].result, "no");
    request.event = TEXT("SE.H72");
    assert_int_equal(explained(&request).place_count, 1);
}

static void is_for_who_may_view_the_casebook(void **state)
{
    (void)state;
    struct explain_request request = request_of("CK004");
    struct caller at_command_line = caller_operator(TEXT("test"));
    const struct caller *others[] = {&adm, &stranger, &at_command_line};
    for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
        struct explanation out;
        ASSERT_ERROR(rule_explain(study.study, others[i], &request, study.arena, &out,
                                  &study.err),
                     &study.err, ERROR_NOT_ALLOWED);
        assert_int_equal(out.place_count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tells_what_a_check_saw_and_what_came_of_it,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(tells_one_row_or_every_row, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_the_row_that_a_loop_looked_at, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(shows_nothing_of_the_vault, setup, teardown),
        cmocka_unit_test_setup_teardown(has_no_place_where_no_form_is, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_whether_an_event_takes_place, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(tells_at_which_events_forms_are_collected,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(is_for_who_may_view_the_casebook, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

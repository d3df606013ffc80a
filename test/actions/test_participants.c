#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/form_view.h"
#include "actions/users.h"
#include "base/limits.h"

#include <string.h>

#define SCREENING "SE.SCR", "F.SCR"

static struct fixture study;
static struct caller pi, inv, crc, opr, rn, dm;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    pi = fixture_person(&study, "pi", ROLE_PI);
    inv = fixture_person(&study, "inv", ROLE_INV);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    rn = fixture_person(&study, "rn", ROLE_RN);
    dm = fixture_person(&study, "dm", ROLE_DM);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct participant_add adding(const struct caller *by, bool is_provisional)
{
    return (struct participant_add){
        .act = act_of(study.study, by, study.arena, participant_add),
        .site = SITE,
        .is_provisional = is_provisional};
}

/* --- adding ---------------------------------------------------------------------------------- */

static void screening_numbers_count_from_1(void **state)
{
    (void)state;
    ASSERT_TEXT(
        fixture_participant(&study, fixture_screen(&study, &crc))->screening_number,
        "S-0001");
    int64_t second = fixture_screen(&study, &crc);
    ASSERT_TEXT(fixture_participant(&study, second)->screening_number, "S-0002");
    assert_int_equal(fixture_participant(&study, second)->state, PARTICIPANT_SCREENED);
    assert_string_equal(fixture_value(&study, second, SCREENING, "I.SCR.SCRNO", 0),
                        "S-0002");
}

static void a_needle_does_not_wait_for_the_record(void **state)
{
    (void)state;
    const struct participant *person =
        fixture_participant(&study, fixture_place(&study, &opr));
    ASSERT_TEXT(person->provisional_number, "P-0001");
    ASSERT_TEXT(person->bed, "12");
    assert_true(text_is_absent(person->screening_number));
    assert_int_equal(person->state, PARTICIPANT_PROVISIONAL);
}

static void who_may_screen_and_who_may_place_differ(void **state)
{
    struct participant_add screening = adding(&rn, false);
    struct participant_add placing = adding(&crc, true);
    (void)state;
    ASSERT_ERROR(act_run(&screening.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(act_run(&placing.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 2);
}

static void the_same_request_again_gets_the_same_participant(void **state)
{
    struct participant_add first = adding(&crc, false);
    (void)state;
    first.has_request = true;
    memset(first.request, 7, sizeof first.request);
    struct participant_add again = first;
    ASSERT_OK(act_run(&first.act, &study.err), &study.err);
    ASSERT_OK(act_run(&again.act, &study.err), &study.err);
    assert_true(again.is_duplicate);
    assert_int_equal(again.participant->id, first.participant->id);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ADDED), 1);
}

/* --- lists --------------------------------------------------------------------------------- */

static size_t list_count(const struct caller *by, struct participants_filter filter)
{
    struct participants_page page;
    ASSERT_OK(
        participants_read(study.study, by, &filter, study.arena, &page, &study.err),
        &study.err);
    return page.count;
}

static void a_list_is_filtered_by_state_and_part_of_a_number(void **state)
{
    (void)state;
    fixture_screen(&study, &crc);
    fixture_screen(&study, &crc);
    fixture_place(&study, &opr);
    assert_int_equal(list_count(&crc, (struct participants_filter){0}), 3);
    assert_int_equal(
        list_count(&crc, (struct participants_filter){.state = TEXT("PROVISIONAL")}),
        1);
    assert_int_equal(
        list_count(&crc, (struct participants_filter){.find = TEXT("s-0")}), 2);
    assert_int_equal(
        list_count(&crc, (struct participants_filter){.find = TEXT("0002")}), 1);
    assert_int_equal(list_count(&crc, (struct participants_filter){.find = TEXT("%")}),
                     0);
}

static void a_list_comes_in_pages(void **state)
{
    struct participants_page page;
    (void)state;
    for (int i = 0; i < 5; i++)
        fixture_screen(&study, &crc);
    struct participants_filter filter = {.limit = 2};
    size_t seen = 0;
    do {
        ASSERT_OK(participants_read(study.study, &crc, &filter, study.arena, &page,
                                    &study.err),
                  &study.err);
        seen += page.count;
        filter.after = page.next;
    } while (page.next != 0);
    assert_int_equal(seen, 5);
}

static void an_unknown_state_is_refused(void **state)
{
    struct participants_filter filter = {.state = TEXT("GONE")};
    struct participants_page page;
    (void)state;
    ASSERT_ERROR(
        participants_read(study.study, &crc, &filter, study.arena, &page, &study.err),
        &study.err, ERROR_REFUSED);
}

static void another_site_sees_nobody_and_all_sites_see_everybody(void **state)
{
    struct caller stranger = fixture_stranger(&study, "stranger", ROLE_CRC);
    struct participant *found = NULL;
    (void)state;
    int64_t id = fixture_screen(&study, &crc);
    assert_int_equal(list_count(&stranger, (struct participants_filter){0}), 0);
    assert_int_equal(list_count(&dm, (struct participants_filter){0}), 1);
    ASSERT_ERROR(
        participants_find(study.study, &stranger, id, study.arena, &found, &study.err),
        &study.err, ERROR_NOT_ALLOWED);
    ASSERT_OK(participants_find(study.study, &dm, id, study.arena, &found, &study.err),
              &study.err);
}

static void an_adjudicator_sees_the_assigned_ones_only(void **state)
{
    struct caller adjudicator = fixture_person(&study, "adj", ROLE_ADJ);
    (void)state;
    int64_t assigned = fixture_screen(&study, &crc);
    fixture_screen(&study, &crc);
    assert_int_equal(list_count(&adjudicator, (struct participants_filter){0}), 0);
    adjudicator.assigned = &assigned;
    adjudicator.assigned_count = 1;
    assert_int_equal(list_count(&adjudicator, (struct participants_filter){0}), 1);
}

/* --- before the attachment -------------------------------------------------------------------- */

static bool save_one(const struct caller *by, int64_t person, const char *event,
                     const char *form, const char *item, const char *value,
                     struct mutation_result *result)
{
    struct mutation mutation = {.item = text_of(item), .value = text_of(value)};
    struct save_values verb = fixture_save_of(&study, by, person, event, form);
    bool is_taken = fixture_save(&study, &verb, &mutation, 1);
    if (is_taken)
        *result = verb.outcomes[0];
    return is_taken;
}

static void while_provisional_other_events_wait(void **state)
{
    struct mutation_result result;
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    ASSERT_ERROR(save_one(&crc, person, SCREENING, "I.SCR.HVOL", "N", &result),
                 &study.err, ERROR_REFUSED);
    assert_non_null(strstr(study.err.text, "waits"));
    ASSERT_ERROR(
        save_one(&crc, person, "SE.D7", "F.FU", "I.FU.FUDTM", "2026-11-22", &result),
        &study.err, ERROR_REFUSED);
}

static void while_provisional_of_demography_only_the_weight(void **state)
{
    struct mutation_result result;
    (void)state;
    int64_t person = fixture_place(&study, &opr);
    ASSERT_OK(save_one(&rn, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "61.5", &result),
              &study.err);
    assert_int_equal(result.status, MUTATION_OK);
    ASSERT_OK(save_one(&rn, person, "SE.BL", "F.DM", "I.DM.WTEST", "Y", &result),
              &study.err);
    assert_int_equal(result.status, MUTATION_OK);
    ASSERT_OK(save_one(&rn, person, "SE.BL", "F.DM", "I.DM.SEX", "F", &result),
              &study.err);
    assert_int_equal(result.status, MUTATION_REJECTED);
    assert_non_null(strstr(result.why->text, "waits"));
}

/* --- the attachment ------------------------------------------------------------------------------ */

static bool attach(const struct caller *by, int64_t from, int64_t to, bool *is_attached)
{
    struct participant_attach verb = {
        .act = act_of(study.study, by, study.arena, participant_attach),
        .participant = from,
        .to = to};
    bool is_done = act_run(&verb.act, &study.err);
    *is_attached = verb.is_attached;
    return is_done;
}

static bool detach(const struct caller *by, int64_t from, const char *reason)
{
    struct participant_detach verb = {
        .act = act_of(study.study, by, study.arena, participant_detach),
        .participant = from,
        .reason = text_of(reason)};
    return act_run(&verb.act, &study.err);
}

static void attach_both(int64_t from, int64_t to)
{
    bool is_attached = false;
    ASSERT_OK(attach(&crc, from, to, &is_attached), &study.err);
    assert_false(is_attached);
    fixture_pass(&study, MINUTE);
    ASSERT_OK(attach(&inv, from, to, &is_attached), &study.err);
    assert_true(is_attached);
}

static void an_attachment_takes_two_different_people(void **state)
{
    bool is_attached = false;
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    ASSERT_OK(attach(&crc, from, to, &is_attached), &study.err);
    assert_false(is_attached);
    ASSERT_OK(attach(&crc, from, to, &is_attached), &study.err);
    assert_false(is_attached);
    assert_int_equal(fixture_participant(&study, from)->attached_to, 0);
    ASSERT_ERROR(attach(&opr, from, to, &is_attached), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_OK(attach(&inv, from, to, &is_attached), &study.err);
    assert_true(is_attached);
    assert_int_equal(fixture_participant(&study, from)->attached_to, to);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ATTACH_PROPOSED), 1);
}

static void the_screening_form_tells_of_the_placement(void **state)
{
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    fixture_enter(&study, &opr, from, "SE.T0", "F.IO", "I.IO.DECDTM",
                  "2026-11-22T09:58:00+08:00", NULL);
    fixture_pass(&study, HOUR);
    int64_t to = fixture_screen(&study, &crc);
    attach_both(from, to);
#define SCREENED(item) fixture_value(&study, to, SCREENING, item, 0)
    assert_string_equal(SCREENED("I.SCR.PREREG"), "Y");
    assert_string_equal(SCREENED("I.SCR.PROVNO"), "P-0001");
    assert_string_equal(SCREENED("I.SCR.PROVBED"), "12");
    assert_string_equal(SCREENED("I.SCR.PROVDTM"), "2026-11-22T09:58:00+08:00");
    assert_string_equal(SCREENED("I.SCR.LNKDTM"), "2026-11-22T11:01:00+08:00");
    assert_string_equal(SCREENED("I.SCR.LNKBY"), "U3 U2"); /* crc, then inv */
}

static void both_records_stay_and_are_seen_together(void **state)
{
    struct casebook *book = NULL;
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    fixture_enter(&study, &rn, from, "SE.BL", "F.DM", "I.DM.WEIGHT", "61.5", NULL);
    attach_both(from, to);
    assert_string_equal(fixture_value(&study, from, "SE.BL", "F.DM", "I.DM.WEIGHT", 0),
                        "61.5");
    assert_string_equal(fixture_value(&study, to, "SE.BL", "F.DM", "I.DM.WEIGHT", 0),
                        "");
    ASSERT_OK(casebook_read(study.study, &crc, to, study.arena, &book, &study.err),
              &study.err);
    assert_non_null(book->attached);
    assert_int_equal(book->attached->id, from);
    assert_int_equal(book->form_count, 2);
    ASSERT_TEXT(book->forms[0].key.form, "F.SCR");
    assert_int_equal(book->forms[0].key.participant, to);
    ASSERT_TEXT(book->forms[1].key.form, "F.DM");
    assert_int_equal(book->forms[1].key.participant, from);
}

static int64_t instant(const char *written)
{
    struct moment moment;
    assert_true(moment_parse(text_of(written), &moment, NULL));
    return moment_instant(&moment, 480);
}

/* T0 is the first puncture of both; the participant's own insertion is the second one. */
static void the_insertion_before_registration_comes_first(void **state)
{
    struct casebook *book = NULL;
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    fixture_enter(&study, &opr, from, "SE.T0", "F.IO", "I.IO.PUNDTM#1",
                  "2026-11-22T08:00:00+08:00", NULL);
    attach_both(from, to);
    fixture_enter(&study, &inv, to, "SE.T0", "F.IO", "I.IO.PUNDTM#1",
                  "2026-11-22T09:30:00+08:00", NULL);
    assert_string_equal(fixture_value(&study, to, "SE.T0", "F.IO", "I.IO.IOSEQ", 0),
                        "2");
    ASSERT_OK(casebook_read(study.study, &crc, to, study.arena, &book, &study.err),
              &study.err);
    assert_int_equal(book->schedule.moment_count, 1);
    assert_int_equal(book->schedule.moments[0].at,
                     instant("2026-11-22T08:00:00+08:00"));
}

static void a_record_is_attached_once(void **state)
{
    bool is_attached = false;
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t other = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    int64_t second = fixture_screen(&study, &crc);
    attach_both(from, to);
    ASSERT_ERROR(attach(&crc, from, to, &is_attached), &study.err, ERROR_CHANGED);
    ASSERT_ERROR(attach(&crc, from, second, &is_attached), &study.err, ERROR_CHANGED);
    ASSERT_ERROR(attach(&crc, other, to, &is_attached), &study.err, ERROR_CHANGED);
    ASSERT_ERROR(attach(&crc, to, second, &is_attached), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(attach(&crc, other, from, &is_attached), &study.err, ERROR_REFUSED);
}

static void a_first_person_who_lost_the_right_does_not_count(void **state)
{
    struct caller operator= caller_operator(TEXT("test"));
    bool is_attached = false;
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    ASSERT_OK(attach(&crc, from, to, &is_attached), &study.err);
    struct user_act verb = {
        .act = act_of(study.study, &operator, study.arena, user_disable),
        .user = crc.user,
        .reason = TEXT("left")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_ERROR(attach(&inv, from, to, &is_attached), &study.err, ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_participant(&study, from)->attached_to, 0);
}

static void an_attachment_is_undone_with_a_reason(void **state)
{
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    ASSERT_ERROR(detach(&crc, from, "mistake"), &study.err, ERROR_REFUSED);
    attach_both(from, to);
    ASSERT_ERROR(detach(&crc, from, " "), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(detach(&opr, from, "mistake"), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_OK(detach(&crc, from, "another patient"), &study.err);
    assert_int_equal(fixture_participant(&study, from)->attached_to, 0);
    assert_string_equal(fixture_value(&study, to, SCREENING, "I.SCR.PREREG", 0), "N");
    assert_string_equal(fixture_value(&study, to, SCREENING, "I.SCR.PROVNO", 0), "");
    int64_t second = fixture_screen(&study, &crc);
    attach_both(from, second);
}

static void a_proposal_is_taken_back(void **state)
{
    bool is_attached = false;
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    ASSERT_OK(attach(&crc, from, to, &is_attached), &study.err);
    ASSERT_OK(detach(&crc, from, "wrong number typed"), &study.err);
    ASSERT_OK(attach(&inv, from, to, &is_attached), &study.err);
    assert_false(is_attached);
}

/* --- erasure ----------------------------------------------------------------------------------------- */

static bool erase(const struct caller *by, int64_t id, const struct caller *first,
                  const struct caller *second)
{
    struct participant_erase verb = {
        .act = act_of(study.study, by, study.arena, participant_erase),
        .participant = id,
        .first_person = first->user,
        .second_person = second->user,
        .reason = TEXT("REFD: consent refused, data to be deleted")};
    return act_run(&verb.act, &study.err);
}

static void erasure_takes_the_data_manager_and_the_principal_investigator(void **state)
{
    struct caller operator= caller_operator(TEXT("command line"));
    (void)state;
    int64_t id = fixture_screen(&study, &crc);
    ASSERT_ERROR(erase(&pi, id, &pi, &pi), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(erase(&pi, id, &pi, &inv), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(erase(&crc, id, &dm, &pi), &study.err, ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_participant(&study, id)->state, PARTICIPANT_SCREENED);
    ASSERT_OK(erase(&operator, id, &dm, &pi), &study.err);
    assert_int_equal(fixture_participant(&study, id)->state, PARTICIPANT_ERASED);
    ASSERT_ERROR(erase(&operator, id, &pi, &dm), &study.err, ERROR_CHANGED);
}

static void no_byte_of_an_erased_participant_is_in_the_folder(void **state)
{
    static const char *const markers[] = {
        "SYNTHETICMARKERVALUE", "SYNTHETICMARKERREASON", "SYNTHETICMARKERTHEIRS"};
    (void)state;
    int64_t id = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, id, "SE.SCR", "F.ICF", "I.ICF.ICFVER", markers[0],
                  NULL);
    const char *version =
        fixture_version(&study, id, "SE.SCR", "F.ICF", "I.ICF.ICFVER", 0);
    struct mutation change = {.item = TEXT("I.ICF.ICFVER"),
                              .value = TEXT("1.0"),
                              .base = text_of(version),
                              .reason = text_of(markers[1])};
    struct save_values verb = fixture_save_of(&study, &crc, id, "SE.SCR", "F.ICF");
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    /* A rejected value and one in conflict are in the kept answers. */
    const struct mutation others[] = {
        {.item = TEXT_INIT("I.ICF.ICFTYPE"),
         .value = TEXT_INIT("SYNTHETICMARKERTHEIRS")},
        {.item = TEXT_INIT("I.ICF.ICFVER"),
         .value = TEXT_INIT("SYNTHETICMARKERTHEIRS")},
    };
    verb = fixture_save_of(&study, &inv, id, "SE.SCR", "F.ICF");
    ASSERT_OK(fixture_save(&study, &verb, others, 2), &study.err);
    assert_true(folder_holds(study.place.path, markers[2], strlen(markers[2])));
    ASSERT_OK(erase(&pi, id, &dm, &pi), &study.err);
    for (size_t i = 0; i < ARRAY_COUNT(markers); i++)
        if (folder_holds(study.place.path, markers[i], strlen(markers[i])))
            fail_msg("%s is still there", markers[i]);
}

static void an_erased_participant_takes_no_more_data(void **state)
{
    struct mutation_result result;
    (void)state;
    int64_t id = fixture_screen(&study, &crc);
    ASSERT_OK(erase(&dm, id, &dm, &pi), &study.err);
    ASSERT_ERROR(save_one(&crc, id, SCREENING, "I.SCR.HVOL", "N", &result), &study.err,
                 ERROR_REFUSED);
    /* A refusal can no longer be sealed with its key, and is on the log all the same. */
    ASSERT_ERROR(save_one(&rn, id, SCREENING, "I.SCR.HVOL", "N", &result), &study.err,
                 ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 1);
}

static void a_placement_goes_with_the_record_it_is_attached_to(void **state)
{
    (void)state;
    int64_t from = fixture_place(&study, &opr);
    int64_t to = fixture_screen(&study, &crc);
    attach_both(from, to);
    ASSERT_OK(erase(&pi, to, &pi, &dm), &study.err);
    assert_int_equal(fixture_participant(&study, from)->state, PARTICIPANT_ERASED);
}

static void the_number_of_an_erased_participant_is_not_given_again(void **state)
{
    (void)state;
    int64_t id = fixture_screen(&study, &crc);
    ASSERT_OK(erase(&pi, id, &pi, &dm), &study.err);
    ASSERT_TEXT(
        fixture_participant(&study, fixture_screen(&study, &crc))->screening_number,
        "S-0002");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(screening_numbers_count_from_1),
        TEST(a_needle_does_not_wait_for_the_record),
        TEST(who_may_screen_and_who_may_place_differ),
        TEST(the_same_request_again_gets_the_same_participant),
        TEST(a_list_is_filtered_by_state_and_part_of_a_number),
        TEST(a_list_comes_in_pages),
        TEST(an_unknown_state_is_refused),
        TEST(another_site_sees_nobody_and_all_sites_see_everybody),
        TEST(an_adjudicator_sees_the_assigned_ones_only),
        TEST(while_provisional_other_events_wait),
        TEST(while_provisional_of_demography_only_the_weight),
        TEST(an_attachment_takes_two_different_people),
        TEST(the_screening_form_tells_of_the_placement),
        TEST(both_records_stay_and_are_seen_together),
        TEST(the_insertion_before_registration_comes_first),
        TEST(a_record_is_attached_once),
        TEST(a_first_person_who_lost_the_right_does_not_count),
        TEST(an_attachment_is_undone_with_a_reason),
        TEST(a_proposal_is_taken_back),
        TEST(erasure_takes_the_data_manager_and_the_principal_investigator),
        TEST(no_byte_of_an_erased_participant_is_in_the_folder),
        TEST(an_erased_participant_takes_no_more_data),
        TEST(a_placement_goes_with_the_record_it_is_attached_to),
        TEST(the_number_of_an_erased_participant_is_not_given_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

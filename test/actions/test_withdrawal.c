#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/enrol.h"
#include "actions/erasure.h"
#include "actions/people.h"
#include "actions/work_list.h"

#include <string.h>

/* Withdrawal with what was collected kept, and the erasure by two persons. */

#define CONSENT "SE.SCR", "F.ICF"

static struct fixture study;
static struct caller inv, crc, dm, pi, other_dm;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    dm = fixture_person(&study, "dm", ROLE_DM);
    other_dm = fixture_person(&study, "dm2", ROLE_DM);
    pi = fixture_person(&study, "pi", ROLE_PI);
    person = fixture_screen(&study, &crc);
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    struct participant_enrol verb = {
        .act = act_of(study.study, &inv, study.arena, participant_enrol),
        .participant = person};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    fixture_pass(&study, 30 * HOUR);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static enum participant_state state_now(void)
{
    return fixture_participant(&study, person)->state;
}

static void withdraw(const char *scope)
{
    fixture_enter(&study, &crc, person, CONSENT, "I.ICF.ICFWDTM",
                  "2026-11-23T15:00+08:00", "I.ICF.ICFWSC", scope, NULL);
}

/* --- keeping -------------------------------------------------------------------------- */

static void a_withdrawal_of_the_follow_up_or_of_all_ends_participation(void **state)
{
    (void)state;
    withdraw("follow-up");
    assert_int_equal(state_now(), PARTICIPANT_WITHDRAWN);
    assert_string_equal(
        fixture_value(&study, person, "SE.BL", "F.DM", "I.DM.SUBJID", 0), "H4-001");
}

static void a_withdrawal_of_all_does_so_too(void **state)
{
    (void)state;
    withdraw("SYNTHETIC 全部");
    assert_int_equal(state_now(), PARTICIPANT_WITHDRAWN);
}

static void a_withdrawal_of_the_procedure_alone_does_not(void **state)
{
    (void)state;
    withdraw("procedure");
    assert_int_equal(state_now(), PARTICIPANT_ENROLLED);
}

static void a_withdrawal_that_was_entered_in_error_is_taken_back(void **state)
{
    (void)state;
    withdraw("all");
    struct mutation change = {
        .item = TEXT("I.ICF.ICFWDTM"),
        .value = TEXT(""),
        .base = text_of(fixture_version(&study, person, CONSENT, "I.ICF.ICFWDTM", 0)),
        .reason = TEXT("SYNTHETIC another participant")};
    struct save_values verb = fixture_save_of(&study, &crc, person, CONSENT);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
    assert_int_equal(state_now(), PARTICIPANT_ENROLLED);
}

static void who_is_withdrawn_counts_as_enrolled_and_is_not_enrolled_again(void **state)
{
    (void)state;
    struct participant_enrol verb = {
        .act = act_of(study.study, &inv, study.arena, participant_enrol),
        .participant = person};
    int64_t count = 0;
    withdraw("all");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ENROLLED), 1);
    struct db *db = store_reader(study_store(study.study));
    bool is_read = participants_enrolled(db, &count, &study.err);
    store_reader_return(study_store(study.study), db);
    ASSERT_OK(is_read, &study.err);
    assert_int_equal(count, 1);
}

/* --- what follows is on the work lists ------------------------------------------------ */

static size_t waits_for(const struct caller *by, enum work_kind kind)
{
    struct work_list list;
    size_t count = 0;
    ASSERT_OK(work_list_read(study.study, by, study.arena, &list, &study.err),
              &study.err);
    for (size_t i = 0; i < list.count; i++)
        count += list.at[i].kind == kind;
    return count;
}

static void after_it_the_end_of_the_study_waits_for_an_investigator(void **state)
{
    (void)state;
    assert_int_equal(waits_for(&inv, WORK_END_OF_STUDY), 0);
    withdraw("follow-up");
    assert_int_equal(waits_for(&inv, WORK_END_OF_STUDY), 1);
    assert_int_equal(waits_for(&crc, WORK_END_OF_STUDY), 0);
    fixture_enter(&study, &inv, person, "SE.EOS", "F.EOS", "I.EOS.EOSDTM", "2026-11-23",
                  "I.EOS.EOSR", "WD", NULL);
    assert_int_equal(waits_for(&inv, WORK_END_OF_STUDY), 0);
}

static void an_erasure_waits_for_who_has_not_acted_yet(void **state)
{
    (void)state;
    struct erasure_step verb = {.act =
                                    act_of(study.study, &dm, study.arena, erasure_step),
                                .participant = person,
                                .reason = TEXT("SYNTHETIC")};
    withdraw("procedure, data use");
    assert_int_equal(waits_for(&dm, WORK_ERASURE), 1);
    assert_int_equal(waits_for(&pi, WORK_ERASURE), 1);
    assert_int_equal(waits_for(&inv, WORK_ERASURE), 0);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(waits_for(&dm, WORK_ERASURE), 0);
    assert_int_equal(waits_for(&pi, WORK_ERASURE), 1);
}

/* --- erasing -------------------------------------------------------------------------- */

static bool step(const struct caller *by, const char *reason, const char *number,
                 bool is_taking_back, bool *is_done)
{
    struct erasure_step verb = {.act =
                                    act_of(study.study, by, study.arena, erasure_step),
                                .participant = person,
                                .is_taking_back = is_taking_back,
                                .reason = text_of(reason),
                                .number = text_of(number)};
    bool went_well = act_run(&verb.act, &study.err);
    *is_done = verb.is_done;
    return went_well;
}

static void expect_proposed_by(const struct caller *by)
{
    bool is_done = true;
    ASSERT_OK(step(by, "SYNTHETIC asked for it", "", false, &is_done), &study.err);
    assert_false(is_done);
}

static void two_persons_erase_in_either_order(void **state)
{
    (void)state;
    bool is_done = false;
    expect_proposed_by(&pi);
    assert_int_equal(state_now(), PARTICIPANT_ENROLLED);
    ASSERT_OK(step(&dm, "", "H4-001", false, &is_done), &study.err);
    assert_true(is_done);
    assert_int_equal(state_now(), PARTICIPANT_ERASED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ERASED), 1);
}

/* Who proposed, who confirms, and whether that is two persons, one of each side. */
static void nobody_erases_alone_and_no_two_of_one_side(void **state)
{
    (void)state;
    const struct {
        const struct caller *first, *second;
        bool is_allowed;
    } pairs[] = {{&dm, &dm, false},
                 {&dm, &other_dm, false},
                 {&pi, &pi, false},
                 {&dm, &inv, false},
                 {&dm, &pi, true}};
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        bool is_done = false;
        expect_proposed_by(pairs[i].first);
        bool went_well = step(pairs[i].second, "", "H4-001", false, &is_done);
        assert_int_equal(went_well, pairs[i].is_allowed);
        if (went_well)
            break;
        assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
        assert_int_equal(state_now(), PARTICIPANT_ENROLLED);
        ASSERT_OK(step(pairs[i].first, "SYNTHETIC", "", true, &is_done), &study.err);
    }
    assert_int_equal(state_now(), PARTICIPANT_ERASED);
}

static void the_second_person_types_the_number(void **state)
{
    (void)state;
    bool is_done = false;
    expect_proposed_by(&dm);
    ASSERT_ERROR(step(&pi, "", "H4-002", false, &is_done), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(step(&pi, "", "", false, &is_done), &study.err, ERROR_REFUSED);
    assert_int_equal(state_now(), PARTICIPANT_ENROLLED);
    ASSERT_OK(step(&pi, "", "S-0001", false, &is_done), &study.err);
    assert_true(is_done);
}

static void a_proposal_needs_a_reason_and_can_be_taken_back(void **state)
{
    (void)state;
    bool is_done = false;
    ASSERT_ERROR(step(&dm, "", "", false, &is_done), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(step(&dm, "SYNTHETIC", "", true, &is_done), &study.err, ERROR_CHANGED);
    expect_proposed_by(&dm);
    ASSERT_OK(step(&pi, "SYNTHETIC not asked for", "", true, &is_done), &study.err);
    expect_proposed_by(&pi);
}

static struct erasure_view view_of(const struct caller *by)
{
    struct erasure_view view;
    ASSERT_OK(erasure_read(study.study, by, person, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static void the_view_tells_who_asked_and_what_would_go(void **state)
{
    (void)state;
    struct erasure_view before = view_of(&dm);
    assert_int_equal(before.proposal.user, 0);
    assert_false(before.is_asked_for);
    assert_int_equal(before.forms, 3); /* F.SCR, F.ICF, F.DM */
    assert_true(before.values > 10);
    withdraw("data use");
    expect_proposed_by(&dm);
    struct erasure_view after = view_of(&pi);
    assert_true(after.is_asked_for);
    assert_true(after.may_confirm);
    assert_false(view_of(&dm).may_confirm);
    ASSERT_TEXT(after.by_name, "dm");
    ASSERT_TEXT(after.proposal.reason, "SYNTHETIC asked for it");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_withdrawal_of_the_follow_up_or_of_all_ends_participation),
        TEST(a_withdrawal_of_all_does_so_too),
        TEST(a_withdrawal_of_the_procedure_alone_does_not),
        TEST(a_withdrawal_that_was_entered_in_error_is_taken_back),
        TEST(who_is_withdrawn_counts_as_enrolled_and_is_not_enrolled_again),
        TEST(after_it_the_end_of_the_study_waits_for_an_investigator),
        TEST(an_erasure_waits_for_who_has_not_acted_yet),
        TEST(two_persons_erase_in_either_order),
        TEST(nobody_erases_alone_and_no_two_of_one_side),
        TEST(the_second_person_types_the_number),
        TEST(a_proposal_needs_a_reason_and_can_be_taken_back),
        TEST(the_view_tells_who_asked_and_what_would_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Amendments: two people publish a version of the design, participants move to it from an
 * event on, what is begun keeps its own, and what it would newly ask is seen before. All
 * of it is SYNTHETIC. */
#include "support/amended.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/amendment.h"
#include "actions/amendment_preview.h"
#include "actions/form_view.h"
#include "actions/reconsent.h"
#include "model/design_diff.h"

#include <string.h>

static struct fixture study;
static struct caller pi, dm, crc;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    pi = fixture_person(&study, "pi", ROLE_PI);
    dm = fixture_person(&study, "dm", ROLE_DM);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

/* --- proposing and publishing --------------------------------------------------------- */

static struct design_propose proposal_of(const struct caller *by, struct text xml)
{
    return (struct design_propose){
        .act = act_of(study.study, by, study.arena, design_propose),
        .xml = xml,
        .reason = TEXT("SYNTHETIC amendment 1: pain at follow-up")};
}

static bool propose_it(struct design_propose *verb)
{
    return design_propose_prepare(verb, &study.err) && act_run(&verb->act, &study.err);
}

static int64_t proposed(const struct caller *by, const char *version)
{
    struct design_propose verb = proposal_of(by, amended_design(version, study.arena));
    ASSERT_OK(propose_it(&verb), &study.err);
    return verb.proposal;
}

static bool publish_it(const struct caller *by, int64_t proposal)
{
    struct design_publish verb = {
        .act = act_of(study.study, by, study.arena, design_publish),
        .proposal = proposal};
    bool is_done =
        design_publish_prepare(&verb, &study.err) && act_run(&verb.act, &study.err);
    design_publish_end(&verb);
    return is_done;
}

static void publish(const char *version)
{
    ASSERT_OK(publish_it(&pi, proposed(&dm, version)), &study.err);
}

static void assert_in_force(const char *version)
{
    ASSERT_TEXT(study_design(study.study)->version, version);
}

static void a_version_is_in_force_once_the_second_person_has_published_it(void **state)
{
    (void)state;
    int64_t proposal = proposed(&dm, "0.3");
    assert_in_force("0.2");
    ASSERT_OK(publish_it(&pi, proposal), &study.err);
    assert_in_force("0.3");
    fixture_reopen(&study);
    assert_in_force("0.3");
    struct design_history history;
    ASSERT_OK(design_history_read(study.study, &dm, study.arena, &history, &study.err),
              &study.err);
    assert_int_equal(history.version_count, 2);
    ASSERT_TEXT(history.publishers[1].name, "pi");
    assert_int_equal(history.proposal_count, 1);
    ASSERT_TEXT(history.proposers[0].name, "dm");
    ASSERT_TEXT(history.deciders[0].name, "pi");
    assert_int_equal(history.proposals[0].state, PROPOSAL_PUBLISHED);
}

static void the_order_of_the_two_is_free(void **state)
{
    (void)state;
    ASSERT_OK(publish_it(&dm, proposed(&pi, "0.3")), &study.err);
    assert_in_force("0.3");
}

static void assert_not_allowed(const struct caller *by, int64_t proposal)
{
    assert_false(publish_it(by, proposal));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    assert_in_force("0.2");
}

static void nobody_publishes_what_the_own_role_proposed(void **state)
{
    (void)state;
    struct caller other = fixture_person(&study, "dm2", ROLE_DM);
    int64_t proposal = proposed(&dm, "0.3");
    assert_not_allowed(&dm, proposal);
    assert_not_allowed(&other, proposal);
    assert_not_allowed(&crc, proposal);
    assert_int_equal(fixture_events(&study, LOG_EVENT_DESIGN_PUBLISHED), 1);
}

static void who_has_both_roles_still_needs_another_person(void **state)
{
    (void)state;
    const struct grant both[] = {{.role = ROLE_DM}, {.role = ROLE_PI, .site = SITE}};
    struct caller one = dm;
    one.grants = both;
    one.grant_count = 2;
    assert_not_allowed(&one, proposed(&one, "0.3"));
}

static void assert_refused(struct design_propose verb, const char *words)
{
    assert_false(propose_it(&verb));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    assert_non_null(strstr(study.err.text, words));
    assert_int_equal(fixture_events(&study, LOG_EVENT_DESIGN_PROPOSED), 0);
}

static void what_is_no_amendment_is_refused_with_a_sentence(void **state)
{
    (void)state;
    struct arena *arena = study.arena;
    struct text good = amended_design("0.3", arena);
    struct text stranger = amended_text(good, "NCT07239375", "NCT00000000", arena);
    assert_refused(proposal_of(&dm, stranger), "another study");
    assert_refused(proposal_of(&dm, amended_design("0.2", arena)), "there already");
    struct design_propose verb = proposal_of(&dm, good);
    verb.reason = TEXT(" ");
    assert_refused(verb, "reason");
    verb = proposal_of(&dm, good);
    verb.approval = TEXT("EC-2027-4");
    assert_refused(verb, "belong together");
    assert_string_equal(study.err.where, "approved_on");
    verb.approved_on = TEXT("soon");
    assert_refused(verb, "date");
    verb.approved_on = TEXT("2027-01");
    assert_refused(verb, "date");
}

static void a_rule_that_does_not_compile_is_told_with_its_place(void **state)
{
    (void)state;
    struct text bad = amended_text(amended_design("0.3", study.arena), "SPO2 < 90 or",
                                   "SPO9 < 90 or", study.arena);
    struct design_propose verb = proposal_of(&dm, bad);
    assert_false(propose_it(&verb));
    assert_non_null(strstr(study.err.text, "SPO9"));
    assert_int_equal(fixture_events(&study, LOG_EVENT_DESIGN_PROPOSED), 0);
}

static void a_version_is_proposed_once_at_a_time(void **state)
{
    (void)state;
    int64_t first = proposed(&dm, "0.3");
    struct design_propose again = proposal_of(&pi, amended_design("0.3", study.arena));
    assert_false(propose_it(&again));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    struct design_withdraw verb = {
        .act = act_of(study.study, &pi, study.arena, design_withdraw),
        .proposal = first,
        .reason = TEXT("SYNTHETIC: the committee asks for more")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_false(publish_it(&pi, first));
    assert_int_equal(study.err.code, ERROR_CHANGED);
    ASSERT_OK(publish_it(&pi, proposed(&dm, "0.3")), &study.err);
}

/* --- who is under which --------------------------------------------------------------- */

static struct form_view *view_of(int64_t participant, const char *event,
                                 const char *form)
{
    struct form_view *view = NULL;
    struct form_key key = {.participant = participant,
                           .event = text_of(event),
                           .event_repeat = 1,
                           .form = text_of(form),
                           .form_repeat = 1};
    ASSERT_OK(form_view_read(study.study, &crc, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static void assert_under(int64_t participant, const char *event, const char *form,
                         const char *version)
{
    ASSERT_TEXT(view_of(participant, event, form)->design->version, version);
}

static bool move_it(const struct caller *by, const char *event,
                    const int64_t *participants, size_t count, size_t *moved)
{
    struct participants_move verb = {
        .act = act_of(study.study, by, study.arena, participants_move),
        .version = TEXT("0.3"),
        .event = text_of(event),
        .reason = TEXT("SYNTHETIC amendment 1"),
        .participants = participants,
        .count = count};
    bool is_done = act_run(&verb.act, &study.err);
    *moved = verb.moved;
    return is_done;
}

static void moved(const char *event, int64_t participant)
{
    size_t count = 0;
    ASSERT_OK(move_it(&dm, event, &participant, 1, &count), &study.err);
    assert_int_equal(count, 1);
}

static void who_was_there_stays_and_who_comes_begins_under_the_new_version(void **state)
{
    (void)state;
    int64_t before = fixture_screen(&study, &crc);
    fixture_pass(&study, MINUTE);
    publish("0.3");
    fixture_pass(&study, MINUTE);
    int64_t after = fixture_screen(&study, &crc);
    assert_under(before, "SE.D28", "F.FU", "0.2");
    assert_under(after, "SE.D28", "F.FU", "0.3");
    assert_under(after, "SE.SCR", "F.SCR", "0.3");
    assert_under(before, "SE.SCR", "F.SCR", "0.2");
}

static void forms_behind_the_event_move_and_begun_ones_keep_their_version(void **state)
{
    (void)state;
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, "SE.D28", "F.FU", "I.FU.FUDTM",
                  "2026-11-22", NULL);
    fixture_pass(&study, MINUTE);
    publish("0.3");
    moved("SE.D28", participant);
    assert_under(participant, "SE.D7", "F.FU", "0.2");
    assert_under(participant, "SE.D28", "F.FU", "0.2"); /* was begun */
    assert_under(participant, "SE.D90", "F.FU", "0.3");
    fixture_enter(&study, &crc, participant, "SE.D90", "F.FU", "I.FU.FUPAIN", "3",
                  NULL);
    assert_string_equal(
        fixture_value(&study, participant, "SE.D90", "F.FU", "I.FU.FUPAIN", 0), "3");
    /* The next save of the old one does not bring it under the new version. */
    fixture_enter(&study, &crc, participant, "SE.D28", "F.FU", "I.FU.FUMETH", "TEL",
                  NULL);
    assert_under(participant, "SE.D28", "F.FU", "0.2");
    fixture_reopen(&study);
    assert_under(participant, "SE.D28", "F.FU", "0.2");
    assert_under(participant, "SE.D90", "F.FU", "0.3");
}

static void an_item_of_the_new_version_is_unknown_to_an_old_form(void **state)
{
    (void)state;
    int64_t participant = fixture_screen(&study, &crc);
    fixture_pass(&study, MINUTE);
    publish("0.3");
    struct save_values verb =
        fixture_save_of(&study, &crc, participant, "SE.D28", "F.FU");
    struct mutation mutation = {.item = TEXT("I.FU.FUPAIN"), .value = TEXT("3")};
    assert_true(fixture_save(&study, &verb, &mutation, 1));
    assert_int_equal(verb.outcomes[0].status, MUTATION_REJECTED);
}

static void moving_again_to_the_same_place_writes_nothing(void **state)
{
    (void)state;
    int64_t participants[] = {fixture_screen(&study, &crc),
                              fixture_screen(&study, &crc),
                              fixture_screen(&study, &crc)};
    size_t count = 0;
    publish("0.3");
    ASSERT_OK(move_it(&pi, "SE.D28", participants, 3, &count), &study.err);
    assert_int_equal(count, 3);
    ASSERT_OK(move_it(&pi, "SE.D28", participants, 3, &count), &study.err);
    assert_int_equal(count, 0);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_MOVED), 3);
}

static void all_are_moved_or_none(void **state)
{
    (void)state;
    int64_t participants[] = {fixture_screen(&study, &crc), 999};
    size_t count = 0;
    publish("0.3");
    assert_false(move_it(&dm, "SE.D28", participants, 2, &count));
    assert_int_equal(study.err.code, ERROR_NOT_FOUND);
    assert_false(move_it(&dm, "SE.NONE", participants, 1, &count));
    assert_int_equal(study.err.code, ERROR_REFUSED);
    assert_false(move_it(&crc, "SE.D28", participants, 1, &count));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_MOVED), 0);
}

/* --- whose rules ---------------------------------------------------------------------- */

static size_t asks(int64_t participant, const char *event)
{
    return fixture_queries(&study, participant, event, "F.VS", "CK074");
}

static void each_form_is_checked_by_the_rules_of_its_own_version(void **state)
{
    (void)state;
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, "SE.H1", "F.VS", "I.VS.SPO2", "85", NULL);
    fixture_pass(&study, MINUTE);
    publish("0.3");
    moved("SE.H6", participant);
    fixture_enter(&study, &crc, participant, "SE.H6", "F.VS", "I.VS.SPO2", "85", NULL);
    assert_int_equal(asks(participant, "SE.H6"), 1);
    assert_int_equal(asks(participant, "SE.H1"), 0);
    fixture_enter(&study, &crc, participant, "SE.H1", "F.VS", "I.VS.HR", "90", NULL);
    assert_int_equal(asks(participant, "SE.H1"), 0);
    assert_int_equal(asks(participant, "SE.H6"), 1);
}

/* An arrest is said in the infusions, which stand under the old version, and silences the
 * vital signs, which stand under the new one: by its rule, not by the old one. */
static void a_save_reaches_forms_of_other_versions_by_their_rules(void **state)
{
    (void)state;
    int64_t participant = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, participant, "SE.T0", "F.INF", "I.INF.INFCLS#1", "CRY",
                  "I.INF.INFBEG#1", "2026-11-22T09:00:00+08:00", NULL);
    fixture_pass(&study, MINUTE);
    publish("0.3");
    moved("SE.H1", participant);
    fixture_enter(&study, &crc, participant, "SE.H1", "F.VS", "I.VS.VSDTM",
                  "2026-11-22T09:40:00+08:00", "I.VS.SPO2", "85", NULL);
    assert_int_equal(asks(participant, "SE.H1"), 1);
    size_t saves = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    fixture_enter(&study, &crc, participant, "SE.T0", "F.INF", "I.INF.INFEND#1",
                  "2026-11-22T09:30:00+08:00", NULL);
    assert_int_equal(asks(participant, "SE.H1"), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), saves + 1);
    fixture_enter(&study, &crc, participant, "SE.T0", "F.INF", "I.INF.INFCLS#2",
                  "RESUS", "I.INF.INFBEG#2", "2026-11-22T09:35:00+08:00", NULL);
    assert_int_equal(asks(participant, "SE.H1"), 0);
    assert_under(participant, "SE.T0", "F.INF", "0.2");
    assert_under(participant, "SE.H1", "F.VS", "0.3");
}

static void what_it_changes_is_told_before_and_after(void **state)
{
    (void)state;
    struct design_diff diff;
    int64_t proposal = proposed(&dm, "0.3");
    for (int i = 0; i < 2; i++) {
        ASSERT_OK(design_changes_read(study.study, &pi, proposal, study.arena, &diff,
                                      &study.err),
                  &study.err);
        assert_int_equal(diff.added, 1);
        assert_int_equal(diff.removed, 0);
        if (i == 0)
            ASSERT_OK(publish_it(&pi, proposal), &study.err);
    }
}

static void who_may_publish_is_told(void **state)
{
    (void)state;
    struct design_history history;
    proposed(&dm, "0.3");
    const struct caller *callers[] = {&pi, &dm, &crc};
    for (size_t i = 0; i < ARRAY_COUNT(callers); i++) {
        ASSERT_OK(design_history_read(study.study, callers[i], study.arena, &history,
                                      &study.err),
                  &study.err);
        assert_int_equal(history.may_publish[0], callers[i] == &pi);
    }
}

/* --- before it is published ----------------------------------------------------------- */

static const struct preview_check *line_of(const struct design_preview *preview,
                                           const char *check)
{
    for (size_t i = 0; i < preview->check_count; i++)
        if (text_equal(preview->checks[i].check, text_of(check)))
            return &preview->checks[i];
    return NULL;
}

static void a_preview_says_what_would_newly_fire_and_writes_nothing(void **state)
{
    (void)state;
    struct design_preview preview;
    int64_t low = fixture_screen(&study, &crc);
    int64_t fine = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, low, "SE.H1", "F.VS", "I.VS.SPO2", "85", NULL);
    fixture_enter(&study, &crc, low, "SE.H2", "F.VS", "I.VS.SPO2", "60", NULL);
    fixture_enter(&study, &crc, fine, "SE.H1", "F.VS", "I.VS.SPO2", "97", NULL);
    int64_t proposal = proposed(&dm, "0.3");
    size_t saves = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    ASSERT_OK(design_preview_read(study.study, &dm, proposal, study.arena, &preview,
                                  &study.err),
              &study.err);
    assert_int_equal(preview.tried, 2);
    assert_int_equal(preview.of, 2);
    const struct preview_check *line = line_of(&preview, "CK074");
    assert_non_null(line);
    assert_int_equal(line->begins, 1);
    assert_int_equal(line->ends, 0);
    assert_int_equal(line->participants, 1);
    assert_int_equal(line->example_count, 1);
    assert_int_equal(line->examples[0].participant, low);
    ASSERT_TEXT(line->examples[0].key.event, "SE.H1");
    ASSERT_TEXT(line->examples[0].item, "I.VS.SPO2");
    assert_int_equal(preview.check_count, 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), saves);
    assert_false(design_preview_read(study.study, &crc, proposal, study.arena, &preview,
                                     &study.err));
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
}

/* --- consenting again ----------------------------------------------------------------- */

static struct reconsent_list asked_again(const struct caller *by)
{
    struct reconsent_list list;
    ASSERT_OK(reconsent_read(study.study, by, study.arena, &list, &study.err),
              &study.err);
    return list;
}

static void publish_asking(const char *version)
{
    struct design_propose verb = proposal_of(&dm, amended_design(version, study.arena));
    verb.needs_consent = true;
    ASSERT_OK(propose_it(&verb), &study.err);
    ASSERT_OK(publish_it(&pi, verb.proposal), &study.err);
}

static int64_t consenting(void)
{
    int64_t participant = fixture_screen(&study, &crc);
    fixture_make_eligible(&study, &crc, participant);
    fixture_consent(&study, &crc, participant);
    return participant;
}

static void who_agreed_before_an_amendment_that_asks_is_listed(void **state)
{
    (void)state;
    int64_t participant = consenting();
    int64_t screened = fixture_screen(&study, &crc);
    assert_int_equal(asked_again(&crc).count, 0);
    publish("0.3");
    assert_int_equal(asked_again(&crc).count, 0); /* it does not ask */
    fixture_pass(&study, HOUR);
    publish_asking("0.4");
    struct reconsent_list list = asked_again(&crc);
    ASSERT_TEXT(list.version, "0.4");
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].participant, participant);
    assert_true(list.at[0].has_agreed);
    assert_int_equal(list.at[0].next_repeat, 2);
    assert_int_not_equal(screened, participant);
    struct caller stranger = fixture_stranger(&study, "far", ROLE_CRC);
    assert_int_equal(asked_again(&stranger).count, 0);
}

static void who_agrees_again_is_listed_no_more(void **state)
{
    (void)state;
    int64_t participant = consenting();
    fixture_pass(&study, HOUR);
    publish_asking("0.3");
    fixture_pass(&study, HOUR);
    struct save_values verb =
        fixture_save_of(&study, &crc, participant, "SE.SCR", "F.ICF");
    verb.form_repeat = 2;
    const struct mutation mutations[] = {
        {.item = TEXT("I.ICF.ICFTYPE"), .value = TEXT("PRO")},
        {.item = TEXT("I.ICF.ICFRES"), .value = TEXT("AGR")},
        {.item = TEXT("I.ICF.ICFDTM"), .value = TEXT("2026-11-22T11:30+08:00")}};
    assert_true(fixture_save(&study, &verb, mutations, 3));
    assert_int_equal(asked_again(&crc).count, 0);
}

static void who_has_died_or_ended_is_not_asked(void **state)
{
    (void)state;
    int64_t dead = consenting();
    fixture_pass(&study, HOUR);
    publish_asking("0.3");
    assert_int_equal(asked_again(&crc).count, 1);
    fixture_enter(&study, &pi, dead, "SE.LOG", "F.DTH", "I.DTH.DTHDTM",
                  "2026-11-22T11:00+08:00", NULL);
    assert_int_equal(asked_again(&crc).count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_version_is_in_force_once_the_second_person_has_published_it),
        TEST(the_order_of_the_two_is_free),
        TEST(nobody_publishes_what_the_own_role_proposed),
        TEST(who_has_both_roles_still_needs_another_person),
        TEST(what_is_no_amendment_is_refused_with_a_sentence),
        TEST(a_rule_that_does_not_compile_is_told_with_its_place),
        TEST(a_version_is_proposed_once_at_a_time),
        TEST(who_was_there_stays_and_who_comes_begins_under_the_new_version),
        TEST(forms_behind_the_event_move_and_begun_ones_keep_their_version),
        TEST(an_item_of_the_new_version_is_unknown_to_an_old_form),
        TEST(moving_again_to_the_same_place_writes_nothing),
        TEST(all_are_moved_or_none),
        TEST(each_form_is_checked_by_the_rules_of_its_own_version),
        TEST(a_save_reaches_forms_of_other_versions_by_their_rules),
        TEST(who_agreed_before_an_amendment_that_asks_is_listed),
        TEST(who_agrees_again_is_listed_no_more),
        TEST(who_has_died_or_ended_is_not_asked),
        TEST(what_it_changes_is_told_before_and_after),
        TEST(who_may_publish_is_told),
        TEST(a_preview_says_what_would_newly_fire_and_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

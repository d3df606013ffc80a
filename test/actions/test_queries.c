/* Queries by persons (specification section 8.1, "Rules of the table"; peers.md, rows 3 and
 * 17). All data are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/tamper.h"
#include "support/unit.h"

#include "actions/form_view.h"
#include "actions/query.h"
#include "store/queries.h"

#include <string.h>

#define BASELINE "SE.BL", "F.DM"
#define WEIGHT   "I.DM.WEIGHT"
#define HEIGHT   "I.DM.HEIGHT"

static struct fixture study;
static struct caller crc, crc2, pi, rn, lab, dm, dm2, monitor, far, statistician;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    crc2 = fixture_person(&study, "crc2", ROLE_CRC);
    pi = fixture_person(&study, "pi", ROLE_PI);
    rn = fixture_person(&study, "rn", ROLE_RN);
    lab = fixture_person(&study, "lab", ROLE_LAB);
    dm = fixture_person(&study, "dm", ROLE_DM);
    dm2 = fixture_person(&study, "dm2", ROLE_DM);
    monitor = fixture_person(&study, "mon", ROLE_MON);
    far = fixture_stranger(&study, "far", ROLE_MON);
    statistician = fixture_person(&study, "stat", ROLE_STAT);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps --------------------------------------------------------------------------- */

static struct query_step opening(const struct caller *by, const char *item)
{
    return (struct query_step){
        .act = act_of(study.study, by, study.arena, query_step),
        .step = QUERY_STEP_OPEN,
        .key = {.participant = person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")},
        .item = item == NULL ? (struct text){0} : text_of(item),
        .text = TEXT("SYNTHETIC: please look at the source again")};
}

static int64_t opened(const struct caller *by, const char *item)
{
    struct query_step verb = opening(by, item);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    return verb.query;
}

static struct query_thread *thread_by(const struct caller *by, int64_t query)
{
    struct query_thread *thread = NULL;
    ASSERT_OK(
        query_thread_read(study.study, by, query, study.arena, &thread, &study.err),
        &study.err);
    return thread;
}

static struct query_step next(const struct caller *by, int64_t query,
                              enum query_step_kind step)
{
    return (struct query_step){.act = act_of(study.study, by, study.arena, query_step),
                               .step = step,
                               .query = query,
                               .seen = thread_by(&dm, query)->entry.stored.last_seq,
                               .text = TEXT("SYNTHETIC: so it stands in the source")};
}

static void does(const struct caller *by, int64_t query, enum query_step_kind step)
{
    struct query_step verb = next(by, query, step);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static void assert_says(const char *words)
{
    if (strstr(study.err.text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", study.err.text, words);
}

static void is_refused(struct query_step verb, enum error_code code, const char *words)
{
    assert_false(act_run(&verb.act, &study.err));
    assert_int_equal(study.err.code, code);
    assert_says(words);
}

static enum query_state state_of(int64_t query)
{
    return thread_by(&dm, query)->entry.stored.state;
}

static void enter(const struct caller *by, const char *item, const char *value)
{
    fixture_enter(&study, by, person, BASELINE, item, value, NULL);
}

/* A correction of what stands there. */
static void correct(const struct caller *by, const char *item, const char *value)
{
    struct save_values verb = fixture_save_of(&study, by, person, BASELINE);
    struct mutation mutation = {
        .item = text_of(item),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, BASELINE, item, 0)),
        .reason = TEXT("typing error")};
    assert_true(fixture_save(&study, &verb, &mutation, 1));
}

/* The query of this check on the baseline form, the latest. */
static int64_t check_query(const char *check)
{
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")};
    int64_t found = 0;
    ASSERT_OK(form_view_read(study.study, &dm, &key, study.arena, &view, &study.err),
              &study.err);
    for (size_t i = 0; i < view->query_count; i++)
        if (text_equal(view->queries[i].stored.check, text_of(check)))
            found = view->queries[i].stored.id;
    return found;
}

/* --- a life -------------------------------------------------------------------------- */

static void a_query_lives_from_opening_to_closure_by_two_persons(void **state)
{
    (void)state;
    enter(&crc, WEIGHT, "61.5");
    int64_t query = opened(&monitor, WEIGHT);
    assert_int_equal(state_of(query), QUERY_OPEN);
    does(&crc, query, QUERY_STEP_ANSWER);
    assert_int_equal(state_of(query), QUERY_ANSWERED);
    does(&monitor, query, QUERY_STEP_REOPEN);
    does(&crc, query, QUERY_STEP_ANSWER);
    does(&monitor, query, QUERY_STEP_CLOSE);
    const struct query_thread *thread = thread_by(&monitor, query);
    assert_int_equal(thread->entry.stored.state, QUERY_CLOSED);
    static const struct {
        enum query_step_kind step;
        const char *by;
    } wanted[] = {{QUERY_STEP_OPEN, "mon"},
                  {QUERY_STEP_ANSWER, "crc"},
                  {QUERY_STEP_REOPEN, "mon"},
                  {QUERY_STEP_ANSWER, "crc"},
                  {QUERY_STEP_CLOSE, "mon"}};
    assert_int_equal(thread->step_count, ARRAY_COUNT(wanted));
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
        assert_int_equal(thread->steps[i].stored.step, wanted[i].step);
        ASSERT_TEXT(thread->steps[i].by, wanted[i].by);
        assert_true(thread->steps[i].stored.text.len > 0);
        assert_true(thread->steps[i].stored.at > 0);
    }
}

static void a_query_stands_on_a_missing_item_and_on_a_form_that_nobody_began(
    void **state)
{
    (void)state;
    int64_t on_item = opened(&dm, HEIGHT);
    int64_t on_form = opened(&dm, NULL);
    assert_true(text_is_absent(thread_by(&dm, on_form)->entry.stored.item));
    assert_int_equal(thread_by(&dm, on_item)->entry.stored.form, 0);
    enter(&crc, WEIGHT, "61.5");
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = person, .event = TEXT("SE.BL"), .form = TEXT("F.DM")};
    ASSERT_OK(form_view_read(study.study, &dm, &key, study.arena, &view, &study.err),
              &study.err);
    assert_int_equal(view->query_count, 2);
    assert_int_equal(fixture_participant(&study, person)->open_queries, 2);
    assert_int_not_equal(thread_by(&dm, on_item)->entry.stored.form, 0);
}

static void a_query_on_a_place_that_does_not_exist_is_refused(void **state)
{
    (void)state;
    is_refused(opening(&dm, "I.SCR.BRTHDT"), ERROR_REFUSED, "no such item");
    struct query_step in_a_row = opening(&dm, WEIGHT);
    in_a_row.row = 1;
    is_refused(in_a_row, ERROR_REFUSED, "stands in no row");
    struct query_step silent = opening(&dm, WEIGHT);
    silent.text = TEXT("  ");
    is_refused(silent, ERROR_REFUSED, "text is empty");
    struct query_step nowhere = opening(&dm, WEIGHT);
    nowhere.key.form = TEXT("F.NONE");
    is_refused(nowhere, ERROR_NOT_FOUND, "no form");
}

/* --- checks -------------------------------------------------------------------------- */

/* 6.15 kg is outside the hard range of the item. */
static int64_t fired(void)
{
    enter(&crc, WEIGHT, "999");
    int64_t query = check_query("RANGE");
    assert_int_not_equal(query, 0);
    return query;
}

static void a_check_that_no_longer_fires_closes_its_unanswered_query_and_says_so(
    void **state)
{
    (void)state;
    int64_t query = fired();
    correct(&crc, WEIGHT, "61.5");
    const struct query_thread *thread = thread_by(&dm, query);
    assert_int_equal(thread->entry.stored.state, QUERY_CLOSED);
    assert_int_equal(thread->step_count, 2);
    assert_int_equal(thread->steps[1].stored.step, QUERY_STEP_CLOSE);
    assert_true(text_is_absent(thread->steps[1].by));
}

static void an_answered_query_of_a_check_waits_for_its_reviewer(void **state)
{
    (void)state;
    int64_t query = fired();
    does(&crc, query, QUERY_STEP_ANSWER);
    correct(&crc, WEIGHT, "61.5");
    assert_int_equal(state_of(query), QUERY_ANSWERED);
    does(&dm, query, QUERY_STEP_CLOSE);
    assert_int_equal(state_of(query), QUERY_CLOSED);
}

static void a_query_that_was_opened_again_is_not_the_programs_to_close(void **state)
{
    (void)state;
    int64_t query = fired();
    does(&crc, query, QUERY_STEP_ANSWER);
    does(&dm, query, QUERY_STEP_REOPEN);
    correct(&crc, WEIGHT, "61.5");
    assert_int_equal(state_of(query), QUERY_OPEN);
}

static void a_closed_finding_does_not_come_again_until_its_value_changes(void **state)
{
    (void)state;
    int64_t query = fired();
    does(&crc, query, QUERY_STEP_ANSWER);
    does(&dm, query, QUERY_STEP_CLOSE);
    enter(&crc, HEIGHT, "170");
    assert_int_equal(check_query("RANGE"), query);
    assert_int_equal(state_of(query), QUERY_CLOSED);
    correct(&crc, WEIGHT, "998");
    assert_int_not_equal(check_query("RANGE"), query);
    assert_int_equal(fixture_queries(&study, person, BASELINE, "RANGE"), 1);
}

/* --- separation of duties ------------------------------------------------------------ */

static struct caller also(const struct caller *caller, enum role first,
                          enum role second)
{
    struct caller both = *caller;
    struct grant *grants = ARENA_ARRAY(study.arena, struct grant, 2);
    grants[0] = (struct grant){.role = first, .site = SITE};
    grants[1] = (struct grant){.role = second};
    both.grants = grants;
    both.grant_count = 2;
    return both;
}

/* The pairs: what somebody did, and what they may then not do with the query. Each is held
 * to a person who has every right to it. */
enum did { DID_ENTER, DID_CORRECT, DID_ANSWER, DID_TYPE_AGAIN_BESIDE, DID_NOTHING };
static const struct pair {
    enum did did;
    enum query_step_kind step;
    bool is_allowed;
    const char *why;
} pairs[] = {
    {DID_ENTER, QUERY_STEP_CLOSE, false, "you entered the value"},
    {DID_CORRECT, QUERY_STEP_CLOSE, false, "you entered the value"},
    {DID_ANSWER, QUERY_STEP_CLOSE, false, "you answered this query"},
    {DID_TYPE_AGAIN_BESIDE, QUERY_STEP_CLOSE, false, "you entered the value"},
    {DID_ENTER, QUERY_STEP_CANCEL, false, "you entered the value"},
    {DID_NOTHING, QUERY_STEP_CLOSE, true, ""},
    {DID_NOTHING, QUERY_STEP_CANCEL, true, ""}, /* the data manager */
};

static void beside(const struct caller *by)
{
    struct save_values verb = fixture_save_of(&study, by, person, BASELINE);
    struct mutation mutation = {.item = TEXT(WEIGHT), .value = TEXT("62.5")};
    assert_true(fixture_save(&study, &verb, &mutation, 1));
}

static void prepare(enum did did, const struct caller *both, int64_t *query)
{
    enter(did == DID_ENTER ? both : &crc, WEIGHT, "61.5");
    if (did == DID_TYPE_AGAIN_BESIDE)
        beside(both);
    *query = opened(&monitor, WEIGHT);
    if (did == DID_CORRECT)
        correct(both, WEIGHT, "61.0");
    if (did == DID_ANSWER)
        does(both, *query, QUERY_STEP_ANSWER);
}

static void test_pair(const struct pair *pair)
{
    struct caller both = also(&crc2, ROLE_CRC, ROLE_DM);
    int64_t query = 0;
    prepare(pair->did, &both, &query);
    struct query_thread *thread = thread_by(&both, query);
    assert_int_equal(thread->may[pair->step], pair->is_allowed);
    struct query_step verb = next(&both, query, pair->step);
    if (!pair->is_allowed) {
        is_refused(verb, ERROR_NOT_ALLOWED, pair->why);
        if (pair->step == QUERY_STEP_CLOSE)
            assert_true(thread->why_not_close.len > 0);
        return;
    }
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static void no_forbidden_pair_is_done_by_one_person(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        test_pair(&pairs[i]);
        if (i + 1 == ARRAY_COUNT(pairs))
            break;
        teardown(state);
        setup(state);
    }
}

static void a_query_is_cancelled_by_who_opened_it_or_the_data_manager(void **state)
{
    (void)state;
    int64_t mine = opened(&monitor, WEIGHT);
    is_refused(next(&statistician, mine, QUERY_STEP_CANCEL), ERROR_NOT_ALLOWED,
               "who opened it");
    does(&monitor, mine, QUERY_STEP_CANCEL);
    int64_t other = opened(&monitor, WEIGHT);
    does(&dm, other, QUERY_STEP_CANCEL);
    assert_int_equal(state_of(other), QUERY_CANCELLED);
    does(&dm2, other, QUERY_STEP_REOPEN);
    does(&crc, other, QUERY_STEP_ANSWER);
    is_refused(next(&monitor, other, QUERY_STEP_CANCEL), ERROR_REFUSED,
               "answered already");
}

static void rights_end_at_the_site(void **state)
{
    (void)state;
    is_refused(opening(&far, WEIGHT), ERROR_NOT_ALLOWED, "raise query");
    is_refused(opening(&crc, WEIGHT), ERROR_NOT_ALLOWED, "raise query");
    int64_t query = opened(&dm, WEIGHT);
    is_refused(next(&far, query, QUERY_STEP_CLOSE), ERROR_NOT_ALLOWED, "close query");
    is_refused(next(&dm, query, QUERY_STEP_ANSWER), ERROR_NOT_ALLOWED, "answer query");
    is_refused(next(&statistician, query, QUERY_STEP_CLOSE), ERROR_NOT_ALLOWED,
               "close query");
    does(&lab, query, QUERY_STEP_ANSWER);
}

/* --- twice, meanwhile ---------------------------------------------------------------- */

static void a_step_that_is_sent_again_changes_nothing(void **state)
{
    (void)state;
    struct query_step first = opening(&dm, WEIGHT);
    first.has_request = true;
    first.request[0] = 7;
    struct query_step again = first;
    ASSERT_OK(act_run(&first.act, &study.err), &study.err);
    ASSERT_OK(act_run(&again.act, &study.err), &study.err);
    assert_true(again.is_duplicate);
    assert_int_equal(again.query, first.query);
    struct query_step answer = next(&crc, first.query, QUERY_STEP_ANSWER);
    answer.has_request = true;
    answer.request[0] = 8;
    struct query_step repeated = answer;
    ASSERT_OK(act_run(&answer.act, &study.err), &study.err);
    ASSERT_OK(act_run(&repeated.act, &study.err), &study.err);
    assert_true(repeated.is_duplicate);
    assert_int_equal(fixture_events(&study, LOG_EVENT_QUERY_ANSWERED), 1);
    struct query_step other = next(&crc2, first.query, QUERY_STEP_ANSWER);
    other.has_request = true;
    other.request[0] = 8;
    is_refused(other, ERROR_REFUSED, "another step");
}

static void a_step_on_what_moved_meanwhile_is_refused(void **state)
{
    (void)state;
    int64_t query = opened(&dm, WEIGHT);
    struct query_step late = next(&dm2, query, QUERY_STEP_CLOSE);
    does(&crc, query, QUERY_STEP_ANSWER);
    is_refused(late, ERROR_CHANGED, "meanwhile");
}

/* --- the inbox and the counts -------------------------------------------------------- */

static struct query_filter waiting(void)
{
    return (struct query_filter){
        .states = {[QUERY_OPEN] = true, [QUERY_ANSWERED] = true},
        .opened_before = INT64_MAX,
        .limit = 25};
}

static size_t found(const struct caller *by, const struct query_filter *filter)
{
    struct query_inbox inbox;
    ASSERT_OK(
        query_inbox_read(study.study, by, filter, study.arena, &inbox, &study.err),
        &study.err);
    return inbox.count;
}

static void the_inbox_is_narrowed_by_each_filter(void **state)
{
    (void)state;
    int64_t other = fixture_screen(&study, &crc);
    int64_t old = opened(&monitor, WEIGHT);
    fixture_pass(&study, 10 * DAY);
    opened(&dm, HEIGHT);
    struct query_step elsewhere = opening(&dm, WEIGHT);
    elsewhere.key.participant = other;
    elsewhere.assignee = crc.user;
    ASSERT_OK(act_run(&elsewhere.act, &study.err), &study.err);
    enter(&crc, WEIGHT, "999");
    does(&crc, old, QUERY_STEP_ANSWER);

    struct query_filter all = waiting();
    size_t whole = found(&dm, &all);
    assert_int_equal(found(&monitor, &all), whole);
    assert_int_equal(found(&far, &all), 0);
    struct query_filter filter = waiting();
    filter.states[QUERY_OPEN] = false;
    assert_int_equal(found(&dm, &filter), 1);
    filter = waiting();
    filter.participant = other;
    assert_int_equal(found(&dm, &filter), 1);
    filter = waiting();
    filter.has_assignee = true;
    filter.assignee = crc.user;
    assert_int_equal(found(&dm, &filter), 1);
    filter = waiting();
    filter.has_author = true;
    filter.author = monitor.user;
    assert_int_equal(found(&dm, &filter), 1);
    filter = waiting();
    filter.has_kind = true;
    filter.kind = QUERY_PERSON;
    assert_int_equal(found(&dm, &filter), 3);
    filter = waiting();
    filter.opened_before = fixture_now(&study) - INT64_C(86400000000);
    assert_int_equal(found(&dm, &filter), 1);
    filter = waiting();
    filter.form = TEXT("F.DM");
    filter.site = SITE;
    assert_int_equal(found(&dm, &filter), whole);
    filter.form = TEXT("F.SCR");
    assert_true(found(&dm, &filter) == 0);
}

static void pages_follow_each_other_without_a_gap_or_a_repeat(void **state)
{
    (void)state;
    enum { COUNT = 23 };
    int64_t queries[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        queries[i] = opened(&dm, WEIGHT);
    for (size_t i = 0; i < COUNT; i += 3)
        does(&crc, queries[i], QUERY_STEP_ANSWER);
    struct query_filter filter = waiting();
    size_t seen = 0;
    filter.limit = 4;
    for (;;) {
        struct query_inbox inbox;
        ASSERT_OK(query_inbox_read(study.study, &dm, &filter, study.arena, &inbox,
                                   &study.err),
                  &study.err);
        for (size_t i = 0; i < inbox.count; i++)
            assert_int_equal(inbox.at[i].stored.id, queries[seen++]);
        if (!inbox.has_more)
            break;
        filter.after = inbox.next;
    }
    assert_int_equal(seen, COUNT);
}

static int64_t people_of(const struct query_overview *overview, const char *name,
                         enum query_state state)
{
    for (size_t i = 0; i < overview->people.count; i++)
        if (text_equal(overview->people.at[i].name, text_of(name)))
            return overview->people.at[i].by_state[state];
    return 0;
}

static void counts_follow_every_step(void **state)
{
    (void)state;
    struct query_overview overview;
    int64_t first = opened(&dm, WEIGHT);
    opened(&dm, HEIGHT);
    does(&crc, first, QUERY_STEP_ANSWER);
    struct query_step assign = next(&dm, first, QUERY_STEP_ASSIGN);
    assign.assignee = crc.user;
    ASSERT_OK(act_run(&assign.act, &study.err), &study.err);
    ASSERT_OK(query_overview_read(study.study, &dm, study.arena, &overview, &study.err),
              &study.err);
    assert_int_equal(overview.all.by_state[QUERY_OPEN], 1);
    assert_int_equal(overview.all.by_state[QUERY_ANSWERED], 1);
    assert_int_equal(overview.waiting, 1);
    assert_int_equal(people_of(&overview, "crc", QUERY_ANSWERED), 1);
    assert_int_equal(fixture_participant(&study, person)->open_queries, 2);
    does(&dm2, first, QUERY_STEP_CLOSE);
    assert_int_equal(fixture_participant(&study, person)->open_queries, 1);
    ASSERT_OK(
        query_overview_read(study.study, &crc, study.arena, &overview, &study.err),
        &study.err);
    assert_int_equal(overview.all.by_state[QUERY_CLOSED], 1);
    assert_int_equal(overview.waiting, 1);
}

static void a_query_is_assigned_only_to_somebody_who_may_act(void **state)
{
    (void)state;
    int64_t query = opened(&dm, WEIGHT);
    struct query_step assign = next(&dm, query, QUERY_STEP_ASSIGN);
    assign.assignee = statistician.user;
    is_refused(assign, ERROR_REFUSED, "neither answer nor close");
    assign = next(&dm, query, QUERY_STEP_ASSIGN);
    assign.assignee = crc.user;
    ASSERT_OK(act_run(&assign.act, &study.err), &study.err);
    ASSERT_TEXT(thread_by(&dm, query)->entry.assignee, "crc");
    assert_int_equal(state_of(query), QUERY_OPEN);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_query_lives_from_opening_to_closure_by_two_persons),
        TEST(a_query_stands_on_a_missing_item_and_on_a_form_that_nobody_began),
        TEST(a_query_on_a_place_that_does_not_exist_is_refused),
        TEST(a_check_that_no_longer_fires_closes_its_unanswered_query_and_says_so),
        TEST(an_answered_query_of_a_check_waits_for_its_reviewer),
        TEST(a_query_that_was_opened_again_is_not_the_programs_to_close),
        TEST(a_closed_finding_does_not_come_again_until_its_value_changes),
        TEST(no_forbidden_pair_is_done_by_one_person),
        TEST(a_query_is_cancelled_by_who_opened_it_or_the_data_manager),
        TEST(rights_end_at_the_site),
        TEST(a_step_that_is_sent_again_changes_nothing),
        TEST(a_step_on_what_moved_meanwhile_is_refused),
        TEST(the_inbox_is_narrowed_by_each_filter),
        TEST(pages_follow_each_other_without_a_gap_or_a_repeat),
        TEST(counts_follow_every_step),
        TEST(a_query_is_assigned_only_to_somebody_who_may_act),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

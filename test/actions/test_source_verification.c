/* Source verification (specification 8.1 'source-verify'; ICH E6(R3) 3.11.4): what is to be
 * verified, when it falls, and who may not do it. All data are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/tamper.h"
#include "support/unit.h"

#include "actions/form_view.h"
#include "actions/history.h"
#include "actions/lock_readiness.h"
#include "actions/verification_duty.h"
#include "actions/verification_sample.h"

#include <string.h>

#define TREATMENT "SE.LOG", "F.CM"
#define BASELINE  "SE.BL", "F.DM"

static struct fixture study;
static struct caller crc, mon, dm;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    dm = fixture_person(&study, "dm", ROLE_DM);
    mon = fixture_person(&study, "mon", ROLE_MON);
    person = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMCAT", "ABX", "I.CM.CMNAME",
                  "SYNTHETIC", "I.CM.CMBEG", "2026-01", NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps ----------------------------------------------------------------------------- */

static struct form_key place(const char *event, const char *form)
{
    return (struct form_key){.participant = person,
                             .event = text_of(event),
                             .event_repeat = 1,
                             .form = text_of(form),
                             .form_repeat = 1};
}

static const struct form_view *view_of(const char *event, const char *form)
{
    struct form_view *view = NULL;
    struct form_key key = place(event, form);
    ASSERT_OK(form_view_read(study.study, &mon, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static const struct verified_answer *answer(const char *event, const char *form,
                                            const char *item)
{
    const struct form_view *view = view_of(event, form);
    for (size_t i = 0; i < view->verification.count; i++)
        if (text_equal(view->verification.at[i].answer.item, text_of(item)))
            return &view->verification.at[i];
    fail_msg("%s has no answer", item);
    return NULL;
}

static struct source_verify one_of(const struct caller *by, const char *event,
                                   const char *form, const char *item)
{
    struct verified_claim *claim = ARENA_NEW(study.arena, struct verified_claim);
    *claim = (struct verified_claim){
        .item = text_of(item),
        .version = text_of(fixture_version(&study, person, event, form, item, 0))};
    return (struct source_verify){
        .act = act_of(study.study, by, study.arena, source_verify),
        .key = place(event, form),
        .claims = claim,
        .claim_count = 1};
}

static bool verify(const struct caller *by, const char *event, const char *form,
                   const char *item)
{
    struct source_verify verb = one_of(by, event, form, item);
    return act_run(&verb.act, &study.err);
}

static struct source_verify all_of(const char *event, const char *form, int64_t seen)
{
    return (struct source_verify){
        .act = act_of(study.study, &mon, study.arena, source_verify),
        .key = place(event, form),
        .is_all = true,
        .seen = seen};
}

static void change(const char *event, const char *form, const char *item,
                   const char *value)
{
    struct save_values verb = fixture_save_of(&study, &crc, person, event, form);
    struct mutation mutation = {
        .item = text_of(item),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, event, form, item, 0)),
        .reason = TEXT("SYNTHETIC")};
    ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
}

static void assert_says(const char *words)
{
    if (strstr(study.err.text, words) == NULL && strstr(study.err.hint, words) == NULL)
        fail_msg("%s (%s) does not say %s", study.err.text, study.err.hint, words);
}

static struct verification_count count_of(const char *event, const char *form)
{
    return view_of(event, form)->verification.total;
}

/* --- verifying --------------------------------------------------------------------------- */

static void a_verified_answer_says_who_compared_it(void **state)
{
    (void)state;
    assert_int_equal(count_of(TREATMENT).needed, 3);
    assert_int_equal(count_of(TREATMENT).verified, 0);
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    const struct verified_answer *one = answer(TREATMENT, "I.CM.CMNAME");
    assert_int_equal(one->state, VERIFICATION_STANDS);
    ASSERT_TEXT(one->by_name, "mon");
    assert_int_equal(one->answer.verified_at, fixture_now(&study));
    assert_int_equal(answer(TREATMENT, "I.CM.CMCAT")->state, VERIFICATION_NONE);
    assert_int_equal(count_of(TREATMENT).verified, 1);
}

static void verifying_twice_writes_once(void **state)
{
    (void)state;
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SOURCE_VERIFIED), 1);
}

static void a_changed_answer_falls_and_is_verified_anew(void **state)
{
    (void)state;
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    change(TREATMENT, "I.CM.CMNAME", "SYNTHETIC other");
    assert_int_equal(answer(TREATMENT, "I.CM.CMNAME")->state, VERIFICATION_FELL);
    assert_int_equal(count_of(TREATMENT).fell, 1);
    assert_int_equal(count_of(TREATMENT).verified, 0);
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    assert_int_equal(answer(TREATMENT, "I.CM.CMNAME")->state, VERIFICATION_STANDS);
}

/* BMI of 60 kg and 1.70 m, then of 1.60 m: the program writes it, nobody else. */
static void a_rule_that_derives_anew_makes_a_verification_fall(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.HEIGHT", "170", "I.DM.WEIGHT",
                  "60", NULL);
    const char *first = fixture_value(&study, person, BASELINE, "I.DM.BMI", 0);
    ASSERT_OK(verify(&mon, BASELINE, "I.DM.BMI"), &study.err);
    change(BASELINE, "I.DM.HEIGHT", "160");
    assert_string_not_equal(first,
                            fixture_value(&study, person, BASELINE, "I.DM.BMI", 0));
    assert_int_equal(answer(BASELINE, "I.DM.BMI")->state, VERIFICATION_FELL);
    assert_false(answer(BASELINE, "I.DM.BMI")->is_needed);
}

static void what_was_changed_since_it_was_seen_is_not_verified(void **state)
{
    (void)state;
    struct source_verify verb = one_of(&mon, TREATMENT, "I.CM.CMNAME");
    change(TREATMENT, "I.CM.CMNAME", "SYNTHETIC other");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_CHANGED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SOURCE_VERIFIED), 0);
}

static void a_whole_form_is_verified_as_it_was_seen(void **state)
{
    (void)state;
    int64_t seen = view_of(TREATMENT)->verification.seen;
    change(TREATMENT, "I.CM.CMNAME", "SYNTHETIC other");
    struct source_verify early = all_of(TREATMENT, seen);
    ASSERT_ERROR(act_run(&early.act, &study.err), &study.err, ERROR_CHANGED);
    struct source_verify verb =
        all_of(TREATMENT, view_of(TREATMENT)->verification.seen);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(verb.done, view_of(TREATMENT)->verification.count);
    assert_int_equal(count_of(TREATMENT).verified, 3);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SOURCE_VERIFIED), 1);
}

static void all_of_a_participant_is_verified_with_an_event_for_each_form(void **state)
{
    (void)state;
    struct casebook *book = NULL;
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.WEIGHT", "60", NULL);
    ASSERT_OK(casebook_read(study.study, &mon, person, study.arena, &book, &study.err),
              &study.err);
    struct source_verify verb = {
        .act = act_of(study.study, &mon, study.arena, source_verify),
        .key = {.participant = person},
        .is_whole = true,
        .seen = book->seen};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(casebook_read(study.study, &mon, person, study.arena, &book, &study.err),
              &study.err);
    assert_true(book->may_verify && book->is_sampled);
    for (size_t i = 0; i < book->form_count; i++)
        assert_int_equal(book->verifications[i].verified,
                         book->verifications[i].needed);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SOURCE_VERIFIED),
                     book->form_count);
}

static void an_answer_that_is_not_there_is_not_verified(void **state)
{
    (void)state;
    struct source_verify verb = one_of(&mon, TREATMENT, "I.CM.CMNAME");
    const struct verified_claim claim = {.item = TEXT("I.CM.CMEND"),
                                         .version = TEXT("1:0")};
    verb.claims = &claim;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_says("there is no answer to verify");
    verb = one_of(&mon, TREATMENT, "I.CM.CMNAME");
    verb.key.form = TEXT("F.MB");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_FOUND);
}

/* --- withdrawing --------------------------------------------------------------------------- */

static void a_withdrawal_needs_a_reason_and_leaves_it_open_again(void **state)
{
    (void)state;
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    struct source_verify verb = one_of(&mon, TREATMENT, "I.CM.CMNAME");
    verb.is_withdrawing = true;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    verb = one_of(&mon, TREATMENT, "I.CM.CMNAME");
    verb.is_withdrawing = true;
    verb.reason = TEXT("SYNTHETIC the wrong page");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(answer(TREATMENT, "I.CM.CMNAME")->state, VERIFICATION_NONE);
    verb.act = act_of(study.study, &mon, study.arena, source_verify);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_CHANGED);
}

/* --- who may not, and when not ------------------------------------------------------------- */

/* The table of pairs: what a person did with an answer, and what the same person may then
 * do with it. */
static void nobody_verifies_or_withdraws_what_he_entered_himself(void **state)
{
    (void)state;
    const struct {
        enum value_source source;
        int64_t by;
        enum verification_step step;
        bool may;
    } pairs[] = {
        {SOURCE_PERSON, 7, VERIFICATION_MAKE, false},
        {SOURCE_PERSON, 7, VERIFICATION_WITHDRAW, false},
        {SOURCE_PERSON, 8, VERIFICATION_MAKE, true},
        {SOURCE_PERSON, 8, VERIFICATION_WITHDRAW, true},
        {SOURCE_DERIVED, 7, VERIFICATION_MAKE, true},
    };
    const struct caller caller = {.user = 7};
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        const struct answer_verification one = {.source = pairs[i].source,
                                                .by = pairs[i].by};
        struct error err = {0};
        bool may = verification_duty_check(&caller, &one, pairs[i].step, &err);
        assert_int_equal(may, pairs[i].may);
        if (!may)
            assert_int_equal(err.code, ERROR_NOT_ALLOWED);
    }
}

/* Somebody who holds both rights: the second check of them is the act's. */
static void who_entered_a_value_does_not_verify_it_with_the_right_to_either(
    void **state)
{
    (void)state;
    struct grant both[] = {crc.grants[0], mon.grants[0]};
    struct caller caller = crc;
    caller.grants = both;
    caller.grant_count = 2;
    ASSERT_ERROR(verify(&caller, TREATMENT, "I.CM.CMNAME"), &study.err,
                 ERROR_NOT_ALLOWED);
    assert_says("you entered this value yourself");
    caller.user = mon.user;
    ASSERT_OK(verify(&caller, TREATMENT, "I.CM.CMNAME"), &study.err);
}

static void only_a_monitor_of_the_site_verifies(void **state)
{
    (void)state;
    struct caller other = fixture_stranger(&study, "mon2", ROLE_MON);
    ASSERT_ERROR(verify(&dm, TREATMENT, "I.CM.CMNAME"), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(verify(&other, TREATMENT, "I.CM.CMNAME"), &study.err,
                 ERROR_NOT_ALLOWED);
}

static bool append_lock(struct txn *txn, void *data, struct error *err)
{
    struct origin origin = {.user = 2, .device = TEXT("SYNTHETIC")};
    struct database_locked cut = {.name = TEXT("SYNTHETIC cut"), .first_user = 1};
    (void)data;
    return txn_append(txn, LOG_EVENT_DATABASE_LOCKED, &origin, 0, &cut, NULL, err);
}

static void a_frozen_form_is_verified_and_a_locked_data_base_is_not(void **state)
{
    (void)state;
    struct record_freeze freeze = {
        .act = act_of(study.study, &mon, study.arena, record_freeze),
        .key = place(TREATMENT),
        .scope = RECORD_FORM};
    ASSERT_OK(act_run(&freeze.act, &study.err), &study.err);
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    struct unit unit = {.apply = append_lock};
    ASSERT_OK(store_write(study_store(study.study), &unit, &study.err), &study.err);
    ASSERT_ERROR(verify(&mon, TREATMENT, "I.CM.CMCAT"), &study.err, ERROR_LOCKED);
    assert_says("the data base is locked");
}

/* --- the plan ------------------------------------------------------------------------------- */

/* Drawn with sha256sum as the header says, seed NCT07239375, 20 percent, first 5. */
static void the_sample_is_drawn_as_the_formula_says(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        bool is_drawn;
    } known[] = {
        {"S-0001", true},  {"S-0005", true}, {"S-0006", false},
        {"S-0014", false}, {"S-0015", true}, {"S-0016", false},
        {"S-0022", true},  {"S-0023", true}, {"S-0024", false},
    };
    struct arena *arena = study.arena;
    const struct verification_plan *plan = &study_design(study.study)->verification;
    assert_true(plan->is_planned);
    ASSERT_TEXT(plan->seed, "NCT07239375");
    assert_int_equal(plan->first_of_site, 5);
    assert_int_equal(plan->share, 20);
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (verification_is_drawn(plan, SITE, text_of(known[i].number), arena) !=
            known[i].is_drawn)
            fail_msg("%s", known[i].number);
    struct verification_plan all = *plan;
    struct verification_plan none = *plan;
    all.share = 100;
    none.share = 0;
    assert_true(verification_is_drawn(&all, SITE, TEXT("S-0006"), arena));
    assert_false(verification_is_drawn(&none, SITE, TEXT("S-0006"), arena));
}

/* Beyond the first five, what is critical is needed of everybody, the rest is not. */
static void what_is_critical_is_needed_of_who_is_not_in_the_sample_too(void **state)
{
    (void)state;
    for (int i = 2; i <= 6; i++)
        person = fixture_screen(&study, &crc);
    ASSERT_TEXT(fixture_participant(&study, person)->screening_number, "S-0006");
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMNAME", "SYNTHETIC", NULL);
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    assert_int_equal(count_of(TREATMENT).needed, 0);
    assert_false(view_of(TREATMENT)->verification.is_sampled);
    assert_true(count_of("SE.SCR", "F.SCR").needed > 0);
    assert_true(count_of("SE.SCR", "F.ICF").needed > 0);
    fixture_enter(&study, &crc, person, BASELINE, "I.DM.WEIGHT", "60", NULL);
    assert_int_equal(count_of(BASELINE).needed, 0);
}

/* A deviation that the program opened (CK007): a puncture where the bone was used ten hours
 * before. What it wrote there has no source. */
static void what_the_program_wrote_is_not_needed(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.SCR", "F.SCR", "I.SCR.XSITE#1", "PTL",
                  "I.SCR.XLAST#1", "2026-11-22T00:00+08:00", NULL);
    struct caller opr = fixture_person(&study, "opr", ROLE_OPR);
    fixture_enter(&study, &opr, person, "SE.T0", "F.IO", "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", NULL);
    assert_int_equal(fixture_events(&study, LOG_EVENT_DEVIATION_OPENED), 1);
    assert_true(view_of("SE.LOG", "F.PD")->verification.count > 0);
    assert_int_equal(count_of("SE.LOG", "F.PD").needed, 0);
}

static void the_list_counts_what_waits_by_site_and_form(void **state)
{
    (void)state;
    struct verification_list list;
    struct verification_filter filter = {.form = TEXT("F.CM")};
    ASSERT_OK(verification_list_read(study.study, &mon, &filter, study.arena, &list,
                                     &study.err),
              &study.err);
    assert_true(list.may);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].count.needed, 3);
    assert_int_equal(list.site_count, 1);
    assert_int_equal(list.sites[0].participants, 1);
    assert_int_equal(list.sites[0].sampled, 1);
    assert_true(list.sites[0].count.needed >= 3);
    struct source_verify verb = all_of(TREATMENT, INT64_MAX);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(verification_list_read(study.study, &mon, &filter, study.arena, &list,
                                     &study.err),
              &study.err);
    assert_int_equal(list.count, 0);
    filter.with_done = true;
    ASSERT_OK(verification_list_read(study.study, &mon, &filter, study.arena, &list,
                                     &study.err),
              &study.err);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].count.verified, 3);
}

/* --- histories ------------------------------------------------------------------------------- */

static const struct history_entry *history(const char *item, enum log_event_kind kind)
{
    struct history_entry *entries = NULL;
    size_t count = 0;
    struct history_filter filter = {.participant = person,
                                    .event = TEXT("SE.LOG"),
                                    .form = TEXT("F.CM"),
                                    .item = text_of(item)};
    ASSERT_OK(history_read(study.study, &mon, &filter, study.arena, &entries, &count,
                           &study.err),
              &study.err);
    for (size_t i = 0; i < count; i++)
        if (entries[i].kind == kind)
            return &entries[i];
    return NULL;
}

static void the_history_of_an_item_tells_of_a_verification_and_that_it_fell(
    void **state)
{
    (void)state;
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    const struct history_entry *entry =
        history("I.CM.CMNAME", LOG_EVENT_SOURCE_VERIFIED);
    assert_non_null(entry);
    ASSERT_TEXT(entry->by_name, "mon");
    ASSERT_TEXT(entry->status, "current");
    assert_null(history("I.CM.CMCAT", LOG_EVENT_SOURCE_VERIFIED));
    change(TREATMENT, "I.CM.CMNAME", "SYNTHETIC other");
    entry = history("I.CM.CMNAME", LOG_EVENT_SOURCE_VERIFIED);
    ASSERT_TEXT(entry->status, "replaced");
}

static void the_history_of_a_form_tells_of_verification_withdrawal_and_freezing(
    void **state)
{
    (void)state;
    struct source_verify verb = all_of(TREATMENT, INT64_MAX);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    verb = all_of(TREATMENT, INT64_MAX);
    verb.is_withdrawing = true;
    verb.reason = TEXT("SYNTHETIC the wrong page");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    struct record_freeze freeze = {
        .act = act_of(study.study, &mon, study.arena, record_freeze),
        .key = place(TREATMENT),
        .scope = RECORD_FORM};
    ASSERT_OK(act_run(&freeze.act, &study.err), &study.err);
    assert_int_equal(history("", LOG_EVENT_SOURCE_VERIFIED)->verified_count, verb.done);
    ASSERT_TEXT(history("", LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN)->reason,
                "SYNTHETIC the wrong page");
    assert_non_null(history("", LOG_EVENT_FROZEN));
    assert_null(history("I.CM.CMNAME", LOG_EVENT_FROZEN));
}

/* --- before the lock of the data base ------------------------------------------------------------ */

static void what_stands_in_the_way_of_the_lock_is_counted_by_participant(void **state)
{
    (void)state;
    struct database_readiness readiness;
    ASSERT_OK(database_readiness_read(study.study, &dm, 0, study.arena, &readiness,
                                      &study.err),
              &study.err);
    assert_int_equal(readiness.participants, 1);
    assert_int_equal(readiness.count, 1);
    assert_int_equal(readiness.locked, 0);
    int64_t unverified = readiness.at[0].unverified;
    assert_true(unverified >= 3);
    assert_int_equal(readiness.at[0].incomplete, 1);     /* the screening form */
    assert_int_equal(readiness.at[0].unsigned_forms, 2); /* and the treatment */
    struct source_verify verb = all_of(TREATMENT, INT64_MAX);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(database_readiness_read(study.study, &dm, 0, study.arena, &readiness,
                                      &study.err),
              &study.err);
    assert_int_equal(readiness.at[0].unverified, unverified - 3);
    ASSERT_ERROR(database_readiness_read(study.study, &mon, 0, study.arena, &readiness,
                                         &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

/* --- the log --------------------------------------------------------------------------------- */

static void verify_holds_the_table_to_the_log(void **state)
{
    (void)state;
    ASSERT_OK(verify(&mon, TREATMENT, "I.CM.CMNAME"), &study.err);
    fixture_reopen(&study);
    assert_int_equal(answer(TREATMENT, "I.CM.CMNAME")->state, VERIFICATION_STANDS);
    struct verify_report report = tamper_verified(&study.place, NULL, study.arena);
    tamper_assert_nothing_found(&report);
    report =
        tamper_tried(&study.place, "UPDATE verification SET of_place = 9", study.arena);
    tamper_assert_found(&report, VERIFY_TABLE, 0, "verification");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_verified_answer_says_who_compared_it),
        TEST(verifying_twice_writes_once),
        TEST(a_changed_answer_falls_and_is_verified_anew),
        TEST(a_rule_that_derives_anew_makes_a_verification_fall),
        TEST(what_was_changed_since_it_was_seen_is_not_verified),
        TEST(a_whole_form_is_verified_as_it_was_seen),
        TEST(all_of_a_participant_is_verified_with_an_event_for_each_form),
        TEST(an_answer_that_is_not_there_is_not_verified),
        TEST(a_withdrawal_needs_a_reason_and_leaves_it_open_again),
        TEST(nobody_verifies_or_withdraws_what_he_entered_himself),
        TEST(who_entered_a_value_does_not_verify_it_with_the_right_to_either),
        TEST(only_a_monitor_of_the_site_verifies),
        TEST(a_frozen_form_is_verified_and_a_locked_data_base_is_not),
        TEST(the_sample_is_drawn_as_the_formula_says),
        TEST(what_is_critical_is_needed_of_who_is_not_in_the_sample_too),
        TEST(what_the_program_wrote_is_not_needed),
        TEST(the_list_counts_what_waits_by_site_and_form),
        TEST(the_history_of_an_item_tells_of_a_verification_and_that_it_fell),
        TEST(the_history_of_a_form_tells_of_verification_withdrawal_and_freezing),
        TEST(what_stands_in_the_way_of_the_lock_is_counted_by_participant),
        TEST(verify_holds_the_table_to_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

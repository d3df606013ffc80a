/* Freezing and locking, and who may not do two things (specification 8.1; 21 CFR 11.10(f)).
 * All data are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/tamper.h"
#include "support/unit.h"

#include "actions/form_view.h"
#include "actions/query.h"
#include "actions/record_lock.h"
#include "actions/rule_wakes.h"
#include "actions/source_verification.h"
#include "base/hex.h"

#include <string.h>

#define TREATMENT "SE.LOG", "F.CM"
#define PASSWORD  "SYNTHETIC correct horse"

static struct fixture study;
static struct caller crc, pi, dm, mon;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    dm = fixture_person(&study, "dm", ROLE_DM);
    mon = fixture_person(&study, "mon", ROLE_MON);
    pi = fixture_member(&study, "pi", ROLE_PI, PASSWORD);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps ----------------------------------------------------------------------------- */

static struct form_key treatment(void)
{
    return (struct form_key){.participant = person,
                             .event = TEXT("SE.LOG"),
                             .event_repeat = 1,
                             .form = TEXT("F.CM"),
                             .form_repeat = 1};
}

static void enter_treatment(void)
{
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMCAT", "ABX", "I.CM.CMNAME",
                  "SYNTHETIC", "I.CM.CMBEG", "2026-01", NULL);
}

static const struct form_view *view_of(const struct caller *by)
{
    struct form_view *view = NULL;
    struct form_key key = treatment();
    ASSERT_OK(form_view_read(study.study, by, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static void sign(void)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    size_t len = hex_print(view_of(&pi)->review.offer.content.bytes, HASH_SIZE, digits);
    struct signature_make verb = {
        .act = act_of(study.study, &pi, study.arena, signature_finish),
        .key = treatment(),
        .meaning = TEXT("FORM_REVIEWED"),
        .language = TEXT("en"),
        .content = {digits, len},
        .name = pi.name,
        .password = TEXT(PASSWORD)};
    ASSERT_OK(signature_begin(&verb, &study.err), &study.err);
    signature_hash(&verb);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static void verify(void)
{
    struct source_verify verb = {
        .act = act_of(study.study, &mon, study.arena, source_verify),
        .key = treatment(),
        .is_all = true,
        .seen = INT64_MAX};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static bool freeze(const struct caller *by, bool is_unfreezing)
{
    struct record_freeze verb = {
        .act = act_of(study.study, by, study.arena, record_freeze),
        .key = treatment(),
        .scope = RECORD_FORM,
        .is_unfreezing = is_unfreezing,
        .reason = is_unfreezing ? TEXT("SYNTHETIC") : TEXT("")};
    return act_run(&verb.act, &study.err);
}

static bool change(const struct caller *by, enum record_scope scope, bool is_unlocking,
                   bool *is_done)
{
    struct record_lock_change verb = {
        .act = act_of(study.study, by, study.arena, record_lock_change),
        .key = treatment(),
        .scope = scope,
        .is_unlocking = is_unlocking,
        .reason = is_unlocking ? TEXT("SYNTHETIC") : TEXT(""),
        .name = TEXT("SYNTHETIC cut")};
    bool is_run = act_run(&verb.act, &study.err);
    *is_done = verb.is_done;
    return is_run;
}

static void lock_by_both(enum record_scope scope)
{
    bool is_done = false;
    ASSERT_OK(change(&dm, scope, false, &is_done), &study.err);
    assert_false(is_done);
    ASSERT_OK(change(&pi, scope, false, &is_done), &study.err);
    assert_true(is_done);
}

static bool correct(const struct caller *by)
{
    struct save_values verb = fixture_save_of(&study, by, person, TREATMENT);
    struct mutation mutation = {
        .item = TEXT("I.CM.CMNAME"),
        .value = TEXT("SYNTHETIC other"),
        .base = text_of(fixture_version(&study, person, TREATMENT, "I.CM.CMNAME", 0)),
        .reason = TEXT("SYNTHETIC")};
    return fixture_save(&study, &verb, &mutation, 1);
}

static void assert_says(const char *words)
{
    if (strstr(study.err.text, words) == NULL && strstr(study.err.hint, words) == NULL)
        fail_msg("%s (%s) does not say %s", study.err.text, study.err.hint, words);
}

/* --- freezing -------------------------------------------------------------------------- */

static void a_frozen_form_refuses_a_save_and_says_who_froze_it_and_what_to_do(
    void **state)
{
    (void)state;
    enter_treatment();
    ASSERT_OK(freeze(&mon, false), &study.err);
    ASSERT_ERROR(correct(&crc), &study.err, ERROR_LOCKED);
    assert_says("this form was frozen by mon at 2026-11-22T02:00");
    assert_says("ask a data manager or the monitor to unfreeze it");
    assert_false(view_of(&crc)->may_edit);
    ASSERT_OK(freeze(&dm, true), &study.err);
    assert_true(view_of(&crc)->may_edit);
    assert_true(correct(&crc));
}

static void a_form_that_is_not_begun_is_not_frozen(void **state)
{
    (void)state;
    ASSERT_ERROR(freeze(&dm, false), &study.err, ERROR_NOT_FOUND);
}

/* --- locking --------------------------------------------------------------------------- */

static void a_form_is_locked_by_two_and_unlocked_by_two(void **state)
{
    (void)state;
    bool is_done = false;
    enter_treatment();
    sign();
    verify();
    lock_by_both(RECORD_FORM);
    ASSERT_ERROR(correct(&crc), &study.err, ERROR_LOCKED);
    assert_says("this form was locked by pi");
    ASSERT_ERROR(freeze(&dm, false), &study.err, ERROR_REFUSED);
    ASSERT_OK(change(&pi, RECORD_FORM, true, &is_done), &study.err);
    assert_false(is_done);
    ASSERT_ERROR(correct(&crc), &study.err, ERROR_LOCKED);
    ASSERT_OK(change(&dm, RECORD_FORM, true, &is_done), &study.err);
    assert_true(is_done);
    assert_true(correct(&crc));
    assert_false(view_of(&pi)->review.signatures.at[0].stands);
}

static void no_lock_before_everything_is_settled(void **state)
{
    (void)state;
    bool is_done = false;
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMCAT", "ABX", NULL);
    ASSERT_ERROR(change(&dm, RECORD_FORM, false, &is_done), &study.err, ERROR_REFUSED);
    assert_says("required items miss");
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMNAME", "SYNTHETIC",
                  "I.CM.CMBEG", "2026-01", NULL);
    ASSERT_ERROR(change(&dm, RECORD_FORM, false, &is_done), &study.err, ERROR_REFUSED);
    assert_says("it is not signed");
    sign();
    ASSERT_ERROR(change(&dm, RECORD_FORM, false, &is_done), &study.err, ERROR_REFUSED);
    assert_says("3 of its answers wait for source verification");
    verify();
    ASSERT_OK(change(&dm, RECORD_FORM, false, &is_done), &study.err);
    assert_true(correct(&crc)); /* proposed is not locked; the signature falls */
    ASSERT_ERROR(change(&pi, RECORD_FORM, false, &is_done), &study.err, ERROR_REFUSED);
    assert_says("it is not signed");
}

static void no_lock_while_a_query_stands_open(void **state)
{
    (void)state;
    bool is_done = false;
    const char *first;
    enter_treatment();
    first = fixture_version(&study, person, TREATMENT, "I.CM.CMNAME", 0);
    for (int i = 0; i < 2; i++) {
        struct save_values verb = fixture_save_of(&study, &crc, person, TREATMENT);
        struct mutation mutation = {.item = TEXT("I.CM.CMNAME"),
                                    .value = i == 0 ? TEXT("one") : TEXT("other"),
                                    .base = text_of(first),
                                    .reason = TEXT("SYNTHETIC")};
        ASSERT_OK(fixture_save(&study, &verb, &mutation, 1), &study.err);
    }
    ASSERT_ERROR(change(&dm, RECORD_FORM, false, &is_done), &study.err, ERROR_REFUSED);
    assert_says("queries stand open");
}

static void a_participant_is_locked_with_all_forms_and_takes_no_new_one(void **state)
{
    (void)state;
    bool is_done = false;
    enter_treatment();
    sign();
    ASSERT_ERROR(change(&dm, RECORD_PARTICIPANT, false, &is_done), &study.err,
                 ERROR_REFUSED);
    assert_says("F.SCR"); /* the screening form is not complete */
}

/* --- the data base ------------------------------------------------------------------------ */

static void the_data_base_is_not_locked_before_every_participant_is(void **state)
{
    (void)state;
    bool is_done = false;
    ASSERT_ERROR(change(&dm, RECORD_DATABASE, false, &is_done), &study.err,
                 ERROR_REFUSED);
    assert_says("is not locked");
}

static void a_locked_data_base_names_its_cut_and_takes_nothing_until_unlocked(
    void **state)
{
    (void)state;
    bool is_done = false;
    fixture_close(&study);
    fixture_open(&study); /* nobody is in it */
    dm = fixture_person(&study, "dm", ROLE_DM);
    pi = fixture_person(&study, "pi", ROLE_PI);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    struct lock_view view;
    lock_by_both(RECORD_DATABASE);
    ASSERT_OK(database_lock_read(study.study, &dm, study.arena, &view, &study.err),
              &study.err);
    assert_int_equal(view.count, 1);
    ASSERT_TEXT(view.at[0].lock.name, "SYNTHETIC cut");
    assert_int_equal(view.at[0].lock.cut, view.at[0].lock.seq - 1);
    ASSERT_TEXT(view.at[0].first_name, "dm");
    struct participant_add add = {
        .act = act_of(study.study, &crc, study.arena, participant_add), .site = SITE};
    ASSERT_ERROR(act_run(&add.act, &study.err), &study.err, ERROR_LOCKED);
    assert_says("the data base was locked by pi");
    ASSERT_OK(change(&pi, RECORD_DATABASE, true, &is_done), &study.err);
    ASSERT_OK(change(&dm, RECORD_DATABASE, true, &is_done), &study.err);
    assert_true(is_done);
    add.act = act_of(study.study, &crc, study.arena, participant_add);
    ASSERT_OK(act_run(&add.act, &study.err), &study.err);
}

static bool append_lock(struct txn *txn, void *data, struct error *err)
{
    struct origin origin = {.user = 2, .device = TEXT("SYNTHETIC")};
    struct database_locked cut = {.name = TEXT("SYNTHETIC cut"), .first_user = 1};
    struct wake_set wake = {.wakes_at = txn_now(txn),
                            .key = {.participant = person,
                                    .event = TEXT("SE.LOG"),
                                    .event_repeat = 1,
                                    .form = TEXT("F.CM"),
                                    .form_repeat = 1}};
    const bool *is_locked = data;
    return txn_append(txn, LOG_EVENT_WAKE_SET, &origin, person, &wake, NULL, err) &&
           (!*is_locked ||
            txn_append(txn, LOG_EVENT_DATABASE_LOCKED, &origin, 0, &cut, NULL, err));
}

/* How many participants' rules ran by themselves. */
static size_t woken(bool is_locked)
{
    size_t count = 0;
    struct unit unit = {.apply = append_lock, .data = &is_locked};
    ASSERT_OK(store_write(study_store(study.study), &unit, &study.err), &study.err);
    fixture_pass(&study, HOUR);
    ASSERT_OK(rules_wake_due(study.study, &count, &study.err), &study.err);
    return count;
}

static void no_rule_wakes_and_nobody_asks_in_a_locked_data_base(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMNAME", "SYNTHETIC", NULL);
    assert_int_equal(woken(false), 1);
    assert_int_equal(woken(true), 0);
    struct query_step ask = {
        .act = act_of(study.study, &dm, study.arena, query_step),
        .key = {.participant = person, .event = TEXT("SE.LOG"), .form = TEXT("F.CM")},
        .text = TEXT("SYNTHETIC")};
    ASSERT_ERROR(act_run(&ask.act, &study.err), &study.err, ERROR_LOCKED);
}

/* --- forbidden pairs ------------------------------------------------------------------------ */

/* Of the two persons of an act: who proposes, who would confirm, and what is said. */
static void
the_two_persons_of_a_lock_are_a_data_manager_and_another_who_is_the_investigator(
    void **state)
{
    (void)state;
    struct caller other_dm = fixture_person(&study, "dm2", ROLE_DM);
    struct caller other_pi = fixture_person(&study, "pi2", ROLE_PI);
    const struct {
        const struct caller *first, *second;
        bool may;
        const char *words;
    } pairs[] = {
        {&dm, &dm, false, "you proposed it yourself"},
        {&pi, &pi, false, "you proposed it yourself"},
        {&dm, &other_dm, false, "a data manager and a principal investigator"},
        {&pi, &other_pi, false, "a data manager and a principal investigator"},
        {&dm, &mon, false, "lock (two persons)"},
        {&dm, &crc, false, "lock (two persons)"},
        {&dm, &pi, true, NULL},
        {&pi, &dm, true, NULL},
    };
    bool is_done = false;
    enter_treatment();
    sign();
    verify();
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        /* A proposal of the first, whoever proposed before: locked and unlocked. */
        if (i > 0) {
            (void)change(&dm, RECORD_FORM, false, &is_done);
            (void)change(&pi, RECORD_FORM, false, &is_done);
            (void)change(&dm, RECORD_FORM, true, &is_done);
            (void)change(&pi, RECORD_FORM, true, &is_done);
            assert_false(view_of(&dm)->review.locks.is_held);
        }
        ASSERT_OK(change(pairs[i].first, RECORD_FORM, false, &is_done), &study.err);
        assert_false(is_done);
        bool is_locked = change(pairs[i].second, RECORD_FORM, false, &is_done);
        assert_int_equal(is_locked && is_done, pairs[i].may);
        if (pairs[i].may) {
            (void)change(&dm, RECORD_FORM, true, &is_done);
            (void)change(&pi, RECORD_FORM, true, &is_done);
            continue;
        }
        assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
        assert_says(pairs[i].words);
    }
}

static void verify_holds_the_locks_to_the_log(void **state)
{
    (void)state;
    enter_treatment();
    sign();
    verify();
    lock_by_both(RECORD_FORM);
    struct verify_report report;
    ASSERT_OK(
        verify_store(study_store(study.study), NULL, study.arena, &report, &study.err),
        &study.err);
    tamper_assert_nothing_found(&report);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_frozen_form_refuses_a_save_and_says_who_froze_it_and_what_to_do),
        TEST(a_form_that_is_not_begun_is_not_frozen),
        TEST(a_form_is_locked_by_two_and_unlocked_by_two),
        TEST(no_lock_before_everything_is_settled),
        TEST(no_lock_while_a_query_stands_open),
        TEST(a_participant_is_locked_with_all_forms_and_takes_no_new_one),
        TEST(the_data_base_is_not_locked_before_every_participant_is),
        TEST(a_locked_data_base_names_its_cut_and_takes_nothing_until_unlocked),
        TEST(
            the_two_persons_of_a_lock_are_a_data_manager_and_another_who_is_the_investigator),
        TEST(no_rule_wakes_and_nobody_asks_in_a_locked_data_base),
        TEST(verify_holds_the_locks_to_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

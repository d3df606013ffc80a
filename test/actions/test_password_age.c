#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/account.h"
#include "actions/users.h"

#define FIRST  "SYNTHETIC three owls"
#define SECOND "SYNTHETIC four herons"
#define THIRD  "SYNTHETIC five storks"

static struct fixture study;
static struct caller nurse, owner;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    nurse = fixture_member(&study, "nurse", ROLE_RN, FIRST);
    owner = caller_operator(TEXT("SYNTHETIC shell"));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static void choose(int64_t longest_days, int64_t remembered)
{
    struct password_rules_set verb = {
        .act = act_of(study.study, &owner, study.arena, password_rules_set),
        .longest_days = longest_days,
        .remembered = remembered,
        .reason = TEXT("SYNTHETIC policy of the hospital")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static struct sign_in attempt(const char *password, const char *new_password)
{
    return (struct sign_in){
        .act = act_of(study.study, NULL, study.arena, sign_in_finish),
        .name = TEXT("nurse"),
        .password = text_of(password),
        .new_password = new_password == NULL ? (struct text){0} : text_of(new_password),
        .client = TEXT("192.0.2.7"),
        .device = TEXT("SYNTHETIC tablet"),
        .language = TEXT("en"),
    };
}

static bool sign_in(const char *password, const char *new_password)
{
    struct sign_in verb = attempt(password, new_password);
    return sign_in_run(&verb, &study.err);
}

static bool change(const char *old_password, const char *new_password)
{
    struct password_change verb = {
        .act = act_of(study.study, &nurse, study.arena, password_change_finish),
        .old_password = text_of(old_password),
        .new_password = text_of(new_password)};
    if (!password_change_begin(&verb, &study.err))
        return false;
    password_change_hash(&verb);
    return act_run(&verb.act, &study.err);
}

/* --- age ------------------------------------------------------------------------------- */

static void a_year_is_the_longest_where_nobody_has_chosen(void **state)
{
    (void)state;
    fixture_pass(&study, 365 * (int64_t)DAY - MINUTE);
    ASSERT_OK(sign_in(FIRST, NULL), &study.err);
    fixture_pass(&study, MINUTE);
    struct sign_in verb = attempt(FIRST, NULL);
    ASSERT_ERROR(sign_in_run(&verb, &study.err), &study.err, ERROR_SIGN_IN);
    assert_true(verb.needs_new_password);
    assert_string_equal(study.err.text, "the password has expired");
}

static void an_expired_password_signs_nobody_in_and_is_no_failure(void **state)
{
    (void)state;
    choose(90, 5);
    fixture_pass(&study, 90 * (int64_t)DAY);
    for (int i = 0; i < 4; i++)
        ASSERT_ERROR(sign_in(FIRST, NULL), &study.err, ERROR_SIGN_IN);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), 0);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGNED_IN), 1); /* by the link */
}

static void an_expired_password_proves_nobody_at_the_command_line(void **state)
{
    (void)state;
    choose(90, 5);
    fixture_pass(&study, 90 * (int64_t)DAY);
    struct sign_in verb = attempt(FIRST, NULL);
    verb.without_session = true;
    ASSERT_ERROR(sign_in_run(&verb, &study.err), &study.err, ERROR_SIGN_IN);
    assert_int_equal(verb.person, 0);
}

static void with_another_one_the_person_is_in(void **state)
{
    (void)state;
    choose(90, 5);
    fixture_pass(&study, 90 * (int64_t)DAY);
    ASSERT_OK(sign_in(FIRST, SECOND), &study.err);
    ASSERT_OK(sign_in(SECOND, NULL), &study.err);
    ASSERT_ERROR(sign_in(FIRST, NULL), &study.err, ERROR_SIGN_IN);
    fixture_pass(&study, 90 * (int64_t)DAY - MINUTE);
    ASSERT_OK(sign_in(SECOND, NULL), &study.err);
}

static void who_does_not_know_the_old_one_sets_no_new_one(void **state)
{
    (void)state;
    ASSERT_ERROR(sign_in("SYNTHETIC wrong one", SECOND), &study.err, ERROR_SIGN_IN);
    /* … and is not told what is wrong with a new one, which would tell the name. */
    ASSERT_ERROR(sign_in("SYNTHETIC wrong one", "short"), &study.err, ERROR_SIGN_IN);
    assert_int_equal(fixture_events(&study, LOG_EVENT_CREDENTIAL_SET), 1);
    ASSERT_OK(sign_in(FIRST, NULL), &study.err);
}

static void a_new_one_at_sign_in_obeys_the_rules_and_ends_the_other_sign_ins(
    void **state)
{
    struct sign_in before = attempt(FIRST, NULL);
    struct caller caller;
    (void)state;
    ASSERT_OK(sign_in_run(&before, &study.err), &study.err);
    ASSERT_ERROR(sign_in(FIRST, "short"), &study.err, ERROR_REFUSED);
    ASSERT_OK(sign_in(FIRST, SECOND), &study.err);
    ASSERT_ERROR(session_find(study.study, text_of(before.signed_in.token), study.arena,
                              &caller, &study.err),
                 &study.err, ERROR_SIGN_IN);
}

static void zero_days_let_a_password_last(void **state)
{
    (void)state;
    choose(0, 5);
    fixture_pass(&study, 10 * 365 * (int64_t)DAY);
    ASSERT_OK(sign_in(FIRST, NULL), &study.err);
}

static void the_latest_choice_counts_also_after_a_restart(void **state)
{
    (void)state;
    choose(0, 5);
    choose(30, 5);
    fixture_pass(&study, 30 * (int64_t)DAY);
    fixture_reopen(&study);
    ASSERT_ERROR(sign_in(FIRST, NULL), &study.err, ERROR_SIGN_IN);
    assert_string_equal(study.err.text, "the password has expired");
}

static void the_person_is_told_when_it_expires(void **state)
{
    int64_t expires = 0;
    (void)state;
    choose(30, 5);
    ASSERT_OK(
        password_own_expiry(study.study, nurse.user, study.arena, &expires, &study.err),
        &study.err);
    int64_t thirty_days = INT64_C(30) * DAY * 1000 * 1000;
    assert_in_range(expires, fixture_now(&study) + thirty_days - 60 * 1000 * 1000,
                    fixture_now(&study) + thirty_days);
}

/* --- the last ones --------------------------------------------------------------------- */

static void none_of_the_last_ones_is_taken_again(void **state)
{
    (void)state;
    choose(0, 2);
    ASSERT_ERROR(change(FIRST, FIRST), &study.err, ERROR_REFUSED);
    ASSERT_OK(change(FIRST, SECOND), &study.err);
    ASSERT_ERROR(change(SECOND, FIRST), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(sign_in(SECOND, FIRST), &study.err, ERROR_REFUSED);
    ASSERT_OK(change(SECOND, THIRD), &study.err);
    ASSERT_OK(change(THIRD, FIRST), &study.err); /* two others lie between */
}

static void nor_by_a_link_after_a_reset(void **state)
{
    (void)state;
    struct user_act reset = {.act =
                                 act_of(study.study, &owner, study.arena, user_reset),
                             .user = nurse.user};
    ASSERT_OK(act_run(&reset.act, &study.err), &study.err);
    const char *const passwords[] = {FIRST, SECOND};
    for (int i = 0; i < 2; i++) {
        struct link_sign_in link = {
            .act = act_of(study.study, NULL, study.arena, link_finish),
            .token = text_of(reset.link),
            .password = text_of(passwords[i])};
        ASSERT_OK(link_begin(&link, &study.err), &study.err);
        link_hash(&link);
        assert_int_equal(act_run(&link.act, &study.err), i == 1);
    }
    ASSERT_OK(sign_in(SECOND, NULL), &study.err);
}

/* --- the choice ------------------------------------------------------------------------ */

static void a_choice_needs_a_reason_and_sensible_numbers(void **state)
{
    static const struct {
        int64_t days, remembered;
        const char *reason;
    } bad[] = {{-1, 5, "SYNTHETIC"},
               {3651, 5, "SYNTHETIC"},
               {90, 0, "SYNTHETIC"},
               {90, 25, "SYNTHETIC"},
               {90, 5, " "}};
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct password_rules_set verb = {
            .act = act_of(study.study, &owner, study.arena, password_rules_set),
            .longest_days = bad[i].days,
            .remembered = bad[i].remembered,
            .reason = text_of(bad[i].reason)};
        ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    }
    assert_int_equal(fixture_events(&study, LOG_EVENT_PASSWORD_RULES_SET), 0);
}

static void an_administrator_sees_who_chose_what_and_when(void **state)
{
    struct caller admin = fixture_person(&study, "admin2", ROLE_ADM);
    struct password_rules_shown shown;
    (void)state;
    ASSERT_OK(password_rules_read(study.study, &admin, study.arena, &shown, &study.err),
              &study.err);
    assert_int_equal(shown.rules.longest_days, 365);
    assert_int_equal(shown.rules.remembered, 5);
    assert_int_equal(shown.set_at, 0);
    struct password_rules_set verb = {
        .act = act_of(study.study, &admin, study.arena, password_rules_set),
        .longest_days = 180,
        .remembered = 3,
        .reason = TEXT("SYNTHETIC SOP 7")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(password_rules_read(study.study, &admin, study.arena, &shown, &study.err),
              &study.err);
    assert_int_equal(shown.rules.longest_days, 180);
    assert_int_equal(shown.set_by->id, admin.user);
    ASSERT_TEXT(shown.rules.reason, "SYNTHETIC SOP 7");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_year_is_the_longest_where_nobody_has_chosen),
        TEST(an_expired_password_signs_nobody_in_and_is_no_failure),
        TEST(an_expired_password_proves_nobody_at_the_command_line),
        TEST(with_another_one_the_person_is_in),
        TEST(who_does_not_know_the_old_one_sets_no_new_one),
        TEST(a_new_one_at_sign_in_obeys_the_rules_and_ends_the_other_sign_ins),
        TEST(zero_days_let_a_password_last),
        TEST(the_latest_choice_counts_also_after_a_restart),
        TEST(the_person_is_told_when_it_expires),
        TEST(none_of_the_last_ones_is_taken_again),
        TEST(nor_by_a_link_after_a_reset),
        TEST(a_choice_needs_a_reason_and_sensible_numbers),
        TEST(an_administrator_sees_who_chose_what_and_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

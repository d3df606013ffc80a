#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/account.h"
#include "actions/users.h"
#include "base/base32.h"

#include <stdio.h>
#include <string.h>

#define PASSWORD "SYNTHETIC three owls"

static struct fixture study;
static struct caller nurse;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    nurse = fixture_member(&study, "nurse", ROLE_RN, PASSWORD);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct sign_in attempt(const char *name, const char *password,
                              const char *client)
{
    return (struct sign_in){
        .act = act_of(study.study, NULL, study.arena, sign_in_finish),
        .name = text_of(name),
        .password = text_of(password),
        .client = text_of(client),
        .device = TEXT("SYNTHETIC tablet"),
        .language = TEXT("en"),
    };
}

static bool sign_in(const char *name, const char *password, const char *client)
{
    struct sign_in verb = attempt(name, password, client);
    return sign_in_run(&verb, &study.err);
}

static void fail_times(const char *name, const char *client, int times)
{
    for (int i = 0; i < times; i++)
        ASSERT_ERROR(sign_in(name, "SYNTHETIC wrong one", client), &study.err,
                     ERROR_SIGN_IN);
}

/* --- the password ---------------------------------------------------------------------- */

static void the_right_password_begins_a_session(void **state)
{
    struct caller caller;
    (void)state;
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    ASSERT_OK(session_find(study.study, text_of(verb.signed_in.token), study.arena,
                           &caller, &study.err),
              &study.err);
    assert_int_equal(caller.user, nurse.user);
    ASSERT_TEXT(caller.name, "nurse");
    assert_int_equal(caller.grant_count, 1);
}

static void a_name_is_found_in_either_case_and_between_spaces(void **state)
{
    (void)state;
    ASSERT_OK(sign_in(" Nurse ", PASSWORD, "192.0.2.7"), &study.err);
}

static void a_wrong_password_and_an_unknown_name_get_the_same_sentence(void **state)
{
    struct error wrong;
    (void)state;
    fail_times("nurse", "192.0.2.7", 1);
    wrong = study.err;
    fail_times("nobody", "192.0.2.7", 1);
    assert_string_equal(wrong.text, study.err.text);
    assert_string_equal(wrong.hint, study.err.hint);
}

static void a_failure_is_on_the_log(void **state)
{
    (void)state;
    fail_times("nurse", "192.0.2.7", 1);
    fail_times("nobody", "192.0.2.7", 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), 2);
}

/* --- delays ------------------------------------------------------------------------------- */

static void expect_delay(const char *name, const char *client, int64_t seconds)
{
    struct sign_in verb = attempt(name, PASSWORD, client);
    ASSERT_ERROR(sign_in_begin(&verb, &study.err), &study.err, ERROR_TOO_MANY);
    assert_int_equal(verb.retry_after, seconds);
}

static void three_failures_delay_a_user_from_every_address(void **state)
{
    (void)state;
    fail_times("nurse", "192.0.2.7", 3);
    expect_delay("nurse", "198.51.100.9", 2);
    fixture_pass(&study, 2);
    ASSERT_OK(sign_in("nurse", PASSWORD, "198.51.100.9"), &study.err);
}

static void each_further_failure_doubles_the_delay(void **state)
{
    (void)state;
    fail_times("nurse", "192.0.2.7", 3);
    for (int64_t delay = 2; delay <= 64; delay *= 2) {
        expect_delay("nurse", "198.51.100.9", delay);
        fixture_pass(&study, delay);
        fail_times("nurse", "192.0.2.7", 1);
    }
}

static void a_success_ends_the_delays_of_user_and_address(void **state)
{
    (void)state;
    fail_times("nurse", "192.0.2.7", 3);
    fixture_pass(&study, 2);
    ASSERT_OK(sign_in("nurse", PASSWORD, "192.0.2.7"), &study.err);
    fail_times("nurse", "192.0.2.7", 2);
    ASSERT_OK(sign_in("nurse", PASSWORD, "192.0.2.7"), &study.err);
}

static void three_failures_delay_an_address_whatever_the_name(void **state)
{
    (void)state;
    fail_times("one", "192.0.2.7", 1);
    fail_times("two", "192.0.2.7", 1);
    fail_times("three", "192.0.2.7", 1);
    expect_delay("nurse", "192.0.2.7", 2);
    ASSERT_OK(sign_in("nurse", PASSWORD, "198.51.100.9"), &study.err);
}

static void a_name_that_nobody_has_is_delayed_like_one_that_somebody_has(void **state)
{
    (void)state;
    fail_times("nobody", "192.0.2.7", 3);
    expect_delay("nobody", "198.51.100.9", 2);
    fail_times("nurse", "203.0.113.5", 3);
    expect_delay("nurse", "198.51.100.9", 2);
}

static void a_restart_forgives_neither_user_nor_name_nor_address(void **state)
{
    (void)state;
    fail_times("nurse", "192.0.2.7", 3);
    fail_times("nobody", "203.0.113.5", 3);
    fixture_reopen(&study);
    expect_delay("nurse", "198.51.100.9", 2);
    expect_delay("nobody", "198.51.100.9", 2);
    expect_delay("somebody", "192.0.2.7", 2);
    expect_delay("somebody", "203.0.113.5", 2);
}

static void guesses_in_parallel_gain_nothing(void **state)
{
    struct sign_in late = attempt("nurse", PASSWORD, "198.51.100.9");
    (void)state;
    ASSERT_OK(sign_in_begin(&late, &study.err), &study.err);
    sign_in_hash(&late);
    fail_times("nurse", "192.0.2.7", 3);
    ASSERT_ERROR(act_run(&late.act, &study.err), &study.err, ERROR_TOO_MANY);
}

static void a_delayed_attempt_is_neither_counted_nor_logged(void **state)
{
    (void)state;
    fail_times("nurse", "192.0.2.7", 3);
    for (int i = 0; i < 10; i++)
        assert_false(sign_in("nurse", "SYNTHETIC wrong one", "192.0.2.7"));
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), 3);
    expect_delay("nurse", "192.0.2.7", 2);
}

static void an_unknown_name_costs_a_whole_hash(void **state)
{
    (void)state;
    struct sign_in known = attempt("nurse", "SYNTHETIC wrong one", "192.0.2.7");
    struct sign_in unknown = attempt("nobody", "SYNTHETIC wrong one", "192.0.2.7");
    ASSERT_OK(sign_in_begin(&known, &study.err), &study.err);
    ASSERT_OK(sign_in_begin(&unknown, &study.err), &study.err);
    /* Both are compared with a text of the same algorithm and parameters. */
    struct text parameters = text_part(known.expected, 0, 30);
    assert_true(text_starts_with(unknown.expected, parameters));
    assert_true(text_starts_with(parameters, TEXT("$argon2id$v=19$m=19456,t=2,p=1")));
}

/* --- users who may not ------------------------------------------------------------------------ */

static void a_disabled_user_gets_the_sentence_of_a_wrong_password(void **state)
{
    struct caller operator= caller_operator(TEXT("test"));
    struct user_act verb = {
        .act = act_of(study.study, &operator, study.arena, user_disable),
        .user = nurse.user,
        .reason = TEXT("left")};
    (void)state;
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_ERROR(sign_in("nurse", PASSWORD, "192.0.2.7"), &study.err, ERROR_SIGN_IN);
    assert_string_equal(study.err.text, "the name or the password is not right");
}

static void a_user_without_a_password_gets_the_sentence_of_a_wrong_one(void **state)
{
    (void)state;
    fixture_person(&study, "fresh", ROLE_RN);
    ASSERT_ERROR(sign_in("fresh", "", "192.0.2.7"), &study.err, ERROR_SIGN_IN);
    assert_string_equal(study.err.text, "the name or the password is not right");
    ASSERT_ERROR(sign_in("nobody", "", "192.0.2.7"), &study.err, ERROR_SIGN_IN);
    assert_string_equal(study.err.text, "the name or the password is not right");
}

static void proving_the_person_begins_no_session(void **state)
{
    struct caller caller;
    (void)state;
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    verb.without_session = true;
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    assert_int_equal(verb.person, nurse.user);
    ASSERT_ERROR(session_find(study.study, text_of(verb.signed_in.token), study.arena,
                              &caller, &study.err),
                 &study.err, ERROR_SIGN_IN);
}

/* --- the second factor ---------------------------------------------------------------------------- */

static uint8_t secret[20];

static struct text code_now(char out[8])
{
    struct text key = {.at = (const char *)secret, .len = sizeof secret};
    snprintf(out, 8, "%06u", totp_code(key, fixture_now(&study)));
    return text_of(out);
}

static void set_second_factor(void)
{
    struct text typed, uri;
    char code[8];
    ASSERT_OK(totp_start(study.study, &nurse, study.arena, &typed, &uri, &study.err),
              &study.err);
    assert_true(base32_parse(typed, secret, sizeof secret));
    assert_true(text_starts_with(uri, TEXT("otpauth://totp/")));
    struct totp_confirm verb = {
        .act = act_of(study.study, &nurse, study.arena, totp_confirm),
        .code = code_now(code)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static bool sign_in_with_code(struct text code, bool *needs_totp)
{
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    verb.totp = code;
    bool is_in = sign_in_run(&verb, &study.err);
    *needs_totp = verb.needs_totp;
    return is_in;
}

static void a_second_factor_is_asked_for_after_the_right_password_only(void **state)
{
    bool needs_totp = false;
    (void)state;
    set_second_factor();
    ASSERT_ERROR(sign_in_with_code((struct text){0}, &needs_totp), &study.err,
                 ERROR_SIGN_IN);
    assert_true(needs_totp);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), 0);
    struct sign_in wrong = attempt("nurse", "SYNTHETIC wrong one", "192.0.2.7");
    ASSERT_ERROR(sign_in_run(&wrong, &study.err), &study.err, ERROR_SIGN_IN);
    assert_false(wrong.needs_totp);
}

static void a_code_is_used_once(void **state)
{
    bool needs_totp = false;
    char code[8];
    (void)state;
    set_second_factor();
    fixture_pass(&study, 60);
    ASSERT_OK(sign_in_with_code(code_now(code), &needs_totp), &study.err);
    ASSERT_ERROR(sign_in_with_code(code_now(code), &needs_totp), &study.err,
                 ERROR_SIGN_IN);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), 1);
    fixture_pass(&study, 30);
    ASSERT_OK(sign_in_with_code(code_now(code), &needs_totp), &study.err);
}

static void an_earlier_code_is_not_taken_after_a_later_one(void **state)
{
    bool needs_totp = false;
    char early[8], late[8];
    (void)state;
    set_second_factor();
    fixture_pass(&study, 60);
    struct text before = code_now(early);
    fixture_pass(&study, 30);
    ASSERT_OK(sign_in_with_code(code_now(late), &needs_totp), &study.err);
    ASSERT_ERROR(sign_in_with_code(before, &needs_totp), &study.err, ERROR_SIGN_IN);
}

static void a_wrong_code_counts_as_a_failure(void **state)
{
    bool needs_totp = false;
    (void)state;
    set_second_factor();
    for (int i = 0; i < 3; i++)
        ASSERT_ERROR(sign_in_with_code(TEXT("12345"), &needs_totp), &study.err,
                     ERROR_SIGN_IN);
    expect_delay("nurse", "198.51.100.9", 2);
}

static void removing_the_second_factor_needs_the_password(void **state)
{
    (void)state;
    set_second_factor();
    struct totp_remove verb = {
        .act = act_of(study.study, &nurse, study.arena, totp_remove_finish),
        .password = TEXT("SYNTHETIC wrong one")};
    ASSERT_OK(totp_remove_begin(&verb, &study.err), &study.err);
    totp_remove_hash(&verb);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    verb.password = TEXT(PASSWORD);
    totp_remove_hash(&verb);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(sign_in("nurse", PASSWORD, "192.0.2.7"), &study.err);
}

/* --- one-time links --------------------------------------------------------------------------------- */

static struct link_sign_in link_attempt(const char *token, const char *password)
{
    return (struct link_sign_in){
        .act = act_of(study.study, NULL, study.arena, link_finish),
        .token = text_of(token),
        .password = text_of(password),
        .device = TEXT("SYNTHETIC tablet"),
        .language = TEXT("zh")};
}

static bool use_link(const char *token, const char *password)
{
    struct link_sign_in verb = link_attempt(token, password);
    if (!link_begin(&verb, &study.err))
        return false;
    link_hash(&verb);
    return act_run(&verb.act, &study.err);
}

static struct user_act reset(int64_t user)
{
    struct caller operator= caller_operator(TEXT("test"));
    struct user_act verb = {
        .act = act_of(study.study, &operator, study.arena, user_reset), .user = user};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    return verb;
}

static void a_link_is_used_once(void **state)
{
    (void)state;
    struct user_act issued = reset(nurse.user);
    struct user *whose = NULL;
    ASSERT_OK(
        link_read(study.study, text_of(issued.link), study.arena, &whose, &study.err),
        &study.err);
    ASSERT_TEXT(whose->name, "nurse");
    ASSERT_OK(use_link(issued.link, "SYNTHETIC four owls"), &study.err);
    ASSERT_ERROR(use_link(issued.link, "SYNTHETIC five owls"), &study.err,
                 ERROR_NOT_FOUND);
    ASSERT_OK(sign_in("nurse", "SYNTHETIC four owls", "192.0.2.7"), &study.err);
}

static void two_uses_at_once_let_one_through(void **state)
{
    (void)state;
    struct user_act issued = reset(nurse.user);
    struct link_sign_in first = link_attempt(issued.link, "SYNTHETIC four owls");
    struct link_sign_in second = link_attempt(issued.link, "SYNTHETIC five owls");
    ASSERT_OK(link_begin(&first, &study.err), &study.err);
    ASSERT_OK(link_begin(&second, &study.err), &study.err);
    link_hash(&first);
    link_hash(&second);
    ASSERT_OK(act_run(&first.act, &study.err), &study.err);
    ASSERT_ERROR(act_run(&second.act, &study.err), &study.err, ERROR_NOT_FOUND);
}

static void a_link_ends_after_72_hours(void **state)
{
    (void)state;
    struct user_act issued = reset(nurse.user);
    fixture_pass(&study, INT64_C(72) * HOUR - 1);
    struct user *whose = NULL;
    ASSERT_OK(
        link_read(study.study, text_of(issued.link), study.arena, &whose, &study.err),
        &study.err);
    fixture_pass(&study, 1);
    ASSERT_ERROR(use_link(issued.link, "SYNTHETIC four owls"), &study.err,
                 ERROR_NOT_FOUND);
}

static void a_new_link_voids_the_older_ones(void **state)
{
    (void)state;
    struct user_act older = reset(nurse.user);
    struct user_act newer = reset(nurse.user);
    ASSERT_ERROR(use_link(older.link, "SYNTHETIC four owls"), &study.err,
                 ERROR_NOT_FOUND);
    ASSERT_OK(use_link(newer.link, "SYNTHETIC four owls"), &study.err);
}

static void a_link_refuses_a_password_that_the_rules_refuse(void **state)
{
    (void)state;
    struct user_act issued = reset(nurse.user);
    ASSERT_ERROR(use_link(issued.link, "short"), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(use_link(issued.link, "passwordpassword"), &study.err, ERROR_REFUSED);
    ASSERT_OK(use_link(issued.link, "SYNTHETIC four owls"), &study.err);
}

static void a_reset_ends_the_old_password_and_the_sessions(void **state)
{
    struct caller caller;
    (void)state;
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    reset(nurse.user);
    ASSERT_ERROR(session_find(study.study, text_of(verb.signed_in.token), study.arena,
                              &caller, &study.err),
                 &study.err, ERROR_SIGN_IN);
    ASSERT_ERROR(sign_in("nurse", PASSWORD, "192.0.2.7"), &study.err, ERROR_SIGN_IN);
}

static void anything_else_is_no_link(void **state)
{
    (void)state;
    ASSERT_ERROR(use_link("", "SYNTHETIC four owls"), &study.err, ERROR_NOT_FOUND);
    ASSERT_ERROR(
        use_link("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "SYNTHETIC four owls"),
        &study.err, ERROR_NOT_FOUND);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_right_password_begins_a_session),
        TEST(a_name_is_found_in_either_case_and_between_spaces),
        TEST(a_wrong_password_and_an_unknown_name_get_the_same_sentence),
        TEST(a_failure_is_on_the_log),
        TEST(three_failures_delay_a_user_from_every_address),
        TEST(each_further_failure_doubles_the_delay),
        TEST(a_success_ends_the_delays_of_user_and_address),
        TEST(three_failures_delay_an_address_whatever_the_name),
        TEST(a_name_that_nobody_has_is_delayed_like_one_that_somebody_has),
        TEST(a_restart_forgives_neither_user_nor_name_nor_address),
        TEST(guesses_in_parallel_gain_nothing),
        TEST(a_delayed_attempt_is_neither_counted_nor_logged),
        TEST(an_unknown_name_costs_a_whole_hash),
        TEST(a_disabled_user_gets_the_sentence_of_a_wrong_password),
        TEST(a_user_without_a_password_gets_the_sentence_of_a_wrong_one),
        TEST(proving_the_person_begins_no_session),
        TEST(a_second_factor_is_asked_for_after_the_right_password_only),
        TEST(a_code_is_used_once),
        TEST(an_earlier_code_is_not_taken_after_a_later_one),
        TEST(a_wrong_code_counts_as_a_failure),
        TEST(removing_the_second_factor_needs_the_password),
        TEST(a_link_is_used_once),
        TEST(two_uses_at_once_let_one_through),
        TEST(a_link_ends_after_72_hours),
        TEST(a_new_link_voids_the_older_ones),
        TEST(a_link_refuses_a_password_that_the_rules_refuse),
        TEST(a_reset_ends_the_old_password_and_the_sessions),
        TEST(anything_else_is_no_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

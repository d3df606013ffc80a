#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/account.h"
#include "actions/users.h"
#include "base/limits.h"

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

static struct text sign_in(const char *device)
{
    struct sign_in verb = {
        .act = act_of(study.study, NULL, study.arena, sign_in_finish),
        .name = TEXT("nurse"),
        .password = TEXT(PASSWORD),
        .client = TEXT("192.0.2.7"),
        .device = text_of(device),
        .language = TEXT("en"),
    };
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    return text_copy(study.arena, text_of(verb.signed_in.token));
}

static bool find(struct text token, struct caller *caller)
{
    return session_find(study.study, token, study.arena, caller, &study.err);
}

static void expect_in(struct text token)
{
    struct caller caller;
    ASSERT_OK(find(token, &caller), &study.err);
    assert_int_equal(caller.user, nurse.user);
}

static void expect_out(struct text token)
{
    struct caller caller;
    ASSERT_ERROR(find(token, &caller), &study.err, ERROR_SIGN_IN);
}

/* --- ending by itself -------------------------------------------------------------------- */

static void a_session_ends_after_30_minutes_without_use(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    fixture_pass(&study, 29 * MINUTE);
    expect_in(token);
    fixture_pass(&study, 29 * MINUTE);
    expect_in(token);
    fixture_pass(&study, 30 * MINUTE + 1);
    expect_out(token);
    assert_non_null(strstr(study.err.text, "without use"));
}

static void a_session_ends_after_12_hours_of_use(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    for (int i = 0; i < 36; i++) {
        fixture_pass(&study, 20 * MINUTE);
        expect_in(token);
    }
    fixture_pass(&study, 1);
    expect_out(token);
    assert_non_null(strstr(study.err.text, "12 hours"));
}

static void a_restart_does_not_sign_anybody_out(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    fixture_reopen(&study);
    expect_in(token);
}

static void a_restart_forgets_neither_idleness_nor_age(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    fixture_pass(&study, 31 * MINUTE);
    fixture_reopen(&study);
    expect_out(token);
}

static void use_is_written_down_for_the_time_after_a_restart(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    fixture_pass(&study, 20 * MINUTE);
    expect_in(token);
    /* A wait for the writer, so that the note is on disk. */
    fixture_person(&study, "other", ROLE_RN);
    fixture_pass(&study, 20 * MINUTE);
    fixture_reopen(&study);
    expect_in(token);
}

/* --- being ended --------------------------------------------------------------------------- */

static struct caller caller_with(struct text token)
{
    struct caller caller;
    ASSERT_OK(find(token, &caller), &study.err);
    return caller;
}

static void sign_out_ends_this_session_only(void **state)
{
    (void)state;
    struct text here = sign_in("here");
    struct text there = sign_in("there");
    struct caller caller = caller_with(here);
    struct sign_out verb = {.act = act_of(study.study, &caller, study.arena, sign_out)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    expect_out(here);
    expect_in(there);
    fixture_reopen(&study);
    expect_out(here);
    expect_in(there);
}

static void signing_out_the_others_keeps_this_session(void **state)
{
    (void)state;
    struct text here = sign_in("here");
    struct text there = sign_in("there");
    struct caller caller = caller_with(here);
    struct sign_out_others verb = {
        .act = act_of(study.study, &caller, study.arena, sign_out_others)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    expect_in(here);
    expect_out(there);
    fixture_reopen(&study);
    expect_in(here);
    expect_out(there);
}

static void run_on_nurse(bool (*decide)(struct act *, struct txn *, struct error *))
{
    struct caller operator= caller_operator(TEXT("test"));
    struct user_act verb = {.act = act_of(study.study, &operator, study.arena, decide),
                            .user = nurse.user,
                            .reason = TEXT("test")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static void disabling_a_user_ends_the_sessions(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    run_on_nurse(user_disable);
    expect_out(token);
    fixture_reopen(&study);
    expect_out(token);
    run_on_nurse(user_enable);
    expect_out(token);
}

static void the_administrator_signs_a_user_out_everywhere(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    run_on_nurse(user_sign_out);
    expect_out(token);
    fixture_reopen(&study);
    expect_out(token);
}

static void the_administrator_signs_everybody_out_everywhere(void **state)
{
    struct caller operator= caller_operator(TEXT("test"));
    (void)state;
    struct text tablet = sign_in("tablet");
    struct text desk = sign_in("desk");
    struct users_sign_out verb = {
        .act = act_of(study.study, &operator, study.arena, users_sign_out)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(verb.count, fixture_events(&study, LOG_EVENT_SIGNED_OUT));
    expect_out(tablet);
    expect_out(desk);
    fixture_reopen(&study);
    expect_out(tablet);
    expect_in(sign_in("tablet again"));
}

static void other_roles_end_the_sessions(void **state)
{
    struct caller operator= caller_operator(TEXT("test"));
    struct grant grant = {.role = ROLE_CRC, .site = SITE};
    (void)state;
    struct text token = sign_in("tablet");
    struct user_set_roles verb = {
        .act = act_of(study.study, &operator, study.arena, user_set_roles),
        .user = nurse.user,
        .grants = &grant,
        .grant_count = 1};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    expect_out(token);
    struct caller caller = caller_with(sign_in("tablet"));
    assert_int_equal(caller.grants[0].role, ROLE_CRC);
}

static bool change_password(const struct caller *caller, const char *old,
                            const char *new)
{
    struct password_change verb = {
        .act = act_of(study.study, caller, study.arena, password_change_finish),
        .old_password = text_of(old),
        .new_password = text_of(new)};
    if (!password_change_begin(&verb, &study.err))
        return false;
    password_change_hash(&verb);
    return act_run(&verb.act, &study.err);
}

static void a_new_password_ends_the_other_sessions(void **state)
{
    (void)state;
    struct text here = sign_in("here");
    struct text there = sign_in("there");
    struct caller caller = caller_with(here);
    fixture_pass(&study, 1);
    ASSERT_OK(change_password(&caller, PASSWORD, "SYNTHETIC nine otters"), &study.err);
    expect_in(here);
    expect_out(there);
    fixture_reopen(&study);
    expect_in(here);
    expect_out(there);
}

static void a_new_password_needs_the_old_one_and_counts_wrong_ones(void **state)
{
    (void)state;
    struct caller caller = caller_with(sign_in("here"));
    for (int i = 0; i < 3; i++)
        ASSERT_ERROR(
            change_password(&caller, "SYNTHETIC wrong", "SYNTHETIC nine otters"),
            &study.err, ERROR_REFUSED);
    ASSERT_ERROR(change_password(&caller, PASSWORD, "SYNTHETIC nine otters"),
                 &study.err, ERROR_TOO_MANY);
    ASSERT_ERROR(change_password(&caller, PASSWORD, "short"), &study.err,
                 ERROR_TOO_MANY);
}

static void the_21st_session_of_a_user_pushes_out_the_least_used(void **state)
{
    struct text tokens[LIMIT_SESSIONS_PER_USER];
    (void)state;
    struct sign_out verb = {.act = act_of(study.study, &nurse, study.arena, sign_out)};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    for (size_t i = 0; i < LIMIT_SESSIONS_PER_USER; i++) {
        fixture_pass(&study, 1);
        tokens[i] = sign_in("tablet");
    }
    expect_in(tokens[0]);
    fixture_pass(&study, 1);
    expect_in(tokens[0]);
    expect_in(sign_in("one more"));
    expect_out(tokens[1]);
    expect_in(tokens[0]);
    expect_in(tokens[2]);
}

static void the_own_sessions_are_listed_newest_first(void **state)
{
    struct session_shown *list = NULL;
    size_t count = 0;
    (void)state;
    fixture_pass(&study, 1);
    struct text here = sign_in("here");
    fixture_pass(&study, 1);
    sign_in("there");
    struct caller caller = caller_with(here);
    ASSERT_OK(
        session_list(study.study, &caller, study.arena, &list, &count, &study.err),
        &study.err);
    assert_int_equal(count, 3); /* and the one of the one-time link */
    ASSERT_TEXT(list[0].device, "there");
    ASSERT_TEXT(list[1].device, "here");
    assert_true(list[1].is_this);
    assert_false(list[0].is_this);
    fixture_reopen(&study);
    ASSERT_OK(
        session_list(study.study, &caller, study.arena, &list, &count, &study.err),
        &study.err);
    assert_int_equal(count, 3);
}

/* --- tokens ------------------------------------------------------------------------------------ */

static void what_is_not_a_token_signs_nobody_in(void **state)
{
    static const char *const wrong[] = {
        "", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "../../etc/passwd"};
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
        expect_out(text_of(wrong[i]));
    expect_out((struct text){0});
}

static void the_folder_holds_no_token(void **state)
{
    (void)state;
    struct text token = sign_in("tablet");
    assert_true(folder_holds(study.place.path, "tablet", strlen("tablet")));
    assert_false(folder_holds(study.place.path, token.at, token.len));
}

static void a_forged_request_has_not_the_second_token(void **state)
{
    char csrf[TOKEN_TEXT];
    (void)state;
    struct text token = sign_in("here");
    struct text other = sign_in("there");
    session_csrf(token, csrf);
    assert_true(session_csrf_matches(token, text_of(csrf)));
    assert_false(session_csrf_matches(other, text_of(csrf)));
    assert_false(session_csrf_matches(token, token));
    assert_false(session_csrf_matches(token, (struct text){0}));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_session_ends_after_30_minutes_without_use),
        TEST(a_session_ends_after_12_hours_of_use),
        TEST(a_restart_does_not_sign_anybody_out),
        TEST(a_restart_forgets_neither_idleness_nor_age),
        TEST(use_is_written_down_for_the_time_after_a_restart),
        TEST(sign_out_ends_this_session_only),
        TEST(signing_out_the_others_keeps_this_session),
        TEST(disabling_a_user_ends_the_sessions),
        TEST(the_administrator_signs_a_user_out_everywhere),
        TEST(the_administrator_signs_everybody_out_everywhere),
        TEST(other_roles_end_the_sessions),
        TEST(a_new_password_ends_the_other_sessions),
        TEST(a_new_password_needs_the_old_one_and_counts_wrong_ones),
        TEST(the_21st_session_of_a_user_pushes_out_the_least_used),
        TEST(the_own_sessions_are_listed_newest_first),
        TEST(what_is_not_a_token_signs_nobody_in),
        TEST(the_folder_holds_no_token),
        TEST(a_forged_request_has_not_the_second_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/account.h"
#include "actions/misuse.h"
#include "actions/users.h"

#define PASSWORD "SYNTHETIC three owls"

static struct fixture study;
static struct caller nurse, admin;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    nurse = fixture_member(&study, "nurse", ROLE_RN, PASSWORD);
    admin = fixture_person(&study, "admin2", ROLE_ADM);
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

static void fail_once(const char *name, const char *client)
{
    struct sign_in verb = attempt(name, "SYNTHETIC wrong one", client);
    ASSERT_ERROR(sign_in_run(&verb, &study.err), &study.err, ERROR_SIGN_IN);
}

static struct misuse_shown look(void)
{
    struct misuse_shown shown;
    ASSERT_OK(misuse_read(study.study, &admin, study.arena, &shown, &study.err),
              &study.err);
    return shown;
}

static const struct misuse *sign_of(const struct misuse_shown *shown,
                                    enum misuse_sign sign)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->list[i].sign == sign)
            return &shown->list[i];
    return NULL;
}

/* --- failed sign-ins ------------------------------------------------------------------- */

static void three_failures_with_one_name_are_a_sign(void **state)
{
    (void)state;
    fail_once("nurse", "192.0.2.7");
    fail_once("nurse", "192.0.2.7");
    assert_int_equal(look().count, 0);
    fail_once("nurse", "192.0.2.8");
    struct misuse_shown shown = look();
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.list[0].sign, MISUSE_SIGN_INS);
    assert_int_equal(shown.list[0].count, 3);
    ASSERT_TEXT(shown.list[0].name, "nurse");
    ASSERT_TEXT(shown.list[0].client, "192.0.2.8");
}

static void a_success_afterwards_takes_no_sign_away(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        fail_once("nurse", "192.0.2.7");
    fixture_pass(&study, 2);
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    assert_int_equal(look().count, 1);
}

static void an_hour_between_two_failures_begins_anew(void **state)
{
    (void)state;
    fail_once("nurse", "192.0.2.7");
    fail_once("nurse", "192.0.2.7");
    fixture_pass(&study, HOUR + 1);
    fail_once("nurse", "192.0.2.7");
    assert_int_equal(look().count, 0);
}

static void three_names_from_one_address_are_a_sign_and_none_is_told(void **state)
{
    (void)state;
    fail_once("one", "192.0.2.7");
    fail_once("one", "192.0.2.7");
    fail_once("SYNTHETIC password in the wrong field", "192.0.2.7");
    assert_int_equal(look().count, 0);
    fixture_pass(&study, 2);
    fail_once("nurse", "192.0.2.7");
    struct misuse_shown shown = look();
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.list[0].sign, MISUSE_ADDRESS);
    assert_int_equal(shown.list[0].count, 3);
    assert_true(text_is_absent(shown.list[0].name));
}

static void a_typed_name_that_nobody_has_is_not_told(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        fail_once("nobody", "192.0.2.7");
    struct misuse_shown shown = look();
    assert_int_equal(shown.count, 1);
    assert_true(text_is_absent(shown.list[0].name));
}

static void a_wrong_password_of_somebody_signed_in_counts_too(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct totp_remove verb = {
            .act = act_of(study.study, &nurse, study.arena, totp_remove_finish),
            .password = TEXT("SYNTHETIC wrong one")};
        ASSERT_OK(totp_remove_begin(&verb, &study.err), &study.err);
        totp_remove_hash(&verb);
        ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    }
    struct misuse_shown shown = look();
    assert_int_equal(sign_of(&shown, MISUSE_SIGN_INS)->count, 3);
}

/* --- what was refused ------------------------------------------------------------------ */

static void each_refused_act_is_a_sign_of_its_user(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct user_act verb = {
            .act = act_of(study.study, &nurse, study.arena, user_enable),
            .user = admin.user};
        ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    }
    struct misuse_shown shown = look();
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.list[0].sign, MISUSE_REFUSED);
    assert_int_equal(shown.list[0].count, 2);
    ASSERT_TEXT(shown.list[0].name, "nurse");
    assert_true(shown.list[0].why.len > 0);
}

static void who_does_not_manage_users_sees_none(void **state)
{
    struct misuse_shown shown;
    (void)state;
    ASSERT_ERROR(misuse_read(study.study, &nurse, study.arena, &shown, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

/* --- a sign-in that was ended ---------------------------------------------------------- */

/* Signs in, has it ended, and uses it `seconds` later. */
static struct text ended_token(void)
{
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    struct user_act end = {.act =
                               act_of(study.study, &admin, study.arena, user_sign_out),
                           .user = nurse.user};
    ASSERT_OK(act_run(&end.act, &study.err), &study.err);
    return text_copy(study.arena, text_of(verb.signed_in.token));
}

static void use(struct text token)
{
    struct caller caller;
    ASSERT_ERROR(session_find(study.study, token, study.arena, &caller, &study.err),
                 &study.err, ERROR_SIGN_IN);
    misuse_ended_session(study.study, token, TEXT("198.51.100.9"));
}

static void using_an_ended_sign_in_is_a_sign_once(void **state)
{
    struct text token = ended_token();
    (void)state;
    fixture_pass(&study, 61);
    use(token);
    use(token);
    fixture_reopen(&study); /* waits for what is being written */
    use(token);
    struct misuse_shown shown = look();
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.list[0].sign, MISUSE_ENDED);
    assert_int_equal(shown.list[0].count, 1);
    ASSERT_TEXT(shown.list[0].name, "nurse");
    ASSERT_TEXT(shown.list[0].client, "198.51.100.9");
}

static void what_was_under_way_when_it_ended_is_none(void **state)
{
    struct text token = ended_token();
    (void)state;
    fixture_pass(&study, 59);
    use(token);
    fixture_reopen(&study);
    assert_int_equal(look().count, 0);
}

static void other_roles_end_sign_ins_and_a_later_use_is_none(void **state)
{
    static const struct grant grants[] = {{ROLE_OPR, TEXT_INIT("01")}};
    struct sign_in verb = attempt("nurse", PASSWORD, "192.0.2.7");
    (void)state;
    ASSERT_OK(sign_in_run(&verb, &study.err), &study.err);
    struct user_set_roles roles = {
        .act = act_of(study.study, &admin, study.arena, user_set_roles),
        .user = nurse.user,
        .grants = grants,
        .grant_count = 1};
    ASSERT_OK(act_run(&roles.act, &study.err), &study.err);
    fixture_pass(&study, 61);
    use(text_of(verb.signed_in.token));
    fixture_reopen(&study);
    assert_int_equal(look().count, 0);
}

static void a_token_of_nobody_is_none(void **state)
{
    (void)state;
    use(TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    use(TEXT("no token"));
    fixture_reopen(&study);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 0);
}

/* --- having looked --------------------------------------------------------------------- */

static bool review(int64_t through, const char *note)
{
    struct misuse_review verb = {
        .act = act_of(study.study, &admin, study.arena, misuse_review),
        .through = through,
        .note = text_of(note)};
    return act_run(&verb.act, &study.err);
}

static void what_was_looked_at_is_not_counted_any_more(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        fail_once("nurse", "192.0.2.7");
    struct misuse_shown before = look();
    ASSERT_ERROR(review(before.through, " "), &study.err, ERROR_REFUSED);
    ASSERT_OK(review(before.through, "SYNTHETIC: asked by telephone"), &study.err);
    struct misuse_shown after = look();
    assert_int_equal(after.count, 0);
    assert_int_equal(after.reviewed_by->id, admin.user);
    ASSERT_TEXT(after.note, "SYNTHETIC: asked by telephone");
    fixture_pass(&study, 3600);
    for (int i = 0; i < 3; i++) {
        fail_once("nurse", "192.0.2.7");
        fixture_pass(&study, 900);
    }
    assert_int_equal(look().count, 1);
}

static void two_administrators_do_not_look_past_each_other(void **state)
{
    (void)state;
    fail_once("nurse", "192.0.2.7");
    struct misuse_shown shown = look();
    ASSERT_OK(review(shown.through, "SYNTHETIC"), &study.err);
    ASSERT_ERROR(review(shown.through, "SYNTHETIC"), &study.err, ERROR_CHANGED);
    ASSERT_ERROR(review(shown.through + 1000, "SYNTHETIC"), &study.err, ERROR_REFUSED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(three_failures_with_one_name_are_a_sign),
        TEST(a_success_afterwards_takes_no_sign_away),
        TEST(an_hour_between_two_failures_begins_anew),
        TEST(three_names_from_one_address_are_a_sign_and_none_is_told),
        TEST(a_typed_name_that_nobody_has_is_not_told),
        TEST(a_wrong_password_of_somebody_signed_in_counts_too),
        TEST(each_refused_act_is_a_sign_of_its_user),
        TEST(who_does_not_manage_users_sees_none),
        TEST(using_an_ended_sign_in_is_a_sign_once),
        TEST(what_was_under_way_when_it_ended_is_none),
        TEST(other_roles_end_sign_ins_and_a_later_use_is_none),
        TEST(a_token_of_nobody_is_none),
        TEST(what_was_looked_at_is_not_counted_any_more),
        TEST(two_administrators_do_not_look_past_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/account.h"
#include "actions/users.h"

#include <string.h>

static struct fixture study;
static struct caller operator;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    operator= caller_operator(TEXT("command line"));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct user_add adding(const char *name, const struct grant *grants,
                              size_t count)
{
    return (struct user_add){.act =
                                 act_of(study.study, &operator, study.arena, user_add),
                             .name = text_of(name),
                             .full_name = TEXT("SYNTHETIC person"),
                             .grants = grants,
                             .grant_count = count};
}

static bool add(const char *name, enum role role)
{
    struct grant grant = {.role = role};
    struct user_add verb = adding(name, &grant, 1);
    return act_run(&verb.act, &study.err);
}

static bool run_on(const struct caller *by, int64_t user,
                   bool (*decide)(struct act *, struct txn *, struct error *))
{
    struct user_act verb = {.act = act_of(study.study, by, study.arena, decide),
                            .user = user,
                            .reason = TEXT("SYNTHETIC reason")};
    return act_run(&verb.act, &study.err);
}

static bool set_role(int64_t user, enum role role)
{
    struct grant grant = {.role = role};
    struct user_set_roles verb = {
        .act = act_of(study.study, &operator, study.arena, user_set_roles),
        .user = user,
        .grants = &grant,
        .grant_count = 1};
    return act_run(&verb.act, &study.err);
}

/* --- adding -------------------------------------------------------------------------------- */

static void a_study_of_one_site_fills_the_site_in(void **state)
{
    struct grant grant = {.role = ROLE_CRC};
    struct user_add verb = adding("zhang", &grant, 1);
    (void)state;
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.user->grants[0].site, "01");
    assert_false(verb.user->has_password);
    assert_int_equal(strlen(verb.link), 43);
}

static void a_name_is_never_used_again(void **state)
{
    (void)state;
    ASSERT_OK(add("zhang", ROLE_RN), &study.err);
    ASSERT_ERROR(add("zhang", ROLE_RN), &study.err, ERROR_CHANGED);
    ASSERT_ERROR(add(" ZHANG ", ROLE_RN), &study.err, ERROR_CHANGED);
    ASSERT_OK(run_on(&operator, 1, user_disable), &study.err);
    ASSERT_ERROR(add("zhang", ROLE_RN), &study.err, ERROR_CHANGED);
}

static void a_name_is_of_plain_letters(void **state)
{
    static const char *const wrong[] = {"",     "z",    "zhang wei", "zhang/..",
                                        "张伟", "-\n",  "operator",  "system",
                                        "a\"b", "zh@ng"};
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
        ASSERT_ERROR(add(wrong[i], ROLE_RN), &study.err, ERROR_REFUSED);
    ASSERT_OK(add("zhang.wei-2_b", ROLE_RN), &study.err);
}

static void a_full_name_is_needed_in_any_script(void **state)
{
    struct grant grant = {.role = ROLE_RN};
    struct user_add verb = adding("zhang", &grant, 1);
    (void)state;
    verb.full_name = TEXT(" ");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    verb.full_name = TEXT("模拟人员");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.user->full_name, "模拟人员");
}

static void some_roles_are_held_alone(void **state)
{
    const struct grant wrong[][2] = {
        {{.role = ROLE_ADM}, {.role = ROLE_DM}},
        {{.role = ROLE_MON}, {.role = ROLE_CRC}},
        {{.role = ROLE_EC}, {.role = ROLE_PI}},
        {{.role = ROLE_PAT}, {.role = ROLE_RN}},
    };
    const struct grant right[] = {{.role = ROLE_INV}, {.role = ROLE_OPR}};
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct user_add verb = adding("zhang", wrong[i], 2);
        ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    }
    struct user_add verb = adding("zhang", right, 2);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(verb.user->grant_count, 2);
}

static void a_user_needs_a_role_at_a_site_of_the_study(void **state)
{
    struct grant elsewhere = {.role = ROLE_RN, .site = TEXT("02")};
    struct user_add none = adding("zhang", NULL, 0);
    struct user_add wrong = adding("zhang", &elsewhere, 1);
    (void)state;
    ASSERT_ERROR(act_run(&none.act, &study.err), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(act_run(&wrong.act, &study.err), &study.err, ERROR_REFUSED);
}

static void only_the_administrator_manages_users(void **state)
{
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    struct grant grant = {.role = ROLE_RN};
    struct user_add verb = adding("zhang", &grant, 1);
    struct user *list = NULL;
    size_t count = 0;
    (void)state;
    verb.act.caller = &pi;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 1);
    ASSERT_ERROR(users_read(study.study, &pi, study.arena, &list, &count, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(run_on(&pi, pi.user, user_disable), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_ERROR(run_on(&pi, pi.user, user_reset), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_OK(
        users_read(study.study, &operator, study.arena, &list, &count, &study.err),
        &study.err);
    assert_int_equal(count, 1);
}

/* --- the last administrator ------------------------------------------------------------------ */

static void the_last_administrator_cannot_be_disabled_or_moved(void **state)
{
    struct caller one = fixture_member(&study, "one", ROLE_ADM, "SYNTHETIC three owls");
    struct caller two = fixture_person(&study, "two", ROLE_ADM);
    (void)state;
    /* The second one has never signed in and could not manage anybody. */
    ASSERT_ERROR(run_on(&operator, one.user, user_disable), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(set_role(one.user, ROLE_DM), &study.err, ERROR_REFUSED);
    ASSERT_OK(run_on(&operator, two.user, user_disable), &study.err);
    struct caller three =
        fixture_member(&study, "third", ROLE_ADM, "SYNTHETIC three owls");
    ASSERT_OK(run_on(&three, one.user, user_disable), &study.err);
    ASSERT_ERROR(run_on(&three, three.user, user_disable), &study.err, ERROR_REFUSED);
    ASSERT_ERROR(run_on(&three, three.user, user_reset), &study.err, ERROR_REFUSED);
}

static void the_operator_lets_the_last_administrator_back_in(void **state)
{
    struct caller one = fixture_member(&study, "one", ROLE_ADM, "SYNTHETIC three owls");
    (void)state;
    ASSERT_OK(run_on(&operator, one.user, user_reset), &study.err);
}

static void disabling_needs_a_reason_and_enabling_undoes_it(void **state)
{
    struct caller nurse = fixture_person(&study, "nurse", ROLE_RN);
    struct user_act verb = {
        .act = act_of(study.study, &operator, study.arena, user_disable),
        .user = nurse.user};
    (void)state;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    verb.reason = TEXT("left");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_true(verb.changed->is_disabled);
    ASSERT_ERROR(run_on(&operator, nurse.user, user_reset), &study.err, ERROR_REFUSED);
    ASSERT_OK(run_on(&operator, nurse.user, user_enable), &study.err);
    ASSERT_OK(run_on(&operator, nurse.user, user_enable), &study.err);
    assert_int_equal(fixture_events(&study, LOG_EVENT_USER_ENABLED), 1);
}

static void nobody_is_not_found(void **state)
{
    (void)state;
    ASSERT_ERROR(run_on(&operator, 99, user_disable), &study.err, ERROR_NOT_FOUND);
    ASSERT_ERROR(set_role(99, ROLE_DM), &study.err, ERROR_NOT_FOUND);
}

/* --- what a person may ------------------------------------------------------------------------ */

static const struct permission_held *find_held(const struct permission_held *list,
                                               size_t count, enum permission permission)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].permission == permission)
            return &list[i];
    return NULL;
}

static void the_own_permissions_say_where_they_hold(void **state)
{
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    struct permission_held *list = NULL;
    size_t count = 0;
    (void)state;
    account_permissions(&pi, study.arena, &list, &count);
    const struct permission_held *enrol = find_held(list, count, PERMISSION_ENROL);
    assert_int_equal(enrol->scope, PERMISSION_SCOPE_OWN_SITE);
    assert_int_equal(enrol->site_count, 1);
    ASSERT_TEXT(enrol->sites[0], "01");
    assert_int_equal(find_held(list, count, PERMISSION_VIEW_OVERVIEW)->scope,
                     PERMISSION_SCOPE_ALL_SITES);
    assert_int_equal(find_held(list, count, PERMISSION_VIEW_WORK_LIST)->scope,
                     PERMISSION_SCOPE_OWN_TASK);
    assert_null(find_held(list, count, PERMISSION_MANAGE_USERS));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_study_of_one_site_fills_the_site_in),
        TEST(a_name_is_never_used_again),
        TEST(a_name_is_of_plain_letters),
        TEST(a_full_name_is_needed_in_any_script),
        TEST(some_roles_are_held_alone),
        TEST(a_user_needs_a_role_at_a_site_of_the_study),
        TEST(only_the_administrator_manages_users),
        TEST(the_last_administrator_cannot_be_disabled_or_moved),
        TEST(the_operator_lets_the_last_administrator_back_in),
        TEST(disabling_needs_a_reason_and_enabling_undoes_it),
        TEST(nobody_is_not_found),
        TEST(the_own_permissions_say_where_they_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

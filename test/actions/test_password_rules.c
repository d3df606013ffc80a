#include "support/unit.h"

#include "actions/account.h"

#include <string.h>

static struct error err;

static bool check(const char *password)
{
    return password_check(text_of(password), TEXT("zhang.wei"), TEXT("Zhang Wei"),
                          &err);
}

static void expect_refused(const char *password, const char *words)
{
    ASSERT_ERROR(check(password), &err, ERROR_REFUSED);
    if (strstr(err.text, words) == NULL)
        fail_msg("\"%s\" was refused with \"%s\"", password, err.text);
}

static void twelve_characters_are_enough_and_eleven_are_not(void **state)
{
    (void)state;
    expect_refused("brown-otter", "at least 12");
    ASSERT_OK(check("brown-otters"), &err);
}

static void characters_are_counted_and_not_bytes(void **state)
{
    (void)state;
    expect_refused("骨髓腔输液是快的", "at least 12"); /* 8 characters, 24 bytes */
    ASSERT_OK(check("骨髓腔输液又快又稳当极了"), &err);
}

static void no_mixture_of_kinds_of_character_is_demanded(void **state)
{
    (void)state;
    ASSERT_OK(check("violet lantern harbour"), &err);
}

static void the_name_is_no_password(void **state)
{
    (void)state;
    expect_refused("Zhang.Wei123", "name");
    expect_refused("99zhang wei99", "name");
    ASSERT_OK(check("zhang.wei rides a red bicycle"), &err);
}

static void a_short_name_may_be_part_of_a_password(void **state)
{
    (void)state;
    ASSERT_OK(password_check(TEXT("violet lantern"), TEXT("lan"), TEXT("Li"), &err),
              &err);
}

static void the_commonest_passwords_are_refused_in_either_case(void **state)
{
    (void)state;
    expect_refused("passwordpassword", "commonest");
    expect_refused("PasswordPassword", "commonest");
    expect_refused("woaini1314520", "commonest");
    expect_refused("administrator", "commonest");
}

static void runs_and_repetitions_are_refused(void **state)
{
    (void)state;
    expect_refused("aaaaaaaaaaaa", "commonest");
    expect_refused("abcdefghijklm", "commonest");
    expect_refused("98765432109876", "commonest");
}

static void what_cannot_be_typed_is_refused(void **state)
{
    (void)state;
    expect_refused("violet\nlantern", "control");
    ASSERT_ERROR(password_check((struct text){.at = "violet\0lantern", .len = 14},
                                TEXT("n"), TEXT("N"), &err),
                 &err, ERROR_REFUSED);
}

static void a_password_has_a_longest(void **state)
{
    char long_one[1026];
    (void)state;
    for (size_t i = 0; i < sizeof long_one; i++)
        long_one[i] = (char)('a' + (i * i) % 26);
    long_one[1025] = '\0';
    expect_refused(long_one, "at most");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_characters_are_enough_and_eleven_are_not),
        cmocka_unit_test(characters_are_counted_and_not_bytes),
        cmocka_unit_test(no_mixture_of_kinds_of_character_is_demanded),
        cmocka_unit_test(the_name_is_no_password),
        cmocka_unit_test(a_short_name_may_be_part_of_a_password),
        cmocka_unit_test(the_commonest_passwords_are_refused_in_either_case),
        cmocka_unit_test(runs_and_repetitions_are_refused),
        cmocka_unit_test(what_cannot_be_typed_is_refused),
        cmocka_unit_test(a_password_has_a_longest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What a plan of source verification wants, by what it says of a form and of an item. */
#include "model/design.h"
#include "support/unit.h"

static bool is_needed(enum verification_need form, struct item item, bool is_sampled)
{
    const struct design design = {.verification = {.is_planned = true}};
    const struct form whole = {.verification = form};
    return verification_is_needed(&design, &whole, &item, is_sampled);
}

static void an_item_says_more_than_its_form_and_the_sample_less_than_both(void **state)
{
    (void)state;
    const struct item plain = {0};
    const struct item critical = {.verification = VERIFICATION_ALWAYS};
    const struct item spared = {.verification = VERIFICATION_NEVER};
    assert_true(is_needed(VERIFICATION_ALWAYS, plain, false));
    assert_false(is_needed(VERIFICATION_UNSAID, plain, false));
    assert_true(is_needed(VERIFICATION_UNSAID, plain, true));
    assert_true(is_needed(VERIFICATION_SAMPLED, plain, true));
    assert_false(is_needed(VERIFICATION_NEVER, plain, true));
    assert_true(is_needed(VERIFICATION_UNSAID, critical, false));
    assert_true(is_needed(VERIFICATION_NEVER, critical, false));
    assert_false(is_needed(VERIFICATION_ALWAYS, spared, true));
}

static void what_has_no_source_is_never_wanted(void **state)
{
    (void)state;
    assert_false(is_needed(VERIFICATION_ALWAYS,
                           (struct item){.requirement = ITEM_DERIVED}, true));
    assert_false(
        is_needed(VERIFICATION_ALWAYS, (struct item){.is_system = true}, true));
    assert_false(
        is_needed(VERIFICATION_ALWAYS, (struct item){.is_identity = true}, true));
}

static void without_a_plan_nothing_is_wanted(void **state)
{
    (void)state;
    const struct design design = {0};
    const struct form form = {.verification = VERIFICATION_ALWAYS};
    const struct item item = {.verification = VERIFICATION_ALWAYS};
    assert_false(verification_is_needed(&design, &form, &item, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_says_more_than_its_form_and_the_sample_less_than_both),
        cmocka_unit_test(what_has_no_source_is_never_wanted),
        cmocka_unit_test(without_a_plan_nothing_is_wanted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

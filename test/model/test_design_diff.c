/* What design_diff finds between small designs that differ in one thing each. */
#include "model/design_diff.h"
#include "support/design_text.h"
#include "support/unit.h"

static const struct code yes_no[] = {
    {.code = TEXT_INIT("N"), .label.english = TEXT_INIT("No")},
    {.code = TEXT_INIT("Y"), .label.english = TEXT_INIT("Yes")}};
static const struct codelist list = {
    .oid = TEXT_INIT("CL.NY"), .codes = yes_no, .code_count = 2};

/* One of everything that the tests change. */
struct small {
    struct item items[2];
    const struct item *item_list[2];
    struct item_group group;
    struct codelist codelist;
    struct study_check check;
    struct design design;
};

static void small_make(struct small *small)
{
    *small = (struct small){
        .items = {{.oid = TEXT("I.A"), .unit = TEXT("mmol/L"), .decimals = -1},
                  {.oid = TEXT("I.B"), .label.english = TEXT("Second"), .decimals = 1}},
        .group = {.oid = TEXT("IG.X"), .item_count = 2},
        .codelist = list,
        .check = {.oid = TEXT("CK1"),
                  .severity = CHECK_SOFT,
                  .words = TEXT("A above 1"),
                  .fires.code = TEXT("A > 1\n  and B > 2")},
    };
    small->item_list[0] = &small->items[0];
    small->item_list[1] = &small->items[1];
    small->group.items = small->item_list;
    small->check.item = &small->items[0];
    small->design = (struct design){.oid = TEXT("MDV"),
                                    .items = small->items,
                                    .item_count = 2,
                                    .groups = &small->group,
                                    .group_count = 1,
                                    .codelists = &small->codelist,
                                    .codelist_count = 1,
                                    .checks = &small->check,
                                    .check_count = 1};
}

struct pair {
    struct arena *arena;
    struct small before, after;
    struct design_diff diff;
};

static struct pair *pair_new(void **state)
{
    struct pair *pair = ARENA_NEW(*state, struct pair);
    pair->arena = *state;
    small_make(&pair->before);
    small_make(&pair->after);
    return pair;
}

static void compare(struct pair *pair)
{
    pair->diff = design_diff(&pair->before.design, &pair->after.design, pair->arena);
}

static void assert_change(const struct design_change *change, const char *thing,
                          const char *oid, const char *fact, const char *before,
                          const char *after)
{
    assert_int_equal(change->kind, DESIGN_CHANGED);
    assert_string_equal(change->thing, thing);
    ASSERT_TEXT(change->oid, oid);
    assert_string_equal(change->fact, fact);
    ASSERT_TEXT(change->before, before);
    ASSERT_TEXT(change->after, after);
}

static void finds_nothing_in_a_design_and_itself(void **state)
{
    const struct design *study = design_builtin(*state);
    assert_int_equal(design_diff(study, study, *state).count, 0);
}

static void tells_a_fact_before_and_after(void **state)
{
    struct pair *pair = pair_new(state);
    pair->after.items[0].unit = TEXT("mg/dL");
    pair->after.items[1].soft = (struct range){.has_low = true,
                                               .has_high = true,
                                               .is_high_open = true,
                                               .high = {.coefficient = 15, .scale = 1}};
    compare(pair);
    assert_int_equal(pair->diff.count, 2);
    assert_change(&pair->diff.changes[0], "item", "I.A", "unit", "mmol/L", "mg/dL");
    assert_change(&pair->diff.changes[1], "item", "I.B", "soft range", "",
                  ">= 0, < 1.5");
    assert_int_equal(pair->diff.changed, 2);
}

static void tells_what_came_and_what_went(void **state)
{
    struct pair *pair = pair_new(state);
    pair->after.items[1].oid = TEXT("I.C");
    compare(pair);
    /* The group lists other items, too. */
    assert_int_equal(pair->diff.count, 3);
    assert_change(&pair->diff.changes[0], "group", "IG.X", "items", "I.A I.B",
                  "I.A I.C");
    assert_int_equal(pair->diff.changes[1].kind, DESIGN_REMOVED);
    ASSERT_TEXT(pair->diff.changes[1].oid, "I.B");
    ASSERT_TEXT(pair->diff.changes[1].label.english, "Second");
    assert_int_equal(pair->diff.changes[2].kind, DESIGN_ADDED);
    ASSERT_TEXT(pair->diff.changes[2].oid, "I.C");
    assert_int_equal(pair->diff.removed, 1);
    assert_int_equal(pair->diff.added, 1);
}

static void tells_what_changed_in_the_plan_of_source_verification(void **state)
{
    struct pair *pair = pair_new(state);
    pair->before.design.verification = (struct verification_plan){
        .is_planned = true, .seed = TEXT("A"), .first_of_site = 5, .share = 20};
    pair->after.design.verification = pair->before.design.verification;
    pair->after.design.verification.share = 30;
    pair->after.items[0].verification = VERIFICATION_ALWAYS;
    compare(pair);
    assert_int_equal(pair->diff.count, 2);
    assert_change(&pair->diff.changes[0], "item", "I.A", "source verification", "",
                  "always");
    assert_change(&pair->diff.changes[1], "source verification", "the plan",
                  "share of the later ones in percent", "20", "30");
}

static void sees_a_code_that_went(void **state)
{
    struct pair *pair = pair_new(state);
    pair->after.codelist.code_count = 1;
    compare(pair);
    assert_int_equal(pair->diff.count, 1);
    assert_int_equal(pair->diff.changes[0].kind, DESIGN_REMOVED);
    assert_string_equal(pair->diff.changes[0].thing, "code");
    ASSERT_TEXT(pair->diff.changes[0].oid, "CL.NY Y");
}

static void sees_an_expression_change_but_not_its_indentation(void **state)
{
    struct pair *pair = pair_new(state);
    pair->after.check.fires.code = TEXT("\n      A > 1\n      and B > 2\n    ");
    compare(pair);
    assert_int_equal(pair->diff.count, 0);
    pair->after.check.fires.code = TEXT("A > 1\n  and B >= 2");
    pair->after.check.severity = CHECK_HARD;
    compare(pair);
    assert_int_equal(pair->diff.count, 2);
    assert_change(&pair->diff.changes[0], "check", "CK1", "severity", "soft", "hard");
    assert_change(&pair->diff.changes[1], "check", "CK1", "fires when",
                  "A > 1\n  and B > 2", "A > 1\n  and B >= 2");
}

static void sees_a_line_that_was_added_to_an_expression(void **state)
{
    struct pair *pair = pair_new(state);
    pair->after.check.fires.code = TEXT("A > 1\n  and B > 2\n  and C > 3");
    compare(pair);
    assert_int_equal(pair->diff.count, 1);
}

static int make(void **state)
{
    *state = arena_new((size_t)64 << 20);
    return 0;
}

static int unmake(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_nothing_in_a_design_and_itself, make,
                                        unmake),
        cmocka_unit_test_setup_teardown(tells_a_fact_before_and_after, make, unmake),
        cmocka_unit_test_setup_teardown(tells_what_came_and_what_went, make, unmake),
        cmocka_unit_test_setup_teardown(sees_a_code_that_went, make, unmake),
        cmocka_unit_test_setup_teardown(
            tells_what_changed_in_the_plan_of_source_verification, make, unmake),
        cmocka_unit_test_setup_teardown(
            sees_an_expression_change_but_not_its_indentation, make, unmake),
        cmocka_unit_test_setup_teardown(sees_a_line_that_was_added_to_an_expression,
                                        make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

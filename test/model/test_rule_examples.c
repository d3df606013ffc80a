/* Examples of the built-in study's rules that hold, that do not, and that cannot be tried. */
#include "model/rule_examples.h"
#include "support/design_text.h"
#include "support/unit.h"

struct trying {
    struct arena *arena, *scratch;
    const struct rulebook *rulebook;
    struct rule_list list;
    struct rule_trial *trial;
};

static int make(void **state)
{
    static struct trying trying;
    struct error err;
    trying = (struct trying){.arena = arena_new((size_t)256 << 20),
                             .scratch = arena_new((size_t)64 << 20)};
    ASSERT_OK(rulebook_make(design_builtin(trying.arena), trying.arena,
                            &trying.rulebook, &err),
              &err);
    ASSERT_OK(rule_list_make(trying.rulebook, trying.arena, &trying.list, &err), &err);
    trying.trial =
        rule_trial_new(trying.rulebook, &trying.list, trying.arena, trying.scratch);
    *state = &trying;
    return 0;
}

static int unmake(void **state)
{
    struct trying *trying = *state;
    arena_free(trying->scratch);
    arena_free(trying->arena);
    return 0;
}

static size_t position(const struct trying *trying, const char *oid)
{
    for (size_t i = 0; i < trying->list.count; i++)
        if (text_equal(trying->list.sources[i].oid, text_of(oid)))
            return i;
    fail_msg("no rule %s", oid);
    return 0;
}

static void try(struct trying *trying, const char *document)
{
    struct error err;
    ASSERT_OK(rule_trial_file(trying->trial, TEXT("DM.txt"), text_of(document), &err),
              &err);
}

static const struct example_tally *tally(struct trying *trying, const char *oid)
{
    return rule_trial_tally(trying->trial, position(trying, oid));
}

/* 80 kg at 200 cm: 80 / 2² = 20. */
static void counts_the_examples_that_hold(void **state)
{
    struct trying *trying = *state;
    try(trying, "rule M.DM.BMI\nHEIGHT WEIGHT -> value\n200 80 -> 20\n- 80 -> -\n");
    assert_int_equal(tally(trying, "M.DM.BMI")->count, 2);
    assert_int_equal(tally(trying, "M.DM.BMI")->failed, 0);
    assert_int_equal(trying->trial->failed, 0);
}

static void says_what_a_rule_says_where_an_example_does_not_hold(void **state)
{
    struct trying *trying = *state;
    try(trying, "rule M.DM.BMI\nHEIGHT WEIGHT -> value\n200 80 -> 21\n");
    const struct example_tally *bmi = tally(trying, "M.DM.BMI");
    assert_int_equal(bmi->failed, 1);
    ASSERT_TEXT(bmi->failures->file, "DM.txt");
    assert_int_equal(bmi->failures->line, 3);
    ASSERT_TEXT(bmi->failures->expected, "21");
    assert_true(text_starts_with(bmi->failures->said, TEXT("20")));
}

static void fails_an_example_that_cannot_be_tried(void **state)
{
    struct trying *trying = *state;
    try(trying, "rule M.DM.BMI\nNOITEM WEIGHT -> value\n200 80 -> 20\n");
    const struct example_tally *bmi = tally(trying, "M.DM.BMI");
    assert_int_equal(bmi->failed, 1);
    assert_true(text_is_absent(bmi->failures->expected));
    assert_int_equal(trying->trial->failed, 1);
}

static void fails_an_example_of_a_rule_that_is_not_there(void **state)
{
    struct trying *trying = *state;
    try(trying, "rule M.NONE\nWEIGHT -> value\n80 -> 20\n");
    assert_int_equal(trying->trial->unknown.failed, 1);
    ASSERT_TEXT(trying->trial->unknown.failures->rule, "M.NONE");
    assert_int_equal(trying->trial->failed, 1);
}

static void lists_rules_of_events_behind_those_of_items(void **state)
{
    struct trying *trying = *state;
    size_t at = position(trying, "C.EVENT.H96");
    assert_true(at >= trying->rulebook->sources.rule_count);
    ASSERT_TEXT(trying->list.events[at]->oid, "SE.H96");
    assert_int_equal(trying->list.rules[at].kind, RULE_SHOWS);
    at = position(trying, "SE.T0");
    assert_int_equal(trying->list.rules[at].kind, RULE_DERIVES);
}

static void gives_the_words_of_the_design(void **state)
{
    struct trying *trying = *state;
    ASSERT_TEXT(rule_words(trying->rulebook, &trying->list, position(trying, "CK001")),
                "SCR.AGE < 18 or SCR.AGE > 65, and SCRRES=ENR");
    ASSERT_TEXT(
        rule_words(trying->rulebook, &trying->list, position(trying, "M.SCR.AGE")),
        "completed years from BRTHDT to SCRDTM");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(counts_the_examples_that_hold, make, unmake),
        cmocka_unit_test_setup_teardown(
            says_what_a_rule_says_where_an_example_does_not_hold, make, unmake),
        cmocka_unit_test_setup_teardown(fails_an_example_that_cannot_be_tried, make,
                                        unmake),
        cmocka_unit_test_setup_teardown(fails_an_example_of_a_rule_that_is_not_there,
                                        make, unmake),
        cmocka_unit_test_setup_teardown(lists_rules_of_events_behind_those_of_items,
                                        make, unmake),
        cmocka_unit_test_setup_teardown(gives_the_words_of_the_design, make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

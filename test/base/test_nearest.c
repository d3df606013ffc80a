#include "support/unit.h"

#include "base/attributes.h"
#include "base/nearest.h"

#include <string.h>

static void counts_insertions_deletions_and_replacements(void **state)
{
    (void)state;
    /* The textbook pairs of the Levenshtein distance. */
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 9), 3);
    assert_int_equal(text_distance(TEXT("saturday"), TEXT("sunday"), 9), 3);
    assert_int_equal(text_distance(TEXT("flaw"), TEXT("lawn"), 9), 2);
    assert_int_equal(text_distance(TEXT(""), TEXT("abc"), 9), 3);
    assert_int_equal(text_distance(TEXT("abc"), TEXT("abc"), 0), 0);
}

static void counts_an_exchange_of_neighbours_once(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("ca"), TEXT("ac"), 9), 1);
    assert_int_equal(text_distance(TEXT("I.SCR.AEG"), TEXT("I.SCR.AGE"), 1), 1);
    /* The known example of the form that changes no byte twice: not 2. */
    assert_int_equal(text_distance(TEXT("ca"), TEXT("abc"), 9), 3);
}

static void is_the_same_both_ways(void **state)
{
    (void)state;
    const char *words[] = {"", "a", "ab", "ba", "I.SCR.AGE", "I.SCR.EGA", "I.DM.AGE"};
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        for (size_t j = 0; j < ARRAY_COUNT(words); j++)
            assert_int_equal(text_distance(text_of(words[i]), text_of(words[j]), 9),
                             text_distance(text_of(words[j]), text_of(words[i]), 9));
}

static void stops_at_the_limit(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 3), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 2), 3);
    assert_int_equal(text_distance(TEXT("a"), TEXT("bcdefgh"), 1), 2);
}

static void does_not_compare_names_longer_than_any_oid(void **state)
{
    (void)state;
    char long_name[NEAREST_LENGTH + 1];
    memset(long_name, 'x', sizeof long_name);
    struct text longest = {long_name, NEAREST_LENGTH};
    struct text too_long = {long_name, NEAREST_LENGTH + 1};
    assert_int_equal(text_distance(longest, longest, 3), 0);
    assert_int_equal(text_distance(too_long, too_long, 3), 4);
}

static void offers_the_nearest_name(void **state)
{
    (void)state;
    struct nearest nearest = nearest_to(TEXT("I.SCR.AEG"));
    nearest_offer(&nearest, TEXT("I.DM.SEX"));
    nearest_offer(&nearest, TEXT("I.SCR.AGE"));
    nearest_offer(&nearest, TEXT("I.SCR.ELIG"));
    ASSERT_TEXT(nearest.best, "I.SCR.AGE");
}

static void takes_another_case_for_the_same_name(void **state)
{
    (void)state;
    struct nearest nearest = nearest_to(TEXT("y"));
    nearest_offer(&nearest, TEXT("N"));
    nearest_offer(&nearest, TEXT("Y"));
    ASSERT_TEXT(nearest.best, "Y");
}

static void offers_nothing_when_nothing_is_near(void **state)
{
    (void)state;
    struct nearest nearest = nearest_to(TEXT("X"));
    nearest_offer(&nearest, TEXT("Y"));
    assert_true(text_is_absent(nearest.best));
    nearest = nearest_to(TEXT("I.SCR.WEIGHT"));
    nearest_offer(&nearest, TEXT("I.DM.HEIGHT"));
    assert_true(text_is_absent(nearest.best));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_insertions_deletions_and_replacements),
        cmocka_unit_test(counts_an_exchange_of_neighbours_once),
        cmocka_unit_test(is_the_same_both_ways),
        cmocka_unit_test(stops_at_the_limit),
        cmocka_unit_test(does_not_compare_names_longer_than_any_oid),
        cmocka_unit_test(offers_the_nearest_name),
        cmocka_unit_test(takes_another_case_for_the_same_name),
        cmocka_unit_test(offers_nothing_when_nothing_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

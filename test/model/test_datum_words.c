/* Values of rules in words. */
#include "model/datum_words.h"
#include "support/unit.h"

static struct arena *arena;

static void assert_words(struct datum value, const char *expected)
{
    ASSERT_TEXT(datum_words(value, 480, arena), expected);
}

static void says_why_there_is_no_value(void **state)
{
    (void)state;
    assert_words(datum_of_kind(DATUM_EMPTY), "nothing");
    assert_words((struct datum){.kind = DATUM_MISSING, .detail = REASON_NOT_DONE},
                 "missing: ND");
    assert_words((struct datum){.kind = DATUM_FAULT, .detail = FAULT_OVERFLOW},
                 "cannot be computed: a number is too large");
}

static void says_sealed_and_no_more(void **state)
{
    (void)state;
    struct datum sealed = datum_text(TEXT("1980-02-29"));
    sealed.kind = DATUM_SEALED;
    assert_words(sealed, "sealed");
}

static void writes_a_value_as_it_was_entered(void **state)
{
    (void)state;
    struct moment moment;
    assert_true(moment_parse(TEXT("2026-11-22T10:00+08:00"), &moment, NULL));
    assert_words(datum_moment(&moment, 480), "2026-11-22T10:00+08:00");
    assert_words(datum_number((struct decimal){.coefficient = 150, .scale = 2}),
                 "1.50");
    assert_words(datum_real(2.5), "about 2.5");
    assert_words(datum_text(TEXT("ENR")), "'ENR'");
}

static void tells_the_three_truths_apart(void **state)
{
    (void)state;
    assert_words(datum_truth(TRUTH_YES), "yes");
    assert_words(datum_truth(TRUTH_NO), "no");
    assert_words(datum_truth(TRUTH_UNKNOWN), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_why_there_is_no_value),
        cmocka_unit_test(says_sealed_and_no_more),
        cmocka_unit_test(writes_a_value_as_it_was_entered),
        cmocka_unit_test(tells_the_three_truths_apart),
    };
    arena = arena_new(1024 * 1024);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}

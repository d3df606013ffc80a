/* Expected values: specification 7.1, multiplied by hand. */
#include "support/unit.h"

#include "base/arena.h"
#include "base/limits.h"
#include "model/laboratory_map.h"
#include "support/design_text.h"

static const struct design *design_of(void **state)
{
    return design_builtin(*state);
}

static const struct item *item_of(const struct design *design, const char *loinc)
{
    const struct item *item = laboratory_item(design, text_of(loinc));
    assert_non_null(item);
    return item;
}

static void finds_the_item_of_a_loinc_code(void **state)
{
    const struct design *design = design_of(state);
    ASSERT_TEXT(item_of(design, "718-7")->oid, "I.LB.HGB");
    /* The bedside's lactate has the same code, and takes no results of feeds. */
    ASSERT_TEXT(item_of(design, "32693-4")->oid, "I.LB.LAC");
    assert_null(laboratory_item(design, TEXT("9999-9")));
    assert_null(laboratory_item(design, TEXT("")));
}

static void expect(const struct item *item, const char *number, const char *unit,
                   const char *expected)
{
    struct decimal from, factor, to;
    char printed[DECIMAL_TEXT_SIZE];
    assert_int_equal(decimal_parse(text_of(number), &from, NULL), DECIMAL_OK);
    assert_true(laboratory_factor(item, text_of(unit), &factor));
    assert_true(laboratory_convert(item, from, factor, &to));
    struct text out = {printed, decimal_print(to, printed)};
    ASSERT_TEXT(out, expected);
}

static void converts_exactly_and_rounds_to_the_decimals_of_the_item(void **state)
{
    const struct design *design = design_of(state);
    const struct item *creatinine = item_of(design, "14682-9");
    expect(creatinine, "168", "umol/L", "168");
    expect(creatinine, "1.9", "mg/dL", "168"); /* 167.998 */
    expect(item_of(design, "718-7"), "6.2", "g/dL", "62");
    expect(item_of(design, "22664-7"), "28", "mg/dL{BUN}", "10.0");  /* 9.996 */
    expect(item_of(design, "22664-7"), "60", "mg/dL{urea}", "10.0"); /* 9.99 */
    expect(item_of(design, "48065-7"), "0.5", "mg/L{FEU}", "0.5");
    expect(item_of(design, "48065-7"), "0.5", "mg/L{DDU}", "1.0");
    expect(item_of(design, "48065-7"), "500", "ng/mL{FEU}", "0.50");
    expect(item_of(design, "48065-7"), "500", "ng/mL{DDU}", "1.00");
    expect(item_of(design, "27811-9"), "0.85", "[IU]/mL", "85");
    expect(item_of(design, "6301-6"), "1.30", "", "1.30");
    expect(item_of(design, "2744-1"), "7.21", "", "7.21");
    expect(item_of(design, "777-3"), "11", "10^9/l", "11");
}

static bool is_taken(const struct item *item, const char *unit)
{
    struct decimal factor;
    return laboratory_factor(item, text_of(unit), &factor);
}

static bool fits(const struct item *item, const char *unit)
{
    struct decimal factor;
    return laboratory_unit_fits(item, text_of(unit), &factor);
}

static void takes_no_unit_that_the_specification_does_not_name(void **state)
{
    const struct design *design = design_of(state);
    const struct item *urea = item_of(design, "22664-7"),
                      *dimer = item_of(design, "48065-7");
    assert_false(is_taken(urea, "mg/dL")); /* of urea, or of its nitrogen? */
    assert_false(is_taken(urea, ""));
    assert_false(is_taken(dimer, "mg/L")); /* FEU or DDU? */
    assert_false(is_taken(dimer, ""));
    assert_false(is_taken(item_of(design, "14682-9"), "mg/L"));
    assert_false(is_taken(item_of(design, "6301-6"), "%"));
}

static void lets_a_person_accept_only_what_has_the_same_dimension(void **state)
{
    const struct design *design = design_of(state);
    struct decimal factor;
    const struct item *protein = item_of(design, "1988-5");
    assert_true(laboratory_unit_fits(protein, TEXT("g/L"), &factor));
    assert_int_equal(decimal_compare(factor, decimal_of(1000)), 0);
    assert_false(fits(protein, "mmol/L"));
    assert_false(fits(protein, "mg"));
    assert_false(fits(protein, "mg/L{FEU}"));
    assert_false(fits(protein, "x"));
    assert_false(fits(protein, ""));
    assert_false(fits(item_of(design, "48065-7"), "mg/L"));
    assert_true(fits(item_of(design, "48065-7"), "ug/L{FEU}"));
    /* Activity in percent is no ratio of times. */
    assert_false(fits(item_of(design, "6301-6"), "%"));
}

static int open_arena(void **state)
{
    *state = arena_new(LIMIT_DESIGN_ARENA);
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_item_of_a_loinc_code),
        cmocka_unit_test(converts_exactly_and_rounds_to_the_decimals_of_the_item),
        cmocka_unit_test(takes_no_unit_that_the_specification_does_not_name),
        cmocka_unit_test(lets_a_person_accept_only_what_has_the_same_dimension),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}

/* Three-valued logic: Kleene's tables (Kleene 1952, section 64), and what asks in two values. */
#include "support/rule_sample.h"
#include "support/unit.h"

static const char *const truths[] = {"no", "unknown", "yes"};

static void expect(struct rule_sample *sample, struct text source, const char *value)
{
    struct text found = rule_sample_value(sample, source, TEXT(""));
    if (!text_equal(found, text_of(value)))
        fail_msg("%.*s is %.*s, not %s", TEXT_ARG(source), TEXT_ARG(found), value);
}

/* In the order no < unknown < yes "and" is the lesser, "or" the greater, "not" mirrors. */
static void and_or_not_follow_kleene(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"));
    for (int a = 0; a < 3; a++) {
        expect(&sample, text_format(sample.arena, "not %s", truths[a]), truths[2 - a]);
        for (int b = 0; b < 3; b++) {
            int least = a < b ? a : b, most = a < b ? b : a;
            expect(&sample,
                   text_format(sample.arena, "%s and %s", truths[a], truths[b]),
                   truths[least]);
            expect(&sample, text_format(sample.arena, "%s or %s", truths[a], truths[b]),
                   truths[most]);
            /* De Morgan, and an absent truth is an unknown one. */
            expect(&sample,
                   text_format(sample.arena, "not (%s and %s) = (not %s or not %s)",
                               truths[a], truths[b], truths[a], truths[b]),
                   least == 1 ? "unknown" : "yes");
        }
    }
    rule_sample_end(&sample);
}

static void equality_of_truths_is_unknown_with_an_unknown_one(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"));
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            const char *expected = a == 1 || b == 1 ? "unknown" : a == b ? "yes" : "no";
            expect(&sample, text_format(sample.arena, "%s = %s", truths[a], truths[b]),
                   expected);
        }
    for (int a = 0; a < 3; a++) {
        expect(&sample, text_format(sample.arena, "%s is yes", truths[a]),
               a == 2 ? "yes" : "no");
        expect(&sample, text_format(sample.arena, "%s is known", truths[a]),
               a == 1 ? "no" : "yes");
        expect(&sample, text_format(sample.arena, "if %s then 1 else 2", truths[a]),
               a == 2   ? "1"
               : a == 0 ? "2"
                        : "empty");
    }
    rule_sample_end(&sample);
}

/* Every comparison, for every way in which a value can be absent. */
static void an_absent_operand_makes_a_comparison_unknown(void **state)
{
    (void)state;
    static const char *const absent[] = {"empty", "missing ND", "missing REF"};
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    for (size_t i = 0; i < 3; i++) {
        struct rule_sample sample;
        rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"
                                        "item Y number - 0\n"));
        rule_sample_values(&sample,
                           text_format(sample.arena, "F.X = %s\nF.Y = 1\n", absent[i]));
        for (size_t k = 0; k < 6; k++) {
            expect(&sample, text_format(sample.arena, "F.X %s F.Y", signs[k]),
                   "unknown");
            expect(&sample, text_format(sample.arena, "1 %s F.X", signs[k]), "unknown");
        }
        expect(&sample, TEXT("F.X is 1"), "no");
        expect(&sample, TEXT("F.X is not 1"), "yes");
        expect(&sample, TEXT("F.X is absent"), "yes");
        expect(&sample, TEXT("F.X is empty"), i == 0 ? "yes" : "no");
        expect(&sample, TEXT("F.X is missing"), i == 0 ? "no" : "yes");
        expect(&sample, TEXT("F.X is missing 'ND'"), i == 1 ? "yes" : "no");
        expect(&sample, TEXT("F.X + 1"), "empty");
        expect(&sample, TEXT("F.X otherwise 7"), "7");
        rule_sample_end(&sample);
    }
}

/* A sealed value is there, but nothing can be said about it; what hangs on it is sealed. */
static void what_hangs_on_a_sealed_value_is_sealed(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample,
                      TEXT("event E\nform F at E\nitem B moment\nitem X number - 0\n"));
    rule_sample_values(&sample, TEXT("F.B = sealed\nF.X = 3\n"));
    expect(&sample, TEXT("years(F.B, now)"), "sealed");
    expect(&sample, TEXT("F.B < now"), "sealed");
    expect(&sample, TEXT("F.B < now and F.X = 4"), "no");
    expect(&sample, TEXT("F.B is filled"), "yes");
    expect(&sample, TEXT("F.B is empty"), "no");
    expect(&sample, TEXT("F.X"), "3");
    rule_sample_end(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(and_or_not_follow_kleene),
        cmocka_unit_test(equality_of_truths_is_unknown_with_an_unknown_one),
        cmocka_unit_test(an_absent_operand_makes_a_comparison_unknown),
        cmocka_unit_test(what_hangs_on_a_sealed_value_is_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

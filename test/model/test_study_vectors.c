/* Every rule of the built-in study says what its examples expect. They are written by hand
 * from the words of the specification: studies/io-hematology/vectors/. */
#include "support/study_rules.h"
#include "support/unit.h"

#include <stdio.h>

static int make(void **state)
{
    static struct study_rules rules;
    study_rules_begin(&rules);
    *state = &rules;
    return 0;
}

static int unmake(void **state)
{
    study_rules_end(*state);
    return 0;
}

/* 1 when the example does not hold, and says so. */
static size_t try_vector(struct study_rules *rules, size_t i)
{
    const struct rule_vector *vector = &rules->vectors[i];
    const char *file = rules->vector_files[i];
    int32_t at = study_rule(rules, vector->rule);
    struct vector_scene scene;
    struct error err;
    arena_reset(rules->scratch);
    if (at < 0) {
        print_error("%s:%zu: there is no rule %.*s\n", file, vector->line,
                    TEXT_ARG(vector->rule));
        return 1;
    }
    const struct rule *rule = &rules->rules[at];
    if (!rule_vector_set(vector, rule, &rules->stage, rules->scratch, &scene, &err)) {
        print_error("%s:%s: %s\n", file, err.where, err.text);
        return 1;
    }
    rules->run->world = &scene.world;
    struct run_result result = run_program(rules->run, rule->program, &scene.place);
    int32_t offset = scene.world.offset_minutes;
    if (rule_vector_holds(vector, rule, result.value, offset, rules->scratch))
        return 0;
    struct text found = rule_result_text(rule, result.value, offset, rules->scratch);
    print_error("%s:%zu: %.*s says %.*s, not %.*s\n", file, vector->line,
                TEXT_ARG(vector->rule), TEXT_ARG(found), TEXT_ARG(vector->expected));
    return 1;
}

static void says_what_every_example_expects(void **state)
{
    struct study_rules *rules = *state;
    size_t failed = 0;
    for (size_t i = 0; i < rules->vector_count; i++)
        failed += try_vector(rules, i);
    assert_int_equal(failed, 0);
}

/* A rule without an example of each of its answers has been shown to do nothing. */
static void has_examples_of_every_rule(void **state)
{
    struct study_rules *rules = *state;
    size_t missing = 0;
    for (size_t i = 0; i < rules->sources.rule_count; i++) {
        const struct rule_source *source = &rules->sources.rules[i];
        size_t yes = 0;
        size_t other = 0;
        for (size_t k = 0; k < rules->vector_count; k++) {
            const struct rule_vector *vector = &rules->vectors[k];
            if (!text_equal(vector->rule, source->oid))
                continue;
            bool is_yes = source->kind == RULE_DERIVES
                              ? !text_equal(vector->expected, TEXT("-"))
                              : text_equal(vector->expected, TEXT("yes"));
            yes += is_yes;
            other += !is_yes;
        }
        if (yes > 0 && (other > 0 || source->kind == RULE_DERIVES))
            continue;
        print_error("%.*s has %zu examples that say yes or a value, %zu that do not\n",
                    TEXT_ARG(source->oid), yes, other);
        missing++;
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_every_example_expects),
        cmocka_unit_test(has_examples_of_every_rule),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}

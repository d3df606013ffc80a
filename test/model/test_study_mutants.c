/* The examples of the rules mean something: change an operator, a threshold, an "and" or
 * "or", a code or a reference of any rule, and at least one of its examples no longer
 * holds. What survives stands in vectors/equivalent.txt with the reason why it says the
 * same; SURVIVORS=1 prints all that is not there. */
#include "support/mutant.h"
#include "support/study_rules.h"
#include "support/unit.h"

#include "base/limits.h"
#include "engine/expression.h"
#include "system/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCENES = 400, KNOWN = 4000 };

/* "CK001 2 < -> <= : reason" */
struct known {
    struct text rule, nth, from, to;
    bool is_used;
};

struct mutating {
    struct study_rules rules;
    struct known known[KNOWN];
    size_t known_count;
    const struct rule_vector *vectors[SCENES];
    struct vector_scene scenes[SCENES];
    size_t scene_count;
    struct arena *stage; /* of one rule: its scenes */
    struct arena *trial; /* of one mutant */
    size_t mutants, survivors, stillborn;
};

static void read_known(struct mutating *m)
{
    struct error err;
    struct text rest;
    if (!file_read("studies/io-hematology/vectors/equivalent.txt", LIMIT_DESIGN_BYTES,
                   m->rules.arena, &rest, &err))
        fail_msg("%s", err.text);
    while (!text_is_absent(rest)) {
        struct text line = text_trim(text_cut(&rest, '\n'));
        if (line.len == 0 || line.at[0] == '#')
            continue;
        struct known *known = &m->known[m->known_count++];
        known->rule = text_cut(&line, ' ');
        known->nth = text_cut(&line, ' ');
        known->from = text_cut(&line, ' ');
        assert_true(text_equal(text_cut(&line, ' '), TEXT("->")));
        size_t colon = 0;
        while (colon + 2 < line.len && memcmp(line.at + colon, " : ", 3) != 0)
            colon++;
        known->to = text_part(line, 0, colon);
        if (line.len < colon + 10)
            fail_msg("equivalent.txt: %.*s %.*s has no reason", TEXT_ARG(known->rule),
                     TEXT_ARG(known->from));
    }
}

static int make(void **state)
{
    static struct mutating m;
    study_rules_begin(&m.rules);
    m.stage = arena_new((size_t)512 << 20);
    m.trial = arena_new((size_t)64 << 20);
    read_known(&m);
    *state = &m;
    return 0;
}

static int unmake(void **state)
{
    struct mutating *m = *state;
    arena_free(m->stage);
    arena_free(m->trial);
    study_rules_end(&m->rules);
    return 0;
}

static void set_scenes(struct mutating *m, const struct rule_source *source,
                       const struct rule *rule)
{
    struct error err;
    arena_reset(m->stage);
    m->scene_count = 0;
    for (size_t i = 0; i < m->rules.vector_count; i++) {
        const struct rule_vector *vector = &m->rules.vectors[i];
        if (!text_equal(vector->rule, source->oid))
            continue;
        assert_true(m->scene_count < SCENES);
        m->vectors[m->scene_count] = vector;
        if (!rule_vector_set(vector, rule, &m->rules.stage, m->stage,
                             &m->scenes[m->scene_count++], &err))
            fail_msg("line %s: %s", err.where, err.text);
    }
}

static const struct program *compile(struct mutating *m, const struct rule *rule,
                                     struct text code)
{
    const struct dictionary *dictionary = m->rules.dictionary;
    bool is_stored = rule->kind == RULE_DERIVES && rule->item >= 0;
    struct expression expression = {
        .source = code,
        .context = {.form = rule->form,
                    .group = rule->group,
                    .is_truth_wanted = rule->kind != RULE_DERIVES,
                    .stored = is_stored ? &dictionary->items[rule->item].type : NULL}};
    struct findings findings;
    return expression_compile(&expression, dictionary, m->trial, &findings);
}

static bool is_noticed(struct mutating *m, const struct rule *rule,
                       const struct program *program)
{
    for (size_t i = 0; i < m->scene_count; i++) {
        m->rules.run->world = &m->scenes[i].world;
        arena_reset(m->rules.scratch);
        struct run_result result =
            run_program(m->rules.run, program, &m->scenes[i].place);
        if (!rule_vector_holds(m->vectors[i], rule, result.value,
                               m->scenes[i].world.offset_minutes, m->rules.scratch))
            return true;
    }
    return false;
}

static bool is_known(struct mutating *m, struct text rule,
                     const struct mutable_part *part, struct text other)
{
    for (size_t i = 0; i < m->known_count; i++) {
        struct known *known = &m->known[i];
        int64_t nth = 0;
        if (text_equal(known->rule, rule) && text_to_int64(known->nth, &nth) &&
            nth == part->nth && text_equal(known->from, part->text) &&
            text_equal(known->to, other.len == 0 ? TEXT("nothing") : other))
            return known->is_used = true;
    }
    return false;
}

static void tell(const struct mutating *m, const struct rule_source *source,
                 const struct mutable_part *part, struct text other)
{
    size_t line = source->line;
    (void)m;
    for (size_t i = 0; i < part->from; i++)
        line += source->code.at[i] == '\n';
    print_error("%.*s %d %.*s -> %.*s : (study.xml:%zu)\n", TEXT_ARG(source->oid),
                part->nth, TEXT_ARG(part->text),
                TEXT_ARG(other.len == 0 ? TEXT("nothing") : other), line);
}

static void try_part(struct mutating *m, const struct rule_source *source,
                     const struct rule *rule, const struct mutable_part *part)
{
    size_t tried = 0;
    for (size_t i = 0; i < part->other_count && tried < part->wanted; i++) {
        arena_reset(m->trial);
        struct text code = mutant_source(source->code, part, part->others[i], m->trial);
        const struct program *program = compile(m, rule, code);
        if (program == NULL)
            continue;
        tried++;
        m->mutants++;
        if (is_noticed(m, rule, program) ||
            is_known(m, source->oid, part, part->others[i]))
            continue;
        m->survivors++;
        tell(m, source, part, part->others[i]);
    }
    m->stillborn += tried == 0;
}

/* Of a rule that has examples: test_study_vectors.c counts those that await them. */
static void notices_every_change_of_a_rule(void **state)
{
    struct mutating *m = *state;
    struct arena *parts = arena_new((size_t)256 << 20);
    for (size_t i = 0; i < m->rules.sources.rule_count; i++) {
        const struct rule_source *source = &m->rules.sources.rules[i];
        if (study_rule(&m->rules, source->oid) != (int32_t)i)
            continue; /* a condition of several items: once */
        const struct rule *rule = &m->rules.rules[i];
        const char *only = getenv("RULE");
        if (only != NULL && !text_equal(text_of(only), source->oid))
            continue;
        set_scenes(m, source, rule);
        if (m->scene_count == 0)
            continue;
        arena_reset(parts);
        struct mutable_parts found =
            mutant_parts(source->code, m->rules.dictionary, parts);
        for (size_t k = 0; k < found.count; k++)
            try_part(m, source, rule, &found.parts[k]);
    }
    arena_free(parts);
    print_message("%zu changes tried, %zu survive unexplained, %zu parts without a "
                  "change that compiles\n",
                  m->mutants, m->survivors, m->stillborn);
    assert_int_equal(m->survivors, 0);
}

static void lists_no_change_that_an_example_notices(void **state)
{
    struct mutating *m = *state;
    size_t unused = 0;
    for (size_t i = 0; getenv("RULE") == NULL && i < m->known_count; i++) {
        if (m->known[i].is_used)
            continue;
        print_error("equivalent.txt: %.*s %.*s %.*s is noticed, or is not there\n",
                    TEXT_ARG(m->known[i].rule), TEXT_ARG(m->known[i].nth),
                    TEXT_ARG(m->known[i].from));
        unused++;
    }
    assert_int_equal(unused, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notices_every_change_of_a_rule),
        cmocka_unit_test(lists_no_change_that_an_example_notices),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}

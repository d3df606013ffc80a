#include "support/study_rules.h"

#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"
#include "engine/expression.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { VECTORS = 20000 };

static void compile(struct study_rules *rules)
{
    struct error err;
    struct rule_problems problems;
    rules->design = design_builtin(rules->arena);
    rules->sources = design_sources(rules->design, rules->arena);
    if (!design_dictionary(rules->design, rules->sources.declared,
                           rules->sources.declared_count, rules->arena,
                           &rules->dictionary, &err))
        fail_msg("%s", err.text);
    rules->set =
        design_rules(&rules->sources, rules->dictionary, rules->arena, &problems);
    if (rules->set == NULL)
        fail_msg("%.*s: %.*s", TEXT_ARG(problems.kept[0].rule->oid),
                 TEXT_ARG(problems.kept[0].finding.sentence));
    rules->stage = (struct vector_stage){.design = rules->design,
                                         .dictionary = rules->dictionary,
                                         .shape = rules->set->shape};
}

/* An event's condition is seen from its first form. */
static struct rule event_rule(struct study_rules *rules,
                              const struct study_event *event)
{
    struct findings findings;
    struct rule rule = {.kind = RULE_SHOWS, .item = -1, .group = -1};
    rule.form =
        dictionary_form_of(rules->dictionary, text_part(event->forms[0]->oid, 2,
                                                        event->forms[0]->oid.len));
    struct expression expression = {
        .source = event->exists.code,
        .context = {.form = rule.form, .group = -1, .is_truth_wanted = true}};
    rule.program =
        expression_compile(&expression, rules->dictionary, rules->arena, &findings);
    if (rule.program == NULL)
        fail_msg("%.*s: %.*s", TEXT_ARG(event->exists.oid),
                 TEXT_ARG(findings.kept[0].sentence));
    return rule;
}

/* Behind the rules of the set those that say whether an event takes place. */
static void add_event_rules(struct study_rules *rules)
{
    const struct design *design = rules->design;
    size_t count = rules->sources.rule_count;
    struct rule_source *sources =
        ARENA_ARRAY(rules->arena, struct rule_source, count + design->event_count);
    struct rule *all =
        ARENA_ARRAY(rules->arena, struct rule, count + design->event_count);
    memcpy(sources, rules->sources.rules, count * sizeof *sources);
    memcpy(all, rules->set->rules, count * sizeof *all);
    for (size_t i = 0; i < design->event_count; i++) {
        const struct study_event *event = &design->events[i];
        if (text_is_absent(event->exists.code))
            continue;
        sources[count] = (struct rule_source){.kind = RULE_SHOWS,
                                              .oid = event->exists.oid,
                                              .code = event->exists.code,
                                              .line = event->exists.line};
        all[count++] = event_rule(rules, event);
    }
    rules->sources.rules = sources;
    rules->sources.rule_count = count;
    rules->rules = all;
}

/* One file for each form: vectors/SCR.txt for F.SCR; and EVENT.txt. */
static void read_file(struct study_rules *rules, struct text form,
                      struct rule_vector *vectors, const char **files)
{
    struct error err;
    struct text document;
    struct rule_vectors read;
    const char *path =
        text_format(rules->arena, "studies/io-hematology/vectors/%.*s.txt",
                    (int)(form.len - 2), form.at + 2)
            .at;
    if (access(path, R_OK) != 0)
        return;
    if (!file_read(path, LIMIT_DESIGN_BYTES, rules->arena, &document, &err))
        fail_msg("%s", err.text);
    if (!rule_vectors_read(document, rules->arena, &read, &err))
        fail_msg("%s:%s: %s", path, err.where, err.text);
    for (size_t i = 0; i < read.count; i++) {
        files[rules->vector_count] = path;
        vectors[rules->vector_count++] = read.vectors[i];
    }
}

void study_rules_begin(struct study_rules *rules)
{
    *rules = (struct study_rules){.arena = arena_new((size_t)1 << 30),
                                  .scratch = arena_new((size_t)64 << 20)};
    compile(rules);
    add_event_rules(rules);
    struct rule_vector *vectors =
        ARENA_ARRAY(rules->arena, struct rule_vector, VECTORS);
    const char **files = ARENA_ARRAY(rules->arena, const char *, VECTORS);
    for (size_t i = 0; i < rules->design->form_count; i++)
        read_file(rules, rules->design->forms[i].oid, vectors, files);
    read_file(rules, TEXT("C.EVENT"), vectors, files);
    rules->vectors = vectors;
    rules->vector_files = files;
    rules->run = run_new(rules->arena, rules->scratch);
}

void study_rules_end(struct study_rules *rules)
{
    arena_free(rules->scratch);
    arena_free(rules->arena);
}

int32_t study_rule(const struct study_rules *rules, struct text oid)
{
    for (size_t i = 0; i < rules->sources.rule_count; i++)
        if (text_equal(rules->sources.rules[i].oid, oid))
            return (int32_t)i;
    return -1;
}

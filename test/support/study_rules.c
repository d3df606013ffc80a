#include "support/study_rules.h"

#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"
#include "model/rule_list.h"
#include "system/file.h"

#include <unistd.h>

enum { VECTORS = 20000 };

static void compile(struct study_rules *rules)
{
    struct error err;
    const struct rulebook *rulebook;
    struct rule_list list;
    rules->design = design_builtin(rules->arena);
    if (!rulebook_make(rules->design, rules->arena, &rulebook, &err) ||
        !rule_list_make(rulebook, rules->arena, &list, &err))
        fail_msg("%s", err.text);
    rules->dictionary = rulebook->dictionary;
    rules->set = rulebook->set;
    rules->sources = rulebook->sources;
    rules->sources.rules = list.sources;
    rules->sources.rule_count = list.count;
    rules->rules = list.rules;
    rules->stage = (struct vector_stage){.design = rules->design,
                                         .dictionary = rules->dictionary,
                                         .shape = rules->set->shape};
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

#include "support/rule_study.h"

#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "model/design_sources.h"
#include "support/rule_page.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>

static bool tell(const struct error *err)
{
    fprintf(stderr, "%s: %s\n", err->where, err->text);
    return false;
}

static bool read_design(struct text document, struct arena *arena,
                        struct rule_study *out)
{
    struct odm_findings *found = ARENA_NEW(arena, struct odm_findings);
    const struct design *design;
    struct rule_problems problems;
    struct error err = {0};
    if (!odm_design_read(document, arena, &design, found, &err))
        return tell(&err);
    struct rule_sources sources = design_sources(design, arena);
    out->design = design;
    if (!design_dictionary(design, sources.declared, sources.declared_count, arena,
                           &out->dictionary, &err))
        return tell(&err);
    out->set = design_rules(&sources, out->dictionary, arena, &problems);
    for (size_t i = 0; out->set == NULL && i < problems.count; i++)
        fprintf(stderr, "%.*s: %.*s\n", TEXT_ARG(problems.kept[i].rule->oid),
                TEXT_ARG(problems.kept[i].finding.sentence));
    out->names = ARENA_ARRAY(arena, const char *, sources.rule_count);
    for (size_t i = 0; i < sources.rule_count; i++)
        out->names[i] = text_c(arena, sources.rules[i].oid);
    return out->set != NULL;
}

/* Each example that compiles and stands somewhere is a check at that form or group. */
struct gathering {
    struct arena *arena;
    struct rule *rules;
    const char **names;
    int32_t count;
};

enum { MOST_EXAMPLES = 1000 };

static void gather(void *data, struct rule_page *page,
                   const struct page_example *example)
{
    struct gathering *gathering = data;
    struct findings findings;
    const struct program *program =
        rule_sample_compile(&page->sample, example->source, example->where, &findings);
    struct engine_place place = rule_sample_place(&page->sample, example->where);
    if (program == NULL || gathering->count == MOST_EXAMPLES)
        return;
    /* Those that stand nowhere are evaluated at the first form. */
    int32_t form = place.form < 0 ? 0 : place.form;
    int32_t group =
        place.form < 0 ? -1 : rule_sample_group(&page->sample, example->where);
    if (group >= 0 && !page->sample.dictionary.groups[group].is_repeating)
        group = -1;
    gathering->names[gathering->count] =
        text_format(gathering->arena, "line %zu", example->line).at;
    gathering->rules[gathering->count++] = (struct rule){
        .kind = RULE_FIRES, .form = form, .group = group, .program = program};
}

static bool read_page(struct text document, struct arena *arena, struct rule_study *out)
{
    struct rule_page *page = ARENA_NEW(arena, struct rule_page);
    struct gathering gathering = {.arena = arena};
    gathering.rules = ARENA_ARRAY(arena, struct rule, MOST_EXAMPLES);
    gathering.names = ARENA_ARRAY(arena, const char *, MOST_EXAMPLES);
    rule_page_read(page, document, gather, &gathering);
    struct rule_set *set = ARENA_NEW(arena, struct rule_set);
    *set = (struct rule_set){.shape = page->sample.shape,
                             .rules = gathering.rules,
                             .rule_count = gathering.count};
    int32_t circle, count;
    out->dictionary = &page->sample.dictionary;
    out->set = set;
    out->names = gathering.names;
    return graph_make(set, arena, &circle, 1, &count);
}

bool rule_study_read(const char *path, struct arena *arena, struct rule_study *out)
{
    struct text document;
    struct error err = {0};
    if (!file_read(path, LIMIT_DESIGN_BYTES, arena, &document, &err))
        return tell(&err);
    size_t len = strlen(path);
    bool is_page = len > 3 && strcmp(path + len - 3, ".md") == 0;
    return is_page ? read_page(document, arena, out)
                   : read_design(document, arena, out);
}

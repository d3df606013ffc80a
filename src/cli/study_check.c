/* osteon study FILE check: compiles every rule of a design and lists what is wrong. */
#include "base/limits.h"
#include "cli/commands.h"
#include "formats/odm_design_read.h"
#include "model/design_sources.h"
#include "system/file.h"

static void tell_problem(struct command_context *context, const char *path,
                         const struct rule_problem *problem)
{
    static const char *const kinds[] = {
        [RULE_DERIVES] = "derives", [RULE_SHOWS] = "shows", [RULE_FIRES] = "checks"};
    const struct rule_source *rule = problem->rule;
    const struct finding *finding = &problem->finding;
    stream_format(context->out, "%s:%zu:%zu: %.*s %s %.*s: %.*s", path,
                  rule->line + finding->line - 1, finding->column, TEXT_ARG(rule->oid),
                  kinds[rule->kind], TEXT_ARG(rule->item), TEXT_ARG(finding->sentence));
    if (finding->hint.len > 0)
        stream_format(context->out, " (%.*s)", TEXT_ARG(finding->hint));
    stream_text(context->out, TEXT("\n"));
}

static bool tell_design(struct command_context *context, const char *path,
                        const struct odm_findings *findings)
{
    for (size_t i = 0; i < findings->kept_count; i++) {
        const struct odm_finding *finding = &findings->kept[i];
        stream_format(context->out, "%s:%zu:%zu: %.*s%s%.*s%s\n", path, finding->line,
                      finding->column, TEXT_ARG(finding->sentence),
                      finding->hint.len > 0 ? " (" : "", TEXT_ARG(finding->hint),
                      finding->hint.len > 0 ? ")" : "");
    }
    return false;
}

bool command_study_check(struct command_context *context, struct error *err)
{
    const char *path = command_path(context, arguments_place(context->arguments, 0));
    struct arena *arena = context->arena;
    struct odm_findings *found = ARENA_NEW(arena, struct odm_findings);
    struct text document;
    const struct design *design;
    const struct dictionary *dictionary;
    struct rule_problems problems;
    if (!file_read(path, LIMIT_DESIGN_BYTES, arena, &document, err))
        return false;
    if (!odm_design_read(document, arena, &design, found, err))
        return tell_design(context, path, found);
    struct rule_sources sources = design_sources(design, arena);
    if (!design_dictionary(design, sources.declared, sources.declared_count, arena,
                           &dictionary, err))
        return error_in(err, "reading %s", path);
    if (design_rules(&sources, dictionary, arena, &problems) != NULL) {
        stream_format(context->out, "%zu rules, no findings\n", sources.rule_count);
        return true;
    }
    for (size_t i = 0; i < problems.count; i++)
        tell_problem(context, path, &problems.kept[i]);
    return error_set(err, ERROR_REFUSED, "%zu findings in %zu rules", problems.count,
                     sources.rule_count);
}

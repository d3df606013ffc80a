/* osteon study FILE check: compiles every rule of a design and lists what is wrong. */
#include "base/limits.h"
#include "cli/commands.h"
#include "engine/expression.h"
#include "formats/odm_design_read.h"
#include "formats/odm_rules_read.h"
#include "system/file.h"

struct checking {
    struct command_context *context;
    const struct dictionary *dictionary;
    const char *path;
    size_t finding_count;
};

static void tell(struct checking *checking, const struct rule_source *rule,
                 const struct finding *finding)
{
    static const char *const kinds[] = {
        [RULE_DERIVES] = "derives", [RULE_SHOWS] = "shows", [RULE_FIRES] = "checks"};
    stream_format(checking->context->out, "%s:%zu:%zu: %.*s %s %.*s: %.*s",
                  checking->path, rule->line + finding->line - 1, finding->column,
                  TEXT_ARG(rule->oid), kinds[rule->kind], TEXT_ARG(rule->item),
                  TEXT_ARG(finding->sentence));
    if (finding->hint.len > 0)
        stream_format(checking->context->out, " (%.*s)", TEXT_ARG(finding->hint));
    stream_text(checking->context->out, TEXT("\n"));
    checking->finding_count++;
}

static int32_t find_item(const struct dictionary *dictionary,
                         const struct rule_source *rule)
{
    for (int32_t i = 0; i < dictionary->item_count; i++) {
        const struct dictionary_item *item = &dictionary->items[i];
        bool is_group = text_is_absent(rule->group) ||
                        text_equal(dictionary->groups[item->group].oid, rule->group);
        if (is_group && text_equal(item->oid, rule->item))
            return i;
    }
    return -1;
}

static void check_rule(struct checking *checking, const struct rule_source *rule)
{
    int32_t at = find_item(checking->dictionary, rule);
    struct findings findings = {0};
    if (at < 0) {
        struct finding none = {
            .line = 1, .column = 1, .sentence = TEXT("the item is in no form")};
        tell(checking, rule, &none);
        return;
    }
    const struct dictionary_item *item = &checking->dictionary->items[at];
    bool is_row = checking->dictionary->groups[item->group].is_repeating;
    struct expression expression = {
        .source = rule->code,
        .context = {.form = item->form,
                    .group = is_row ? item->group : -1,
                    .is_truth_wanted = rule->kind != RULE_DERIVES,
                    .stored = rule->kind == RULE_DERIVES ? &item->type : NULL}};
    if (expression_compile(&expression, checking->dictionary, checking->context->arena,
                           &findings) != NULL)
        return;
    for (size_t i = 0; i < findings.kept_count; i++)
        tell(checking, rule, &findings.kept[i]);
}

static bool tell_design(struct checking *checking, const struct odm_findings *findings)
{
    for (size_t i = 0; i < findings->kept_count; i++) {
        const struct odm_finding *finding = &findings->kept[i];
        stream_format(checking->context->out, "%s:%zu:%zu: %.*s%s%.*s%s\n",
                      checking->path, finding->line, finding->column,
                      TEXT_ARG(finding->sentence), finding->hint.len > 0 ? " (" : "",
                      TEXT_ARG(finding->hint), finding->hint.len > 0 ? ")" : "");
    }
    return false;
}

bool command_study_check(struct command_context *context, struct error *err)
{
    struct checking checking = {
        .context = context,
        .path = command_path(context, arguments_place(context->arguments, 0))};
    struct text document;
    struct odm_findings *found = ARENA_NEW(context->arena, struct odm_findings);
    const struct design *design;
    struct rule_sources sources;
    if (!file_read(checking.path, LIMIT_DESIGN_BYTES, context->arena, &document, err))
        return false;
    if (!odm_design_read(document, context->arena, &design, found, err))
        return tell_design(&checking, found);
    if (!odm_rules_read(document, context->arena, &sources, err) ||
        !design_dictionary(design, sources.declared, sources.declared_count,
                           context->arena, &checking.dictionary, err))
        return error_in(err, "reading %s", checking.path);
    for (size_t i = 0; i < sources.rule_count; i++)
        check_rule(&checking, &sources.rules[i]);
    if (checking.finding_count > 0)
        return error_set(err, ERROR_REFUSED, "%zu findings in %zu rules",
                         checking.finding_count, sources.rule_count);
    stream_format(context->out, "%zu rules, no findings\n", sources.rule_count);
    return true;
}

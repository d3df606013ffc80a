/* osteon study DIR|FILE check: does the design load, do its rules compile, and what is to be
 * known about it. */
#include "base/json_write.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/design_file.h"
#include "cli/rule_show.h"
#include "model/design_sources.h"

struct checked_design {
    struct design_file *file;
    size_t rule_count;
    struct rule_problems problems;
};

/* False when the rules cannot even be compiled: a unit or a type that nobody knows. */
static bool compile_rules(struct command_context *context,
                          struct checked_design *checked, struct error *err)
{
    struct arena *arena = context->arena;
    const struct design *design = checked->file->design;
    const struct dictionary *dictionary;
    struct rule_sources sources = design_sources(design, arena);
    if (!design_dictionary(design, sources.declared, sources.declared_count, arena,
                           &dictionary, err))
        return false;
    checked->rule_count = sources.rule_count;
    (void)design_rules(&sources, dictionary, arena, &checked->problems);
    return checked->problems.count == 0 ||
           error_set(err, ERROR_REFUSED, "%zu findings in %zu rules",
                     checked->problems.count, checked->rule_count);
}

static void findings_array(struct json_writer *json,
                           const struct odm_findings *findings)
{
    json_key(json, "findings");
    json_array(json);
    for (size_t i = 0; i < findings->kept_count; i++) {
        const struct odm_finding *finding = &findings->kept[i];
        json_object(json);
        json_member_text(json, "severity",
                         finding->severity == ODM_ERROR ? TEXT("error")
                                                        : TEXT("warning"));
        json_member_integer(json, "line", (int64_t)finding->line);
        json_member_integer(json, "column", (int64_t)finding->column);
        json_member_text(json, "sentence", finding->sentence);
        if (finding->hint.len > 0)
            json_member_text(json, "hint", finding->hint);
        json_end(json);
    }
    json_end(json);
}

static bool is_run(const struct foreign_rule *rule)
{
    return !text_is_absent(rule->translation);
}

/* Those that are run, or those that are not. */
static void foreign_rules_array(struct json_writer *json, const struct design *design,
                                bool are_run)
{
    json_key(json, are_run ? "translated" : "not_run");
    json_array(json);
    for (size_t i = 0; i < design->foreign_rule_count; i++) {
        const struct foreign_rule *rule = &design->foreign_rules[i];
        if (is_run(rule) != are_run)
            continue;
        json_object(json);
        json_member_text(json, "use", text_of(foreign_use_name(rule->use)));
        json_member_text(json, "owner", rule->owner);
        if (rule->context.len > 0)
            json_member_text(json, "context", rule->context);
        json_member_text(json, "source", rule->source);
        json_member_text(json, are_run ? "translation" : "reason",
                         are_run ? rule->translation : rule->reason);
        json_member_integer(json, "line", (int64_t)rule->line);
        json_member_integer(json, "column", (int64_t)rule->column);
        json_end(json);
    }
    json_end(json);
}

static void problems_array(struct json_writer *json,
                           const struct rule_problems *problems)
{
    json_key(json, "rule_findings");
    json_array(json);
    for (size_t i = 0; i < problems->count; i++) {
        const struct rule_source *rule = problems->kept[i].rule;
        const struct finding *finding = &problems->kept[i].finding;
        json_object(json);
        json_member_text(json, "rule", rule->oid);
        json_member_text(json, "kind", text_of(rule_kind_word(rule->kind)));
        json_member_text(json, "item", rule->item);
        json_member_integer(json, "line", (int64_t)(rule->line + finding->line - 1));
        json_member_integer(json, "column", (int64_t)finding->column);
        json_member_text(json, "sentence", finding->sentence);
        if (finding->hint.len > 0)
            json_member_text(json, "hint", finding->hint);
        json_end(json);
    }
    json_end(json);
}

static void design_members(struct json_writer *json,
                           const struct checked_design *checked)
{
    const struct design *design = checked->file->design;
    json_member_text(json, "study", design->study_oid);
    json_member_text(json, "version", design->version);
    json_member_integer(json, "events", (int64_t)design->event_count);
    json_member_integer(json, "forms", (int64_t)design->form_count);
    json_member_integer(json, "groups", (int64_t)design->group_count);
    json_member_integer(json, "items", (int64_t)design->item_count);
    json_member_integer(json, "rules", (int64_t)checked->rule_count);
    problems_array(json, &checked->problems);
    foreign_rules_array(json, design, false);
    foreign_rules_array(json, design, true);
}

static bool print_json(struct command_context *context,
                       const struct checked_design *checked, struct error *err)
{
    const struct odm_findings *findings = &checked->file->findings;
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "loads", checked->file->design != NULL);
    json_member_integer(&json, "errors", (int64_t)findings->error_count);
    json_member_integer(&json, "warnings",
                        (int64_t)(findings->total - findings->error_count));
    findings_array(&json, findings);
    if (checked->file->design != NULL)
        design_members(&json, checked);
    json_end(&json);
    return command_json(context, &buffer, err);
}

static void print_problem(struct stream *out, struct text name,
                          const struct rule_problem *problem)
{
    const struct rule_source *rule = problem->rule;
    const struct finding *finding = &problem->finding;
    stream_format(out, "%.*s:%zu:%zu: error: %.*s %s %.*s: %.*s%s%.*s\n",
                  TEXT_ARG(name), rule->line + finding->line - 1, finding->column,
                  TEXT_ARG(rule->oid), rule_kind_word(rule->kind), TEXT_ARG(rule->item),
                  TEXT_ARG(finding->sentence), finding->hint.len > 0 ? "; " : "",
                  TEXT_ARG(finding->hint));
}

static void print_lines(struct command_context *context,
                        const struct checked_design *checked)
{
    const struct design_file *file = checked->file;
    const struct design *design = file->design;
    struct stream *out = context->out;
    design_file_show_findings(file, out);
    if (design == NULL)
        return;
    for (size_t i = 0; i < checked->problems.count; i++)
        print_problem(out, file->name, &checked->problems.kept[i]);
    design_file_show_foreign_rules(file, out);
    stream_format(
        out,
        "%.*s: study %.*s, design %.*s: %zu events, %zu forms, %zu items, %zu "
        "rules; %zu findings; %zu expressions of other systems, %zu not run\n",
        TEXT_ARG(file->name), TEXT_ARG(design->study_oid), TEXT_ARG(design->version),
        design->event_count, design->form_count, design->item_count,
        checked->rule_count, file->findings.total + checked->problems.count,
        design->foreign_rule_count,
        design->foreign_rule_count - design_file_rules_run(design));
}

bool command_study_check(struct command_context *context, struct error *err)
{
    struct checked_design checked = {.rule_count = 0};
    struct error ignored;
    bool is_good = design_file_of_command(context, &checked.file, err) &&
                   compile_rules(context, &checked, err);
    if (!context->is_json)
        print_lines(context, &checked);
    else if (!print_json(context, &checked, is_good ? err : &ignored))
        return false;
    return is_good || error_in(err, "%.*s", TEXT_ARG(checked.file->name));
}

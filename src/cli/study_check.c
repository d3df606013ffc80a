/* osteon study FILE check: does the design load, and what is to be known about it. */
#include "base/json_write.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/design_file.h"

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

static void foreign_rules_array(struct json_writer *json, const struct design *design)
{
    json_key(json, "not_run");
    json_array(json);
    for (size_t i = 0; i < design->foreign_rule_count; i++) {
        const struct foreign_rule *rule = &design->foreign_rules[i];
        json_object(json);
        json_member_text(json, "use", text_of(rule_use_name(rule->use)));
        json_member_text(json, "owner", rule->owner);
        if (rule->context.len > 0)
            json_member_text(json, "context", rule->context);
        json_member_text(json, "source", rule->source);
        json_member_integer(json, "line", (int64_t)rule->line);
        json_member_integer(json, "column", (int64_t)rule->column);
        json_end(json);
    }
    json_end(json);
}

static bool print_json(struct command_context *context, const struct design_file *file,
                       struct error *err)
{
    const struct design *design = file->design;
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "loads", design != NULL);
    json_member_integer(&json, "errors", (int64_t)file->findings.error_count);
    json_member_integer(&json, "warnings",
                        (int64_t)(file->findings.total - file->findings.error_count));
    findings_array(&json, &file->findings);
    if (design != NULL) {
        json_member_text(&json, "study", design->study_oid);
        json_member_text(&json, "version", design->version);
        json_member_integer(&json, "events", (int64_t)design->event_count);
        json_member_integer(&json, "forms", (int64_t)design->form_count);
        json_member_integer(&json, "groups", (int64_t)design->group_count);
        json_member_integer(&json, "items", (int64_t)design->item_count);
        foreign_rules_array(&json, design);
    }
    json_end(&json);
    return command_json(context, &buffer, err);
}

static void print_lines(struct command_context *context, const struct design_file *file)
{
    const struct design *design = file->design;
    design_file_show_findings(file, context->out);
    if (design == NULL)
        return;
    design_file_show_foreign_rules(file, context->out);
    stream_format(
        context->out,
        "%.*s: study %.*s, design %.*s: %zu events, %zu forms, %zu items; %zu "
        "warnings; %zu expressions not run\n",
        TEXT_ARG(file->name), TEXT_ARG(design->study_oid), TEXT_ARG(design->version),
        design->event_count, design->form_count, design->item_count,
        file->findings.total, design->foreign_rule_count);
}

bool command_study_check(struct command_context *context, struct error *err)
{
    struct design_file *file;
    struct error ignored;
    bool loads =
        design_file_read(context, arguments_place(context->arguments, 0), &file, err);
    if (!context->is_json)
        print_lines(context, file);
    else if (!print_json(context, file, loads ? err : &ignored))
        return false;
    return loads || error_in(err, "%.*s", TEXT_ARG(file->name));
}

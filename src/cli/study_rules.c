/* osteon study DIR|FILE rules: every rule of a design, and whether its examples hold. */
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/rule_show.h"
#include "model/rule_examples.h"
#include "system/file.h"

struct rules_report {
    struct command_context *context;
    struct design_file *file;
    struct shown_rules rules;
    struct text vectors;      /* the folder as given; absent: none */
    struct rule_trial *trial; /* NULL: no examples */
};

/* --- examples ------------------------------------------------------------------------- */

static bool try_file(struct rules_report *report, struct text name, struct error *err)
{
    struct arena *arena = report->context->arena;
    struct text shown =
        text_format(arena, "%.*s/%.*s.txt", TEXT_ARG(report->vectors), TEXT_ARG(name));
    const char *path = command_path(report->context, shown);
    struct text document;
    if (!file_exists(path))
        return true;
    if (!file_read(path, LIMIT_DESIGN_BYTES, arena, &document, err))
        return false;
    return rule_trial_file(report->trial, shown, document, err) ||
           error_in(err, "%.*s", TEXT_ARG(shown));
}

/* One file for each form, and one for events. */
static bool try_files(struct rules_report *report, struct error *err)
{
    const struct dictionary *dictionary = report->rules.rulebook->dictionary;
    for (int32_t i = 0; i < dictionary->form_count; i++)
        if (!try_file(report, dictionary->forms[i].name, err))
            return false;
    return try_file(report, TEXT("EVENT"), err);
}

static bool try_examples(struct rules_report *report, struct error *err)
{
    report->vectors = command_option(report->context, "--vectors");
    if (text_is_absent(report->vectors) || report->rules.list.count == 0)
        return true;
    struct arena *scratch = arena_new(LIMIT_COMMAND_ARENA);
    report->trial = rule_trial_new(report->rules.rulebook, &report->rules.list,
                                   report->context->arena, scratch);
    bool is_tried = try_files(report, err);
    arena_free(scratch);
    if (is_tried && report->trial->count == 0)
        return error_set(
            err, ERROR_REFUSED,
            "no file in %.*s holds an example of a rule: SCR.txt has those "
            "of F.SCR",
            TEXT_ARG(report->vectors));
    return is_tried;
}

/* --- in words --------------------------------------------------------------------------- */

static void print_count(struct stream *out, size_t count, size_t failed)
{
    stream_format(out, "%zu example%s", count, count == 1 ? "" : "s");
    if (count > 0 && failed == 0)
        stream_text(out, count == 1 ? TEXT(", holds") : TEXT(", all hold"));
    if (failed > 0)
        stream_format(out, ", %zu %s not hold", failed, failed == 1 ? "does" : "do");
}

static void print_failures(struct stream *out, const struct example_tally *tally)
{
    for (const struct example_failure *failure = tally->failures; failure != NULL;
         failure = failure->next) {
        stream_format(out, "  ! %.*s:%zu: %.*s ", TEXT_ARG(failure->file),
                      failure->line, TEXT_ARG(failure->rule));
        if (text_is_absent(failure->expected))
            stream_format(out, "cannot be tried: %.*s\n", TEXT_ARG(failure->said));
        else
            stream_format(out, "says %.*s, not %.*s\n", TEXT_ARG(failure->said),
                          TEXT_ARG(failure->expected));
    }
}

static void print_tally(struct stream *out, const struct example_tally *tally)
{
    stream_text(out, TEXT("  "));
    print_count(out, tally->count, tally->failed);
    stream_text(out, TEXT("\n"));
    print_failures(out, tally);
}

static void print_lines(struct rules_report *report)
{
    struct stream *out = report->context->out;
    const struct rule_trial *trial = report->trial;
    for (size_t i = 0; i < report->rules.list.count; i++) {
        rule_show(out, &report->rules, i);
        if (trial != NULL)
            print_tally(out, rule_trial_tally(trial, i));
        stream_text(out, TEXT("\n"));
    }
    if (trial != NULL)
        print_failures(out, &trial->unknown);
    design_file_show_foreign_rules(report->file, out);
    stream_format(out, "%.*s: %zu rules; ", TEXT_ARG(report->file->name),
                  report->rules.list.count);
    if (trial == NULL)
        stream_text(out, TEXT("no examples were given: --vectors VECTORS"));
    else
        print_count(out, trial->count, trial->failed);
    stream_text(out, TEXT("\n"));
}

/* --- as JSON ---------------------------------------------------------------------------- */

static void failures_array(struct json_writer *json, const char *key,
                           const struct example_tally *tally)
{
    json_key(json, key);
    json_array(json);
    for (const struct example_failure *failure = tally->failures; failure != NULL;
         failure = failure->next) {
        json_object(json);
        json_member_text(json, "file", failure->file);
        json_member_integer(json, "line", (int64_t)failure->line);
        json_member_text(json, "rule", failure->rule);
        json_member_text(json, "expected", failure->expected);
        json_member_text(json, "said", failure->said);
        json_end(json);
    }
    json_end(json);
}

static void tally_members(struct json_writer *json, const struct example_tally *tally)
{
    json_member_integer(json, "examples", (int64_t)tally->count);
    json_member_integer(json, "failed", (int64_t)tally->failed);
    failures_array(json, "failures", tally);
}

static bool print_json(struct rules_report *report, struct error *err)
{
    struct buffer buffer = buffer_in(report->context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    const struct rule_trial *trial = report->trial;
    json_object(&json);
    json_member_text(&json, "study", report->file->design->study_oid);
    json_member_text(&json, "version", report->file->design->version);
    json_member_bool(&json, "tried", trial != NULL);
    if (trial != NULL) {
        json_member_integer(&json, "examples", (int64_t)trial->count);
        json_member_integer(&json, "failed", (int64_t)trial->failed);
        failures_array(&json, "of_no_rule", &trial->unknown);
    }
    json_key(&json, "rules");
    json_array(&json);
    for (size_t i = 0; i < report->rules.list.count; i++) {
        json_object(&json);
        rule_members(&json, &report->rules, i);
        if (trial != NULL)
            tally_members(&json, rule_trial_tally(trial, i));
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return command_json(report->context, &buffer, err);
}

bool command_study_rules(struct command_context *context, struct error *err)
{
    struct rules_report report = {.context = context};
    if (!design_file_of_command(context, &report.file, err) ||
        !shown_rules_make(context, report.file->design, &report.rules, err) ||
        !try_examples(&report, err))
        return error_in(err, "%.*s", TEXT_ARG(report.file->name));
    if (!context->is_json)
        print_lines(&report);
    else if (!print_json(&report, err))
        return false;
    return report.trial == NULL || report.trial->failed == 0 ||
           error_set(err, ERROR_FAILED, "%zu of %zu examples do not hold",
                     report.trial->failed, report.trial->count);
}

/* osteon analyse DIR: the analysis plan over the study at one data cut, in files. */
#include "actions/analysis.h"
#include "actions/analysis_report.h"
#include "base/limits.h"
#include "cli/analyse_figures.h"
#include "cli/commands.h"
#include "formats/plan_read.h"
#include "formats/results_write.h"
#include "system/crypto.h"
#include "system/file.h"
#include "system/file_set.h"

#include <stdio.h>
#include <unistd.h>

enum { RESULTS_MOST = 1 << 30 };

static bool read_plan(struct command_context *context, struct text *json,
                      struct error *err)
{
    struct text name = command_option(context, "--plan");
    struct analysis_plan *plan = NULL;
    if (name.len == 0)
        return true;
    return file_read(command_path(context, name), LIMIT_DESIGN_BYTES, context->arena,
                     json, err) &&
           (plan_read(*json, context->arena, &plan, err) ||
            error_in(err, "%.*s", TEXT_ARG(name)));
}

/* --- files ---------------------------------------------------------------------------- */

typedef void write_function(const struct results_input *input, struct buffer *to);

static bool put(struct file_set *set, struct text name, struct buffer *buffer,
                struct error *err)
{
    struct text bytes;
    if (!buffer_text(buffer, &bytes, err))
        return false;
    file_set_whole(set, name, bytes);
    return true;
}

static bool put_results(struct file_set *set, const struct results_input *input,
                        struct error *err)
{
    static const struct {
        struct text name;
        write_function *write;
    } files[] = {{TEXT_INIT("results.json"), results_write_ars},
                 {TEXT_INIT("results.csv"), results_write_csv}};
    for (size_t i = 0; i < ARRAY_COUNT(files); i++) {
        struct buffer buffer = buffer_in(input->arena, RESULTS_MOST);
        files[i].write(input, &buffer);
        if (!put(set, files[i].name, &buffer, err))
            return false;
    }
    return true;
}

static bool put_datasets(struct file_set *set, const struct results_input *input,
                         struct error *err)
{
    for (size_t i = 0; i < input->plan->dataset_count; i++) {
        struct buffer buffer = buffer_in(input->arena, RESULTS_MOST);
        struct text name = text_format(input->arena, "dataset-%.*s.csv",
                                       TEXT_ARG(input->plan->datasets[i].name));
        dataset_write_csv(input, input->datasets[i], &buffer);
        if (!put(set, name, &buffer, err))
            return false;
    }
    return true;
}

static bool put_report(struct file_set *set, const struct results_input *input,
                       const struct analysis_report *report, enum language language,
                       struct error *err)
{
    static const struct {
        struct text name;
        enum report_form form;
    } files[] = {{TEXT_INIT("report.html"), REPORT_HTML},
                 {TEXT_INIT("report.pdf"), REPORT_PDF}};
    for (size_t i = 0; i < ARRAY_COUNT(files); i++) {
        struct buffer buffer = buffer_in(input->arena, RESULTS_MOST);
        const struct analysis_report_request request = {
            .report = report, .language = language, .form = files[i].form};
        if (!analysis_report_write(&request, input->arena, &buffer, err) ||
            !put(set, files[i].name, &buffer, err))
            return false;
    }
    return true;
}

static bool write_files(struct command_context *context, const char *path,
                        const struct results_input *input,
                        const struct analysis_report *report, enum language language,
                        struct error *err)
{
    const char *beside =
        text_format(context->arena, "%s.%ld.new", path, (long)getpid()).at;
    struct file_set *set = NULL;
    if (file_exists(path)) {
        error_set(err, ERROR_REFUSED, "%s exists already", path);
        return error_hint(err, "choose another name, or remove it first");
    }
    if (!file_set_begin(beside, context->arena, &set, err))
        return false;
    if (put_results(set, input, err) && put_datasets(set, input, err) &&
        put_figures(set, input, language, err) &&
        put_report(set, input, report, language, err) && file_set_end(set, err)) {
        if (rename(beside, path) == 0)
            return true;
        error_set(err, ERROR_FAILED, "%s cannot be written", path);
    }
    file_set_remove(set);
    return false;
}

/* --- the command ---------------------------------------------------------------------- */

/* On the log. */
static bool note(struct command_context *context, const struct caller *caller,
                 const struct analysis_report *report, struct arena *arena,
                 struct error *err)
{
    struct analysis_note verb = {
        .act = act_of(context->study, caller, context->arena, analysis_note),
        .report = report};
    struct text json;
    if (!analysis_json(context->study, report, arena, &json, err))
        return false;
    verb.results = hash_of(json);
    return act_run(&verb.act, err);
}

static bool analyse_into(struct command_context *context, const char *path,
                         enum language language, struct arena *arena, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon analyse"));
    struct analysis_request request = {.as_of = command_option(context, "--as-of"),
                                       .progress = context->progress};
    struct analysis_report report;
    struct results_input input;
    if (!read_plan(context, &request.plan_json, err) ||
        !analysis_run(context->study, &caller, &request, arena, &report, err) ||
        !analysis_results_input(context->study, &report, arena, &input, err) ||
        !write_files(context, path, &input, &report, language, err) ||
        !note(context, &caller, &report, arena, err))
        return false;
    stream_format(context->out, "%s\n", path);
    stream_format(context->err,
                  "%sData cut: event %lld. %zu participants, %zu analyses.\n",
                  report.is_synthetic ? "SYNTHETIC. " : "", (long long)report.cut.seq,
                  report.datasets[0]->count, report.plan->analysis_count);
    return true;
}

bool command_analyse(struct command_context *context, struct error *err)
{
    struct text out = command_option(context, "--out");
    struct text tag = command_option(context, "--language");
    enum language language = LANGUAGE_ENGLISH;
    if (out.len == 0)
        return error_set(err, ERROR_USAGE, "say where to: --out PATH");
    if (tag.len > 0 && !language_of_text(tag, &language))
        return error_set(err, ERROR_USAGE, "--language is en or zh, not %.*s",
                         TEXT_ARG(tag));
    struct arena *arena = arena_new(ANALYSIS_ARENA);
    bool is_done =
        analyse_into(context, command_path(context, out), language, arena, err);
    arena_free(arena);
    return is_done;
}

/* osteon study DIR|FILE explain ID: what a rule says and reads; and with --participant why
 * it says so there, with the values it saw. */
#include "actions/participants.h"
#include "actions/rule_explain.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "cli/commands.h"
#include "cli/explain_show.h"
#include "cli/person.h"

/* --- which rules ---------------------------------------------------------------------- */

static bool is_meant(const struct shown_rules *rules, size_t at, struct text id)
{
    const struct rule_source *source = &rules->list.sources[at];
    const struct study_event *event = rules->list.events[at];
    return text_equal(source->oid, id) ||
           (event == NULL ? text_equal(source->item, id) : text_equal(event->oid, id));
}

static bool is_of_form(struct command_context *context, const struct shown_rules *rules,
                       size_t at)
{
    struct text form = command_option(context, "--form");
    return text_is_absent(form) || text_equal(shown_rule_form(rules, at), form);
}

static bool unknown_rule(const struct shown_rules *rules, struct text id,
                         struct error *err)
{
    struct nearest nearest = nearest_to(id);
    for (size_t i = 0; i < rules->list.count; i++) {
        nearest_offer(&nearest, rules->list.sources[i].oid);
        if (rules->list.events[i] == NULL)
            nearest_offer(&nearest, rules->list.sources[i].item);
    }
    error_set(err, ERROR_NOT_FOUND,
              "no rule has the OID %.*s, and no item or event of it has a rule",
              TEXT_ARG(id));
    if (text_is_absent(nearest.best))
        return error_hint(err, "osteon study FILE rules lists them");
    return error_hint(err, "did you mean %.*s?", TEXT_ARG(nearest.best));
}

static bool find_rules(struct explain_report *report, struct text id, struct error *err)
{
    struct command_context *context = report->context;
    const struct shown_rules *rules = &report->rules;
    size_t meant = 0;
    report->explained =
        ARENA_ARRAY(context->arena, struct explained_rule, rules->list.count);
    for (size_t i = 0; i < rules->list.count; i++) {
        if (!is_meant(rules, i, id))
            continue;
        meant++;
        if (is_of_form(context, rules, i))
            report->explained[report->count++].at = i;
    }
    if (meant == 0)
        return unknown_rule(rules, id, err);
    return report->count > 0 ||
           error_set(err, ERROR_NOT_FOUND, "%.*s has no rule in the form %.*s",
                     TEXT_ARG(id), TEXT_ARG(command_option(context, "--form")));
}

static bool make_rules(struct command_context *context, struct shown_rules *rules,
                       struct error *err)
{
    struct design_file *file = NULL;
    if (context->study == NULL)
        return design_file_of_command(context, &file, err) &&
               shown_rules_make(context, file->design, rules, err);
    rules->rulebook = study_rulebook(context->study, study_design(context->study));
    return rule_list_make(rules->rulebook, context->arena, &rules->list, err);
}

/* --- whose answers -------------------------------------------------------------------- */

static bool read_row(struct command_context *context, int64_t *row, struct error *err)
{
    struct text given = command_option(context, "--row");
    *row = 0;
    if (text_is_absent(given))
        return true;
    return (text_to_int64(given, row) && *row > 0 && *row <= LIMIT_ROWS) ||
           error_set(err, ERROR_USAGE, "--row is the number of a row, from 1");
}

static bool read_event(struct explain_report *report, struct text *event,
                       struct error *err)
{
    *event = command_option(report->context, "--event");
    return text_is_absent(*event) ||
           design_event(report->rules.rulebook->design, *event) != NULL ||
           error_set(err, ERROR_NOT_FOUND, "the design has no event %.*s",
                     TEXT_ARG(*event));
}

static bool explain_at(struct explain_report *report, const struct caller *caller,
                       struct explain_request *request, struct error *err)
{
    struct command_context *context = report->context;
    size_t places = 0;
    for (size_t i = 0; i < report->count; i++) {
        struct explained_rule *rule = &report->explained[i];
        request->rule = rule->at;
        if (!rule_explain(context->study, caller, request, context->arena,
                          &rule->explanation, err))
            return false;
        places += rule->explanation.place_count;
    }
    return places > 0 ||
           error_set(err, ERROR_NOT_FOUND,
                     "the participant has no form at which this rule is looked at");
}

static bool explain_participant(struct explain_report *report, struct text number,
                                struct error *err)
{
    struct command_context *context = report->context;
    struct text user = command_option(context, "--user");
    struct explain_request request = {.list = &report->rules.list};
    struct caller caller;
    struct participant *participant = NULL;
    if (context->study == NULL)
        return error_set(err, ERROR_USAGE,
                         "a participant's answers are in a data folder: osteon study "
                         "DIR explain ID --participant NUMBER");
    if (user.len == 0)
        return error_set(err, ERROR_USAGE,
                         "answers are shown to who may view the casebook: --user USER");
    if (!read_row(context, &request.row, err) ||
        !read_event(report, &request.event, err) ||
        !person_as_caller(context, user, TEXT("osteon study explain"), &caller, err) ||
        !participants_numbered(context->study, &caller, number, context->arena,
                               &participant, err))
        return false;
    request.participant = participant;
    report->participant = number;
    report->offset_minutes = 0;
    const struct site *site =
        design_site(report->rules.rulebook->design, participant->site);
    if (site != NULL)
        report->offset_minutes = site->offset_minutes;
    return explain_at(report, &caller, &request, err);
}

bool command_study_explain(struct command_context *context, struct error *err)
{
    struct explain_report report = {.context = context};
    struct text number = command_option(context, "--participant");
    if (!make_rules(context, &report.rules, err) ||
        !find_rules(&report, command_place(context, 0), err))
        return false;
    if (number.len > 0 && !explain_participant(&report, number, err))
        return false;
    if (context->is_json)
        return explain_show_json(&report, err);
    explain_show(&report);
    return true;
}

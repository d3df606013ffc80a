#include "cli/explain_show.h"

#include "actions/caller.h"
#include "base/datetime.h"
#include "base/limits.h"

enum { PART_BYTES = 100 }; /* of a part of an expression, in a line */

/* --- what a rule reads ------------------------------------------------------------------ */

static const struct setting *setting_of(const struct design *design,
                                        const struct dictionary_property *property)
{
    if (!text_equal(property->root, TEXT("setting")))
        return NULL;
    for (size_t i = 0; i < design->setting_count; i++)
        if (text_equal(design->settings[i].name, property->name))
            return &design->settings[i];
    return NULL;
}

/* "I.SCR.AGE: Age, years", "rows of F.VS", "setting.age_low: 18". */
static struct text dependency_words(const struct explain_report *report,
                                    const struct dependency *dependency)
{
    struct arena *arena = report->context->arena;
    const struct design *design = report->rules.rulebook->design;
    const struct dictionary *dictionary = report->rules.rulebook->dictionary;
    int32_t subject = dependency->subject;
    switch ((enum dependency_kind)dependency->kind) {
    case DEPENDS_ITEM: {
        struct text oid = dictionary->items[subject].oid;
        const struct item *item = design_item(design, oid);
        return item == NULL ? oid
                            : text_format(arena, "%.*s: %.*s", TEXT_ARG(oid),
                                          TEXT_ARG(item->label.english));
    }
    case DEPENDS_ROWS:
        return text_format(arena, "rows of %.*s",
                           TEXT_ARG(dictionary->forms[subject].oid));
    case DEPENDS_STATE:
        return text_format(arena, "states and sources of %.*s",
                           TEXT_ARG(dictionary->forms[subject].oid));
    case DEPENDS_PROPERTY: break;
    }
    const struct dictionary_property *property = &dictionary->properties[subject];
    const struct setting *setting = setting_of(design, property);
    struct text value = setting == NULL ? TEXT("") : setting->value;
    return text_format(arena, "%.*s%s%.*s%s%.*s", TEXT_ARG(property->root),
                       property->root.len > 0 ? "." : "", TEXT_ARG(property->name),
                       value.len > 0 ? ": " : "", TEXT_ARG(value));
}

static void show_reads(const struct explain_report *report, size_t at)
{
    const struct program *program = report->rules.list.rules[at].program;
    for (int32_t i = 0; i < program->dependency_count; i++)
        stream_format(report->context->out, "  %s %.*s\n", i == 0 ? "reads" : "     ",
                      TEXT_ARG(dependency_words(report, &program->dependencies[i])));
}

/* --- why -------------------------------------------------------------------------------- */

static bool is_truth(struct datum value, int truth)
{
    return value.kind == DATUM_TRUTH && value.as.coefficient == truth;
}

/* What the value means for a rule of this kind. */
static const char *meaning(const struct explain_report *report, size_t at,
                           const struct explained_place *place)
{
    bool is_event = report->rules.list.events[at] != NULL;
    bool is_yes = is_truth(place->value, TRUTH_YES);
    bool is_no = is_truth(place->value, TRUTH_NO);
    if (place->value.kind == DATUM_SEALED)
        return "hangs on a sealed value, and what is stored stays";
    switch (report->rules.list.rules[at].kind) {
    case RULE_DERIVES: return NULL;
    case RULE_SHOWS:
        if (is_event)
            return is_no ? "is not to be collected" : "is to be collected";
        return is_yes ? "is shown" : "is hidden";
    case RULE_FIRES: return is_yes ? "fires" : "does not fire";
    }
    return NULL;
}

static void show_place(struct stream *out, const struct explained_place *place)
{
    if (text_is_absent(place->event))
        stream_text(out, TEXT("the participant"));
    else
        stream_format(out, "%.*s", TEXT_ARG(place->event));
    if (place->event_repeat > 1)
        stream_format(out, " %lld", (long long)place->event_repeat);
    if (place->form_repeat > 1)
        stream_format(out, ", copy %lld", (long long)place->form_repeat);
    if (place->row > 0)
        stream_format(out, ", row %lld", (long long)place->row);
}

static void show_result(const struct explain_report *report, size_t at,
                        const struct explained_place *place)
{
    struct stream *out = report->context->out;
    const char *means = meaning(report, at, place);
    stream_text(out, TEXT("\n  "));
    show_place(out, place);
    if (means == NULL)
        stream_format(out, ": gives %.*s\n", TEXT_ARG(place->result));
    else
        stream_format(out, ": %s (%.*s)\n", means, TEXT_ARG(place->result));
    if (place->stored.len > 0)
        stream_format(out, "    stored: %.*s\n", TEXT_ARG(place->stored));
    if (place->is_hidden && report->rules.list.rules[at].kind != RULE_SHOWS)
        stream_text(out, TEXT("    the item is hidden by its own condition\n"));
}

static void show_steps(const struct explain_report *report,
                       const struct explained_place *place, bool is_answer,
                       const char *heading)
{
    struct stream *out = report->context->out;
    bool is_first = true;
    for (size_t i = 0; i < place->step_count; i++) {
        const struct explained_step *step = &place->steps[i];
        if (step->is_answer != is_answer)
            continue;
        struct text part = text_clip(step->part, PART_BYTES);
        stream_format(out, "    %-5s %.*s%s = %.*s", is_first ? heading : "",
                      TEXT_ARG(part), part.len < step->part.len ? " ..." : "",
                      TEXT_ARG(step->value));
        if (step->where.len > 0)
            stream_format(out, "  [%.*s]", TEXT_ARG(step->where));
        stream_text(out, TEXT("\n"));
        is_first = false;
    }
}

static void show_explained(const struct explain_report *report, size_t at,
                           const struct explained_place *place)
{
    struct stream *out = report->context->out;
    show_result(report, at, place);
    show_steps(report, place, true, "saw");
    show_steps(report, place, false, "so");
    if (place->steps_left_off > 0)
        stream_format(out, "    and %zu further steps\n", place->steps_left_off);
    if (place->wakes) {
        char when[MOMENT_TEXT_SIZE];
        struct moment moment =
            datum_to_moment(datum_instant(place->wakes_at, report->offset_minutes),
                            report->offset_minutes);
        int len = (int)moment_print(&moment, when);
        stream_format(out, "    can change by itself at %.*s\n", len, when);
    }
}

/* Answers of a demo are made up, and its clock is not the machine's. */
static bool is_synthetic(const struct explain_report *report)
{
    return !text_is_absent(report->participant) &&
           store_is_demo(study_store(report->context->study));
}

void explain_show(const struct explain_report *report)
{
    struct stream *out = report->context->out;
    if (is_synthetic(report))
        stream_text(out, TEXT("SYNTHETIC: no real person, no real result.\n\n"));
    for (size_t i = 0; i < report->count; i++) {
        const struct explained_rule *rule = &report->explained[i];
        if (i > 0)
            stream_text(out, TEXT("\n"));
        rule_show(out, &report->rules, rule->at);
        show_reads(report, rule->at);
        for (size_t k = 0; k < rule->explanation.place_count; k++)
            show_explained(report, rule->at, &rule->explanation.places[k]);
        if (rule->explanation.places_left_off > 0)
            stream_format(out,
                          "\n  and at %zu further places: name one by --event, --row\n",
                          rule->explanation.places_left_off);
    }
}

/* --- as JSON ---------------------------------------------------------------------------- */

static void steps_array(struct json_writer *json, const struct explained_place *place)
{
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < place->step_count; i++) {
        const struct explained_step *step = &place->steps[i];
        json_object(json);
        json_member_text(json, "part", step->part);
        json_member_text(json, "value", step->value);
        if (step->where.len > 0)
            json_member_text(json, "where", step->where);
        json_member_bool(json, "answer", step->is_answer);
        json_end(json);
    }
    json_end(json);
    json_member_integer(json, "steps_left_off", (int64_t)place->steps_left_off);
}

static void place_object(struct json_writer *json, const struct explain_report *report,
                         size_t at, const struct explained_place *place)
{
    const char *means = meaning(report, at, place);
    json_object(json);
    if (!text_is_absent(place->event)) {
        json_member_text(json, "event", place->event);
        json_member_integer(json, "event_repeat", place->event_repeat);
        json_member_integer(json, "form_repeat", place->form_repeat);
    }
    if (place->row > 0)
        json_member_integer(json, "row", place->row);
    json_member_text(json, "result", place->result);
    if (means != NULL)
        json_member_text(json, "means", text_of(means));
    if (place->stored.len > 0)
        json_member_text(json, "stored", place->stored);
    json_member_bool(json, "hidden", place->is_hidden);
    if (place->wakes)
        json_member_instant(json, "can_change_at", place->wakes_at);
    steps_array(json, place);
    json_end(json);
}

static void rule_object(struct json_writer *json, const struct explain_report *report,
                        const struct explained_rule *rule)
{
    const struct program *program = report->rules.list.rules[rule->at].program;
    json_object(json);
    rule_members(json, &report->rules, rule->at);
    json_key(json, "reads");
    json_array(json);
    for (int32_t i = 0; i < program->dependency_count; i++)
        json_text(json, dependency_words(report, &program->dependencies[i]));
    json_end(json);
    if (!text_is_absent(report->participant)) {
        json_key(json, "places");
        json_array(json);
        for (size_t i = 0; i < rule->explanation.place_count; i++)
            place_object(json, report, rule->at, &rule->explanation.places[i]);
        json_end(json);
        json_member_integer(json, "places_left_off",
                            (int64_t)rule->explanation.places_left_off);
    }
    json_end(json);
}

bool explain_show_json(const struct explain_report *report, struct error *err)
{
    struct buffer buffer = buffer_in(report->context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    if (is_synthetic(report))
        json_member_text(&json, "data", TEXT("SYNTHETIC"));
    json_key(&json, "rules");
    json_array(&json);
    for (size_t i = 0; i < report->count; i++)
        rule_object(&json, report, &report->explained[i]);
    json_end(&json);
    json_end(&json);
    return command_json(report->context, &buffer, err);
}

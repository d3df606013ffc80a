#include "cli/rule_show.h"

const char *rule_kind_word(enum rule_kind kind)
{
    switch (kind) {
    case RULE_DERIVES: return "derives";
    case RULE_SHOWS: return "shows";
    case RULE_FIRES: return "checks";
    }
    return "checks";
}

bool shown_rules_make(struct command_context *context, const struct design *design,
                      struct shown_rules *out, struct error *err)
{
    return rulebook_make(design, context->arena, &out->rulebook, err) &&
           rule_list_make(out->rulebook, context->arena, &out->list, err);
}

struct text shown_rule_form(const struct shown_rules *rules, size_t at)
{
    int32_t form = rules->list.rules[at].form;
    return form < 0 ? (struct text){0} : rules->rulebook->dictionary->forms[form].oid;
}

static void show_moment(struct stream *out, const struct rule_source *source,
                        const struct study_event *event)
{
    stream_format(out, "%.*s  when event %.*s happened\n", TEXT_ARG(source->oid),
                  TEXT_ARG(event->oid));
}

/* Wherever it stands: "whether it is collected: SE.H48 F.VS, SE.H48 F.SC"; of an event as a whole the
 * form is left off. */
static void show_exception(struct stream *out, const struct shown_rules *rules,
                           struct text oid)
{
    const struct event_rules *events = rules->rulebook->events;
    const char *before = "  whether it is collected: ";
    stream_text(out, oid);
    for (size_t i = 0; i < events->exception_count; i++) {
        const struct exception_rule *rule = &events->exceptions[i];
        if (!text_equal(rule->exception->unless.oid, oid))
            continue;
        stream_format(out, "%s%.*s", before, TEXT_ARG(rule->event->oid));
        if (rule->form != NULL)
            stream_format(out, " %.*s", TEXT_ARG(rule->form->oid));
        before = ", ";
    }
    stream_text(out, TEXT("\n"));
}

static void show_item_rule(struct stream *out, const struct shown_rules *rules,
                           size_t at)
{
    const struct rule_source *source = &rules->list.sources[at];
    struct text form = shown_rule_form(rules, at);
    stream_format(out, "%.*s  ", TEXT_ARG(source->oid));
    if (source->kind == RULE_FIRES)
        stream_format(out, "%s check at",
                      check_severity_name(rules->rulebook->checks[at]->severity));
    else
        stream_format(out, "%s", rule_kind_word(source->kind));
    stream_format(out, " %.*s of %.*s\n", TEXT_ARG(source->item), TEXT_ARG(form));
}

void rule_show(struct stream *out, const struct shown_rules *rules, size_t at)
{
    const struct rule_source *source = &rules->list.sources[at];
    struct text words = rule_words(rules->rulebook, &rules->list, at);
    if (rules->list.exceptions[at] != NULL)
        show_exception(out, rules, source->oid);
    else if (rules->list.events[at] != NULL)
        show_moment(out, source, rules->list.events[at]);
    else
        show_item_rule(out, rules, at);
    if (words.len > 0)
        stream_block(out, 2, words);
    stream_block(out, 4, source->code);
}

void rule_members(struct json_writer *json, const struct shown_rules *rules, size_t at)
{
    const struct rule_source *source = &rules->list.sources[at];
    const struct study_event *event = rules->list.events[at];
    struct text form = shown_rule_form(rules, at);
    struct text words = rule_words(rules->rulebook, &rules->list, at);
    json_member_text(json, "rule", source->oid);
    json_member_text(json, "kind", text_of(rule_kind_word(source->kind)));
    if (source->kind == RULE_FIRES) {
        const struct study_check *check = rules->rulebook->checks[at];
        json_member_text(json, "severity",
                         text_of(check_severity_name(check->severity)));
    }
    if (event != NULL)
        json_member_text(json, "event", event->oid);
    else
        json_member_text(json, "item", source->item);
    if (form.len > 0)
        json_member_text(json, "form", form);
    if (words.len > 0)
        json_member_text(json, "words", words);
    json_member_text(json, "expression", text_trim(source->code));
    json_member_integer(json, "line", (int64_t)source->line);
}

#include "model/event_rules.h"

#include "engine/expression.h"

struct compiling {
    const struct dictionary *dictionary;
    struct event_rule *rules;
    size_t count;
    struct arena *study;
    struct error *err;
};

static bool has_rule(const struct study_event *event)
{
    return event->moment.code.len > 0 || event->exists.code.len > 0;
}

static size_t most_rules(const struct design *design)
{
    size_t count = 0;
    for (size_t i = 0; i < design->event_count; i++)
        count += 1 + design->events[i].form_count;
    return count;
}

static bool refuse(struct compiling *compiling, const struct study_event *event,
                   const struct formula *formula, const struct finding *finding)
{
    error_set(compiling->err, ERROR_REFUSED, "event %.*s, line %zu: %.*s",
              TEXT_ARG(event->oid), formula->line + finding->line - 1,
              TEXT_ARG(finding->sentence));
    return finding->hint.len == 0 ? false
                                  : error_hint(compiling->err, "%.*s",
                                               TEXT_ARG(finding->hint));
}

static bool compile(struct compiling *compiling, const struct study_event *event,
                    const struct formula *formula, bool is_truth_wanted,
                    const struct program **out)
{
    const struct event_rule *rule = &compiling->rules[compiling->count];
    struct expression expression = {.source = formula->code,
                                    .context = {.form = rule->form,
                                                .group = -1,
                                                .is_truth_wanted = is_truth_wanted}};
    struct findings findings;
    if (formula->code.len == 0)
        return true;
    *out = expression_compile(&expression, compiling->dictionary, compiling->study,
                              &findings);
    return *out != NULL || refuse(compiling, event, formula, &findings.kept[0]);
}

static bool add_rule(struct compiling *compiling, const struct study_event *event,
                     int32_t form)
{
    struct event_rule *rule = &compiling->rules[compiling->count];
    *rule = (struct event_rule){.event = event, .form = form};
    if (!compile(compiling, event, &event->moment, false, &rule->moment) ||
        !compile(compiling, event, &event->exists, true, &rule->exists))
        return false;
    compiling->count++;
    return true;
}

static bool add_event(struct compiling *compiling, const struct study_event *event)
{
    if (!event->is_repeating)
        return add_rule(compiling, event, -1);
    for (size_t i = 0; i < event->form_count; i++)
        if (!add_rule(compiling, event,
                      dictionary_form_of(compiling->dictionary, event->forms[i]->oid)))
            return false;
    return true;
}

bool event_rules_compile(const struct design *design,
                         const struct dictionary *dictionary, struct arena *study,
                         struct event_rules *out, struct error *err)
{
    struct compiling compiling = {
        .dictionary = dictionary,
        .rules = ARENA_ARRAY(study, struct event_rule, most_rules(design)),
        .study = study,
        .err = err};
    for (size_t i = 0; i < design->event_count; i++)
        if (has_rule(&design->events[i]) && !add_event(&compiling, &design->events[i]))
            return false;
    *out = (struct event_rules){.rules = compiling.rules, .count = compiling.count};
    return true;
}

#include "model/event_rules.h"

#include "engine/dictionary.h"
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

static size_t count_rules(const struct design *design)
{
    size_t count = 0;
    for (size_t i = 0; i < design->event_count; i++)
        if (has_rule(&design->events[i]))
            count += 1 + design->events[i].form_count;
    return count;
}

static bool compile(struct compiling *compiling, const struct study_event *event,
                    const struct formula *formula, int32_t form, bool is_truth_wanted,
                    const struct program **out)
{
    struct expression expression = {
        .source = formula->code,
        .context = {.form = form, .group = -1, .is_truth_wanted = is_truth_wanted}};
    struct findings findings;
    *out = NULL;
    if (formula->code.len == 0)
        return true;
    *out = expression_compile(&expression, compiling->dictionary, compiling->study,
                              &findings);
    if (*out != NULL)
        return true;
    const struct finding *finding = &findings.kept[0];
    error_set(compiling->err, ERROR_REFUSED, "line %zu: the %s of event %.*s: %.*s",
              formula->line + finding->line - 1,
              is_truth_wanted ? "condition" : "moment", TEXT_ARG(event->oid),
              TEXT_ARG(finding->sentence));
    return finding->hint.len == 0
               ? false
               : error_hint(compiling->err, "%.*s", TEXT_ARG(finding->hint));
}

static bool add_rule(struct compiling *compiling, const struct study_event *event,
                     int32_t form)
{
    struct event_rule *rule = &compiling->rules[compiling->count++];
    rule->event = event;
    rule->form = form;
    return compile(compiling, event, &event->moment, form, false, &rule->moment) &&
           compile(compiling, event, &event->exists, form, true, &rule->exists);
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
                         const struct event_rules **out, struct error *err)
{
    size_t count = count_rules(design);
    *out = NULL;
    if (count == 0)
        return true;
    struct compiling compiling = {.dictionary = dictionary,
                                  .rules = ARENA_ARRAY(study, struct event_rule, count),
                                  .study = study,
                                  .err = err};
    for (size_t i = 0; i < design->event_count; i++)
        if (has_rule(&design->events[i]) && !add_event(&compiling, &design->events[i]))
            return false;
    struct event_rules *made = ARENA_NEW(study, struct event_rules);
    *made =
        (struct event_rules){.rules = compiling.rules, .rule_count = compiling.count};
    *out = made;
    return true;
}

#include "model/event_rules.h"

#include "engine/expression.h"
#include "engine/shape.h"
#include "model/design_sources.h"

struct compiling {
    struct event_rules *made;
    struct event_rule *rules;
    bool *is_read;
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

static void note_forms(struct compiling *compiling, const struct program *program)
{
    const struct dictionary *dictionary = compiling->made->dictionary;
    for (int32_t i = 0; i < program->dependency_count; i++) {
        const struct dependency *on = &program->dependencies[i];
        if (on->kind == DEPENDS_ITEM)
            compiling->is_read[dictionary->items[on->subject].form] = true;
        if (on->kind == DEPENDS_ROWS)
            compiling->is_read[on->subject] = true;
    }
}

static bool compile(struct compiling *compiling, const struct study_event *event,
                    const struct formula *formula, int32_t form, bool is_truth_wanted,
                    const struct program **out)
{
    struct expression expression = {.source = formula->code,
                                    .context = {.form = form,
                                                .group = -1,
                                                .is_truth_wanted = is_truth_wanted}};
    struct findings findings;
    *out = NULL;
    if (formula->code.len == 0)
        return true;
    *out = expression_compile(&expression, compiling->made->dictionary,
                              compiling->study, &findings);
    if (*out != NULL) {
        note_forms(compiling, *out);
        return true;
    }
    const struct finding *finding = &findings.kept[0];
    error_set(compiling->err, ERROR_REFUSED, "line %zu: the %s of event %.*s: %.*s",
              formula->line + finding->line - 1, is_truth_wanted ? "condition" : "moment",
              TEXT_ARG(event->oid), TEXT_ARG(finding->sentence));
    return finding->hint.len == 0 ? false
                                  : error_hint(compiling->err, "%.*s",
                                               TEXT_ARG(finding->hint));
}

static bool add_rule(struct compiling *compiling, const struct study_event *event,
                     int32_t form)
{
    struct event_rule *rule = &compiling->rules[compiling->made->rule_count++];
    rule->event = event;
    rule->form = form;
    return compile(compiling, event, &event->moment, form, false, &rule->moment) &&
           compile(compiling, event, &event->exists, form, true, &rule->exists);
}

static bool add_event(struct compiling *compiling, const struct study_event *event)
{
    const struct dictionary *dictionary = compiling->made->dictionary;
    if (!event->is_repeating)
        return add_rule(compiling, event, -1);
    for (size_t i = 0; i < event->form_count; i++)
        if (!add_rule(compiling, event,
                      dictionary_form_of(dictionary, event->forms[i]->oid)))
            return false;
    return true;
}

bool event_rules_compile(const struct design *design, struct arena *study,
                         const struct event_rules **out, struct error *err)
{
    size_t count = count_rules(design);
    *out = NULL;
    if (count == 0)
        return true;
    struct event_rules *made = ARENA_NEW(study, struct event_rules);
    struct compiling compiling = {.made = made,
                                  .rules = ARENA_ARRAY(study, struct event_rule, count),
                                  .study = study,
                                  .err = err};
    struct rule_sources sources = design_sources(design, study);
    if (!design_dictionary(design, sources.declared, sources.declared_count, study,
                           &made->dictionary, err))
        return false;
    compiling.is_read = ARENA_ARRAY(study, bool, (size_t)made->dictionary->form_count);
    made->design = design;
    made->shape = shape_of(made->dictionary, study);
    made->is_read = compiling.is_read;
    made->rules = compiling.rules;
    for (size_t i = 0; i < design->event_count; i++)
        if (has_rule(&design->events[i]) &&
            !add_event(&compiling, &design->events[i]))
            return false;
    *out = made;
    return true;
}

bool event_rules_read(const struct event_rules *rules, struct text form)
{
    int32_t at = dictionary_form_of(rules->dictionary, form);
    return at >= 0 && rules->is_read[at];
}

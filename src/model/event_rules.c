#include "model/event_rules.h"

#include "engine/dictionary.h"
#include "engine/expression.h"

struct compiling {
    const struct dictionary *dictionary;
    struct event_rule *rules;
    size_t count;
    struct exception_rule *exceptions;
    size_t exception_count;
    struct arena *study;
    struct error *err;
};

static bool compile(struct compiling *compiling, const struct study_event *event,
                    const struct formula *formula, int32_t form, bool is_truth_wanted,
                    const struct program **out)
{
    struct expression expression = {
        .source = formula->code,
        .context = {.form = form, .group = -1, .is_truth_wanted = is_truth_wanted}};
    struct findings findings;
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

/* --- moments -------------------------------------------------------------------------- */

static bool add_rule(struct compiling *compiling, const struct study_event *event,
                     int32_t form)
{
    struct event_rule *rule = &compiling->rules[compiling->count++];
    rule->event = event;
    rule->form = form;
    return compile(compiling, event, &event->moment, form, false, &rule->moment);
}

static bool add_moment(struct compiling *compiling, const struct study_event *event)
{
    if (event->moment.code.len == 0)
        return true;
    if (!event->is_repeating)
        return add_rule(compiling, event, -1);
    for (size_t i = 0; i < event->form_count; i++)
        if (!add_rule(compiling, event,
                      dictionary_form_of(compiling->dictionary, event->forms[i]->oid)))
            return false;
    return true;
}

/* --- exceptions ----------------------------------------------------------------------- */

/* `form` NULL: of the whole event. */
static bool add_exception(struct compiling *compiling, const struct study_event *event,
                          const struct form *form, const struct exception *exception)
{
    if (exception->unless.code.len == 0 || event->form_count == 0)
        return true;
    struct exception_rule *rule = &compiling->exceptions[compiling->exception_count++];
    const struct form *place = form == NULL ? event->forms[0] : form;
    ASSERT(place != NULL);
    *rule = (struct exception_rule){
        .event = event,
        .form = form,
        .place = dictionary_form_of(compiling->dictionary, place->oid),
        .exception = exception};
    return compile(compiling, event, &exception->unless, rule->place, true,
                   &rule->unless);
}

static bool add_exceptions(struct compiling *compiling, const struct study_event *event)
{
    if (!add_exception(compiling, event, NULL, &event->exception))
        return false;
    for (size_t i = 0; i < event->form_count; i++)
        if (!add_exception(compiling, event, event->forms[i],
                           &event->form_uses[i].exception))
            return false;
    return true;
}

/* --- all ------------------------------------------------------------------------------ */

/* An event has at most so many of either kind. */
static size_t count_most(const struct design *design)
{
    size_t count = 0;
    for (size_t i = 0; i < design->event_count; i++)
        count += 1 + design->events[i].form_count;
    return count;
}

bool event_rules_compile(const struct design *design,
                         const struct dictionary *dictionary, struct arena *study,
                         const struct event_rules **out, struct error *err)
{
    size_t most = count_most(design);
    struct compiling compiling = {.dictionary = dictionary,
                                  .rules = ARENA_ARRAY(study, struct event_rule, most),
                                  .exceptions =
                                      ARENA_ARRAY(study, struct exception_rule, most),
                                  .study = study,
                                  .err = err};
    *out = NULL;
    for (size_t i = 0; i < design->event_count; i++)
        if (!add_moment(&compiling, &design->events[i]) ||
            !add_exceptions(&compiling, &design->events[i]))
            return false;
    if (compiling.count + compiling.exception_count == 0)
        return true;
    struct event_rules *made = ARENA_NEW(study, struct event_rules);
    *made = (struct event_rules){.rules = compiling.rules,
                                 .rule_count = compiling.count,
                                 .exceptions = compiling.exceptions,
                                 .exception_count = compiling.exception_count};
    *out = made;
    return true;
}

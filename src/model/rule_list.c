#include "model/rule_list.h"

#include "engine/expression.h"

#include <string.h>

struct listing {
    const struct rulebook *rulebook;
    struct rule_source *sources;
    struct rule *rules;
    const struct study_event **events;
    const struct exception **exceptions;
    size_t count;
    struct arena *study;
    struct error *err;
};

/* --- events ------------------------------------------------------------------------- */

static bool compile(struct listing *listing, const struct study_event *event,
                    const struct formula *formula, struct rule *rule)
{
    struct findings findings;
    struct expression expression = {
        .source = formula->code,
        .context = {.form = rule->form,
                    .group = -1,
                    .is_truth_wanted = rule->kind == RULE_SHOWS}};
    rule->program = expression_compile(&expression, listing->rulebook->dictionary,
                                       listing->study, &findings);
    if (rule->program != NULL)
        return true;
    return error_set(listing->err, ERROR_REFUSED, "line %zu: event %.*s: %.*s",
                     formula->line + findings.kept[0].line - 1, TEXT_ARG(event->oid),
                     TEXT_ARG(findings.kept[0].sentence));
}

/* `form` is the place of one among the event's. */
static bool add_formula(struct listing *listing, const struct study_event *event,
                        const struct formula *formula, enum rule_kind kind, size_t form)
{
    if (formula->code.len == 0)
        return true;
    size_t at = listing->count++;
    listing->events[at] = event;
    listing->sources[at] =
        (struct rule_source){.kind = kind,
                             .oid = formula->oid.len > 0 ? formula->oid : event->oid,
                             .code = formula->code,
                             .line = formula->line};
    listing->rules[at] =
        (struct rule){.kind = kind, .item = -1, .form = -1, .group = -1};
    if (event->form_count > 0)
        listing->rules[at].form =
            rulebook_form(listing->rulebook, event->forms[form]->oid);
    return compile(listing, event, formula, &listing->rules[at]);
}

/* An exception that many events or forms share is listed once, where it stands first. */
static bool add_exception(struct listing *listing, const struct study_event *event,
                          const struct exception *exception, size_t form)
{
    if (exception->unless.code.len == 0)
        return true;
    for (size_t i = 0; i < listing->count; i++)
        if (listing->exceptions[i] != NULL &&
            text_equal(listing->sources[i].oid, exception->unless.oid))
            return true;
    listing->exceptions[listing->count] = exception;
    return add_formula(listing, event, &exception->unless, RULE_SHOWS, form);
}

static bool add_exceptions(struct listing *listing, const struct study_event *event)
{
    if (!add_exception(listing, event, &event->exception, 0))
        return false;
    for (size_t i = 0; i < event->form_count; i++)
        if (!add_exception(listing, event, &event->form_uses[i].exception, i))
            return false;
    return true;
}

static bool add_events(struct listing *listing)
{
    const struct design *design = listing->rulebook->design;
    for (size_t i = 0; i < design->event_count; i++) {
        const struct study_event *event = &design->events[i];
        if (!add_exceptions(listing, event) ||
            !add_formula(listing, event, &event->moment, RULE_DERIVES, 0))
            return false;
    }
    return true;
}

bool rule_list_make(const struct rulebook *rulebook, struct arena *study,
                    struct rule_list *out, struct error *err)
{
    *out = (struct rule_list){0};
    if (rulebook->set == NULL)
        return true;
    size_t count = rulebook->sources.rule_count;
    size_t most = count;
    for (size_t i = 0; i < rulebook->design->event_count; i++)
        most += 2 + rulebook->design->events[i].form_count;
    struct listing listing = {
        .rulebook = rulebook,
        .sources = ARENA_ARRAY(study, struct rule_source, most),
        .rules = ARENA_ARRAY(study, struct rule, most),
        .events = ARENA_ARRAY(study, const struct study_event *, most),
        .exceptions = ARENA_ARRAY(study, const struct exception *, most),
        .count = count,
        .study = study,
        .err = err,
    };
    memcpy(listing.sources, rulebook->sources.rules, count * sizeof *listing.sources);
    memcpy(listing.rules, rulebook->set->rules, count * sizeof *listing.rules);
    if (!add_events(&listing))
        return false;
    *out = (struct rule_list){.sources = listing.sources,
                              .rules = listing.rules,
                              .events = listing.events,
                              .exceptions = listing.exceptions,
                              .count = listing.count};
    return true;
}

/* --- words -------------------------------------------------------------------------- */

struct text rule_words(const struct rulebook *rulebook, const struct rule_list *list,
                       size_t at)
{
    const struct rule_source *source = &list->sources[at];
    if (list->exceptions[at] != NULL)
        return list->exceptions[at]->words.english;
    if (list->events[at] != NULL)
        return list->events[at]->target.english;
    if (source->kind == RULE_FIRES)
        return rulebook->checks[at]->words;
    const struct item *item = design_item(rulebook->design, source->item);
    if (item == NULL)
        return (struct text){0};
    return source->kind == RULE_DERIVES ? item->derivation.english : item->condition;
}

#include "analysis/plan_diff.h"

struct comparing {
    struct arena *arena;
    struct plan_change *changes;
    size_t count, capacity;
};

static void add(struct comparing *to, struct plan_change change)
{
    to->changes = ARENA_GROW(to->arena, to->changes, to->count, &to->capacity);
    to->changes[to->count++] = change;
}

struct thing {
    const char *what;
    struct text name;
    struct plan_words label;
};

static void gone(struct comparing *to, struct thing thing, bool is_added)
{
    add(to, (struct plan_change){.kind = is_added ? PLAN_ADDED : PLAN_REMOVED,
                                 .thing = thing.what,
                                 .name = thing.name,
                                 .label = thing.label});
}

static void fact(struct comparing *to, struct thing thing, const char *name,
                 struct text before, struct text after)
{
    if (!text_equal(before, after))
        add(to, (struct plan_change){PLAN_CHANGED, thing.what, thing.name, thing.label,
                                     name, before, after});
}

static void words(struct comparing *to, struct thing thing, const char *name,
                  const struct plan_words *before, const struct plan_words *after)
{
    fact(to, thing, name, before->en, after->en);
    if (text_equal(before->en, after->en))
        fact(to, thing, name, before->zh, after->zh);
}

/* --- choices, populations ------------------------------------------------------------------ */

static void compare_choices(struct comparing *to, const struct analysis_plan *a,
                            const struct analysis_plan *b, bool is_back)
{
    for (size_t i = 0; i < a->choice_count; i++) {
        struct thing thing = {"choice", a->choices[i].name, a->choices[i].label};
        size_t k = 0;
        while (k < b->choice_count && !text_equal(b->choices[k].name, thing.name))
            k++;
        if (k == b->choice_count)
            gone(to, thing, is_back);
        else if (!is_back)
            words(to, thing, "says", &a->choices[i].says, &b->choices[k].says);
    }
}

static void compare_populations(struct comparing *to, const struct analysis_plan *a,
                                const struct analysis_plan *b, bool is_back)
{
    for (size_t i = 0; i < a->population_count; i++) {
        struct thing thing = {"population", a->populations[i].name,
                              a->populations[i].label};
        const struct plan_population *other = plan_population(b, thing.name);
        if (other == NULL)
            gone(to, thing, is_back);
        else if (!is_back)
            fact(to, thing, "where", a->populations[i].where, other->where);
    }
}

/* --- datasets and their variables ----------------------------------------------------------- */

static void compare_variables(struct comparing *to, const struct plan_dataset *a,
                              const struct plan_dataset *b, bool is_back)
{
    for (size_t i = 0; i < a->variable_count; i++) {
        const struct plan_variable *own = &a->variables[i];
        int32_t at = plan_variable(b, own->name);
        struct thing thing = {
            "variable",
            text_format(to->arena, "%.*s.%.*s", TEXT_ARG(a->name), TEXT_ARG(own->name)),
            own->label};
        if (at < 0) {
            gone(to, thing, is_back);
        } else if (!is_back) {
            fact(to, thing, "is", own->source, b->variables[at].source);
            fact(to, thing, "unit", own->unit, b->variables[at].unit);
            words(to, thing, "label", &own->label, &b->variables[at].label);
        }
    }
}

static void compare_datasets(struct comparing *to, const struct analysis_plan *a,
                             const struct analysis_plan *b, bool is_back)
{
    for (size_t i = 0; i < a->dataset_count; i++) {
        const struct plan_dataset *own = &a->datasets[i];
        const struct plan_dataset *other = plan_dataset(b, own->name);
        struct thing thing = {"dataset", own->name, own->label};
        if (other == NULL) {
            gone(to, thing, is_back);
            continue;
        }
        if (!is_back) {
            fact(to, thing, "form", own->form, other->form);
            fact(to, thing, "section", own->section, other->section);
        }
        compare_variables(to, own, other, is_back);
    }
}

/* --- analyses --------------------------------------------------------------------------------- */

static struct text argument_words(struct comparing *to,
                                  const struct plan_argument *argument)
{
    struct text out = argument->text;
    for (size_t i = 0; i < argument->text_count; i++)
        out = text_format(to->arena, "%.*s%s%.*s", TEXT_ARG(out), i == 0 ? "" : " ",
                          TEXT_ARG(argument->texts[i]));
    for (size_t i = 0; i < argument->number_count; i++)
        out = text_format(to->arena, "%.*s%s%.15g", TEXT_ARG(out), i == 0 ? "" : " ",
                          argument->numbers[i]);
    return text_format(to->arena, "%.*s: %.*s", TEXT_ARG(argument->name),
                       TEXT_ARG(out));
}

static struct text arguments_words(struct comparing *to,
                                   const struct plan_analysis *analysis)
{
    struct text out = {0};
    for (size_t i = 0; i < analysis->argument_count; i++)
        out = text_format(to->arena, "%.*s%s%.*s", TEXT_ARG(out), i == 0 ? "" : "; ",
                          TEXT_ARG(argument_words(to, &analysis->arguments[i])));
    return out;
}

static void compare_analysis(struct comparing *to, const struct plan_analysis *a,
                             const struct plan_analysis *b)
{
    struct thing thing = {"analysis", a->id, a->label};
    fact(to, thing, "endpoint", a->endpoint, b->endpoint);
    fact(to, thing, "purpose", text_of(plan_purpose_names[a->purpose]),
         text_of(plan_purpose_names[b->purpose]));
    fact(to, thing, "population", a->population, b->population);
    fact(to, thing, "dataset", a->dataset, b->dataset);
    fact(to, thing, "where", a->where, b->where);
    fact(to, thing, "group", a->group, b->group);
    fact(to, thing, "method", a->method, b->method);
    fact(to, thing, "with", arguments_words(to, a), arguments_words(to, b));
    words(to, thing, "label", &a->label, &b->label);
    words(to, thing, "missing", &a->missing, &b->missing);
    words(to, thing, "estimated", &a->estimated, &b->estimated);
}

static void compare_analyses(struct comparing *to, const struct analysis_plan *a,
                             const struct analysis_plan *b, bool is_back)
{
    for (size_t i = 0; i < a->analysis_count; i++) {
        struct thing thing = {"analysis", a->analyses[i].id, a->analyses[i].label};
        size_t k = 0;
        while (k < b->analysis_count && !text_equal(b->analyses[k].id, thing.name))
            k++;
        if (k == b->analysis_count)
            gone(to, thing, is_back);
        else if (!is_back)
            compare_analysis(to, &a->analyses[i], &b->analyses[k]);
    }
}

struct plan_diff plan_compare(const struct analysis_plan *before,
                              const struct analysis_plan *after, struct arena *arena)
{
    struct comparing to = {.arena = arena};
    struct thing whole = {.what = "plan", .name = after->version};
    fact(&to, whole, "level", text_format(arena, "%.15g", before->level),
         text_format(arena, "%.15g", after->level));
    for (int back = 0; back < 2; back++) {
        const struct analysis_plan *a = back ? after : before;
        const struct analysis_plan *b = back ? before : after;
        compare_choices(&to, a, b, back);
        compare_populations(&to, a, b, back);
        compare_datasets(&to, a, b, back);
        compare_analyses(&to, a, b, back);
    }
    return (struct plan_diff){to.changes, to.count};
}

#include "model/design_rules.h"

#include "engine/expression.h"

enum { CIRCLE_SHOWN = 8 };

struct compiling {
    const struct rule_sources *sources;
    const struct dictionary *dictionary;
    struct arena *study;
    struct rule *rules;
    struct rule_problems *problems;
};

static void add_problem(struct compiling *compiling, const struct rule_source *rule,
                        const struct finding *finding)
{
    compiling->problems->kept[compiling->problems->count++] =
        (struct rule_problem){.rule = rule, .finding = *finding};
}

static void add_sentence(struct compiling *compiling, const struct rule_source *rule,
                         struct text sentence, struct text hint)
{
    struct finding finding = {
        .line = 1, .column = 1, .sentence = sentence, .hint = hint};
    add_problem(compiling, rule, &finding);
}

static int32_t find_item(const struct dictionary *dictionary,
                         const struct rule_source *rule)
{
    for (int32_t i = 0; i < dictionary->item_count; i++) {
        const struct dictionary_item *item = &dictionary->items[i];
        bool is_group = text_is_absent(rule->group) ||
                        text_equal(dictionary->groups[item->group].oid, rule->group);
        if (is_group && text_equal(item->oid, rule->item))
            return i;
    }
    return -1;
}

static void compile(struct compiling *compiling, size_t i)
{
    const struct rule_source *source = &compiling->sources->rules[i];
    const struct dictionary *dictionary = compiling->dictionary;
    int32_t at = find_item(dictionary, source);
    if (at < 0) {
        add_sentence(compiling, source, TEXT("the item is in no form"), TEXT(""));
        return;
    }
    const struct dictionary_item *item = &dictionary->items[at];
    bool is_row = dictionary->groups[item->group].is_repeating;
    bool derives = source->kind == RULE_DERIVES;
    struct rule *rule = &compiling->rules[i];
    *rule = (struct rule){.kind = source->kind,
                          .item = at,
                          .form = item->form,
                          .group = is_row ? item->group : -1};
    struct expression expression = {
        .source = source->code,
        .context = {.form = rule->form,
                    .group = rule->group,
                    .is_truth_wanted = !derives,
                    .stored = derives ? &item->type : NULL}};
    struct findings findings;
    rule->program =
        expression_compile(&expression, dictionary, compiling->study, &findings);
    for (size_t k = 0; rule->program == NULL && k < findings.kept_count; k++)
        add_problem(compiling, source, &findings.kept[k]);
}

static void tell_circle(struct compiling *compiling, const int32_t *circle,
                        int32_t count)
{
    struct text path = TEXT("");
    for (int32_t i = 0; i <= count && i < CIRCLE_SHOWN; i++) {
        struct text item = compiling->sources->rules[circle[i % count]].item;
        path = text_format(compiling->study, "%.*s%s%.*s", TEXT_ARG(path),
                           i == 0 ? "" : " reads ", TEXT_ARG(item));
    }
    add_sentence(compiling, &compiling->sources->rules[circle[0]],
                 text_format(compiling->study,
                             "rules depend on each other in a circle: %.*s",
                             TEXT_ARG(path)),
                 TEXT("one of them must be entered, or computed from other items"));
}

const struct rule_set *design_rules(const struct rule_sources *sources,
                                    const struct dictionary *dictionary,
                                    struct arena *study, struct rule_problems *problems)
{
    struct compiling compiling = {.sources = sources,
                                  .dictionary = dictionary,
                                  .study = study,
                                  .problems = problems};
    size_t most = sources->rule_count * FINDINGS_KEPT + 1;
    problems->kept = ARENA_ARRAY(study, struct rule_problem, most);
    problems->count = 0;
    compiling.rules = ARENA_ARRAY(study, struct rule, sources->rule_count);
    for (size_t i = 0; i < sources->rule_count; i++)
        compile(&compiling, i);
    if (problems->count > 0)
        return NULL;
    struct rule_set *set = ARENA_NEW(study, struct rule_set);
    *set = (struct rule_set){.shape = shape_of(dictionary, study),
                             .rules = compiling.rules,
                             .rule_count = (int32_t)sources->rule_count};
    int32_t circle[CIRCLE_SHOWN], count;
    if (graph_make(set, study, circle, CIRCLE_SHOWN, &count))
        return set;
    tell_circle(&compiling, circle, count < CIRCLE_SHOWN ? count : CIRCLE_SHOWN);
    return NULL;
}

#include "model/count_rules.h"

#include "engine/dictionary.h"
#include "engine/expression.h"

struct compiling {
    const struct dictionary *dictionary;
    struct arena *study;
    bool *reads_item, *reads_form;
    struct error *err;
};

static bool refuse(const struct compiling *compiling, const struct study_count *count,
                   const char *what)
{
    return error_set(compiling->err, ERROR_REFUSED, "line %zu: the count %.*s: %s",
                     count->line, TEXT_ARG(count->name), what);
}

/* "IO where …": the name, and the condition behind it or nothing. */
static struct text name_of_rows(struct text rows, struct text *condition)
{
    static const struct text word = TEXT_INIT(" where ");
    struct text name = rows;
    *condition = (struct text){0};
    for (size_t at = 0; at + word.len <= rows.len; at++)
        if (text_equal(text_part(rows, at, word.len), word)) {
            name = text_part(rows, 0, at);
            *condition = text_part(rows, at + word.len, rows.len);
            break;
        }
    return text_trim(name);
}

/* A group that does not repeat stands for its form. */
static bool find_rows(const struct compiling *compiling, struct text name,
                      struct count_rule *rule)
{
    const struct dictionary *dictionary = compiling->dictionary;
    int32_t group = dictionary_group_of(dictionary, name);
    rule->group = -1;
    rule->form = group < 0 ? dictionary_form_of(dictionary, name)
                           : dictionary->groups[group].form;
    if (group >= 0 && dictionary->groups[group].is_repeating)
        rule->group = group;
    return rule->form >= 0 && !dictionary->forms[rule->form].is_register;
}

static void mark_items(const struct compiling *compiling, const struct program *program)
{
    for (int32_t i = 0; i < program->dependency_count; i++) {
        const struct dependency *depends = &program->dependencies[i];
        if (depends->kind != DEPENDS_ITEM)
            continue;
        compiling->reads_item[depends->subject] = true;
        compiling->reads_form[compiling->dictionary->items[depends->subject].form] =
            true;
    }
}

static bool compile(const struct compiling *compiling, const struct count_rule *rule,
                    struct text source, const struct program **out)
{
    struct findings findings;
    struct expression expression = {
        .source = source, .context = {.form = rule->form, .group = rule->group}};
    *out = expression_compile(&expression, compiling->dictionary, compiling->study,
                              &findings);
    if (*out == NULL)
        return refuse(compiling, rule->count,
                      text_c(compiling->study, findings.kept[0].sentence));
    mark_items(compiling, *out);
    return true;
}

static bool compile_moment(const struct compiling *compiling,
                           const struct count_rule *rule, struct text source,
                           const struct program **out)
{
    *out = NULL;
    if (text_is_absent(source))
        return true;
    return compile(compiling, rule, source, out) &&
           ((*out)->result == TYPE_MOMENT ||
            refuse(compiling, rule->count, "count-from and count-to are moments"));
}

/* Where the condition does not hold the row has no key. */
static bool compile_key(const struct compiling *compiling, struct count_rule *rule,
                        struct text condition)
{
    struct text source = rule->count->key;
    if (!text_is_absent(condition))
        source = text_format(compiling->study, "if %.*s then %.*s else nothing",
                             TEXT_ARG(condition), TEXT_ARG(rule->count->key));
    return compile(compiling, rule, source, &rule->key) &&
           (rule->key->result == TYPE_TEXT || rule->key->result == TYPE_CODE ||
            refuse(compiling, rule->count, "its key is a text or a code"));
}

static bool compile_count(const struct compiling *compiling,
                          const struct study_count *count, struct count_rule *rule)
{
    struct text condition;
    struct text name = name_of_rows(count->rows, &condition);
    rule->count = count;
    rule->property =
        dictionary_property_of(compiling->dictionary, TEXT("study"), count->name);
    if (!count->is_over_others)
        return refuse(compiling, count, "with a key it counts rows of others");
    if (!find_rows(compiling, name, rule))
        return refuse(compiling, count, "there is no such form or section");
    return compile_key(compiling, rule, condition) &&
           compile_moment(compiling, rule, count->begins, &rule->begins) &&
           compile_moment(compiling, rule, count->ends, &rule->ends);
}

/* The row that asks must be one of those that are counted. */
static bool check_askers(const struct compiling *compiling, const struct rule_set *set,
                         const struct count_rule *rule)
{
    for (int32_t r = 0; r < set->rule_count; r++) {
        const struct rule *asker = &set->rules[r];
        bool is_beside = asker->form == rule->form &&
                         (rule->group < 0 || asker->group == rule->group);
        for (int32_t i = 0; i < asker->program->dependency_count && !is_beside; i++) {
            const struct dependency *depends = &asker->program->dependencies[i];
            if (depends->kind == DEPENDS_PROPERTY && depends->subject == rule->property)
                return refuse(compiling, rule->count,
                              "only a rule beside the rows that it counts may ask it");
        }
    }
    return true;
}

static size_t with_key(const struct design *design)
{
    size_t count = 0;
    for (size_t i = 0; i < design->count_count; i++)
        count += !text_is_absent(design->counts[i].key);
    return count;
}

bool count_rules_compile(const struct design *design,
                         const struct dictionary *dictionary,
                         const struct rule_set *set, struct arena *study,
                         const struct count_rules **out, struct error *err)
{
    size_t count = with_key(design);
    *out = NULL;
    if (count == 0)
        return true;
    struct compiling compiling = {
        .dictionary = dictionary,
        .study = study,
        .reads_item = ARENA_ARRAY(study, bool, (size_t)dictionary->item_count),
        .reads_form = ARENA_ARRAY(study, bool, (size_t)dictionary->form_count),
        .err = err};
    struct count_rule *rules = ARENA_ARRAY(study, struct count_rule, count);
    struct count_rules *made = ARENA_NEW(study, struct count_rules);
    *made = (struct count_rules){.rules = rules,
                                 .reads_item = compiling.reads_item,
                                 .reads_form = compiling.reads_form};
    for (size_t i = 0; i < design->count_count; i++) {
        if (text_is_absent(design->counts[i].key))
            continue;
        struct count_rule *rule = &rules[made->rule_count++];
        if (!compile_count(&compiling, &design->counts[i], rule) ||
            !check_askers(&compiling, set, rule))
            return false;
    }
    *out = made;
    return true;
}

#include "model/design_sources.h"

/* --- declared names --------------------------------------------------------------- */

static const struct declared_field *fields_of(const struct study_register *from,
                                              struct arena *study)
{
    struct declared_field *fields =
        ARENA_ARRAY(study, struct declared_field, from->field_count);
    for (size_t i = 0; i < from->field_count; i++)
        fields[i] = (struct declared_field){.name = from->fields[i].name,
                                            .type = from->fields[i].type};
    return fields;
}

static void add_declared(struct rule_sources *sources, const struct design *design,
                         struct arena *study)
{
    struct declared_name *names = ARENA_ARRAY(
        study, struct declared_name,
        design->setting_count + design->count_count + design->register_count);
    size_t count = 0;
    for (size_t i = 0; i < design->setting_count; i++)
        names[count++] = (struct declared_name){.kind = DECLARED_SETTING,
                                                .name = design->settings[i].name,
                                                .value = design->settings[i].value};
    for (size_t i = 0; i < design->count_count; i++)
        names[count++] = (struct declared_name){.kind = DECLARED_COUNT,
                                                .name = design->counts[i].name};
    for (size_t i = 0; i < design->register_count; i++)
        names[count++] =
            (struct declared_name){.kind = DECLARED_REGISTER,
                                   .name = design->registers[i].name,
                                   .fields = fields_of(&design->registers[i], study),
                                   .field_count = design->registers[i].field_count};
    sources->declared = names;
    sources->declared_count = count;
}

/* --- rules ------------------------------------------------------------------------ */

struct adding {
    struct rule_source *rules;
    size_t count;
};

static void add(struct adding *adding, enum rule_kind kind,
                const struct formula *formula, const struct item *item,
                struct text group)
{
    if (text_is_absent(formula->code))
        return;
    adding->rules[adding->count++] = (struct rule_source){.kind = kind,
                                                          .oid = formula->oid,
                                                          .item = item->oid,
                                                          .group = group,
                                                          .code = formula->code,
                                                          .line = formula->line};
}

static void add_group(struct adding *adding, const struct item_group *group)
{
    for (size_t i = 0; i < group->item_count; i++) {
        const struct item *item = group->items[i];
        add(adding, RULE_SHOWS, &item->shows, item, group->oid);
        add(adding, RULE_DERIVES, &item->derives, item, group->oid);
    }
}

/* An item that stands in several sections has its rules in each. */
static size_t most_rules(const struct design *design)
{
    size_t count = design->check_count;
    for (size_t i = 0; i < design->form_count; i++)
        for (size_t k = 0; k < design->forms[i].group_count; k++)
            count += 2 * design->forms[i].groups[k]->item_count;
    return count;
}

struct rule_sources design_sources(const struct design *design, struct arena *study)
{
    struct rule_sources sources = {0};
    struct adding adding = {
        .rules = ARENA_ARRAY(study, struct rule_source, most_rules(design))};
    for (size_t i = 0; i < design->form_count; i++)
        for (size_t k = 0; k < design->forms[i].group_count; k++)
            add_group(&adding, design->forms[i].groups[k]);
    for (size_t i = 0; i < design->check_count; i++)
        add(&adding, RULE_FIRES, &design->checks[i].fires, design->checks[i].item,
            (struct text){0});
    sources.rules = adding.rules;
    sources.rule_count = adding.count;
    add_declared(&sources, design, study);
    return sources;
}

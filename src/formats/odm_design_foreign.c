/* FormalExpression in the language of another system: kept as it is written. */
#include "formats/odm_design_elements.h"

static bool expression_start(struct odm_parser *parser,
                             const struct xml_element *element, enum rule_use use,
                             struct text owner, struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.foreign_rules, sizeof(struct odm_foreign_rule),
                      parser->parts.study, &added, err))
        return false;
    ((struct odm_foreign_rule *)added)->version = parser->parts.versions.count - 1;
    struct foreign_rule *rule = &((struct odm_foreign_rule *)added)->rule;
    *rule = (struct foreign_rule){.use = use,
                                  .owner = owner,
                                  .line = element->place.line,
                                  .column = element->place.column};
    parser->has_code = false;
    parser->text.len = 0;
    return odm_attribute(parser, element, "Context", &rule->context, err);
}

bool odm_words_expression(struct odm_parser *parser, const struct xml_element *element,
                          struct error *err)
{
    const struct odm_words *words = ODM_OPEN(parser->parts.words, struct odm_words);
    enum rule_use use = words->kind == ODM_METHOD ? RULE_DERIVATION : RULE_CONDITION;
    return expression_start(parser, element, use, words->oid, err);
}

bool odm_range_expression(struct odm_parser *parser, const struct xml_element *element,
                          struct error *err)
{
    const struct odm_item *item = ODM_OPEN(parser->parts.items, struct odm_item);
    parser->range.is_settled = true;
    return expression_start(parser, element, RULE_CHECK, item->item.oid, err);
}

/* ODM 2.0 puts the text into a Code. */
bool odm_expression_code_end(struct odm_parser *parser, struct error *err)
{
    parser->has_code = true;
    return odm_written(
        parser,
        &ODM_OPEN(parser->parts.foreign_rules, struct odm_foreign_rule)->rule.source,
        err);
}

bool odm_expression_end(struct odm_parser *parser, struct error *err)
{
    struct foreign_rule *rule =
        &ODM_OPEN(parser->parts.foreign_rules, struct odm_foreign_rule)->rule;
    if (parser->has_code)
        return true;
    return odm_written(parser, &rule->source, err);
}

/* FormalExpression in the language of another system: kept as it is written. */
#include "formats/odm_design_elements.h"

bool odm_foreign_start(struct odm_parser *parser, const struct xml_element *element,
                       enum foreign_use use, struct text owner, struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.foreign_rules, sizeof(struct odm_foreign_rule),
                      parser->parts.study, &added, err))
        return false;
    struct odm_foreign_rule *part = added;
    part->version = parser->parts.versions.count - 1;
    part->rule = (struct foreign_rule){.use = use,
                                       .owner = owner,
                                       .line = element->place.line,
                                       .column = element->place.column};
    parser->has_code = false;
    parser->text.len = 0;
    return odm_attribute(parser, element, "Context", &part->rule.context, err);
}

/* REDCap writes branching logic and calculations as attributes of the item itself. */
static bool item_rule(struct odm_parser *parser, const struct xml_element *element,
                      const char *attribute, enum foreign_use use, struct error *err)
{
    struct item *item = &ODM_OPEN(parser->parts.items, struct odm_item)->item;
    struct text source;
    void *added;
    if (!odm_attribute(parser, element, attribute, &source, err))
        return false;
    if (source.len == 0 || text_is_absent(item->oid))
        return true;
    if (!odm_list_add(&parser->parts.foreign_rules, sizeof(struct odm_foreign_rule),
                      parser->parts.study, &added, err))
        return false;
    *(struct odm_foreign_rule *)added =
        (struct odm_foreign_rule){.version = parser->parts.versions.count - 1,
                                  .rule = {.use = use,
                                           .owner = item->oid,
                                           .is_of_item = true,
                                           .context = TEXT("REDCap"),
                                           .source = source,
                                           .line = element->place.line,
                                           .column = element->place.column}};
    if (use == FOREIGN_DERIVATION)
        item->derives.oid = item->oid;
    else
        item->shows.oid = item->oid;
    return true;
}

bool odm_foreign_item(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    return item_rule(parser, element, REDCAP_SPACE " BranchingLogic", FOREIGN_CONDITION,
                     err) &&
           item_rule(parser, element, REDCAP_SPACE " Calculation", FOREIGN_DERIVATION,
                     err);
}

static struct foreign_rule *open_rule(struct odm_parser *parser)
{
    return &ODM_OPEN(parser->parts.foreign_rules, struct odm_foreign_rule)->rule;
}

/* ODM 2.0 puts the text into a Code. */
bool odm_foreign_code_end(struct odm_parser *parser, struct error *err)
{
    parser->has_code = true;
    return odm_written(parser, &open_rule(parser)->source, err);
}

bool odm_foreign_end(struct odm_parser *parser, struct error *err)
{
    return parser->has_code || odm_written(parser, &open_rule(parser)->source, err);
}

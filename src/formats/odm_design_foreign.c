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

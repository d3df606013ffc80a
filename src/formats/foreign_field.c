/* A field of REDCap: [field], [field(code)], [event][field]. */
#include "formats/foreign_parse_parts.h"

/* At "(": what stands up to the ")" is a code, as it is written. */
static bool parse_code(struct foreign_parser *parser, struct text *out)
{
    struct text rest =
        text_part(parser->source, parser->behind, parser->source.len - parser->behind);
    size_t len = text_find(rest, ')');
    if (len == rest.len)
        return foreign_refuse(parser, parser->token.at, "a ) is missing");
    *out = text_trim(text_part(rest, 0, len));
    parser->behind += len;
    if (!foreign_advance(parser)) /* to the ")" */
        return false;
    return foreign_advance(parser);
}

/* From the "[" to behind the "]". */
static bool parse_name(struct foreign_parser *parser, struct text *name,
                       struct text *code)
{
    if (!foreign_advance(parser))
        return false;
    if (parser->token.kind != FOREIGN_WORD)
        return foreign_refuse(parser, parser->token.at, "a field has no such name");
    *name = parser->token.text;
    if (!foreign_advance(parser))
        return false;
    if (foreign_is(&parser->token, "(") && !parse_code(parser, code))
        return false;
    return foreign_expect(
        parser, "]", "only [field], [field(code)] and [event][field] are understood");
}

struct foreign_node *foreign_parse_field(struct foreign_parser *parser)
{
    struct foreign_node *node =
        foreign_node_new(parser, FOREIGN_FIELD, parser->token.at);
    if (node == NULL || !parse_name(parser, &node->text, &node->code))
        return NULL;
    if (!foreign_is(&parser->token, "["))
        return node;
    if (!text_is_absent(node->code)) {
        foreign_refuse(parser, node->at, "an event has no choices");
        return NULL;
    }
    node->event = node->text;
    if (!parse_name(parser, &node->text, &node->code))
        return NULL;
    if (foreign_is(&parser->token, "[")) {
        foreign_refuse(parser, parser->token.at,
                       "an instance of a field is not understood");
        return NULL;
    }
    return node;
}

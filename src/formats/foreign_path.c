/* A path of XPath in the tree of ODM 1: from where the question stands up, down through
 * FormData and ItemGroupData, to the ItemData whose Value is asked. */
#include "formats/foreign_parse_parts.h"

static const struct {
    const char *element;
    const char *attribute;
} steps[] = {{"FormData", "FormOID"},
             {"ItemGroupData", "ItemGroupOID"},
             {"ItemData", "ItemOID"}};
enum { LAST_STEP = ARRAY_COUNT(steps) - 1 };

/* XPath knows upper and lower case. */
static bool is_name(const struct foreign_parser *parser, const char *name)
{
    return parser->token.kind == FOREIGN_WORD &&
           text_equal(parser->token.text, text_of(name));
}

static bool expect_name(struct foreign_parser *parser, const char *name,
                        const char *sentence)
{
    return is_name(parser, name) ? foreign_advance(parser)
                                 : foreign_refuse(parser, parser->token.at, sentence);
}

/* [@ItemOID='I'] */
static bool parse_oid(struct foreign_parser *parser, size_t step, struct text *out)
{
    if (!foreign_expect(parser, "[", "an element without its OID means any of them") ||
        !foreign_expect(parser, "@", "only @…OID and @Value are understood") ||
        !expect_name(parser, steps[step].attribute,
                     "the OID of the element is missing") ||
        !foreign_expect(parser, "=", "an OID is given by ="))
        return false;
    *out = parser->token.text;
    if (parser->token.kind != FOREIGN_QUOTED)
        return foreign_refuse(parser, parser->token.at, "an OID stands in quotes");
    return foreign_advance(parser) && foreign_expect(parser, "]", "a ] is missing");
}

/* [@Value > 90]: the path is there when an answer is that meets it. */
static struct foreign_node *parse_value(struct foreign_parser *parser,
                                        struct foreign_node *field)
{
    struct foreign_node *node =
        foreign_node_new(parser, FOREIGN_BINARY, parser->token.at);
    if (node == NULL ||
        !foreign_expect(parser, "[", "a path alone asks whether there is an answer") ||
        !foreign_expect(parser, "@", "only @…OID and @Value are understood") ||
        !expect_name(parser, "Value", "only @Value is understood here"))
        return NULL;
    if (!foreign_comparison(&parser->token, &node->operation)) {
        foreign_refuse(parser, parser->token.at, "a comparison is missing");
        return NULL;
    }
    if (!foreign_advance(parser))
        return NULL;
    bool is_text = parser->token.kind == FOREIGN_QUOTED;
    if (!is_text && parser->token.kind != FOREIGN_DIGITS) {
        foreign_refuse(parser, parser->token.at,
                       "only a number or a text can be compared here");
        return NULL;
    }
    node->left = field;
    node->right = foreign_node_new(parser, is_text ? FOREIGN_STRING : FOREIGN_NUMBER,
                                   parser->token.at);
    if (node->right == NULL)
        return NULL;
    node->right->text = parser->token.text;
    return foreign_advance(parser) && foreign_expect(parser, "]", "a ] is missing")
               ? node
               : NULL;
}

struct foreign_node *foreign_parse_path(struct foreign_parser *parser)
{
    struct foreign_node *field =
        foreign_node_new(parser, FOREIGN_FIELD, parser->token.at);
    if (field == NULL)
        return NULL;
    while (foreign_is(&parser->token, ".."))
        if (!foreign_advance(parser) || !foreign_expect(parser, "/", "a / is missing"))
            return NULL;
    size_t from = 0;
    for (;;) {
        size_t step = from;
        while (step <= LAST_STEP && !is_name(parser, steps[step].element))
            step++;
        if (step > LAST_STEP) {
            foreign_refuse(parser, parser->token.at,
                           "only FormData, ItemGroupData and ItemData are understood");
            return NULL;
        }
        if (!foreign_advance(parser) || !parse_oid(parser, step, &field->text))
            return NULL;
        if (step == LAST_STEP)
            return parse_value(parser, field);
        if (!foreign_expect(parser, "/", "a path ends at an ItemData"))
            return NULL;
        from = step + 1;
    }
}

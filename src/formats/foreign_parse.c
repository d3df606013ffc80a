/* The grammar of operators, loosest first: or, and, comparison, sum, product, power. */
#include "formats/foreign_parse_parts.h"

bool foreign_refuse(struct foreign_parser *parser, size_t at, const char *sentence)
{
    error_set(parser->err, ERROR_REFUSED, "%s", sentence);
    parser->err->at = at;
    return false;
}

bool foreign_advance(struct foreign_parser *parser)
{
    return foreign_token(parser->dialect, parser->source, parser->behind,
                         &parser->token, &parser->behind, parser->err);
}

bool foreign_expect(struct foreign_parser *parser, const char *word,
                    const char *sentence)
{
    if (!foreign_is(&parser->token, word))
        return foreign_refuse(parser, parser->token.at, sentence);
    return foreign_advance(parser);
}

struct foreign_node *foreign_node_new(struct foreign_parser *parser,
                                      enum foreign_kind kind, size_t at)
{
    struct foreign_node *node = NULL;
    if (parser->node_count++ < FOREIGN_NODES)
        node = arena_try(parser->scratch, sizeof *node);
    if (node == NULL) {
        foreign_refuse(parser, at, "the expression is too long");
        return NULL;
    }
    *node = (struct foreign_node){.kind = kind, .at = at};
    return node;
}

static const struct {
    const char *sign;
    enum foreign_operation operation;
} comparisons[] = {{"=", FOREIGN_EQUAL},      {"<>", FOREIGN_DIFFERENT},
                   {"!=", FOREIGN_DIFFERENT}, {"<", FOREIGN_LESS},
                   {"<=", FOREIGN_AT_MOST},   {">", FOREIGN_MORE},
                   {">=", FOREIGN_AT_LEAST}};

bool foreign_comparison(const struct foreign_token *token, enum foreign_operation *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(comparisons); i++)
        if (foreign_is(token, comparisons[i].sign)) {
            *out = comparisons[i].operation;
            return true;
        }
    return false;
}

static struct foreign_node *parse_or(struct foreign_parser *parser);

static struct foreign_node *in_parentheses(struct foreign_parser *parser)
{
    struct foreign_node *inside = foreign_advance(parser) ? parse_or(parser) : NULL;
    if (inside == NULL || !foreign_expect(parser, ")", "a ) is missing"))
        return NULL;
    return inside;
}

/* not(…), !(…): without parentheses it would depend on what binds more tightly. */
static struct foreign_node *parse_not(struct foreign_parser *parser)
{
    struct foreign_node *node = foreign_node_new(parser, FOREIGN_NOT, parser->token.at);
    if (node == NULL || !foreign_advance(parser))
        return NULL;
    if (!foreign_is(&parser->token, "(")) {
        foreign_refuse(parser, node->at, "what is denied stands in no parentheses");
        return NULL;
    }
    node->left = in_parentheses(parser);
    return node->left == NULL ? NULL : node;
}

static struct foreign_node *parse_call(struct foreign_parser *parser)
{
    struct foreign_node *call =
        foreign_node_new(parser, FOREIGN_CALL, parser->token.at);
    if (call == NULL)
        return NULL;
    call->text = parser->token.text;
    bool is_constant =
        foreign_is(&parser->token, "true") || foreign_is(&parser->token, "false");
    if (!foreign_advance(parser))
        return NULL;
    if (is_constant && !foreign_is(&parser->token, "("))
        return call;
    if (!foreign_expect(parser, "(", "this word is not understood"))
        return NULL;
    if (foreign_is(&parser->token, ")"))
        return foreign_advance(parser) ? call : NULL;
    for (struct foreign_node **last = &call->left;; last = &(*last)->next) {
        *last = parse_or(parser);
        if (*last == NULL)
            return NULL;
        if (!foreign_is(&parser->token, ","))
            break;
        if (!foreign_advance(parser))
            return NULL;
    }
    return foreign_expect(parser, ")", "a ) is missing") ? call : NULL;
}

static struct foreign_node *parse_literal(struct foreign_parser *parser,
                                          enum foreign_kind kind)
{
    struct foreign_node *node = foreign_node_new(parser, kind, parser->token.at);
    if (node == NULL)
        return NULL;
    node->text = parser->token.text;
    return foreign_advance(parser) ? node : NULL;
}

static bool is_path(const struct foreign_parser *parser)
{
    const struct foreign_token *token = &parser->token;
    struct text rest =
        text_part(parser->source, parser->behind, parser->source.len - parser->behind);
    return parser->dialect == FOREIGN_XPATH &&
           (foreign_is(token, "..") || foreign_is(token, "/") ||
            (token->kind == FOREIGN_WORD &&
             !text_starts_with(text_trim(rest), TEXT("("))));
}

static struct foreign_node *parse_primary(struct foreign_parser *parser)
{
    const struct foreign_token *token = &parser->token;
    if (is_path(parser))
        return foreign_parse_path(parser);
    if (token->kind == FOREIGN_DIGITS)
        return parse_literal(parser, FOREIGN_NUMBER);
    if (token->kind == FOREIGN_QUOTED)
        return parse_literal(parser, FOREIGN_STRING);
    if (foreign_is(token, "("))
        return in_parentheses(parser);
    if (foreign_is(token, "not") || foreign_is(token, "!"))
        return parse_not(parser);
    if (parser->dialect == FOREIGN_REDCAP && foreign_is(token, "["))
        return foreign_parse_field(parser);
    if (token->kind == FOREIGN_WORD)
        return parse_call(parser);
    foreign_refuse(parser, token->at, "a value is missing");
    return NULL;
}

static struct foreign_node *binary(struct foreign_parser *parser,
                                   enum foreign_operation operation,
                                   struct foreign_node *left, size_t at)
{
    struct foreign_node *node = foreign_node_new(parser, FOREIGN_BINARY, at);
    if (node == NULL)
        return NULL;
    node->operation = operation;
    node->left = left;
    return node;
}

/* (a)^(b), once: what a^b^c and -a^b mean differs from system to system. */
static struct foreign_node *parse_power(struct foreign_parser *parser)
{
    struct foreign_node *base = parse_primary(parser);
    if (base == NULL || !foreign_is(&parser->token, "^"))
        return base;
    struct foreign_node *node = binary(parser, FOREIGN_POWER, base, parser->token.at);
    if (node == NULL || !foreign_advance(parser))
        return NULL;
    node->right = parse_primary(parser);
    if (node->right == NULL)
        return NULL;
    if (foreign_is(&parser->token, "^")) {
        foreign_refuse(parser, parser->token.at,
                       "a power of a power stands in no parentheses");
        return NULL;
    }
    return node;
}

static struct foreign_node *parse_sign(struct foreign_parser *parser)
{
    if (!foreign_is(&parser->token, "-"))
        return parse_power(parser);
    struct foreign_node *node =
        foreign_node_new(parser, FOREIGN_MINUS, parser->token.at);
    if (node == NULL || !foreign_advance(parser))
        return NULL;
    node->left = parse_primary(parser);
    if (node->left == NULL)
        return NULL;
    if (foreign_is(&parser->token, "^")) {
        foreign_refuse(parser, parser->token.at,
                       "a minus before a power can be read in two ways");
        return NULL;
    }
    return node;
}

static bool is_operator(const struct foreign_token *token, int level,
                        enum foreign_operation *out)
{
    static const struct {
        const char *sign;
        int level;
        enum foreign_operation operation;
    } known[] = {{"or", 0, FOREIGN_OR},   {"and", 1, FOREIGN_AND},
                 {"+", 2, FOREIGN_PLUS},  {"-", 2, FOREIGN_SUBTRACT},
                 {"*", 3, FOREIGN_TIMES}, {"/", 3, FOREIGN_DIVIDE}};
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (known[i].level == level && foreign_is(token, known[i].sign)) {
            *out = known[i].operation;
            return true;
        }
    return false;
}

typedef struct foreign_node *parse_function(struct foreign_parser *);

/* Operators of one level, from left to right. */
static struct foreign_node *parse_level(struct foreign_parser *parser, int level,
                                        parse_function *tighter)
{
    struct foreign_node *left = tighter(parser);
    enum foreign_operation operation;
    while (left != NULL && is_operator(&parser->token, level, &operation)) {
        left = binary(parser, operation, left, parser->token.at);
        if (left == NULL || !foreign_advance(parser))
            return NULL;
        left->right = tighter(parser);
        if (left->right == NULL)
            return NULL;
    }
    return left;
}

static struct foreign_node *parse_product(struct foreign_parser *parser)
{
    return parse_level(parser, 3, parse_sign);
}

static struct foreign_node *parse_sum(struct foreign_parser *parser)
{
    return parse_level(parser, 2, parse_product);
}

static struct foreign_node *parse_comparison(struct foreign_parser *parser)
{
    struct foreign_node *left = parse_sum(parser);
    enum foreign_operation operation;
    if (left == NULL || !foreign_comparison(&parser->token, &operation))
        return left;
    struct foreign_node *node = binary(parser, operation, left, parser->token.at);
    if (node == NULL || !foreign_advance(parser))
        return NULL;
    node->right = parse_sum(parser);
    if (node->right != NULL && foreign_comparison(&parser->token, &operation)) {
        foreign_refuse(parser, parser->token.at,
                       "a comparison of a comparison stands in no parentheses");
        return NULL;
    }
    return node->right == NULL ? NULL : node;
}

static struct foreign_node *parse_and(struct foreign_parser *parser)
{
    return parse_level(parser, 1, parse_comparison);
}

static struct foreign_node *parse_or(struct foreign_parser *parser)
{
    if (parser->depth++ == FOREIGN_DEPTH) {
        foreign_refuse(parser, parser->token.at, "the parentheses are too deep");
        return NULL;
    }
    struct foreign_node *node = parse_level(parser, 0, parse_and);
    parser->depth--;
    return node;
}

bool foreign_parse(enum foreign_dialect dialect, struct text source,
                   struct arena *scratch, struct foreign_node **out, struct error *err)
{
    struct foreign_parser parser = {
        .dialect = dialect, .source = source, .scratch = scratch, .err = err};
    if (!foreign_advance(&parser))
        return false;
    *out = parse_or(&parser);
    if (*out == NULL)
        return false;
    return parser.token.kind == FOREIGN_END ||
           foreign_refuse(&parser, parser.token.at,
                          "the expression goes on behind its end");
}

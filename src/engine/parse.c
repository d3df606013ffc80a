#include "engine/parse_parts.h"

#include "base/limits.h"

static struct node *parse_or(struct parser *parser);

/* ---- tokens and nodes ---- */

struct node *parse_fail(struct parser *parser, struct text sentence, struct text hint)
{
    if (parser->findings->total == 0)
        finding_add(parser->findings, parser->token.from, parser->token.to, sentence,
                    hint);
    return NULL;
}

void parse_advance(struct parser *parser)
{
    parser->behind = parser->token.to;
    parser->token = lexer_next(&parser->lexer);
}

struct token parse_peek(const struct parser *parser)
{
    struct lexer ahead = parser->lexer;
    ahead.findings = NULL;
    return lexer_next(&ahead);
}

bool parse_take(struct parser *parser, const char *word_or_sign)
{
    if (!token_is(&parser->token, word_or_sign))
        return false;
    parse_advance(parser);
    return true;
}

static struct text token_name(const struct token *token)
{
    return token->kind == TOKEN_END ? TEXT("the end") : token->text;
}

bool parse_expect(struct parser *parser, const char *word_or_sign)
{
    if (parse_take(parser, word_or_sign))
        return true;
    struct text name = token_name(&parser->token);
    parse_fail(parser,
               text_format(parser->arena, "\"%s\" is expected here, not %.*s",
                           word_or_sign, TEXT_ARG(name)),
               TEXT(""));
    return false;
}

struct node *parse_node(struct parser *parser, enum node_kind kind, size_t from)
{
    if (++parser->node_count > LIMIT_RULE_NODES)
        return parse_fail(parser, TEXT("the expression has more than 4000 parts"),
                          TEXT("divide it into derived items"));
    struct node *node = ARENA_NEW(parser->arena, struct node);
    *node = (struct node){.kind = kind,
                          .from = from,
                          .to = parser->token.to,
                          .unit = unit_one(),
                          .subject = -1,
                          .form = -1,
                          .group = -1,
                          .event = -1,
                          .scan = -1};
    return node;
}

static int deeper(int depth, const struct node *child)
{
    return child != NULL && child->depth > depth ? child->depth : depth;
}

struct node *parse_done(struct parser *parser, struct node *node)
{
    int depth = deeper(deeper(deeper(0, node->a), node->b), node->c);
    depth = deeper(deeper(depth, node->where), node->by);
    for (size_t i = 0; i < node->list_count; i++)
        depth = deeper(depth, node->list[i]);
    node->depth = depth + 1;
    if (node->depth > LIMIT_RULE_DEPTH)
        return parse_fail(parser, TEXT("the expression is nested deeper than 100"),
                          TEXT("divide it into derived items, or use \"in (…)\""));
    return node;
}

static struct node *pair(struct parser *parser, enum node_kind kind, struct node *a,
                         struct node *b)
{
    if (a == NULL || b == NULL)
        return NULL;
    struct node *node = parse_node(parser, kind, a->from);
    if (node == NULL)
        return NULL;
    node->a = a;
    node->b = b;
    node->to = b->to;
    return parse_done(parser, node);
}

static struct node *parse_over(struct parser *parser, enum node_kind kind,
                               struct node *a, size_t from)
{
    struct node *node = a == NULL ? NULL : parse_node(parser, kind, from);
    if (node == NULL)
        return NULL;
    node->a = a;
    node->to = a->to;
    return parse_done(parser, node);
}

struct text parse_unquoted(struct parser *parser, const struct token *token)
{
    char quote = token->text.at[0];
    struct text inner = text_part(token->text, 1, token->text.len - 2);
    if (text_find(inner, quote) == inner.len)
        return inner;
    char *copy = arena_alloc(parser->arena, inner.len);
    size_t len = 0;
    for (size_t i = 0; i < inner.len; i++) {
        copy[len++] = inner.at[i];
        if (inner.at[i] == quote)
            i++;
    }
    return (struct text){.at = copy, .len = len};
}

/* ---- arithmetic ---- */

/* Inside a "let" a sign at the start of a line begins the next expression. */
static bool is_operator(const struct parser *parser, const char *sign)
{
    return token_is(&parser->token, sign) &&
           !(parser->parentheses == 0 && parser->token.is_on_new_line &&
             parser->token.text.at[0] == '-');
}

static struct node *parse_unary(struct parser *parser);

static struct node *parse_power(struct parser *parser)
{
    struct node *base = parse_primary(parser);
    if (base != NULL && parse_take(parser, "^"))
        return pair(parser, NODE_POWER, base, parse_unary(parser));
    return base;
}

static struct node *parse_unary(struct parser *parser)
{
    size_t from = parser->token.from;
    if (!token_is(&parser->token, "-"))
        return parse_power(parser);
    if (parser->depth >= LIMIT_RULE_DEPTH)
        return parse_fail(parser, TEXT("the expression is nested deeper than 100"),
                          TEXT(""));
    parse_advance(parser);
    parser->depth++;
    struct node *node = parse_over(parser, NODE_NEGATE, parse_unary(parser), from);
    parser->depth--;
    return node;
}

static struct node *parse_product(struct parser *parser)
{
    struct node *left = parse_unary(parser);
    while (left != NULL) {
        enum node_kind kind =
            token_is(&parser->token, "*") ? NODE_MULTIPLY : NODE_DIVIDE;
        if (!parse_take(parser, "*") && !parse_take(parser, "/"))
            break;
        left = pair(parser, kind, left, parse_unary(parser));
    }
    return left;
}

static struct node *parse_sum(struct parser *parser)
{
    struct node *left = parse_product(parser);
    while (left != NULL) {
        bool is_minus = is_operator(parser, "-");
        if (!is_minus && !is_operator(parser, "+"))
            break;
        parse_advance(parser);
        left = pair(parser, is_minus ? NODE_SUBTRACT : NODE_ADD, left,
                    parse_product(parser));
    }
    return left;
}

/* "in" is under the cursor: a unit follows, or a list, which is a comparison. */
static struct node *parse_conversion(struct parser *parser, struct node *a)
{
    struct node *node = parse_node(parser, NODE_CONVERT, a->from);
    if (node == NULL)
        return NULL;
    size_t from = parser->token.to;
    while (from < parser->lexer.source.len && parser->lexer.source.at[from] == ' ')
        from++;
    struct text code = lexer_unit_at(&parser->lexer, from, true);
    parser->token.to = from + code.len;
    if (text_is_absent(code) || !unit_parse(code, &node->unit, NULL))
        return parse_fail(parser,
                          TEXT("behind \"in\" a known unit or a list is expected"),
                          finding_did_you_mean(parser->arena, unit_nearest(code)));
    node->a = a;
    node->has_unit = true;
    node->to = from + code.len;
    lexer_skip_to(&parser->lexer, node->to);
    parse_advance(parser);
    return parse_done(parser, node);
}

static bool is_membership(const struct parser *parser)
{
    struct token next = parse_peek(parser);
    return token_is(&next, "(");
}

/* Sum, with "in UNIT" and "otherwise": what stands on a side of a comparison. */
static struct node *operand(struct parser *parser)
{
    struct node *left = parse_sum(parser);
    while (left != NULL) {
        if (token_is(&parser->token, "in") && !is_membership(parser)) {
            left = parse_conversion(parser, left);
        } else if (parse_take(parser, "otherwise")) {
            left = pair(parser, NODE_OTHERWISE, left, parse_sum(parser));
        } else {
            break;
        }
    }
    return left;
}

/* ---- comparisons ---- */

static bool comparison_of(const struct token *token, enum comparison *out)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    for (int i = 0; i < (int)ARRAY_COUNT(signs); i++) {
        if (token_is(token, signs[i])) {
            *out = (enum comparison)i;
            return true;
        }
    }
    return false;
}

static struct node *compare(struct parser *parser, struct node *a,
                            enum comparison comparison, struct node *b)
{
    struct node *node = pair(parser, NODE_COMPARE, a, b);
    if (node != NULL)
        node->value = (int)comparison;
    return node;
}

/* A <= B <= C: A <= B and B <= C. */
static struct node *parse_chain(struct parser *parser, struct node *left)
{
    struct node *whole = NULL;
    enum comparison comparison;
    while (left != NULL && comparison_of(&parser->token, &comparison)) {
        parse_advance(parser);
        struct node *right = operand(parser);
        struct node *link = compare(parser, left, comparison, right);
        whole = whole == NULL ? link : pair(parser, NODE_AND, whole, link);
        if (whole == NULL)
            return NULL;
        left = right;
    }
    return whole == NULL ? left : whole;
}

/* "(" member {"," member} ")": into the node's list. */
static bool list(struct parser *parser, struct node *node)
{
    struct node **members = ARENA_ARRAY(parser->arena, struct node *, LIMIT_RULE_LIST);
    if (!parse_expect(parser, "("))
        return false;
    parser->parentheses++;
    do {
        if (node->list_count == LIMIT_RULE_LIST) {
            parse_fail(parser, TEXT("the list has more than 200 members"), TEXT(""));
            return false;
        }
        members[node->list_count] = operand(parser);
        if (members[node->list_count] == NULL)
            return false;
        node->list_count++;
    } while (parse_take(parser, ","));
    parser->parentheses--;
    node->list = members;
    node->to = parser->token.to;
    return parse_expect(parser, ")");
}

static struct node *parse_membership(struct parser *parser, struct node *left)
{
    struct node *node = parse_node(parser, NODE_IN, left->from);
    if (node == NULL)
        return NULL;
    node->a = left;
    return list(parser, node) ? parse_done(parser, node) : NULL;
}

static struct node *parse_between(struct parser *parser, struct node *left)
{
    struct node *low = operand(parser);
    if (low == NULL || !parse_expect(parser, "and"))
        return NULL;
    struct node *high = operand(parser);
    return pair(parser, NODE_AND, compare(parser, left, IS_AT_LEAST, low),
                compare(parser, left, IS_AT_MOST, high));
}

static bool is_name(const struct token *token, const char *name)
{
    return token->kind == TOKEN_NAME && text_equal(token->text, text_of(name));
}

static struct node *parse_has(struct parser *parser, struct node *left)
{
    struct node *node = parse_node(parser, NODE_HAS, left->from);
    if (node == NULL)
        return NULL;
    node->a = left;
    node->value = is_name(&parser->token, "any")   ? HAS_ANY
                  : is_name(&parser->token, "all") ? HAS_ALL
                                                   : HAS_ONE;
    if (node->value == HAS_ONE) {
        node->list = ARENA_ARRAY(parser->arena, struct node *, 1);
        node->list[0] = operand(parser);
        node->list_count = 1;
        if (node->list[0] == NULL)
            return NULL;
        node->to = node->list[0]->to;
        return parse_done(parser, node);
    }
    parse_advance(parser);
    return list(parser, node) ? parse_done(parser, node) : NULL;
}

/* To the end of its word, which stands behind what it is about. */
static struct node *is_node(struct parser *parser, struct node *a, enum is_kind kind)
{
    struct node *node = parse_over(parser, NODE_IS, a, a == NULL ? 0 : a->from);
    if (node == NULL)
        return NULL;
    node->value = (int)kind;
    if (parser->behind > node->to)
        node->to = parser->behind;
    return node;
}

static struct node *negated(struct parser *parser, struct node *a, bool is_negated)
{
    return is_negated && a != NULL ? parse_over(parser, NODE_NOT, a, a->from) : a;
}

/* Behind "is missing": a reason, or none. */
static struct node *parse_missing(struct parser *parser, struct node *left)
{
    struct node *node = is_node(parser, left, IS_MISSING);
    if (node != NULL && parser->token.kind == TOKEN_TEXT) {
        node->text = parse_unquoted(parser, &parser->token);
        node->to = parser->token.to;
        parse_advance(parser);
    }
    return node;
}

static struct node *parse_is(struct parser *parser, struct node *left)
{
    bool is_not = parse_take(parser, "not");
    struct node *node;
    if (parse_take(parser, "empty"))
        node = is_node(parser, left, IS_EMPTY);
    else if (parse_take(parser, "filled"))
        node = is_node(parser, left, IS_FILLED);
    else if (parse_take(parser, "absent"))
        node = is_node(parser, left, IS_ABSENT);
    else if (parse_take(parser, "known"))
        node = is_node(parser, left, IS_KNOWN);
    else if (parse_take(parser, "unknown"))
        node = negated(parser, is_node(parser, left, IS_KNOWN), true);
    else if (parse_take(parser, "missing"))
        node = parse_missing(parser, left);
    else if (parse_take(parser, "in"))
        node = is_node(parser, parse_membership(parser, left), IS_SURELY);
    else
        node = is_node(parser, compare(parser, left, IS_EQUAL, operand(parser)),
                       IS_SURELY);
    return negated(parser, node, is_not);
}

static struct node *parse_comparison(struct parser *parser)
{
    struct node *left = operand(parser);
    if (left == NULL)
        return NULL;
    if (parse_take(parser, "is"))
        return parse_is(parser, left);
    if (parse_take(parser, "between"))
        return parse_between(parser, left);
    if (parse_take(parser, "has"))
        return parse_has(parser, left);
    if (parse_take(parser, "in"))
        return parse_membership(parser, left);
    if (parse_take(parser, "not")) {
        if (!parse_expect(parser, "in"))
            return NULL;
        return negated(parser, parse_membership(parser, left), true);
    }
    return parse_chain(parser, left);
}

/* ---- truths ---- */

static struct node *parse_not(struct parser *parser)
{
    size_t from = parser->token.from;
    if (!token_is(&parser->token, "not"))
        return parse_comparison(parser);
    if (parser->depth >= LIMIT_RULE_DEPTH)
        return parse_fail(parser, TEXT("the expression is nested deeper than 100"),
                          TEXT(""));
    parse_advance(parser);
    parser->depth++;
    struct node *node = parse_over(parser, NODE_NOT, parse_not(parser), from);
    parser->depth--;
    return node;
}

static struct node *parse_and(struct parser *parser)
{
    struct node *left = parse_not(parser);
    while (left != NULL && parse_take(parser, "and"))
        left = pair(parser, NODE_AND, left, parse_not(parser));
    return left;
}

static struct node *parse_or(struct parser *parser)
{
    struct node *left = parse_and(parser);
    while (left != NULL && parse_take(parser, "or"))
        left = pair(parser, NODE_OR, left, parse_and(parser));
    return left;
}

static struct node *parse_if(struct parser *parser)
{
    struct node *node = parse_node(parser, NODE_IF, parser->token.from);
    parse_advance(parser);
    if (node == NULL || (node->a = parse_or(parser)) == NULL ||
        !parse_expect(parser, "then") || (node->b = parse_expression(parser)) == NULL)
        return NULL;
    if (!token_is(&parser->token, "else"))
        return parse_fail(parser, TEXT("\"if\" needs an \"else\""),
                          TEXT("write \"else nothing\" when there is no other value"));
    parse_advance(parser);
    node->c = parse_expression(parser);
    if (node->c == NULL)
        return NULL;
    node->to = node->c->to;
    return parse_done(parser, node);
}

struct node *parse_expression(struct parser *parser)
{
    if (parser->depth >= LIMIT_RULE_DEPTH)
        return parse_fail(parser, TEXT("the expression is nested deeper than 100"),
                          TEXT("divide it into derived items"));
    parser->depth++;
    struct node *node =
        token_is(&parser->token, "if") ? parse_if(parser) : parse_or(parser);
    parser->depth--;
    return node;
}

/* ---- the whole ---- */

static bool parse_let(struct parser *parser)
{
    struct syntax *syntax = parser->syntax;
    struct token name = parser->token;
    if (name.kind != TOKEN_NAME) {
        parse_fail(parser, TEXT("behind \"let\" a new name is expected"), TEXT(""));
        return false;
    }
    if (syntax->local_count == LIMIT_RULE_LOCALS) {
        parse_fail(parser, TEXT("there are more than 32 names by \"let\""), TEXT(""));
        return false;
    }
    parse_advance(parser);
    if (!parse_expect(parser, "="))
        return false;
    struct node *value = parse_expression(parser);
    if (value == NULL)
        return false;
    if (!parse_take(parser, ";") && !parser->token.is_on_new_line) {
        parse_fail(parser, TEXT("\"let\" ends with its line, or with \";\""), TEXT(""));
        return false;
    }
    syntax->locals[syntax->local_count++] =
        (struct syntax_local){.name = name.text, .value = value};
    return true;
}

bool parse_source(struct text source, struct arena *arena, struct syntax *out,
                  struct findings *findings)
{
    struct parser parser = {.arena = arena, .findings = findings, .syntax = out};
    *out = (struct syntax){0};
    if (!lexer_begin(&parser.lexer, source, findings))
        return false;
    parse_advance(&parser);
    while (parse_take(&parser, "let"))
        if (!parse_let(&parser))
            return false;
    out->result = parse_expression(&parser);
    if (out->result != NULL && parser.token.kind != TOKEN_END)
        parse_fail(&parser,
                   text_format(arena, "the expression ends before %.*s",
                               TEXT_ARG(parser.token.text)),
                   TEXT("an operator or a parenthesis is missing"));
    return findings->total == 0;
}

#include "engine/parse_parts.h"

#include "base/limits.h"

/* ---- literals ---- */

/* A unit may stand behind the number, on the same line: what could be no operator. */
static struct text unit_behind(const struct parser *parser, size_t *from)
{
    struct text source = parser->lexer.source;
    *from = parser->token.to;
    while (*from < source.len && source.at[*from] == ' ')
        ++*from;
    char byte = *from < source.len ? source.at[*from] : ' ';
    bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    bool is_digit = byte >= '0' && byte <= '9';
    bool is_bracket = byte == '[' || byte == '{' || byte == '%';
    if (!is_letter && !is_digit && !is_bracket && byte != '/')
        return (struct text){0};
    return lexer_unit_at(&parser->lexer, *from, byte != '/');
}

static struct node *parse_number(struct parser *parser)
{
    struct node *node = parse_node(parser, NODE_NUMBER, parser->token.from);
    if (node == NULL)
        return NULL;
    if (decimal_parse(parser->token.text, &node->number, NULL) != DECIMAL_OK)
        return parse_fail(parser, TEXT("a number has at most 18 digits"), TEXT(""));
    size_t from;
    struct text code = unit_behind(parser, &from);
    if (!text_is_absent(code)) {
        bool is_apart = from > parser->token.to;
        parser->token.to = from + code.len;
        if (!is_apart)
            return parse_fail(
                parser, TEXT("a space is missing between the number and its unit"),
                TEXT(""));
        if (!unit_parse(code, &node->unit, NULL))
            return parse_fail(parser,
                              text_format(parser->arena, "the unit %.*s is not known",
                                          TEXT_ARG(code)),
                              finding_did_you_mean(parser->arena, unit_nearest(code)));
        node->has_unit = true;
        node->to = from + code.len;
        lexer_skip_to(&parser->lexer, node->to);
    }
    parse_advance(parser);
    return parse_done(parser, node);
}

static struct node *parse_text(struct parser *parser)
{
    struct node *node = parse_node(parser, NODE_TEXT, parser->token.from);
    if (node == NULL)
        return NULL;
    node->text = parse_unquoted(parser, &parser->token);
    parse_advance(parser);
    return parse_done(parser, node);
}

/* date 2025-11-22, time 2025-11-22T08:00+08:00; the word is under the cursor. */
static struct node *parse_moment(struct parser *parser, bool is_time)
{
    struct node *node = parse_node(parser, NODE_MOMENT, parser->token.from);
    struct token digits = parse_peek(parser);
    struct text written = lexer_moment_at(&parser->lexer, digits.from);
    if (node == NULL)
        return NULL;
    if (!moment_parse(written, &node->moment, NULL) ||
        is_time != (node->moment.precision >= MOMENT_MINUTE))
        return parse_fail(parser,
                          is_time ? TEXT("this is no time that exists")
                                  : TEXT("this is no date that exists"),
                          is_time ? TEXT("write time 2025-11-22T08:00+08:00")
                                  : TEXT("write date 2025-11-22, or a part: 2025-11"));
    node->to = digits.from + written.len;
    lexer_skip_to(&parser->lexer, node->to);
    parse_advance(parser);
    return parse_done(parser, node);
}

/* ---- names ---- */

static bool is_name_token(const struct token *token)
{
    return token->kind == TOKEN_NAME || token->kind == TOKEN_QUOTED;
}

static struct text take_name(struct parser *parser)
{
    struct text name = parser->token.kind == TOKEN_QUOTED
                           ? parse_unquoted(parser, &parser->token)
                           : parser->token.text;
    parse_advance(parser);
    return name;
}

static bool parse_event(struct parser *parser, struct node *node)
{
    node->has_at = true;
    node->to = parser->token.to;
    if (parse_take(parser, "this")) {
        node->is_at_this_event = true;
        node->to = parser->token.to;
        if (parser->token.kind == TOKEN_NAME &&
            text_equal(parser->token.text, TEXT("event"))) {
            parse_advance(parser);
            return true;
        }
        parse_fail(parser, TEXT("behind \"at this\" the word event is expected"),
                   TEXT(""));
        return false;
    }
    if (!is_name_token(&parser->token)) {
        parse_fail(parser, TEXT("behind \"at\" an event is expected"),
                   TEXT("write: at BL, or: at this event"));
        return false;
    }
    node->at = take_name(parser);
    return true;
}

static struct node *parse_name(struct parser *parser)
{
    struct node *node = parse_node(parser, NODE_NAME, parser->token.from);
    if (node == NULL)
        return NULL;
    if (parse_take(parser, "this")) {
        node->is_this = true;
        if (!parse_expect(parser, "."))
            return NULL;
    }
    for (int part = 0; part < 2; part++) {
        if (!is_name_token(&parser->token))
            return parse_fail(parser, TEXT("a name is expected here"), TEXT(""));
        node->to = parser->token.to;
        *(part == 0 ? &node->first : &node->second) = take_name(parser);
        if (part == 1 || !token_is(&parser->token, "."))
            break;
        parse_advance(parser);
    }
    if (parse_take(parser, "at") && !parse_event(parser, node))
        return NULL;
    return parse_done(parser, node);
}

/* ---- aggregates ---- */

static const struct {
    const char *name;
    enum loop_kind kind;
} loops[] = {
    {"count", LOOP_COUNT}, {"any", LOOP_ANY},           {"registered", LOOP_ANY},
    {"all", LOOP_ALL},     {"sum", LOOP_SUM},           {"average", LOOP_AVERAGE},
    {"min", LOOP_MINIMUM}, {"max", LOOP_MAXIMUM},       {"first", LOOP_FIRST},
    {"last", LOOP_LAST},   {"previous", LOOP_PREVIOUS}, {"next", LOOP_NEXT},
    {"nth", LOOP_NTH},
};

/* A loop's name: "count", "first" …; false when it is none. */
static bool loop_kind_of(struct text name, enum loop_kind *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(loops); i++) {
        if (text_equal(name, text_of(loops[i].name))) {
            *out = loops[i].kind;
            return true;
        }
    }
    return false;
}

/* One of "here", "everywhere", "where C", "by X", "have C"; false: none, or a finding. */
static bool parse_modifier(struct parser *parser, struct node *node)
{
    if (parse_take(parser, "here")) {
        node->reach = REACH_HERE;
        return true;
    }
    if (parse_take(parser, "everywhere")) {
        node->reach = REACH_EVERYWHERE;
        return true;
    }
    struct node **place = NULL;
    if (parse_take(parser, "where"))
        place = &node->where;
    else if (parse_take(parser, "by"))
        place = &node->by;
    else if (parse_take(parser, "have"))
        place = &node->b;
    if (place == NULL)
        return false;
    if (*place != NULL) {
        parse_fail(parser, TEXT("this is said twice"), TEXT(""));
        return false;
    }
    *place = parse_expression(parser);
    return *place != NULL;
}

/* Behind "(": source, or expression "over" source; modifiers; ")". */
static struct node *parse_loop_rest(struct parser *parser, struct node *node,
                                    struct node *first)
{
    node->a = first;
    if (parse_take(parser, "over")) {
        node->b = first;
        node->a = parse_name(parser);
    }
    if (node->a == NULL)
        return NULL;
    if (node->a->kind != NODE_NAME) {
        parser->token.from = node->a->from;
        parser->token.to = node->a->to;
        return parse_fail(parser,
                          TEXT("a form, a repeating group or an item is expected here"),
                          TEXT("to compute over rows write: sum(A * B over GROUP)"));
    }
    while (parse_modifier(parser, node))
        continue;
    if (parser->findings->total > 0)
        return NULL;
    node->to = parser->token.to;
    return parse_expect(parser, ")") ? parse_done(parser, node) : NULL;
}

static struct node *parse_arguments(struct parser *parser, struct node *node,
                                    struct node *first);

static struct node *parse_loop(struct parser *parser, struct node *node,
                               enum loop_kind kind)
{
    node->kind = NODE_LOOP;
    node->value = (int)kind;
    struct node *first = parse_expression(parser);
    if (first == NULL)
        return NULL;
    if (kind == LOOP_NTH) {
        node->c = first;
        if (!parse_expect(parser, ",") || (first = parse_expression(parser)) == NULL)
            return NULL;
    } else if ((kind == LOOP_MINIMUM || kind == LOOP_MAXIMUM) &&
               token_is(&parser->token, ",")) {
        node->kind = NODE_CALL;
        return parse_arguments(parser, node, first);
    }
    return parse_loop_rest(parser, node, first);
}

/* ---- calls ---- */

/* `first` (or NULL) has been read; up to and with ")". */
static struct node *parse_arguments(struct parser *parser, struct node *node,
                                    struct node *first)
{
    enum { ARGUMENTS = 20 };
    node->list = ARENA_ARRAY(parser->arena, struct node *, ARGUMENTS);
    if (first != NULL)
        node->list[node->list_count++] = first;
    while (first == NULL ? !token_is(&parser->token, ")") : parse_take(parser, ",")) {
        if (node->list_count == ARGUMENTS)
            return parse_fail(parser, TEXT("too many arguments"), TEXT(""));
        first = parse_expression(parser);
        if (first == NULL)
            return NULL;
        node->list[node->list_count++] = first;
    }
    node->to = parser->token.to;
    return parse_expect(parser, ")") ? parse_done(parser, node) : NULL;
}

/* NAME "(": an aggregate or a function; both words stand before the cursor. */
static struct node *parse_call(struct parser *parser)
{
    struct node *node = parse_node(parser, NODE_CALL, parser->token.from);
    if (node == NULL)
        return NULL;
    node->text = parser->token.text;
    parse_advance(parser);
    parse_advance(parser);
    parser->parentheses++;
    enum loop_kind kind;
    node = loop_kind_of(node->text, &kind) ? parse_loop(parser, node, kind)
                                           : parse_arguments(parser, node, NULL);
    parser->parentheses--;
    return node;
}

static bool is_call(const struct parser *parser)
{
    struct token next = parse_peek(parser);
    return parser->token.kind == TOKEN_NAME && token_is(&next, "(") &&
           !next.is_on_new_line;
}

static bool is_moment(const struct parser *parser, const char *word)
{
    return text_equal(parser->token.text, text_of(word)) &&
           parse_peek(parser).kind == TOKEN_NUMBER;
}

/* ---- all together ---- */

static struct node *parse_parenthesis(struct parser *parser)
{
    size_t from = parser->token.from;
    parse_advance(parser);
    parser->parentheses++;
    struct node *node = parse_expression(parser);
    if (node == NULL)
        return NULL;
    node->from = from;
    node->to = parser->token.to;
    parser->parentheses--;
    return parse_expect(parser, ")") ? node : NULL;
}

static const struct {
    const char *word;
    enum node_kind kind;
    int value;
} words[] = {
    {"yes", NODE_TRUTH, TRUTH_YES},
    {"no", NODE_TRUTH, TRUTH_NO},
    {"unknown", NODE_TRUTH, TRUTH_UNKNOWN},
    {"nothing", NODE_NOTHING, 0},
    {"now", NODE_NOW, 0},
    {"today", NODE_TODAY, 0},
};

static struct node *parse_word(struct parser *parser)
{
    if (token_is(&parser->token, "this"))
        return parse_name(parser);
    for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
        if (!token_is(&parser->token, words[i].word))
            continue;
        struct node *node = parse_node(parser, words[i].kind, parser->token.from);
        if (node == NULL)
            return NULL;
        node->value = words[i].value;
        parse_advance(parser);
        return parse_done(parser, node);
    }
    struct text word = parser->token.text;
    return parse_fail(
        parser,
        text_format(parser->arena, "a value is expected here, not \"%.*s\"",
                    TEXT_ARG(word)),
        token_is(&parser->token, "if") ? TEXT("put parentheses around the \"if\"")
                                       : TEXT(""));
}

struct node *parse_primary(struct parser *parser)
{
    switch (parser->token.kind) {
    case TOKEN_NUMBER: return parse_number(parser);
    case TOKEN_TEXT: return parse_text(parser);
    case TOKEN_QUOTED: return parse_name(parser);
    case TOKEN_WORD: return parse_word(parser);
    case TOKEN_NAME:
        if (is_moment(parser, "date") || is_moment(parser, "time"))
            return parse_moment(parser, text_equal(parser->token.text, TEXT("time")));
        return is_call(parser) ? parse_call(parser) : parse_name(parser);
    case TOKEN_SIGN:
        if (token_is(&parser->token, "("))
            return parse_parenthesis(parser);
        break;
    case TOKEN_END:
        return parse_fail(parser, TEXT("the expression ends too early"), TEXT(""));
    case TOKEN_BAD: return NULL;
    }
    return parse_fail(parser,
                      text_format(parser->arena, "a value is expected here, not %.*s",
                                  TEXT_ARG(parser->token.text)),
                      TEXT(""));
}

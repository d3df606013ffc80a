#include "engine/lexer.h"

#include "base/limits.h"
#include "base/unit.h"
#include "base/utf8.h"

#include <string.h>

static const char *const reserved[] = {
    "if",   "then", "else",    "or",         "and",     "not",    "in",       "between",
    "has",  "is",   "empty",   "filled",     "missing", "absent", "known",    "unknown",
    "yes",  "no",   "nothing", "now",        "today",   "where",  "by",       "at",
    "this", "here", "have",    "everywhere", "over",    "let",    "otherwise"};

static bool is_reserved(struct text word)
{
    for (size_t i = 0; i < ARRAY_COUNT(reserved); i++)
        if (text_equal(word, text_of(reserved[i])))
            return true;
    return false;
}

bool lexer_begin(struct lexer *lexer, struct text source, struct findings *findings)
{
    size_t at = 0;
    *lexer = (struct lexer){.source = source, .findings = findings};
    if (source.len > LIMIT_RULE_BYTES)
        return finding_add(findings, LIMIT_RULE_BYTES, source.len,
                           TEXT("the expression is longer than 16384 bytes"),
                           TEXT("divide it into derived items"));
    if (!utf8_is_printable(source, &at))
        return finding_add(findings, at, at + 1,
                           TEXT("a byte that is no printable text (UTF-8)"), TEXT(""));
    return true;
}

static char byte_at(const struct lexer *lexer, size_t i)
{
    return i < lexer->source.len ? lexer->source.at[i] : '\0';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* True when a line feed was passed. */
static bool skip_space(struct lexer *lexer)
{
    bool is_on_new_line = false;
    for (;;) {
        char byte = byte_at(lexer, lexer->i);
        if (byte == '-' && byte_at(lexer, lexer->i + 1) == '-') {
            while (lexer->i < lexer->source.len && byte_at(lexer, lexer->i) != '\n')
                lexer->i++;
            continue;
        }
        if (!is_space(byte))
            return is_on_new_line;
        is_on_new_line = is_on_new_line || byte == '\n';
        lexer->i++;
    }
}

static enum token_kind take_word(struct lexer *lexer)
{
    size_t from = lexer->i;
    while (is_letter(byte_at(lexer, lexer->i)) || is_digit(byte_at(lexer, lexer->i)))
        lexer->i++;
    struct text word = text_part(lexer->source, from, lexer->i - from);
    return is_reserved(word) ? TOKEN_WORD : TOKEN_NAME;
}

static enum token_kind take_number(struct lexer *lexer)
{
    while (is_digit(byte_at(lexer, lexer->i)))
        lexer->i++;
    if (byte_at(lexer, lexer->i) == '.' && is_digit(byte_at(lexer, lexer->i + 1))) {
        lexer->i++;
        while (is_digit(byte_at(lexer, lexer->i)))
            lexer->i++;
    }
    return TOKEN_NUMBER;
}

/* A quote inside is doubled. */
static enum token_kind take_quoted(struct lexer *lexer, char quote)
{
    size_t from = lexer->i++;
    for (; lexer->i < lexer->source.len; lexer->i++) {
        if (byte_at(lexer, lexer->i) != quote)
            continue;
        lexer->i++;
        if (byte_at(lexer, lexer->i) != quote)
            return quote == '\'' ? TOKEN_TEXT : TOKEN_QUOTED;
    }
    finding_add(lexer->findings, from, lexer->i, TEXT("the quote is not closed"),
                TEXT(""));
    return TOKEN_BAD;
}

static enum token_kind take_sign(struct lexer *lexer)
{
    static const char two[][3] = {"<>", "<=", ">="};
    struct text rest = text_part(lexer->source, lexer->i, 2);
    for (size_t i = 0; i < ARRAY_COUNT(two); i++) {
        if (text_equal(rest, text_of(two[i]))) {
            lexer->i += 2;
            return TOKEN_SIGN;
        }
    }
    if (strchr("(),;.+-*/^=<>", byte_at(lexer, lexer->i)) != NULL) {
        lexer->i++;
        return TOKEN_SIGN;
    }
    finding_add(lexer->findings, lexer->i, lexer->i + 1,
                TEXT("a character that the language does not use"),
                TEXT("texts and codes stand in 'single quotes'"));
    return TOKEN_BAD;
}

struct token lexer_next(struct lexer *lexer)
{
    struct token token = {.is_on_new_line = skip_space(lexer)};
    char byte = byte_at(lexer, lexer->i);
    token.from = lexer->i;
    if (lexer->i >= lexer->source.len)
        token.kind = TOKEN_END;
    else if (is_letter(byte))
        token.kind = take_word(lexer);
    else if (is_digit(byte))
        token.kind = take_number(lexer);
    else if (byte == '\'' || byte == '"')
        token.kind = take_quoted(lexer, byte);
    else
        token.kind = take_sign(lexer);
    token.to = lexer->i;
    token.text = text_part(lexer->source, token.from, token.to - token.from);
    return token;
}

bool token_is(const struct token *token, const char *word_or_sign)
{
    return (token->kind == TOKEN_WORD || token->kind == TOKEN_SIGN) &&
           text_equal(token->text, text_of(word_or_sign));
}

struct text lexer_unit_at(const struct lexer *lexer, size_t from, bool is_certain)
{
    size_t i = from;
    int depth = 0;
    for (; i < lexer->source.len; i++) {
        char byte = lexer->source.at[i];
        if (is_space(byte))
            break;
        if (byte == '[' || byte == '{' || byte == '(')
            depth++;
        if (depth == 0 && strchr("),;=<>+'\"", byte) != NULL)
            break;
        if (byte == ']' || byte == '}' || byte == ')')
            depth--;
    }
    struct text unit = text_part(lexer->source, from, i - from);
    struct unit_of_measure known;
    bool is_none = unit.len == 0 || is_reserved(unit) ||
                   (!is_certain && !unit_parse(unit, &known, NULL));
    return is_none ? (struct text){0} : unit;
}

void lexer_skip_to(struct lexer *lexer, size_t at)
{
    lexer->i = at;
}

struct text lexer_moment_at(const struct lexer *lexer, size_t from)
{
    size_t i = from;
    while (is_digit(byte_at(lexer, i)) ||
           (byte_at(lexer, i) != '\0' && strchr("-:T+.Z", byte_at(lexer, i)) != NULL))
        i++;
    return text_part(lexer->source, from, i - from);
}

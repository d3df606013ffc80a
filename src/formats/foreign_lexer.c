#include "formats/foreign_lexer.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* XPath has hyphens and points within names; in REDCap they are signs. */
static size_t word_end(enum foreign_dialect dialect, struct text source, size_t at)
{
    while (at < source.len && (is_letter(source.at[at]) || is_digit(source.at[at]) ||
                               (dialect == FOREIGN_XPATH &&
                                (source.at[at] == '-' || source.at[at] == '.'))))
        at++;
    return at;
}

static size_t digits_end(struct text source, size_t at)
{
    while (at < source.len && is_digit(source.at[at]))
        at++;
    if (at + 1 < source.len && source.at[at] == '.' && is_digit(source.at[at + 1]))
        for (at++; at < source.len && is_digit(source.at[at]);)
            at++;
    return at;
}

static bool refuse(struct error *err, size_t at, const char *sentence)
{
    error_set(err, ERROR_REFUSED, "%s", sentence);
    err->at = at;
    return false;
}

static bool quoted(struct text source, size_t at, struct foreign_token *out,
                   size_t *behind, struct error *err)
{
    struct text inside = text_part(source, at + 1, source.len - at - 1);
    size_t len = text_find(inside, source.at[at]);
    if (len == inside.len)
        return refuse(err, at, "the quotation mark is never closed");
    out->kind = FOREIGN_QUOTED;
    out->text = text_part(inside, 0, len);
    *behind = at + len + 2;
    return true;
}

/* Longer signs first. */
static const struct text signs[] = {
    TEXT_INIT("<="), TEXT_INIT(">="), TEXT_INIT("<>"), TEXT_INIT("!="), TEXT_INIT(".."),
    TEXT_INIT("="),  TEXT_INIT("<"),  TEXT_INIT(">"),  TEXT_INIT("+"),  TEXT_INIT("-"),
    TEXT_INIT("*"),  TEXT_INIT("/"),  TEXT_INIT("^"),  TEXT_INIT("("),  TEXT_INIT(")"),
    TEXT_INIT("["),  TEXT_INIT("]"),  TEXT_INIT(","),  TEXT_INIT("@"),  TEXT_INIT("!")};

static bool sign(struct text source, size_t at, struct foreign_token *out,
                 size_t *behind, struct error *err)
{
    struct text rest = text_part(source, at, source.len - at);
    for (size_t i = 0; i < ARRAY_COUNT(signs); i++)
        if (text_starts_with(rest, signs[i])) {
            out->kind = FOREIGN_SIGN;
            out->text = signs[i];
            *behind = at + signs[i].len;
            return true;
        }
    return refuse(err, at, "this sign is not understood");
}

bool foreign_token(enum foreign_dialect dialect, struct text source, size_t at,
                   struct foreign_token *out, size_t *behind, struct error *err)
{
    while (at < source.len && is_blank(source.at[at]))
        at++;
    *out = (struct foreign_token){.kind = FOREIGN_END, .at = at};
    *behind = at;
    if (at == source.len)
        return true;
    char first = source.at[at];
    if (first == '\'' || first == '"')
        return quoted(source, at, out, behind, err);
    if (!is_letter(first) && !is_digit(first))
        return sign(source, at, out, behind, err);
    out->kind = is_letter(first) ? FOREIGN_WORD : FOREIGN_DIGITS;
    *behind = is_letter(first) ? word_end(dialect, source, at) : digits_end(source, at);
    if (out->kind == FOREIGN_DIGITS && *behind < source.len &&
        is_letter(source.at[*behind]))
        return refuse(err, at, "a number ends in a letter");
    out->text = text_part(source, at, *behind - at);
    return true;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool foreign_is(const struct foreign_token *token, const char *word)
{
    struct text wanted = text_of(word);
    if ((token->kind != FOREIGN_SIGN && token->kind != FOREIGN_WORD) ||
        token->text.len != wanted.len)
        return false;
    for (size_t i = 0; i < wanted.len; i++)
        if (lower(token->text.at[i]) != wanted.at[i])
            return false;
    return true;
}

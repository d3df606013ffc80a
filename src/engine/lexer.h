#ifndef OSTEON_ENGINE_LEXER_H
#define OSTEON_ENGINE_LEXER_H
/* The words and signs of an expression, one at a time.
 *
 * White space and comments ("-- to the end of the line") separate and are passed over.
 * A unit of measure is no token of its own: it is read where the parser expects one.
 */
#include "base/decimal.h"
#include "engine/finding.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,   /* 'ENR', quotes included */
    TOKEN_NAME,   /* AGE */
    TOKEN_QUOTED, /* "I.SCR.AGE", quotes included */
    TOKEN_WORD,   /* a reserved word */
    TOKEN_SIGN,   /* ( ) , ; . + - * / ^ = <> < <= > >= */
    TOKEN_BAD     /* a finding was added */
};

struct token {
    enum token_kind kind;
    struct text text; /* as it stands in the source */
    size_t from, to;
    bool is_on_new_line; /* a line feed stands before it */
};

struct lexer {
    struct text source;
    size_t i;
    struct findings *findings;
};

/* The source is valid UTF-8 without control characters but line feed and tab, and not
 * longer than LIMIT_RULE_BYTES; otherwise a finding, and false. */
bool lexer_begin(struct lexer *lexer, struct text source, struct findings *findings);

struct token lexer_next(struct lexer *lexer);

bool token_is(const struct token *token, const char *word_or_sign);

/* Does a unit of measure begin at byte `from`? Its bytes, or an absent text. A word of the
 * language is none. With `is_certain` false the text must also be a unit that is known: so
 * "60 /min" is one and "60 /WEIGHT" is a division. */
struct text lexer_unit_at(const struct lexer *lexer, size_t from, bool is_certain);
/* Moves on to behind the unit. */
void lexer_skip_to(struct lexer *lexer, size_t at);

/* The bytes of a moment written at `from` ("2025-11-22T08:00+08:00"). */
struct text lexer_moment_at(const struct lexer *lexer, size_t from);

#endif

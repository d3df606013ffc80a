#ifndef OSTEON_FORMATS_FOREIGN_LEXER_H
#define OSTEON_FORMATS_FOREIGN_LEXER_H
/* The words and signs of an expression of another system. Internal to foreign_parse.c. */
#include "formats/foreign_parse.h"

enum foreign_token_kind {
    FOREIGN_END,
    FOREIGN_WORD,
    FOREIGN_DIGITS,
    FOREIGN_QUOTED,
    FOREIGN_SIGN /* one or two characters */
};

struct foreign_token {
    enum foreign_token_kind kind;
    size_t at;
    struct text text; /* of a quoted one what stands between the quotes */
};

/* The token at byte `at` of the source, and the byte behind it. ERROR_REFUSED with
 * `err->at`: a quotation mark that is never closed, a sign that neither language has. */
MUST_USE bool foreign_token(enum foreign_dialect dialect, struct text source, size_t at,
                            struct foreign_token *out, size_t *behind,
                            struct error *err);

/* Is it this sign, or this word in any case of letters? */
bool foreign_is(const struct foreign_token *token, const char *word);

#endif

#ifndef OSTEON_FORMATS_FOREIGN_PARSE_PARTS_H
#define OSTEON_FORMATS_FOREIGN_PARSE_PARTS_H
/* The parser on its way: shared by the grammar of operators (foreign_parse.c) and what
 * stands between them: a field of REDCap (foreign_field.c), a path of XPath
 * (foreign_path.c). */
#include "formats/foreign_lexer.h"

struct foreign_parser {
    enum foreign_dialect dialect;
    struct text source;
    struct foreign_token token; /* the next one, not yet taken */
    size_t behind;
    size_t depth, node_count;
    struct arena *scratch;
    struct error *err;
};

/* All return false, or NULL, when the source is refused: `parser->err` says why. */
bool foreign_refuse(struct foreign_parser *parser, size_t at, const char *sentence);
bool foreign_advance(struct foreign_parser *parser);
/* Takes the sign or word, or refuses with the sentence. */
bool foreign_expect(struct foreign_parser *parser, const char *word,
                    const char *sentence);
struct foreign_node *foreign_node_new(struct foreign_parser *parser,
                                      enum foreign_kind kind, size_t at);
/* The operator that the next token is, if it is a comparison. */
bool foreign_comparison(const struct foreign_token *token, enum foreign_operation *out);

/* At "[": a field. */
struct foreign_node *foreign_parse_field(struct foreign_parser *parser);
/* At "..", "/" or an element: a path to an answer, with what is asked of its Value. */
struct foreign_node *foreign_parse_path(struct foreign_parser *parser);

#endif

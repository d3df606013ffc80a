#ifndef OSTEON_FORMATS_FOREIGN_PARSE_H
#define OSTEON_FORMATS_FOREIGN_PARSE_H
/* An expression of another system as a tree; nothing is decided here about what it means.
 *
 * Two languages are read: REDCap's logic ([field], [field(code)], [event][field], and, or,
 * comparisons, arithmetic, functions), and of XPath 1.0 the part by which ODM 1 points at an
 * answer: ../ItemData[@ItemOID='I'][@Value='x'], with not(), and, or.
 * What else stands there is refused, at its byte.
 */
#include "base/arena.h"
#include "base/error.h"

enum foreign_dialect { FOREIGN_REDCAP, FOREIGN_XPATH };

enum foreign_kind {
    FOREIGN_NUMBER,
    FOREIGN_STRING,
    FOREIGN_FIELD,
    FOREIGN_MINUS, /* of one operand */
    FOREIGN_NOT,
    FOREIGN_BINARY,
    FOREIGN_CALL
};

enum foreign_operation {
    FOREIGN_OR,
    FOREIGN_AND,
    FOREIGN_EQUAL,
    FOREIGN_DIFFERENT,
    FOREIGN_LESS,
    FOREIGN_AT_MOST,
    FOREIGN_MORE,
    FOREIGN_AT_LEAST,
    FOREIGN_PLUS,
    FOREIGN_SUBTRACT,
    FOREIGN_TIMES,
    FOREIGN_DIVIDE,
    FOREIGN_POWER
};

struct foreign_node {
    enum foreign_kind kind;
    enum foreign_operation operation; /* of FOREIGN_BINARY */
    size_t at;                        /* byte in the source */
    struct text
        text; /* digits; what stands between the quotes; name of field or function */
    struct text code;  /* of a field: its choice; absent: the field itself */
    struct text event; /* of a field; absent: the same one */
    struct foreign_node *left, *right; /* operands; the only one is the left one */
    struct foreign_node *next; /* argument of the same call, whose first is left */
};

enum { FOREIGN_DEPTH = 50, FOREIGN_NODES = 500 };

/* The tree in `scratch`, with views of the source. ERROR_REFUSED with `err->at`. */
MUST_USE bool foreign_parse(enum foreign_dialect dialect, struct text source,
                            struct arena *scratch, struct foreign_node **out,
                            struct error *err);

#endif

#ifndef OSTEON_ENGINE_FINDING_H
#define OSTEON_ENGINE_FINDING_H
/* What is wrong with an expression, for the person who wrote it: where, what, and what to
 * do. A compiler collects findings and goes on; an expression with findings has no program.
 */
#include "base/arena.h"
#include "base/text.h"

enum { FINDINGS_KEPT = 20 };

struct finding {
    size_t from, to;      /* bytes of the source */
    size_t line, column;  /* of `from`, from 1; columns count characters */
    struct text sentence; /* English, without full stop */
    struct text hint;     /* what to do; may be empty */
};

struct findings {
    struct arena *arena; /* owns the texts */
    struct text source;
    struct finding kept[FINDINGS_KEPT];
    size_t kept_count;
    size_t total;
};

struct findings findings_of(struct text source, struct arena *arena);

/* Adds one; the texts are not copied. Returns false, so that a refusal is one statement.
 * NULL findings keep nothing. */
bool finding_add(struct findings *findings, size_t from, size_t to,
                 struct text sentence, struct text hint);

/* "did you mean X?", or an empty text when `name` is absent. */
struct text finding_did_you_mean(struct arena *arena, struct text name);

#endif

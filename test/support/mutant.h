#ifndef OSTEON_TEST_SUPPORT_MUTANT_H
#define OSTEON_TEST_SUPPORT_MUTANT_H
/* Expressions of the study's language with one part changed: an operator, a threshold, an
 * "and" or "or", a code, a reference. A change that a rule's examples do not notice shows
 * that they say too little, or that it changes nothing.
 */
#include "base/arena.h"
#include "engine/dictionary.h"

/* A part of an expression that can be changed. */
struct mutable_part {
    size_t from, to;
    int nth; /* the n-th of this text in the expression, from 1 */
    struct text text;
    const struct text
        *others; /* what may stand there instead, in order of preference */
    size_t other_count;
    size_t wanted; /* so many of them, those that compile */
};

struct mutable_parts {
    const struct mutable_part *parts;
    size_t count;
};

/* All in `arena`. */
struct mutable_parts mutant_parts(struct text source,
                                  const struct dictionary *dictionary,
                                  struct arena *arena);

/* The expression with `other` in the place of the part. */
struct text mutant_source(struct text source, const struct mutable_part *part,
                          struct text other, struct arena *arena);

#endif

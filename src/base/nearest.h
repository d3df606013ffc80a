#ifndef OSTEON_BASE_NEAREST_H
#define OSTEON_BASE_NEAREST_H
/* "Did you mean …": the name that is nearest to a misspelt one.
 *
 *     struct nearest nearest = nearest_to(oid);
 *     for (…)
 *         nearest_offer(&nearest, known[i].oid);
 *     if (!text_is_absent(nearest.best))
 *         error_hint(err, "did you mean %.*s?", TEXT_ARG(nearest.best));
 */
#include "base/text.h"

enum {
    NEAREST_DISTANCE = 3, /* beyond it a name is another name */
    NEAREST_LENGTH = 128  /* longer names are not compared */
};

/* Insertions, deletions, replacements and exchanges of neighbours that make `b` of `a`
 * (Damerau 1964, in the form that changes no byte twice); upper and lower case count as
 * equal. `limit + 1` when it takes more than `limit`. */
size_t text_distance(struct text a, struct text b, size_t limit);

struct nearest {
    struct text wanted;
    struct text best; /* absent while nothing is near */
    size_t distance;
};

struct nearest nearest_to(struct text wanted);
void nearest_offer(struct nearest *nearest, struct text candidate);

#endif

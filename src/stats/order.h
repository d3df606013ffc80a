#ifndef OSTEON_STATS_ORDER_H
#define OSTEON_STATS_ORDER_H
/* The order of numbers, found in linear time.
 *
 * Two passes by where a number lies between the least and the largest, some four bins for
 * each number; what is still out of order is little and put right by insertion. Where numbers
 * crowd (one far outlier is enough) passes over their bits come instead, turned so that they
 * rise as the numbers do: the upper 33 and insertion, or, when that is much, all 64. Digits
 * that are the same in all are skipped. Whichever way: the order is the same.
 * Knuth 1998, The Art of Computer Programming 3, 5.2.1 and 5.2.5.
 */
#include "base/arena.h"

#include <stdint.h>

struct order_input { /* no value is NaN; fewer than 2³² */
    const double *values;
    const uint32_t *codes; /* below 2³¹; NULL: 0 */
    const bool *flags;     /* NULL: false */
    size_t count;
};

/* A number with its place in the input, and what the caller wants beside it without reading
 * the input in a scattered order: twice its code, one more for a flag. */
struct order_item {
    double value; /* -0 is 0 */
    uint32_t place, mark;
};

/* From the least to the largest, in `arena`; equal ones stay in the order of the input. */
const struct order_item *order_items(const struct order_input *input,
                                     struct arena *arena);

/* The places of `values` alone, in that order. */
uint32_t *order_rising(const double *values, size_t count, struct arena *arena);

/* The same; `*rising` are the numbers in that order. */
uint32_t *order_sort(const double *values, size_t count, struct arena *arena,
                     double **rising);

/* The codes of equal numbers, 0 for the least: how many different ones there are. */
size_t order_codes(const double *values, size_t count, uint32_t *codes,
                   struct arena *arena);

/* An order in parts by a code below `code_count`, each part in the order it had: part c is
 * `order[starts[c]]` up to before `order[starts[c + 1]]`. Without codes there is one part. */
struct order_parts {
    const uint32_t *order;
    const size_t *starts; /* one more than parts */
    size_t count;
};
void order_split(const uint32_t *order, size_t count, const uint32_t *codes,
                 size_t code_count, struct arena *arena, struct order_parts *out);

#endif

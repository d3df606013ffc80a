#ifndef OSTEON_STATS_ORDER_H
#define OSTEON_STATS_ORDER_H
/* The order of numbers, found in linear time.
 *
 * A radix sort of the 64 bits of a double, turned so that they rise as the numbers do. The
 * upper 33 bits are sorted first, in three passes of 11; what is still out of order in the
 * lower ones is little and put right by insertion, or, when it is much, by all six passes.
 * Digits that are the same in all are skipped: whole days take one or two passes.
 * Knuth 1998, The Art of Computer Programming 3, 5.2.5.
 */
#include "base/arena.h"

#include <stdint.h>

/* The places of `values` from the least to the largest, in `arena`; equal ones stay in the
 * order of the input. -0 is 0. No value is NaN; there are fewer than 2³² of them. */
uint32_t *order_rising(const double *values, size_t count, struct arena *arena);

/* The same; `*rising` are the numbers in that order, which costs less than to fetch them by
 * their places. */
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

/* The sort itself: where numbers are spread evenly enough, by their place between the least
 * and the largest; else by their bits. */
#include "stats/order.h"

#include <math.h>
#include <string.h>

enum {
    FEW = 24,       /* are put in order by insertion alone */
    MOVES_MOST = 8, /* of insertion, for each number on average */
    BINS_MOST =
        1 << 13,     /* of one pass: what is written to stays in the nearest caches */
    DIGIT_BITS = 11, /* of the bits of a number */
    DIGIT_VALUES = 1 << DIGIT_BITS,
    DIGITS = 6,       /* 6 × 11 bits hold the 64 */
    LOWER_DIGITS = 3, /* left to insertion first: the lower 31 bits */
    LOWER_BITS = 31
};

struct sorting {
    struct order_item *items, *spare;
    size_t count;
    struct arena *arena;
};

static void swap(struct sorting *sorting)
{
    struct order_item *kept = sorting->items;
    sorting->items = sorting->spare;
    sorting->spare = kept;
}

/* False, half done, when it takes too long: no item is lost, and equal ones stay as they
 * were, so that it may begin anywhere. */
static bool insert(const struct sorting *sorting)
{
    struct order_item *all = sorting->items;
    size_t moves = 0;
    for (size_t i = 1; i < sorting->count; i++) {
        if (!(all[i].value < all[i - 1].value))
            continue;
        struct order_item item = all[i];
        size_t k = i;
        for (; k > 0 && item.value < all[k - 1].value; k--)
            all[k] = all[k - 1];
        all[k] = item;
        moves += i - k;
        if (sorting->count > FEW && moves > MOVES_MOST * sorting->count)
            return false;
    }
    return true;
}

/* Counts become where each bin begins. */
static void add_up(uint32_t *counts, size_t bins)
{
    uint32_t next = 0;
    for (size_t bin = 0; bin < bins; bin++) {
        uint32_t count = counts[bin];
        counts[bin] = next;
        next += count;
    }
}

/* --- by the place on a line ------------------------------------------------------------ */

/* Between the least and the largest number lie bins² bins of one width: two passes, or one
 * when they are no more than bins. Rounding keeps what rises rising. */
struct line {
    double least, factor, last;
    unsigned bits; /* of a pass */
    bool is_one_pass;
};

static size_t bin_of(const struct line *line, double value)
{
    double place = (value - line->least) * line->factor;
    return (size_t)(int64_t)(place < line->last ? place : line->last);
}

/* Some four bins a number; false when no line can be drawn. */
static bool draw_line(const double *values, size_t count, struct line *line)
{
    double least = values[0], most = values[0];
    for (size_t i = 1; i < count; i++) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    unsigned wanted = 2;
    while ((size_t)1 << wanted < 4 * count)
        wanted++;
    *line = (struct line){.least = least, .is_one_pass = wanted <= DIGIT_BITS};
    line->bits = line->is_one_pass ? wanted : (wanted + 1) / 2;
    while ((size_t)1 << line->bits > BINS_MOST)
        line->bits--;
    double bins = ldexp(1, (int)(line->is_one_pass ? line->bits : 2 * line->bits));
    line->last = bins - 1;
    line->factor = bins / (most - least);
    return isfinite(most - least) && isfinite(line->factor);
}

/* The moves that insertion would need, were the numbers even within each upper bin. */
static bool is_even(const struct line *line, const uint32_t *upper, size_t count)
{
    double moves = 0, bins = ldexp(1, (int)line->bits);
    for (size_t bin = 0; bin < (size_t)1 << line->bits; bin++)
        moves += (double)upper[bin] * (double)upper[bin];
    return moves / (4 * (line->is_one_pass ? 1 : bins)) <
           MOVES_MOST / 2.0 * (double)count;
}

static struct order_item item_of(const struct order_input *input, size_t i)
{
    uint32_t mark = input->flags == NULL ? 0 : input->flags[i];
    return (struct order_item){
        .value = input->values[i] + 0.0, /* -0 becomes 0 */
        .place = (uint32_t)i,
        .mark = input->codes == NULL ? mark : mark + 2 * input->codes[i]};
}

/* False when the numbers are not even enough: then nothing is done. */
static bool sort_by_line(const struct order_input *input, struct sorting *sorting)
{
    struct line line;
    size_t count = sorting->count;
    if (!draw_line(input->values, count, &line))
        return false;
    size_t bins = (size_t)1 << line.bits, mask = bins - 1;
    unsigned shift = line.is_one_pass ? 0 : line.bits;
    uint32_t *lower = ARENA_ARRAY(sorting->arena, uint32_t, bins);
    uint32_t *upper = ARENA_ARRAY(sorting->arena, uint32_t, bins);
    for (size_t i = 0; i < count; i++) {
        size_t bin = bin_of(&line, input->values[i]);
        upper[bin >> shift]++;
        lower[bin & mask]++;
    }
    if (!is_even(&line, upper, count))
        return false;
    add_up(lower, bins);
    add_up(upper, bins);
    for (size_t i = 0; i < count; i++) {
        struct order_item item = item_of(input, i);
        sorting->items[lower[bin_of(&line, item.value) & mask]++] = item;
    }
    if (line.is_one_pass)
        return true;
    for (size_t i = 0; i < count; i++) {
        struct order_item item = sorting->items[i];
        sorting->spare[upper[bin_of(&line, item.value) >> shift]++] = item;
    }
    swap(sorting);
    return true;
}

/* --- by bits --------------------------------------------------------------------------- */

/* Bits that rise as the numbers do. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static size_t digit_of(double value, unsigned digit)
{
    unsigned shift = digit < LOWER_DIGITS
                         ? digit * DIGIT_BITS
                         : LOWER_BITS + (digit - LOWER_DIGITS) * DIGIT_BITS;
    return key_of(value) >> shift & (DIGIT_VALUES - 1);
}

/* One pass, unless all have the same digit. */
static void distribute(struct sorting *sorting, unsigned digit)
{
    uint32_t counts[DIGIT_VALUES] = {0};
    for (size_t i = 0; i < sorting->count; i++)
        counts[digit_of(sorting->items[i].value, digit)]++;
    if (counts[digit_of(sorting->items[0].value, digit)] == sorting->count)
        return;
    add_up(counts, DIGIT_VALUES);
    for (size_t i = 0; i < sorting->count; i++) {
        struct order_item item = sorting->items[i];
        sorting->spare[counts[digit_of(item.value, digit)]++] = item;
    }
    swap(sorting);
}

static void sort_by_bits(struct sorting *sorting)
{
    for (unsigned digit = LOWER_DIGITS; digit < DIGITS; digit++)
        distribute(sorting, digit);
    if (insert(sorting))
        return;
    for (unsigned digit = 0; digit < DIGITS; digit++)
        distribute(sorting, digit);
}

const struct order_item *order_items(const struct order_input *input,
                                     struct arena *arena)
{
    ASSERT(input->count < UINT32_MAX);
    struct sorting sorting = {
        .items = ARENA_ARRAY(arena, struct order_item, input->count + 1),
        .spare = ARENA_ARRAY(arena, struct order_item, input->count + 1),
        .count = input->count,
        .arena = arena};
    if (input->count > FEW && sort_by_line(input, &sorting) && insert(&sorting))
        return sorting.items;
    for (size_t i = 0; i < input->count; i++)
        sorting.items[i] = item_of(input, i);
    if (!insert(&sorting))
        sort_by_bits(&sorting);
    return sorting.items;
}

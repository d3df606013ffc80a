#include "stats/order.h"

#include <string.h>

enum {
    DIGIT_BITS = 11,
    DIGIT_VALUES = 1 << DIGIT_BITS,
    DIGITS = 6,       /* 6 × 11 bits hold the 64 */
    LOWER_DIGITS = 3, /* left to insertion first: the lower 31 bits */
    LOWER_BITS = 31,
    MOVES_MOST = 8 /* of insertion, for each value on average */
};

struct keys {
    uint64_t *keys;
    uint32_t *places;
};

/* Bits that rise as the numbers do. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    value += 0.0; /* -0 becomes 0 */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static unsigned shift_of(unsigned digit)
{
    return digit < LOWER_DIGITS ? digit * DIGIT_BITS
                                : LOWER_BITS + (digit - LOWER_DIGITS) * DIGIT_BITS;
}

static size_t digit_of(uint64_t key, unsigned digit)
{
    return key >> shift_of(digit) & (DIGIT_VALUES - 1);
}

static double value_of(uint64_t key)
{
    uint64_t bits = key >> 63 ? key & ~((uint64_t)1 << 63) : ~key;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* From `first` on, up to before `last`. */
static void count_digits(const uint64_t *keys, size_t count, unsigned first,
                         unsigned last, uint32_t (*counts)[DIGIT_VALUES])
{
    for (size_t i = 0; i < count; i++)
        for (unsigned digit = first; digit < last; digit++)
            counts[digit][digit_of(keys[i], digit)]++;
}

/* One pass; false when all have the same digit and nothing is to be moved. */
static bool distribute(const struct keys *from, const struct keys *to, size_t count,
                       unsigned digit, const uint32_t *counts)
{
    uint32_t starts[DIGIT_VALUES], next = 0;
    if (counts[digit_of(from->keys[0], digit)] == count)
        return false;
    for (size_t value = 0; value < DIGIT_VALUES; value++) {
        starts[value] = next;
        next += counts[value];
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t place = starts[digit_of(from->keys[i], digit)]++;
        to->keys[place] = from->keys[i];
        to->places[place] = from->places[i];
    }
    return true;
}

/* False, half done, when it takes too long: no key is lost. */
static bool insert(const struct keys *all, size_t count)
{
    size_t moves = 0;
    for (size_t i = 1; i < count; i++) {
        uint64_t key = all->keys[i];
        uint32_t place = all->places[i];
        size_t k = i;
        for (; k > 0 && all->keys[k - 1] > key; k--) {
            all->keys[k] = all->keys[k - 1];
            all->places[k] = all->places[k - 1];
        }
        all->keys[k] = key;
        all->places[k] = place;
        moves += i - k;
        if (moves > MOVES_MOST * count)
            return false;
    }
    return true;
}

static void swap(struct keys *one, struct keys *other)
{
    struct keys kept = *one;
    *one = *other;
    *other = kept;
}

static void distribute_all(struct keys *now, struct keys *spare, size_t count,
                           unsigned first, uint32_t (*counts)[DIGIT_VALUES])
{
    for (unsigned digit = first; digit < DIGITS; digit++)
        if (distribute(now, spare, count, digit, counts[digit]))
            swap(now, spare);
}

static void sort(struct keys *now, struct keys *spare, size_t count,
                 struct arena *arena)
{
    uint32_t(*counts)[DIGIT_VALUES] =
        arena_alloc(arena, arena_product(sizeof *counts, DIGITS));
    count_digits(now->keys, count, LOWER_DIGITS, DIGITS, counts);
    distribute_all(now, spare, count, LOWER_DIGITS, counts);
    if (insert(now, count))
        return;
    /* Insertion keeps equal keys in the order of the input, so it may begin anywhere. */
    count_digits(now->keys, count, 0, LOWER_DIGITS, counts);
    distribute_all(now, spare, count, 0, counts);
}

/* The keys in their order, and a second room of the same size. */
static struct keys sort_keys(const double *values, size_t count, struct arena *arena,
                             struct keys *spare)
{
    ASSERT(count < UINT32_MAX);
    struct keys now;
    now.places = ARENA_ARRAY(arena, uint32_t, count + 1);
    spare->places = ARENA_ARRAY(arena, uint32_t, count + 1);
    now.keys = ARENA_ARRAY(arena, uint64_t, count + 1);
    spare->keys = ARENA_ARRAY(arena, uint64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        now.keys[i] = key_of(values[i]);
        now.places[i] = (uint32_t)i;
    }
    if (count > 1)
        sort(&now, spare, count, arena);
    return now;
}

uint32_t *order_rising(const double *values, size_t count, struct arena *arena)
{
    struct keys spare;
    return sort_keys(values, count, arena, &spare).places;
}

uint32_t *order_sort(const double *values, size_t count, struct arena *arena,
                     double **rising)
{
    struct keys spare, sorted = sort_keys(values, count, arena, &spare);
    void *room = spare.keys; /* memory of the arena has no type yet */
    *rising = room;
    for (size_t i = 0; i < count; i++)
        (*rising)[i] = value_of(sorted.keys[i]);
    return sorted.places;
}

size_t order_codes(const double *values, size_t count, uint32_t *codes,
                   struct arena *arena)
{
    double *rising;
    const uint32_t *order = order_sort(values, count, arena, &rising);
    uint32_t code = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && rising[i] > rising[i - 1])
            code++;
        codes[order[i]] = code;
    }
    return count == 0 ? 0 : code + (size_t)1;
}

void order_split(const uint32_t *order, size_t count, const uint32_t *codes,
                 size_t code_count, struct arena *arena, struct order_parts *out)
{
    size_t parts = codes == NULL ? 1 : code_count;
    size_t *starts = ARENA_ARRAY(arena, size_t, parts + 1);
    *out = (struct order_parts){order, starts, parts};
    starts[parts] = count;
    if (codes == NULL)
        return;
    uint32_t *split = ARENA_ARRAY(arena, uint32_t, count + 1);
    size_t *next = ARENA_ARRAY(arena, size_t, parts + 1);
    for (size_t i = 0; i < count; i++)
        next[codes[i] + 1]++;
    for (size_t part = 0; part < parts; part++) {
        next[part + 1] += next[part];
        starts[part] = next[part];
    }
    for (size_t i = 0; i < count; i++)
        split[next[codes[order[i]]]++] = order[i];
    out->order = split;
}

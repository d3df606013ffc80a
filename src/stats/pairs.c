#include "stats/pairs.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

double pair_set_size(const struct pair_set *pairs)
{
    double n = (double)pairs->x_count;
    return pairs->y == NULL ? n * (n + 1) / 2 : n * (double)pairs->y_count;
}

static double averages_up_to(const struct pair_set *pairs, double limit)
{
    double count = 0;
    size_t end =
        pairs->x_count; /* x[i] pairs with those before `end` and not before i */
    for (size_t i = 0; i < pairs->x_count; i++) {
        while (end > i && (pairs->x[i] + pairs->x[end - 1]) / 2 > limit)
            end--;
        if (end <= i)
            break;
        count += (double)(end - i);
    }
    return count;
}

static double differences_up_to(const struct pair_set *pairs, double limit)
{
    double count = 0;
    size_t from = 0; /* x[i] - y[k] is at most the limit for k not before `from` */
    for (size_t i = 0; i < pairs->x_count; i++) {
        while (from < pairs->y_count && pairs->x[i] - pairs->y[from] > limit)
            from++;
        count += (double)(pairs->y_count - from);
    }
    return count;
}

/* Unsigned numbers in the order of the doubles, and back. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double value_of(uint64_t key)
{
    uint64_t bits = key >> 63 ? key & ~(UINT64_C(1) << 63) : ~key;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

double pair_set_at(const struct pair_set *pairs, double rank)
{
    const double *x = pairs->x, *y = pairs->y;
    size_t last = pairs->x_count - 1;
    uint64_t low = key_of(y == NULL ? x[0] : x[0] - y[pairs->y_count - 1]);
    uint64_t high = key_of(y == NULL ? x[last] : x[last] - y[0]);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        double value = value_of(middle);
        double count =
            y == NULL ? averages_up_to(pairs, value) : differences_up_to(pairs, value);
        if (count >= rank)
            high = middle;
        else
            low = middle + 1;
    }
    return value_of(low) + 0.0; /* -0 becomes 0 */
}

double pair_set_median(const struct pair_set *pairs)
{
    double size = pair_set_size(pairs), middle = floor((size + 1) / 2);
    double lower = pair_set_at(pairs, middle);
    return fmod(size, 2) > 0 ? lower : (lower + pair_set_at(pairs, middle + 1)) / 2;
}

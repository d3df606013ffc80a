#include "model/nearest.h"

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

size_t text_distance(struct text a, struct text b, size_t limit)
{
    size_t longer = a.len > b.len ? a.len : b.len;
    size_t shorter = a.len > b.len ? b.len : a.len;
    if (longer > NEAREST_LENGTH || longer - shorter > limit)
        return limit + 1;
    /* row[j]: the distance of the first i bytes of `a` to the first j of `b`. */
    size_t row[NEAREST_LENGTH + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        size_t best = row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t replaced = diagonal + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
            diagonal = row[j];
            row[j] = smallest(replaced, row[j] + 1, row[j - 1] + 1);
            best = row[j] < best ? row[j] : best;
        }
        if (best > limit)
            return limit + 1;
    }
    return row[b.len] > limit ? limit + 1 : row[b.len];
}

struct nearest nearest_to(struct text wanted)
{
    /* Half of a short name is not a misspelling: "X" is not near to "Y". */
    size_t limit = wanted.len / 2;
    if (limit > NEAREST_DISTANCE)
        limit = NEAREST_DISTANCE;
    return (struct nearest){.wanted = wanted, .distance = limit + 1};
}

void nearest_offer(struct nearest *nearest, struct text candidate)
{
    if (nearest->distance == 0)
        return;
    size_t distance = text_distance(nearest->wanted, candidate, nearest->distance - 1);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = candidate;
    }
}

#include "base/nearest.h"

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_same(struct text a, size_t i, struct text b, size_t j)
{
    return lower(a.at[i - 1]) == lower(b.at[j - 1]);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* rows[i % 3][j]: the distance of the first i bytes of `a` to the first j of `b`. */
struct table {
    size_t rows[3][NEAREST_LENGTH + 1];
};

static size_t cell(const struct table *table, struct text a, size_t i, struct text b,
                   size_t j)
{
    const size_t *above = table->rows[(i + 2) % 3];
    size_t distance = above[j - 1] + !is_same(a, i, b, j);
    distance = smaller(distance, above[j] + 1);
    distance = smaller(distance, table->rows[i % 3][j - 1] + 1);
    if (i > 1 && j > 1 && is_same(a, i, b, j - 1) && is_same(a, i - 1, b, j))
        distance = smaller(distance, table->rows[(i + 1) % 3][j - 2] + 1);
    return distance;
}

size_t text_distance(struct text a, struct text b, size_t limit)
{
    size_t longer = a.len > b.len ? a.len : b.len;
    size_t shorter = a.len > b.len ? b.len : a.len;
    if (longer > NEAREST_LENGTH || longer - shorter > limit)
        return limit + 1;
    struct table table;
    size_t best = 0;
    size_t best_before = 0;
    for (size_t j = 0; j <= b.len; j++)
        table.rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = table.rows[i % 3];
        best_before = best;
        best = row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            row[j] = cell(&table, a, i, b, j);
            best = smaller(best, row[j]);
        }
        /* An exchange looks back two rows. */
        if (best > limit && best_before > limit)
            return limit + 1;
    }
    return smaller(table.rows[a.len % 3][b.len], limit + 1);
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

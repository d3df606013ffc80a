/* The groups of a column. */
#include "base/number.h"
#include "cli/stats_method.h"

#include <stdlib.h>

enum { GROUPS_MOST = 1000 };

struct group {
    struct text name;
    double number;
    size_t found; /* which one it was in the file */
};

static int by_number(const void *left, const void *right)
{
    double a = ((const struct group *)left)->number;
    double b = ((const struct group *)right)->number;
    return (a > b) - (a < b);
}

static int by_bytes(const void *left, const void *right)
{
    return text_compare(((const struct group *)left)->name,
                        ((const struct group *)right)->name);
}

static bool collect(const struct stats_column *column, size_t rows, size_t *of,
                    struct group *groups, size_t *count, struct error *err)
{
    size_t k = 0;
    for (size_t i = 0; i < rows; i++) {
        if (k >= *count || !text_equal(groups[k].name, column->texts[i]))
            for (k = 0; k < *count && !text_equal(groups[k].name, column->texts[i]);)
                k++;
        if (k == GROUPS_MOST)
            return error_set(err, ERROR_REFUSED, "there are more than %d groups",
                             GROUPS_MOST);
        if (k == *count)
            groups[(*count)++] = (struct group){.name = column->texts[i], .found = k};
        of[i] = k;
    }
    return true;
}

static void put_in_order(struct group *groups, size_t count)
{
    bool are_numbers = true;
    for (size_t k = 0; k < count; k++)
        are_numbers = number_of_text(groups[k].name, &groups[k].number) && are_numbers;
    if (count > 1)
        qsort(groups, count, sizeof *groups, are_numbers ? by_number : by_bytes);
}

bool stats_find_groups(const struct stats_column *column, size_t rows, size_t wanted,
                       struct arena *arena, struct stats_groups *out, struct error *err)
{
    struct group *groups = ARENA_ARRAY(arena, struct group, GROUPS_MOST);
    size_t *of = ARENA_ARRAY(arena, size_t, rows), count = 0;
    if (!collect(column, rows, of, groups, &count, err))
        return false;
    if (wanted > 0 && count != wanted)
        return error_set(err, ERROR_REFUSED, "%s has %zu different values, not %zu",
                         column->option, count, wanted);
    put_in_order(groups, count);
    struct text *names = ARENA_ARRAY(arena, struct text, count);
    size_t *place = ARENA_ARRAY(arena, size_t, count);
    *out =
        (struct stats_groups){.names = names, .count = count, .of = of, .sizes = NULL};
    for (size_t k = 0; k < count; k++) {
        names[k] = groups[k].name;
        place[groups[k].found] = k;
    }
    out->sizes = ARENA_ARRAY(arena, size_t, count);
    for (size_t i = 0; i < rows; i++) {
        of[i] = place[of[i]];
        out->sizes[of[i]]++;
    }
    return true;
}

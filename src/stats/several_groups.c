#include "stats/several_groups.h"

#include "stats/rank.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

struct group {
    double n, mean, squares; /* squares: around the mean */
};

struct groups {
    struct group *of;
    size_t given;      /* with the empty ones */
    double n, k, mean; /* k: those with a value */
};

static struct groups summarise(const struct grouped_values *data, const double *values,
                               struct arena *arena)
{
    struct groups groups = {.of = ARENA_ARRAY(arena, struct group, data->group_count),
                            .given = data->group_count,
                            .n = (double)data->count};
    for (size_t i = 0; i < data->count; i++) {
        groups.of[data->groups[i]].n++;
        groups.of[data->groups[i]].mean += values[i];
        groups.mean += values[i];
    }
    groups.mean /= groups.n;
    for (size_t g = 0; g < groups.given; g++) {
        if (!(groups.of[g].n > 0))
            continue;
        groups.k++;
        groups.of[g].mean /= groups.of[g].n;
    }
    for (size_t i = 0; i < data->count; i++) {
        struct group *group = &groups.of[data->groups[i]];
        group->squares += (values[i] - group->mean) * (values[i] - group->mean);
    }
    return groups;
}

static void test_ranks(const struct grouped_values *data, struct arena *scratch,
                       struct several_groups *out)
{
    struct ranks ranks = rank_values(data->values, data->count, scratch);
    struct groups groups = summarise(data, ranks.of, scratch);
    double n = groups.n, sum = 0, left = 1 - ranks.tie_sum / (n * n * n - n);
    if (!(left > 0)) {
        out->h = out->h_p = out->h_df = not_estimable("all values are tied");
        return;
    }
    for (size_t g = 0; g < groups.given; g++) {
        double away = groups.of[g].mean - (n + 1) / 2;
        sum += groups.of[g].n > 0 ? groups.of[g].n * away * away : 0;
    }
    double h = 12 / (n * (n + 1)) * sum / left;
    out->h = estimate_of(h);
    out->h_df = estimate_of(groups.k - 1);
    out->h_p = estimate_of(pchisq(h, groups.k - 1, 0, 0));
}

static void analyse_variance(const struct groups *groups, struct several_groups *out)
{
    double between = 0, within = 0, df = groups->n - groups->k;
    for (size_t g = 0; g < groups->given; g++) {
        const struct group *group = &groups->of[g];
        double away = group->mean - groups->mean;
        between += group->n > 0 ? group->n * away * away : 0;
        within += group->squares;
    }
    if (!(df > 0) || !(within > 0)) {
        out->f = out->f_p = out->between_df = out->within_df =
            not_estimable("nothing varies within the groups");
        return;
    }
    double f = between / (groups->k - 1) / (within / df);
    out->f = estimate_of(f);
    out->between_df = estimate_of(groups->k - 1);
    out->within_df = estimate_of(df);
    out->f_p = estimate_of(pf(f, groups->k - 1, df, 0, 0));
}

static void analyse_unequal(const struct groups *groups, struct several_groups *out)
{
    double weights = 0, mean = 0, between = 0, uneven = 0, k = groups->k;
    for (size_t g = 0; g < groups->given; g++) {
        const struct group *group = &groups->of[g];
        if (group->n <= 0)
            continue;
        if (group->n < 2 || !(group->squares > 0)) {
            out->welch_f = out->welch_df = out->welch_p =
                not_estimable("a group does not vary");
            return;
        }
        double weight = group->n * (group->n - 1) / group->squares;
        weights += weight;
        mean += weight * group->mean;
    }
    mean /= weights;
    for (size_t g = 0; g < groups->given; g++) {
        const struct group *group = &groups->of[g];
        if (group->n <= 0)
            continue;
        double weight = group->n * (group->n - 1) / group->squares;
        double rest = 1 - weight / weights;
        between += weight * (group->mean - mean) * (group->mean - mean);
        uneven += rest * rest / (group->n - 1);
    }
    uneven /= k * k - 1;
    double f = between / ((k - 1) * (1 + 2 * (k - 2) * uneven)), df = 1 / (3 * uneven);
    out->welch_f = estimate_of(f);
    out->welch_df = estimate_of(df);
    out->welch_p = estimate_of(pf(f, k - 1, df, 0, 0));
}

void several_groups_test(const struct grouped_values *data, struct arena *scratch,
                         struct several_groups *out)
{
    struct arena_mark mark = arena_mark(scratch);
    struct groups groups = {0};
    if (data->count > 0)
        groups = summarise(data, data->values, scratch);
    if (groups.k < 2) {
        struct estimate none = not_estimable("it needs two groups with a value");
        *out = (struct several_groups){none, none, none, none, none,
                                       none, none, none, none, none};
        return;
    }
    test_ranks(data, scratch, out);
    analyse_variance(&groups, out);
    analyse_unequal(&groups, out);
    arena_rewind(scratch, mark);
}

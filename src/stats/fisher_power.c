#include "stats/fisher_power.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <stdlib.h>

enum { GROUP_MOST = 2000, SEARCH_MOST = 500 };

static int by_density(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The largest density whose table is still rejected, for the two-sided test: tables as
 * probable within 1e-7 go together. */
static double threshold_of(double *sorted, size_t count, double alpha)
{
    qsort(sorted, count, sizeof *sorted, by_density);
    double sum = 0, threshold = -1;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && sorted[end] <= sorted[i] * (1 + 1e-7);)
            sum += sorted[end++];
        if (sum > alpha)
            break;
        threshold = sorted[end - 1];
    }
    return threshold;
}

struct margin { /* all tables with m events */
    double first;
    size_t count;
    double *density;
};

static void mark_two_sided(const struct margin *margin, double alpha, double *sorted,
                           bool *is_rejected)
{
    for (size_t i = 0; i < margin->count; i++)
        sorted[i] = margin->density[i];
    double threshold = threshold_of(sorted, margin->count, alpha);
    for (size_t i = 0; i < margin->count; i++)
        is_rejected[i] = margin->density[i] <= threshold;
}

/* From the end towards the alternative, as long as the sum is at most α. */
static void mark_one_sided(const struct margin *margin, double alpha, bool is_upper,
                           bool *is_rejected)
{
    double sum = 0;
    for (size_t i = 0; i < margin->count; i++) {
        size_t at = is_upper ? margin->count - 1 - i : i;
        sum += margin->density[at];
        is_rejected[at] = sum <= alpha;
    }
}

struct estimate fisher_power(const struct fisher_plan *plan, int64_t n1, int64_t n2,
                             struct arena *scratch)
{
    if (!(plan->p1 >= 0 && plan->p1 <= 1 && plan->p2 >= 0 && plan->p2 <= 1))
        return not_estimable("the proportions must be between 0 and 1");
    if (n1 < 1 || n2 < 1 || n1 > GROUP_MOST || n2 > GROUP_MOST)
        return not_estimable("exact power is for groups of 1 to 2000");
    struct arena_mark mark = arena_mark(scratch);
    size_t room = (size_t)(n1 < n2 ? n1 : n2) + 1;
    struct margin margin = {.density = ARENA_ARRAY(scratch, double, room)};
    double *sorted = ARENA_ARRAY(scratch, double, room);
    bool *is_rejected = ARENA_ARRAY(scratch, bool, room);
    double *one = ARENA_ARRAY(scratch, double, (size_t)n1 + 1);
    double *two = ARENA_ARRAY(scratch, double, (size_t)n2 + 1);
    for (int64_t x = 0; x <= n1; x++)
        one[x] = dbinom((double)x, (double)n1, plan->p1, 0);
    for (int64_t x = 0; x <= n2; x++)
        two[x] = dbinom((double)x, (double)n2, plan->p2, 0);
    double power = 0;
    for (int64_t m = 0; m <= n1 + n2; m++) {
        int64_t first = m > n2 ? m - n2 : 0, last = m < n1 ? m : n1;
        margin.count = (size_t)(last - first) + 1;
        for (size_t i = 0; i < margin.count; i++)
            margin.density[i] = dhyper((double)(first + (int64_t)i), (double)n1,
                                       (double)n2, (double)m, 0);
        if (plan->is_two_sided)
            mark_two_sided(&margin, plan->alpha, sorted, is_rejected);
        else
            mark_one_sided(&margin, plan->alpha, plan->p1 > plan->p2, is_rejected);
        for (size_t i = 0; i < margin.count; i++)
            if (is_rejected[i])
                power += one[first + (int64_t)i] * two[m - first - (int64_t)i];
    }
    arena_rewind(scratch, mark);
    return estimate_of(power);
}

/* The plain size of the normal approximation is below the exact one; half of it is surely
 * before the first n with the power. */
struct estimate fisher_size(const struct fisher_plan *plan, double power, double ratio,
                            struct arena *scratch)
{
    struct plan normal = {plan->is_two_sided ? plan->alpha / 2 : plan->alpha, power,
                          ratio};
    struct estimate plain = two_proportions_size(&normal, plan->p1, plan->p2);
    if (!is_estimated(plain))
        return plain;
    for (int64_t n = (int64_t)fmin(SEARCH_MOST + 1, fmax(2, floor(plain.value / 2)));;
         n++) {
        double second = ceil((double)n * ratio - 1e-9);
        if (n > SEARCH_MOST || second > SEARCH_MOST)
            return not_estimable("exact sizes are searched up to groups of 500");
        struct estimate found = fisher_power(plan, n, (int64_t)second, scratch);
        if (!is_estimated(found))
            return found;
        if (found.value >= power)
            return estimate_of((double)n);
    }
}

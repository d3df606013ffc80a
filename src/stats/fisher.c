#include "stats/fisher.h"

#include "stats/root.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

/* The counts that the margins allow, and the logarithm of each one's probability at 1. */
struct support {
    double first;
    size_t count;
    const double *log_density;
    double *density; /* at the odds ratio that was asked last */
    size_t at;       /* which one was observed */
    double wanted;   /* what the function that is solved should be */
};

static struct support support_of(const struct two_by_two *table, struct arena *arena)
{
    double n1 = (double)(table->a + table->b), n2 = (double)(table->c + table->d);
    double m = (double)(table->a + table->c);
    struct support support = {.first = fmax(0, m - n2)};
    support.count = (size_t)(fmin(n1, m) - support.first) + 1;
    support.at = (size_t)((double)table->a - support.first);
    double *log_density = ARENA_ARRAY(arena, double, support.count);
    for (size_t i = 0; i < support.count; i++)
        log_density[i] = dhyper(support.first + (double)i, n1, n2, m, 1);
    support.log_density = log_density;
    support.density = ARENA_ARRAY(arena, double, support.count);
    return support;
}

/* Fills `density` for the odds ratio exp(log_odds), with sum 1. */
static void tilt(const struct support *support, double log_odds)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < support->count; i++) {
        support->density[i] = support->log_density[i] + log_odds * (double)i;
        most = fmax(most, support->density[i]);
    }
    for (size_t i = 0; i < support->count; i++) {
        support->density[i] = exp(support->density[i] - most);
        sum += support->density[i];
    }
    for (size_t i = 0; i < support->count; i++)
        support->density[i] /= sum;
}

static double sum_of(const struct support *support, size_t from, size_t end)
{
    double sum = 0;
    for (size_t i = from; i < end; i++)
        sum += support->density[i];
    return sum;
}

/* --- what the roots are taken of ------------------------------------------------------ */

static double mean_beyond(double log_odds, const void *data)
{
    const struct support *support = data;
    tilt(support, log_odds);
    double mean = 0;
    for (size_t i = 0; i < support->count; i++)
        mean += ((double)i - (double)support->at) * support->density[i];
    return mean;
}

static double upper_tail_beyond(double log_odds, const void *data)
{
    const struct support *support = data;
    tilt(support, log_odds);
    return sum_of(support, support->at, support->count) - support->wanted;
}

static double lower_tail_beyond(double log_odds, const void *data)
{
    const struct support *support = data;
    tilt(support, log_odds);
    return sum_of(support, 0, support->at + 1) - support->wanted;
}

/* By the logarithm; the range is widened until it holds the root. */
static struct estimate odds_at(root_function *function, const struct support *support)
{
    double reach = 1;
    while (reach < 700 &&
           (function(-reach, support) > 0) == (function(reach, support) > 0))
        reach *= 2;
    return estimate_of(exp(root_between(function, support, -reach, reach)));
}

static void solve_odds(struct support *support, double level, struct fisher *out)
{
    static const char one_table[] = "the margins allow no other table";
    static const char infinite[] = "it is infinite: the margins allow no larger count";
    if (support->count == 1) {
        out->odds_ratio = not_estimable(one_table);
        out->interval = no_interval(one_table);
        return;
    }
    support->wanted = (1 - level) / 2;
    bool is_least = support->at == 0, is_most = support->at + 1 == support->count;
    out->odds_ratio = is_least  ? estimate_of(0)
                      : is_most ? not_estimable(infinite)
                                : odds_at(mean_beyond, support);
    out->interval.lower =
        is_least ? estimate_of(0) : odds_at(upper_tail_beyond, support);
    out->interval.upper =
        is_most ? not_estimable(infinite) : odds_at(lower_tail_beyond, support);
}

static void test(const struct support *support, struct fisher *out)
{
    tilt(support, 0);
    double observed = support->density[support->at];
    double p = 0, as_rare = 0;
    for (size_t i = 0; i < support->count; i++) {
        double density = support->density[i];
        if (density > observed * (1 + 1e-7))
            continue;
        p += density;
        if (density >= observed / (1 + 1e-7))
            as_rare += density;
    }
    out->two_sided = estimate_of(fmin(1, p));
    out->midp = estimate_of(fmin(1, p) - as_rare / 2);
    out->less = estimate_of(fmin(1, sum_of(support, 0, support->at + 1)));
    out->greater = estimate_of(fmin(1, sum_of(support, support->at, support->count)));
}

void fisher_exact(const struct two_by_two *table, double level, struct arena *scratch,
                  struct fisher *out)
{
    const char *fault = two_by_two_fault(table, level);
    if (fault != NULL) {
        struct estimate none = not_estimable(fault);
        *out = (struct fisher){none, none, none, none, none, no_interval(fault)};
        return;
    }
    struct arena_mark mark = arena_mark(scratch);
    struct support support = support_of(table, scratch);
    test(&support, out);
    solve_odds(&support, level, out);
    arena_rewind(scratch, mark);
}

#include "stats/incidence.h"
#include "stats/matrix.h"
#include "stats/order.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

struct group {
    double at_risk, of_cause, others; /* now */
    double before, after;             /* S of all causes, just before and from now on */
    double square;                    /* Σ for the variance of what F itself moves */
};

struct gray {
    size_t groups;
    struct group *group;
    double incidence; /* of the cause, of all groups together */
    double *shift;    /* groups²: Σ of a · dF/(1 - F) */
    double *now;      /* groups²: a, the score's weight now */
    double *cross;    /* groups² */
    double *score;    /* one a group */
    double *variance; /* groups² */
    double *squares;
};

/* The risk set of the subdistribution: n/S(t-), and n (1 - F_g(t-))/S(t-). */
struct totals {
    double scaled, below;
    double of_cause;
};

/* What is at risk of the cause in all groups; `incidences` are F of each before now. */
static struct totals total_up(const struct gray *gray, const double *incidences)
{
    struct totals totals = {0};
    for (size_t g = 0; g < gray->groups; g++) {
        const struct group *group = &gray->group[g];
        totals.of_cause += group->of_cause;
        if (!(group->at_risk > 0))
            continue;
        totals.scaled += group->at_risk / group->before;
        totals.below += group->at_risk * (1 - incidences[g]) / group->before;
    }
    return totals;
}

static void weigh(struct gray *gray, const struct totals *totals, double weight)
{
    size_t k = gray->groups;
    double rise = totals->of_cause / (totals->scaled * (1 - gray->incidence));
    memset(gray->now, 0, k * k * sizeof *gray->now);
    for (size_t g = 0; g < k; g++) {
        if (!(gray->group[g].at_risk > 0))
            continue;
        double own = gray->group[g].at_risk / gray->group[g].before;
        for (size_t h = 0; h < k; h++) {
            if (!(gray->group[h].at_risk > 0))
                continue;
            double other = gray->group[h].at_risk / gray->group[h].before;
            double a = weight * own * ((g == h ? 1 : 0) - other / totals->scaled);
            gray->now[g * k + h] = a;
            gray->shift[g * k + h] += a * rise;
        }
    }
}

/* The variance that group g's events add: `share` is how far F moves with its S. */
static void spread(struct gray *gray, size_t g, double share, double weight, double now)
{
    size_t k = gray->groups;
    gray->group[g].square += share * share * weight;
    for (size_t i = 0; i < k; i++) {
        double one = now * gray->now[i * k + g] - share * gray->shift[i * k + g];
        gray->cross[i * k + g] += one * share * weight;
        for (size_t j = 0; j < k; j++) {
            double two = now * gray->now[j * k + g] - share * gray->shift[j * k + g];
            gray->squares[i * k + j] += one * two * weight;
        }
    }
}

static void spread_all(struct gray *gray, const struct totals *totals, double incidence)
{
    double d = totals->of_cause;
    for (size_t g = 0; g < gray->groups; g++) {
        const struct group *group = &gray->group[g];
        double share = group->after > 0 ? (1 - incidence) / group->after : 0;
        if (d > 0 && group->at_risk > 0) {
            double tie = d > 1 ? 1 - (d - 1) / (totals->scaled * group->before - 1) : 1;
            spread(gray, g, group->after > 0 ? 1 - share : 1,
                   tie * group->before * d / (totals->scaled * group->at_risk), 1);
        }
        if (group->others > 0 && group->after > 0) {
            double n = group->at_risk, others = group->others;
            double tie = others > 1 ? 1 - (others - 1) / (n - 1) : 1;
            spread(gray, g, share,
                   tie * group->before * group->before * others / (n * n), 0);
        }
    }
}

static void at_time(struct gray *gray, double *incidences, double rho)
{
    struct totals totals = total_up(gray, incidences);
    double weight = pow(1 - gray->incidence, rho);
    double incidence = gray->incidence + totals.of_cause / totals.scaled;
    weigh(gray, &totals, weight);
    for (size_t g = 0; g < gray->groups; g++) {
        struct group *group = &gray->group[g];
        if (!(group->at_risk > 0))
            continue;
        double n = group->at_risk, d = group->of_cause + group->others;
        if (totals.of_cause > 0)
            gray->score[g] +=
                weight * (group->of_cause - totals.of_cause * n * (1 - incidences[g]) /
                                                (group->before * totals.below));
        incidences[g] += group->before * group->of_cause / n;
        group->after = group->before * (n - d) / n;
    }
    spread_all(gray, &totals, incidence);
    for (size_t g = 0; g < gray->groups; g++)
        if (gray->group[g].at_risk > 0)
            gray->group[g].before = gray->group[g].after;
    gray->incidence = incidence;
}

/* What the later weights owe to earlier events. */
static void close_stratum(struct gray *gray)
{
    size_t k = gray->groups;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double sum = gray->squares[i * k + j];
            for (size_t g = 0; g < k; g++) {
                double one = gray->shift[i * k + g], two = gray->shift[j * k + g];
                sum += one * two * gray->group[g].square +
                       one * gray->cross[j * k + g] + two * gray->cross[i * k + g];
            }
            gray->variance[i * k + j] += sum;
        }
}

static void open_stratum(struct gray *gray, double *incidences)
{
    size_t k = gray->groups, size = k * k * sizeof(double);
    memset(gray->shift, 0, size);
    memset(gray->cross, 0, size);
    memset(gray->squares, 0, size);
    memset(incidences, 0, k * sizeof *incidences);
    gray->incidence = 0;
    for (size_t g = 0; g < k; g++)
        gray->group[g] = (struct group){.before = 1, .after = 1};
}

static void add_stratum(struct gray *gray, const struct gray_input *input,
                        const uint32_t *order, size_t count, double *incidences)
{
    open_stratum(gray, incidences);
    for (size_t i = 0; i < count; i++)
        gray->group[input->groups[order[i]]].at_risk++;
    for (size_t i = 0, first; i < count;) {
        double time = input->times[order[i]];
        bool is_event = false;
        for (first = i; i < count && input->times[order[i]] <= time; i++) {
            struct group *group = &gray->group[input->groups[order[i]]];
            uint32_t cause = input->causes[order[i]];
            group->of_cause += cause == input->cause;
            group->others += cause != 0 && cause != input->cause;
            is_event = is_event || cause != 0;
        }
        if (is_event)
            at_time(gray, incidences, input->rho);
        for (; first < i; first++) {
            struct group *group = &gray->group[input->groups[order[first]]];
            group->at_risk--;
            group->of_cause = group->others = 0;
        }
    }
    close_stratum(gray);
}

/* All groups but the last: the last one's score follows from the others'. */
static bool chi_squared(const struct gray *gray, struct arena *arena,
                        struct gray_test *out)
{
    size_t k = gray->groups, used = 0, row;
    size_t *which = ARENA_ARRAY(arena, size_t, k + 1);
    for (size_t g = 0; g < k; g++)
        if (gray->variance[g * k + g] > 0)
            which[used++] = g;
    if (used < 2)
        return false;
    out->degrees = used - 1;
    double *score = ARENA_ARRAY(arena, double, used);
    double *variance = ARENA_ARRAY(arena, double, used *used);
    for (size_t i = 0; i + 1 < used; i++) {
        score[i] = gray->score[which[i]];
        for (size_t j = 0; j + 1 < used; j++)
            variance[i * out->degrees + j] = gray->variance[which[i] * k + which[j]];
    }
    struct matrix_factor factor;
    if (!matrix_factor(variance, out->degrees, arena, &factor, &row))
        return false;
    double chi2 = matrix_form(&factor, score, arena);
    out->chi2 = estimate_of(chi2);
    out->p = estimate_of(pchisq(chi2, (double)out->degrees, 0, 0));
    return true;
}

void gray_test(const struct gray_input *input, struct arena *arena,
               struct gray_test *out)
{
    size_t k = input->group_count, events = 0;
    *out = (struct gray_test){0};
    struct gray gray = {.groups = k,
                        .group = ARENA_ARRAY(arena, struct group, k + 1),
                        .shift = ARENA_ARRAY(arena, double, k *k + 1),
                        .now = ARENA_ARRAY(arena, double, k *k + 1),
                        .cross = ARENA_ARRAY(arena, double, k *k + 1),
                        .score = ARENA_ARRAY(arena, double, k + 1),
                        .variance = ARENA_ARRAY(arena, double, k *k + 1),
                        .squares = ARENA_ARRAY(arena, double, k *k + 1)};
    double *incidences = ARENA_ARRAY(arena, double, k + 1);
    struct order_parts strata;
    order_split(order_rising(input->times, input->count, arena), input->count,
                input->strata, input->stratum_count, arena, &strata);
    for (size_t s = 0; s < strata.count; s++)
        add_stratum(&gray, input, strata.order + strata.starts[s],
                    strata.starts[s + 1] - strata.starts[s], incidences);
    for (size_t i = 0; i < input->count; i++)
        events += input->causes[i] == input->cause;
    if (events == 0)
        out->chi2 = out->p = not_estimable("nobody had the event");
    else if (!chi_squared(&gray, arena, out))
        out->chi2 = out->p =
            not_estimable("fewer than two groups were at risk when events came");
}

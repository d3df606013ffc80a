#include "stats/logrank.h"

#include "stats/matrix.h"
#include "stats/order.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

struct tally {
    const struct logrank_input *input;
    struct logrank *out;
    double *at_risk, *events; /* one a group: at this time */
};

static void add_time(const struct tally *tally, double n, double d, double weight)
{
    size_t groups = tally->input->group_count;
    struct logrank *out = tally->out;
    double spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) / n : 0;
    for (size_t g = 0; g < groups; g++) {
        double at_risk = tally->at_risk[g], share = spread * at_risk;
        out->events[g] += tally->events[g];
        out->observed[g] += weight * tally->events[g];
        out->expected[g] += weight * d * at_risk / n;
        out->variance[g * groups + g] += share;
        share /= n;
        for (size_t h = 0; h < groups; h++)
            out->variance[g * groups + h] -= share * tally->at_risk[h];
    }
}

/* Of strata the rows lie apart: they are read more than once, and are copied together. */
static const struct order_item *fetch(const struct order_item *rising,
                                      const struct logrank_input *input,
                                      struct arena *arena, struct order_parts *strata)
{
    if (input->strata == NULL) {
        order_split(NULL, input->count, NULL, 1, arena, strata);
        return rising;
    }
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, input->count + 1);
    uint32_t *codes = ARENA_ARRAY(arena, uint32_t, input->count + 1);
    for (size_t i = 0; i < input->count; i++) {
        order[i] = (uint32_t)i;
        codes[i] = input->strata[rising[i].place];
    }
    order_split(order, input->count, codes, input->stratum_count, arena, strata);
    struct order_item *rows = ARENA_ARRAY(arena, struct order_item, input->count + 1);
    for (size_t i = 0; i < input->count; i++)
        rows[i] = rising[strata->order[i]];
    return rows;
}

/* The sums of one stratum: the rows from `first` up to before `last`. */
static void add_stratum(struct tally *tally, const struct order_item *rows,
                        size_t first, size_t last)
{
    double survival = 1, rho = tally->input->rho;
    /* The mark of a row is twice its group, and one more for an event. */
    memset(tally->at_risk, 0, tally->input->group_count * sizeof *tally->at_risk);
    for (size_t i = first; i < last; i++)
        tally->at_risk[rows[i].mark / 2]++;
    for (size_t g = 0; g < tally->input->group_count; g++)
        tally->out->members[g] += (size_t)tally->at_risk[g];
    while (first < last) {
        double n = (double)(last - first), d = 0;
        size_t i = first;
        for (; i < last && rows[i].value <= rows[first].value; i++)
            if (rows[i].mark % 2 == 1) {
                tally->events[rows[i].mark / 2]++;
                d++;
            }
        if (d > 0) {
            add_time(tally, n, d, fabs(rho) > 0 ? pow(survival, rho) : 1);
            survival *= (n - d) / n;
        }
        for (; first < i; first++) {
            tally->at_risk[rows[first].mark / 2]--;
            tally->events[rows[first].mark / 2] = 0;
        }
    }
}

static void no_test(struct logrank *out, const char *reason)
{
    out->chi2 = out->p = out->trend_chi2 = out->trend_p = not_estimable(reason);
}

/* Of the groups that were at risk of an event all but the first: the last one's excess
 * follows from the others'. */
static bool chi_squared(const struct logrank_input *input, struct logrank *out,
                        struct arena *arena)
{
    size_t groups = input->group_count, used = 0, row;
    size_t *which = ARENA_ARRAY(arena, size_t, groups + 1);
    for (size_t g = 0; g < groups; g++)
        if (out->expected[g] > 0)
            which[used++] = g;
    if (used < 2)
        return false;
    out->degrees = used - 1;
    double *excess = ARENA_ARRAY(arena, double, used);
    double *variance = ARENA_ARRAY(arena, double, used *used);
    for (size_t i = 1; i < used; i++) {
        excess[i - 1] = out->observed[which[i]] - out->expected[which[i]];
        for (size_t k = 1; k < used; k++)
            variance[(i - 1) * out->degrees + k - 1] =
                out->variance[which[i] * groups + which[k]];
    }
    struct matrix_factor factor;
    if (!matrix_factor(variance, out->degrees, arena, &factor, &row))
        return false;
    double chi2 = matrix_form(&factor, excess, arena);
    out->chi2 = estimate_of(chi2);
    out->p = estimate_of(pchisq(chi2, (double)out->degrees, 0, 0));
    return true;
}

static void trend(const struct logrank_input *input, struct logrank *out,
                  struct arena *arena)
{
    size_t groups = input->group_count;
    double *scores = ARENA_ARRAY(arena, double, groups), excess = 0;
    for (size_t g = 0; g < groups; g++) {
        scores[g] = input->scores == NULL ? (double)g : input->scores[g];
        excess += scores[g] * (out->observed[g] - out->expected[g]);
    }
    double variance = matrix_between(scores, out->variance, scores, groups);
    if (!(variance > 0)) {
        out->trend_chi2 = out->trend_p = not_estimable("the scores do not differ");
        return;
    }
    out->trend_chi2 = estimate_of(excess * excess / variance);
    out->trend_p = estimate_of(pchisq(excess * excess / variance, 1, 0, 0));
}

void logrank_test(const struct logrank_input *input, struct arena *arena,
                  struct logrank *out)
{
    size_t groups = input->group_count;
    *out = (struct logrank){0};
    out->members = ARENA_ARRAY(arena, size_t, groups + 1);
    out->events = ARENA_ARRAY(arena, double, groups + 1);
    out->observed = ARENA_ARRAY(arena, double, groups + 1);
    out->expected = ARENA_ARRAY(arena, double, groups + 1);
    out->variance = ARENA_ARRAY(arena, double, groups *groups + 1);
    struct tally tally = {input, out, ARENA_ARRAY(arena, double, groups + 1),
                          ARENA_ARRAY(arena, double, groups + 1)};
    struct order_parts strata;
    const struct order_item *rising =
        order_items(&(struct order_input){.values = input->times,
                                          .codes = input->groups,
                                          .flags = input->is_event,
                                          .count = input->count},
                    arena);
    const struct order_item *rows = fetch(rising, input, arena, &strata);
    for (size_t s = 0; s < strata.count; s++)
        add_stratum(&tally, rows, strata.starts[s], strata.starts[s + 1]);
    double events = 0;
    for (size_t g = 0; g < groups; g++)
        events += out->events[g];
    if (!(events > 0))
        no_test(out, "nobody had the event");
    else if (!chi_squared(input, out, arena))
        no_test(out, "fewer than two groups were at risk when events came");
    else
        trend(input, out, arena);
}

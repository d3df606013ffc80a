#include "stats/beta_binomial.h"

#include "stats/root.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

struct posterior {
    double a, b, level;
};

static const char *fault_of(const struct beta_input *input)
{
    if (input->events < 0 || input->total < input->events)
        return "events must be between 0 and the total";
    if (!(input->prior_a > 0 && input->prior_b > 0) || !isfinite(input->prior_a) ||
        !isfinite(input->prior_b))
        return "both numbers of the prior must be above 0";
    if (!(input->level > 0 && input->level < 1))
        return "the level must be between 0 and 1";
    if (!(input->null > 0 && input->null < 1))
        return "the null must be between 0 and 1";
    return NULL;
}

/* --- the densest interval ------------------------------------------------------------- */

/* How much denser the lower end is, when `below` lies under it: rises with it. */
static double denser(double below, const void *data)
{
    const struct posterior *p = data;
    double lower = qbeta(below, p->a, p->b, 1, 0);
    double upper = qbeta(1 - p->level - below, p->a, p->b, 0, 0);
    return dbeta(lower, p->a, p->b, 1) - dbeta(upper, p->a, p->b, 1);
}

static struct interval densest(const struct posterior *p)
{
    double rest = 1 - p->level;
    if (p->a <= 1 && p->b <= 1)
        return no_interval("the posterior has no single peak");
    if (p->a <= 1) /* falls from 0 */
        return interval_of(0, qbeta(rest, p->a, p->b, 0, 0));
    if (p->b <= 1) /* rises to 1 */
        return interval_of(qbeta(rest, p->a, p->b, 1, 0), 1);
    double below = root_between(denser, p, rest * 1e-12, rest * (1 - 1e-12));
    return interval_of(qbeta(below, p->a, p->b, 1, 0),
                       qbeta(rest - below, p->a, p->b, 0, 0));
}

/* --- the end of the study ------------------------------------------------------------- */

static double log_choose(double n, double k)
{
    return lgammafn(n + 1) - lgammafn(k + 1) - lgammafn(n - k + 1);
}

/* P(k of m further events). */
static double further(double k, double m, const struct posterior *p)
{
    return exp(log_choose(m, k) + lbeta(p->a + k, p->b + m - k) - lbeta(p->a, p->b));
}

static void predict(const struct beta_input *input, const struct posterior *p,
                    struct beta_binomial *out)
{
    if (input->planned < input->total || input->planned <= 0) {
        out->needed = out->predictive = not_estimable(
            input->planned <= 0 ? "no planned total was given"
                                : "the planned total is less than there are already");
        return;
    }
    if (!(input->threshold > 0 && input->threshold < 1)) {
        out->needed = out->predictive =
            not_estimable("the threshold must be between 0 and 1");
        return;
    }
    double planned = (double)input->planned, low = -1, high = planned + 1;
    while (high - low > 1) { /* P(p > null) rises with the number of events */
        double s = floor((low + high) / 2);
        double above =
            pbeta(input->null, input->prior_a + s, input->prior_b + planned - s, 0, 0);
        if (above > input->threshold)
            high = s;
        else
            low = s;
    }
    double m = planned - (double)input->total, sum = 0;
    double events = (double)input->events;
    out->needed = high > planned      ? not_estimable("no number of events is enough")
                  : high > events + m ? not_estimable("it cannot be reached any more")
                                      : estimate_of(fmax(high, events));
    for (int64_t k = (int64_t)fmax(0, high - events); k <= (int64_t)m; k++)
        sum += further((double)k, m, p);
    out->predictive = estimate_of(fmin(1, sum));
}

void beta_binomial_update(const struct beta_input *input, struct beta_binomial *out)
{
    const char *fault = fault_of(input);
    if (fault != NULL) {
        struct estimate none = not_estimable(fault);
        struct interval no_limits = no_interval(fault);
        *out = (struct beta_binomial){none,      none,      none, none,
                                      no_limits, no_limits, none, none};
        return;
    }
    struct posterior p = {.a = input->prior_a + (double)input->events,
                          .b = input->prior_b + (double)(input->total - input->events),
                          .level = input->level};
    double sum = p.a + p.b, tail = (1 - input->level) / 2;
    out->mean = estimate_of(p.a / sum);
    out->sd = estimate_of(sqrt(p.a * p.b / (sum + 1)) / sum);
    out->median = estimate_of(qbeta(0.5, p.a, p.b, 1, 0));
    out->above = estimate_of(pbeta(input->null, p.a, p.b, 0, 0));
    out->equal_tails =
        interval_of(qbeta(tail, p.a, p.b, 1, 0), qbeta(tail, p.a, p.b, 0, 0));
    out->densest = densest(&p);
    predict(input, &p, out);
}

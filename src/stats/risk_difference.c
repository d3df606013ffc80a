#include "stats/risk_difference.h"

#include "stats/proportion.h"
#include "stats/root.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static double variance(double p, double n)
{
    return p * (1 - p) / n;
}

struct interval difference_wald(const struct two_samples *two, double level)
{
    double p1 = two->x1 / two->n1, p2 = two->x2 / two->n2;
    double half = qnorm((1 - level) / 2, 0, 1, 0, 0) *
                  sqrt(variance(p1, two->n1) + variance(p2, two->n2));
    return interval_of(p1 - p2 - half, p1 - p2 + half);
}

static struct interval wilson_of(double x, double n, double level)
{
    struct proportion found;
    proportion_estimate(&(struct proportion_input){.events = (int64_t)x,
                                                   .total = (int64_t)n,
                                                   .level = level,
                                                   .null = (double)NAN},
                        &found);
    return found.wilson;
}

struct interval difference_newcombe(const struct two_samples *two, double level)
{
    double p1 = two->x1 / two->n1, p2 = two->x2 / two->n2;
    struct interval first = wilson_of(two->x1, two->n1, level);
    struct interval second = wilson_of(two->x2, two->n2, level);
    return interval_of(p1 - p2 - hypot(p1 - first.lower.value, second.upper.value - p2),
                       p1 - p2 +
                           hypot(first.upper.value - p1, p2 - second.lower.value));
}

/* --- the score interval --------------------------------------------------------------- */

/* The slope of the likelihood at p, times what is above 0 inside: it falls from above 0 to
 * below 0, so that halving finds the maximum even at an end of the range. */
static double slope(const struct two_samples *two, double difference, double p)
{
    double first = p + difference;
    return (two->x1 - two->n1 * first) * p * (1 - p) +
           (two->x2 - two->n2 * p) * first * (1 - first);
}

double restricted_proportion(const struct two_samples *two, double difference)
{
    double low = fmax(0, -difference), high = fmin(1, 1 - difference);
    for (int i = 0; i < 100 && high - low > 0; i++) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high)
            break;
        if (slope(two, difference, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

struct score {
    struct two_samples two;
    double z; /* the value that is looked for */
};

/* (p1 - p2 - difference) - z · its error: falls with the difference. */
static double score_beyond(double difference, const void *data)
{
    const struct score *score = data;
    const struct two_samples *two = &score->two;
    double p = restricted_proportion(two, difference);
    double n = two->n1 + two->n2;
    double first = fmin(1, fmax(0, p + difference));
    double error =
        sqrt((variance(first, two->n1) + variance(p, two->n2)) * n / (n - 1));
    return two->x1 / two->n1 - two->x2 / two->n2 - difference - score->z * error;
}

struct interval difference_miettinen_nurminen(const struct two_samples *two,
                                              double level)
{
    double difference = two->x1 / two->n1 - two->x2 / two->n2;
    double z = qnorm((1 - level) / 2, 0, 1, 0, 0);
    struct score lower = {*two, z}, upper = {*two, -z};
    return interval_of(
        difference <= -1 ? -1 : root_between(score_beyond, &lower, -1, difference),
        difference >= 1 ? 1 : root_between(score_beyond, &upper, difference, 1));
}

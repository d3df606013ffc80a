#include "stats/cluster_icc.h"

enum { POINTS = 20, ROUNDS = 100, HALVINGS = 30 };

/* Gauss and Hermite's rule for the standard normal distribution, from the eigenvalues of its
 * recurrence (Golub and Welsch 1969). */
static const double places[POINTS] = {
    -7.6190485416797582, -6.5105901570136542,  -5.5787388058932015, -4.7345813340460552,
    -3.9439673506573163, -3.1890148165533896,  -2.4586636111723679, -1.7452473208141268,
    -1.0429453488027509, -0.34696415708135592, 0.34696415708135597, 1.0429453488027509,
    1.7452473208141266,  2.4586636111723679,   3.1890148165533891,  3.9439673506573163,
    4.7345813340460552,  5.5787388058932015,   6.5105901570136542,  7.6190485416797582};
static const double weights[POINTS] = {
    1.2578006724379257e-13, 2.482062362315189e-10,  6.1274902599829333e-08,
    4.4021210902308586e-06, 0.00012882627996192936, 0.0018301031310804915,
    0.013997837447100991,   0.061506372063976855,   0.16173933398399995,
    0.26079306344955483,    0.26079306344955494,    0.16173933398399995,
    0.061506372063976897,   0.013997837447100991,   0.0018301031310804959,
    0.00012882627996192936, 4.4021210902308586e-06, 6.1274902599829333e-08,
    2.482062362315189e-10,  1.2578006724379257e-13};

static const double largest = 10, least_rise = 1e-10, least_deviation = 1e-6;

struct likelihood {
    double mean, deviation; /* where: of the logit */
    double log, score[2];
    double information[3], complete[3]; /* 11, 12, 22 */
};

/* Sums over the places, for the expectation over the intercept given the outcomes. */
struct expectation {
    double weight, score[2], squares[3], complete[3];
};

static void add_place(double events, double total, const struct likelihood *at, int q,
                      double weight, struct expectation *sum)
{
    double z = places[q], p = 1 / (1 + exp(-at->mean - at->deviation * z));
    double left = events - total * p, spread = total * p * (1 - p);
    double own[3] = {1, z, z * z};
    sum->weight += weight;
    for (int k = 0; k < 3; k++) {
        sum->squares[k] += weight * left * left * own[k];
        sum->complete[k] += weight * spread * own[k];
    }
    sum->score[0] += weight * left;
    sum->score[1] += weight * left * z;
}

static void add_cluster(double events, double total, struct likelihood *at)
{
    double logs[POINTS], top = -(double)INFINITY;
    for (int q = 0; q < POINTS; q++) {
        double eta = at->mean + at->deviation * places[q];
        double rise = eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta));
        logs[q] = log(weights[q]) + events * eta - total * rise;
        top = fmax(top, logs[q]);
    }
    struct expectation sum = {0};
    for (int q = 0; q < POINTS; q++)
        add_place(events, total, at, q, exp(logs[q] - top), &sum);
    double score[2] = {sum.score[0] / sum.weight, sum.score[1] / sum.weight};
    double products[3] = {score[0] * score[0], score[0] * score[1],
                          score[1] * score[1]};
    at->log += top + log(sum.weight);
    at->score[0] += score[0];
    at->score[1] += score[1];
    for (int k = 0; k < 3; k++) {
        at->complete[k] += sum.complete[k] / sum.weight;
        at->information[k] +=
            (sum.complete[k] - sum.squares[k]) / sum.weight + products[k];
    }
}

struct clusters {
    const double *events, *totals;
    size_t count;
};

static struct likelihood likelihood_at(const struct clusters *data, double mean,
                                       double deviation)
{
    struct likelihood at = {.mean = mean, .deviation = deviation};
    for (size_t i = 0; i < data->count; i++)
        if (data->totals[i] > 0)
            add_cluster(data->events[i], data->totals[i], &at);
    return at;
}

static void find_step(const struct likelihood *at, double *step)
{
    const double *i = at->information;
    if (!(i[0] > 0 && i[0] * i[2] - i[1] * i[1] > 1e-8 * i[0] * fabs(i[2])))
        i = at->complete;
    double determinant = i[0] * i[2] - i[1] * i[1];
    step[0] = (i[2] * at->score[0] - i[1] * at->score[1]) / determinant;
    step[1] = (i[0] * at->score[1] - i[1] * at->score[0]) / determinant;
}

/* The deviation at the maximum; NaN: it grows for ever. */
static double fit_deviation(const struct clusters *data, double proportion)
{
    struct likelihood at = likelihood_at(data, log(proportion / (1 - proportion)), 0.5);
    for (int round = 0; round < ROUNDS; round++) {
        double step[2], scale = 1;
        find_step(&at, step);
        struct likelihood next = at;
        for (int half = 0; half < HALVINGS; half++) {
            next = likelihood_at(data, at.mean + scale * step[0],
                                 at.deviation + scale * step[1]);
            if (next.log >= at.log)
                break;
            scale /= 2;
        }
        double rise = next.log - at.log;
        if (!(rise >= 0))
            break;
        at = next;
        if (fabs(at.deviation) > largest)
            return (double)NAN;
        if (rise < least_rise)
            break;
    }
    return fabs(at.deviation) < least_deviation ? 0 : fabs(at.deviation);
}

struct totals {
    double people, events, squares, used;
};

static struct totals totals_of(const struct clusters *data)
{
    struct totals sum = {0};
    for (size_t i = 0; i < data->count; i++) {
        sum.people += data->totals[i];
        sum.events += data->events[i];
        sum.squares += data->totals[i] * data->totals[i];
        sum.used += data->totals[i] > 0;
    }
    return sum;
}

static double anova_of(const struct clusters *data, const struct totals *sum)
{
    double between = 0, within = 0, mean = sum->events / sum->people;
    for (size_t i = 0; i < data->count; i++) {
        if (data->totals[i] <= 0)
            continue;
        double p = data->events[i] / data->totals[i];
        between += data->totals[i] * (p - mean) * (p - mean);
        within += data->totals[i] * p * (1 - p);
    }
    between /= sum->used - 1;
    within /= sum->people - sum->used;
    double size = (sum->people - sum->squares / sum->people) / (sum->used - 1);
    return (between - within) / (between + (size - 1) * within);
}

static const char *fault_of(const struct totals *sum)
{
    if (sum->used < 2)
        return "there are fewer than two clusters";
    if (sum->people <= sum->used)
        return "no cluster has two people";
    return sum->events <= 0 || sum->events >= sum->people ? "all outcomes are the same"
                                                          : NULL;
}

void cluster_icc(const double *events, const double *totals, size_t clusters,
                 struct cluster_icc *out)
{
    static const double logistic_variance = 9.8696044010893586 / 3; /* π²/3 */
    struct clusters data = {events, totals, clusters};
    struct totals sum = totals_of(&data);
    const char *reason = fault_of(&sum);
    out->anova = out->latent = out->deviation = not_estimable(reason);
    if (reason != NULL)
        return;
    out->anova = estimate_of(anova_of(&data, &sum));
    double s = fit_deviation(&data, sum.events / sum.people);
    if (isnan(s)) {
        out->latent = out->deviation = not_estimable(
            "clusters have all or nothing: their deviation grows for ever");
        return;
    }
    out->deviation = estimate_of(s);
    out->latent = estimate_of(s * s / (s * s + logistic_variance));
}

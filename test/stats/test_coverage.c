/* How often an interval holds the truth, over trials that are drawn: exact methods at least
 * as often as they say; the others within one percentage point at n = 500. Of proportions the
 * coverage is also enumerated, outcome by outcome, and the drawn one agrees with it.
 *
 * `make endure` draws 10,000 trials of each and prints the table of doc/statistics.md; in its
 * short form the error of simulation is allowed besides.
 */
#include "base/arena.h"
#include "base/attributes.h"
#include "stats/chance.h"
#include "stats/correlation.h"
#include "stats/cox.h"
#include "stats/finegray.h"
#include "stats/gee.h"
#include "stats/incidence.h"
#include "stats/logistic.h"
#include "stats/median.h"
#include "stats/mixed.h"
#include "stats/poisson.h"
#include "stats/proportion.h"
#include "stats/rank_test.h"
#include "stats/strata.h"
#include "stats/survival.h"
#include "stats/t_test.h"
#include "stats/two_by_two.h"
#include "support/oracle.h"
#include "support/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 500, HALF = N / 2, VISITS = 4 };

static const double level = 0.95, pi = 3.14159265358979323846;

/* A trial that is drawn: room for what the methods need. */
struct trial {
    struct chance chance;
    struct arena *arena;
    double x[N], y[N], time[N];
    bool is_event[N];
    uint32_t cause[N], cluster[N];
};

/* --- drawing -------------------------------------------------------------------------- */

static double uniform(struct trial *trial)
{
    double number;
    chance_uniform(&trial->chance, 1, &number);
    return number;
}

static double exponential(struct trial *trial, double mean)
{
    return -mean * log(uniform(trial));
}

static double normal(struct trial *trial)
{
    double radius = sqrt(2 * exponential(trial, 1));
    return radius * cos(2 * pi * uniform(trial));
}

static int64_t binomial(struct trial *trial, int64_t n, double p)
{
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++)
        count += uniform(trial) < p;
    return count;
}

static int64_t poisson(struct trial *trial, double mean)
{
    int64_t count = -1;
    for (double sum = 0; sum <= mean; count++)
        sum += exponential(trial, 1);
    return count;
}

/* Times of hazard `hazard` e^{slope x}, censored by others. */
static void draw_times(struct trial *trial, double hazard, double slope)
{
    for (size_t i = 0; i < N; i++) {
        trial->x[i] = normal(trial);
        double time = exponential(trial, 1 / (hazard * exp(slope * trial->x[i])));
        double censored = exponential(trial, 150);
        trial->is_event[i] = time <= censored;
        trial->time[i] = fmin(time, censored);
    }
}

static struct interval around(struct estimate value, struct estimate error)
{
    double reach = normal_reach(level) * error.value;
    return interval_of(value.value - reach, value.value + reach);
}

/* --- the methods: each gives its interval of a trial ------------------------------------ */

static struct survival_curve *curve_of(struct trial *trial)
{
    struct survival_curve *curve;
    draw_times(trial, 0.01, 0);
    bool is_fit =
        survival_fit(&(struct survival_input){trial->time, trial->is_event, N, NULL},
                     trial->arena, &curve);
    assert_true(is_fit);
    return curve;
}

static struct interval km_log_log(struct trial *trial)
{
    struct survival_at at;
    survival_at(curve_of(trial), 50, SURVIVAL_LOG_LOG, level, &at);
    return at.interval;
}

static struct interval km_log(struct trial *trial)
{
    struct survival_at at;
    survival_at(curve_of(trial), 50, SURVIVAL_LOG, level, &at);
    return at.interval;
}

static struct interval km_median(struct trial *trial)
{
    struct survival_quantile found;
    survival_quantile(curve_of(trial), 0.5, SURVIVAL_LOG_LOG, level, &found);
    return found.interval;
}

static struct interval restricted_mean(struct trial *trial)
{
    struct estimate mean, error;
    survival_restricted_mean(curve_of(trial), 100, &mean, &error);
    return around(mean, error);
}

static struct interval cox(struct trial *trial)
{
    draw_times(trial, 0.01, 0.5);
    struct cox_input input = {.times = trial->time,
                              .is_event = trial->is_event,
                              .covariates = (const double *const[]){trial->x},
                              .count = N,
                              .covariate_count = 1};
    const struct cox_fit *fit = cox_fit(&input, trial->arena);
    return around(fit->coefficients[0].value, fit->coefficients[0].error);
}

static struct interval cox_robust(struct trial *trial)
{
    draw_times(trial, 0.01, 0.5);
    struct cox_input input = {.times = trial->time,
                              .is_event = trial->is_event,
                              .covariates = (const double *const[]){trial->x},
                              .count = N,
                              .covariate_count = 1,
                              .is_robust = true};
    const struct cox_fit *fit = cox_fit(&input, trial->arena);
    return around(fit->coefficients[0].value, fit->coefficients[0].robust_error);
}

static struct interval aalen_johansen(struct trial *trial)
{
    struct incidence_at at;
    draw_times(trial, 0.03, 0);
    for (size_t i = 0; i < N; i++)
        trial->cause[i] = !trial->is_event[i] ? 0 : uniform(trial) < 1.0 / 3 ? 1 : 2;
    incidence_at(
        incidence_fit(&(struct incidence_input){trial->time, trial->cause, N, 1},
                      trial->arena),
        50, level, &at);
    return at.interval;
}

/* F_1(t | x) = 1 - (1 - p (1 - e^-t))^exp(x/2), p = 0.6: Fine and Gray 1999, section 6. */
static struct interval fine_gray(struct trial *trial)
{
    for (size_t i = 0; i < N; i++) {
        trial->x[i] = normal(trial);
        double power = exp(0.5 * trial->x[i]), first = 1 - pow(0.4, power);
        bool is_first = uniform(trial) < first;
        double u = uniform(trial) * first;
        double time = is_first ? -log(1 - (1 - pow(1 - u, 1 / power)) / 0.6)
                               : exponential(trial, 1);
        double censored = 3 * uniform(trial);
        trial->cause[i] = time > censored ? 0 : is_first ? 1 : 2;
        trial->time[i] = fmin(time, censored);
    }
    struct finegray_fit fit;
    finegray_fit(
        &(struct finegray_input){.times = trial->time,
                                 .causes = trial->cause,
                                 .covariates = (const double *const[]){trial->x},
                                 .count = N,
                                 .covariate_count = 1,
                                 .cause = 1},
        trial->arena, &fit);
    return around(fit.coefficients[0].value, fit.coefficients[0].error);
}

static struct logistic_coefficient logistic(struct trial *trial, bool is_firth)
{
    for (size_t i = 0; i < N; i++) {
        trial->x[i] = normal(trial);
        trial->is_event[i] = uniform(trial) < 1 / (1 + exp(0.5 - 0.7 * trial->x[i]));
    }
    struct logistic_fit fit;
    logistic_fit(
        &(struct logistic_input){.outcomes = trial->is_event,
                                 .covariates = (const double *const[]){trial->x},
                                 .count = N,
                                 .covariate_count = 1,
                                 .level = level,
                                 .is_firth = is_firth,
                                 .has_profile = true},
        trial->arena, &fit);
    return fit.coefficients[1];
}

static struct interval logistic_wald(struct trial *trial)
{
    return logistic(trial, false).wald;
}

static struct interval logistic_profile(struct trial *trial)
{
    return logistic(trial, false).profile;
}

static struct interval firth_profile(struct trial *trial)
{
    return logistic(trial, true).profile;
}

/* Clusters of two; each member takes the cluster's draw or one of its own. */
static struct interval gee(struct trial *trial)
{
    for (size_t c = 0; c < HALF; c++) {
        double x = normal(trial), p = 1 / (1 + exp(0.2 - 0.6 * x));
        bool common = uniform(trial) < p;
        for (size_t i = 2 * c; i < 2 * c + 2; i++) {
            trial->x[i] = x;
            trial->cluster[i] = (uint32_t)c;
            bool is_common = uniform(trial) < 0.6, own = uniform(trial) < p;
            trial->y[i] = (is_common ? common : own) ? 1 : 0;
        }
    }
    struct gee_fit fit;
    gee_fit(&(struct gee_input){.outcomes = trial->y,
                                .covariates = (const double *const[]){trial->x},
                                .clusters = trial->cluster,
                                .count = N,
                                .covariate_count = 1,
                                .cluster_count = HALF,
                                .family = GEE_LOGIT,
                                .level = level},
            trial->arena, &fit);
    return fit.coefficients[1].interval;
}

/* Subjects of four visits with an effect of their own; x varies within them. */
static struct interval mixed(struct trial *trial, enum mixed_kind kind)
{
    static double positions[N];
    for (size_t s = 0; s < N / VISITS; s++) {
        double own = normal(trial);
        for (size_t i = s * VISITS; i < (s + 1) * VISITS; i++) {
            trial->x[i] = normal(trial);
            trial->y[i] = 0.4 * trial->x[i] + own + normal(trial);
            trial->cluster[i] = (uint32_t)s;
            positions[i] = (double)(i % VISITS);
        }
    }
    struct mixed_fit fit;
    mixed_fit(&(struct mixed_input){.outcomes = trial->y,
                                    .covariates = (const double *const[]){trial->x},
                                    .subjects = trial->cluster,
                                    .positions = positions,
                                    .count = N,
                                    .covariate_count = 1,
                                    .subject_count = N / VISITS,
                                    .visit_count = VISITS,
                                    .kind = kind,
                                    .level = level},
              trial->arena, &fit);
    return fit.coefficients[1].interval;
}

static struct interval mixed_intercept(struct trial *trial)
{
    return mixed(trial, MIXED_INTERCEPT);
}

static struct interval mixed_unstructured(struct trial *trial)
{
    return mixed(trial, MIXED_UNSTRUCTURED);
}

static struct interval welch(struct trial *trial)
{
    for (size_t i = 0; i < N; i++)
        trial->x[i] = normal(trial) * (i < HALF ? 1 : 3);
    struct moments one = moments_of(trial->x, HALF),
                   two = moments_of(trial->x + HALF, HALF);
    struct t_test test;
    t_test_welch(&one, &two, 0, level, &test);
    return test.interval;
}

static struct interval signed_rank(struct trial *trial)
{
    for (size_t i = 0; i < N; i++)
        trial->x[i] = exponential(trial, 1) - exponential(trial, 1);
    struct rank_test test;
    signed_rank_test(trial->x, N,
                     &(struct rank_options){.method = RANK_AUTOMATIC, .level = level},
                     trial->arena, &test);
    return test.interval;
}

static struct interval rank_sum(struct trial *trial)
{
    for (size_t i = 0; i < N; i++)
        trial->x[i] = exponential(trial, 1) + (i < HALF ? 0.3 : 0);
    struct rank_test test;
    rank_sum_test(trial->x, HALF, trial->x + HALF, HALF,
                  &(struct rank_options){.method = RANK_AUTOMATIC, .level = level},
                  trial->arena, &test);
    return test.interval;
}

/* Of 30 values, without ties: exact. */
static struct interval signed_rank_exact(struct trial *trial)
{
    for (size_t i = 0; i < 30; i++)
        trial->x[i] = normal(trial);
    struct rank_test test;
    signed_rank_test(trial->x, 30,
                     &(struct rank_options){.method = RANK_EXACT, .level = level},
                     trial->arena, &test);
    return test.interval;
}

static struct interval median(struct trial *trial)
{
    for (size_t i = 0; i < 52; i++)
        trial->x[i] = exponential(trial, 1);
    struct median found;
    median_estimate(sample_sort(trial->x, 52, trial->arena), level, &found);
    return found.interval;
}

static struct interval pearson(struct trial *trial)
{
    struct correlation found;
    for (size_t i = 0; i < N; i++) {
        trial->x[i] = normal(trial);
        trial->y[i] = 0.5 * trial->x[i] + sqrt(0.75) * normal(trial);
    }
    correlation_pearson(trial->x, trial->y, N, level, &found);
    return found.interval;
}

static struct interval poisson_exact(struct trial *trial)
{
    struct poisson_rate found;
    poisson_rate(&(struct poisson_sample){poisson(trial, 7), 10}, (double)NAN, level,
                 &found);
    return found.exact;
}

static struct interval rate_ratio(struct trial *trial)
{
    struct poisson_ratio found;
    struct poisson_sample one = {poisson(trial, 30), 1}, two = {poisson(trial, 20), 1};
    poisson_ratio(&one, &two, 1, level, &found);
    return found.exact;
}

static struct two_by_two_measures table(struct trial *trial)
{
    int64_t a = binomial(trial, HALF, 0.7), c = binomial(trial, HALF, 0.6);
    struct two_by_two_measures found;
    two_by_two_measure(&(struct two_by_two){a, HALF - a, c, HALF - c}, level, &found);
    return found;
}

static struct interval newcombe(struct trial *trial)
{
    return table(trial).rd_newcombe;
}

static struct interval miettinen_nurminen(struct trial *trial)
{
    return table(trial).rd_miettinen_nurminen;
}

static struct interval katz(struct trial *trial)
{
    return table(trial).rr_katz;
}

static struct interval woolf(struct trial *trial)
{
    return table(trial).or_woolf;
}

static struct interval mantel_haenszel(struct trial *trial)
{
    struct two_by_two tables[5];
    for (size_t s = 0; s < 5; s++) {
        double odds = exp(-1 + 0.4 * (double)s), more = 2 * odds;
        int64_t a = binomial(trial, 50, more / (1 + more));
        int64_t c = binomial(trial, 50, odds / (1 + odds));
        tables[s] = (struct two_by_two){a, 50 - a, c, 50 - c};
    }
    struct strata found;
    strata_combine(tables, 5, level, &found);
    return found.odds_interval;
}

/* --- proportions ------------------------------------------------------------------------ */

enum { TOTAL = 52 };

static struct proportion proportion(int64_t events, int64_t total)
{
    struct proportion found;
    proportion_estimate(&(struct proportion_input){events, total, level, (double)NAN},
                        &found);
    return found;
}

static struct interval clopper_pearson(struct trial *trial)
{
    return proportion(binomial(trial, TOTAL, 0.9), TOTAL).clopper_pearson;
}

static struct interval wilson(struct trial *trial)
{
    return proportion(binomial(trial, N, 0.9), N).wilson;
}

static struct interval midp(struct trial *trial)
{
    return proportion(binomial(trial, N, 0.9), N).midp;
}

static struct interval jeffreys(struct trial *trial)
{
    return proportion(binomial(trial, N, 0.9), N).jeffreys;
}

/* --- the table -------------------------------------------------------------------------- */

static const struct scenario {
    const char *title;
    struct interval (*draw)(struct trial *trial);
    double truth;
    bool is_exact;
} scenarios[] = {
    {"Clopper-Pearson, n 52, p 0.9", clopper_pearson, 0.9, true},
    {"Wilson, p 0.9", wilson, 0.9, false},
    {"mid-P, p 0.9", midp, 0.9, false},
    {"Jeffreys, p 0.9", jeffreys, 0.9, false},
    {"risk difference, Newcombe", newcombe, 0.1, false},
    {"risk difference, Miettinen-Nurminen", miettinen_nurminen, 0.1, false},
    {"risk ratio, Katz", katz, 0.7 / 0.6, false},
    {"odds ratio, Woolf", woolf, 0.7 / 0.3 / 1.5, false},
    {"odds ratio, Mantel-Haenszel", mantel_haenszel, 2, false},
    {"Poisson rate, exact", poisson_exact, 0.7, true},
    {"ratio of rates, exact", rate_ratio, 1.5, true},
    {"median by order statistics, n 52", median, 0.69314718055994531, true},
    {"Welch", welch, 0, false},
    {"Hodges-Lehmann, signed rank, exact, n 30", signed_rank_exact, 0, true},
    {"Hodges-Lehmann, signed rank", signed_rank, 0, false},
    {"Hodges-Lehmann, rank sum", rank_sum, 0.3, false},
    {"Pearson", pearson, 0.5, false},
    {"Kaplan-Meier, log-log", km_log_log, 0.60653065971263342, false},
    {"Kaplan-Meier, log", km_log, 0.60653065971263342, false},
    {"Kaplan-Meier, median", km_median, 69.314718055994531, false},
    {"restricted mean", restricted_mean, 63.212055882855767, false},
    {"Aalen-Johansen", aalen_johansen, 0.25895661328385673, false},
    {"Cox", cox, 0.5, false},
    {"Cox, robust", cox_robust, 0.5, false},
    {"Fine and Gray", fine_gray, 0.5, false},
    {"logistic, Wald", logistic_wald, 0.7, false},
    {"logistic, profile", logistic_profile, 0.7, false},
    {"logistic, Firth's profile", firth_profile, 0.7, false},
    {"GEE, robust", gee, 0.6, false},
    {"mixed model, random intercept", mixed_intercept, 0.4, false},
    {"mixed model, unstructured visits", mixed_unstructured, 0.4, false},
};

static bool holds(struct interval interval, double truth)
{
    if (!is_estimated(interval.lower) || !is_estimated(interval.upper))
        fail_msg("%s", is_estimated(interval.lower) ? interval.upper.reason
                                                    : interval.lower.reason);
    return interval.lower.value <= truth && truth <= interval.upper.value;
}

static double coverage(const struct scenario *scenario, uint64_t seed, size_t trials)
{
    static struct trial trial;
    size_t held = 0;
    trial.arena = arena_new((size_t)256 << 20);
    arena_keep(trial.arena, 1 << 20);
    for (size_t i = 0; i < trials; i++) {
        trial.chance = chance_of(seed, i);
        held += holds(scenario->draw(&trial), scenario->truth);
        arena_reset(trial.arena);
    }
    arena_free(trial.arena);
    return (double)held / (double)trials;
}

static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    bool is_whole = getenv("ENDURE") != NULL;
    size_t trials = is_whole ? 10000 : 250;
    double error = sqrt(level * (1 - level) / (double)trials);
    double slack = is_whole ? 2 * error : 3.5 * error;
    for (size_t i = 0; i < ARRAY_COUNT(scenarios); i++) {
        double found = coverage(&scenarios[i], 1000 + i, trials);
        if (is_whole)
            print_message("| %s | %.1f %% |\n", scenarios[i].title, 100 * found);
        bool is_kept = scenarios[i].is_exact ? found >= level - slack
                                             : fabs(found - level) <= 0.01 + slack;
        if (!is_kept)
            fail_msg("%s: %.4f", scenarios[i].title, found);
    }
}

/* --- enumerated ------------------------------------------------------------------------- */

enum { KINDS = 7 };

static struct interval kind_of(const struct proportion *found, size_t kind)
{
    const struct interval kinds[KINDS] = {
        found->wilson, found->clopper_pearson, found->wilson_cc, found->agresti_coull,
        found->wald,   found->jeffreys,        found->midp};
    return kinds[kind];
}

static double probability(int64_t x, double p)
{
    double n = TOTAL, k = (double)x;
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) +
               (n - k) * log1p(-p));
}

static void coverage_that_is_drawn_is_what_is_enumerated(void **state)
{
    (void)state;
    static struct proportion all[TOTAL + 1];
    static const double ps[] = {0.02, 0.25, 0.5, 0.75, 0.9, 0.96};
    struct trial *trial = calloc(1, sizeof *trial);
    assert_non_null(trial);
    size_t trials = getenv("ENDURE") != NULL ? 100000 : 4000;
    for (int64_t x = 0; x <= TOTAL; x++)
        all[x] = proportion(x, TOTAL);
    for (size_t i = 0; i < ARRAY_COUNT(ps); i++) {
        double exact[KINDS] = {0}, drawn[KINDS] = {0};
        trial->chance = chance_of(52, i);
        for (int64_t x = 0; x <= TOTAL; x++)
            for (size_t kind = 0; kind < KINDS; kind++)
                exact[kind] +=
                    holds(kind_of(&all[x], kind), ps[i]) ? probability(x, ps[i]) : 0;
        for (size_t t = 0; t < trials; t++) {
            int64_t x = binomial(trial, TOTAL, ps[i]);
            for (size_t kind = 0; kind < KINDS; kind++)
                drawn[kind] += holds(kind_of(&all[x], kind), ps[i]);
        }
        for (size_t kind = 0; kind < KINDS; kind++) {
            double error = sqrt(exact[kind] * (1 - exact[kind]) / (double)trials);
            assert_near(drawn[kind] / (double)trials, exact[kind], 4.5 * error + 1e-9);
        }
    }
    free(trial);
}

/* The exact interval, and Wilson's with correction, at every p of a fine grid. */
static void exact_intervals_never_hold_less_than_they_say(void **state)
{
    (void)state;
    static struct proportion all[TOTAL + 1];
    for (int64_t x = 0; x <= TOTAL; x++)
        all[x] = proportion(x, TOTAL);
    for (int k = 1; k < 2000; k++) {
        double p = k / 2000.0, held = 0;
        for (int64_t x = 0; x <= TOTAL; x++)
            held += holds(all[x].clopper_pearson, p) ? probability(x, p) : 0;
        assert_true(held >= level - 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coverage_that_is_drawn_is_what_is_enumerated),
        cmocka_unit_test(exact_intervals_never_hold_less_than_they_say),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What must hold on any data, where no other program has computed it: a method that is a
 * special case of another gives the same, and what says nothing changes nothing.
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
#include "stats/logrank.h"
#include "stats/matrix.h"
#include "stats/mcnemar.h"
#include "stats/median.h"
#include "stats/mixed.h"
#include "stats/multiplicity.h"
#include "stats/proportion.h"
#include "stats/rank_test.h"
#include "stats/several_groups.h"
#include "stats/strata.h"
#include "stats/survival.h"
#include "stats/t_test.h"
#include "support/oracle.h"
#include "support/unit.h"

#include <math.h>
#include <string.h>

enum { N = 240 };

static struct data {
    double x[N], y[N], time[N], start[N];
    bool is_event[N], outcome[N];
    uint32_t group[N], cause[N], cluster[N];
} plain, other;

static struct arena *arena;

/* Continuous times, or of few values: then many are tied. */
static void draw(uint64_t stream, bool is_tied, struct data *out)
{
    static double numbers[6][N];
    struct chance chance = chance_of(20261129, stream);
    for (size_t k = 0; k < 6; k++)
        chance_uniform(&chance, N, numbers[k]);
    for (size_t i = 0; i < N; i++) {
        out->x[i] = numbers[0][i] * 4 - 2;
        out->group[i] = numbers[1][i] < 0.4;
        out->y[i] = 2 + out->x[i] + 3 * (numbers[2][i] + numbers[4][i] - 1);
        double time = -20 * log(numbers[2][i]) * exp(-0.5 * out->x[i]);
        out->time[i] = is_tied ? ceil(time / 5) : time;
        out->start[i] = out->time[i] * numbers[3][i] / 2;
        out->is_event[i] = numbers[4][i] < 0.7;
        out->outcome[i] = numbers[5][i] < 1 / (1 + exp(-out->x[i]));
        out->cause[i] = !out->is_event[i] ? 0 : numbers[5][i] < 0.4 ? 1 : 2;
        out->cluster[i] = (uint32_t)(i / 4);
    }
}

/* The same people in another order. */
static void shuffle(const struct data *from, struct data *to)
{
    for (size_t i = 0; i < N; i++) {
        size_t k = (i * 77 + 13) % N;
        to->x[i] = from->x[k];
        to->y[i] = from->y[k];
        to->time[i] = from->time[k];
        to->start[i] = from->start[k];
        to->is_event[i] = from->is_event[k];
        to->outcome[i] = from->outcome[k];
        to->group[i] = from->group[k];
        to->cause[i] = from->cause[k];
        to->cluster[i] = from->cluster[k];
    }
}

static struct logrank logrank_of(const struct data *data, const double *times)
{
    struct logrank found;
    logrank_test(&(struct logrank_input){.times = times,
                                         .is_event = data->is_event,
                                         .groups = data->group,
                                         .count = N,
                                         .group_count = 2},
                 arena, &found);
    return found;
}

static struct cox_input cox_input_of(const struct data *data, const double *covariate,
                                     enum cox_ties ties)
{
    const double **covariates = ARENA_ARRAY(arena, const double *, 1);
    covariates[0] = covariate;
    return (struct cox_input){.times = data->time,
                              .is_event = data->is_event,
                              .covariates = covariates,
                              .count = N,
                              .covariate_count = 1,
                              .ties = ties};
}

/* The fit keeps its input, so that this lives as long. */
static struct cox_fit *cox_of(struct cox_input input)
{
    struct cox_input *kept = ARENA_NEW(arena, struct cox_input);
    *kept = input;
    return cox_fit(kept, arena);
}

static const double *group_column(const struct data *data)
{
    double *column = ARENA_ARRAY(arena, double, N);
    for (size_t i = 0; i < N; i++)
        column[i] = data->group[i];
    return column;
}

static struct survival_curve *curve_of(const double *times, const bool *is_event)
{
    struct survival_curve *curve;
    bool is_fit =
        survival_fit(&(struct survival_input){times, is_event, N, NULL}, arena, &curve);
    assert_true(is_fit);
    return curve;
}

/* --- survival ------------------------------------------------------------------------- */

static void without_censoring_the_curve_is_the_part_still_alive(void **state)
{
    (void)state;
    bool all[N];
    for (int is_tied = 0; is_tied < 2; is_tied++) {
        draw(1, is_tied, &plain);
        memset(all, true, sizeof all);
        const struct survival_curve *curve = curve_of(plain.time, all);
        for (size_t k = 0; k < N; k += 17) {
            double alive = 0, sum = 0, at = plain.time[k];
            for (size_t i = 0; i < N; i++) {
                alive += plain.time[i] > at;
                sum += fmin(plain.time[i], at);
            }
            struct survival_at found;
            struct estimate mean, error;
            survival_at(curve, at, SURVIVAL_PLAIN, 0.95, &found);
            assert_near(found.survival.value, alive / N, 1e-13);
            /* Greenwood's error is then the binomial one */
            if (alive > 0)
                assert_near(found.error.value, sqrt(alive / N * (1 - alive / N) / N),
                            1e-13);
            survival_restricted_mean(curve, at, &mean, &error);
            assert_near(mean.value, sum / N, 1e-11 * sum / N);
        }
    }
}

static void the_order_of_people_changes_no_bit(void **state)
{
    (void)state;
    for (int is_tied = 0; is_tied < 2; is_tied++) {
        draw(2, is_tied, &plain);
        shuffle(&plain, &other);
        const struct survival_curve *one = curve_of(plain.time, plain.is_event),
                                    *two = curve_of(other.time, other.is_event);
        assert_int_equal(one->step_count, two->step_count);
        assert_memory_equal(one->steps, two->steps,
                            one->step_count * sizeof *one->steps);
        struct logrank before = logrank_of(&plain, plain.time),
                       after = logrank_of(&other, other.time);
        assert_memory_equal(&before.chi2.value, &after.chi2.value, sizeof(double));
        struct cox_input input = cox_input_of(&plain, plain.x, COX_EFRON),
                         again = cox_input_of(&other, other.x, COX_EFRON);
        const struct cox_fit *fit = cox_of(input), *same = cox_of(again);
        assert_near(fit->coefficients[0].value.value, same->coefficients[0].value.value,
                    1e-12);
        assert_near(fit->coefficients[0].error.value, same->coefficients[0].error.value,
                    1e-12);
    }
}

/* Only the order of times matters; of a curve, its height. */
static void another_clock_changes_nothing_but_times(void **state)
{
    (void)state;
    double hours[N];
    draw(3, true, &plain);
    for (size_t i = 0; i < N; i++)
        hours[i] = plain.time[i] * 24;
    struct survival_quantile days, longer;
    survival_quantile(curve_of(plain.time, plain.is_event), 0.5, SURVIVAL_LOG_LOG, 0.95,
                      &days);
    survival_quantile(curve_of(hours, plain.is_event), 0.5, SURVIVAL_LOG_LOG, 0.95,
                      &longer);
    assert_near(longer.time.value, 24 * days.time.value, 1e-12);
    assert_near(longer.interval.lower.value, 24 * days.interval.lower.value, 1e-12);
    assert_near(logrank_of(&plain, hours).chi2.value,
                logrank_of(&plain, plain.time).chi2.value, 1e-13);
    struct cox_input input = cox_input_of(&plain, plain.x, COX_EFRON), again = input;
    again.times = hours;
    assert_near(cox_of(again)->coefficients[0].value.value,
                cox_of(input)->coefficients[0].value.value, 1e-12);
}

static void labels_of_groups_may_be_changed_over(void **state)
{
    (void)state;
    draw(4, true, &plain);
    double before = logrank_of(&plain, plain.time).chi2.value;
    const struct cox_fit *fit =
        cox_of(cox_input_of(&plain, group_column(&plain), COX_EFRON));
    for (size_t i = 0; i < N; i++)
        plain.group[i] = 1 - plain.group[i];
    assert_near(logrank_of(&plain, plain.time).chi2.value, before, 1e-12);
    const struct cox_fit *turned =
        cox_of(cox_input_of(&plain, group_column(&plain), COX_EFRON));
    assert_near(turned->coefficients[0].value.value, -fit->coefficients[0].value.value,
                1e-11);
    assert_near(turned->loglik.value, fit->loglik.value, 1e-11);
}

static void the_log_rank_test_is_the_score_test_of_cox(void **state)
{
    (void)state;
    draw(5, false, &plain); /* no ties */
    const double *group = group_column(&plain);
    const struct cox_fit *efron = cox_of(cox_input_of(&plain, group, COX_EFRON));
    const struct cox_fit *breslow = cox_of(cox_input_of(&plain, group, COX_BRESLOW));
    assert_near(efron->score.value, logrank_of(&plain, plain.time).chi2.value, 1e-11);
    assert_near(breslow->coefficients[0].value.value,
                efron->coefficients[0].value.value, 1e-13);
    assert_near(breslow->coefficients[0].error.value,
                efron->coefficients[0].error.value, 1e-13);
}

static void what_is_the_same_for_all_changes_no_cox_model(void **state)
{
    (void)state;
    draw(6, true, &plain);
    double zeros[N] = {0}, moved[N];
    uint32_t one[N] = {0};
    struct cox_input input = cox_input_of(&plain, plain.x, COX_EFRON), with = input;
    const struct cox_fit *fit = cox_of(input);
    with.entries = zeros; /* all from the start */
    with.strata = one;
    with.stratum_count = 1;
    double value = fit->coefficients[0].value.value;
    assert_near(cox_of(with)->coefficients[0].value.value, value, 1e-12);
    for (size_t i = 0; i < N; i++)
        moved[i] = 1000 - 3 * plain.x[i];
    const struct cox_fit *scaled = cox_of(cox_input_of(&plain, moved, COX_EFRON));
    assert_near(scaled->coefficients[0].value.value, -value / 3, 1e-11);
    assert_near(scaled->loglik.value, fit->loglik.value, 1e-9);
    assert_near(scaled->score.value, fit->score.value, 1e-9);
    struct cox_concordance one_way, other_way;
    cox_concordance(fit, arena, &one_way);
    cox_concordance(scaled, arena, &other_way);
    assert_near(one_way.value.value, other_way.value.value, 1e-14);
}

static void one_cause_alone_is_a_curve_and_a_cox_model(void **state)
{
    (void)state;
    for (int is_tied = 0; is_tied < 2; is_tied++) {
        draw(7, is_tied, &plain);
        for (size_t i = 0; i < N; i++)
            plain.cause[i] = plain.is_event[i];
        const struct survival_curve *curve = curve_of(plain.time, plain.is_event);
        const struct incidence_curve *incidence = incidence_fit(
            &(struct incidence_input){plain.time, plain.cause, N, 1}, arena);
        for (size_t k = 0; k < N; k += 13) {
            struct survival_at survival;
            struct incidence_at at;
            survival_at(curve, plain.time[k], SURVIVAL_LOG_LOG, 0.95, &survival);
            incidence_at(incidence, plain.time[k], 0.95, &at);
            assert_near(at.incidence.value, 1 - survival.survival.value, 1e-13);
        }
    }
    struct finegray_fit fit;
    draw(8, false, &plain);
    for (size_t i = 0; i < N; i++)
        plain.cause[i] = plain.is_event[i];
    finegray_fit(
        &(struct finegray_input){.times = plain.time,
                                 .causes = plain.cause,
                                 .covariates = (const double *const[]){plain.x},
                                 .count = N,
                                 .covariate_count = 1,
                                 .cause = 1},
        arena, &fit);
    const struct cox_fit *cox = cox_of(cox_input_of(&plain, plain.x, COX_BRESLOW));
    assert_near(fit.coefficients[0].value.value, cox->coefficients[0].value.value,
                1e-8);
    assert_near(fit.loglik.value, cox->loglik.value, 1e-8);
}

static void causes_and_survival_add_up_to_one(void **state)
{
    (void)state;
    draw(9, true, &plain);
    const struct survival_curve *curve = curve_of(plain.time, plain.is_event);
    for (size_t k = 0; k < N; k += 11) {
        struct survival_at survival;
        survival_at(curve, plain.time[k], SURVIVAL_PLAIN, 0.95, &survival);
        double sum = survival.survival.value;
        for (uint32_t cause = 1; cause <= 2; cause++) {
            struct incidence_at at;
            incidence_at(incidence_fit(&(struct incidence_input){plain.time,
                                                                 plain.cause, N, cause},
                                       arena),
                         plain.time[k], 0.95, &at);
            sum += at.incidence.value;
        }
        assert_near(sum, 1, 1e-13);
    }
}

/* --- regression ------------------------------------------------------------------------ */

static struct logistic_coefficient logistic_of(const double *covariate, bool is_firth)
{
    struct logistic_fit fit;
    logistic_fit(
        &(struct logistic_input){.outcomes = plain.outcome,
                                 .covariates = (const double *const[]){covariate},
                                 .count = N,
                                 .covariate_count = 1,
                                 .level = 0.95,
                                 .is_firth = is_firth},
        arena, &fit);
    return fit.coefficients[1];
}

static struct two_by_two table_of_groups(void)
{
    struct two_by_two table = {0};
    for (size_t i = 0; i < N; i++) {
        int64_t *cell = plain.group[i] == 1 ? plain.outcome[i] ? &table.a : &table.b
                        : plain.outcome[i]  ? &table.c
                                            : &table.d;
        (*cell)++;
    }
    return table;
}

/* With one group as the covariate the odds ratio is that of the table; Firth's is that of the
 * table with a half in each cell (Firth 1993, section 3). */
static void logistic_regression_on_a_group_is_the_table(void **state)
{
    (void)state;
    draw(10, false, &plain);
    struct two_by_two table = table_of_groups();
    struct two_by_two_measures measures;
    two_by_two_measure(&table, 0.95, &measures);
    struct logistic_coefficient found = logistic_of(group_column(&plain), false);
    assert_near(exp(found.value.value), measures.odds_ratio.value, 1e-9);
    assert_near(exp(found.wald.lower.value), measures.or_woolf.lower.value, 1e-8);
    struct logistic_coefficient firth = logistic_of(group_column(&plain), true);
    assert_near(exp(firth.value.value), measures.haldane.value, 1e-9);
}

static void clusters_of_one_are_logistic_regression(void **state)
{
    (void)state;
    draw(11, false, &plain);
    double outcome[N];
    uint32_t own[N];
    for (size_t i = 0; i < N; i++) {
        outcome[i] = plain.outcome[i];
        own[i] = (uint32_t)i;
    }
    struct gee_fit fit;
    gee_fit(&(struct gee_input){.outcomes = outcome,
                                .covariates = (const double *const[]){plain.x},
                                .clusters = own,
                                .count = N,
                                .covariate_count = 1,
                                .cluster_count = N,
                                .family = GEE_LOGIT,
                                .is_independent = true,
                                .level = 0.95},
            arena, &fit);
    assert_near(fit.coefficients[1].value.value,
                logistic_of(plain.x, false).value.value, 1e-8);
}

/* Subjects whose outcomes do not differ on average have no variance between them: the mixed
 * model is then the least-squares line. */
static void a_mixed_model_without_variance_is_least_squares(void **state)
{
    (void)state;
    draw(12, false, &plain);
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
    for (size_t c = 0; c < N / 4; c++) { /* each subject's errors are centred */
        double sum = 0;
        for (size_t i = 4 * c; i < 4 * c + 4; i++)
            sum += plain.y[i] - plain.x[i];
        for (size_t i = 4 * c; i < 4 * c + 4; i++)
            plain.y[i] -= sum / 4;
    }
    for (size_t i = 0; i < N; i++) {
        mean_x += plain.x[i] / N;
        mean_y += plain.y[i] / N;
    }
    for (size_t i = 0; i < N; i++) {
        xx += (plain.x[i] - mean_x) * (plain.x[i] - mean_x);
        xy += (plain.x[i] - mean_x) * (plain.y[i] - mean_y);
    }
    struct mixed_fit fit;
    mixed_fit(&(struct mixed_input){.outcomes = plain.y,
                                    .covariates = (const double *const[]){plain.x},
                                    .subjects = plain.cluster,
                                    .count = N,
                                    .covariate_count = 1,
                                    .subject_count = N / 4,
                                    .kind = MIXED_INTERCEPT,
                                    .level = 0.95},
              arena, &fit);
    assert_near(fit.parameters[0].value, 0, 1e-6);
    assert_near(fit.coefficients[1].value.value, xy / xx, 1e-6);
}

/* --- two groups ------------------------------------------------------------------------ */

static void two_groups_are_several_groups(void **state)
{
    (void)state;
    draw(13, false, &plain);
    double x[N], y[N];
    size_t m = 0, n = 0;
    for (size_t i = 0; i < N; i++)
        if (plain.group[i] == 0)
            x[m++] = plain.y[i];
        else
            y[n++] = plain.y[i];
    struct several_groups several;
    several_groups_test(&(struct grouped_values){plain.y, plain.group, N, 2}, arena,
                        &several);
    struct moments one = moments_of(x, m), two = moments_of(y, n);
    struct t_test pooled, welch, turned;
    t_test_pooled(&one, &two, 0, 0.95, &pooled);
    t_test_welch(&one, &two, 0, 0.95, &welch);
    t_test_welch(&two, &one, 0, 0.95, &turned);
    assert_near(several.f.value, pooled.t.value * pooled.t.value, 1e-11);
    assert_near(several.f_p.value, pooled.p.value, 1e-12);
    assert_near(several.welch_f.value, welch.t.value * welch.t.value, 1e-11);
    assert_near(several.welch_df.value, welch.df.value, 1e-9);
    assert_near(turned.t.value, -welch.t.value, 1e-14);
    assert_near(turned.interval.lower.value, -welch.interval.upper.value, 1e-13);
    struct rank_options normal = {
        .method = RANK_NORMAL, .is_uncorrected = true, .level = 0.95};
    struct rank_test ranks, back;
    rank_sum_test(x, m, y, n, &normal, arena, &ranks);
    rank_sum_test(y, n, x, m, &normal, arena, &back);
    assert_near(several.h.value, ranks.z.value * ranks.z.value, 1e-11);
    assert_near(back.shift.value, -ranks.shift.value, 1e-14);
    assert_near(back.interval.lower.value, -ranks.interval.upper.value, 1e-14);
}

static void exact_and_normal_ranks_come_together(void **state)
{
    (void)state;
    draw(14, false, &plain);
    struct rank_options options = {.method = RANK_EXACT, .level = 0.95};
    struct rank_test exact, normal, sum_exact, sum_normal;
    signed_rank_test(plain.x, 100, &options, arena, &exact);
    rank_sum_test(plain.x, 60, plain.y, 60, &options, arena, &sum_exact);
    options.method = RANK_NORMAL;
    signed_rank_test(plain.x, 100, &options, arena, &normal);
    rank_sum_test(plain.x, 60, plain.y, 60, &options, arena, &sum_normal);
    assert_near(normal.p.value, exact.p.value, 0.003);
    assert_near(normal.shift.value, exact.shift.value, 1e-14);
    assert_near(sum_normal.greater.value, sum_exact.greater.value, 0.003);
}

static void mcnemar_s_exact_test_is_the_sign_test(void **state)
{
    (void)state;
    draw(15, false, &plain);
    double sign[N];
    struct two_by_two pairs = {0};
    for (size_t i = 0; i < N; i++) {
        bool first = plain.outcome[i], second = plain.is_event[i];
        sign[i] = (double)first - (double)second;
        int64_t *cell = first    ? second ? &pairs.a : &pairs.b
                        : second ? &pairs.c
                                 : &pairs.d;
        (*cell)++;
    }
    struct mcnemar found;
    struct sign_test test;
    mcnemar_test(&pairs, 0.95, &found);
    sign_test(sign, N, 0, &test);
    assert_near(found.exact.value, test.p.value, 1e-14);
}

static void one_stratum_is_the_table(void **state)
{
    (void)state;
    draw(16, false, &plain);
    struct two_by_two table = table_of_groups(),
                      turned = {table.c, table.d, table.a, table.b};
    struct two_by_two_measures measures, back;
    struct strata strata;
    two_by_two_measure(&table, 0.95, &measures);
    two_by_two_measure(&turned, 0.95, &back);
    strata_combine(&table, 1, 0.95, &strata);
    assert_near(strata.odds_ratio.value, measures.odds_ratio.value, 1e-12);
    assert_near(strata.risk_ratio.value, measures.risk_ratio.value, 1e-12);
    assert_near(strata.risk_difference.value, measures.risk_difference.value, 1e-12);
    assert_near(back.rd_newcombe.lower.value, -measures.rd_newcombe.upper.value, 1e-13);
    assert_near(back.rd_miettinen_nurminen.lower.value,
                -measures.rd_miettinen_nurminen.upper.value, 1e-9);
    assert_near(back.rr_katz.lower.value, 1 / measures.rr_katz.upper.value, 1e-12);
    assert_near(back.chi_square.statistic.value, measures.chi_square.statistic.value,
                1e-12);
}

static void failures_mirror_successes(void **state)
{
    (void)state;
    for (int64_t x = 0; x <= 52; x++) {
        struct proportion found, mirror;
        proportion_estimate(&(struct proportion_input){x, 52, 0.95, 0.3}, &found);
        proportion_estimate(&(struct proportion_input){52 - x, 52, 0.95, 0.7}, &mirror);
        const struct interval one[] = {
            found.wilson, found.clopper_pearson, found.wilson_cc, found.agresti_coull,
            found.wald,   found.jeffreys,        found.midp};
        const struct interval two[] = {mirror.wilson,    mirror.clopper_pearson,
                                       mirror.wilson_cc, mirror.agresti_coull,
                                       mirror.wald,      mirror.jeffreys,
                                       mirror.midp};
        for (size_t k = 0; k < ARRAY_COUNT(one); k++) {
            assert_near(one[k].lower.value, 1 - two[k].upper.value, 1e-12);
            assert_near(one[k].upper.value, 1 - two[k].lower.value, 1e-12);
        }
        assert_near(found.p_two_sided.value, mirror.p_two_sided.value, 1e-12);
        assert_near(found.p_less.value, mirror.p_greater.value, 1e-12);
    }
}

static void stronger_procedures_adjust_less(void **state)
{
    (void)state;
    draw(17, false, &plain);
    double p[40], adjusted[MULTIPLICITY_COUNT][40];
    for (size_t i = 0; i < 40; i++)
        p[i] = pow(fmin(1, plain.time[i] / 100), 2);
    for (size_t m = 0; m < MULTIPLICITY_COUNT; m++)
        multiplicity_adjust(p, 40, (enum multiplicity)m, arena, adjusted[m]);
    for (size_t i = 0; i < 40; i++) {
        assert_true(adjusted[MULTIPLICITY_BONFERRONI][i] >=
                    adjusted[MULTIPLICITY_HOLM][i] - 1e-15);
        assert_true(adjusted[MULTIPLICITY_HOLM][i] >=
                    adjusted[MULTIPLICITY_HOCHBERG][i] - 1e-15);
        assert_true(adjusted[MULTIPLICITY_HOCHBERG][i] >=
                    adjusted[MULTIPLICITY_HOMMEL][i] - 1e-15);
        assert_true(adjusted[MULTIPLICITY_HOMMEL][i] >=
                    adjusted[MULTIPLICITY_BH][i] - 1e-15);
        assert_true(adjusted[MULTIPLICITY_BH][i] >= p[i] - 1e-15);
    }
}

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new((size_t)256 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#define PROPERTY(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROPERTY(without_censoring_the_curve_is_the_part_still_alive),
        PROPERTY(the_order_of_people_changes_no_bit),
        PROPERTY(another_clock_changes_nothing_but_times),
        PROPERTY(labels_of_groups_may_be_changed_over),
        PROPERTY(the_log_rank_test_is_the_score_test_of_cox),
        PROPERTY(what_is_the_same_for_all_changes_no_cox_model),
        PROPERTY(one_cause_alone_is_a_curve_and_a_cox_model),
        PROPERTY(causes_and_survival_add_up_to_one),
        PROPERTY(logistic_regression_on_a_group_is_the_table),
        PROPERTY(clusters_of_one_are_logistic_regression),
        PROPERTY(a_mixed_model_without_variance_is_least_squares),
        PROPERTY(two_groups_are_several_groups),
        PROPERTY(exact_and_normal_ranks_come_together),
        PROPERTY(mcnemar_s_exact_test_is_the_sign_test),
        PROPERTY(one_stratum_is_the_table),
        PROPERTY(failures_mirror_successes),
        PROPERTY(stronger_procedures_adjust_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

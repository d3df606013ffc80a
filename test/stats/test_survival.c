#include "support/unit.h"

#include "base/attributes.h"
#include "stats/survival.h"
#include "support/oracle.h"

#include <string.h>

static const char *const interval_names[] = {
    [SURVIVAL_LOG_LOG] = "log-log", [SURVIVAL_LOG] = "log", [SURVIVAL_PLAIN] = "plain"};

struct study_data {
    double *columns[3]; /* time, event, group */
    size_t rows;
};

/* The curve of a group, or of all when `group` is 0. */
static struct survival_curve *fit(const struct study_data *data, double group,
                                  struct arena *arena)
{
    double *times = ARENA_ARRAY(arena, double, data->rows);
    bool *is_event = ARENA_ARRAY(arena, bool, data->rows);
    size_t count = 0;
    for (size_t i = 0; i < data->rows; i++) {
        if (group > 0 && (data->columns[2][i] < group || data->columns[2][i] > group))
            continue;
        times[count] = data->columns[0][i];
        is_event[count++] = data->columns[1][i] > 0;
    }
    struct survival_curve *curve = NULL;
    assert_true(survival_fit(&(struct survival_input){times, is_event, count, NULL},
                             arena, &curve));
    return curve;
}

static void check_at(struct oracle *oracle, const struct survival_curve *curve,
                     double time, const char *prefix)
{
    struct survival_at at;
    for (size_t k = 0; k < ARRAY_COUNT(interval_names); k++) {
        survival_at(curve, time, (enum survival_interval)k, 0.95, &at);
        oracle_check(oracle, at.interval.lower, 1e-12, "%s.t%.0f.%s.lo", prefix, time,
                     interval_names[k]);
        oracle_check(oracle, at.interval.upper, 1e-12, "%s.t%.0f.%s.hi", prefix, time,
                     interval_names[k]);
    }
    oracle_check(oracle, at.survival, 1e-12, "%s.t%.0f.surv", prefix, time);
    oracle_check(oracle, at.error, 1e-12, "%s.t%.0f.se", prefix, time);
    oracle_check(oracle, estimate_of((double)at.at_risk), 0, "%s.t%.0f.nrisk", prefix,
                 time);
}

static void check_quantiles(struct oracle *oracle, const struct survival_curve *curve,
                            const char *prefix)
{
    for (int percent = 25; percent <= 75; percent += 25) {
        struct survival_quantile found;
        for (size_t k = 0; k < ARRAY_COUNT(interval_names); k++) {
            survival_quantile(curve, percent / 100.0, (enum survival_interval)k, 0.95,
                              &found);
            oracle_check(oracle, found.interval.lower, 1e-12, "%s.q%d.%s.lo", prefix,
                         percent, interval_names[k]);
            oracle_check(oracle, found.interval.upper, 1e-12, "%s.q%d.%s.hi", prefix,
                         percent, interval_names[k]);
        }
        oracle_check(oracle, found.time, 1e-12, "%s.q%d", prefix, percent);
    }
}

static void check_mean(struct oracle *oracle, const struct survival_curve *curve,
                       double tau, const char *prefix, bool is_single)
{
    struct estimate mean, error;
    survival_restricted_mean(curve, tau, &mean, &error);
    oracle_check(oracle, mean, 1e-10, "%s.rmst%.0f%s", prefix, tau,
                 is_single ? ".rmean" : "");
    oracle_check(oracle, error, 1e-10, "%s.rmst%.0f_se%s", prefix, tau,
                 is_single ? ".se(rmean)" : "");
    oracle_check(oracle, estimate_of((double)curve->count), 0, "%s.n%s", prefix,
                 is_single ? ".records" : "");
    oracle_check(oracle, estimate_of((double)curve->events), 0, "%s.events%s", prefix,
                 is_single ? ".events" : "");
}

static void check_curve(struct oracle *oracle, const struct survival_curve *curve,
                        const double *times, size_t time_count, double tau,
                        const char *prefix)
{
    for (size_t i = 0; i < time_count; i++)
        check_at(oracle, curve, times[i], prefix);
    check_quantiles(oracle, curve, prefix);
    check_mean(oracle, curve, tau, prefix, strcmp(prefix, "lung.all") == 0);
}

/* Oracle G03: survfit of survival 3.5-3, R 4.2.2, on lung and aml. */
static void curves_are_those_of_the_oracle(void **state)
{
    (void)state;
    static const double lung_times[] = {100, 365, 730}, aml_times[] = {5, 13, 27, 48};
    struct oracle *oracle = oracle_open("G03_km");
    struct arena *arena = oracle->arena;
    struct study_data lung, aml;
    lung.rows =
        oracle_columns("G03_km_in_lung", arena, 3,
                       (const char *const[]){"time", "event", "sex"}, lung.columns);
    aml.rows = oracle_columns("G03_km_in_aml", arena, 3,
                              (const char *const[]){"time", "event", "x"}, aml.columns);
    const struct survival_curve *all = fit(&lung, 0, arena);
    check_curve(oracle, all, lung_times, 3, 365, "lung.all");
    check_curve(oracle, fit(&lung, 1, arena), lung_times, 3, 365, "lung_sex.g=1");
    check_curve(oracle, fit(&lung, 2, arena), lung_times, 3, 365, "lung_sex.g=2");
    check_curve(oracle, fit(&aml, 1, arena), aml_times, 4, 30, "aml_x.g=1");
    check_curve(oracle, fit(&aml, 2, arena), aml_times, 4, 30, "aml_x.g=2");
    struct survival_at at;
    survival_at(all, 365, SURVIVAL_LOG, 0.95, &at);
    oracle_check(oracle, at.hazard, 1e-12, "lung_NA.cumhaz365");
    oracle_check(oracle, at.hazard_error, 1e-12, "lung_NA.cumhaz365_se");
    oracle_check(oracle, at.fleming_harrington, 1e-12, "lung_FH.surv365");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* Five by hand: 1 died, 2 died and another was censored, 4 censored, 5 died. */
static struct survival_curve *five(struct arena *arena)
{
    static const double times[] = {2, 5, 1, 2, 4};
    static const bool is_event[] = {false, true, true, true, false};
    struct survival_curve *curve = NULL;
    assert_true(survival_fit(&(struct survival_input){times, is_event, 5, NULL}, arena,
                             &curve));
    return curve;
}

static void a_death_comes_before_a_censoring_of_the_same_time(void **state)
{
    struct arena *arena = *state;
    struct survival_at at;
    survival_at(five(arena), 2, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_near(at.survival.value, 4.0 / 5 * 3 / 4, 1e-15);
    assert_int_equal(at.at_risk, 4);
    assert_int_equal(at.events, 2);
    assert_int_equal(at.censored, 1);
    survival_at(five(arena), 3, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_int_equal(at.at_risk, 2);
}

static void nothing_is_said_of_times_that_nobody_reached(void **state)
{
    struct arena *arena = *state;
    struct survival_at at;
    survival_at(five(arena), 6, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_near(at.survival.value, 0, 0); /* all who were left have died */
    assert_string_equal(at.interval.lower.reason,
                        "all have had the event: no interval can be given");
    static const double times[] = {1, 3};
    static const bool is_event[] = {true, false};
    struct survival_curve *curve = NULL;
    assert_true(survival_fit(&(struct survival_input){times, is_event, 2, NULL}, arena,
                             &curve));
    survival_at(curve, 4, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_string_equal(at.survival.reason, "nobody was followed that long");
    struct estimate mean, error;
    survival_restricted_mean(curve, 4, &mean, &error);
    assert_string_equal(mean.reason, "nobody was followed that long");
    struct survival_quantile quantile;
    survival_quantile(curve, 0.75, SURVIVAL_LOG_LOG, 0.95, &quantile);
    assert_string_equal(quantile.time.reason, "the curve does not come down to it");
    /* S is exactly a half from 1 to the end at 3. */
    survival_quantile(curve, 0.5, SURVIVAL_LOG_LOG, 0.95, &quantile);
    assert_near(quantile.time.value, 2, 1e-15);
}

static void an_empty_study_and_a_bad_time_say_so(void **state)
{
    struct arena *arena = *state;
    static const double times[] = {-1};
    static const bool is_event[] = {true};
    struct survival_curve *curve = NULL;
    assert_false(survival_fit(&(struct survival_input){times, is_event, 1, NULL}, arena,
                              &curve));
    assert_true(survival_fit(&(struct survival_input){0}, arena, &curve));
    struct survival_at at;
    survival_at(curve, 0, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_string_equal(at.survival.reason, "there is nobody to follow");
    struct survival_quantile quantile;
    survival_quantile(curve, 0.5, SURVIVAL_LOG_LOG, 0.95, &quantile);
    assert_string_equal(quantile.time.reason, "there is nobody to follow");
}

/* The rows of lung, and who came under observation late by a rule: R 4.2.2, survival 3.5-3,
 * survfit(Surv(start, time, event) ~ 1, conf.type = "log-log", timefix = FALSE). */
static struct survival_input lung_input(struct arena *arena)
{
    double *columns[2];
    struct survival_input input = {0};
    input.count = oracle_columns("G03_km_in_lung", arena, 2,
                                 (const char *const[]){"time", "event"}, columns);
    bool *is_event = ARENA_ARRAY(arena, bool, input.count);
    for (size_t i = 0; i < input.count; i++)
        is_event[i] = columns[1][i] > 0;
    input.times = columns[0];
    input.is_event = is_event;
    return input;
}

static void who_comes_late_is_at_risk_from_then_on(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct survival_input input = lung_input(arena);
    double *entries = ARENA_ARRAY(arena, double, input.count);
    for (size_t i = 0; i < input.count; i++)
        entries[i] = input.times[i] * ((double)((i + 1) % 5) / 10);
    input.entries = entries;
    struct survival_curve *curve = NULL;
    assert_true(survival_fit(&input, arena, &curve));
    struct survival_at at;
    survival_at(curve, 20, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_near(at.survival.value, 0.8656427323608137, 1e-12);
    assert_near(at.error.value, 0.0441802032466562, 1e-12);
    survival_at(curve, 365, SURVIVAL_LOG_LOG, 0.95, &at);
    assert_near(at.survival.value, 0.3278538337883020, 1e-12);
    assert_near(at.error.value, 0.0354231421102429, 1e-12);
    assert_int_equal(at.at_risk, 65);
    struct estimate mean, error;
    survival_restricted_mean(curve, 365, &mean, &error);
    assert_near(mean.value, 220.3614234605174, 1e-9);
    assert_near(error.value, 13.5420999666372, 1e-10);
    entries[3] = input.times[3]; /* nobody comes in when he leaves */
    assert_false(survival_fit(&input, arena, &curve));
    arena_free(arena);
    (void)state;
}

/* survfit(…, conf.type = "log", conf.lower = "peto"), and Surv(time, 1 - event). */
static void petos_limit_and_the_follow_up_are_those_of_r(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct survival_input input = lung_input(arena);
    struct survival_curve *curve = NULL;
    assert_true(survival_fit(&input, arena, &curve));
    struct survival_at at;
    survival_at(curve, 100, SURVIVAL_LOG, 0.95, &at);
    assert_near(at.peto_lower.value, 0.820705144067609, 1e-12);
    survival_at(curve, 365, SURVIVAL_LOG, 0.95, &at);
    assert_near(at.peto_lower.value, 0.340448649761245, 1e-12);
    assert_true(survival_follow_up(&input, arena, &curve));
    struct survival_quantile follow_up;
    survival_quantile(curve, 0.5, SURVIVAL_LOG_LOG, 0.95, &follow_up);
    assert_near(follow_up.time.value, 588, 0);
    assert_near(follow_up.interval.lower.value, 511, 0);
    assert_near(follow_up.interval.upper.value, 821, 0);
    arena_free(arena);
    (void)state;
}

/* From survfit(… ~ sex): differences with √(se² + se²), the ratio on the log scale. */
static void two_curves_are_compared_by_difference_and_ratio(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct study_data lung;
    lung.rows =
        oracle_columns("G03_km_in_lung", arena, 3,
                       (const char *const[]){"time", "event", "sex"}, lung.columns);
    const struct survival_curve *men = fit(&lung, 1, arena),
                                *women = fit(&lung, 2, arena);
    struct survival_contrast at;
    survival_difference(men, women, 365, 0.95, &at);
    assert_near(at.value.value, 0.1903751955465269, 1e-12);
    assert_near(at.error.value, 0.0738518773801789, 1e-12);
    struct survival_mean_contrast means;
    survival_compare_means(men, women, 365, 0.95, &means);
    assert_near(means.difference.value.value, 55.9703243399798, 1e-10);
    assert_near(means.difference.error.value, 14.9581258604241, 1e-10);
    assert_near(means.difference.interval.lower.value, 26.6529363773313, 1e-10);
    assert_near(means.difference.p.value, 1.82706461311161e-04, 1e-12);
    assert_near(means.ratio.value.value, 1.231765894098704, 1e-12);
    assert_near(means.ratio.error.value, 0.056176445540525, 1e-12);
    assert_near(means.ratio.interval.upper.value, 1.375136001033977, 1e-12);
    assert_near(means.ratio.p.value, 2.06761222503229e-04, 1e-12);
    survival_compare_means(men, women, 5000, 0.95, &means);
    assert_string_equal(means.ratio.p.reason, "nobody was followed that long");
    arena_free(arena);
    (void)state;
}

/* Twenty thousand whole days are counted, halves of them sorted: S must be the same. */
static void days_that_are_counted_are_as_those_that_are_sorted(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    struct arena *arena = arena_new(64 << 20);
    double *days = ARENA_ARRAY(arena, double, COUNT);
    double *halves = ARENA_ARRAY(arena, double, COUNT);
    bool *is_event = ARENA_ARRAY(arena, bool, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        days[i] = (double)(i * i % 1009);
        halves[i] = days[i] / 2 + 0.25;
        is_event[i] = i % 3 != 0;
    }
    struct survival_curve *counted = NULL, *sorted = NULL;
    struct survival_input input = {days, is_event, COUNT, NULL};
    assert_true(survival_fit(&input, arena, &counted));
    input.times = halves;
    assert_true(survival_fit(&input, arena, &sorted));
    assert_int_equal(counted->step_count, sorted->step_count);
    assert_int_equal(counted->events, sorted->events);
    for (size_t i = 0; i < sorted->step_count; i++) {
        const struct survival_step *one = &counted->steps[i],
                                   *other = &sorted->steps[i];
        assert_near(one->time / 2 + 0.25, other->time, 0);
        assert_near(one->survival, other->survival, 0);
        assert_near(one->hazard_variance, other->hazard_variance, 0);
        assert_int_equal(one->at_risk, other->at_risk);
        assert_int_equal(one->censored, other->censored);
    }
    arena_free(arena);
}

static int make(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int unmake(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_are_those_of_the_oracle),
        cmocka_unit_test(a_death_comes_before_a_censoring_of_the_same_time),
        cmocka_unit_test(nothing_is_said_of_times_that_nobody_reached),
        cmocka_unit_test(an_empty_study_and_a_bad_time_say_so),
        cmocka_unit_test(who_comes_late_is_at_risk_from_then_on),
        cmocka_unit_test(petos_limit_and_the_follow_up_are_those_of_r),
        cmocka_unit_test(days_that_are_counted_are_as_those_that_are_sorted),
        cmocka_unit_test(two_curves_are_compared_by_difference_and_ratio),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}

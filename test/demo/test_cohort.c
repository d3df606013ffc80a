/* The drawn cohort against section 9 of the specification: pooled over twenty seeds, where
 * the tolerance is the table's figure give or take what 1,040 people leave open, and for
 * each seed alone within wide bounds. Shares that follow from others say so. */
#include "demo/at_bedside.h"
#include "demo/cohort.h"
#include "demo/faults.h"

#include "base/limits.h"
#include "support/unit.h"

#include <math.h>
#include <stdlib.h>

enum { SEEDS = 20, PARTICIPANTS = 52 };

struct pool {
    struct arena *arena;
    struct cohort *cohorts[SEEDS];
    const struct patient *people[SEEDS * PARTICIPANTS]; /* the enrolled */
    size_t count;
};

static int draw_all(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX / 2);
    struct pool *pool = ARENA_NEW(arena, struct pool);
    pool->arena = arena;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct cohort *cohort = cohort_draw(arena, seed + 1, PARTICIPANTS);
        pool->cohorts[seed] = cohort;
        for (size_t i = 0; i < cohort->count; i++)
            if (cohort->patients[i].ordinal > 0)
                pool->people[pool->count++] = &cohort->patients[i];
    }
    *state = pool;
    return 0;
}

static int free_all(void **state)
{
    struct pool *pool = *state;
    arena_free(pool->arena);
    return 0;
}

/* --- pooled figures -------------------------------------------------------------------- */

/* The mean of `figure` over all for whom it is a number. */
static double mean_of(const struct pool *pool, double (*figure)(const struct patient *))
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < pool->count; i++) {
        double x = figure(pool->people[i]);
        sum += isnan(x) ? 0 : x;
        count += !isnan(x);
    }
    return sum / count;
}

static int number_compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double median_of(const struct pool *pool,
                        double (*figure)(const struct patient *))
{
    static double found[SEEDS * PARTICIPANTS];
    size_t count = 0;
    for (size_t i = 0; i < pool->count; i++) {
        double x = figure(pool->people[i]);
        if (!isnan(x))
            found[count++] = x;
    }
    qsort(found, count, sizeof found[0], number_compare);
    return found[count / 2];
}

#define ASSERT_NEAR(figure, expected, tolerance)                                       \
    do {                                                                               \
        double found_ = (figure);                                                      \
        if (fabs(found_ - (expected)) > (tolerance))                                   \
            fail_msg("%s is %g, not %g +- %g", #figure, found_, (double)(expected),    \
                     (double)(tolerance));                                             \
    } while (0)

/* --- flow -------------------------------------------------------------------------------- */

static void as_many_are_enrolled_as_asked_for_and_twice_as_many_screened(void **state)
{
    const struct pool *pool = *state;
    double screened = 0;
    for (int i = 0; i < SEEDS; i++) {
        const struct cohort *cohort = pool->cohorts[i];
        size_t enrolled = 0;
        for (size_t k = 0; k < cohort->count; k++)
            enrolled += cohort->patients[k].screening == SCREENING_ENROLLED;
        assert_int_equal(enrolled, PARTICIPANTS);
        assert_true(cohort->count >= 70 && cohort->count <= 140);
        screened += (double)cohort->count;
    }
    ASSERT_NEAR(screened / (SEEDS * PARTICIPANTS), 1.92, 0.15);
}

static void screening_begins_with_the_study_and_ends_before_the_simulated_now(
    void **state)
{
    const struct pool *pool = *state;
    double working = 0, count = 0;
    for (int i = 0; i < SEEDS; i++)
        for (size_t k = 0; k < pool->cohorts[i]->count; k++) {
            const struct patient *patient = &pool->cohorts[i]->patients[k];
            assert_true(patient->screened >= accrual_begins &&
                        patient->screened < simulated_now);
            assert_true(k == 0 || patient->screened >= patient[-1].screened);
            working += is_working_time(patient->screened);
            count++;
        }
    ASSERT_NEAR(working / count, 0.60, 0.04);
}

/* --- people ------------------------------------------------------------------------------- */

static double age(const struct patient *p)
{
    return p->baseline.age;
}
static double male(const struct patient *p)
{
    return p->baseline.is_male;
}
static double first_diagnosis(const struct patient *p)
{
    return p->baseline.diagnosis == 0;
}
static double map(const struct patient *p)
{
    return p->baseline.map;
}
static double platelets(const struct patient *p)
{
    return p->baseline.blood.platelets;
}
static double low_neutrophils(const struct patient *p)
{
    return p->baseline.blood.anc < 0.5;
}
static double hemoglobin(const struct patient *p)
{
    return p->baseline.blood.hemoglobin;
}
static double lactate(const struct patient *p)
{
    return p->baseline.blood.lactate;
}
static double responsive(const struct patient *p)
{
    return p->baseline.is_responsive;
}
static double complication(const struct patient *p)
{
    return p->baseline.in_complication;
}
static double organ(const struct patient *p)
{
    return p->baseline.in_organ;
}
static double immune(const struct patient *p)
{
    return p->baseline.in_immune;
}

static void people_are_as_the_table_says(void **state)
{
    const struct pool *pool = *state;
    /* Normal 47, 13 between 18 and 66: its mean is 45.4; completed years take half off. */
    ASSERT_NEAR(mean_of(pool, age), 44.9, 1.3);
    ASSERT_NEAR(mean_of(pool, male), 0.56, 0.05);
    ASSERT_NEAR(mean_of(pool, first_diagnosis), 0.27, 0.05);
    for (size_t i = 0; i < pool->count; i++)
        assert_true(pool->people[i]->baseline.age >= 18 &&
                    pool->people[i]->baseline.age <= 65);
}

static void baselines_are_as_the_table_says(void **state)
{
    const struct pool *pool = *state;
    ASSERT_NEAR(mean_of(pool, map), 59, 1.5);
    ASSERT_NEAR(median_of(pool, platelets), 19, 3);
    ASSERT_NEAR(mean_of(pool, low_neutrophils), 0.45,
                0.08); /* and before engraftment */
    ASSERT_NEAR(mean_of(pool, hemoglobin), 70, 2);
    ASSERT_NEAR(median_of(pool, lactate), 3.6, 0.5); /* septic shock asks for over 2 */
    ASSERT_NEAR(mean_of(pool, responsive), 0.45, 0.05);
    ASSERT_NEAR(mean_of(pool, complication), 0.85, 0.05);
    ASSERT_NEAR(mean_of(pool, organ), 0.60, 0.08);
    ASSERT_NEAR(mean_of(pool, immune), 0.20, 0.05);
}

/* SOFA by Vincent 1996, as the specification's "Scores used" says it. */
static double sofa(const struct patient *p)
{
    const struct baseline *it = &p->baseline;
    const struct blood *blood = &it->blood;
    int32_t gcs = it->eye + it->verbal + it->motor;
    bool is_supported = it->fails_lung;
    double sum = 0;
    sum += blood->pf < 100 && is_supported   ? 4
           : blood->pf < 200 && is_supported ? 3
           : blood->pf < 300                 ? 2
                                             : blood->pf < 400;
    sum += blood->platelets < 20    ? 4
           : blood->platelets < 50  ? 3
           : blood->platelets < 100 ? 2
                                    : blood->platelets < 150;
    sum += blood->bilirubin > 204    ? 4
           : blood->bilirubin >= 102 ? 3
           : blood->bilirubin >= 33  ? 2
                                     : blood->bilirubin >= 20;
    sum += it->is_on_vasoactive ? 4 : it->map < 70;
    sum += gcs < 6 ? 4 : gcs < 10 ? 3 : gcs < 13 ? 2 : gcs < 15;
    sum += blood->creatinine > 440    ? 4
           : blood->creatinine >= 300 ? 3
           : blood->creatinine >= 171 ? 2
                                      : blood->creatinine >= 110;
    return sum;
}

static void organ_failure_follows_the_latent_severity(void **state)
{
    const struct pool *pool = *state;
    double mean = mean_of(pool, sofa), xy = 0, xx = 0, yy = 0;
    ASSERT_NEAR(mean, 10.5, 1.5);
    for (size_t i = 0; i < pool->count; i++) {
        double x = pool->people[i]->severity, y = sofa(pool->people[i]) - mean;
        xy += x * y;
        xx += x * x;
        yy += y * y;
    }
    ASSERT_NEAR(sqrt(yy / (double)pool->count), 3.6, 0.8);
    /* The table asks for 0.9; parts that are drawn one by one reach less. */
    assert_true(xy / sqrt(xx * yy) > 0.65);
}

/* --- access ------------------------------------------------------------------------------ */

static double first_success(const struct patient *p)
{
    return p->insertions[0].attempts[0].is_success;
}
static double placed(const struct patient *p)
{
    return p->insertions[0].is_placed;
}
static double humerus(const struct patient *p)
{
    return p->insertions[0].attempts[0].site[1] == 'H';
}
static double to_puncture(const struct patient *p)
{
    return (double)(patient_t0(p) - p->insertions[0].decided) / 1e6;
}
static double to_confirmed(const struct patient *p)
{
    const struct attempt *first = &p->insertions[0].attempts[0];
    return first->is_success ? (double)(first->confirmed - first->puncture) / 1e6 : NAN;
}
static double io_vasoactive(const struct patient *p)
{
    return p->insertions[0].is_placed ? p->has_io_vasoactive : NAN;
}
static double responds(const struct patient *p)
{
    return p->outcome.responds;
}

static void access_is_as_the_table_says(void **state)
{
    const struct pool *pool = *state;
    ASSERT_NEAR(mean_of(pool, first_success), 0.90, 0.03);
    ASSERT_NEAR(mean_of(pool, placed), 0.98, 0.015);
    ASSERT_NEAR(mean_of(pool, humerus), 0.06, 0.025);
    /* Whole seconds up, and 3 to 8 s from landmark to skin. */
    ASSERT_NEAR(median_of(pool, to_puncture), 120, 9);
    ASSERT_NEAR(median_of(pool, to_confirmed), 22.5, 2);
    ASSERT_NEAR(mean_of(pool, io_vasoactive), 0.62, 0.06);
    ASSERT_NEAR(mean_of(pool, responds), 0.62, 0.06);
}

static void of_each_cohort_three_quarters_succeed_at_first(void **state)
{
    const struct pool *pool = *state;
    for (size_t seed = 0; seed < SEEDS; seed++) {
        int successes = 0;
        for (size_t i = 0; i < PARTICIPANTS; i++)
            successes += pool->people[seed * PARTICIPANTS + i]
                             ->insertions[0]
                             .attempts[0]
                             .is_success;
        assert_true(successes >= 39);
    }
}

static void timer_marks_stand_in_their_order(void **state)
{
    const struct pool *pool = *state;
    for (size_t i = 0; i < pool->count; i++) {
        const struct insertion *it = &pool->people[i]->insertions[0];
        int64_t last = it->decided;
        assert_true(pool->people[i]->consent.enrolled < it->decided);
        for (size_t k = 0; k < it->attempt_count; k++) {
            const struct attempt *attempt = &it->attempts[k];
            assert_true(last <= attempt->landmark &&
                        attempt->landmark <= attempt->puncture &&
                        attempt->puncture <= attempt->ended);
            assert_true(k == 0 || attempt->site != it->attempts[k - 1].site);
            last = attempt->ended;
        }
        if (it->is_placed)
            assert_true(last <= it->flushed && it->flushed <= it->running);
    }
}

/* --- dwell, harm, survival ------------------------------------------------------------------ */

static double dwell_hours(const struct patient *p)
{
    const struct attempt *success = insertion_success(&p->insertions[0]);
    return success == NULL ? NAN
                           : (double)(p->removals[0].at - success->puncture) / 3.6e9;
}
static double within_a_day(const struct patient *p)
{
    return isnan(dwell_hours(p)) ? NAN : dwell_hours(p) <= 24;
}

static void needles_stay_as_long_as_the_table_says(void **state)
{
    const struct pool *pool = *state;
    /* Deaths and failures shorten some of the 16 % that would have stayed longer. */
    ASSERT_NEAR(mean_of(pool, within_a_day), 0.87, 0.05);
    for (size_t i = 0; i < pool->count; i++) {
        const struct patient *patient = pool->people[i];
        const struct removal *removal = &patient->removals[0];
        double hours = dwell_hours(patient);
        if (isnan(hours))
            continue;
        assert_true(hours < 96);
        if (hours <= 24 || patient->fault == FAULT_DWELL)
            continue;
        assert_non_null(removal->exception);
        assert_true(removal->authorised <
                    insertion_success(&patient->insertions[0])->puncture + 24 * HOURS);
    }
}

static double bled(const struct patient *p)
{
    return p->complications.bleeding;
}
static double leaked(const struct patient *p)
{
    return p->complications.extravasation;
}

static void complications_are_as_rare_as_the_table_says(void **state)
{
    const struct pool *pool = *state;
    ASSERT_NEAR(mean_of(pool, bled), 0.13, 0.035);
    ASSERT_NEAR(mean_of(pool, leaked), 0.06, 0.025);
}

static double alive_after(const struct patient *p, int64_t days)
{
    return p->outcome.death == 0 ||
           p->outcome.death > p->consent.enrolled + days * DAYS;
}
static double alive_day_7(const struct patient *p)
{
    return alive_after(p, 7);
}
static double alive_day_28(const struct patient *p)
{
    return alive_after(p, 28);
}
static double alive_day_90(const struct patient *p)
{
    return alive_after(p, 90);
}

static void survival_is_as_the_table_says(void **state)
{
    const struct pool *pool = *state;
    ASSERT_NEAR(mean_of(pool, alive_day_7), 0.75, 0.05);
    ASSERT_NEAR(mean_of(pool, alive_day_28), 0.58, 0.05);
    ASSERT_NEAR(mean_of(pool, alive_day_90), 0.50, 0.05);
    for (size_t seed = 0; seed < SEEDS; seed++) {
        double alive = 0;
        for (size_t i = 0; i < PARTICIPANTS; i++)
            alive += alive_day_28(pool->people[seed * PARTICIPANTS + i]);
        assert_true(alive >= 18 && alive <= 44);
    }
}

/* --- faults ------------------------------------------------------------------------------------ */

/* Of the demo as it is shipped: one needle near its 24 hours, one of this night; both belong
 * to people without a planted fault. */
static void two_needles_are_in_at_the_simulated_now(void **state)
{
    const struct pool *pool = *state;
    double hours[2] = {0};
    size_t count = 0;
    for (size_t k = 0; k < pool->cohorts[0]->count; k++) {
        const struct patient *patient = &pool->cohorts[0]->patients[k];
        if (!is_at_bedside(patient))
            continue;
        assert_true(count < 2 && patient->fault == FAULT_NONE);
        const struct attempt *success = insertion_success(&patient->insertions[0]);
        hours[count++] = (double)(simulated_now - success->puncture) / HOURS;
        assert_true(patient_is_seen(patient, simulated_now));
    }
    assert_int_equal(count, 2);
    assert_true(hours[0] > 20 && hours[0] < 24);
    assert_true(hours[1] > 2 && hours[1] < 4);
}

static void each_fault_of_class_a_is_planted_once(void **state)
{
    const struct pool *pool = *state;
    /* Participants of faults 3 and 4: enrolled on or after 2027-07-16. */
    const int64_t late = INT64_C(1815667200) * SECONDS;
    for (int i = 0; i < SEEDS; i++) {
        int found[FAULT_LATE_SAE + 1] = {0};
        for (size_t k = 0; k < pool->cohorts[i]->count; k++) {
            const struct patient *patient = &pool->cohorts[i]->patients[k];
            found[patient->fault]++;
            if (patient->fault != FAULT_NONE && patient->fault != FAULT_AGE)
                assert_true(patient->outcome.death == 0);
            if (patient->fault == FAULT_DWELL || patient->fault == FAULT_SWAPPED_H2 ||
                patient->fault == FAULT_SWAPPED_H4)
                assert_true(patient->screened >= late);
        }
        for (int fault = FAULT_AGE; fault <= FAULT_LATE_SAE; fault++)
            assert_int_equal(found[fault], 1);
    }
}

/* --- the diary ---------------------------------------------------------------------------------- */

static void nothing_is_entered_later_than_the_simulated_now_or_before_it_happened(
    void **state)
{
    const struct pool *pool = *state;
    struct arena *arena = arena_new(SIZE_MAX / 2);
    for (int i = 0; i < 3; i++) {
        struct diary diary = diary_in(arena, (uint64_t)i + 1);
        cohort_write(pool->cohorts[i], &diary);
        assert_true(diary.count > 3000);
        for (size_t k = 0; k < diary.count; k++) {
            const struct step *step = diary.steps[k];
            assert_true(step->at >= accrual_begins && step->at < simulated_now);
            assert_true(step->happened <= step->at);
            assert_true(k == 0 || step->at >= diary.steps[k - 1]->at);
        }
    }
    arena_free(arena);
}

static void a_small_cohort_has_no_fault_but_the_first(void **state)
{
    const struct pool *pool = *state;
    const struct cohort *cohort = cohort_draw(pool->arena, 3, 1);
    int faults = 0;
    for (size_t i = 0; i < cohort->count; i++)
        faults += cohort->patients[i].fault != FAULT_NONE;
    assert_int_equal(faults, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_are_enrolled_as_asked_for_and_twice_as_many_screened),
        cmocka_unit_test(
            screening_begins_with_the_study_and_ends_before_the_simulated_now),
        cmocka_unit_test(people_are_as_the_table_says),
        cmocka_unit_test(baselines_are_as_the_table_says),
        cmocka_unit_test(organ_failure_follows_the_latent_severity),
        cmocka_unit_test(access_is_as_the_table_says),
        cmocka_unit_test(of_each_cohort_three_quarters_succeed_at_first),
        cmocka_unit_test(timer_marks_stand_in_their_order),
        cmocka_unit_test(needles_stay_as_long_as_the_table_says),
        cmocka_unit_test(complications_are_as_rare_as_the_table_says),
        cmocka_unit_test(survival_is_as_the_table_says),
        cmocka_unit_test(two_needles_are_in_at_the_simulated_now),
        cmocka_unit_test(each_fault_of_class_a_is_planted_once),
        cmocka_unit_test(
            nothing_is_entered_later_than_the_simulated_now_or_before_it_happened),
        cmocka_unit_test(a_small_cohort_has_no_fault_but_the_first),
    };
    return cmocka_run_group_tests(tests, draw_all, free_all);
}

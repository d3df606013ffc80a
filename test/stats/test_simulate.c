/* Simulated trials: the same bits on any number of threads, and what theory says of them. */
#include "stats/simulate.h"

#include "base/arena.h"
#include "base/attributes.h"
#include "stats/chance.h"
#include "stats/planning.h"
#include "support/oracle.h"
#include "support/unit.h"
#include "system/workers.h"

#include <math.h>

enum { TRIALS = 4000, NUMBERS = 20000 };

static struct simulation plain(void)
{
    return (struct simulation){.sizes = {150, 150},
                               .hazard = 0.1,
                               .hazard_ratio = 0.7,
                               .accrual = 10,
                               .follow_up = 8,
                               .dropout = 0.01,
                               .is_two_sided = true,
                               .looks = 1,
                               .z = {1.959963984540054},
                               .events = {SIZE_MAX},
                               .seed = 20261129,
                               .trials = TRIALS};
}

static struct simulation with_looks(void)
{
    struct simulation design = plain();
    design.looks = 3;
    for (size_t k = 0; k < 3; k++) { /* Pocock, three looks, two-sided 0.05 */
        design.z[k] = 2.2894;
        design.events[k] = 50 * (k + 1);
    }
    return design;
}

static double expected_events(const struct simulation *design)
{
    return (double)design->sizes[0] * event_probability(design->hazard, design->dropout,
                                                        design->accrual,
                                                        design->follow_up)
                                          .value +
           (double)design->sizes[1] *
               event_probability(design->hazard * design->hazard_ratio, design->dropout,
                                 design->accrual, design->follow_up)
                   .value;
}

static void any_number_of_threads_gives_the_same_bits(void **state)
{
    (void)state;
    struct simulation designs[] = {plain(), with_looks()};
    for (size_t i = 0; i < ARRAY_COUNT(designs); i++) {
        struct simulated here, there;
        assert_null(simulate_logrank(&designs[i], NULL, &here));
        static const size_t threads[] = {1, 2, 5};
        for (size_t k = 0; k < ARRAY_COUNT(threads); k++) {
            struct runner runner = workers_runner(&threads[k]);
            assert_null(simulate_logrank(&designs[i], &runner, &there));
            assert_memory_equal(here.rejected, there.rejected, sizeof here.rejected);
            assert_memory_equal(here.looked, there.looked, sizeof here.looked);
            assert_memory_equal(&here.events, &there.events, sizeof here.events);
            assert_memory_equal(&here.duration, &there.duration, sizeof here.duration);
        }
    }
}

static void events_and_power_are_what_theory_says(void **state)
{
    (void)state;
    struct simulation design = plain();
    struct simulated found;
    assert_null(simulate_logrank(&design, NULL, &found));
    double events = expected_events(&design);
    assert_near(found.events, events, 4 * sqrt(events / TRIALS));
    assert_near(found.duration, 18, 1e-9);
    double z = sqrt(events) / 2 * log(1 / 0.7); /* Schoenfeld */
    double power = erfc((1.959963984540054 - z) / sqrt(2)) / 2;
    assert_near(found.power.value, power, 0.02 + 4 * found.error.value);
}

static void without_an_effect_alpha_is_kept(void **state)
{
    (void)state;
    struct simulation designs[] = {plain(), with_looks(), plain()};
    designs[0].hazard_ratio = designs[1].hazard_ratio = 1;
    designs[2].delay = 100; /* an effect that nobody lives to see */
    for (size_t i = 0; i < ARRAY_COUNT(designs); i++) {
        struct simulated found;
        assert_null(simulate_logrank(&designs[i], NULL, &found));
        assert_near(found.power.value, 0.05, 4 * sqrt(0.05 * 0.95 / TRIALS) + 0.003);
    }
}

/* Against the crossing of a Brownian motion with the same drift. */
static void looks_stop_as_a_brownian_motion_does(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64 << 20);
    struct simulation design = with_looks();
    struct simulated found;
    assert_null(simulate_logrank(&design, NULL, &found));
    struct sequential_boundary boundary = {.z = {2.2894, 2.2894, 2.2894}};
    struct sequential_design sequential = {.is_two_sided = true,
                                           .times =
                                               (const double[]){1.0 / 3, 2.0 / 3, 1},
                                           .looks = 3};
    double crossed[3], drift = sqrt(150) / 2 * log(1 / 0.7);
    sequential_crossing(&sequential, &boundary, drift, arena, crossed);
    size_t so_far = 0;
    for (size_t k = 0; k < 3; k++) {
        so_far += found.rejected[k];
        assert_near((double)so_far / TRIALS, crossed[k], 0.035);
    }
    assert_true(found.events < 150 && found.duration < 18);
    arena_free(arena);
}

static void a_one_sided_test_looks_to_the_side_of_the_effect(void **state)
{
    (void)state;
    for (int side = 0; side < 2; side++) {
        struct simulation design = plain();
        struct simulated found;
        design.is_two_sided = false;
        design.hazard_ratio = side == 0 ? 0.5 : 2;
        assert_null(simulate_logrank(&design, NULL, &found));
        assert_true(found.power.value > 0.95);
    }
}

static void what_cannot_be_simulated_says_why(void **state)
{
    (void)state;
    struct simulation design = plain();
    struct simulated found;
    design.sizes[1] = 0;
    assert_non_null(simulate_logrank(&design, NULL, &found));
    design = plain();
    design.hazard = -1;
    assert_non_null(simulate_logrank(&design, NULL, &found));
    design = with_looks();
    design.events[1] = design.events[0];
    assert_non_null(simulate_logrank(&design, NULL, &found));
}

static void numbers_of_chance_are_spread_as_they_should(void **state)
{
    (void)state;
    static double uniform[NUMBERS], exponential[NUMBERS];
    struct chance chance = chance_of(7, 3), again = chance_of(7, 3);
    double sum = 0, squares = 0, bins[20] = {0}, chi2 = 0;
    chance_uniform(&chance, NUMBERS, uniform);
    chance_exponential(&again, NUMBERS, exponential);
    for (size_t i = 0; i < NUMBERS; i++) {
        assert_true(uniform[i] > 0 && uniform[i] < 1);
        assert_near(exponential[i], -log(uniform[i]),
                    4e-16 * fmax(1, -log(uniform[i])));
        sum += exponential[i];
        squares += exponential[i] * exponential[i];
        bins[(size_t)(uniform[i] * 20)]++;
    }
    for (size_t k = 0; k < 20; k++)
        chi2 += pow(bins[k] - NUMBERS / 20.0, 2) / (NUMBERS / 20.0);
    assert_true(chi2 > 5 && chi2 < 45); /* 19 degrees: outside one in a thousand */
    assert_near(sum / NUMBERS, 1, 4 / sqrt(NUMBERS));
    assert_near(squares / NUMBERS, 2, 4 * sqrt(20.0 / NUMBERS));
}

/* A stream goes on where it was, however much is drawn at once. */
static void a_stream_goes_on(void **state)
{
    (void)state;
    double whole[300], pieces[300];
    struct chance chance = chance_of(1, 2), again = chance_of(1, 2);
    chance_uniform(&chance, 300, whole);
    for (size_t i = 0; i < 300; i += 100)
        chance_uniform(&again, 100, pieces + i);
    assert_memory_equal(whole, pieces, sizeof whole);
    struct chance other = chance_of(1, 3);
    chance_uniform(&other, 300, pieces);
    assert_memory_not_equal(whole, pieces, sizeof whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(events_and_power_are_what_theory_says),
        cmocka_unit_test(without_an_effect_alpha_is_kept),
        cmocka_unit_test(looks_stop_as_a_brownian_motion_does),
        cmocka_unit_test(a_one_sided_test_looks_to_the_side_of_the_effect),
        cmocka_unit_test(what_cannot_be_simulated_says_why),
        cmocka_unit_test(numbers_of_chance_are_spread_as_they_should),
        cmocka_unit_test(a_stream_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Round values of axes: what a person would write there. */
#include "support/unit.h"

#include "report/scale.h"

static void are(const struct ticks *ticks, const double *expected, size_t count)
{
    assert_int_equal(ticks->count, count);
    for (size_t i = 0; i < count; i++)
        assert_float_equal(ticks->at[i], expected[i], 1e-9);
}

static void names_round_values_within_the_axis(void **state)
{
    (void)state;
    struct ticks shares = ticks_round(0, 1, 6);
    are(&shares, (const double[]){0, 0.2, 0.4, 0.6, 0.8, 1}, 6);
    assert_int_equal(shares.decimals, 1);
    struct ticks days = ticks_round(0, 90, 8);
    are(&days, (const double[]){0, 20, 40, 60, 80}, 5);
    assert_int_equal(days.decimals, 0);
    struct ticks change = ticks_round(-25, 39, 8);
    are(&change, (const double[]){-20, -10, 0, 10, 20, 30}, 6);
}

static void names_as_many_as_there_is_room_for(void **state)
{
    (void)state;
    for (size_t most = 2; most <= TICKS_MOST; most++)
        for (double until = 0.003; until < 1e7; until *= 1.7) {
            struct ticks ticks = ticks_round(0, until, most);
            assert_true(ticks.count >= 1 && ticks.count <= most);
            assert_true(ticks.at[ticks.count - 1] <= until * (1 + 1e-9));
            /* 5 times the next finer step would be too many: more than a fifth are used. */
            assert_true(ticks.count * 5 + 5 > most);
        }
}

static void widens_to_the_round_values_around(void **state)
{
    (void)state;
    double from = -25, until = 39;
    scale_widen(&from, &until, 8);
    assert_float_equal(from, -30, 1e-9);
    assert_float_equal(until, 40, 1e-9);
}

static void finds_the_place_of_a_value(void **state)
{
    (void)state;
    struct scale days = {.until = 90, .low = 100, .high = 1000};
    assert_float_equal(scale_at(&days, 45), 550, 1e-9);
    struct scale upwards = {.until = 1, .low = 300, .high = 0};
    assert_float_equal(scale_at(&upwards, 0.25), 225, 1e-9);
}

static void takes_ticks_as_they_were_chosen(void **state)
{
    (void)state;
    struct ticks ticks = ticks_given((const double[]){0, 0.5, 24}, 3);
    are(&ticks, (const double[]){0, 0.5, 24}, 3);
    assert_int_equal(ticks.decimals, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_round_values_within_the_axis),
        cmocka_unit_test(names_as_many_as_there_is_room_for),
        cmocka_unit_test(widens_to_the_round_values_around),
        cmocka_unit_test(finds_the_place_of_a_value),
        cmocka_unit_test(takes_ticks_as_they_were_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

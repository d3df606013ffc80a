/* The random stream against the published vectors, the draws against their formulas. */
#include "base/philox.h"
#include "demo/draw.h"

#include "support/unit.h"

#include <math.h>

static void gives_the_words_of_one_block_and_then_of_the_next(void **state)
{
    (void)state;
    struct stream stream = stream_of(UINT64_C(0x0000000200000001), 7, 3);
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t counter[4] = {i, 0, 7, 3}, key[2] = {1, 2}, block[4];
        philox(counter, key, 1, block);
        for (int k = 0; k < 4; k++)
            assert_int_equal(stream_word(&stream), block[k]);
    }
}

static void streams_of_other_people_areas_and_parts_differ(void **state)
{
    (void)state;
    struct stream streams[] = {stream_of(1, 1, 1), stream_of(2, 1, 1),
                               stream_of(1, 2, 1), stream_of(1, 1, 2),
                               stream_part(stream_of(1, 1, 1), 1)};
    enum { COUNT = sizeof streams / sizeof streams[0] };
    uint32_t words[COUNT];
    for (int i = 0; i < COUNT; i++)
        words[i] = stream_word(&streams[i]);
    for (int i = 0; i < COUNT; i++)
        for (int k = i + 1; k < COUNT; k++)
            assert_int_not_equal(words[i], words[k]);
}

enum { DRAWS = 40000 };

/* Mean and standard deviation of many draws; four standard errors are allowed. */
static void check_moments(double (*draw)(struct stream *), double mean, double sd)
{
    struct stream stream = stream_of(11, 0, 0);
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double x = draw(&stream);
        sum += x;
        squares += x * x;
    }
    double found = sum / DRAWS;
    double spread = sqrt(squares / DRAWS - found * found);
    assert_true(fabs(found - mean) < 4 * sd / sqrt(DRAWS));
    assert_true(fabs(spread - sd) < 0.05 * sd);
}

static double normal(struct stream *stream)
{
    return draw_normal(stream, 5, 2);
}
static double log_of_lognormal(struct stream *stream)
{
    return log(draw_lognormal(stream, 3, 0.7));
}
static double poisson(struct stream *stream)
{
    return draw_poisson(stream, 2.4);
}
static double exponential(struct stream *stream)
{
    return draw_exponential(stream, 0.25);
}
static double uniform(struct stream *stream)
{
    return draw_between(stream, 2, 4);
}

static void draws_have_the_mean_and_spread_of_their_distribution(void **state)
{
    (void)state;
    check_moments(normal, 5, 2);
    check_moments(log_of_lognormal, log(3), 0.7);
    check_moments(poisson, 2.4, sqrt(2.4));
    check_moments(exponential, 4, 4);
    check_moments(uniform, 3, 2 / sqrt(12));
}

static void picks_each_place_as_often_as_it_is_heavy(void **state)
{
    (void)state;
    static const double weights[] = {1, 0, 3};
    struct stream stream = stream_of(5, 0, 0);
    int found[3] = {0};
    for (int i = 0; i < DRAWS; i++)
        found[draw_pick(&stream, weights, 3)]++;
    assert_int_equal(found[1], 0);
    assert_true(fabs(found[0] - DRAWS / 4.0) < 4 * sqrt(DRAWS * 0.25 * 0.75));
}

static void whole_numbers_and_times_stay_within_their_bounds(void **state)
{
    (void)state;
    struct stream stream = stream_of(6, 0, 0);
    bool has_low = false, has_high = false;
    for (int i = 0; i < 2000; i++) {
        int32_t x = draw_integer(&stream, -1, 2);
        assert_true(x >= -1 && x <= 2);
        has_low = has_low || x == -1;
        has_high = has_high || x == 2;
        int64_t at = draw_time(&stream, 500, 90 * 1000000 + 500);
        assert_true(at >= 500 && at < 90 * 1000000 + 500 && at % 1000000 == 500);
    }
    assert_true(has_low && has_high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_words_of_one_block_and_then_of_the_next),
        cmocka_unit_test(streams_of_other_people_areas_and_parts_differ),
        cmocka_unit_test(draws_have_the_mean_and_spread_of_their_distribution),
        cmocka_unit_test(picks_each_place_as_often_as_it_is_heavy),
        cmocka_unit_test(whole_numbers_and_times_stay_within_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

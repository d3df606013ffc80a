/* Partial dates, and when an answer changes by itself. */
#include "support/rule_sample.h"
#include "support/unit.h"

#include <stdio.h>

static uint64_t random_state = 20261127;

static int32_t below(int32_t limit)
{
    random_state =
        random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int32_t)(random_state >> 33) % limit;
}

/* A partial date of 2024 to 2026 as text, and its first and last day. */
struct partial {
    char text[40];
    int64_t first, last;
    int precision;
};

static struct partial random_partial(void)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct partial p = {.precision = below(3)};
    int32_t year = 2024 + below(2), month = 1 + below(12);
    int32_t length = lengths[month - 1] + (month == 2 && year == 2024);
    int32_t day = 1 + below(length);
    if (p.precision == 0) {
        snprintf(p.text, sizeof p.text, "%d", (int)year);
        p.first = days_of_civil(year, 1, 1);
        p.last = days_of_civil(year, 12, 31);
    } else if (p.precision == 1) {
        snprintf(p.text, sizeof p.text, "%d-%02d", (int)year, (int)month);
        p.first = days_of_civil(year, month, 1);
        p.last = days_of_civil(year, month, length);
    } else {
        snprintf(p.text, sizeof p.text, "%d-%02d-%02d", (int)year, (int)month,
                 (int)day);
        p.first = p.last = days_of_civil(year, month, day);
    }
    return p;
}

static bool holds(int sign, int64_t a, int64_t b)
{
    bool rows[] = {a == b, a != b, a<b, a <= b, a> b, a >= b};
    return rows[sign];
}

/* Of all days that both can mean: do all comparisons agree? */
static const char *decided(int sign, const struct partial *a, const struct partial *b)
{
    bool can_be_yes = false, can_be_no = false;
    for (int64_t i = a->first; i <= a->last; i++)
        for (int64_t k = b->first; k <= b->last; k++)
            *(holds(sign, i, k) ? &can_be_yes : &can_be_no) = true;
    return can_be_yes && can_be_no ? "unknown" : can_be_yes ? "yes" : "no";
}

static void partial_dates_compare_only_as_far_as_they_decide(void **state)
{
    (void)state;
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"));
    for (int i = 0; i < 1500; i++) {
        struct partial a = random_partial(), b = random_partial();
        int sign = below(6);
        struct text source = text_format(sample.arena, "date %s %s date %s", a.text,
                                         signs[sign], b.text);
        struct text found = rule_sample_value(&sample, source, TEXT(""));
        const char *expected = decided(sign, &a, &b);
        if (!text_equal(found, text_of(expected)))
            fail_msg("%.*s is %.*s, not %s", TEXT_ARG(source), TEXT_ARG(found),
                     expected);
    }
    rule_sample_end(&sample);
}

/* Sources whose only running part is now, exactly linear. */
static const char *const running[] = {
    "now > T",
    "now >= T",
    "now < T",
    "now <= T",
    "T < now",
    "now = T",
    "now <> T",
    "now - T > 24 h",
    "now - T >= 24 h",
    "T - now < 90 min",
    "24 h > now - T",
    "now - 1 h > T",
    "T + 24 h <= now",
    "-(now - T) < 1 d",
    "now - T + 1 h > 2 h",
    "now - T > 20 h and now - T < 24 h",
    "D < now",
    "now <= D",
    "M < now",
    "now = M",
    "if now - T > 1 h then 1 else 2",
    "now - T > 2 h or X is filled",
};

/* Before the wake nothing changes, at the wake it does. */
static void the_answer_changes_at_the_wake_and_not_before(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample,
                      TEXT("event E\nform F at E\nitem T moment\nitem D moment\n"
                           "item M moment\nitem X number - 0\n"));
    rule_sample_values(&sample, TEXT("F.T = 2025-11-22T08:00+08:00\n"
                                     "F.D = 2025-11-23\nF.M = 2025-12\n"));
    int64_t start = INT64_C(1763690400000000); /* 2025-11-21T02:00Z */
    size_t wakes = 0;
    for (size_t i = 0; i < sizeof running / sizeof running[0]; i++) {
        sample.world.now = start + below(1000);
        for (int turn = 0; turn < 6; turn++) {
            struct text source = text_of(running[i]);
            struct text before = rule_sample_value(&sample, source, TEXT("F at E"));
            int64_t wakes_at = sample.wakes_at, now = sample.world.now;
            if (wakes_at == WAKES_NEVER)
                break;
            assert_true(wakes_at > now);
            for (int probe = 0; probe < 20; probe++) {
                int64_t span = wakes_at - 1 - now;
                sample.world.now = probe == 0 ? wakes_at - 1 : now + span / (probe + 1);
                struct text between =
                    rule_sample_value(&sample, source, TEXT("F at E"));
                if (!text_equal(before, between))
                    fail_msg("%s changed before its wake", running[i]);
            }
            sample.world.now = wakes_at;
            struct text after = rule_sample_value(&sample, source, TEXT("F at E"));
            if (text_equal(before, after) && i != 15)
                fail_msg("%s did not change at its wake", running[i]);
            wakes++;
        }
        /* Long after, nothing waits any more. */
        sample.world.now = start + INT64_C(86400000000) * 400;
        rule_sample_value(&sample, text_of(running[i]), TEXT("F at E"));
        assert_true(sample.wakes_at == WAKES_NEVER);
    }
    assert_true(wakes > 20);
    rule_sample_end(&sample);
}

static void what_does_not_run_never_wakes_and_today_wakes_at_midnight(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem T moment\n"));
    rule_sample_values(&sample, TEXT("F.T = 1960-05-03\n"));
    rule_sample_value(&sample, TEXT("T < date 2025-01-01"), TEXT("F at E"));
    assert_true(sample.wakes_at == WAKES_NEVER);
    /* Now is 12:00 at +08:00: midnight is 12 hours away. */
    int64_t midnight = sample.world.now + INT64_C(12) * 3600 * 1000000;
    rule_sample_value(&sample, TEXT("T < today"), TEXT("F at E"));
    assert_int_equal(sample.wakes_at, midnight);
    rule_sample_value(&sample, TEXT("years(T, now) >= 18"), TEXT("F at E"));
    assert_int_equal(sample.wakes_at, midnight);
    /* Not linear: asked again within a minute. */
    rule_sample_value(&sample, TEXT("round(now - now in h, 1) > 3 h"), TEXT("F at E"));
    assert_true(sample.wakes_at == WAKES_NEVER);
    rule_sample_value(&sample, TEXT("round(now - T in h, 1) > 3 h"), TEXT("F at E"));
    assert_true(sample.wakes_at ==
                WAKES_NEVER); /* a date without time has no distance */
    rule_sample_values(&sample, TEXT("F.T = 2025-11-22T08:00+08:00\n"));
    rule_sample_value(&sample, TEXT("round(now - T in h, 1) > 3 h"), TEXT("F at E"));
    assert_int_equal(sample.wakes_at, sample.world.now + 60000000);
    rule_sample_end(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partial_dates_compare_only_as_far_as_they_decide),
        cmocka_unit_test(the_answer_changes_at_the_wake_and_not_before),
        cmocka_unit_test(what_does_not_run_never_wakes_and_today_wakes_at_midnight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

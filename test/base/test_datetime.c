#include "base/datetime.h"
#include "support/unit.h"

#include <string.h>

static struct moment m(const char *written)
{
    struct moment moment = {0};
    size_t at = 0;
    if (!moment_parse(text_of(written), &moment, &at))
        fail_msg("\"%s\" is not read, at %zu", written, at);
    return moment;
}

static void assert_prints(const struct moment *moment, const char *expected)
{
    char text[MOMENT_TEXT_SIZE];
    size_t len = moment_print(moment, text);
    ASSERT_TEXT(((struct text){.at = text, .len = len}), expected);
}

/* ---- calendar ---- */

/* Computed with Python's datetime.date. */
static const struct {
    int32_t year, month, day;
    int64_t days;
} civil_days[] = {
    {1, 1, 1, -719162},     {1000, 1, 1, -354285},   {1582, 10, 15, -141427},
    {1899, 12, 31, -25568}, {1900, 2, 28, -25509},   {1900, 3, 1, -25508},
    {1970, 1, 1, 0},        {1969, 12, 31, -1},      {2000, 2, 29, 11016},
    {2000, 3, 1, 11017},    {2000, 12, 31, 11322},   {2001, 1, 1, 11323},
    {2024, 2, 29, 19782},   {2024, 3, 1, 19783},     {2024, 12, 31, 20088},
    {2026, 11, 22, 20779},  {2100, 2, 28, 47540},    {2100, 3, 1, 47541},
    {2400, 12, 31, 157419}, {9999, 12, 31, 2932896},
};

static void days_are_counted_from_1970(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(civil_days); i++)
        assert_true(days_of_civil(civil_days[i].year, civil_days[i].month,
                                  civil_days[i].day) == civil_days[i].days);
}

static void days_come_back_as_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(civil_days); i++) {
        int32_t year, month, day;
        civil_of_days(civil_days[i].days, &year, &month, &day);
        assert_int_equal(year, civil_days[i].year);
        assert_int_equal(month, civil_days[i].month);
        assert_int_equal(day, civil_days[i].day);
    }
}

/* Every day of 1600 to 2400 is the day after the one before. */
static void days_of_eight_centuries_follow_one_another(void **state)
{
    (void)state;
    int32_t last_year = 1599, last_month = 12, last_day = 31;
    int64_t first = days_of_civil(1600, 1, 1);
    for (int64_t days = first; days < first + 2 * 146097; days++) {
        int32_t year, month, day;
        civil_of_days(days, &year, &month, &day);
        assert_true(days_of_civil(year, month, day) == days);
        bool is_next_day =
            year == last_year && month == last_month && day == last_day + 1;
        bool is_next_month = year == last_year && month == last_month + 1 && day == 1;
        bool is_next_year = year == last_year + 1 && month == 1 && day == 1;
        assert_true(is_next_day || is_next_month || is_next_year);
        last_year = year, last_month = month, last_day = day;
    }
    assert_int_equal(last_year, 2399);
}

/* ---- reading and writing ---- */

static void reads_every_precision(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        struct moment expected;
    } cases[] = {
        {"2026", {MOMENT_YEAR, 2026, 1, 1, 0, 0, 0, 0, false, 0}},
        {"2026-03", {MOMENT_MONTH, 2026, 3, 1, 0, 0, 0, 0, false, 0}},
        {"2026-03-05", {MOMENT_DAY, 2026, 3, 5, 0, 0, 0, 0, false, 0}},
        {"2026-03-05T14:07", {MOMENT_MINUTE, 2026, 3, 5, 14, 7, 0, 0, false, 0}},
        {"2026-03-05T14:07Z", {MOMENT_MINUTE, 2026, 3, 5, 14, 7, 0, 0, true, 0}},
        {"2026-03-05T14:07:09+08:00",
         {MOMENT_SECOND, 2026, 3, 5, 14, 7, 9, 0, true, 480}},
        {"2026-03-05T14:07:09.5",
         {MOMENT_FRACTION, 2026, 3, 5, 14, 7, 9, 500000, false, 0}},
        {"2026-03-05T14:07:09.000001-03:30",
         {MOMENT_FRACTION, 2026, 3, 5, 14, 7, 9, 1, true, -210}},
        {"1000-01-01T00:00:00.000000+14:00",
         {MOMENT_FRACTION, 1000, 1, 1, 0, 0, 0, 0, true, 840}},
        {"9999-12-31T23:59:59.999999-14:00",
         {MOMENT_FRACTION, 9999, 12, 31, 23, 59, 59, 999999, true, -840}},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment read = m(cases[i].written), expected = cases[i].expected;
        assert_int_equal(read.precision, expected.precision);
        assert_int_equal(read.year, expected.year);
        assert_int_equal(read.month, expected.month);
        assert_int_equal(read.day, expected.day);
        assert_int_equal(read.hour, expected.hour);
        assert_int_equal(read.minute, expected.minute);
        assert_int_equal(read.second, expected.second);
        assert_int_equal(read.microsecond, expected.microsecond);
        assert_int_equal(read.has_offset, expected.has_offset);
        assert_int_equal(read.offset_minutes, expected.offset_minutes);
    }
}

static void prints_what_was_read(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2026", "2026"},
        {"2026-03", "2026-03"},
        {"2026-03-05", "2026-03-05"},
        {"2026-03-05T14:07", "2026-03-05T14:07"},
        {"2026-03-05T14:07Z", "2026-03-05T14:07Z"},
        {"2026-03-05T14:07+00:00", "2026-03-05T14:07Z"},
        {"2026-03-05T00:00:00+08:00", "2026-03-05T00:00:00+08:00"},
        {"2026-03-05T14:07:09.5-03:30", "2026-03-05T14:07:09.500-03:30"},
        {"2026-03-05T14:07:09.0", "2026-03-05T14:07:09.000"},
        {"2026-03-05T14:07:09.0005", "2026-03-05T14:07:09.000500"},
        {"2026-03-05T14:07:09.123456Z", "2026-03-05T14:07:09.123456Z"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment moment = m(cases[i][0]);
        assert_prints(&moment, cases[i][1]);
    }
}

static void says_where_a_malformed_moment_breaks(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        size_t at;
    } cases[] = {
        {"", 0},
        {"202", 3},
        {"0999", 0},
        {"20260305", 4},
        {"2026-", 5},
        {"2026-3", 6},
        {"2026-00", 5},
        {"2026-13", 5},
        {"2026/03/05", 4},
        {"2026-03-", 8},
        {"2026-03-5", 9},
        {"2026-03-00", 8},
        {"2026-03-32", 8},
        {"2026-03-05 14:07", 10},
        {"2026-03-05t14:07", 10},
        {"2026-03-05Z", 10},
        {"2026-03-05T", 11},
        {"2026-03-05T14", 13},
        {"2026-03-05T24:00", 11},
        {"2026-03-05T14:60", 14},
        {"2026-03-05T1407", 13},
        {"2026-03-05T14:07:60", 17},
        {"2026-03-05T14:07:", 17},
        {"2026-03-05T14:07:09.", 20},
        {"2026-03-05T14:07:09,5", 19},
        {"2026-03-05T14:07:09.1234567", 26},
        {"2026-03-05T14:07+8", 18},
        {"2026-03-05T14:07+08", 19},
        {"2026-03-05T14:07+0800", 19},
        {"2026-03-05T14:07+08:0", 21},
        {"2026-03-05T14:07+15:00", 17},
        {"2026-03-05T14:07+14:01", 16},
        {"2026-03-05T14:07-14:01", 16},
        {"2026-03-05T14:07-00:00", 16},
        {"2026-03-05T14:07+08:60", 20},
        {"2026-03-05T14:07ZZ", 17},
        {"2026-03-05T14:07z", 16},
        {" 2026", 0},
        {"2026 ", 4},
        {"-2026", 0},
        {"+02026-01-01", 0},
        {"２０２６", 0},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment moment = {.year = 77};
        size_t at = 99;
        if (moment_parse(text_of(cases[i].written), &moment, &at))
            fail_msg("\"%s\" was read", cases[i].written);
        if (at != cases[i].at)
            fail_msg("\"%s\" breaks at %zu, not %zu", cases[i].written, at,
                     cases[i].at);
        assert_int_equal(moment.year, 77);
    }
    assert_false(moment_parse((struct text){0}, &(struct moment){0}, NULL));
}

static void a_day_that_does_not_exist_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        bool exists;
    } cases[] = {
        {"1900-02-29", false}, {"2000-02-29", true},  {"2023-02-29", false},
        {"2024-02-29", true},  {"2024-02-30", false}, {"2100-02-29", false},
        {"2026-04-30", true},  {"2026-04-31", false}, {"2026-06-31", false},
        {"2026-09-31", false}, {"2026-11-31", false}, {"2026-12-31", true},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment moment;
        size_t at = 99;
        assert_int_equal(moment_parse(text_of(cases[i].written), &moment, &at),
                         cases[i].exists);
        if (!cases[i].exists)
            assert_int_equal(at, 8);
    }
}

/* ---- instants ---- */

/* Computed with Python's datetime. */
static const struct {
    const char *written;
    int64_t instant;
} instants[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"2026-11-22T10:58:26.123Z", INT64_C(1795345106123000)},
    {"2026-11-22T18:58:26.123+08:00", INT64_C(1795345106123000)},
    {"1969-12-31T23:59:59.999999Z", -1},
    {"2000-02-29T00:00:00-05:30", INT64_C(951802200000000)},
    {"1900-03-01T00:00:00Z", INT64_C(-2203891200000000)},
    {"9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999)},
    {"1000-01-01T00:00:00Z", INT64_C(-30610224000000000)},
    {"2027-10-20T08:00:00+08:00", INT64_C(1823990400000000)},
    {"2024-02-29T23:59:59+14:00", INT64_C(1709200799000000)},
    {"2024-03-01T00:00:00-14:00", INT64_C(1709301600000000)},
};

static void a_moment_with_offset_is_an_instant(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(instants); i++) {
        struct moment moment = m(instants[i].written);
        assert_true(moment_instant(&moment, 123) == instants[i].instant);
    }
}

static void a_moment_without_offset_takes_the_sites(void **state)
{
    (void)state;
    struct moment moment = m("2027-10-20T08:00");
    assert_true(moment_instant(&moment, 480) == INT64_C(1823990400000000));
    assert_true(moment_instant(&moment, 0) ==
                INT64_C(1823990400000000) + INT64_C(480) * 60000000);
}

static void a_partial_moment_spans_from_its_first_to_its_last_instant(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"2024", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59.999999Z"},
        {"2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59.999999Z"},
        {"2023-02", "2023-02-01T00:00:00Z", "2023-02-28T23:59:59.999999Z"},
        {"2024-12-31", "2024-12-31T00:00:00Z", "2024-12-31T23:59:59.999999Z"},
        {"2024-12-31T23:59Z", "2024-12-31T23:59:00Z", "2024-12-31T23:59:59.999999Z"},
        {"2024-12-31T23:59:07Z", "2024-12-31T23:59:07Z", "2024-12-31T23:59:07.999999Z"},
        {"2024-12-31T23:59:07.5Z", "2024-12-31T23:59:07.5Z", "2024-12-31T23:59:07.5Z"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment moment = m(cases[i][0]), first = m(cases[i][1]),
                      last = m(cases[i][2]);
        assert_true(moment_instant(&moment, 0) == moment_instant(&first, 0));
        assert_true(moment_last_instant(&moment, 0) == moment_instant(&last, 0));
    }
}

static void an_instant_prints_in_utc_with_milliseconds(void **state)
{
    (void)state;
    static const struct {
        int64_t instant;
        const char *expected;
    } cases[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {INT64_C(1795345106123999), "2026-11-22T10:58:26.123Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {-1000, "1969-12-31T23:59:59.999Z"},
        {-1001, "1969-12-31T23:59:59.998Z"},
        {INT64_C(951827696789000), "2000-02-29T12:34:56.789Z"},
        {INT64_C(253402300799999999), "9999-12-31T23:59:59.999Z"},
        {INT64_C(253402300800000000), "+010000-01-01T00:00:00.000Z"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char text[MOMENT_TEXT_SIZE];
        size_t len = instant_print(cases[i].instant, text);
        ASSERT_TEXT(((struct text){.at = text, .len = len}), cases[i].expected);
    }
}

static void an_instant_prints_at_an_offset(void **state)
{
    (void)state;
    static const struct {
        int64_t instant;
        int32_t offset;
        const char *expected;
    } cases[] = {
        {INT64_C(1795345106123000), 480, "2026-11-22T18:58:26.123+08:00"},
        {INT64_C(1795345106123000), -210, "2026-11-22T07:28:26.123-03:30"},
        {0, -1, "1969-12-31T23:59:00.000-00:01"},
        {0, 840, "1970-01-01T14:00:00.000+14:00"},
        {0, 0, "1970-01-01T00:00:00.000Z"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char text[MOMENT_TEXT_SIZE];
        size_t len = instant_print_at(cases[i].instant, cases[i].offset, text);
        ASSERT_TEXT(((struct text){.at = text, .len = len}), cases[i].expected);
    }
}

/* Device times come from outside: no number may stop the program. The years are those
 * of GNU date, `date -u -d @±9223372036854`. */
static void the_edges_of_64_bits_print(void **state)
{
    (void)state;
    char text[MOMENT_TEXT_SIZE];
    size_t len = instant_print(INT64_MAX, text);
    ASSERT_TEXT(((struct text){.at = text, .len = len}), "+294247-01-10T04:00:54.775Z");
    len = instant_print(INT64_MIN, text);
    ASSERT_TEXT(((struct text){.at = text, .len = len}), "-290308-12-21T19:59:05.224Z");
    len = instant_print_at(INT64_MAX, 840, text);
    ASSERT_TEXT(((struct text){.at = text, .len = len}),
                "+294247-01-10T18:00:54.775+14:00");
    len = instant_print_at(INT64_MIN, -840, text);
    ASSERT_TEXT(((struct text){.at = text, .len = len}),
                "-290308-12-21T05:59:05.224-14:00");
    struct moment last = moment_of_instant(INT64_MAX, 0);
    assert_true(moment_instant(&last, 0) == INT64_MAX);
    struct moment first = moment_of_instant(INT64_MIN, 0);
    assert_true(moment_instant(&first, 0) == INT64_MIN);
    last = (struct moment){.precision = MOMENT_DAY, 294247, 1, 12};
    assert_true(moment_last_instant(&last, -840) == INT64_MAX);
    first = (struct moment){.precision = MOMENT_DAY, -290308, 12, 20};
    assert_true(moment_instant(&first, 840) == INT64_MIN);
}

static void an_instant_and_its_moment_are_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(instants); i++) {
        for (int32_t offset = -840; offset <= 840; offset += 35) {
            struct moment moment = moment_of_instant(instants[i].instant, offset);
            assert_int_equal(moment.precision, MOMENT_FRACTION);
            assert_int_equal(moment.offset_minutes, offset);
            assert_true(moment_instant(&moment, 0) == instants[i].instant);
            assert_true(moment_last_instant(&moment, 0) == instants[i].instant);
        }
    }
}

/* ---- ages ---- */

/* Counted by Python from birthday to birthday; one born on 29 February has it on
 * 1 March of a common year. */
static void years_are_completed_on_the_birthday(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *at;
        int32_t years;
    } cases[] = {
        {"2008-11-22", "2026-11-22", 18}, {"2008-11-23", "2026-11-22", 17},
        {"1961-11-22", "2026-11-22", 65}, {"1960-11-23", "2026-11-22", 65},
        {"1960-11-22", "2026-11-22", 66}, {"2000-02-29", "2018-02-28", 17},
        {"2000-02-29", "2018-03-01", 18}, {"2000-02-29", "2020-02-28", 19},
        {"2000-02-29", "2020-02-29", 20}, {"2004-03-01", "2024-02-29", 19},
        {"1999-12-31", "2000-01-01", 0},  {"1900-03-01", "2000-02-29", 99},
        {"1961-05-07", "2027-07-21", 66}, {"1988-10-28", "2026-04-04", 37},
        {"1973-03-10", "2027-08-02", 54}, {"1982-07-12", "2027-08-24", 45},
        {"1992-02-10", "2026-01-28", 33}, {"1994-05-01", "2025-12-05", 31},
        {"2021-07-14", "2027-03-17", 5},  {"1963-04-08", "2027-06-09", 64},
        {"1961-01-08", "2026-06-06", 65}, {"2004-05-03", "2027-03-18", 22},
        {"1988-07-13", "2027-06-07", 38}, {"1982-09-26", "2027-01-02", 44},
        {"2026-11-22", "2026-11-22", 0},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment birth = m(cases[i].birth), at = m(cases[i].at);
        int32_t years = -1;
        assert_true(moment_completed_years(&birth, &at, &years));
        assert_int_equal(years, cases[i].years);
    }
}

static void the_date_as_written_counts_not_the_offset(void **state)
{
    (void)state;
    struct moment birth = m("2008-11-22"), at = m("2026-11-22T00:30+08:00");
    int32_t years = -1;
    assert_true(moment_completed_years(&birth, &at, &years));
    assert_int_equal(years, 18);
}

static void a_partial_birth_date_gives_an_age_only_when_one_is_possible(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *at;
        int32_t years; /* -1: not decided */
    } cases[] = {
        {"1980", "2026-11-22", -1},    {"1980", "2026-12-30", -1},
        {"1980", "2026-12-31", 46},    {"1980-11", "2026-11-22", -1},
        {"1980-11", "2026-11-30", 46}, {"1980-11", "2026-12-01", 46},
        {"1980-12", "2026-11-22", 45}, {"1980-12", "2026-12-01", -1},
        {"2000-02", "2026-02-28", -1}, {"2000-02", "2026-03-01", 26},
        {"1980-05-06", "2026", -1},    {"1980-05-06", "2026-05", -1},
        {"1980-05-06", "2026-06", 46}, {"1980-05-31", "2026-05", -1},
        {"1980-05-01", "2026-05", 46}, {"1980-01-01", "2026", 46},
        {"1980", "2026", -1},          {"2026", "2026-05-05", 0},
        {"2026-05", "2026-05-05", 0},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment birth = m(cases[i].birth), at = m(cases[i].at);
        int32_t years = -2;
        bool is_decided = moment_completed_years(&birth, &at, &years);
        if (is_decided != (cases[i].years >= 0))
            fail_msg("%s at %s", cases[i].birth, cases[i].at);
        if (is_decided)
            assert_int_equal(years, cases[i].years);
    }
}

static void nobody_has_an_age_before_birth(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2026-11-23", "2026-11-22"},
        {"2027", "2026-12-31"},
        {"2026-12", "2026-11"},
        {"2026-06-01", "2025"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct moment birth = m(cases[i][0]), at = m(cases[i][1]);
        int32_t years;
        assert_false(moment_completed_years(&birth, &at, &years));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(days_come_back_as_dates),
        cmocka_unit_test(days_of_eight_centuries_follow_one_another),
        cmocka_unit_test(reads_every_precision),
        cmocka_unit_test(prints_what_was_read),
        cmocka_unit_test(says_where_a_malformed_moment_breaks),
        cmocka_unit_test(a_day_that_does_not_exist_is_refused),
        cmocka_unit_test(a_moment_with_offset_is_an_instant),
        cmocka_unit_test(a_moment_without_offset_takes_the_sites),
        cmocka_unit_test(a_partial_moment_spans_from_its_first_to_its_last_instant),
        cmocka_unit_test(an_instant_prints_in_utc_with_milliseconds),
        cmocka_unit_test(an_instant_prints_at_an_offset),
        cmocka_unit_test(the_edges_of_64_bits_print),
        cmocka_unit_test(an_instant_and_its_moment_are_the_same),
        cmocka_unit_test(years_are_completed_on_the_birthday),
        cmocka_unit_test(the_date_as_written_counts_not_the_offset),
        cmocka_unit_test(a_partial_birth_date_gives_an_age_only_when_one_is_possible),
        cmocka_unit_test(nobody_has_an_age_before_birth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

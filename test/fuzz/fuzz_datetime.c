/* Moments: text to value and back, instants, ages. The input is eight bytes of an
 * instant, then two moments separated by a line feed. */
#include "base/attributes.h"
#include "base/datetime.h"
#include "fuzz/fuzz.h"

#include <string.h>

enum { SITE_OFFSET = 480 };

static bool moment_equal(const struct moment *a, const struct moment *b)
{
    return a->precision == b->precision && a->year == b->year && a->month == b->month &&
           a->day == b->day && a->hour == b->hour && a->minute == b->minute &&
           a->second == b->second && a->microsecond == b->microsecond &&
           a->has_offset == b->has_offset && a->offset_minutes == b->offset_minutes;
}

static bool read_and_check(struct text t, struct moment *out)
{
    size_t at = SIZE_MAX;
    if (!moment_parse(t, out, &at)) {
        ASSERT(at <= t.len);
        return false;
    }
    char printed[MOMENT_TEXT_SIZE];
    struct text again = {.at = printed, .len = moment_print(out, printed)};
    struct moment reread;
    ASSERT(moment_parse(again, &reread, NULL));
    ASSERT(moment_equal(out, &reread));

    int64_t first = moment_instant(out, SITE_OFFSET);
    int64_t last = moment_last_instant(out, SITE_OFFSET);
    ASSERT(first <= last && (first == last) == (out->precision == MOMENT_FRACTION));
    struct moment back =
        moment_of_instant(first, out->has_offset ? out->offset_minutes : SITE_OFFSET);
    ASSERT(back.year == out->year && back.month == out->month && back.day == out->day);
    ASSERT(back.hour == out->hour && back.minute == out->minute &&
           back.second == out->second && back.microsecond == out->microsecond);
    return true;
}

static void check_instant(int64_t instant)
{
    char printed[MOMENT_TEXT_SIZE];
    ASSERT(instant_print(instant, printed) <= MOMENT_TEXT_SIZE);
    struct moment moment = moment_of_instant(instant, SITE_OFFSET);
    int64_t days = days_of_civil(moment.year, moment.month, moment.day);
    int32_t year, month, day;
    civil_of_days(days, &year, &month, &day);
    ASSERT(year == moment.year && month == moment.month && day == moment.day);
    bool is_far = moment.year < -290000 || moment.year > 290000;
    ASSERT(is_far || moment_instant(&moment, 0) == instant);
}

static void check_ages(const struct moment *birth, const struct moment *at)
{
    int32_t years, reversed;
    bool is_decided = moment_completed_years(birth, at, &years);
    if (!is_decided)
        return;
    ASSERT(years >= 0 && years <= at->year - birth->year &&
           years >= at->year - birth->year - 1);
    /* Nobody is older than somebody who is a year or more older. */
    ASSERT(years == 0 || !moment_completed_years(at, birth, &reversed));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    int64_t instant = 0;
    if (len < sizeof instant)
        return 0;
    memcpy(&instant, bytes, sizeof instant);
    check_instant(instant);
    struct text rest = {.at = (const char *)bytes + sizeof instant,
                        .len = len - sizeof instant};
    struct text first = text_cut(&rest, '\n');
    struct moment a, b;
    bool has_first = read_and_check(first, &a);
    if (read_and_check(rest, &b) && has_first)
        check_ages(&a, &b);
    return 0;
}

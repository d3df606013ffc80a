#ifndef OSTEON_BASE_DATETIME_H
#define OSTEON_BASE_DATETIME_H
/* Dates and times, whole or partial, in the ISO 8601 forms of ODM 2.0.
 *
 * An instant is int64_t microseconds since 1970-01-01T00:00:00Z. A moment is what a
 * person wrote: any leading part may be known ("2026", "2026-03", "2026-03-05",
 * "2026-03-05T14:07"), with or without an offset from UTC. Proleptic Gregorian
 * calendar, years 1000–9999. No leap seconds, no time-zone data base, no libc.
 */
#include "base/text.h"

/* Of an instant. */
#define INSTANT_SECOND (INT64_C(1000) * 1000)
#define INSTANT_HOUR   (INT64_C(60) * 60 * 1000 * 1000)

enum { MOMENT_TEXT_SIZE = 40 };

enum moment_precision {
    MOMENT_YEAR,
    MOMENT_MONTH,
    MOMENT_DAY,
    MOMENT_MINUTE,
    MOMENT_SECOND,
    MOMENT_FRACTION
};

struct moment {
    enum moment_precision precision;
    int32_t year, month, day, hour, minute, second, microsecond;
    bool has_offset;
    int32_t offset_minutes; /* east of UTC is positive */
};

/* "YYYY[-MM[-DD[Thh:mm[:ss[.f…]][Z|±hh:mm]]]]" with one to six digits of a second, hours
 * 00–23, offsets to ±14:00. False: malformed, or a day that does not exist; `at` (or
 * NULL) gets the place of the fault. Unknown parts of `out` are 1 January, 00:00:00. */
bool moment_parse(struct text t, struct moment *out, size_t *at);
/* As it was read, but for the spelling: "Z" for "+00:00", a fraction with three digits or
 * six. Returns the length. */
size_t moment_print(const struct moment *moment, char out[MOMENT_TEXT_SIZE]);

/* The first instant a moment can mean. Without an offset it is taken at
 * `default_offset_minutes`. */
int64_t moment_instant(const struct moment *moment, int32_t default_offset_minutes);
/* The last instant it can mean (equal to the first when known to the microsecond). */
int64_t moment_last_instant(const struct moment *moment,
                            int32_t default_offset_minutes);

/* "2026-11-22T10:58:26.123Z": UTC with milliseconds, later digits cut. Returns the
 * length. Any instant prints; a year beyond four digits as "+012345" (ISO 8601-1). */
size_t instant_print(int64_t instant, char out[MOMENT_TEXT_SIZE]);
/* With the given offset: "2026-11-22T18:58:26.123+08:00". */
size_t instant_print_at(int64_t instant, int32_t offset_minutes,
                        char out[MOMENT_TEXT_SIZE]);
struct moment moment_of_instant(int64_t instant, int32_t offset_minutes);

/* Completed years from `birth` to `at`, by the calendar dates as written (offsets do not
 * count); false when the partial dates leave more than one answer possible, or `at` is
 * before `birth`. Born on 29 February: a year is completed on 1 March of a common year
 * (see doc/decisions.md). */
bool moment_completed_years(const struct moment *birth, const struct moment *at,
                            int32_t *out);

/* The same in months. */
bool moment_completed_months(const struct moment *from, const struct moment *to,
                             int32_t *out);

/* Days since 1970-01-01 of a civil date, and back. */
int64_t days_of_civil(int32_t year, int32_t month, int32_t day);
void civil_of_days(int64_t days, int32_t *year, int32_t *month, int32_t *day);

#endif

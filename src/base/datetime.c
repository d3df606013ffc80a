#include "base/datetime.h"

#include "base/attributes.h"

#define MICROSECONDS_A_SECOND INT64_C(1000000)
#define MICROSECONDS_A_MINUTE (60 * MICROSECONDS_A_SECOND)
#define MICROSECONDS_A_DAY    (86400 * MICROSECONDS_A_SECOND)

enum {
    YEAR_LOWEST = 1000,
    YEAR_HIGHEST = 9999,
    OFFSET_LARGEST = 14 * 60, /* XML Schema 1.1 part 2, 3.3.7: ±14:00 */
    FRACTION_DIGITS = 6,
    DAYS_4_YEARS = 1461,
    DAYS_100_YEARS = 36524,
    DAYS_400_YEARS = 146097,
    DAYS_TO_1970 = 719162, /* from 0001-01-01 */
    DAYS_SAFE = 106751989  /* fits int64_t in microseconds, with a day to spare */
};

/* ---- calendar ---- */

static bool is_leap_year(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_of_month(int32_t year, int32_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t days_of_civil(int32_t year, int32_t month, int32_t day)
{
    ASSERT(month >= 1 && month <= 12);
    int64_t before = (int64_t)year - 1;
    int64_t days = before * 365 + floor_divide(before, 4) - floor_divide(before, 100) +
                   floor_divide(before, 400);
    for (int32_t m = 1; m < month; m++)
        days += days_of_month(year, m);
    return days + day - 1 - DAYS_TO_1970;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void civil_of_days(int64_t days, int32_t *year, int32_t *month, int32_t *day)
{
    /* Peel off whole cycles from 0001-01-01. The last day of 400 years and of 4 years
     * is a leap day that would start a fifth century or year: hence the 3. */
    int64_t since = days + DAYS_TO_1970;
    int64_t cycles = floor_divide(since, DAYS_400_YEARS);
    int64_t rest = since - cycles * DAYS_400_YEARS;
    int64_t centuries = smaller(rest / DAYS_100_YEARS, 3);
    rest -= centuries * DAYS_100_YEARS;
    int64_t fours = rest / DAYS_4_YEARS;
    rest -= fours * DAYS_4_YEARS;
    int64_t ones = smaller(rest / 365, 3);
    rest -= ones * 365;
    *year = (int32_t)(cycles * 400 + centuries * 100 + fours * 4 + ones + 1);
    *month = 1;
    while (rest >= days_of_month(*year, *month))
        rest -= days_of_month(*year, (*month)++);
    *day = (int32_t)rest + 1;
}

/* ---- reading ---- */

struct cursor {
    struct text t;
    size_t i;
    bool is_bad;
};

static bool next_is(const struct cursor *c, char byte)
{
    return !c->is_bad && c->i < c->t.len && c->t.at[c->i] == byte;
}

static bool take_if(struct cursor *c, char byte)
{
    bool is_next = next_is(c, byte);
    c->i += is_next;
    return is_next;
}

static void must_take(struct cursor *c, char byte)
{
    if (!take_if(c, byte))
        c->is_bad = true;
}

static bool digit_is_next(const struct cursor *c)
{
    return c->i < c->t.len && c->t.at[c->i] >= '0' && c->t.at[c->i] <= '9';
}

/* Exactly `count` digits within low…high. A number out of range is faulted at its first
 * digit, another byte at its own place. */
static int32_t take_number(struct cursor *c, int count, int32_t low, int32_t high)
{
    int32_t value = 0;
    size_t start = c->i;
    for (int k = 0; k < count && !c->is_bad; k++) {
        if (!digit_is_next(c)) {
            c->is_bad = true;
            return 0;
        }
        value = value * 10 + (c->t.at[c->i++] - '0');
    }
    if (!c->is_bad && (value < low || value > high)) {
        c->i = start;
        c->is_bad = true;
    }
    return value;
}

static void take_fraction(struct cursor *c, struct moment *out)
{
    int32_t value = 0;
    int count = 0;
    for (; digit_is_next(c) && count < FRACTION_DIGITS; count++)
        value = value * 10 + (c->t.at[c->i++] - '0');
    /* A seventh digit would be lost: it is left over, and faulted by the caller. */
    if (count == 0)
        c->is_bad = true;
    for (; count < FRACTION_DIGITS; count++)
        value *= 10;
    out->microsecond = value;
    out->precision = MOMENT_FRACTION;
}

static void take_offset(struct cursor *c, struct moment *out)
{
    if (take_if(c, 'Z')) {
        out->has_offset = true;
        return;
    }
    size_t start = c->i;
    bool is_west = next_is(c, '-');
    if (!is_west && !next_is(c, '+'))
        return;
    c->i++;
    int32_t hours = take_number(c, 2, 0, OFFSET_LARGEST / 60);
    must_take(c, ':');
    int32_t minutes = hours * 60 + take_number(c, 2, 0, 59);
    /* ISO 8601 writes zero with "+" only: "-00:00" says something else (RFC 3339 §4.3). */
    if (!c->is_bad && (minutes > OFFSET_LARGEST || (is_west && minutes == 0))) {
        c->i = start;
        c->is_bad = true;
    }
    out->has_offset = true;
    out->offset_minutes = is_west ? -minutes : minutes;
}

static void take_time(struct cursor *c, struct moment *out)
{
    if (!take_if(c, 'T'))
        return;
    out->hour = take_number(c, 2, 0, 23);
    must_take(c, ':');
    out->minute = take_number(c, 2, 0, 59);
    out->precision = MOMENT_MINUTE;
    if (take_if(c, ':')) {
        out->second = take_number(c, 2, 0, 59);
        out->precision = MOMENT_SECOND;
        if (take_if(c, '.'))
            take_fraction(c, out);
    }
    take_offset(c, out);
}

bool moment_parse(struct text t, struct moment *out, size_t *at)
{
    struct cursor c = {.t = t};
    struct moment read = {.precision = MOMENT_YEAR, .month = 1, .day = 1};
    read.year = take_number(&c, 4, YEAR_LOWEST, YEAR_HIGHEST);
    if (take_if(&c, '-')) {
        read.month = take_number(&c, 2, 1, 12);
        read.precision = MOMENT_MONTH;
        if (take_if(&c, '-')) {
            read.day = take_number(&c, 2, 1, days_of_month(read.year, read.month));
            read.precision = MOMENT_DAY;
            take_time(&c, &read);
        }
    }
    if (c.is_bad || c.i < t.len) {
        if (at != NULL)
            *at = c.i;
        return false;
    }
    *out = read;
    return true;
}

/* ---- writing ---- */

struct pen {
    char *out;
    size_t len;
};

static void put(struct pen *pen, char byte)
{
    ASSERT(pen->len < MOMENT_TEXT_SIZE);
    pen->out[pen->len++] = byte;
}

static void put_number(struct pen *pen, int32_t value, int digits)
{
    int32_t unit = 1;
    for (int k = 1; k < digits; k++)
        unit *= 10;
    for (; unit > 0; unit /= 10)
        put(pen, (char)('0' + value / unit % 10));
}

/* Four digits; beyond them the expanded form of ISO 8601-1 §5.2.2.4: sign, six digits. */
static void put_year(struct pen *pen, int32_t year)
{
    if (year >= 0 && year <= YEAR_HIGHEST) {
        put_number(pen, year, 4);
        return;
    }
    put(pen, year < 0 ? '-' : '+');
    put_number(pen, year < 0 ? -year : year, 6);
}

static void put_offset(struct pen *pen, int32_t minutes)
{
    if (minutes == 0) {
        put(pen, 'Z');
        return;
    }
    int32_t size = minutes < 0 ? -minutes : minutes;
    put(pen, minutes < 0 ? '-' : '+');
    put_number(pen, size / 60, 2);
    put(pen, ':');
    put_number(pen, size % 60, 2);
}

static void put_time(struct pen *pen, const struct moment *moment)
{
    put(pen, 'T');
    put_number(pen, moment->hour, 2);
    put(pen, ':');
    put_number(pen, moment->minute, 2);
    if (moment->precision >= MOMENT_SECOND) {
        put(pen, ':');
        put_number(pen, moment->second, 2);
    }
    if (moment->precision == MOMENT_FRACTION) {
        bool is_whole_milliseconds = moment->microsecond % 1000 == 0;
        put(pen, '.');
        if (is_whole_milliseconds)
            put_number(pen, moment->microsecond / 1000, 3);
        else
            put_number(pen, moment->microsecond, FRACTION_DIGITS);
    }
    if (moment->has_offset)
        put_offset(pen, moment->offset_minutes);
}

size_t moment_print(const struct moment *moment, char out[MOMENT_TEXT_SIZE])
{
    struct pen pen = {.out = out};
    put_year(&pen, moment->year);
    if (moment->precision >= MOMENT_MONTH) {
        put(&pen, '-');
        put_number(&pen, moment->month, 2);
    }
    if (moment->precision >= MOMENT_DAY) {
        put(&pen, '-');
        put_number(&pen, moment->day, 2);
    }
    if (moment->precision >= MOMENT_MINUTE)
        put_time(&pen, moment);
    return pen.len;
}

size_t instant_print(int64_t instant, char out[MOMENT_TEXT_SIZE])
{
    return instant_print_at(instant, 0, out);
}

size_t instant_print_at(int64_t instant, int32_t offset_minutes,
                        char out[MOMENT_TEXT_SIZE])
{
    struct moment moment = moment_of_instant(instant, offset_minutes);
    moment.microsecond -= moment.microsecond % 1000;
    return moment_print(&moment, out);
}

/* ---- instants ---- */

struct moment moment_of_instant(int64_t instant, int32_t offset_minutes)
{
    ASSERT(offset_minutes >= -OFFSET_LARGEST && offset_minutes <= OFFSET_LARGEST);
    /* The offset is added to the time of day, so that no instant overflows. */
    int64_t days = floor_divide(instant, MICROSECONDS_A_DAY);
    int64_t of_day = instant % MICROSECONDS_A_DAY;
    if (of_day < 0)
        of_day += MICROSECONDS_A_DAY;
    of_day += offset_minutes * MICROSECONDS_A_MINUTE;
    int64_t carried = floor_divide(of_day, MICROSECONDS_A_DAY);
    of_day -= carried * MICROSECONDS_A_DAY;

    struct moment moment = {.precision = MOMENT_FRACTION,
                            .has_offset = true,
                            .offset_minutes = offset_minutes};
    civil_of_days(days + carried, &moment.year, &moment.month, &moment.day);
    int64_t seconds = of_day / MICROSECONDS_A_SECOND;
    moment.microsecond = (int32_t)(of_day % MICROSECONDS_A_SECOND);
    moment.second = (int32_t)(seconds % 60);
    moment.minute = (int32_t)(seconds / 60 % 60);
    moment.hour = (int32_t)(seconds / 3600);
    return moment;
}

static int64_t instant_of_fields(const struct moment *m, int32_t default_offset_minutes)
{
    int32_t offset = m->has_offset ? m->offset_minutes : default_offset_minutes;
    int64_t days = days_of_civil(m->year, m->month, m->day);
    if (days > DAYS_SAFE)
        return INT64_MAX;
    if (days < -DAYS_SAFE)
        return INT64_MIN;
    int64_t minutes = m->hour * 60 + m->minute - offset;
    return days * MICROSECONDS_A_DAY + minutes * MICROSECONDS_A_MINUTE +
           m->second * MICROSECONDS_A_SECOND + m->microsecond;
}

/* The unknown parts at their lowest, or at their highest. */
static struct moment filled_low(const struct moment *moment)
{
    struct moment full = *moment;
    if (full.precision < MOMENT_MONTH)
        full.month = 1;
    if (full.precision < MOMENT_DAY)
        full.day = 1;
    if (full.precision < MOMENT_MINUTE)
        full.hour = full.minute = 0;
    if (full.precision < MOMENT_SECOND)
        full.second = 0;
    if (full.precision < MOMENT_FRACTION)
        full.microsecond = 0;
    return full;
}

static struct moment filled_high(const struct moment *moment)
{
    struct moment full = *moment;
    if (full.precision < MOMENT_MONTH)
        full.month = 12;
    if (full.precision < MOMENT_DAY)
        full.day = days_of_month(full.year, full.month);
    if (full.precision < MOMENT_MINUTE) {
        full.hour = 23;
        full.minute = 59;
    }
    if (full.precision < MOMENT_SECOND)
        full.second = 59;
    if (full.precision < MOMENT_FRACTION)
        full.microsecond = 999999;
    return full;
}

int64_t moment_instant(const struct moment *moment, int32_t default_offset_minutes)
{
    struct moment full = filled_low(moment);
    return instant_of_fields(&full, default_offset_minutes);
}

int64_t moment_last_instant(const struct moment *moment, int32_t default_offset_minutes)
{
    struct moment full = filled_high(moment);
    return instant_of_fields(&full, default_offset_minutes);
}

/* ---- ages ---- */

static int32_t months_between(const struct moment *from, const struct moment *to)
{
    return (to->year - from->year) * 12 + to->month - from->month -
           (to->day < from->day);
}

/* The least and the most completed months that two partial dates allow; false when they
 * leave no reading in order. Of the readings those with a birth still to come are out. */
static bool months_span(const struct moment *from, const struct moment *to,
                        int32_t *least, int32_t *most)
{
    struct moment from_first = filled_low(from), from_last = filled_high(from);
    struct moment to_first = filled_low(to), to_last = filled_high(to);
    *most = months_between(&from_first, &to_last);
    *least = months_between(&from_last, &to_first);
    if (*least < 0)
        *least = 0;
    return *most >= 0;
}

bool moment_completed_months(const struct moment *from, const struct moment *to,
                             int32_t *out)
{
    int32_t least;
    return months_span(from, to, &least, out) && least == *out;
}

bool moment_completed_years(const struct moment *birth, const struct moment *at,
                            int32_t *out)
{
    int32_t least, most;
    bool is_in_order = months_span(birth, at, &least, &most);
    *out = most / 12;
    return is_in_order && least / 12 == *out;
}

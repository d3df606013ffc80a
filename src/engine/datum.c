#include "engine/datum.h"

#define MICROSECONDS_A_MINUTE INT64_C(60000000)

struct datum datum_moment(const struct moment *moment, int32_t default_offset_minutes)
{
    return (struct datum){
        .kind = DATUM_MOMENT,
        .detail = (uint8_t)moment->precision,
        .offset = moment->has_offset ? (int16_t)moment->offset_minutes : OFFSET_NONE,
        .as.coefficient = moment_instant(moment, default_offset_minutes)};
}

struct datum datum_instant(int64_t instant, int32_t offset_minutes)
{
    return (struct datum){.kind = DATUM_MOMENT,
                          .detail = MOMENT_FRACTION,
                          .offset = (int16_t)offset_minutes,
                          .as.coefficient = instant};
}

struct moment datum_to_moment(struct datum d, int32_t default_offset_minutes)
{
    bool has_offset = d.offset != OFFSET_NONE;
    struct moment moment = moment_of_instant(
        d.as.coefficient, has_offset ? d.offset : default_offset_minutes);
    moment.precision = d.detail;
    moment.has_offset = has_offset;
    return moment;
}

int64_t datum_last_instant(struct datum d, int32_t default_offset_minutes)
{
    switch (d.detail) {
    case MOMENT_FRACTION: return d.as.coefficient;
    case MOMENT_SECOND: return d.as.coefficient + 999999;
    case MOMENT_MINUTE: return d.as.coefficient + MICROSECONDS_A_MINUTE - 1;
    case MOMENT_DAY: return d.as.coefficient + 1440 * MICROSECONDS_A_MINUTE - 1;
    default: {
        struct moment moment = datum_to_moment(d, default_offset_minutes);
        return moment_last_instant(&moment, default_offset_minutes);
    }
    }
}

bool datum_equal(struct datum a, struct datum b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case DATUM_EMPTY:
    case DATUM_SEALED: return true;
    case DATUM_NUMBER: return decimal_compare(datum_decimal(a), datum_decimal(b)) == 0;
    case DATUM_TEXT: return text_equal(datum_as_text(a), datum_as_text(b));
    case DATUM_MOMENT:
        return a.detail == b.detail && a.as.coefficient == b.as.coefficient;
    case DATUM_TRUTH:
    /* The same bits: an approximate number is compared as it stands. */
    case DATUM_REAL: return a.as.coefficient == b.as.coefficient;
    default: return a.detail == b.detail;
    }
}

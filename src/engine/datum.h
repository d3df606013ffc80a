#ifndef OSTEON_ENGINE_DATUM_H
#define OSTEON_ENGINE_DATUM_H
/* One value of a running expression: sixteen bytes, the same in the program and in the
 * browser, so that values cross that border as they are.
 *
 * A moment is the first instant it can mean, with its precision and offset; the last
 * instant follows from them. A text or code is a view: it lives as long as what it points
 * into. Codes of a "multiple" item are one text, joined by one space.
 */
#include "base/datetime.h"
#include "base/decimal.h"
#include "base/text.h"

enum datum_kind {
    DATUM_EMPTY,   /* nothing entered, hidden, or not to be computed */
    DATUM_MISSING, /* a stated reason: `detail` */
    DATUM_SEALED,  /* in the identity vault: there is a value, but it may not be read */
    DATUM_FAULT,   /* could not be computed: `detail` is a datum_fault */
    DATUM_NUMBER,
    DATUM_REAL, /* an approximate number */
    DATUM_TEXT,
    DATUM_MOMENT,
    DATUM_TRUTH
};

enum datum_fault { FAULT_OVERFLOW = 1, FAULT_STEPS, FAULT_TEXT_TOO_LONG };

/* Reasons for a missing value, in the order of model/value.h. */
enum datum_reason {
    REASON_NONE,
    REASON_NOT_DONE,
    REASON_UNKNOWN,
    REASON_NOT_APPLICABLE,
    REASON_REFUSED,
    REASON_DEVICE_FAULT,
    REASON_OTHER
};

enum { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* How a value follows `now`: an exact number of seconds or a moment that runs with it or
 * against it, or in some other way. */
enum datum_pace { PACE_NONE, PACE_FORWARD, PACE_BACKWARD, PACE_OTHER };

enum { OFFSET_NONE = -32768 };

struct datum {
    uint8_t kind;   /* datum_kind */
    uint8_t detail; /* reason, fault, or moment_precision */
    int16_t offset; /* of a moment: minutes, or OFFSET_NONE */
    int32_t scale;  /* of a number; length of a text; of a moment: its pace */
    union {
        int64_t coefficient; /* of a number; a truth; the first instant of a moment */
        double real;
        const char *at;
    } as;
};

static inline struct datum datum_of_kind(enum datum_kind kind)
{
    return (struct datum){.kind = (uint8_t)kind};
}

static inline struct datum datum_number(struct decimal d)
{
    return (struct datum){
        .kind = DATUM_NUMBER, .scale = d.scale, .as.coefficient = d.coefficient};
}

static inline struct datum datum_whole(int64_t whole)
{
    return (struct datum){.kind = DATUM_NUMBER, .as.coefficient = whole};
}

static inline struct datum datum_real(double real)
{
    return (struct datum){.kind = DATUM_REAL, .as.real = real};
}

static inline struct datum datum_truth(int truth)
{
    return (struct datum){.kind = DATUM_TRUTH, .as.coefficient = truth};
}

static inline struct datum datum_text(struct text t)
{
    return (struct datum){.kind = DATUM_TEXT, .scale = (int32_t)t.len, .as.at = t.at};
}

struct datum datum_moment(const struct moment *moment, int32_t default_offset_minutes);
/* A moment known to the microsecond, at this offset. */
struct datum datum_instant(int64_t instant, int32_t offset_minutes);

static inline bool datum_has_value(struct datum d)
{
    return d.kind >= DATUM_NUMBER;
}

static inline struct decimal datum_decimal(struct datum d)
{
    return (struct decimal){.coefficient = d.as.coefficient, .scale = d.scale};
}

static inline struct text datum_as_text(struct datum d)
{
    return (struct text){.at = d.as.at, .len = (size_t)d.scale};
}

/* The moment again, with its calendar fields. */
struct moment datum_to_moment(struct datum d, int32_t default_offset_minutes);
/* The last instant it can mean. */
int64_t datum_last_instant(struct datum d, int32_t default_offset_minutes);

/* Same kind and same value, 1.5 and 1.50 being the same. */
bool datum_equal(struct datum a, struct datum b);

#endif

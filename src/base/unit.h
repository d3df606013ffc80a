#ifndef OSTEON_BASE_UNIT_H
#define OSTEON_BASE_UNIT_H
/* Units of measure in the case-sensitive codes of UCUM ("mg/kg", "10*9/L", "mm[Hg]"), and
 * exact conversions between them. The one place that knows units.
 *
 * A unit is a product of powers of base units times an exact factor,
 * numerator / denominator × 10^exponent. Two units can be converted into each other when
 * their powers agree and what is measured is the same: an annotation behind a unit that
 * has a dimension (mg/L{FEU}) names what is measured, so mg/L{FEU} and mg/L{DDU} differ;
 * one that stands alone or behind a pure number ({score}, {beat}/min) is only a word.
 * A substance's mass and its amount differ: mg/dL and mmol/L cannot be converted without
 * a molar mass, which is no matter of units. Degrees Celsius convert into nothing.
 * Source: The Unified Code for Units of Measure, version 2.1, tables 1 to 4.
 */
#include "base/decimal.h"
#include "base/text.h"

enum unit_dimension {
    UNIT_LENGTH,
    UNIT_MASS,
    UNIT_TIME,
    UNIT_AMOUNT,
    UNIT_TEMPERATURE,
    UNIT_CURRENT,
    UNIT_CELSIUS,       /* an interval scale of its own */
    UNIT_INTERNATIONAL, /* [IU]: another thing for every substance */
    UNIT_PH,
    UNIT_DIMENSIONS
};

struct unit_factor {
    int64_t numerator, denominator; /* > 0, no common divisor, neither ends in 0 */
    int32_t exponent;               /* of ten */
};

struct unit_of_measure {
    int8_t powers[UNIT_DIMENSIONS];
    struct unit_factor factor;
    struct text measured; /* the annotation that counts; absent: none */
    struct text code;     /* as written: a view of what was parsed */
};

/* False: `at` (or NULL) gets the place of the first symbol that is no unit. */
bool unit_parse(struct text code, struct unit_of_measure *out, size_t *at);

/* The known symbol nearest to a misspelt one, or absent. */
struct text unit_nearest(struct text symbol);

/* The number one without a unit. */
struct unit_of_measure unit_one(void);
/* A pure number: no dimension and the factor 1 ("{score}", "1"). */
bool unit_is_one(const struct unit_of_measure *unit);

/* Of the same dimension, measuring the same, with a factor that fits: the conversion
 * exists, in both directions. */
bool unit_is_convertible(const struct unit_of_measure *a,
                         const struct unit_of_measure *b);
/* Convertible with the factor 1. */
bool unit_is_same(const struct unit_of_measure *a, const struct unit_of_measure *b);

/* a × b^sign (sign is 1 or -1), and a^power. The code is left absent. False when a factor
 * or power does not fit. */
bool unit_multiply(const struct unit_of_measure *a, const struct unit_of_measure *b,
                   int sign, struct unit_of_measure *out);
bool unit_power(const struct unit_of_measure *a, int32_t power,
                struct unit_of_measure *out);

/* What a number in `from` is multiplied with to be in `to`; false when it does not fit. */
bool unit_factor_between(const struct unit_of_measure *from,
                         const struct unit_of_measure *to, struct unit_factor *out);
/* The factor as an exact decimal; false when it has none (1/60, or over 18 digits). */
bool unit_factor_decimal(const struct unit_factor *factor, struct decimal *out);

#endif

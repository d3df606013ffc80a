#ifndef OSTEON_BASE_DECIMAL_H
#define OSTEON_BASE_DECIMAL_H
/* Exact decimals for what people enter: coefficient × 10^-scale.
 *
 * 1.50 stays 1.50 (scale 2), and 0.1 + 0.2 = 0.3. Plus, minus and times are exact
 * or an error; nothing rounds unless asked. At most 18 digits, scale 0…18. No libc
 * number parsing, no locale: the same source runs in the browser. After a fault `out` is
 * as it was.
 */
#include "base/text.h"

enum { DECIMAL_DIGITS = 18, DECIMAL_TEXT_SIZE = 24 };

struct decimal {
    int64_t coefficient;
    int32_t scale;
};

enum decimal_fault {
    DECIMAL_OK,
    DECIMAL_EMPTY,
    DECIMAL_NOT_A_NUMBER,
    DECIMAL_TOO_MANY_DIGITS,
    DECIMAL_OVERFLOW /* the exact result has more than 18 digits, or decimals */
};

/* Grammar: [+-]? digits [. digits]; ASCII only, no exponent, no spaces; ".5" and "5."
 * are refused. Leading zeros do not count as digits. `at` (or NULL) gets the place of a fault:
 * of the digit that is one too many, or of the byte that does not belong. */
enum decimal_fault decimal_parse(struct text t, struct decimal *out, size_t *at);

/* Shortest exact text with the decimal's own scale: "1.50", "-0.5", "0". Negative zero
 * is "0". Writes at most DECIMAL_TEXT_SIZE bytes, returns the length. */
size_t decimal_print(struct decimal d, char out[DECIMAL_TEXT_SIZE]);

/* By value: 1.5 equals 1.50. <0, 0, >0; never overflows. */
int decimal_compare(struct decimal a, struct decimal b);

/* The sum has the larger scale of the two: 1.50 + 1 = 2.50. The product's scale is the
 * sum of both. Zeros at the end are dropped only where they do not fit. */
enum decimal_fault decimal_add(struct decimal a, struct decimal b, struct decimal *out);
enum decimal_fault decimal_subtract(struct decimal a, struct decimal b,
                                    struct decimal *out);
enum decimal_fault decimal_multiply(struct decimal a, struct decimal b,
                                    struct decimal *out);
/* a / b rounded half away from zero to `scale` decimals; b = 0 is DECIMAL_NOT_A_NUMBER. */
enum decimal_fault decimal_divide(struct decimal a, struct decimal b, int32_t scale,
                                  struct decimal *out);
/* To exactly `scale` decimals, half away from zero, on the decimal form. */
enum decimal_fault decimal_round(struct decimal d, int32_t scale, struct decimal *out);

/* `whole` has at most 18 digits. */
struct decimal decimal_of(int64_t whole);

#endif

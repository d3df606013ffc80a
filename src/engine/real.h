#ifndef OSTEON_ENGINE_REAL_H
#define OSTEON_ENGINE_REAL_H
/* Approximate numbers: IEEE 754 doubles with functions of our own, so that the program and
 * the browser give the same bits on any machine. No libm; contraction is off in every build.
 *
 * Accuracy, tested against values of 50 digits (test/engine/test_real.c): exp, log, log10
 * and power are within 0.501 units in the last place, the square root is exactly rounded.
 * Method: double-double arithmetic (Dekker 1971, without fused multiply-add), argument
 * reduction by ln 2, a Taylor series, and one Newton step for the logarithm.
 * Outside its domain a function returns NaN; too large a result is infinite.
 */
#include "base/decimal.h"

double real_exp(double x);
double real_log(double x);
double real_log10(double x);
double real_sqrt(double x);
/* x^y for x > 0, and for whole y any x; 0^0 is 1. */
double real_power(double x, double y);

bool real_is_finite(double x);

/* The nearest double. Numbers of at most 15 digits are read exactly rounded, longer ones
 * within one unit in the last place. */
double real_of_decimal(struct decimal d);

/* To `decimals` (0…18) decimals, half away from zero, of the 15 significant digits that a
 * double surely holds: 2.675 gives 2.68. False when it does not fit into 18 digits, or is
 * not finite. */
bool real_round(double x, int32_t decimals, struct decimal *out);

#endif

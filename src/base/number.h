#ifndef OSTEON_BASE_NUMBER_H
#define OSTEON_BASE_NUMBER_H
/* Approximate numbers in files: IEEE 754 doubles and their text, of no locale. What people
 * enter is a decimal instead (base/decimal.h).
 */
#include "base/text.h"

enum { NUMBER_TEXT_SIZE = 32 };

/* "-1", "2.50", ".5", "1e-3": the whole text, at most 64 bytes, and a finite number; the
 * nearest double. False: something else. */
bool number_of_text(struct text t, double *out);

/* With 17 significant digits, which give the same double again; returns the length. The
 * number is finite. */
size_t number_print(double value, char out[NUMBER_TEXT_SIZE]);

#endif

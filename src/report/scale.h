#ifndef OSTEON_REPORT_SCALE_H
#define OSTEON_REPORT_SCALE_H
/* From a value to a place on an axis, and the round values that an axis names. */
#include <stdbool.h>
#include <stddef.h>

struct scale {
    double from, until; /* values, `from` below `until` */
    double low, high;   /* their places */
};

double scale_at(const struct scale *scale, double value);

enum { TICKS_MOST = 24 };
struct ticks {
    double at[TICKS_MOST];
    size_t count;
    int decimals; /* that tell them apart */
};

/* The multiples of 1, 2 or 5 times a power of ten within [from, until] of which there are
 * at most `most` (2 to TICKS_MOST), and as many as can be. */
struct ticks ticks_round(double from, double until, size_t most);
/* Those that somebody chose: rising, at most TICKS_MOST. */
struct ticks ticks_given(const double *at, size_t count);

/* [*from, *until] made wider, to the round values around it. */
void scale_widen(double *from, double *until, size_t most);

#endif

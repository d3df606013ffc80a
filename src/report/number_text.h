#ifndef OSTEON_REPORT_NUMBER_TEXT_H
#define OSTEON_REPORT_NUMBER_TEXT_H
/* How a number is written for people: the one place that rounds. Halves go away from zero,
 * of the exact value of the double; a minus is U+2212.
 *
 *     number_show(arena, 0.9423, (struct number_form){NUMBER_PERCENT, 1})   "94.2"
 *     number_show(arena, 0.0004, (struct number_form){NUMBER_P, 3})         "<.001"
 */
#include "base/arena.h"
#include "base/language.h"

enum number_kind {
    NUMBER_PLAIN,
    NUMBER_PERCENT, /* of a share; without the sign */
    NUMBER_P        /* "<.001", else three decimals without the 0 before the point */
};

struct number_form {
    enum number_kind kind;
    int decimals;
};

/* In `arena`. The value is finite. */
struct text number_show(struct arena *arena, double value, struct number_form form);

/* The decimals that a measured quantity of this size is told with: three digits at least,
 * none behind the point from 100 on. */
int number_decimals(double largest);

/* What stands between the ends of an interval: a dash; a word when one is negative, or no
 * number. */
struct text interval_between(double lower, enum language language);

#endif

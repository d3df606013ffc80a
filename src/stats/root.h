#ifndef OSTEON_STATS_ROOT_H
#define OSTEON_STATS_ROOT_H
/* Where a function of one number is zero, to the last bits of a double.
 *
 *     double found = root_between(tail_is_right, &sample, 0, 1);
 *
 * Brent 1973, Algorithms for Minimization without Derivatives, chapter 4: inverse quadratic
 * steps, halving where they do not help, so that it always ends.
 */
typedef double root_function(double at, const void *data);

/* The function changes its sign between `low` and `high`, or is zero at one of them; if
 * not, the end where it is nearer to zero is returned. */
double root_between(root_function *function, const void *data, double low, double high);

#endif

#ifndef OSTEON_STATS_INTERIM_H
#define OSTEON_STATS_INTERIM_H
/* What an interim look says of the end, and what no event says of a rate.
 *
 * With Z = z at information fraction t, and final critical value z*:
 *   conditional_power  Φ((z√t + θ(1-t) - z*)/√(1-t)), θ the drift that is assumed
 *   current trend      the same with θ = z/√t
 *   predictive_power   Φ((z - z*√t)/√(1-t)): θ with a flat prior, given z
 * Proschan, Lan, Wittes 2006, Statistical Monitoring of Clinical Trials, chapters 3 and 6.
 *   none_of            upper limit of a rate when 0 of n had it: 1 - (1-level)^(1/n)
 *   to_detect          how many show at least one event of rate p with probability q:
 *                      ln(1-q)/ln(1-p); the whole number above it is enough
 *   to_exclude         the n at which 0 of n excludes a rate p: the same with the level
 * Tested: within 1e-12 of R 4.2.2.
 */
#include "stats/estimate.h"

/* `critical` is z*. */
struct estimate conditional_power(double z, double t, double drift, double critical);
struct estimate predictive_power(double z, double t, double critical);

struct estimate upper_limit_of_none(double total, double level);
struct estimate total_to_see_one(double rate, double probability);

#endif

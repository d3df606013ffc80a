#ifndef OSTEON_STATS_PLANNING_H
#define OSTEON_STATS_PLANNING_H
/* How many participants a comparison needs, and the power of so many.
 *
 * Common terms: `side` is α on one side (half of a two-sided one); z with that upper tail,
 * z_p the quantile of the power; group 1 has n, group 2 r n (r: `ratio`). Sizes are exact
 * solutions, not rounded: the caller takes the whole number above.
 *
 *   two proportions  n = (z √((1+1/r) p̄ q̄) + z_p √(p1 q1 + p2 q2/r))²/(p1-p2)², p̄ = (p1 +
 *                    r p2)/(1+r); at r = 1 as power.prop.test of R
 *       Fleiss       n/4 (1 + √(1 + 2(r+1)/(n r |p1-p2|)))²: Fleiss, Tytun, Ury 1980,
 *                    Biometrics 36:343-346
 *   unpooled         n = (z + z_p)² (p1 q1 + p2 q2/r)/(p1-p2)²: Chow, Shao, Wang 2008, 4.2
 *   margin           n = (z + z_p)² (p1 q1 + p2 q2/r)/(p1-p2+δ)², one side; δ > 0 is what may
 *                    be lost (higher is better); equivalence |p1-p2| < δ: z_p at
 *                    (1+power)/2 when p1 = p2: Chow, Shao, Wang 2008, chapter 4
 *   means            noncentral t: P(T > t), T with df and noncentrality |δ|/σ √(n r/(1+r)),
 *                    df = n + r n - 2; one sample or pairs: |δ|/σ √n, df = n - 1: as
 *                    power.t.test of R (the far tail does not count)
 *   McNemar          n pairs = (z √(p12+p21) + z_p √(p12+p21-(p12-p21)²))²/(p12-p21)²: Connor
 *                    1987, Biometrics 43:207-211
 *   log-rank         events (z + z_p)²(1+r)²/(r ln²h) (Schoenfeld 1983), (z + z_p)² (1 + r
 *                    h)²/(r (1-h)²) (Freedman 1982), h the hazard of group 2 by group 1
 *       event        P = λ/(λ+η) (1 - (e^{-(λ+η)F} - e^{-(λ+η)(A+F)})/((λ+η) A)): accrual A
 *                    uniform, follow-up F, hazard λ, dropout η; A = 0: all at once
 *   design effect    1 + ((1 + cv²) m - 1) ICC: Eldridge 2006, Int J Epidemiol 35:1292-1300
 *   upper limit      of a pilot's deviation s of n values: s √((n-1)/χ²(1-level; n-1)), to
 *                    plan with (Browne 1995, Statistics in Medicine 14:1933-1940)
 *   assurance        E of the power of two means over a normal prior of the difference, mean
 *                    δ, deviation τ: Φ((δ√k - z)/√(1 + τ²k)), k = n r/((1+r)σ²); the far tail
 *                    does not count (O'Hagan, Stevens, Campbell 2005, Pharm Stat 4:187-201)
 * Not estimable: outside the domain, and where there is no difference to find.
 * Tested: closed forms within 1e-12 of R 4.2.2, those with the noncentral t 1e-8.
 */
#include "stats/estimate.h"

/* z of `side` and z of `power`, added. */
double normal_sum(double side, double power);

struct plan { /* what all of them need */
    double side, power, ratio;
};

struct estimate two_proportions_size(const struct plan *plan, double p1, double p2);
struct estimate unpooled_size(const struct plan *plan, double p1, double p2);
struct estimate fleiss_size(const struct plan *plan, double p1, double p2);
struct estimate two_proportions_power(const struct plan *plan, double p1, double p2,
                                      double n);
struct estimate margin_size(const struct plan *plan, double p1, double p2,
                            double margin, bool is_equivalence);

enum means_design { MEANS_TWO, MEANS_ONE, MEANS_PAIRED };
struct estimate means_power(const struct plan *plan, enum means_design design,
                            double difference, double sd, double n);
struct estimate means_size(const struct plan *plan, enum means_design design,
                           double difference, double sd);

struct estimate mcnemar_size(const struct plan *plan, double p12, double p21);

struct estimate schoenfeld_events(const struct plan *plan, double hazard_ratio);
struct estimate freedman_events(const struct plan *plan, double hazard_ratio);
struct estimate event_probability(double hazard, double dropout, double accrual,
                                  double follow_up);

struct estimate design_effect(double cluster_size, double icc, double cv);

struct estimate deviation_upper_limit(double sd, double n, double level);
struct estimate assurance_of_means(const struct plan *plan, double difference,
                                   double prior_sd, double sd, double n);

#endif

#ifndef OSTEON_STATS_GEE_H
#define OSTEON_STATS_GEE_H
/* Generalised estimating equations: average effects on clustered outcomes.
 *
 *   logit    outcome 0 or 1, mean 1/(1 + e^-η), variance μ(1 - μ)
 *   Poisson  outcome a count, mean e^η, variance μ; `exposures` multiply the mean
 *   within a cluster every two rows correlate by α (exchangeable); with r the residuals over
 *   the roots of the variance, φ = Σ r²/N and α = Σ_pairs r r'/(φ · pairs), as geepack of R
 *   β solves Σ D'V⁻(y - μ) = 0; with A = Σ D'V⁻D the robust variance is
 *   A⁻ (Σ D'V⁻ (y - μ)(y - μ)' V⁻D) A⁻, the naive one φ A⁻ with V of φ = 1
 * Liang and Zeger 1986, Biometrika 73:13-22. V⁻ is closed: (I - c 11')/(1 - α),
 * c = α/(1 + (m - 1) α), so that time grows with the rows alone.
 * Tested: within 1e-6 of geepack 1.3.9 of R, and of logistic regression where α is 0.
 * Not estimable: outcomes all the same (logit) or all 0; columns that repeat each other; no
 * convergence, as with separation.
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

enum gee_family { GEE_LOGIT, GEE_POISSON };

struct gee_input {
    const double *outcomes;
    const double *const *covariates; /* the intercept is added, as the first */
    const double *exposures;         /* above 0; NULL: 1 */
    const uint32_t *clusters;        /* below `cluster_count` */
    size_t count, covariate_count, cluster_count;
    enum gee_family family;
    bool is_independent; /* α is 0 */
    double level;
};

struct gee_coefficient {
    struct estimate value, error, naive_error, p; /* error and p: robust */
    struct interval interval;
};

struct gee_fit {
    struct gee_coefficient *coefficients; /* covariate_count + 1 */
    struct estimate correlation, scale;
};

void gee_fit(const struct gee_input *input, struct arena *arena, struct gee_fit *out);

#endif

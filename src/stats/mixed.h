#ifndef OSTEON_STATS_MIXED_H
#define OSTEON_STATS_MIXED_H
/* Repeated measures: linear models whose rows of one subject vary together.
 *
 *   y = X β + e, V the covariance of a subject's rows:
 *     intercept    d + σ² on the diagonal, d at least 0 (random intercept)
 *     slope        d11 + d12 (s + t) + d22 s t, + σ² on the diagonal (random intercept, slope)
 *     unstructured a parameter for each pair of visits (MMRM)
 *     ar1          σ² ρ^|s - t|;  symmetry  c + e on the diagonal;  toeplitz  one a distance
 *   log L(REML) = -½ ((n - p) ln 2π + ln |V| + ln |X'V⁻X| + r'V⁻r);  ML without the third
 *   score and information in the parameters of V by P = V⁻ - V⁻XΦX'V⁻, Φ = (X'V⁻X)⁻
 *   Satterthwaite  df = 2 v²/(g'A g), v = c'Φc, g its gradient, A the inverse of the observed
 *                  information of REML (Giesbrecht and Burns 1985)
 *   Kenward–Roger  Φ + 2 Φ Σ W_kl (Q_kl - P_k Φ P_l - ¼ R_kl) Φ, df with W, the inverse of the
 *                  expected information (Kenward and Roger 1997, Biometrics 53:983-997)
 *
 * Subjects with the same positions share V, and enter by sums of squares and products of
 * their rows: after one pass over the data the time of a step depends on the number of such
 * patterns alone. Newton's method with halved steps.
 * Tested: β and errors within 1e-8 of lme4 1.1-31 and nlme 3.1-162 of R, variances 1e-5,
 * df 1e-4 of lmerTest 3.1-3 and pbkrtest 0.5.2.
 * Not estimable: columns that repeat each other; a visit twice in a subject; fewer rows than
 * parameters; random slopes whose covariance is at its boundary. A random intercept whose
 * variance is at its boundary is estimated with a variance of 0.
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

enum mixed_kind {
    MIXED_INTERCEPT,
    MIXED_SLOPE,
    MIXED_UNSTRUCTURED,
    MIXED_AR1,
    MIXED_SYMMETRY,
    MIXED_TOEPLITZ
};

struct mixed_input {
    const double *outcomes;
    const double *const *covariates; /* the intercept is added, as the first */
    const uint32_t *subjects;        /* below `subject_count` */
    const double
        *positions; /* the slope's variable; or the visit, 0 to visit_count - 1 */
    size_t count, covariate_count, subject_count, visit_count;
    enum mixed_kind kind;
    bool is_ml; /* otherwise REML */
    double level;
    const double *contrasts; /* covariate_count + 1 numbers each */
    size_t contrast_count;
};

struct mixed_effect { /* a coefficient, or a contrast of coefficients */
    struct estimate value, error;
    struct estimate satterthwaite_df, p; /* of REML alone, as the next */
    struct interval interval;            /* by Satterthwaite's t */
    struct estimate kenward_roger_error, kenward_roger_df, kenward_roger_p;
};

struct mixed_fit {
    struct mixed_effect *coefficients, *contrasts;
    struct estimate loglik;
    struct estimate
        *parameters; /* of V, in the order of the formula above; visits by rows */
    size_t parameter_count;
    double *covariance; /* visit_count², of the models of visits; NULL otherwise */
    size_t subjects;
};

void mixed_fit(const struct mixed_input *input, struct arena *arena,
               struct mixed_fit *out);

#endif

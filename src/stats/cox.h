#ifndef OSTEON_STATS_COX_H
#define OSTEON_STATS_COX_H
/* Cox's proportional hazards: how covariates multiply the hazard.
 *
 * With w_i = exp(x_i β), at each event time t with the set D of d events among R at risk:
 *   Breslow  one term, S = Σ_R w
 *   Efron    d terms k = 0 … d-1, S_k = Σ_R w - k/d Σ_D w; the same of w x gives a_k = mean of x
 *   log L = Σ_D x β - Σ_k ln S_k;  U = Σ_D x - Σ_k a_k;  I = Σ_k (Σ w x x'/S_k - a_k a_k')
 *   Wald β'Iβ; score U'I⁻U at 0; likelihood ratio 2 (log L - log L(0))
 *   robust   Σ of dfbeta dfbeta', dfbeta = score residual · I⁻, summed within clusters
 *            (Lin and Wei 1989, JASA 84:1074-1078)
 *   martingale residual  event - w_i ∫ dH;  at ties with the same k/d as the likelihood
 *   concordance  of pairs whose order is known the part in which who had the event first has
 *            the higher x β; its error by the infinitesimal jackknife (Therneau 2020)
 *   hazards  test of proportionality: score test of x·(g(t) - mean g at events) beside x
 *            (Grambsch and Therneau 1994; the form of survival 3)
 *   H(t | x) = e^{xβ} Σ 1/S_k, variance Σ e^{2xβ}/S_k² + q'I⁻q, q = Σ e^{xβ} (x - a_k)/S_k
 * Cox 1972, JRSS B 34:187-220; Efron 1977, JASA 72:557-565; Breslow 1974.
 *
 * Newton's method with halved steps, until half of U'I⁻U is below 1e-13; of 100,000 rows and
 * more nothing is summed again behind a last step below 5e-10 mean deviations. Sums are made
 * in two passes over the rows sorted by time: the information is Σ_i w_i H_i x_i x_i' - Σ_k
 * a_k a_k'. Times are tied when they are equal, exactly. In strata each has its own sets at
 * risk. With entries one is at risk from behind the entry up to and with the time.
 *
 * Not estimable: without events; a covariate that does not vary among those at risk, or is a
 * combination of those before it (it is left out, the others are estimated); a covariate
 * along which the likelihood rises for ever (its coefficient is infinite).
 * Tested: within 1e-9 of survival 3.5-3 of R (hazards test 1e-8).
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

enum cox_ties { COX_EFRON, COX_BRESLOW };

struct cox_input {
    const double *times, *entries; /* entries: NULL, all from the start */
    const bool *is_event;
    const double *const *covariates; /* a column each */
    const uint32_t *strata;          /* below `stratum_count`; NULL: one */
    const uint32_t *clusters; /* below `cluster_count`; NULL: every row its own */
    size_t count, covariate_count, stratum_count, cluster_count;
    enum cox_ties ties;
    bool is_robust;
};

struct cox_coefficient {
    struct estimate value, error, robust_error;
    struct estimate p; /* of the robust error where there is one */
};

struct cox_rows; /* sorted; of cox_rows.h */

struct cox_fit {
    size_t count, events, covariate_count;
    struct cox_coefficient *coefficients;
    double *variance; /* covariate_count²; 0 for what is not estimable */
    double *robust_variance;
    struct estimate loglik_null, loglik;
    struct estimate likelihood_ratio, wald, score;
    struct estimate likelihood_ratio_p, wald_p, score_p;
    size_t degrees;
    /* for what follows from the fit; NULL when nothing was fitted */
    struct cox_rows *rows;
    const struct cox_input *input;
};

/* The fit in `arena`; `input` and what it points to stay as long as the fit. What is asked of
 * the fit later may add to `arena`: it is not rewound to a mark set behind the fit. */
struct cox_fit *cox_fit(const struct cox_input *input, struct arena *arena);

/* One a row of the input. */
double *cox_martingale(const struct cox_fit *fit, struct arena *arena);
/* Row by row: what leaving the row out would about change of each coefficient. */
double *cox_dfbeta(const struct cox_fit *fit, struct arena *arena);

struct cox_concordance {
    struct estimate value, error;
    double concordant, discordant, tied; /* pairs */
};
void cox_concordance(const struct cox_fit *fit, struct arena *arena,
                     struct cox_concordance *out);

enum cox_transform { COX_KM, COX_IDENTITY, COX_RANK, COX_LOG };

struct cox_hazards_test {
    struct estimate chi2, p;
    size_t degrees;
};
/* One a covariate and one of all, in `arena`. */
struct cox_hazards_test *cox_hazards(const struct cox_fit *fit,
                                     enum cox_transform transform, struct arena *arena);

struct cox_prediction {
    struct estimate hazard, hazard_error; /* cumulative */
    struct estimate survival, survival_error;
    struct interval interval; /* of S: exp(-H ± z · error), at most 1 */
};
/* For covariates `x` in a stratum, up to a time. */
void cox_predict(const struct cox_fit *fit, const double *x, size_t stratum,
                 double time, double level, struct cox_prediction *out);

#endif

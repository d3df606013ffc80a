#ifndef OSTEON_STATS_MIXED_SUMS_H
#define OSTEON_STATS_MIXED_SUMS_H
/* Inside the mixed model: subjects with the same positions, and the sums over them that the
 * likelihood and its derivatives are made of.
 */
#include "stats/matrix.h"
#include "stats/mixed.h"

struct mixed_pattern {
    size_t rows, subjects;
    const double *positions;
    double *moments; /* rows² × wide²: Σ over subjects of (x, y)_a (x, y)_b' */
};

struct mixed_model {
    const struct mixed_input *input;
    size_t columns, wide; /* of x; with the outcome */
    size_t parameter_count, pattern_count;
    struct mixed_pattern *patterns;
    struct arena *arena;
    double *parameters;
    bool *is_fixed; /* of the parameters */
    /* at these parameters */
    double loglik;
    double *beta, *phi;          /* columns; columns² */
    double *p;                   /* parameter × columns²: X'V⁻ V_k V⁻X */
    double *score;               /* parameter */
    double *expected, *observed; /* parameter² */
};

/* Why the data cannot be used, or NULL. */
const char *mixed_sums_make(struct mixed_model *model, const struct mixed_input *input,
                            struct arena *arena);

/* Likelihood, β and Φ; false when V or X'V⁻X is not positive. */
bool mixed_sums_likelihood(struct mixed_model *model);

/* Score and information, at what the likelihood was taken of. */
void mixed_sums_derive(struct mixed_model *model);

/* Φ as Kenward and Roger adjust it, by the inverse of the expected information. */
void mixed_sums_adjust(struct mixed_model *model, const double *inverse, double *out);

#endif

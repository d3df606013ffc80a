#ifndef OSTEON_STATS_MIXED_COVARIANCE_H
#define OSTEON_STATS_MIXED_COVARIANCE_H
/* Inside the mixed model: the covariance of two rows, and how it moves with its parameters. */
#include "stats/mixed.h"

struct mixed_pair {    /* two rows of a subject */
    double one, other; /* their positions */
    bool is_same;      /* a row with itself */
};

size_t mixed_parameter_count(enum mixed_kind kind, size_t visits);

/* A beginning: `variance` is that of the residuals. */
void mixed_begin(enum mixed_kind kind, size_t visits, double variance,
                 double *parameters);

double mixed_covariance(enum mixed_kind kind, size_t visits, const double *parameters,
                        struct mixed_pair pair);
/* By parameter k, and by k and l. */
double mixed_slope(enum mixed_kind kind, size_t visits, const double *parameters,
                   struct mixed_pair pair, size_t k);
double mixed_curvature(enum mixed_kind kind, const double *parameters,
                       struct mixed_pair pair, size_t k, size_t l);

#endif

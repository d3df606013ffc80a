#ifndef OSTEON_STATS_COX_ROWS_H
#define OSTEON_STATS_COX_ROWS_H
/* Inside the Cox model: the rows by stratum and rising time, and the sums over them.
 *
 * The covariates are centred at their means and scaled by their mean deviations, so that
 * exp(xβ) stays near 1; those that cannot be estimated are left out.
 */
#include "stats/cox.h"
#include "stats/outer.h"

struct cox_moment { /* a time of one stratum at which there were events */
    double time;
    uint32_t stratum;
    uint32_t first, last; /* the rows of that time: from `first` up to before `last` */
    uint32_t events;
    uint32_t terms;      /* of the likelihood: events (Efron), or one (Breslow) */
    uint32_t first_term; /* among all terms */
};

struct cox_rows {
    size_t count, columns;    /* columns that are estimated */
    size_t *column_of;        /* which covariate each is */
    double *centres, *scales; /* of those */
    double *x;                /* count × columns */
    double *times;
    bool *is_event;
    const uint32_t *order; /* which row of the input each is */
    const size_t *starts;  /* of the strata, one more than strata */
    size_t stratum_count;
    double *entries;            /* NULL: all from the start */
    const uint32_t *by_entry;   /* the rows of each stratum by rising entry */
    struct cox_moment *moments; /* by stratum and rising time */
    size_t moment_count, term_count, event_count;
    /* at the coefficients that were looked at last */
    double *beta, *eta, *weights;
    double *term_totals; /* S_k */
    double *term_means;  /* a_k, term_count × columns: NULL until they are asked for */
    double *hazards;     /* one a row: ∫ dH while at risk */
    double *score, *risk_sums;
    struct outer_sum information;
    double loglik;
    struct arena *arena; /* of the fit */
};

struct cox_rows *cox_rows_sort(const struct cox_input *input, struct arena *arena);

/* Leaves a column out. */
void cox_rows_drop(struct cox_rows *rows, size_t column);

/* Log likelihood, score and information at `rows->beta`. False when exp(xβ) is beyond all
 * measure. */
bool cox_rows_sum(struct cox_rows *rows);

/* The means a_k at `rows->beta`. They take more room than all else, and a fit does without. */
const double *cox_rows_means(struct cox_rows *rows);

/* ∫ factor dH of each row while it was at risk; `factors` are one a moment, NULL: 1. */
void cox_rows_expose(const struct cox_rows *rows, const double *factors, double *out);

/* The share of a row's hazard that term k of its own event time has. */
static inline double cox_share(const struct cox_moment *moment, size_t term)
{
    return moment->terms == 1 ? 1 : 1 - (double)term / (double)moment->events;
}

#endif

#ifndef OSTEON_STATS_SURVIVAL_H
#define OSTEON_STATS_SURVIVAL_H
/* Kaplan–Meier: what part has had no event by time t, when some are censored.
 *
 * At each time t_j with an event d_j had it of the n_j at risk just before:
 *   S(t) = Π (1 - d_j/n_j);  G(t) = Σ d_j / (n_j (n_j - d_j));  se of S = S √G (Greenwood)
 *   H(t) = Σ d_j/n_j, variance Σ d_j/n_j² (Nelson–Aalen); exp(-H) is Fleming–Harrington's S
 *   interval  plain S ± z S √G, within 0 and 1;  log S·exp(±z √G), at most 1;
 *             log-log S^exp(±z √G / ln S)
 *   Peto's lower limit  the same with √((1 - S)/n) in place of √G (Peto and others 1977):
 *             it goes on falling while only censored ones leave
 *   quantile  the first time where 1 - S reaches p; where S lies flat at 1 - p (within
 *             1e-8), the middle of the flat part; its limits invert the interval's
 *             curves (Brookmeyer and Crowley 1982)
 *   restricted mean to tau: area under S; variance Σ A_j² d_j / (n_j (n_j - d_j)),
 *             A_j the area from t_j to tau
 * Kaplan and Meier 1958; Klein and Moeschberger 2003, chapter 4.
 *
 * Times are tied when they are equal, exactly. At one time events come before
 * censorings. Time 0 is kept. Tested: within 1e-12 of survival 3.5-3 of R (mean 1e-10).
 *
 *     struct survival_curve *curve;
 *     survival_fit(&(struct survival_input){times, events, count}, arena, &curve);
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

struct survival_input {
    const double *times;  /* finite, at least 0 */
    const bool *is_event; /* false: censored */
    size_t count;
    const double
        *entries; /* each before its time; NULL: all are followed from the start */
};

struct survival_step { /* of a time at which somebody left */
    double time;
    uint32_t at_risk, events, censored; /* at risk just before */
    double survival, greenwood;         /* from here on; `greenwood` is infinite at 0 */
    double hazard, hazard_variance;
};

struct survival_curve {
    size_t count, events;
    size_t step_count;
    struct survival_step *steps; /* by time */
    const double *entries;       /* rising; NULL: all from the start */
};

enum survival_interval { SURVIVAL_LOG_LOG, SURVIVAL_LOG, SURVIVAL_PLAIN };

struct survival_at {
    struct estimate survival, error; /* `error`: of S */
    struct interval interval;
    struct estimate peto_lower;
    struct estimate hazard, hazard_error, fleming_harrington;
    size_t at_risk;          /* just before t */
    size_t events, censored; /* up to and with t */
};

struct survival_quantile {
    struct estimate time;
    struct interval interval;
};

/* The curve in `arena`; false when a time is negative or not finite, or an entry not before
 * its time. */
bool survival_fit(const struct survival_input *input, struct arena *arena,
                  struct survival_curve **out);

/* Behind the last time nothing is known, unless all have had the event. */
void survival_at(const struct survival_curve *curve, double time,
                 enum survival_interval kind, double level, struct survival_at *out);

/* Reverse Kaplan–Meier: for how long people were followed. Censorings are the events, and
 * events censor (Schemper and Smith 1996). */
bool survival_follow_up(const struct survival_input *input, struct arena *arena,
                        struct survival_curve **out);

/* The time by which the part `p` has had the event; 0.5 is the median. */
void survival_quantile(const struct survival_curve *curve, double p,
                       enum survival_interval kind, double level,
                       struct survival_quantile *out);

void survival_restricted_mean(const struct survival_curve *curve, double tau,
                              struct estimate *mean, struct estimate *error);

struct survival_contrast { /* of the second to the first */
    struct estimate value, error, p;
    struct interval interval;
};

void survival_difference(const struct survival_curve *first,
                         const struct survival_curve *second, double time, double level,
                         struct survival_contrast *out);

struct survival_mean_contrast {
    struct survival_contrast difference,
        ratio; /* the ratio's error is of its logarithm */
};

void survival_compare_means(const struct survival_curve *first,
                            const struct survival_curve *second, double tau,
                            double level, struct survival_mean_contrast *out);

#endif

#ifndef OSTEON_STATS_SIMULATE_H
#define OSTEON_STATS_SIMULATE_H
/* The power of a log-rank test by simulation: where accrual, dropout, an effect that comes
 * late and looks before the end leave no formula.
 *
 * Participants come uniformly over the accrual; the time to the event has hazard λ in group
 * 1, in group 2 λ up to the delay and λ h from then on; dropout is exponential; the trial ends
 * `follow_up` after the last has come. Look k is made when `events[k]` have happened, the last
 * one at the end, or when its events have happened if that is before. A look whose events do
 * not come is not made. Z = Σ(d_2 - n_2/n) / √Σ(n_1 n_2/n²) of those who had come by then;
 * the trial stops at the first look where Z is beyond the boundary, one-sided on the side of
 * the effect (of a lower hazard when h is 1). Times are continuous, so that none are tied.
 * Monte-Carlo error √(p(1-p)/trials). Mantel 1966; Schoenfeld 1981, Biometrika 68:316-319.
 *
 * Each trial has its own stream of chance and parts of trials are added up by their number:
 * any number of threads gives the same bits.
 * Tested: rejections under h = 1 and events against their exact values, power against the
 * normal approximation and against survdiff of R on trials it draws itself, within the error
 * of simulation.
 */
#include "base/runner.h"
#include "stats/group_sequential.h"

#include <stdint.h>

enum { SIMULATION_SIZE_MOST = 100000 }; /* participants of a group */

struct simulation {
    size_t sizes[2];
    double hazard, hazard_ratio, delay;
    double accrual, follow_up, dropout;
    bool is_two_sided;
    size_t looks;
    double z[LOOKS_MOST];
    size_t events[LOOKS_MOST]; /* rising; the last may be SIZE_MAX: the end decides */
    uint64_t seed;
    size_t trials;
};

struct simulated {
    size_t rejected[LOOKS_MOST]; /* trials whose first crossing was at this look */
    size_t looked[LOOKS_MOST];   /* trials that came to it */
    double events;               /* mean, when the trial stopped */
    double duration;             /* mean, since the first could come */
    struct estimate power, error;
};

/* NULL, or why it cannot be simulated. */
const char *simulate_logrank(const struct simulation *simulation,
                             const struct runner *runner, struct simulated *out);

#endif

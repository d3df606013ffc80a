#ifndef OSTEON_STATS_GROUP_SEQUENTIAL_H
#define OSTEON_STATS_GROUP_SEQUENTIAL_H
/* Boundaries of a trial that is looked at several times, and what it then can show.
 *
 * At information fractions t_1 < … < t_K = 1 the statistic Z_k is compared with z_k; B(t) =
 * Z √t moves like a Brownian motion with drift. P(no crossing before k, B(t_k) = b) is
 * carried from look to look by numerical integration: Armitage, McPherson, Rowe 1969, JRSS A
 * 132:235-244. Boundaries:
 *   O'Brien-Fleming  z = c/√t             Pocock  z = c
 *   Wang-Tsiatis     z = c t^(Δ-½)        1987, Biometrics 43:193-199
 * and by what may be spent up to t (Lan, DeMets 1983, Biometrika 70:659-663), one-sided α:
 *   OBF type  2 (1 - Φ(z_{α/2}/√t))       Pocock type  α ln(1 + (e-1) t)
 *   HSD       α (1 - e^{-γt})/(1 - e^{-γ}), γ = 0: α t    Hwang, Shih, DeCani 1990
 *   KD        α t^ρ                       Kim, DeMets 1987
 * Two-sided: α/2 is spent in this way on each side, the boundaries are ±z.
 * Integration: Gauss-Legendre of 16 nodes on panels narrower than the step of B; without a
 * lower boundary it begins where less than 1e-17 lies below.
 * Tested: spent α within 1e-12 of what was to be spent, with twice as many panels too;
 * boundaries within 1e-6 of rpact 3.3.4, which is no closer, and of the published tables.
 */
#include "base/arena.h"
#include "stats/estimate.h"

enum boundary_kind {
    BOUNDARY_OBRIEN_FLEMING,
    BOUNDARY_POCOCK,
    BOUNDARY_WANG_TSIATIS,
    BOUNDARY_SPEND_OBRIEN_FLEMING,
    BOUNDARY_SPEND_POCOCK,
    BOUNDARY_HWANG_SHIH_DECANI,
    BOUNDARY_KIM_DEMETS,
    BOUNDARY_COUNT
};

enum { LOOKS_MOST = 50 };

struct sequential_design {
    enum boundary_kind kind;
    double parameter; /* Δ, γ or ρ */
    double alpha;     /* of all sides */
    bool is_two_sided;
    const double *times; /* rising, the last is 1 */
    size_t looks;        /* 1 … LOOKS_MOST */
};

struct sequential_boundary {
    double z[LOOKS_MOST];
    double spent[LOOKS_MOST];   /* up to and with this look, of all sides */
    double stage_p[LOOKS_MOST]; /* one-sided, of z */
};

/* The reason why there is none; NULL: done. */
const char *sequential_boundary_find(const struct sequential_design *design,
                                     struct arena *scratch,
                                     struct sequential_boundary *out);

/* P(crossing up to and with each look) of either side, with drift E Z at t = 1. */
void sequential_crossing(const struct sequential_design *design,
                         const struct sequential_boundary *boundary, double drift,
                         struct arena *scratch, double *out);

/* The drift with that power, and the information it takes by that of one look. */
struct estimate sequential_drift(const struct sequential_design *design,
                                 const struct sequential_boundary *boundary,
                                 double power, struct arena *scratch);

#endif

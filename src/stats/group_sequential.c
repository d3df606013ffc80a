#include "stats/group_sequential.h"

#include "stats/brownian_grid.h"
#include "stats/root.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static bool is_spending(enum boundary_kind kind)
{
    return kind >= BOUNDARY_SPEND_OBRIEN_FLEMING;
}

/* What one side may have spent by t, of its α. */
static double spending(const struct sequential_design *design, double alpha, double t)
{
    double g = design->parameter;
    switch (design->kind) {
    case BOUNDARY_SPEND_OBRIEN_FLEMING:
        return 2 * pnorm(qnorm(alpha / 2, 0, 1, 0, 0) / sqrt(t), 0, 1, 0, 0);
    case BOUNDARY_SPEND_POCOCK: return alpha * log1p((exp(1) - 1) * t);
    case BOUNDARY_HWANG_SHIH_DECANI:
        return fabs(g) < 1e-9 ? alpha * t : alpha * expm1(-g * t) / expm1(-g);
    case BOUNDARY_KIM_DEMETS: return alpha * pow(t, g);
    case BOUNDARY_OBRIEN_FLEMING:
    case BOUNDARY_POCOCK:
    case BOUNDARY_WANG_TSIATIS:
    case BOUNDARY_COUNT: break;
    }
    return 0;
}

/* z by c: c t^(Δ - ½). */
static double shape(const struct sequential_design *design, double t)
{
    double delta = design->kind == BOUNDARY_OBRIEN_FLEMING ? 0
                   : design->kind == BOUNDARY_POCOCK       ? 0.5
                                                           : design->parameter;
    return pow(t, delta - 0.5);
}

static const char *fault_of(const struct sequential_design *design)
{
    if (design->looks < 1 || design->looks > LOOKS_MOST)
        return "there are 1 to 50 looks";
    if (!(design->alpha > 0 && design->alpha < (design->is_two_sided ? 1 : 0.5)))
        return "alpha must be above 0, and below 0.5 on a side";
    double before = 0;
    for (size_t k = 0; k < design->looks; k++) {
        if (!(design->times[k] > before))
            return "the times must rise from above 0";
        before = design->times[k];
    }
    if (fabs(before - 1) > 1e-12)
        return "the last time must be 1";
    if (design->kind == BOUNDARY_KIM_DEMETS && !(design->parameter > 0))
        return "rho must be above 0";
    if (!isfinite(design->parameter) || fabs(design->parameter) > 100)
        return "the parameter of the boundary is out of range";
    return NULL;
}

/* --- crossing ------------------------------------------------------------------------- */

/* `upper` and `lower` get P(first crossing at look k) on each side. */
static void cross(const struct sequential_design *design, const double *z, double drift,
                  struct arena *scratch, double *upper, double *lower)
{
    struct arena_mark mark = arena_mark(scratch);
    struct brownian_grid grid = brownian_start(scratch, drift);
    for (size_t k = 0; k < design->looks; k++) {
        double b = z[k] * sqrt(design->times[k]);
        upper[k] = brownian_above(&grid, design->times[k], b);
        lower[k] =
            design->is_two_sided ? brownian_below(&grid, design->times[k], -b) : 0;
        if (k + 1 < design->looks)
            brownian_move(&grid, design->times[k],
                          design->is_two_sided ? -b : -INFINITY, b,
                          design->times[k + 1] - design->times[k]);
    }
    arena_rewind(scratch, mark);
}

void sequential_crossing(const struct sequential_design *design,
                         const struct sequential_boundary *boundary, double drift,
                         struct arena *scratch, double *out)
{
    double upper[LOOKS_MOST], lower[LOOKS_MOST], sum = 0;
    cross(design, boundary->z, drift, scratch, upper, lower);
    for (size_t k = 0; k < design->looks; k++)
        out[k] = sum += upper[k] + lower[k];
}

/* --- boundaries ----------------------------------------------------------------------- */

struct search {
    const struct sequential_design *design;
    struct arena *scratch;
    const struct brownian_grid *grid;
    double time, wanted;
};

static double total_beyond(double c, const void *data)
{
    const struct search *search = data;
    const struct sequential_design *design = search->design;
    double z[LOOKS_MOST], upper[LOOKS_MOST], lower[LOOKS_MOST], sum = 0;
    for (size_t k = 0; k < design->looks; k++)
        z[k] = c * shape(design, design->times[k]);
    cross(design, z, 0, search->scratch, upper, lower);
    for (size_t k = 0; k < design->looks; k++)
        sum += upper[k] + lower[k];
    return sum - search->wanted;
}

static void find_constant(const struct sequential_design *design, struct arena *scratch,
                          double *z)
{
    struct search search = {
        .design = design, .scratch = scratch, .wanted = design->alpha};
    double side = design->is_two_sided ? design->alpha / 2 : design->alpha;
    /* One look alone needs this, and looks that knew nothing of each other no more than
     * that; the smallest factor of a shape widens it. */
    double low = qnorm(side, 0, 1, 0, 0);
    double high = qnorm(side / (double)design->looks, 0, 1, 0, 0), least = 1;
    for (size_t k = 0; k < design->looks; k++)
        least = fmin(least, shape(design, design->times[k]));
    double c = root_between(total_beyond, &search, low, high / least);
    for (size_t k = 0; k < design->looks; k++)
        z[k] = c * shape(design, design->times[k]);
}

static double step_beyond(double b, const void *data)
{
    const struct search *search = data;
    return brownian_above(search->grid, search->time, b) - search->wanted;
}

static void find_spending(const struct sequential_design *design, struct arena *scratch,
                          double *z)
{
    struct arena_mark mark = arena_mark(scratch);
    struct brownian_grid grid = brownian_start(scratch, 0);
    double alpha = design->is_two_sided ? design->alpha / 2 : design->alpha, before = 0;
    for (size_t k = 0; k < design->looks; k++) {
        double t = design->times[k], now = spending(design, alpha, t);
        struct search search = {.grid = &grid, .time = t, .wanted = now - before};
        /* Nothing that a double can tell is left to be spent: no boundary within 38
         * deviations has less. */
        double b = root_between(step_beyond, &search, -10 * sqrt(t), 38 * sqrt(t));
        z[k] = b / sqrt(t);
        before = now;
        if (k + 1 < design->looks)
            brownian_move(&grid, t, design->is_two_sided ? -b : -INFINITY, b,
                          design->times[k + 1] - t);
    }
    arena_rewind(scratch, mark);
}

const char *sequential_boundary_find(const struct sequential_design *design,
                                     struct arena *scratch,
                                     struct sequential_boundary *out)
{
    const char *fault = fault_of(design);
    if (fault != NULL)
        return fault;
    *out = (struct sequential_boundary){0};
    if (is_spending(design->kind))
        find_spending(design, scratch, out->z);
    else
        find_constant(design, scratch, out->z);
    sequential_crossing(design, out, 0, scratch, out->spent);
    for (size_t k = 0; k < design->looks; k++)
        out->stage_p[k] = pnorm(out->z[k], 0, 1, 0, 0);
    return NULL;
}

/* --- power ---------------------------------------------------------------------------- */

struct power_search {
    const struct sequential_design *design;
    const struct sequential_boundary *boundary;
    struct arena *scratch;
    double power;
};

static double power_beyond(double drift, const void *data)
{
    const struct power_search *search = data;
    double crossed[LOOKS_MOST] = {0};
    sequential_crossing(search->design, search->boundary, drift, search->scratch,
                        crossed);
    return crossed[search->design->looks - 1] - search->power;
}

struct estimate sequential_drift(const struct sequential_design *design,
                                 const struct sequential_boundary *boundary,
                                 double power, struct arena *scratch)
{
    if (!(power > design->alpha && power < 1))
        return not_estimable("the power must be between alpha and 1");
    struct power_search search = {design, boundary, scratch, power};
    return estimate_of(root_between(power_beyond, &search, 0, 20));
}

#include "stats/single_arm.h"

#include "stats/proportion.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static const char *fault_of(const struct single_arm *arm)
{
    if (!(arm->null > 0 && arm->null < arm->alternative && arm->alternative < 1))
        return "the alternative must be above the null, both between 0 and 1";
    if (!(arm->alpha > 0 && arm->alpha < 1) || !(arm->power > 0 && arm->power < 1))
        return "alpha and power must be between 0 and 1";
    return NULL;
}

/* --- one stage ------------------------------------------------------------------------ */

void single_stage_at(const struct single_arm *arm, int64_t n, struct single_stage *out)
{
    const char *fault = fault_of(arm);
    if (fault == NULL && n < 1)
        fault = "there is nobody";
    if (fault != NULL) {
        out->critical = out->alpha = out->power = not_estimable(fault);
        return;
    }
    double critical = qbinom(arm->alpha, (double)n, arm->null, 0, 0) + 1;
    out->critical = critical > (double)n
                        ? not_estimable("not even n of n would be significant")
                        : estimate_of(critical);
    out->alpha = estimate_of(pbinom(critical - 1, (double)n, arm->null, 0, 0));
    out->power = estimate_of(pbinom(critical - 1, (double)n, arm->alternative, 0, 0));
}

static void note_size(struct size_found *out, int64_t n, bool is_enough)
{
    if (!is_enough) {
        out->lasting = not_estimable("none up to the largest that was tried");
        return;
    }
    if (!is_estimated(out->first))
        out->first = estimate_of((double)n);
    if (!is_estimated(out->lasting))
        out->lasting = estimate_of((double)n);
}

static void refuse_size(const char *reason, struct size_found *out)
{
    out->first = out->lasting = not_estimable(reason);
}

void single_stage_size(const struct single_arm *arm, int64_t most,
                       struct size_found *out)
{
    const char *fault = fault_of(arm);
    if (fault != NULL) {
        refuse_size(fault, out);
        return;
    }
    refuse_size("none up to the largest that was tried", out);
    for (int64_t n = 1; n <= most; n++) {
        struct single_stage at;
        single_stage_at(arm, n, &at);
        note_size(out, n, at.power.value >= arm->power);
    }
}

void interval_width_size(double p, double width, double level, bool is_wilson,
                         int64_t most, struct size_found *out)
{
    if (!(p >= 0 && p <= 1) || !(width > 0) || !(level > 0 && level < 1)) {
        refuse_size(
            "the proportion is from 0 to 1, the width above 0, the level between "
            "0 and 1",
            out);
        return;
    }
    refuse_size("none up to the largest that was tried", out);
    for (int64_t n = 1; n <= most; n++) {
        struct proportion found;
        proportion_estimate(
            &(struct proportion_input){.events = (int64_t)nearbyint(p * (double)n),
                                       .total = n,
                                       .level = level,
                                       .null = (double)NAN},
            &found);
        const struct interval *interval =
            is_wilson ? &found.wilson : &found.clopper_pearson;
        note_size(out, n, interval->upper.value - interval->lower.value <= width);
    }
}

/* --- two stages ----------------------------------------------------------------------- */

struct
    tails { /* of all sizes up to `most`: row n has P(X = k) and P(X > k), from k = -1 */
    double *density, *above;
    size_t width;
};

static struct tails tails_of(double p, int64_t most, struct arena *arena)
{
    size_t width = (size_t)most + 2;
    struct tails tails = {
        .density = ARENA_ARRAY(arena, double, arena_product(width, width)),
        .above = ARENA_ARRAY(arena, double, arena_product(width, width)),
        .width = width};
    for (int64_t n = 0; n <= most; n++)
        for (int64_t k = -1; k <= n; k++) {
            size_t at = (size_t)n * width + (size_t)(k + 1);
            tails.density[at] = k < 0 ? 0 : dbinom((double)k, (double)n, p, 0);
            tails.above[at] = pbinom((double)k, (double)n, p, 0, 0);
        }
    return tails;
}

static double at_exactly(const struct tails *tails, int64_t n, int64_t k)
{
    return tails->density[(size_t)n * tails->width + (size_t)(k + 1)];
}

static double above(const struct tails *tails, int64_t n, int64_t k)
{
    if (k < 0)
        return 1;
    return k >= n ? 0 : tails->above[(size_t)n * tails->width + (size_t)(k + 1)];
}

/* P(going on, and more than r of n). */
static double rejecting(const struct tails *tails, const struct two_stage *design)
{
    double sum = 0;
    for (int64_t x = design->r1 + 1; x <= design->n1; x++)
        sum += at_exactly(tails, design->n1, x) *
               above(tails, design->n - design->n1, design->r - x);
    return sum;
}

struct two_stage_search {
    const struct single_arm *arm;
    struct tails null, alternative;
};

/* The least r that holds α: none has more power. */
static bool complete(const struct two_stage_search *search, struct two_stage *design)
{
    int64_t low = design->r1 - 1, high = design->n; /* `high` never rejects */
    while (high - low > 1) {
        design->r = low + (high - low) / 2;
        if (rejecting(&search->null, design) <= search->arm->alpha)
            high = design->r;
        else
            low = design->r;
    }
    design->r = high;
    if (high >= design->n)
        return false;
    design->alpha = rejecting(&search->null, design);
    design->power = rejecting(&search->alternative, design);
    return design->power >= search->arm->power;
}

static void keep_better(const struct two_stage *design, struct two_stage *optimal,
                        struct two_stage *minimax)
{
    if (!optimal->is_found || design->expected < optimal->expected)
        *optimal = *design;
    if (!minimax->is_found || design->n < minimax->n ||
        (design->n == minimax->n && design->expected < minimax->expected))
        *minimax = *design;
}

/* All r1 of one n1 and n. A larger r1 stops more often: once the power cannot be reached
 * even by going on alone, it is not reached any more. */
static void try_first_stage(const struct two_stage_search *search, int64_t n1,
                            int64_t n, struct two_stage *optimal,
                            struct two_stage *minimax)
{
    for (int64_t r1 = 0; r1 < n1; r1++) {
        if (above(&search->alternative, n1, r1) < search->arm->power)
            return;
        struct two_stage design = {.is_found = true, .r1 = r1, .n1 = n1, .n = n};
        design.stopping = 1 - above(&search->null, n1, r1);
        design.expected = (double)n1 + (1 - design.stopping) * (double)(design.n - n1);
        bool is_of_use = !optimal->is_found || design.expected < optimal->expected ||
                         !minimax->is_found || n <= minimax->n;
        if (is_of_use && complete(search, &design))
            keep_better(&design, optimal, minimax);
    }
}

const char *two_stage_find(const struct single_arm *arm, int64_t most,
                           struct arena *scratch, struct two_stage *optimal,
                           struct two_stage *minimax)
{
    *optimal = *minimax = (struct two_stage){0};
    const char *fault = fault_of(arm);
    if (fault != NULL)
        return fault;
    if (most < 2 || most > TWO_STAGE_MOST)
        return "two stages have from 2 to 250 participants";
    struct arena_mark mark = arena_mark(scratch);
    struct two_stage_search search = {.arm = arm,
                                      .null = tails_of(arm->null, most, scratch),
                                      .alternative =
                                          tails_of(arm->alternative, most, scratch)};
    for (int64_t n = 2; n <= most; n++)
        for (int64_t n1 = 1; n1 < n; n1++)
            if (!optimal->is_found || (double)n1 < optimal->expected)
                try_first_stage(&search, n1, n, optimal, minimax);
    arena_rewind(scratch, mark);
    return optimal->is_found ? NULL : "no design up to the largest n is enough";
}

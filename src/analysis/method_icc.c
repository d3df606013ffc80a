/* How alike the participants of one operator are (specification 6.2). One centre cannot give
 * the correlation within centres; that of its operators is told, with its uncertainty. */
#include "analysis/method.h"
#include "stats/cluster_icc.h"
#include "stats/summary.h"

enum { REPLICATES = 400, ESTIMABLE_LEAST = 20 };

/* G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014: SplitMix64. The same draws everywhere. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

struct counts {
    double *events, *totals;
    size_t clusters;
};

static struct counts counts_of(const struct method_call *call, const double *outcomes,
                               struct method_rows rows)
{
    struct counts counts = {0};
    const uint32_t *clusters = method_clusters(call, rows, &counts.clusters);
    counts.events = ARENA_ARRAY(call->arena, double, counts.clusters);
    counts.totals = ARENA_ARRAY(call->arena, double, counts.clusters);
    for (size_t k = 0; k < counts.clusters; k++)
        counts.events[k] = counts.totals[k] = 0;
    for (size_t i = 0; i < rows.count; i++) {
        counts.events[clusters[i]] += outcomes[i];
        counts.totals[clusters[i]]++;
    }
    return counts;
}

static void give_percentiles(const struct method_call *call, const double *values,
                             size_t count, const char *name)
{
    double tail = (1 - call->plan->level) / 2;
    if (count < ESTIMABLE_LEAST) {
        method_give_interval(
            call, no_interval("it can be estimated in too few of the samples drawn"),
            name);
        return;
    }
    const struct sample *sample = sample_sort(values, count, call->arena);
    method_give_interval(call,
                         (struct interval){sample_quantile(sample, tail, 7),
                                           sample_quantile(sample, 1 - tail, 7)},
                         name);
}

static struct cluster_icc draw_sample(const struct counts *counts, uint64_t *state,
                                      struct counts *drawn)
{
    struct cluster_icc found;
    for (size_t k = 0; k < counts->clusters; k++) {
        size_t at = (size_t)(draw(state) % counts->clusters);
        drawn->events[k] = counts->events[at];
        drawn->totals[k] = counts->totals[at];
    }
    cluster_icc(drawn->events, drawn->totals, counts->clusters, &found);
    return found;
}

/* Clusters are drawn with replacement, as many as there are: percentile intervals. */
static void bootstrap(const struct method_call *call, const struct counts *counts)
{
    size_t replicates = (size_t)method_number(call, "replicates", REPLICATES);
    size_t anova_count = 0, latent_count = 0;
    uint64_t state = (uint64_t)method_number(call, "seed", 1);
    struct counts drawn = {.events = ARENA_ARRAY(call->arena, double, counts->clusters),
                           .totals =
                               ARENA_ARRAY(call->arena, double, counts->clusters)};
    double *anova = ARENA_ARRAY(call->arena, double, replicates);
    double *latent = ARENA_ARRAY(call->arena, double, replicates);
    for (size_t r = 0; r < replicates; r++) {
        struct cluster_icc found = draw_sample(counts, &state, &drawn);
        if (is_estimated(found.anova))
            anova[anova_count++] = found.anova.value;
        if (is_estimated(found.latent))
            latent[latent_count++] = found.latent.value;
    }
    method_give_count(call, replicates, "replicates");
    method_give_count(call, latent_count, "replicates.estimable");
    give_percentiles(call, anova, anova_count, "anova");
    give_percentiles(call, latent, latent_count, "latent");
}

void method_icc(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "event", &columns);
    method_want(call, "cluster", &columns);
    struct method_rows rows = method_complete(call, &columns);
    struct counts counts =
        counts_of(call, method_values(call, columns.at[0], rows), rows);
    struct cluster_icc found;
    cluster_icc(counts.events, counts.totals, counts.clusters, &found);
    method_give_count(call, rows.count, "n");
    method_give_count(call, counts.clusters, "clusters");
    method_give(call, found.anova, "anova");
    method_give(call, found.latent, "latent");
    method_give(call, found.deviation, "latent.sd");
    if (is_estimated(found.anova))
        bootstrap(call, &counts);
}

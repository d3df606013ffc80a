#include "stats/cox_rows.h"
#include "stats/order.h"

/* How many of each code are in, in a Fenwick tree: adding and counting take the logarithm of
 * the number of codes. Fenwick 1994, Software: Practice and Experience 24:327-336. */
struct tally {
    uint32_t *counts; /* sums, from 1 */
    uint32_t *own;    /* of each code */
    size_t codes, total;
};

static void tally_add(struct tally *tally, uint32_t code, bool is_in)
{
    for (size_t i = (size_t)code + 1; i <= tally->codes; i += i & (~i + 1))
        tally->counts[i] += is_in ? 1u : UINT32_MAX; /* UINT32_MAX takes one away */
    tally->own[code] += is_in ? 1u : UINT32_MAX;
    tally->total += is_in ? 1u : SIZE_MAX;
}

/* How many are below a code. */
static double tally_below(const struct tally *tally, uint32_t code)
{
    uint32_t sum = 0;
    for (size_t i = code; i > 0; i &= i - 1)
        sum += tally->counts[i];
    return (double)sum;
}

struct pairs {
    double concordant, discordant, tied;
};

struct counting {
    const struct cox_rows *rows;
    const uint32_t *codes; /* of xβ */
    struct tally tally;
    struct pairs *pairs; /* that each row takes part in */
};

/* The pairs of a row with all that are in: `sign` times. */
static void meet(struct counting *counting, size_t row, bool is_first, double sign)
{
    uint32_t code = counting->codes[row];
    double below = tally_below(&counting->tally, code);
    double equal = (double)counting->tally.own[code];
    double above = (double)counting->tally.total - below - equal;
    struct pairs *pairs = &counting->pairs[row];
    pairs->concordant += sign * (is_first ? below : above);
    pairs->discordant += sign * (is_first ? above : below);
    pairs->tied += sign * equal;
}

/* Each event with those who were at risk behind it: from the last moment backwards. */
static size_t meet_survivors(struct counting *counting, size_t stratum, size_t at)
{
    const struct cox_rows *rows = counting->rows;
    size_t start = rows->starts[stratum], row = rows->starts[stratum + 1], left = row;
    for (; at > 0 && rows->moments[at - 1].stratum == stratum; at--) {
        const struct cox_moment *moment = &rows->moments[at - 1];
        for (; row > moment->last; row--)
            tally_add(&counting->tally, counting->codes[row - 1], true);
        for (size_t i = moment->first; i < moment->last; i++)
            if (!rows->is_event[i])
                tally_add(&counting->tally, counting->codes[i], true);
        for (; rows->entries != NULL && left > start &&
               rows->entries[rows->by_entry[left - 1]] >= moment->time;
             left--)
            tally_add(&counting->tally, counting->codes[rows->by_entry[left - 1]],
                      false);
        for (size_t i = moment->first; i < moment->last; i++)
            if (rows->is_event[i])
                meet(counting, i, true, 1);
        for (; row > moment->first; row--)
            if (rows->is_event[row - 1])
                tally_add(&counting->tally, counting->codes[row - 1], true);
    }
    return at;
}

/* Each row with the events that came while it was at risk: forwards. */
static size_t meet_events(struct counting *counting, size_t stratum, size_t at)
{
    const struct cox_rows *rows = counting->rows;
    size_t row = rows->starts[stratum], end = rows->starts[stratum + 1], entered = row;
    for (; at < rows->moment_count && rows->moments[at].stratum == stratum; at++) {
        const struct cox_moment *moment = &rows->moments[at];
        for (; row < moment->first; row++)
            meet(counting, row, false, 1);
        for (; rows->entries != NULL && entered < end &&
               rows->entries[rows->by_entry[entered]] < moment->time;
             entered++)
            meet(counting, rows->by_entry[entered], false, -1);
        for (size_t i = moment->first; i < moment->last; i++)
            if (rows->is_event[i])
                meet(counting, i, false, 1);
        for (size_t i = moment->first; i < moment->last; i++)
            if (rows->is_event[i])
                tally_add(&counting->tally, counting->codes[i], true);
        for (; row < moment->last; row++)
            if (!rows->is_event[row])
                meet(counting, row, false, 1);
    }
    for (; row < end; row++)
        meet(counting, row, false, 1);
    for (; rows->entries != NULL && entered < end; entered++)
        meet(counting, rows->by_entry[entered], false, -1);
    return at;
}

static void empty(struct tally *tally)
{
    tally->total = 0;
    for (size_t i = 0; i <= tally->codes; i++)
        tally->counts[i] = tally->own[i] = 0;
}

static void count_pairs(struct counting *counting)
{
    const struct cox_rows *rows = counting->rows;
    size_t at = rows->moment_count;
    for (size_t stratum = rows->stratum_count; stratum-- > 0;) {
        empty(&counting->tally);
        at = meet_survivors(counting, stratum, at);
    }
    at = 0;
    for (size_t stratum = 0; stratum < rows->stratum_count; stratum++) {
        empty(&counting->tally);
        at = meet_events(counting, stratum, at);
    }
}

/* The jackknife: what each row, or each cluster, moves. */
static double jackknife(const struct cox_fit *fit, const struct counting *counting,
                        double somers, double pairs, struct arena *arena)
{
    const uint32_t *clusters = fit->input->clusters;
    size_t groups = clusters == NULL ? fit->count : fit->input->cluster_count;
    double *moves = ARENA_ARRAY(arena, double, groups + 1), sum = 0;
    for (size_t i = 0; i < fit->count; i++) {
        const struct pairs *of = &counting->pairs[i];
        size_t row = counting->rows->order[i];
        moves[clusters == NULL ? row : clusters[row]] +=
            (of->concordant - of->discordant -
             somers * (of->concordant + of->discordant + of->tied)) /
            pairs;
    }
    for (size_t i = 0; i < groups; i++)
        sum += moves[i] * moves[i];
    return sqrt(sum) / 2;
}

void cox_concordance(const struct cox_fit *fit, struct arena *arena,
                     struct cox_concordance *out)
{
    *out = (struct cox_concordance){0};
    struct counting counting = {.rows = fit->rows};
    out->value = out->error = not_estimable("no pair can be compared");
    if (fit->rows == NULL)
        return;
    uint32_t *codes = ARENA_ARRAY(arena, uint32_t, fit->count + 1);
    counting.codes = codes;
    counting.tally.codes = order_codes(fit->rows->eta, fit->count, codes, arena);
    counting.tally.counts = ARENA_ARRAY(arena, uint32_t, counting.tally.codes + 2);
    counting.tally.own = ARENA_ARRAY(arena, uint32_t, counting.tally.codes + 2);
    counting.pairs = ARENA_ARRAY(arena, struct pairs, fit->count + 1);
    count_pairs(&counting);
    /* Every pair was met from both sides. */
    for (size_t i = 0; i < fit->count; i++) {
        out->concordant += counting.pairs[i].concordant / 2;
        out->discordant += counting.pairs[i].discordant / 2;
        out->tied += counting.pairs[i].tied / 2;
    }
    double pairs = out->concordant + out->discordant + out->tied;
    if (!(pairs > 0))
        return;
    double somers = (out->concordant - out->discordant) / pairs;
    out->value = estimate_of((somers + 1) / 2);
    out->error = estimate_of(jackknife(fit, &counting, somers, pairs, arena));
}

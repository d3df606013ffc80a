#include "stats/simulate.h"

#include "base/wide.h"
#include "stats/chance.h"
#include "stats/order.h"

enum { PART = 128 }; /* trials of a part */

struct part {
    size_t rejected[LOOKS_MOST], looked[LOOKS_MOST];
    size_t events;
    double duration;
};

struct work {
    const struct simulation *design;
    struct part *parts;
};

/* One trial: a number each participant, group 1 before group 2. */
struct trial {
    const struct simulation *design;
    size_t count;
    double *entry;   /* when one came */
    double *time;    /* from then to the event */
    double *dropout; /* to dropout; NULL: nobody drops out */
    double *length;  /* what is seen by a look */
    bool *is_event;
    uint32_t *groups;
    struct arena *arena;
};

/* --- drawing --------------------------------------------------------------------------- */

WIDE static void scale(double *numbers, size_t count, double factor)
{
    for (size_t i = 0; i < count; i++)
        numbers[i] *= factor;
}

/* Of the unit exponential numbers of group 2. */
WIDE static void delay(double *time, size_t count, const struct simulation *design)
{
    double before = design->hazard * design->delay;
    double after = 1 / (design->hazard * design->hazard_ratio);
    for (size_t i = 0; i < count; i++)
        time[i] = time[i] < before ? time[i] / design->hazard
                                   : design->delay + (time[i] - before) * after;
}

static void draw(struct trial *trial, uint64_t number)
{
    const struct simulation *design = trial->design;
    struct chance chance = chance_of(design->seed, number);
    size_t first = design->sizes[0], count = trial->count;
    chance_exponential(&chance, count, trial->time);
    scale(trial->time, first, 1 / design->hazard);
    delay(trial->time + first, count - first, design);
    if (design->accrual > 0) {
        chance_uniform(&chance, count, trial->entry);
        scale(trial->entry, count, design->accrual);
    }
    if (trial->dropout != NULL) {
        chance_exponential(&chance, count, trial->dropout);
        scale(trial->dropout, count, 1 / design->dropout);
    }
}

/* --- looking --------------------------------------------------------------------------- */

/* What is seen of those who had come by then; how many events. */
WIDE static size_t see(const struct trial *trial, double now)
{
    size_t events = 0;
    for (size_t i = 0; i < trial->count; i++) {
        double until = now - trial->entry[i];
        if (trial->dropout != NULL)
            until = trial->dropout[i] < until ? trial->dropout[i] : until;
        bool is_event = trial->time[i] <= until;
        trial->length[i] = is_event ? trial->time[i] : until;
        trial->is_event[i] = is_event;
        events += is_event;
    }
    return events;
}

/* Z of group 2, above 0 when it has more events than it would; 0 without events. Who has
 * not come yet has a length below 0, and is passed over. */
static double test(const struct trial *trial)
{
    struct arena_mark mark = arena_mark(trial->arena);
    const struct order_item *rising =
        order_items(&(struct order_input){trial->length, trial->groups, trial->is_event,
                                          trial->count},
                    trial->arena);
    double risk[2] = {(double)trial->design->sizes[0], (double)trial->design->sizes[1]};
    double excess = 0, variance = 0;
    for (size_t i = 0; i < trial->count; i++) {
        uint32_t group = rising[i].mark / 2;
        if (rising[i].mark % 2 == 1) {
            double share = risk[1] / (risk[0] + risk[1]);
            excess += group - share;
            variance += share * (1 - share);
        }
        risk[group]--;
    }
    arena_rewind(trial->arena, mark);
    return variance > 0 ? excess / sqrt(variance) : 0;
}

static bool is_beyond(const struct simulation *design, double z, size_t look)
{
    if (design->is_two_sided)
        return fabs(z) >= design->z[look];
    return (design->hazard_ratio > 1 ? z : -z) >= design->z[look];
}

/* The moments of the calendar at which somebody had the event, rising. */
static const struct order_item *calendar(const struct trial *trial, double end,
                                         size_t *count)
{
    double *moments = ARENA_ARRAY(trial->arena, double, trial->count + 1);
    see(trial, end);
    *count = 0;
    for (size_t i = 0; i < trial->count; i++)
        if (trial->is_event[i])
            moments[(*count)++] = trial->entry[i] + trial->time[i];
    return order_items(&(struct order_input){.values = moments, .count = *count},
                       trial->arena);
}

/* When look k is made; false when it is not. */
static bool moment_of(const struct simulation *design, size_t look, double end,
                      const struct order_item *calendar, size_t count, double *now)
{
    bool has_events = design->events[look] <= count;
    *now = has_events ? calendar[design->events[look] - 1].value : end;
    return has_events || look + 1 == design->looks;
}

static void watch(struct trial *trial, struct part *part)
{
    const struct simulation *design = trial->design;
    double end = design->accrual + design->follow_up, now = end;
    struct arena_mark mark = arena_mark(trial->arena);
    size_t count = 0, seen = 0;
    bool is_counted = design->looks > 1 || design->events[0] <= trial->count;
    const struct order_item *moments = is_counted ? calendar(trial, end, &count) : NULL;
    for (size_t look = 0; look < design->looks; look++) {
        if (!moment_of(design, look, end, moments, count, &now))
            continue;
        part->looked[look]++;
        seen = see(trial, now);
        if (is_beyond(design, test(trial), look)) {
            part->rejected[look]++;
            break;
        }
    }
    part->events += seen;
    part->duration += now;
    arena_rewind(trial->arena, mark);
}

/* --- all trials ------------------------------------------------------------------------ */

static struct trial make_trial(const struct simulation *design, struct arena *arena)
{
    size_t count = design->sizes[0] + design->sizes[1];
    struct trial trial = {.design = design, .count = count, .arena = arena};
    trial.entry = ARENA_ARRAY(arena, double, count);
    trial.time = ARENA_ARRAY(arena, double, count);
    trial.length = ARENA_ARRAY(arena, double, count);
    trial.is_event = ARENA_ARRAY(arena, bool, count);
    trial.groups = ARENA_ARRAY(arena, uint32_t, count);
    if (design->dropout > 0)
        trial.dropout = ARENA_ARRAY(arena, double, count);
    for (size_t i = design->sizes[0]; i < count; i++)
        trial.groups[i] = 1;
    return trial;
}

static void run_part(void *data, size_t number)
{
    const struct work *work = data;
    struct arena *arena = arena_new(SIZE_MAX);
    struct trial trial = make_trial(work->design, arena);
    size_t first = number * PART, left = work->design->trials - first;
    for (size_t i = 0; i < (left < PART ? left : PART); i++) {
        draw(&trial, first + i);
        watch(&trial, &work->parts[number]);
    }
    arena_free(arena);
}

static const char *fault_of(const struct simulation *design)
{
    for (size_t g = 0; g < 2; g++)
        if (design->sizes[g] == 0 || design->sizes[g] > SIMULATION_SIZE_MOST)
            return "a group has 1 to 100000 participants";
    if (!(design->hazard > 0) || !(design->hazard_ratio > 0) ||
        !isfinite(design->hazard) || !isfinite(design->hazard_ratio))
        return "hazard and hazard ratio are above 0";
    if (!(design->delay >= 0) || !(design->accrual >= 0) || !(design->dropout >= 0) ||
        !isfinite(design->delay) || !isfinite(design->accrual) ||
        !isfinite(design->dropout))
        return "delay, accrual and dropout are numbers from 0";
    if (!(design->follow_up > 0) || !isfinite(design->follow_up))
        return "the follow-up is above 0";
    if (design->looks == 0 || design->trials == 0)
        return "there is nothing to simulate";
    for (size_t k = 0; k < design->looks; k++)
        if (design->events[k] == 0 ||
            (k > 0 && design->events[k] <= design->events[k - 1]))
            return "each look needs more events than the one before";
    return NULL;
}

const char *simulate_logrank(const struct simulation *simulation,
                             const struct runner *runner, struct simulated *out)
{
    *out = (struct simulated){0};
    const char *fault = fault_of(simulation);
    if (fault != NULL)
        return fault;
    size_t parts = (simulation->trials + PART - 1) / PART, rejected = 0;
    struct arena *arena = arena_new(SIZE_MAX);
    struct work work = {simulation, ARENA_ARRAY(arena, struct part, parts)};
    runner_run(runner, parts, run_part, &work);
    double trials = (double)simulation->trials;
    for (size_t part = 0; part < parts; part++) {
        for (size_t k = 0; k < simulation->looks; k++) {
            out->rejected[k] += work.parts[part].rejected[k];
            out->looked[k] += work.parts[part].looked[k];
            rejected += work.parts[part].rejected[k];
        }
        out->events += (double)work.parts[part].events / trials;
        out->duration += work.parts[part].duration / trials;
    }
    arena_free(arena);
    double power = (double)rejected / trials;
    out->power = estimate_of(power);
    out->error = estimate_of(sqrt(power * (1 - power) / trials));
    return NULL;
}

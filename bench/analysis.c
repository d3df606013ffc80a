/* What the analysis plan costs: over 52 participants, and over 100,000. One core.
 *
 * The answers are those of SYNTHETIC participants, drawn as the demo's and with all rules run;
 * the 100,000 are 600 drawn ones, as often as it takes. They stand in memory, as the engine
 * takes them: reading and opening what is stored is not in these times, nor is writing files;
 * who wrote an answer and when is not known here, so that what hangs on it is empty. Measured
 * are the derived datasets (every variable of the plan of every participant) and every
 * analysis. Times are the processor's.
 *
 *     make bench       BENCH_ROUNDS=11 BENCH_PARTICIPANTS=100000 BENCH_COHORT=600
 */
#include "actions/analysis.h"
#include "analysis/collect.h"
#include "support/casebook.h"
#include "support/measure.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_ROUNDS = 501,
    STUDY_PARTICIPANTS = 52,
    BOOK = 64 << 20,
    SCRATCH = 16 << 20
};

struct bench {
    const struct rulebook *rulebook;
    const struct analysis_plan *plan;
    struct arena *arena; /* of the answers */
    struct book **books;
    size_t count;
};

struct found {
    double collecting, analysing; /* seconds */
    double megabytes;             /* datasets and results */
    size_t enrolled;
};

static double since(int64_t begin)
{
    return (double)(measure_processor_time() - begin) / 1e9;
}

static void stop(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

/* The time of enrolment, which the program writes and the diary does not have. */
static void enrol(const struct rulebook *rulebook, const struct patient *patient,
                  struct casebook *casebook, struct arena *arena)
{
    int32_t form = rulebook_form(rulebook, TEXT("F.DM"));
    int32_t item = rulebook_item(rulebook, form, TEXT("I.DM.ENRDTM"));
    struct casebook_value *values =
        ARENA_ARRAY(arena, struct casebook_value, casebook->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < casebook->count; i++) {
        const struct casebook_value *value = &casebook->values[i];
        values[count++] = *value;
        if (value->form != form || count > i + 1)
            continue;
        values[count] = *value;
        values[count].item = item;
        values[count++].value =
            datum_instant(patient->consent.enrolled, SITE_OFFSET_MINUTES);
    }
    casebook->values = values;
    casebook->count = count;
}

static void load(struct bench *bench, size_t patients)
{
    struct arena *scratch = arena_new(SCRATCH);
    struct cohort *cohort = cohort_draw(bench->arena, 1, patients);
    struct diary diary = diary_in(bench->arena, 1);
    cohort_write(cohort, &diary);
    bench->rulebook = casebook_rules(bench->arena);
    bench->count = cohort->count;
    bench->books = ARENA_ARRAY(bench->arena, struct book *, bench->count);
    for (size_t i = 0; i < bench->count; i++) {
        struct casebook casebook =
            casebook_of(bench->rulebook, &diary, i, bench->arena);
        enrol(bench->rulebook, &cohort->patients[i], &casebook, bench->arena);
        struct book *book = casebook_load(bench->rulebook, &casebook, bench->arena);
        arena_reset(scratch);
        book_settle(book, simulated_now, SITE_OFFSET_MINUTES, scratch);
        book_touch_all(book);
        book_run(book, simulated_now, SITE_OFFSET_MINUTES, scratch);
        bench->books[i] = book;
    }
    arena_free(scratch);
}

static struct found run(const struct bench *bench, size_t participants)
{
    struct arena *arena = arena_new((size_t)8 << 30), *scratch = arena_new(SCRATCH);
    struct collector *collector = NULL;
    struct analysis_result *results = NULL;
    struct error err = {0};
    struct found found;
    int64_t begin = measure_processor_time();
    if (!collector_new(bench->plan, bench->rulebook, arena, scratch, &collector,
                       &err) ||
        !plan_check(bench->plan, collector->datasets, &err))
        stop(err.text);
    collector->expected = participants;
    for (size_t i = 0; i < participants; i++) {
        struct collected from = {(int64_t)i + 1, bench->rulebook,
                                 bench->books[i % bench->count]};
        collect(collector, &from);
    }
    found.collecting = since(begin);
    begin = measure_processor_time();
    analyse(bench->plan, collector->datasets, arena, &results);
    found.analysing = since(begin);
    for (size_t i = 0; i < bench->plan->analysis_count; i++)
        if (text_equal(bench->plan->analyses[i].id, TEXT("E11.survival")))
            found.enrolled = results[i].population;
    found.megabytes = (double)arena_used(arena) / 1e6;
    arena_free(scratch);
    arena_free(arena);
    return found;
}

int main(void)
{
    int rounds = (int)measure_setting("BENCH_ROUNDS", 11);
    size_t participants = (size_t)measure_setting("BENCH_PARTICIPANTS", 100000);
    struct bench bench = {.arena = arena_new((size_t)8 << 30)};
    struct analysis_plan *plan = NULL;
    struct error err = {0};
    load(&bench, (size_t)measure_setting("BENCH_COHORT", 600));
    if (!analysis_plan_builtin(bench.rulebook->design, bench.arena, &plan, &err))
        stop(err.text);
    bench.plan = plan;
    double milliseconds[MOST_ROUNDS];
    rounds = rounds < 1 || rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
    for (int i = 0; i < rounds; i++) {
        struct found found = run(&bench, STUDY_PARTICIPANTS);
        milliseconds[i] = (found.collecting + found.analysing) * 1e3;
    }
    struct measure_bound study = {
        .what = "the analysis of 52 participants, ms", .must = 50, .is_most = true};
    bool is_good = measure_print(&study, measure_median(milliseconds, rounds));
    struct found all = run(&bench, participants);
    printf("  %zu participants, %zu enrolled: datasets %.2f s, %zu analyses %.2f s, "
           "%.0f MB\n",
           participants, all.enrolled, all.collecting, plan->analysis_count,
           all.analysing, all.megabytes);
    struct measure_bound large = {
        .what = "the analysis of 100,000 participants, s", .must = 10, .is_most = true};
    is_good &= measure_print(&large, (all.collecting + all.analysing) * 1e5 /
                                         (double)participants);
    arena_free(bench.arena);
    return is_good ? 0 : 1;
}

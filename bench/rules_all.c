/* What all rules of the built-in study cost: over one full participant, and over so many
 * participants that they hold a million stored values. One core, nothing but the engine:
 * the answers stand in memory as the rules take them.
 *
 * The full participant is the one of the demo's cohort about whom most is entered, with
 * every form of the study at each of its events and a value in every item. The million is
 * the demo's own: a large cohort, as often as it takes. All are SYNTHETIC. Times are the
 * processor's; they hang on the machine, so that no test asserts them.
 *
 *     make bench       BENCH_ROUNDS=51 BENCH_VALUES=1000000 BENCH_COHORT=600
 */
#include "support/casebook.h"
#include "support/measure.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_ROUNDS = 501, BOOK = 64 << 20, SCRATCH = 16 << 20 };

struct bench {
    const struct rulebook *rulebook;
    const struct diary *diary;
    size_t patients;
    struct arena *arena; /* of the answers */
    struct arena *participant, *scratch;
};

/* Milliseconds. */
static double since(int64_t begin)
{
    return (double)(measure_processor_time() - begin) / 1e6;
}

/* A participant is opened and all rules run. */
static struct book *check_whole(const struct bench *bench,
                                const struct casebook *casebook)
{
    arena_reset(bench->participant);
    arena_reset(bench->scratch);
    struct book *book = casebook_load(bench->rulebook, casebook, bench->participant);
    book_settle(book, simulated_now, SITE_OFFSET_MINUTES, bench->scratch);
    book_touch_all(book);
    book_run(book, simulated_now, SITE_OFFSET_MINUTES, bench->scratch);
    return book;
}

/* --- one ------------------------------------------------------------------------------ */

static bool one_participant(const struct bench *bench, int rounds)
{
    struct casebook full =
        casebook_full(bench->rulebook, bench->diary,
                      casebook_longest(bench->diary, bench->patients), bench->arena);
    double load[MOST_ROUNDS], whole[MOST_ROUNDS], again[MOST_ROUNDS];
    struct book *book = NULL;
    int64_t runs = 0;
    for (int i = 0; i < rounds; i++) {
        int64_t begin = measure_processor_time();
        arena_reset(bench->participant);
        (void)casebook_load(bench->rulebook, &full, bench->participant);
        load[i] = since(begin);
        begin = measure_processor_time();
        book = check_whole(bench, &full);
        whole[i] = since(begin);
        runs = book->run_count;
        begin = measure_processor_time();
        arena_reset(bench->scratch);
        book_touch_all(book);
        book_run(book, simulated_now, SITE_OFFSET_MINUTES, bench->scratch);
        again[i] = since(begin);
        runs = book->run_count - runs;
    }
    printf("  one full participant: %zu forms, %zu values; %d rules at %lld places\n",
           full.forms, full.count, bench->rulebook->set->rule_count, (long long)runs);
    printf("    loaded %.2f ms\n", measure_median(load, rounds));
    struct measure_bound from_nothing = {
        .what = "loaded, settled, all run, ms", .must = 2, .is_most = true};
    struct measure_bound once_more = {
        .what = "all run again, ms", .must = 2, .is_most = true};
    bool is_kept = measure_print(&from_nothing, measure_median(whole, rounds));
    return measure_print(&once_more, measure_median(again, rounds)) && is_kept;
}

/* --- a million ------------------------------------------------------------------------ */

/* Until they hold so many values; the cohort begins again when it is used up. */
static size_t gather(const struct bench *bench, size_t wanted, struct casebook *out,
                     size_t *values)
{
    size_t count = 0;
    for (*values = 0; *values < wanted; count++) {
        out[count] =
            count < bench->patients
                ? casebook_of(bench->rulebook, bench->diary, count, bench->arena)
                : out[count - bench->patients];
        *values += out[count].count;
    }
    return count;
}

static bool many_participants(const struct bench *bench, size_t wanted)
{
    /* Nobody has fewer than one value. */
    struct casebook *all = ARENA_ARRAY(bench->arena, struct casebook, wanted);
    size_t values = 0, count = gather(bench, wanted, all, &values);
    int64_t runs = 0, begin = measure_processor_time();
    for (size_t i = 0; i < count; i++)
        runs += check_whole(bench, &all[i])->run_count;
    double seconds = since(begin) / 1000;
    printf("  %zu values of %zu participants (%zu drawn): rules ran %lld times\n",
           values, count, bench->patients, (long long)runs);
    struct measure_bound bound = {
        .what = "a million values checked again, s", .must = 2, .is_most = true};
    return measure_print(&bound, seconds * 1e6 / (double)values);
}

int main(void)
{
    int rounds = (int)measure_setting("BENCH_ROUNDS", 51);
    struct bench bench = {.arena = arena_new((size_t)4 << 30),
                          .participant = arena_new(BOOK),
                          .scratch = arena_new(SCRATCH)};
    struct cohort *cohort =
        cohort_draw(bench.arena, 1, (size_t)measure_setting("BENCH_COHORT", 600));
    struct diary diary = diary_in(bench.arena, 1);
    cohort_write(cohort, &diary);
    bench.diary = &diary;
    bench.patients = cohort->count;
    bench.rulebook = casebook_rules(bench.arena);
    if (rounds < 1 || rounds > MOST_ROUNDS)
        rounds = MOST_ROUNDS;
    bool is_one = one_participant(&bench, rounds);
    bool is_all =
        many_participants(&bench, (size_t)measure_setting("BENCH_VALUES", 1000000));
    arena_free(bench.scratch);
    arena_free(bench.participant);
    arena_free(bench.arena);
    return is_one && is_all ? 0 : 1;
}

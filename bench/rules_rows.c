/* What an answer costs the engine in a section of 500 rows, against the same in one of 5:
 * one cell becomes another, and the rules that it reaches run.
 *
 * Each repeating section of the built-in study in turn, in a full casebook of the demo: its
 * rows are those of a participant, over and over, each time a month later. Each item that
 * people fill in is changed to and fro in the last row but one; the two take turns. Medians
 * of the rounds, processor time. All answers are SYNTHETIC.
 *
 * An item has its line where 500 rows cost more than the bound. Two kinds stay: what many
 * rows truly hang on (a sum over all, read in each), and what the engine cannot tell row
 * by row (engine/watch.h).
 *
 *     make bench       BENCH_ROUNDS=9 BENCH_ROWS=500
 */
#include "support/casebook.h"
#include "support/measure.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_ROUNDS = 501,
    FEW = 5,
    CHANGES = 10,
    DEMO = 52,
    MOST_ITEMS = 1000,
    BOOK = 256 << 20,
    SCRATCH = 16 << 20
};

static const double MOST_RATIO = 1.5, QUICK = 1000; /* microseconds */

struct side {
    struct arena *arena;
    struct book *book;
    struct sheet_instance *instance;
    int32_t row;
    double times[MOST_ROUNDS];
    int64_t runs;
};

struct bench {
    const struct rulebook *rulebook;
    struct casebook casebook;
    struct arena *scratch;
    int rounds;
    int32_t rows;
    double ratios[MOST_ITEMS], costs[MOST_ITEMS];
    int count;
};

static void run(const struct bench *bench, struct book *book)
{
    arena_reset(bench->scratch);
    book_run(book, simulated_now, SITE_OFFSET_MINUTES, bench->scratch);
}

/* Rows up to this one, each like one that is there, but later. */
static void repeat_rows(struct side *side, int32_t group, int32_t rows)
{
    struct sheet *sheet = side->book->sheet;
    const struct shape_group *shape = &sheet->shape->groups[group];
    int32_t at = group - sheet->shape->forms[shape->form].first_group;
    int32_t known = side->instance->groups[at].rows;
    book_set_rows(side->book, side->instance, group, rows);
    for (int32_t row = known + 1; row <= rows; row++)
        for (int32_t i = 0; i < shape->item_count; i++) {
            int32_t item = shape->first_item + i;
            struct datum value =
                sheet_cell(sheet, side->instance, item, (row - 1) % known + 1)->value;
            if (value.kind == DATUM_MOMENT)
                value.as.coefficient += (row - 1) / known * 30 * DAYS;
            book_set(side->book, side->instance, item, row, value);
        }
}

static void open_side(const struct bench *bench, struct side *side, int32_t group,
                      int32_t rows)
{
    arena_reset(side->arena);
    side->book = casebook_load(bench->rulebook, &bench->casebook, side->arena);
    const struct sheet *sheet = side->book->sheet;
    side->instance = sheet->forms[sheet->shape->groups[group].form].instances[0];
    repeat_rows(side, group, rows);
    side->row = rows - 1;
    book_touch_all(side->book);
    run(bench, side->book);
}

/* Another value of the same kind: that of no other row, or none. */
static struct datum other_value(const struct side *side, int32_t item)
{
    struct datum value =
        sheet_cell(side->book->sheet, side->instance, item, side->row)->value;
    if (value.kind == DATUM_NUMBER || value.kind == DATUM_MOMENT)
        value.as.coefficient += value.kind == DATUM_NUMBER ? 1 : MINUTES;
    else
        value = datum_of_kind(DATUM_EMPTY);
    return value;
}

static void change(const struct bench *bench, struct side *side, int32_t item,
                   const struct datum values[2], int round)
{
    int64_t before = side->book->run_count, begin = measure_processor_time();
    for (int i = 0; i < CHANGES; i++) {
        book_set(side->book, side->instance, item, side->row, values[i % 2]);
        run(bench, side->book);
    }
    side->times[round] = (double)(measure_processor_time() - begin) / CHANGES / 1000;
    side->runs = (side->book->run_count - before) / CHANGES;
}

static bool is_entered(const struct bench *bench, int32_t item)
{
    return text_is_absent(design_item(bench->rulebook->design,
                                      bench->rulebook->dictionary->items[item].oid)
                              ->derives.code);
}

/* The ratio; `*much` is what it costs among many rows, in microseconds. */
static double change_item(const struct bench *bench, struct side *few,
                          struct side *many, int32_t item, double *much)
{
    struct datum values[2][2];
    struct side *sides[2] = {few, many};
    for (int s = 0; s < 2; s++) {
        values[s][0] = other_value(sides[s], item);
        values[s][1] =
            sheet_cell(sides[s]->book->sheet, sides[s]->instance, item, sides[s]->row)
                ->value;
    }
    for (int round = 0; round < bench->rounds; round++)
        for (int s = 0; s < 2; s++)
            change(bench, sides[s], item, values[s], round);
    double little = measure_median(few->times, bench->rounds);
    *much = measure_median(many->times, bench->rounds);
    return *much / little;
}

static void change_section(struct bench *bench, struct side *few, struct side *many,
                           int32_t group)
{
    const struct shape_group *shape = &bench->rulebook->set->shape->groups[group];
    const struct dictionary *dictionary = bench->rulebook->dictionary;
    printf("  %.*s\n", TEXT_ARG(dictionary->groups[group].name));
    open_side(bench, few, group, FEW);
    open_side(bench, many, group, bench->rows);
    for (int32_t i = 0; i < shape->item_count; i++) {
        int32_t item = shape->first_item + i;
        double much = 0, ratio;
        if (!is_entered(bench, item))
            continue;
        ratio = change_item(bench, few, many, item, &much);
        bench->ratios[bench->count] = ratio;
        bench->costs[bench->count++] = much;
        if (ratio > MOST_RATIO)
            printf("    %-16.*s %10.1f us  %8.1f times   rules run: %lld, %lld\n",
                   TEXT_ARG(dictionary->items[item].oid), much, ratio,
                   (long long)few->runs, (long long)many->runs);
    }
}

static bool tell(struct bench *bench)
{
    int kept = 0, quick = 0;
    struct measure_bound bound = {.what = "rows 500 : 5, the typical answer",
                                  .must = MOST_RATIO,
                                  .is_most = true};
    for (int i = 0; i < bench->count; i++) {
        kept += bench->ratios[i] <= MOST_RATIO;
        quick += bench->costs[i] <= QUICK;
    }
    printf("  of %d items %d keep to the bound; %d take at most 1 ms\n", bench->count,
           kept, quick);
    return measure_print(&bound, measure_median(bench->ratios, bench->count));
}

int main(void)
{
    struct bench bench = {.scratch = arena_new(SCRATCH),
                          .rounds = (int)measure_setting("BENCH_ROUNDS", 9),
                          .rows = (int32_t)measure_setting("BENCH_ROWS", 500)};
    struct arena *arena = arena_new((size_t)1 << 30);
    struct side few = {.arena = arena_new(BOOK)}, many = {.arena = arena_new(BOOK)};
    struct cohort *cohort = cohort_draw(arena, 1, DEMO);
    struct diary diary = diary_in(arena, 1);
    cohort_write(cohort, &diary);
    bench.rulebook = casebook_rules(arena);
    bench.casebook = casebook_full(bench.rulebook, &diary,
                                   casebook_longest(&diary, cohort->count), arena);
    if (bench.rounds < 1 || bench.rounds > MOST_ROUNDS)
        bench.rounds = MOST_ROUNDS;
    const struct shape *shape = bench.rulebook->set->shape;
    for (int32_t group = 0; group < shape->group_count; group++)
        if (shape->groups[group].is_repeating &&
            !bench.rulebook->dictionary->forms[shape->groups[group].form].is_register)
            change_section(&bench, &few, &many, group);
    bool is_kept = tell(&bench);
    arena_free(few.arena);
    arena_free(many.arena);
    arena_free(bench.scratch);
    arena_free(arena);
    return is_kept ? 0 : 1;
}

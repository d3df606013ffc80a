/* What a keystroke costs the engine in a section of 500 rows, against the same in one of
 * 5: one answer of one row becomes another, and the rules that it reaches run.
 *
 * Each repeating section of the built-in study in turn, in a full casebook: its rows are
 * those of the demo's participant, over and over. Each of its items that people fill in is
 * changed to and fro in the last row but one; both books take turns in every round.
 * Medians of the rounds. All answers are SYNTHETIC.
 *
 *     make bench       BENCH_ROUNDS=51 BENCH_ROWS=500
 */
#include "support/casebook.h"
#include "support/measure.h"
#include "system/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_ROUNDS = 501, FEW = 5, CHANGES = 10, BOOK = 256 << 20, SCRATCH = 16 << 20 };

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
    int64_t before = side->book->run_count, begin = clock_monotonic();
    for (int i = 0; i < CHANGES; i++) {
        book_set(side->book, side->instance, item, side->row, values[i % 2]);
        run(bench, side->book);
    }
    side->times[round] = (double)(clock_monotonic() - begin) / CHANGES;
    side->runs = (side->book->run_count - before) / CHANGES;
}

static bool is_entered(const struct bench *bench, int32_t item)
{
    return text_is_absent(design_item(bench->rulebook->design,
                                      bench->rulebook->dictionary->items[item].oid)
                              ->derives.code);
}

static double change_item(const struct bench *bench, struct side *few,
                          struct side *many, int32_t item)
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
    double much = measure_median(many->times, bench->rounds);
    struct text oid = bench->rulebook->dictionary->items[item].oid;
    printf("    %-16.*s %8.2f %8.2f us  %6.2f   rules run: %lld, %lld\n", TEXT_ARG(oid),
           little, much, much / little, (long long)few->runs, (long long)many->runs);
    return much / little;
}

int main(void)
{
    struct bench bench = {.scratch = arena_new(SCRATCH),
                          .rounds = (int)measure_setting("BENCH_ROUNDS", 51)};
    int32_t rows = (int32_t)measure_setting("BENCH_ROWS", 500);
    struct arena *arena = arena_new((size_t)1 << 30);
    struct side few = {.arena = arena_new(BOOK)}, many = {.arena = arena_new(BOOK)};
    (void)cohort_draw(arena, 1, 52);
    struct cohort *cohort = cohort_draw(arena, 1, 52);
    struct diary diary = diary_in(arena, 1);
    cohort_write(cohort, &diary);
    bench.rulebook = casebook_rules(arena);
    bench.casebook = casebook_full(bench.rulebook, &diary, 8, arena);
    const struct shape *shape = bench.rulebook->set->shape;
    for (int32_t group = 0; group < shape->group_count; group++) {
        if (!shape->groups[group].is_repeating ||
            bench.rulebook->dictionary->forms[shape->groups[group].form].is_register)
            continue;
        printf("  %.*s\n", TEXT_ARG(bench.rulebook->dictionary->groups[group].oid));
        open_side(&bench, &few, group, FEW);
        open_side(&bench, &many, group, rows);
        for (int32_t i = 0; i < shape->groups[group].item_count; i++)
            if (is_entered(&bench, shape->groups[group].first_item + i))
                (void)change_item(&bench, &few, &many,
                                  shape->groups[group].first_item + i);
    }
    return 0;
}

/* What a compiled rule costs, against a C function of the same meaning that a person wrote
 * for this rule alone: same world, same callback, same decimals and dates, same answer.
 *
 * Both take turns in every round; medians of the rounds, and their ratio. "typical" is the
 * mean of the ratios; the rows show each.
 *
 *     make bench       BENCH_ROUNDS=9 BENCH_RULE_RUNS=200000
 */
#include "engine/real.h"
#include "support/rule_sample.h"
#include "system/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROUNDS = 51 };

static const char *const design = "event BL\n"
                                  "codes NY N Y\n"
                                  "codes RES ENR SCRF\n"
                                  "codes CAT 1 2 3 4 5\n"
                                  "form X at BL\n"
                                  "item AGE number a 0\n"
                                  "item RES code RES\n"
                                  "item ELIG code NY\n"
                                  "item CAT codes CAT\n"
                                  "item SBP number mm[Hg] 0\n"
                                  "item DBP number mm[Hg] 0\n"
                                  "item MAP number mm[Hg] 0\n"
                                  "item WEIGHT number kg 1\n"
                                  "item HEIGHT number cm 1\n"
                                  "item PUNDTM moment\n"
                                  "item REMDTM moment\n"
                                  "group ROWS repeats\n"
                                  "item ROWRES code RES\n"
                                  "item VOL number mL 0\n";

static const char *const values = "at BL\n"
                                  "X.AGE = 44\nX.RES = ENR\nX.ELIG = Y\nX.CAT = 2 5\n"
                                  "X.SBP = 110\nX.DBP = 60\nX.MAP = 77\n"
                                  "X.WEIGHT = 70.5\nX.HEIGHT = 172.0\n"
                                  "X.PUNDTM = 2025-11-22T08:00+08:00\n"
                                  "X.REMDTM = 2025-11-22T11:30+08:00\n"
                                  "X.ROWRES[1] = SCRF\nX.VOL[1] = 100\n"
                                  "X.ROWRES[2] = ENR\nX.VOL[2] = 250\n"
                                  "X.ROWRES[3] = ENR\nX.VOL[3] = 50\n";

static int64_t number_from(const char *name, int64_t otherwise)
{
    int64_t value;
    return text_to_int64(text_of(getenv(name)), &value) ? value : otherwise;
}

/* -- by hand --------------------------------------------------------------------------- */

struct hand {
    const struct engine_world *world;
    int32_t age, res, elig, cat, sbp, dbp, map, weight, height, pundtm, remdtm, rowres,
        vol;
    int32_t group;
};

static struct datum answer(const struct hand *hand, int32_t item, int32_t row)
{
    struct question question = {.kind = ASK_VALUE, .subject = item, .row = row};
    return hand->world->ask(hand->world->data, &question);
}

/* Kleene: 0 no, 1 yes, 2 unknown. */
static int both(int a, int b)
{
    return a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : 2;
}

static int either(int a, int b)
{
    return a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : 2;
}

static int is_code(struct datum d, const char *code)
{
    return d.kind != DATUM_TEXT ? 2 : text_equal(datum_as_text(d), text_of(code));
}

static struct datum hand_age(const struct hand *hand)
{
    struct datum age = answer(hand, hand->age, 0);
    int outside = 2;
    if (age.kind == DATUM_NUMBER)
        outside = decimal_compare(datum_decimal(age), decimal_of(18)) < 0 ||
                  decimal_compare(datum_decimal(age), decimal_of(65)) > 0;
    return datum_truth(
        outside == 0 ? 0 : both(outside, is_code(answer(hand, hand->res, 0), "ENR")));
}

static struct datum hand_elig(const struct hand *hand)
{
    int enrolled = is_code(answer(hand, hand->res, 0), "ENR");
    if (enrolled == 0)
        return datum_truth(0);
    int is_yes = is_code(answer(hand, hand->elig, 0), "Y");
    return datum_truth(both(enrolled, is_yes == 2 ? 2 : !is_yes));
}

static struct datum hand_pressure(const struct hand *hand)
{
    struct datum dbp = answer(hand, hand->dbp, 0), map = answer(hand, hand->map, 0);
    int low = 2, high = 2;
    if (dbp.kind == DATUM_NUMBER && map.kind == DATUM_NUMBER)
        low = decimal_compare(datum_decimal(dbp), datum_decimal(map)) <= 0;
    if (low == 0)
        return datum_truth(1);
    struct datum sbp = answer(hand, hand->sbp, 0);
    if (map.kind == DATUM_NUMBER && sbp.kind == DATUM_NUMBER)
        high = decimal_compare(datum_decimal(map), datum_decimal(sbp)) <= 0;
    int inside = both(low, high);
    return datum_truth(inside == 2 ? 2 : !inside);
}

static struct datum hand_dwell(const struct hand *hand)
{
    struct datum from = answer(hand, hand->pundtm, 0),
                 to = answer(hand, hand->remdtm, 0);
    if (from.kind != DATUM_MOMENT || to.kind != DATUM_MOMENT ||
        from.detail < MOMENT_MINUTE || to.detail < MOMENT_MINUTE)
        return datum_truth(2);
    return datum_truth(to.as.coefficient - from.as.coefficient > INT64_C(86400000000));
}

static struct datum hand_bmi(const struct hand *hand)
{
    struct datum weight = answer(hand, hand->weight, 0);
    struct datum height = answer(hand, hand->height, 0);
    struct decimal square, rounded;
    if (weight.kind != DATUM_NUMBER || height.kind != DATUM_NUMBER ||
        decimal_multiply(datum_decimal(height), datum_decimal(height), &square) !=
            DECIMAL_OK ||
        square.coefficient == 0)
        return datum_of_kind(DATUM_EMPTY);
    double bmi =
        real_of_decimal(datum_decimal(weight)) / real_of_decimal(square) * 10000;
    return real_round(bmi, 1, &rounded) ? datum_number(rounded)
                                        : datum_of_kind(DATUM_EMPTY);
}

static struct datum hand_category(const struct hand *hand)
{
    struct datum set = answer(hand, hand->cat, 0);
    if (set.kind != DATUM_TEXT)
        return datum_truth(2);
    struct text rest = datum_as_text(set);
    while (!text_is_absent(rest))
        if (text_equal(text_cut(&rest, ' '), TEXT("5")))
            return datum_truth(1);
    return datum_truth(0);
}

static struct datum hand_rows(const struct hand *hand)
{
    struct question question = {.kind = ASK_ROWS, .subject = hand->group};
    int64_t rows = hand->world->ask(hand->world->data, &question).as.coefficient;
    int64_t count = 0;
    for (int32_t row = 1; row <= rows; row++)
        count += is_code(answer(hand, hand->rowres, row), "ENR") == 1;
    return datum_truth(count > 1);
}

static struct datum hand_inside(const struct hand *hand)
{
    struct datum age = answer(hand, hand->age, 0);
    if (age.kind != DATUM_NUMBER)
        return datum_truth(2);
    return datum_truth(decimal_compare(datum_decimal(age), decimal_of(18)) >= 0 &&
                       decimal_compare(datum_decimal(age), decimal_of(65)) <= 0);
}

static struct datum hand_either(const struct hand *hand)
{
    struct datum sbp = answer(hand, hand->sbp, 0), map = answer(hand, hand->map, 0);
    int low = sbp.kind != DATUM_NUMBER
                  ? 2
                  : decimal_compare(datum_decimal(sbp), decimal_of(90)) < 0;
    if (low == 1)
        return datum_truth(1);
    int mean = map.kind != DATUM_NUMBER
                   ? 2
                   : decimal_compare(datum_decimal(map), decimal_of(65)) < 0;
    return datum_truth(either(low, mean));
}

static const struct {
    const char *source;
    struct datum (*by_hand)(const struct hand *hand);
} rules[] = {
    {"(AGE < 18 or AGE > 65) and RES = 'ENR'", hand_age},
    {"RES = 'ENR' and ELIG <> 'Y'", hand_elig},
    {"AGE between 18 and 65", hand_inside},
    {"SBP < 90 or MAP < 65", hand_either},
    {"not (DBP <= MAP <= SBP)", hand_pressure},
    {"REMDTM - PUNDTM > 24 h", hand_dwell},
    {"round(WEIGHT / HEIGHT^2 in kg/m2, 1)", hand_bmi},
    {"CAT has '5'", hand_category},
    {"count(ROWS where ROWRES = 'ENR') > 1", hand_rows},
};

/* -- taking turns ---------------------------------------------------------------------- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *figures, int64_t count)
{
    qsort(figures, (size_t)count, sizeof *figures, by_value);
    return figures[count / 2];
}

static double compare(struct rule_sample *sample, const struct hand *hand, size_t i,
                      int64_t rounds, int64_t runs)
{
    struct findings findings;
    const struct program *program = rule_sample_compile(
        sample, text_of(rules[i].source), TEXT("X at BL"), &findings);
    struct engine_place place = rule_sample_place(sample, TEXT("X at BL"));
    double compiled[MOST_ROUNDS], written[MOST_ROUNDS];
    volatile int64_t sink = 0;
    if (program == NULL || !datum_equal(run_program(sample->run, program, &place).value,
                                        rules[i].by_hand(hand))) {
        fprintf(stderr, "%s: the two do not agree\n", rules[i].source);
        abort();
    }
    for (int64_t round = 0; round < rounds; round++) {
        int64_t begin = clock_monotonic();
        for (int64_t k = 0; k < runs; k++)
            sink =
                sink + run_program(sample->run, program, &place).value.as.coefficient;
        int64_t middle = clock_monotonic();
        for (int64_t k = 0; k < runs; k++)
            sink = sink + rules[i].by_hand(hand).as.coefficient;
        int64_t end = clock_monotonic();
        compiled[round] = (double)(middle - begin) * 1000 / (double)runs;
        written[round] = (double)(end - middle) * 1000 / (double)runs;
    }
    double machine = median(compiled, rounds), c = median(written, rounds);
    printf("  %-42s %8.1f %8.1f %8.2f\n", rules[i].source, machine, c, machine / c);
    return machine / c;
}

int main(void)
{
    int64_t rounds = number_from("BENCH_ROUNDS", 9);
    int64_t runs = number_from("BENCH_RULE_RUNS", 200000);
    struct rule_sample sample;
    double sum = 0;
    if (rounds > MOST_ROUNDS)
        rounds = MOST_ROUNDS;
    rule_sample_begin(&sample, text_of(design));
    rule_sample_values(&sample, text_of(values));
    struct hand hand = {.world = &sample.world,
                        .age = rule_sample_item(&sample, "AGE"),
                        .res = rule_sample_item(&sample, "RES"),
                        .elig = rule_sample_item(&sample, "ELIG"),
                        .cat = rule_sample_item(&sample, "CAT"),
                        .sbp = rule_sample_item(&sample, "SBP"),
                        .dbp = rule_sample_item(&sample, "DBP"),
                        .map = rule_sample_item(&sample, "MAP"),
                        .weight = rule_sample_item(&sample, "WEIGHT"),
                        .height = rule_sample_item(&sample, "HEIGHT"),
                        .pundtm = rule_sample_item(&sample, "PUNDTM"),
                        .remdtm = rule_sample_item(&sample, "REMDTM"),
                        .rowres = rule_sample_item(&sample, "ROWRES"),
                        .group = dictionary_group_of(&sample.dictionary, TEXT("ROWS"))};
    printf("one rule                                      compiled  by hand    ratio  "
           "(ns)\n");
    for (size_t i = 0; i < ARRAY_COUNT(rules); i++)
        sum += compare(&sample, &hand, i, rounds, runs);
    double typical = sum / (double)ARRAY_COUNT(rules);
    printf("  typical (mean of the ratios)                                  %8.2f  "
           "must 4: %s\n",
           typical, typical <= 4 ? "holds" : "FAILS");
    rule_sample_end(&sample);
    return typical <= 4 ? 0 : 1;
}

/* Aggregates, against the same written out over the rows. */
#include "support/rule_sample.h"
#include "support/unit.h"

#include <stdio.h>

enum { ROWS = 5, EMPTY = -1 };

static uint64_t random_state = 7;

static int32_t below(int32_t limit)
{
    random_state =
        random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int32_t)(random_state >> 33) % limit;
}

struct table {
    int32_t rows;
    int32_t value[ROWS], mark[ROWS], order[ROWS]; /* EMPTY, or a number */
};

static struct table random_table(void)
{
    struct table table = {.rows = below(ROWS + 1)};
    for (int32_t i = 0; i < table.rows; i++) {
        table.value[i] = below(4) - 1;
        table.mark[i] = below(3) - 1;
        table.order[i] = below(4) - 1;
    }
    return table;
}

static void put(struct rule_sample *sample, const struct table *table)
{
    static const char *const names[] = {"V", "M", "O"};
    struct sheet_instance *form = sheet_instance(sample->sheet, 0, 0, 1, 1);
    int32_t group = dictionary_group_of(&sample->dictionary, TEXT("ROWS"));
    sheet_set_rows(sample->sheet, form, group, 0);
    sheet_set_rows(sample->sheet, form, group, table->rows);
    for (int32_t i = 0; i < table->rows; i++) {
        const int32_t values[] = {table->value[i], table->mark[i], table->order[i]};
        for (int k = 0; k < 3; k++)
            if (values[k] != EMPTY)
                sheet_set(sample->sheet, form, rule_sample_item(sample, names[k]),
                          i + 1, datum_whole(values[k]));
    }
}

/* Kleene truth of "M = 1" and of "V > 0" in a row: 0 no, 1 unknown, 2 yes. */
static int marked(const struct table *t, int32_t i)
{
    return t->mark[i] == EMPTY ? 1 : t->mark[i] == 1 ? 2 : 0;
}

static int positive(const struct table *t, int32_t i)
{
    return t->value[i] == EMPTY ? 1 : t->value[i] > 0 ? 2 : 0;
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

static void expect(struct rule_sample *sample, const char *source, const char *value)
{
    struct text found = rule_sample_value(sample, text_of(source), TEXT("F at E"));
    if (!text_equal(found, text_of(value)))
        fail_msg("%s is %.*s, not %s", source, TEXT_ARG(found), value);
}

static void expect_number(struct rule_sample *sample, const char *source, int32_t value)
{
    char text[16];
    snprintf(text, sizeof text, "%d", (int)value);
    expect(sample, source, value == EMPTY ? "empty" : text);
}

static void check_truths(struct rule_sample *sample, const struct table *t)
{
    static const char *const names[] = {"no", "unknown", "yes"};
    int any = 0, all = 2, any_marked = 0, count = 0;
    for (int32_t i = 0; i < t->rows; i++) {
        any = greater(any, lesser(marked(t, i), positive(t, i)));
        all = lesser(all, greater(2 - marked(t, i), positive(t, i)));
        any_marked = greater(any_marked, marked(t, i));
        count += marked(t, i) == 2;
    }
    expect(sample, "any(ROWS where M = 1 have V > 0)", names[any]);
    expect(sample, "any(ROWS where M = 1 and V > 0)", names[any]);
    expect(sample, "all(ROWS where M = 1 have V > 0)", names[all]);
    expect(sample, "not any(ROWS where M = 1 have not (V > 0))", names[all]);
    expect(sample, "any(ROWS where M = 1)", names[any_marked]);
    expect_number(sample, "count(ROWS where M = 1)", count);
    expect_number(sample, "count(ROWS)", t->rows);
}

/* A row that may count and has a value leaves the sum open. */
static void check_sums(struct rule_sample *sample, const struct table *t)
{
    int32_t sum = 0, least = 99, most = -1, count = 0, filled = 0;
    bool is_open = false;
    for (int32_t i = 0; i < t->rows; i++) {
        if (t->value[i] == EMPTY)
            continue;
        filled++;
        is_open = is_open || marked(t, i) == 1;
        if (marked(t, i) != 2)
            continue;
        count++;
        sum += t->value[i];
        least = t->value[i] < least ? t->value[i] : least;
        most = t->value[i] > most ? t->value[i] : most;
    }
    bool has_none = is_open || count == 0;
    expect_number(sample, "sum(V where M = 1)", has_none ? EMPTY : sum);
    expect_number(sample, "min(V where M = 1)", has_none ? EMPTY : least);
    expect_number(sample, "max(V where M = 1)", has_none ? EMPTY : most);
    expect_number(sample, "sum(V * 2 + 1 over ROWS where M = 1)",
                  has_none ? EMPTY : 2 * sum + count);
    expect_number(sample, "count(V)", filled);
    expect_number(sample, "round(average(V where M = 1) * 1000, 0)",
                  has_none ? EMPTY : (sum * 10000 / count + 5) / 10);
}

/* The n-th, or the n-th last (negative), marked row with a value. */
static int32_t chosen(const struct table *t, int n)
{
    int seen = 0;
    for (int32_t k = 0; k < t->rows; k++) {
        int32_t i = n > 0 ? k : t->rows - 1 - k;
        if (marked(t, i) == 2 && t->value[i] != EMPTY && ++seen == (n > 0 ? n : -n))
            return t->value[i];
    }
    return EMPTY;
}

static int32_t chosen_by(const struct table *t, bool is_last)
{
    int32_t best = EMPTY;
    for (int32_t i = 0; i < t->rows; i++) {
        if (t->value[i] == EMPTY || t->order[i] == EMPTY)
            continue;
        bool is_better = best == EMPTY || (is_last ? t->order[i] >= t->order[best]
                                                   : t->order[i] < t->order[best]);
        if (is_better)
            best = i;
    }
    return best == EMPTY ? EMPTY : t->value[best];
}

static void check_choices(struct rule_sample *sample, const struct table *t)
{
    expect_number(sample, "first(V where M = 1)", chosen(t, 1));
    expect_number(sample, "last(V where M = 1)", chosen(t, -1));
    expect_number(sample, "nth(2, V where M = 1)", chosen(t, 2));
    expect_number(sample, "nth(0, V)", EMPTY);
    expect_number(sample, "first(V by O)", chosen_by(t, false));
    expect_number(sample, "last(V by O)", chosen_by(t, true));
}

/* Of the rows with value and place in the order (O, row): the nearest before or after. */
static int32_t neighbour(const struct table *t, int32_t from, int direction, bool is_by)
{
    int32_t best = EMPTY;
    for (int32_t i = 0; i < t->rows; i++) {
        if (i == from || t->value[i] == EMPTY || (is_by && t->order[i] == EMPTY))
            continue;
        int32_t place = (is_by ? t->order[i] * 10 : 0) + i;
        int32_t own = (is_by ? t->order[from] * 10 : 0) + from;
        int32_t known = best == EMPTY ? 0 : (is_by ? t->order[best] * 10 : 0) + best;
        bool is_on_side = direction < 0 ? place < own : place > own;
        bool is_nearer =
            best == EMPTY || (direction < 0 ? place > known : place < known);
        if (is_on_side && is_nearer)
            best = i;
    }
    if (is_by && t->order[from] == EMPTY)
        return EMPTY;
    return best == EMPTY ? EMPTY : t->value[best];
}

static void check_neighbours(struct rule_sample *sample, const struct table *t)
{
    static const struct {
        const char *source;
        int direction;
        bool is_by;
    } rows[] = {{"previous(V)", -1, false},
                {"next(V)", 1, false},
                {"previous(V by O)", -1, true},
                {"next(V by O)", 1, true}};
    for (int32_t row = 0; row < t->rows; row++)
        for (size_t k = 0; k < 4; k++) {
            struct text where =
                text_format(sample->arena, "F.ROWS[%d] at E", (int)row + 1);
            struct text found =
                rule_sample_value(sample, text_of(rows[k].source), where);
            int32_t expected = neighbour(t, row, rows[k].direction, rows[k].is_by);
            struct text printed = expected == EMPTY
                                      ? TEXT("empty")
                                      : text_format(sample->arena, "%d", (int)expected);
            if (!text_equal(found, printed))
                fail_msg("%s from row %d is %.*s, not %.*s", rows[k].source,
                         (int)row + 1, TEXT_ARG(found), TEXT_ARG(printed));
        }
}

static void aggregates_equal_the_rows_written_out(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"
                                    "group ROWS repeats\nitem V number - 0\n"
                                    "item M number - 0\nitem O number - 0\n"));
    for (int i = 0; i < 400; i++) {
        struct table table = random_table();
        put(&sample, &table);
        check_truths(&sample, &table);
        check_sums(&sample, &table);
        check_choices(&sample, &table);
        check_neighbours(&sample, &table);
    }
    rule_sample_end(&sample);
}

/* Rows of another form's instances come by event, event repeat, form repeat. */
static void instances_come_in_the_order_of_the_design(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event B\nevent A repeats\nform F repeats at B A\n"
                                    "item X number - 0\n"));
    rule_sample_values(&sample, TEXT("at A#2\nF.X = 5\nat A\nF#2.X = 4\nF.X = 3\n"
                                     "at B\nF#2.X = 2\nF.X = 1\n"));
    for (int n = 1; n <= 5; n++) {
        struct text source = text_format(sample.arena, "nth(%d, F.X)", n);
        struct text expected = text_format(sample.arena, "%d", n);
        assert_true(text_equal(rule_sample_value(&sample, source, TEXT("")), expected));
    }
    expect(&sample, "count(F where event = 'A')", "3");
    expect(&sample, "sum(F.X where event.repeat = 1 and form.repeat = 2)", "6");
    rule_sample_end(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aggregates_equal_the_rows_written_out),
        cmocka_unit_test(instances_come_in_the_order_of_the_design),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

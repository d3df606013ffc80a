/* Tidy tables of results and datasets. */
#include "analysis/reason.h"
#include "base/datetime.h"
#include "base/number.h"
#include "engine/dictionary.h"
#include "formats/csv_write.h"
#include "formats/results_write.h"

static void number(struct csv_out *row, double value)
{
    char text[NUMBER_TEXT_SIZE];
    csv_text(row, (struct text){text, number_print(value, text)});
}

static void moment(struct csv_out *row, int64_t instant)
{
    char text[MOMENT_TEXT_SIZE];
    csv_text(row, (struct text){text, instant_print(instant, text)});
}

static void texts(struct buffer *to, const char *const *names, size_t count)
{
    struct csv_out row = csv_begin(to);
    for (size_t i = 0; i < count; i++)
        csv_text(&row, text_of(names[i]));
    csv_end(&row);
}

/* --- results -------------------------------------------------------------------------- */

static struct text chinese_of(const char *reason)
{
    return reason == NULL ? (struct text){0} : reason_chinese(reason);
}

static void write_part(const struct analysis_result *result,
                       const struct result_part *part, struct buffer *to)
{
    const struct plan_analysis *analysis = result->analysis;
    for (size_t i = 0; i < part->value_count; i++) {
        const struct result_value *value = &part->values[i];
        struct csv_out row = csv_begin(to);
        csv_text(&row, analysis->id);
        csv_text(&row, analysis->endpoint);
        csv_text(&row, text_of(plan_purpose_names[analysis->purpose]));
        csv_text(&row, analysis->population);
        csv_number(&row, (int64_t)result->population);
        csv_text(&row, analysis->dataset);
        csv_text(&row, analysis->method);
        csv_text(&row, part->group);
        csv_number(&row, (int64_t)part->row_count);
        csv_number(&row, (int64_t)part->missing);
        csv_text(&row, value->operation);
        if (is_estimated(value->value))
            number(&row, value->value.value);
        else
            csv_text(&row, (struct text){0});
        csv_text(&row, text_of(value->value.reason));
        csv_text(&row, chinese_of(value->value.reason));
        csv_text(&row, part->group_words.en);
        csv_text(&row, part->group_words.zh);
        csv_text(&row, value->words.en);
        csv_text(&row, value->words.zh);
        csv_end(&row);
    }
}

void results_write_csv(const struct results_input *input, struct buffer *to)
{
    static const char *const names[] = {
        "analysis",      "endpoint",         "purpose",     "population",
        "population_n",  "dataset",          "method",      "group",
        "rows",          "missing",          "operation",   "value",
        "not_estimable", "not_estimable_zh", "group_label", "group_label_zh",
        "about",         "about_zh"};
    texts(to, names, ARRAY_COUNT(names));
    for (size_t i = 0; i < input->plan->analysis_count; i++)
        for (size_t k = 0; k < input->results[i].part_count; k++)
            write_part(&input->results[i], &input->results[i].parts[k], to);
}

/* --- what figures are drawn from ----------------------------------------------------- */

static void estimate(struct csv_out *row, struct estimate value)
{
    if (is_estimated(value))
        number(row, value.value);
    else
        csv_text(row, (struct text){0});
}

static void write_point(const struct analysis_result *result,
                        const struct result_part *part, struct text series,
                        const struct result_point *point, struct buffer *to)
{
    struct csv_out row = csv_begin(to);
    csv_text(&row, result->analysis->id);
    csv_text(&row, part->group);
    csv_text(&row, series);
    number(&row, point->x);
    estimate(&row, point->estimate);
    estimate(&row, point->interval.lower);
    estimate(&row, point->interval.upper);
    csv_number(&row, (int64_t)point->at_risk);
    csv_number(&row, (int64_t)point->events);
    csv_number(&row, (int64_t)point->censored);
    csv_end(&row);
}

static void write_number(const struct analysis_result *result,
                         const struct result_part *part,
                         const struct result_value *value, struct buffer *to)
{
    enum { EMPTY_BEHIND = 5 };
    struct csv_out row = csv_begin(to);
    csv_text(&row, result->analysis->id);
    csv_text(&row, part->group);
    csv_text(&row, value->operation);
    csv_text(&row, (struct text){0});
    estimate(&row, value->value);
    for (size_t i = 0; i < EMPTY_BEHIND; i++)
        csv_text(&row, (struct text){0});
    csv_end(&row);
}

static void write_drawn(const struct analysis_result *result,
                        const struct result_part *part, struct buffer *to)
{
    for (size_t i = 0; i < part->series_count; i++)
        for (size_t k = 0; k < part->series[i].count; k++)
            write_point(result, part, part->series[i].name, &part->series[i].points[k],
                        to);
    for (size_t i = 0; part->series_count == 0 && i < part->value_count; i++)
        write_number(result, part, &part->values[i], to);
}

void figure_write_csv(const struct results_input *input,
                      const struct plan_figure *figure, struct buffer *to)
{
    static const char *const names[] = {"analysis", "group",   "series", "x",
                                        "estimate", "lower",   "upper",  "at_risk",
                                        "events",   "censored"};
    texts(to, names, ARRAY_COUNT(names));
    for (size_t i = 0; i < figure->analysis_count; i++)
        for (size_t k = 0; k < input->plan->analysis_count; k++) {
            const struct analysis_result *result = &input->results[k];
            for (size_t p = 0; text_equal(result->analysis->id, figure->analyses[i]) &&
                               p < result->part_count;
                 p++)
                write_drawn(result, &result->parts[p], to);
        }
}

/* --- datasets ------------------------------------------------------------------------- */

static struct text number_of(const struct results_input *input, int64_t participant)
{
    const struct dataset *all = input->datasets[0];
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->places[middle].participant < participant)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->count ? input->numbers[low] : (struct text){0};
}

static void write_place(const struct results_input *input,
                        const struct row_place *place, struct csv_out *row)
{
    bool is_whole = place->event < 0;
    csv_text(row, number_of(input, place->participant));
    csv_text(row,
             is_whole ? (struct text){0} : input->dictionary->events[place->event].oid);
    const int32_t counts[] = {place->event_repeat, place->form_repeat, place->row};
    for (size_t i = 0; i < ARRAY_COUNT(counts); i++)
        if (counts[i] > 0)
            csv_number(row, counts[i]);
        else
            csv_text(row, (struct text){0});
}

static void write_cell(const struct column *column, size_t row, struct csv_out *out)
{
    enum cell_state state = column->states[row];
    double value = column->numbers[row];
    if (state != CELL_VALUE) {
        csv_text(out, (struct text){0});
        return;
    }
    switch (column->kind) {
    case COLUMN_TRUTH: csv_text(out, value > 0 ? TEXT("yes") : TEXT("no")); break;
    case COLUMN_CODE: csv_text(out, column->levels[(size_t)value]); break;
    case COLUMN_MOMENT: moment(out, (int64_t)value); break;
    case COLUMN_NUMBER: number(out, value); break;
    }
}

void dataset_write_csv(const struct results_input *input, const struct dataset *dataset,
                       struct buffer *to)
{
    static const char *const places[] = {"participant", "event", "event_repeat",
                                         "form_repeat", "row"};
    struct csv_out head = csv_begin(to);
    for (size_t i = 0; i < ARRAY_COUNT(places); i++)
        csv_text(&head, text_of(places[i]));
    for (size_t i = 0; i < dataset->plan->variable_count; i++) {
        struct text name = dataset->plan->variables[i].name;
        csv_text(&head, name);
        csv_text(&head, text_format(input->arena, "%.*s.why", TEXT_ARG(name)));
    }
    csv_end(&head);
    for (size_t r = 0; r < dataset->count; r++) {
        struct csv_out row = csv_begin(to);
        write_place(input, &dataset->places[r], &row);
        for (size_t i = 0; i < dataset->plan->variable_count; i++) {
            write_cell(&dataset->columns[i], r, &row);
            csv_text(&row, text_of(cell_state_names[dataset->columns[i].states[r]]));
        }
        csv_end(&row);
    }
}

/* The overview's endpoints: the results of the analysis plan on whom the caller sees. */
#include "actions/analysis.h"
#include "actions/overview_parts.h"

#include <math.h>

const double overview_days[5] = {0, 7, 28, 60, 90};

struct showing {
    const struct overview_input *input;
    const struct analysis_result *results; /* by enum overview_result */
    struct overview *out;
};

static const struct result_part *first_part(const struct showing *showing,
                                            enum overview_result result)
{
    ASSERT(showing->results[result].part_count == 1); /* the plan does not group it */
    return &showing->results[result].parts[0];
}

static const struct column *column_named(const struct dataset *dataset,
                                         const char *name)
{
    int32_t at = plan_variable(dataset->plan, text_of(name));
    return at < 0 ? NULL : &dataset->columns[at];
}

/* --- proportions ---------------------------------------------------------------------- */

static size_t count_of(const struct result_part *part, const char *operation)
{
    struct estimate found = result_value(part, operation);
    return is_estimated(found) ? (size_t)found.value : 0;
}

static void show_proportion(const struct showing *showing, enum overview_result result,
                            struct overview_proportion *out)
{
    const struct result_part *part = first_part(showing, result);
    out->events = count_of(part, "events");
    out->total = count_of(part, "n");
    out->left_out = part->row_count - out->total;
    out->missing = part->missing - out->left_out;
    out->found.estimate = result_value(part, "estimate");
    out->found.wilson = (struct interval){result_value(part, "wilson.lower"),
                                          result_value(part, "wilson.upper")};
    out->found.clopper_pearson =
        (struct interval){result_value(part, "clopper_pearson.lower"),
                          result_value(part, "clopper_pearson.upper")};
}

static void show_proportions(const struct showing *showing)
{
    struct overview *out = showing->out;
    show_proportion(showing, RESULT_FIRST_ATTEMPT, &out->first_attempt);
    show_proportion(showing, RESULT_TWO_ATTEMPTS, &out->two_attempts);
    show_proportion(showing, RESULT_IN_TIME, &out->removed_in_time);
    show_proportion(showing, RESULT_RECOVERY, &out->recovery);
    show_proportion(showing, RESULT_STABLE, &out->stable_delivery);
    show_proportion(showing, RESULT_EFFICACY, &out->efficacy);
    show_proportion(showing, RESULT_ANY_HARM, &out->any_harm);
}

/* --- harms that somebody has ------------------------------------------------------------- */

static void show_harms(const struct showing *showing)
{
    static const struct {
        enum overview_result result;
        const char *code;
    } harms[OVERVIEW_HARMS] = {{RESULT_LOCAL_INFECTION, "LINF"},
                               {RESULT_FAT_EMBOLISM, "FATE"},
                               {RESULT_OSTEOMYELITIS, "OSTEO"},
                               {RESULT_BLEEDING, "BLEED"},
                               {RESULT_NERVE_INJURY, "NERVE"}};
    const struct item *item = design_item(showing->input->design, TEXT("I.CX.AECX"));
    size_t at = 0;
    if (item == NULL || item->codelist == NULL)
        return;
    for (size_t i = 0; i < OVERVIEW_HARMS; i++) {
        size_t events = count_of(first_part(showing, harms[i].result), "events");
        const struct code *term = codelist_code(item->codelist, text_of(harms[i].code));
        if (events > 0 && term != NULL)
            showing->out->harms[at++] = (struct overview_harm){term, events};
    }
}

/* --- flow by pressure mode ---------------------------------------------------------------- */

static size_t participants_of(const struct dataset *dataset,
                              const struct result_part *part)
{
    size_t count = 0;
    for (size_t i = 0; i < part->row_count; i++)
        count += i == 0 || dataset->places[part->rows[i]].participant !=
                               dataset->places[part->rows[i - 1]].participant;
    return count;
}

static void show_flows(const struct showing *showing)
{
    static const char *const modes[FLOW_MODE_COUNT] = {"GRAV", "BAG"};
    const struct analysis_result *result = &showing->results[RESULT_FLOW];
    const struct column *mode = column_named(result->dataset, "MODE");
    const struct result_part nobody = {.value_count = 0};
    for (int m = 0; m < FLOW_MODE_COUNT; m++) {
        struct overview_flow *out = &showing->out->flows[m];
        const struct result_part *part = &nobody;
        for (size_t i = 0; i < result->part_count; i++)
            if (text_equal(result->parts[i].group, text_of(modes[m])))
                part = &result->parts[i];
        for (size_t k = 0; mode != NULL && part != &nobody && k < mode->known_count;
             k++)
            if (text_equal(mode->known[k].code, text_of(modes[m])))
                out->mode = &mode->known[k];
        out->tests = count_of(part, "n");
        out->participants = participants_of(result->dataset, part);
        out->low = out->median = out->high = not_estimable("there is no value");
        if (part == &nobody)
            continue;
        out->low = result_value(part, "q25");
        out->median = result_value(part, "median");
        out->high = result_value(part, "q75");
    }
}

/* --- survival ------------------------------------------------------------------------- */

/* Of many steps, those that lie apart on paper. */
static void list_steps(struct overview_survival *out, double level, struct arena *arena)
{
    struct overview_step *steps =
        ARENA_ARRAY(arena, struct overview_step, out->curve->step_count);
    double apart = out->curve->step_count <= OVERVIEW_POINTS
                       ? 0
                       : (double)SURVIVAL_DAYS / OVERVIEW_POINTS;
    double last = -1;
    for (size_t i = 0; i < out->curve->step_count; i++) {
        double day = out->curve->steps[i].time;
        bool is_end = i + 1 == out->curve->step_count;
        if (day - last < apart && !is_end)
            continue;
        struct overview_step *step = &steps[out->step_count++];
        step->day = last = day;
        survival_at(out->curve, day, SURVIVAL_LOG_LOG, level, &step->at);
    }
    out->steps = steps;
}

/* The plan's curve once more, for its steps: to day 90, who lives longer is censored there. */
static void show_survival(const struct showing *showing)
{
    struct overview_survival *out = &showing->out->survival;
    const struct analysis_result *result = &showing->results[RESULT_SURVIVAL];
    const struct result_part *part = first_part(showing, RESULT_SURVIVAL);
    const struct column *time = column_named(result->dataset, "DAYS");
    const struct column *died = column_named(result->dataset, "DIED");
    struct arena *arena = showing->input->arena;
    double *days = ARENA_ARRAY(arena, double, part->row_count);
    bool *is_event = ARENA_ARRAY(arena, bool, part->row_count);
    size_t count = 0;
    for (size_t i = 0; time != NULL && died != NULL && i < part->row_count; i++) {
        size_t row = part->rows[i];
        if (!cell_has_value(time, row) || time->numbers[row] < 0)
            continue;
        days[count] = fmin(time->numbers[row], SURVIVAL_DAYS);
        is_event[count++] =
            cell_is_yes(died, row) && time->numbers[row] <= SURVIVAL_DAYS;
    }
    bool is_fit = survival_fit(&(struct survival_input){days, is_event, count, NULL},
                               arena, &out->curve);
    ASSERT(is_fit); /* no time is negative */
    double level = showing->input->plan->collector->plan->level;
    for (size_t i = 0; i < ARRAY_COUNT(overview_days); i++)
        survival_at(out->curve, overview_days[i], SURVIVAL_LOG_LOG, level, &out->at[i]);
    list_steps(out, level, arena);
}

/* --- time to access ------------------------------------------------------------------- */

static const double *few_of(const double *values, size_t *count, struct arena *arena)
{
    const struct sample *all = sample_sort(values, *count, arena);
    ASSERT(all != NULL);
    if (*count <= OVERVIEW_POINTS)
        return all->values;
    double *few = ARENA_ARRAY(arena, double, OVERVIEW_POINTS);
    for (size_t i = 0; i < OVERVIEW_POINTS; i++)
        few[i] = all->values[i * (*count - 1) / (OVERVIEW_POINTS - 1)];
    *count = OVERVIEW_POINTS;
    return few;
}

static void show_access(const struct showing *showing)
{
    struct overview_access *out = &showing->out->access;
    const struct dataset *dataset = showing->results[RESULT_ACCESS].dataset;
    const struct result_part *part = first_part(showing, RESULT_ACCESS);
    const struct column *reached = column_named(dataset, "TACC");
    const struct column *ended = column_named(dataset, "TACCKM");
    struct arena *arena = showing->input->arena;
    double *minutes = ARENA_ARRAY(arena, double, part->row_count);
    double *never = ARENA_ARRAY(arena, double, part->row_count);
    out->total = part->row_count;
    for (size_t i = 0; reached != NULL && ended != NULL && i < part->row_count; i++) {
        size_t row = part->rows[i];
        if (cell_has_value(reached, row))
            minutes[out->minute_count++] = reached->numbers[row];
        else if (cell_has_value(ended, row))
            never[out->never_count++] = ended->numbers[row];
        else
            out->missing++;
    }
    out->low = result_value(part, "q25");
    out->median = result_value(part, "median");
    out->high = result_value(part, "q75");
    out->minutes = few_of(minutes, &out->minute_count, arena);
    out->never = few_of(never, &out->never_count, arena);
}

/* --- all ------------------------------------------------------------------------------- */

static struct dataset *const *put_together(const struct overview_input *input,
                                           struct arena *arena)
{
    const struct collector *collector = input->plan->collector;
    size_t count = collector->plan->dataset_count;
    struct dataset **datasets = ARENA_ARRAY(arena, struct dataset *, count);
    for (size_t i = 0; i < count; i++) {
        size_t rows = 0;
        for (size_t k = 0; k < input->count; k++)
            if (input->facts[k]->rows != NULL)
                rows += input->facts[k]->rows[i].count;
        datasets[i] = dataset_like(collector->datasets[i], rows, arena);
        for (size_t k = 0; k < input->count; k++)
            if (input->facts[k]->rows != NULL)
                dataset_put(datasets[i], &input->facts[k]->rows[i]);
    }
    return datasets;
}

/* A study without a plan has no endpoint, only reasons. */
static void show_nothing(const struct overview_input *input, struct overview *out)
{
    struct overview_proportion *all[] = {&out->first_attempt,   &out->two_attempts,
                                         &out->removed_in_time, &out->recovery,
                                         &out->stable_delivery, &out->efficacy,
                                         &out->any_harm};
    struct estimate none = not_estimable("there is nobody to count");
    for (size_t i = 0; i < ARRAY_COUNT(all); i++)
        *all[i] = (struct overview_proportion){
            .found = {.estimate = none,
                      .wilson = no_interval(none.reason),
                      .clopper_pearson = no_interval(none.reason)}};
    for (int m = 0; m < FLOW_MODE_COUNT; m++)
        out->flows[m].low = out->flows[m].median = out->flows[m].high = none;
    out->access.low = out->access.median = out->access.high = none;
    bool is_fit = survival_fit(&(struct survival_input){.count = 0}, input->arena,
                               &out->survival.curve);
    ASSERT(is_fit);
    for (size_t i = 0; i < ARRAY_COUNT(overview_days); i++)
        survival_at(out->survival.curve, overview_days[i], SURVIVAL_LOG_LOG, 0.95,
                    &out->survival.at[i]);
}

void overview_results(const struct overview_input *input, struct overview *out)
{
    struct analysis_result *results = NULL;
    if (input->plan == NULL) {
        show_nothing(input, out);
        return;
    }
    struct arena *scratch = arena_new(ANALYSIS_ARENA);
    analyse(input->plan->collector->plan, put_together(input, scratch), scratch,
            &results);
    struct showing showing = {input, results, out};
    show_proportions(&showing);
    show_harms(&showing);
    show_flows(&showing);
    show_survival(&showing);
    show_access(&showing);
    arena_free(scratch);
}

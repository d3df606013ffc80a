/* The analysis plan's results, and from one of them back to the answers behind it. */
#include "actions/analysis.h"

#include "base/hex.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static void write_words(struct json_writer *json, const char *key,
                        const struct plan_words *words)
{
    if (words->en.len == 0)
        return;
    json_key(json, key);
    json_object(json);
    json_member_text(json, "en", words->en);
    json_member_text(json, "zh", words->zh);
    json_end(json);
}

static void write_hash(struct json_writer *json, const char *key,
                       const struct hash *hash)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    hex_print(hash->bytes, HASH_SIZE, digits);
    json_member_text(json, key, (struct text){digits, sizeof digits});
}

static void write_cut(struct json_writer *json, const struct analysis_report *report)
{
    const struct analysis_plan *plan = report->plan;
    json_member_text(json, "plan", plan->version);
    write_hash(json, "plan_hash", &report->plan_content);
    if (report->plan_published != 0)
        json_member_integer(json, "plan_published", report->plan_published);
    json_member_text(json, "design", report->design);
    json_key(json, "level");
    json_double(json, plan->level);
    json_member_integer(json, "seq", report->cut.seq);
    json_member_instant(json, "at", report->cut.time);
}

/* --- results -------------------------------------------------------------------------- */

static void write_value(struct json_writer *json, const struct result_value *value)
{
    json_object(json);
    json_member_text(json, "operation", value->operation);
    write_words(json, "about", &value->words);
    json_key(json, "value");
    if (is_estimated(value->value)) {
        json_double(json, value->value.value);
    } else {
        json_null(json);
        const struct plan_words reason = {text_of(value->value.reason),
                                          reason_chinese(value->value.reason)};
        write_words(json, "reason", &reason);
    }
    json_end(json);
}

static void write_part(struct json_writer *json, const struct result_part *part)
{
    json_object(json);
    if (part->group.len > 0)
        json_member_text(json, "group", part->group);
    write_words(json, "group_label", &part->group_words);
    json_member_integer(json, "rows", (int64_t)part->row_count);
    json_member_integer(json, "missing", (int64_t)part->missing);
    json_key(json, "values");
    json_array(json);
    for (size_t i = 0; i < part->value_count; i++)
        write_value(json, &part->values[i]);
    json_end(json);
    json_end(json);
}

/* Of the analyses that tell a number at times. */
static void write_time_unit(struct json_writer *json,
                            const struct analysis_result *result)
{
    const struct plan_argument *time = plan_argument(result->analysis, "time");
    const struct plan_dataset *dataset = result->dataset->plan;
    int32_t at = time == NULL ? -1 : plan_variable(dataset, time->text);
    if (at >= 0 && dataset->variables[at].unit.len > 0)
        json_member_text(json, "time_unit", dataset->variables[at].unit);
}

static void write_result(struct json_writer *json, const struct analysis_plan *plan,
                         const struct analysis_result *result)
{
    const struct plan_analysis *analysis = result->analysis;
    const struct plan_population *population =
        plan_population(plan, analysis->population);
    json_object(json);
    json_member_text(json, "id", analysis->id);
    json_member_text(json, "endpoint", analysis->endpoint);
    json_member_text(json, "purpose", text_of(plan_purpose_names[analysis->purpose]));
    json_member_text(json, "method", analysis->method);
    write_words(json, "label", &analysis->label);
    write_words(json, "missing", &analysis->missing);
    write_words(json, "estimated", &analysis->estimated);
    write_time_unit(json, result);
    json_member_text(json, "population", analysis->population);
    write_words(json, "population_label", &population->label);
    json_member_integer(json, "population_n", (int64_t)result->population);
    json_key(json, "parts");
    json_array(json);
    for (size_t i = 0; i < result->part_count; i++)
        write_part(json, &result->parts[i]);
    json_end(json);
    json_end(json);
}

static void write_choices(struct json_writer *json, const struct analysis_plan *plan)
{
    json_key(json, "choices");
    json_array(json);
    for (size_t i = 0; i < plan->choice_count; i++) {
        json_object(json);
        json_member_text(json, "name", plan->choices[i].name);
        write_words(json, "label", &plan->choices[i].label);
        write_words(json, "says", &plan->choices[i].says);
        json_end(json);
    }
    json_end(json);
}

static void write_figures(struct json_writer *json, const struct analysis_plan *plan)
{
    json_key(json, "figures");
    json_array(json);
    for (size_t i = 0; i < plan->figure_count; i++) {
        json_object(json);
        json_member_text(json, "id", plan->figures[i].id);
        json_member_text(json, "kind", plan->figures[i].kind);
        write_words(json, "label", &plan->figures[i].label);
        write_words(json, "caption", &plan->figures[i].caption);
        json_end(json);
    }
    json_end(json);
}

static bool run(const struct request *request, struct text rows_of, struct arena *arena,
                struct analysis_report *report, struct error *err)
{
    struct analysis_request wanted = {.rows_of = rows_of};
    return analysis_run(request->study, request->caller, &wanted, arena, report, err);
}

static bool respond(struct request *request, struct response *response,
                    const struct analysis_report *report, struct error *err)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_cut(&json, report);
    write_choices(&json, report->plan);
    json_key(&json, "analyses");
    json_array(&json);
    for (size_t i = 0; i < report->plan->analysis_count; i++)
        write_result(&json, report->plan, &report->results[i]);
    json_end(&json);
    write_figures(&json, report->plan);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_analysis(struct request *request, struct response *response,
                     struct error *err)
{
    struct analysis_report report;
    struct arena *arena = arena_new(ANALYSIS_ARENA);
    bool is_done = run(request, (struct text){0}, arena, &report, err) &&
                   respond(request, response, &report, err);
    arena_free(arena);
    return is_done;
}

/* --- the rows behind one -------------------------------------------------------------- */

static void write_source(struct json_writer *json, const struct analysis_source *source)
{
    json_object(json);
    json_member_text(json, "form", source->form);
    if (source->event.len > 0) {
        json_member_text(json, "event", source->event);
        json_member_integer(json, "event_repeat", source->event_repeat);
        json_member_integer(json, "form_repeat", source->form_repeat);
    }
    json_member_text(json, "item", source->item);
    json_member_integer(json, "row", source->row);
    json_member_text(json, "value", source->value);
    json_end(json);
}

static void write_row(struct json_writer *json, const struct analysis_row *row)
{
    json_object(json);
    json_member_integer(json, "at", (int64_t)row->at + 1);
    json_member_integer(json, "participant", row->participant);
    json_member_text(json, "number", row->number);
    json_member_bool(json, "is_event", row->is_event);
    if (row->form.len > 0) {
        json_member_text(json, "form", row->form);
        json_member_text(json, "event", row->event);
        json_member_integer(json, "event_repeat", row->place.event_repeat);
        json_member_integer(json, "form_repeat", row->place.form_repeat);
        json_member_integer(json, "row", row->place.row);
    }
    json_key(json, "sources");
    json_array(json);
    for (size_t i = 0; i < row->source_count; i++)
        write_source(json, &row->sources[i]);
    json_end(json);
    json_end(json);
}

static bool respond_rows(struct request *request, struct response *response,
                         const struct analysis_report *report, struct error *err)
{
    size_t at = 0;
    while (!text_equal(report->plan->analyses[at].id, request->places[0]))
        at++;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_cut(&json, report);
    json_key(&json, "result");
    write_result(&json, report->plan, &report->results[at]);
    json_member_integer(&json, "not_named", (int64_t)report->rows_not_named);
    json_key(&json, "rows");
    json_array(&json);
    for (size_t i = 0; i < report->row_count; i++)
        write_row(&json, &report->rows[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_analysis_rows(struct request *request, struct response *response,
                          struct error *err)
{
    struct analysis_report report;
    struct arena *arena = arena_new(ANALYSIS_ARENA);
    bool is_done = run(request, request->places[0], arena, &report, err) &&
                   respond_rows(request, response, &report, err);
    arena_free(arena);
    return is_done;
}

/* --- figures -------------------------------------------------------------------------- */

bool handle_analysis_figure(struct request *request, struct response *response,
                            struct error *err)
{
    struct text tag = request_query(request, "language"), name = request->places[0];
    const struct text ending = TEXT(".svg");
    struct analysis_figure wanted = {.study = request->study,
                                     .caller = request->caller};
    struct buffer buffer = response_buffer(request);
    if (!text_is_absent(tag) && !language_of_text(tag, &wanted.language))
        return error_set(err, ERROR_REFUSED, "language is en or zh");
    if (name.len <= ending.len ||
        !text_equal(text_part(name, name.len - ending.len, ending.len), ending))
        return error_set(err, ERROR_NOT_FOUND, "a figure is named NAME.svg");
    wanted.id = text_part(name, 0, name.len - ending.len);
    struct arena *arena = arena_new(ANALYSIS_ARENA);
    bool is_drawn = analysis_figure_svg(&wanted, arena, &buffer, err);
    arena_free(arena);
    if (!is_drawn)
        return false;
    response->content_type = "image/svg+xml";
    return buffer_text(&buffer, &response->body, err);
}

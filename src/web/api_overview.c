/* The overview: what actions/overview.h has counted, as JSON. */
#include "actions/overview.h"

#include "formats/design_json.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

/* A number; or null, and "NAME_reason" says why. */
static void write_estimate(struct json_writer *json, const char *name,
                           struct estimate estimate, struct arena *arena)
{
    json_key(json, name);
    if (is_estimated(estimate)) {
        json_double(json, estimate.value);
        return;
    }
    json_null(json);
    json_key_text(json, text_format(arena, "%s_reason", name));
    json_text(json, text_of(estimate.reason));
}

static void write_count(struct json_writer *json, const char *name, size_t count)
{
    json_member_integer(json, name, (int64_t)count);
}

static void write_interval(struct json_writer *json, const char *name,
                           struct interval interval)
{
    json_key(json, name);
    if (!is_estimated(interval.lower) || !is_estimated(interval.upper)) {
        json_null(json);
        return;
    }
    json_array(json);
    json_double(json, interval.lower.value);
    json_double(json, interval.upper.value);
    json_end(json);
}

/* --- enrolment and screening ---------------------------------------------------------- */

/* A date of the study, without a time; nothing when it is not known. */
static void write_date(struct json_writer *json, const char *name, int64_t instant,
                       int32_t offset_minutes)
{
    if (instant == 0)
        return;
    struct moment date = moment_of_instant(instant, offset_minutes);
    date.precision = MOMENT_DAY;
    date.has_offset = false;
    char text[MOMENT_TEXT_SIZE];
    size_t len = moment_print(&date, text);
    json_member_text(json, name, (struct text){text, len});
}

static void write_enrolment(struct json_writer *json,
                            const struct overview_enrolment *enrolment,
                            struct arena *arena)
{
    json_key(json, "enrolment");
    json_object(json);
    write_count(json, "enrolled", enrolment->enrolled);
    if (enrolment->target > 0)
        write_count(json, "target", enrolment->target);
    write_count(json, "every", enrolment->every);
    json_key(json, "times");
    json_array(json);
    for (size_t i = 0; i < enrolment->time_count; i++)
        json_instant(json, enrolment->times[i]);
    json_end(json);
    write_date(json, "first", enrolment->first, enrolment->offset_minutes);
    write_date(json, "last", enrolment->last, enrolment->offset_minutes);
    write_date(json, "follow_up", enrolment->follow_up, enrolment->offset_minutes);
    write_estimate(json, "per_month", enrolment->per_month, arena);
    write_estimate(json, "planned_per_month", enrolment->planned, arena);
    write_estimate(json, "expected", enrolment->expected, arena);
    write_estimate(json, "needed_per_month", enrolment->needed, arena);
    if (is_estimated(enrolment->projected))
        json_member_instant(json, "projected", (int64_t)enrolment->projected.value);
    else
        json_member_text(json, "projected_reason",
                         text_of(enrolment->projected.reason));
    json_end(json);
}

static void write_screening(struct json_writer *json,
                            const struct overview_screening *screening)
{
    json_key(json, "screening");
    json_object(json);
    write_count(json, "screened", screening->screened);
    write_count(json, "eligible", screening->eligible);
    write_count(json, "not_eligible", screening->not_eligible);
    write_count(json, "undecided", screening->undecided);
    write_count(json, "consented", screening->consented);
    write_count(json, "deferred", screening->deferred);
    write_count(json, "missed", screening->missed);
    write_count(json, "declined", screening->declined);
    write_count(json, "no_need", screening->no_need);
    write_count(json, "died", screening->died);
    write_count(json, "enrolled", screening->enrolled);
    write_count(json, "placed", screening->placed);
    write_count(json, "failed", screening->failed);
    write_count(json, "day28_known", screening->known);
    write_count(json, "day28_not_yet", screening->not_yet);
    write_count(json, "day28_unknown", screening->unknown);
    json_end(json);
}

/* --- estimates ------------------------------------------------------------------------ */

static void write_proportion(struct json_writer *json, const char *name,
                             const struct overview_proportion *proportion,
                             struct arena *arena)
{
    json_key(json, name);
    json_object(json);
    write_count(json, "events", proportion->events);
    write_count(json, "total", proportion->total);
    write_count(json, "missing", proportion->missing);
    write_count(json, "left_out", proportion->left_out);
    write_estimate(json, "estimate", proportion->found.estimate, arena);
    write_interval(json, "wilson", proportion->found.wilson);
    write_interval(json, "clopper_pearson", proportion->found.clopper_pearson);
    json_end(json);
}

static void write_at(struct json_writer *json, double day, const struct survival_at *at,
                     struct arena *arena)
{
    json_object(json);
    json_key(json, "day");
    json_double(json, day);
    write_estimate(json, "survival", at->survival, arena);
    write_interval(json, "interval", at->interval);
    write_count(json, "at_risk", at->at_risk);
    write_count(json, "events", at->events);
    write_count(json, "censored", at->censored);
    json_end(json);
}

static void write_survival(struct json_writer *json,
                           const struct overview_survival *survival,
                           struct arena *arena)
{
    json_key(json, "survival");
    json_object(json);
    write_count(json, "n", survival->curve->count);
    write_count(json, "events", survival->curve->events);
    json_key(json, "at");
    json_array(json);
    for (size_t i = 0; i < ARRAY_COUNT(survival->at); i++)
        write_at(json, overview_days[i], &survival->at[i], arena);
    json_end(json);
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < survival->step_count; i++)
        write_at(json, survival->steps[i].day, &survival->steps[i].at, arena);
    json_end(json);
    json_end(json);
}

static void write_numbers(struct json_writer *json, const char *name,
                          const double *values, size_t count)
{
    json_key(json, name);
    json_array(json);
    for (size_t i = 0; i < count; i++)
        json_double(json, values[i]);
    json_end(json);
}

static void write_access(struct json_writer *json, const struct overview_access *access,
                         struct arena *arena)
{
    json_key(json, "access");
    json_object(json);
    write_count(json, "total", access->total);
    write_count(json, "missing", access->missing);
    write_numbers(json, "minutes", access->minutes, access->minute_count);
    write_numbers(json, "never", access->never, access->never_count);
    write_estimate(json, "median", access->median, arena);
    write_estimate(json, "low", access->low, arena);
    write_estimate(json, "high", access->high, arena);
    json_end(json);
}

static void write_flows(struct json_writer *json, const struct overview *overview,
                        struct arena *arena)
{
    json_key(json, "flows");
    json_array(json);
    for (size_t i = 0; i < FLOW_MODE_COUNT; i++) {
        const struct overview_flow *flow = &overview->flows[i];
        if (flow->mode == NULL)
            continue;
        json_object(json);
        design_json_label(json, "mode", flow->mode->label);
        write_count(json, "tests", flow->tests);
        write_count(json, "participants", flow->participants);
        write_estimate(json, "median", flow->median, arena);
        write_estimate(json, "low", flow->low, arena);
        write_estimate(json, "high", flow->high, arena);
        json_end(json);
    }
    json_end(json);
}

static void write_harms(struct json_writer *json, const struct overview *overview)
{
    json_key(json, "harms");
    json_array(json);
    for (size_t i = 0; i < OVERVIEW_HARMS && overview->harms[i].term != NULL; i++) {
        json_object(json);
        design_json_label(json, "term", overview->harms[i].term->label);
        write_count(json, "participants", overview->harms[i].participants);
        json_end(json);
    }
    json_end(json);
}

static void write_proportions(struct json_writer *json, const struct overview *overview,
                              struct arena *arena)
{
    const struct {
        const char *name;
        const struct overview_proportion *proportion;
    } all[] = {{"first_attempt", &overview->first_attempt},
               {"two_attempts", &overview->two_attempts},
               {"recovery", &overview->recovery},
               {"stable_delivery", &overview->stable_delivery},
               {"efficacy", &overview->efficacy},
               {"removed_in_time", &overview->removed_in_time},
               {"any_harm", &overview->any_harm}};
    for (size_t i = 0; i < ARRAY_COUNT(all); i++)
        write_proportion(json, all[i].name, all[i].proportion, arena);
}

/* --- participants --------------------------------------------------------------------- */

static void write_person(struct json_writer *json, const struct overview_person *person)
{
    if (person->id != 0)
        json_member_integer(json, "id", person->id);
    write_optional_text(json, "number", person->number);
    write_optional_text(json, "bed", person->bed);
    write_optional_instant(json, "at", person->at);
    if (person->event != NULL)
        json_member_text(json, "event", person->event->oid);
}

static void write_needles(struct json_writer *json, const struct overview *overview)
{
    json_key(json, "needles");
    json_array(json);
    for (size_t i = 0; i < overview->needle_count && i < LIMIT_LIST; i++) {
        const struct overview_needle *needle = &overview->needles[i];
        json_object(json);
        write_person(json, &needle->person);
        if (needle->place != NULL)
            design_json_label(json, "place", needle->place->label);
        json_member_bool(json, "justified", needle->is_justified);
        json_end(json);
    }
    json_end(json);
}

static void write_attention(struct json_writer *json, const struct overview *overview)
{
    static const char *const names[] = {[NEED_SAFETY_LATE] = "safety_late",
                                        [NEED_SAFETY] = "safety",
                                        [NEED_OUT] = "needle_out",
                                        [NEED_JUSTIFY] = "needle_justify",
                                        [NEED_DECIDE] = "needle_near",
                                        [NEED_ATTACH] = "attach",
                                        [NEED_CONSENT] = "consent",
                                        [NEED_QUERIES] = "queries",
                                        [NEED_OVERDUE] = "overdue",
                                        [NEED_MISSED] = "missed",
                                        [NEED_DUE] = "due"};
    json_key(json, "attention");
    json_array(json);
    for (size_t i = 0; i < NEED_COUNT; i++) {
        const struct overview_attention *need = &overview->attention[i];
        if (need->count == 0)
            continue;
        json_object(json);
        json_member_text(json, "need", text_of(names[i]));
        write_count(json, "count", need->count);
        write_count(json, "participants", need->participants);
        json_key(json, "named");
        json_array(json);
        for (size_t k = 0; k < need->named_count; k++) {
            if (need->named[k].id == 0)
                continue;
            json_object(json);
            write_person(json, &need->named[k]);
            json_end(json);
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void write_completeness(struct json_writer *json,
                               const struct overview *overview)
{
    json_key(json, "completeness");
    json_array(json);
    for (size_t i = 0; i < overview->cell_count; i++) {
        const struct overview_cell *cell = &overview->cells[i];
        json_object(json);
        json_member_text(json, "event", cell->event->oid);
        json_member_text(json, "form", cell->form->oid);
        write_count(json, "forms", cell->forms);
        write_count(json, "answered", cell->answered);
        write_count(json, "expected", cell->expected);
        json_end(json);
    }
    json_end(json);
}

bool handle_overview(struct request *request, struct response *response,
                     struct error *err)
{
    struct overview *overview = NULL;
    if (!overview_read(request->study, request->caller, request->arena, &overview, err))
        return false;
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_instant(&json, "now", overview->now);
    json_member_integer(&json, "seq", overview->seq);
    write_count(&json, "read", overview->read);
    write_count(&json, "of", overview->of);
    json_member_bool(&json, "all_sites", overview->is_of_all_sites);
    json_member_bool(&json, "insertions", overview->has_insertions);
    write_enrolment(&json, &overview->enrolment, request->arena);
    write_screening(&json, &overview->screening);
    write_proportions(&json, overview, request->arena);
    write_harms(&json, overview);
    write_flows(&json, overview, request->arena);
    write_survival(&json, &overview->survival, request->arena);
    write_access(&json, &overview->access, request->arena);
    write_needles(&json, overview);
    write_attention(&json, overview);
    write_completeness(&json, overview);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

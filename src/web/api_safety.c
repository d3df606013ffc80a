/* The work list and the safety page, as JSON. */
#include "actions/deviation_review.h"
#include "actions/grade_decide.h"
#include "actions/safety_review.h"
#include "actions/study_items.h"
#include "actions/work_list.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static void write_place(struct json_writer *json, const struct form_key *key)
{
    json_member_integer(json, "participant", key->participant);
    if (key->form.len > 0) /* else it is about the participant */
        write_form_key(json, key);
}

static void write_label(struct json_writer *json, const char *key, struct label label)
{
    if (label.english.len > 0)
        design_json_label(json, key, label);
}

/* --- work ----------------------------------------------------------------------------- */

static void write_work(struct json_writer *json, const struct work_entry *entry)
{
    static const char *const levels[] = {
        [WORK_LATE] = "late", [WORK_DUE] = "due", [WORK_NEXT] = "next"};
    json_object(json);
    json_member_text(json, "kind", work_kind_name(entry->kind));
    json_member_text(json, "level", text_of(levels[entry->level]));
    json_member_text(json, "number", entry->number);
    write_place(json, &entry->key);
    write_optional_instant(json, "since", entry->since);
    write_optional_instant(json, "due_at", entry->due_at);
    write_optional_instant(json, "ends_at", entry->ends_at);
    write_label(json, "what", entry->what);
    write_label(json, "source", entry->source);
    if (entry->query != 0)
        json_member_integer(json, "query", entry->query);
    if (entry->image != 0)
        json_member_integer(json, "image", entry->image);
    if (entry->count != 0)
        json_member_integer(json, "count", entry->count);
    json_end(json);
}

bool handle_work(struct request *request, struct response *response, struct error *err)
{
    struct work_list list;
    if (!work_list_read(request->study, request->caller, request->arena, &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "work");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_work(&json, &list.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- safety --------------------------------------------------------------------------- */

static void write_clock(struct json_writer *json, const struct safety_clock *clock)
{
    static const char *const states[] = {[CLOCK_RUNS] = "runs",
                                         [CLOCK_NEAR] = "near",
                                         [CLOCK_LATE] = "late",
                                         [CLOCK_DONE] = "done",
                                         [CLOCK_DONE_LATE] = "done_late"};
    json_object(json);
    json_member_text(json, "name", safety_clock_code(clock->name));
    design_json_label(json, "label", safety_clock_label(clock->name));
    design_json_label(json, "source", safety_clock_source(clock->name));
    json_member_text(json, "state", text_of(states[clock->state]));
    json_member_instant(json, "warns_at", clock->warns_at);
    json_member_instant(json, "due_at", clock->due_at);
    write_optional_instant(json, "done_at", clock->done_at);
    json_end(json);
}

static void write_safety_review(struct json_writer *json,
                                const struct safety_review_view *review)
{
    json_member_integer(json, "seen", review->seen);
    json_member_bool(json, "may_review", review->may);
    if (!review->is_reviewed)
        return;
    json_key(json, "reviewed");
    json_object(json);
    json_member_text(json, "by", review->by);
    json_member_instant(json, "at", review->at);
    json_member_bool(json, "stands", review->stands);
    write_optional_text(json, "note", review->note);
    json_end(json);
}

static void write_event(struct json_writer *json, const struct safety_event *event)
{
    json_object(json);
    json_member_text(json, "number", event->number);
    write_place(json, &event->key);
    if (event->sequence != 0)
        json_member_integer(json, "sequence", event->sequence);
    write_optional_text(json, "term", event->term);
    write_optional_text(json, "grade", event->grade);
    write_optional_text(json, "related", event->related);
    write_optional_text(json, "outcome", event->outcome);
    write_optional_text(json, "adjudged", event->adjudged);
    write_optional_instant(json, "began_at", event->began_at);
    write_optional_instant(json, "aware_at", event->aware_at);
    json_member_bool(json, "serious", event->is_serious);
    if (event->has_report) {
        json_key(json, "report");
        json_object(json);
        write_place(json, &event->report_key);
        write_optional_text(json, "reasons", event->reasons);
        write_optional_text(json, "expected", event->expected);
        write_safety_review(json, &event->review);
        json_end(json);
    }
    if (event->origin.key.form.len > 0) {
        json_key(json, "laboratory");
        json_object(json);
        write_place(json, &event->origin.key);
        json_member_text(json, "item", event->origin.item);
        json_end(json);
    }
    json_key(json, "clocks");
    json_array(json);
    for (size_t i = 0; i < event->clock_count; i++)
        write_clock(json, &event->clocks[i]);
    json_end(json);
    json_end(json);
}

static void write_assessment(struct json_writer *json,
                             const struct deviation_review *review)
{
    json_member_integer(json, "seen", review->seen);
    json_member_bool(json, "may_assess", review->may);
    if (review->bar != NULL)
        design_json_label(json, "bar", *review->bar);
    if (!review->is_assessed)
        return;
    json_key(json, "assessed");
    json_object(json);
    json_member_text(json, "by", review->by);
    json_member_instant(json, "at", review->at);
    json_member_bool(json, "stands", review->stands);
    json_member_text(json, "severity", review->severity);
    json_member_text(json, "report", review->report);
    write_optional_text(json, "reported_on", review->reported_on);
    write_optional_text(json, "note", review->note);
    json_end(json);
}

static void write_notes(struct json_writer *json, const char *key,
                        const struct safety_note *notes, size_t count)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        json_object(json);
        json_member_text(json, "number", notes[i].number);
        write_place(json, &notes[i].key);
        write_optional_text(json, "kind", notes[i].kind);
        write_optional_text(json, "weight", notes[i].weight);
        write_optional_instant(json, "at", notes[i].at);
        json_member_bool(json, "by_program", notes[i].is_by_program);
        if (text_equal(notes[i].key.form, FORM_DEVIATION))
            write_assessment(json, &notes[i].review);
        json_end(json);
    }
    json_end(json);
}

static void write_number(struct json_writer *json, const char *key,
                         const struct ctcae_number *number)
{
    char printed[DECIMAL_TEXT_SIZE];
    if (number->is_known)
        json_member_text(json, key,
                         (struct text){printed, decimal_print(number->value, printed)});
}

static void write_proposal(struct json_writer *json,
                           const struct laboratory_proposal *proposal)
{
    struct ctcae_number value = {true, proposal->value};
    json_object(json);
    json_member_text(json, "number", proposal->number);
    write_place(json, &proposal->key);
    json_member_text(json, "item", proposal->term->item);
    design_json_label(json, "term", proposal->term->term);
    json_member_integer(json, "grade", proposal->rule->grade);
    json_member_text(json, "rule", proposal->rule->says);
    write_number(json, "value", &value);
    write_number(json, "low", &proposal->low);
    write_number(json, "high", &proposal->high);
    write_number(json, "baseline", &proposal->baseline);
    json_member_integer(json, "baseline_grade", proposal->baseline_grade);
    json_member_integer(json, "recorded_grade", proposal->recorded_grade);
    json_member_integer(json, "seen", proposal->of_seq);
    write_optional_instant(json, "specimen_at", proposal->specimen_at);
    if (proposal->message != 0)
        json_member_integer(json, "message", proposal->message);
    json_member_bool(json, "may_decide", proposal->may_decide);
    json_end(json);
}

bool handle_safety(struct request *request, struct response *response,
                   struct error *err)
{
    struct safety_list list;
    if (!safety_read(request->study, request->caller, request->arena, &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "events");
    json_array(&json);
    for (size_t i = 0; i < list.event_count; i++)
        write_event(&json, &list.events[i]);
    json_end(&json);
    write_notes(&json, "deficiencies", list.deficiencies, list.deficiency_count);
    write_notes(&json, "deviations", list.deviations, list.deviation_count);
    json_key(&json, "proposed");
    json_array(&json);
    for (size_t i = 0; i < list.proposed.count; i++)
        write_proposal(&json, &list.proposed.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- the review ----------------------------------------------------------------------- */

bool handle_safety_review(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    struct safety_review_make *verb =
        ARENA_NEW(request->arena, struct safety_review_make);
    struct json_fields in;
    verb->act = request_act_of(request, safety_review_make);
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->seen = json_field_integer(&in, "seen", 0, INT64_MAX);
    verb->note = json_field_optional_text(&in, "note", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}

bool handle_grade_decide(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct grade_decide *verb = ARENA_NEW(request->arena, struct grade_decide);
    struct json_fields in;
    verb->act = request_act_of(request, grade_decide);
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->term = json_field_text(&in, "term", LIMIT_OID);
    verb->seen = json_field_integer(&in, "seen", 0, INT64_MAX);
    verb->is_accepted = json_field_bool(&in, "accept");
    verb->is_serious = json_field_optional_bool(&in, "serious", false);
    verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}

bool handle_deviation_assess(struct request *request, struct response *response,
                             struct error *err)
{
    (void)response;
    struct deviation_assess *verb = ARENA_NEW(request->arena, struct deviation_assess);
    struct json_fields in;
    verb->act = request_act_of(request, deviation_assess);
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->seen = json_field_integer(&in, "seen", 0, INT64_MAX);
    verb->severity = json_field_text(&in, "severity", LIMIT_OID);
    verb->report = json_field_text(&in, "report", LIMIT_OID);
    verb->reported_on = json_field_optional_text(&in, "reported_on", LIMIT_OID);
    verb->note = json_field_optional_text(&in, "note", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}

/* Versions of the analysis plan: which there are, publishing one; running it for the log. */
#include "actions/analysis.h"
#include "actions/plan_version.h"
#include "base/hex.h"
#include "system/crypto.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static void write_change(struct json_writer *json, const struct plan_change *change)
{
    static const char *const kinds[] = {"removed", "added", "changed"};
    json_object(json);
    json_member_text(json, "change", text_of(kinds[change->kind]));
    json_member_text(json, "thing", text_of(change->thing));
    json_member_text(json, "name", change->name);
    if (change->label.en.len > 0) {
        json_key(json, "label");
        json_object(json);
        json_member_text(json, "en", change->label.en);
        json_member_text(json, "zh", change->label.zh);
        json_end(json);
    }
    if (change->kind == PLAN_CHANGED) {
        json_member_text(json, "fact", text_of(change->fact));
        json_member_text(json, "before", change->before);
        json_member_text(json, "after", change->after);
    }
    json_end(json);
}

static void write_version(struct json_writer *json, const struct plan_history *history,
                          size_t at)
{
    const struct stored_plan *version = &history->versions[at];
    json_object(json);
    json_member_integer(json, "id", version->seq);
    json_member_text(json, "version", version->version);
    json_member_text(json, "reason", version->reason);
    json_member_instant(json, "at", version->proposed_at);
    if (version->published != 0)
        json_member_instant(json, "published_at", version->published_at);
    json_member_bool(json, "may_publish", history->may_publish[at]);
    json_key(json, "changes");
    json_array(json);
    for (size_t i = 0; i < history->changes[at].count; i++)
        write_change(json, &history->changes[at].changes[i]);
    json_end(json);
    json_end(json);
}

static bool respond(struct request *request, struct response *response,
                    struct error *err)
{
    struct plan_history history;
    if (!plan_history_read(request->study, request->caller, request->arena, &history,
                           err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "versions");
    json_array(&json);
    for (size_t i = 0; i < history.count; i++)
        write_version(&json, &history, i);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_plans(struct request *request, struct response *response, struct error *err)
{
    return respond(request, response, err);
}

static bool published(struct request *request, struct response *response,
                      struct error *err)
{
    return request_outcome(request, err) && respond(request, response, err);
}

bool handle_plan_publish(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct plan_publish *verb = ARENA_NEW(request->arena, struct plan_publish);
    verb->act = request_act_of(request, plan_publish);
    return request_place_id(request, 0, &verb->proposal, err) &&
           request_says_nothing(request, err) &&
           request_act(request, &verb->act, published);
}

/* --- a run for the log ------------------------------------------------------------------- */

static void write_hash(struct json_writer *json, const char *key,
                       const struct hash *hash)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    hex_print(hash->bytes, HASH_SIZE, digits);
    json_member_text(json, key, (struct text){digits, sizeof digits});
}

struct noting {
    struct analysis_note note; /* first: request->work is its act */
    struct arena *arena;       /* of the report */
    struct analysis_report report;
};

static bool respond_noted(struct request *request, struct response *response,
                          const struct analysis_note *note, struct error *err)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "noted", note->seq);
    json_member_integer(&json, "seq", note->report->cut.seq);
    json_member_text(&json, "plan", note->report->plan->version);
    write_hash(&json, "plan_hash", &note->report->plan_content);
    write_hash(&json, "results_hash", &note->results);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool noted(struct request *request, struct response *response, struct error *err)
{
    struct noting *noting = request->work;
    bool is_done = request_outcome(request, err) &&
                   respond_noted(request, response, &noting->note, err);
    arena_free(noting->arena);
    return is_done;
}

static bool prepare(struct request *request, struct noting *noting, struct error *err)
{
    struct analysis_request wanted = {0};
    struct text json;
    if (!analysis_run(request->study, request->caller, &wanted, noting->arena,
                      &noting->report, err) ||
        !analysis_json(request->study, &noting->report, noting->arena, &json, err))
        return false;
    noting->note.act = request_act_of(request, analysis_note);
    noting->note.report = &noting->report;
    noting->note.results = hash_of(json);
    return true;
}

bool handle_analysis_note(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    struct noting *noting = ARENA_NEW(request->arena, struct noting);
    if (!request_says_nothing(request, err))
        return false;
    noting->arena = arena_new(ANALYSIS_ARENA);
    if (prepare(request, noting, err))
        return request_act(request, &noting->note.act, noted);
    arena_free(noting->arena);
    return false;
}

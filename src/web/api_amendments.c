/* Versions of the design: which there are, proposing one, what it changes and would newly
 * ask, publishing it, and moving participants to it. Reading a design takes a good part of
 * a second, a preview longer: that is done on the threads for transfers. */
#include "actions/amendment.h"
#include "actions/amendment_preview.h"
#include "actions/reconsent.h"
#include "base/limits.h"
#include "formats/design_json.h"
#include "model/design_diff_words.h"
#include "system/file.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"
#include "web/transfer.h"

/* --- what there is -------------------------------------------------------------------- */

static void write_person(struct json_writer *json, const char *name,
                         const char *full_name, const struct amendment_person *person)
{
    if (person->id == 0)
        return;
    json_member_text(json, name, person->name);
    json_member_text(json, full_name, person->full_name);
}

static void write_version(struct json_writer *json,
                          const struct design_history *history, size_t i)
{
    const struct stored_version *version = &history->versions[i];
    json_object(json);
    json_member_text(json, "version", version->version);
    json_member_instant(json, "published_at", version->published_at);
    write_person(json, "by", "full_name", &history->publishers[i]);
    if (version->proposal != 0)
        json_member_integer(json, "proposal", version->proposal);
    if (history->participants != NULL)
        json_member_integer(json, "participants", history->participants[i]);
    json_end(json);
}

static void write_proposal(struct json_writer *json,
                           const struct design_history *history, size_t i)
{
    static const char *const states[] = {"open", "published", "withdrawn"};
    const struct stored_proposal *proposal = &history->proposals[i];
    json_object(json);
    json_member_integer(json, "id", proposal->seq);
    json_member_text(json, "version", proposal->proposed.version);
    json_member_text(json, "reason", proposal->proposed.reason);
    write_optional_text(json, "approval", proposal->proposed.approval);
    write_optional_text(json, "approved_on", proposal->proposed.approved_on);
    json_member_bool(json, "needs_consent", proposal->proposed.needs_consent);
    json_member_text(json, "state", text_of(states[proposal->state]));
    write_person(json, "by", "full_name", &history->proposers[i]);
    json_member_instant(json, "at", proposal->proposed_at);
    if (proposal->state != PROPOSAL_OPEN) {
        write_person(json, "decided_by", "decided_full_name", &history->deciders[i]);
        json_member_instant(json, "decided_at", proposal->decided_at);
    }
    json_member_bool(json, "may_publish", history->may_publish[i]);
    json_end(json);
}

static bool respond_history(struct request *request, struct response *response,
                            struct error *err)
{
    struct design_history history;
    if (!design_history_read(request->study, request->caller, request->arena, &history,
                             err))
        return false;
    bool may =
        caller_may(request->caller, PERMISSION_PUBLISH_DESIGN, (struct text){0}, false);
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "in_force", study_design(request->study)->version);
    json_member_bool(&json, "may_propose", may);
    json_key(&json, "versions");
    json_array(&json);
    for (size_t i = 0; i < history.version_count; i++)
        write_version(&json, &history, i);
    json_end(&json);
    json_key(&json, "proposals");
    json_array(&json);
    for (size_t i = history.proposal_count; i-- > 0;)
        write_proposal(&json, &history, i);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_versions(struct request *request, struct response *response,
                     struct error *err)
{
    return respond_history(request, response, err);
}

/* --- on a thread of its own ----------------------------------------------------------- */

struct amending {
    struct transfer transfer; /* first */
    struct request *request;
    struct buffer answer; /* JSON; empty: the history is the answer */
    union {
        struct design_propose propose;
        struct design_publish publish;
        int64_t proposal;
    } of;
    bool is_done;
    struct error err;
};

static bool amended(struct request *request, struct response *response,
                    struct error *err)
{
    const struct amending *amending = request->work;
    if (!request_outcome(request, err))
        return false;
    if (!amending->is_done) {
        *err = amending->err;
        return false;
    }
    if (amending->answer.len == 0)
        return respond_history(request, response, err);
    response->may_be_compressed = true;
    return response_json(response, 200, &amending->answer, err);
}

static struct amending *amending_of(struct request *request)
{
    struct amending *amending = ARENA_NEW(request->arena, struct amending);
    amending->request = request;
    amending->answer = response_buffer(request);
    return amending;
}

/* --- proposing, publishing, withdrawing ----------------------------------------------- */

static void run_propose(void *work)
{
    struct amending *amending = work;
    struct design_propose *verb = &amending->of.propose;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    const char *path =
        text_format(arena, "/proc/self/fd/%d", amending->request->file).at;
    verb->act.arena = arena;
    amending->is_done =
        file_read(path, LIMIT_DESIGN_BYTES, arena, &verb->xml, &amending->err) &&
        design_propose_prepare(verb, &amending->err) &&
        act_run(&verb->act, &amending->err);
    arena_free(arena);
}

bool handle_proposal_add(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    if (request->file < 0)
        return error_set(err, ERROR_MALFORMED,
                         "the request needs a body, the design (ODM 2.0)");
    struct amending *amending = amending_of(request);
    amending->of.propose = (struct design_propose){
        .act = request_act_of(request, design_propose),
        .reason = request_query(request, "reason"),
        .approval = request_query(request, "approval"),
        .approved_on = request_query(request, "approved_on"),
        .needs_consent =
            text_equal(request_query(request, "needs_consent"), TEXT("yes"))};
    return request_transfer(request, "design", run_propose, amending, amended);
}

static void run_publish(void *work)
{
    struct amending *amending = work;
    struct design_publish *verb = &amending->of.publish;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    verb->act.arena = arena;
    amending->is_done = design_publish_prepare(verb, &amending->err) &&
                        act_run(&verb->act, &amending->err);
    design_publish_end(verb);
    arena_free(arena);
}

bool handle_proposal_publish(struct request *request, struct response *response,
                             struct error *err)
{
    (void)response;
    struct amending *amending = amending_of(request);
    int64_t proposal = 0;
    if (!request_place_id(request, 0, &proposal, err) ||
        !request_says_nothing(request, err))
        return false;
    amending->of.publish = (struct design_publish){
        .act = request_act_of(request, design_publish), .proposal = proposal};
    return request_transfer(request, "design", run_publish, amending, amended);
}

static bool withdrawn(struct request *request, struct response *response,
                      struct error *err)
{
    return request_outcome(request, err) && respond_history(request, response, err);
}

bool handle_proposal_withdraw(struct request *request, struct response *response,
                              struct error *err)
{
    (void)response;
    struct design_withdraw *verb = ARENA_NEW(request->arena, struct design_withdraw);
    struct json_fields in;
    verb->act = request_act_of(request, design_withdraw);
    if (!request_place_id(request, 0, &verb->proposal, err) ||
        !request_json(request, &in, err))
        return false;
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, withdrawn);
}

/* --- what it changes ------------------------------------------------------------------ */

static void write_change(struct json_writer *json, const struct design_change *change,
                         struct arena *arena)
{
    static const char *const kinds[] = {[DESIGN_REMOVED] = "removed",
                                        [DESIGN_ADDED] = "added",
                                        [DESIGN_CHANGED] = "changed"};
    json_object(json);
    json_member_text(json, "change", text_of(kinds[change->kind]));
    json_member_text(json, "thing", text_of(change->thing));
    json_member_text(json, "oid", change->oid);
    design_json_label(json, "sentence", design_change_words(change, arena));
    if (design_change_is_long(change)) {
        json_member_text(json, "before", change->before);
        json_member_text(json, "after", change->after);
    }
    json_end(json);
}

static void run_changes(void *work)
{
    struct amending *amending = work;
    const struct request *request = amending->request;
    struct design_diff diff = {0};
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    amending->is_done =
        design_changes_read(request->study, request->caller, amending->of.proposal,
                            arena, &diff, &amending->err);
    struct json_writer json = json_to(&amending->answer);
    if (amending->is_done) {
        json_object(&json);
        json_member_integer(&json, "added", (int64_t)diff.added);
        json_member_integer(&json, "removed", (int64_t)diff.removed);
        json_member_integer(&json, "changed", (int64_t)diff.changed);
        json_key(&json, "changes");
        json_array(&json);
        for (size_t i = 0; i < diff.count; i++)
            write_change(&json, &diff.changes[i], arena);
        json_end(&json);
        json_end(&json);
    }
    arena_free(arena);
}

bool handle_proposal_changes(struct request *request, struct response *response,
                             struct error *err)
{
    (void)response;
    struct amending *amending = amending_of(request);
    return request_place_id(request, 0, &amending->of.proposal, err) &&
           request_transfer(request, "design", run_changes, amending, amended);
}

/* --- what it would newly ask ---------------------------------------------------------- */

static void write_example(struct json_writer *json, const struct preview_place *place)
{
    json_object(json);
    json_member_integer(json, "participant", place->participant);
    json_member_text(json, "number", place->number);
    write_form_key(json, &place->key);
    json_member_text(json, "item", place->item);
    json_member_integer(json, "row", place->row);
    json_end(json);
}

static void write_check(struct json_writer *json, const struct preview_check *check)
{
    json_object(json);
    json_member_text(json, "check", check->check);
    design_json_label(json, "message", check->message);
    json_member_integer(json, "begins", check->begins);
    json_member_integer(json, "ends", check->ends);
    json_member_integer(json, "participants", check->participants);
    json_key(json, "examples");
    json_array(json);
    for (size_t i = 0; i < check->example_count; i++)
        write_example(json, &check->examples[i]);
    json_end(json);
    json_end(json);
}

static void run_preview(void *work)
{
    struct amending *amending = work;
    const struct request *request = amending->request;
    struct design_preview preview;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    amending->is_done =
        design_preview_read(request->study, request->caller, amending->of.proposal,
                            arena, &preview, &amending->err);
    struct json_writer json = json_to(&amending->answer);
    if (amending->is_done) {
        json_object(&json);
        json_member_integer(&json, "tried", preview.tried);
        json_member_integer(&json, "of", preview.of);
        json_member_integer(&json, "forms_left_out", preview.unread);
        json_key(&json, "checks");
        json_array(&json);
        for (size_t i = 0; i < preview.check_count; i++)
            write_check(&json, &preview.checks[i]);
        json_end(&json);
        json_end(&json);
    }
    arena_free(arena);
}

bool handle_proposal_preview(struct request *request, struct response *response,
                             struct error *err)
{
    (void)response;
    struct amending *amending = amending_of(request);
    return request_place_id(request, 0, &amending->of.proposal, err) &&
           request_transfer(request, "preview", run_preview, amending, amended);
}

/* --- moving --------------------------------------------------------------------------- */

static bool moved(struct request *request, struct response *response, struct error *err)
{
    const struct participants_move *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "moved", (int64_t)verb->moved);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static const int64_t *field_participants(struct json_fields *in, struct arena *arena,
                                         size_t *count)
{
    const struct json_value *array = json_field_array(in, "participants", MOVES_MOST);
    *count = 0;
    if (array == NULL)
        return NULL;
    int64_t *ids = ARENA_ARRAY(arena, int64_t, array->count);
    for (const struct json_value *each = array->first; each != NULL; each = each->next)
        if (each->kind != JSON_NUMBER || !text_to_int64(each->text, &ids[(*count)++]))
            json_field_refuse(in, "participants", "these are numbers of participants");
    return ids;
}

bool handle_move(struct request *request, struct response *response, struct error *err)
{
    (void)response;
    struct participants_move *verb =
        ARENA_NEW(request->arena, struct participants_move);
    struct json_fields in;
    verb->act = request_act_of(request, participants_move);
    if (!request_json(request, &in, err))
        return false;
    verb->version = json_field_text(&in, "version", LIMIT_OID);
    verb->event = json_field_text(&in, "event", LIMIT_OID);
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    verb->participants = field_participants(&in, request->arena, &verb->count);
    return json_fields_done(&in) && request_act(request, &verb->act, moved);
}

/* --- consenting again ----------------------------------------------------------------- */

static void write_reconsent(struct json_writer *json, const struct reconsent *one)
{
    json_object(json);
    json_member_integer(json, "participant", one->participant);
    json_member_text(json, "number", one->number);
    if (one->has_agreed)
        json_member_instant(json, "agreed_at", one->agreed_at);
    write_optional_text(json, "form_version", one->form_version);
    json_member_integer(json, "next_repeat", one->next_repeat);
    json_end(json);
}

bool handle_reconsent(struct request *request, struct response *response,
                      struct error *err)
{
    struct reconsent_list list;
    if (!reconsent_read(request->study, request->caller, request->arena, &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    if (!text_is_absent(list.version)) {
        json_member_text(&json, "version", list.version);
        json_member_instant(&json, "published_at", list.published_at);
        write_optional_text(&json, "approval", list.approval);
        write_optional_text(&json, "approved_on", list.approved_on);
    }
    json_key(&json, "participants");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_reconsent(&json, &list.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

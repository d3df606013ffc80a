/* Queries: the inbox, one with its thread, how many there are, and the steps. */
#include "actions/lookup.h"
#include "actions/query.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

enum { PAGE = 25 };
#define DAY_MICROSECONDS (INT64_C(86400) * 1000000)

/* --- what is wanted ----------------------------------------------------------------------- */

static bool refuse(struct error *err, const char *name, struct text value)
{
    error_set(err, ERROR_REFUSED, "\"%.*s\" is no %s of queries",
              value.len > LIMIT_OID ? LIMIT_OID : (int)value.len, value.at, name);
    return error_where(err, 0, "query.%s", name);
}

/* "waiting" (open and answered) when nothing is said, "all", or one state. */
static bool take_states(const struct request *request, struct query_filter *out,
                        struct error *err)
{
    struct text wanted = request_query(request, "state");
    enum query_state state;
    bool is_waiting = wanted.len == 0 || text_equal(wanted, TEXT("waiting"));
    bool is_all = text_equal(wanted, TEXT("all"));
    for (int i = 0; i < QUERY_STATES; i++)
        out->states[i] =
            is_all || (is_waiting && query_is_unsettled((enum query_state)i));
    if (is_waiting || is_all)
        return true;
    if (!query_state_parse(wanted, &state))
        return refuse(err, "state", wanted);
    out->states[state] = true;
    return true;
}

/* A sign-in name, or "-" for nobody: the program as author, no assignee. */
static bool take_person(const struct request *request, const char *name, bool *has,
                        int64_t *out, struct error *err)
{
    struct text wanted = request_query(request, name);
    *has = wanted.len > 0;
    if (!*has || text_equal(wanted, TEXT("-")))
        return true;
    if (!lookup_user(request->study, wanted, request->arena, out, err))
        return false;
    return *out != 0 || refuse(err, name, wanted);
}

/* "OPENED:ID" of the last one of the page before. */
static bool take_place(const struct request *request, struct query_filter *out,
                       struct error *err)
{
    struct text wanted = request_query(request, "after");
    struct text rest = wanted;
    if (wanted.len == 0)
        return true;
    struct text opened = text_cut(&rest, ':');
    return (text_to_int64(opened, &out->after.opened_at) && !text_is_absent(rest) &&
            text_to_int64(rest, &out->after.id)) ||
           refuse(err, "after", wanted);
}

static bool filter_of(const struct request *request, struct query_filter *out,
                      struct error *err)
{
    struct text kind = request_query(request, "kind");
    int64_t days = 0;
    *out = (struct query_filter){.site = request_query(request, "site"),
                                 .form = request_query(request, "form"),
                                 .opened_before = INT64_MAX,
                                 .limit = PAGE};
    out->has_kind = kind.len > 0;
    if (out->has_kind && !query_kind_parse(kind, &out->kind))
        return refuse(err, "kind", kind);
    if (!take_states(request, out, err) ||
        !take_person(request, "assignee", &out->has_assignee, &out->assignee, err) ||
        !take_person(request, "author", &out->has_author, &out->author, err) ||
        !take_place(request, out, err) ||
        !request_query_integer(request, "participant", 1, INT64_MAX, &out->participant,
                               err) ||
        !request_query_integer(request, "older_than", 0, 36500, &days, err))
        return false;
    if (days > 0)
        out->opened_before = study_now(request->study) - days * DAY_MICROSECONDS;
    return true;
}

/* --- what is told ------------------------------------------------------------------------- */

/* Members of the object that is open. */
static void write_entry(struct json_writer *json, const struct query_entry *entry)
{
    const struct stored_query *stored = &entry->stored;
    json_member_integer(json, "id", stored->id);
    json_member_integer(json, "participant", stored->participant);
    write_optional_text(json, "number", entry->number);
    json_member_text(json, "site", stored->site);
    write_form_key(json, &stored->key);
    write_optional_text(json, "item", stored->item);
    json_member_integer(json, "row", stored->row);
    json_member_text(json, "kind", query_kind_name(stored->kind));
    write_optional_text(json, "check", stored->check);
    json_member_text(json, "state", query_state_name(stored->state));
    design_json_label(json, "text", stored->message);
    json_member_instant(json, "opened_at", stored->opened_at);
    write_optional_text(json, "opened_by", entry->opened_by);
    write_optional_text(json, "assignee", entry->assignee);
    json_member_instant(json, "last_at", stored->last_at);
    write_optional_text(json, "last_by", entry->last_by);
    json_member_integer(json, "seen", stored->last_seq);
}

bool handle_queries(struct request *request, struct response *response,
                    struct error *err)
{
    struct query_filter filter;
    struct query_inbox inbox;
    if (!filter_of(request, &filter, err) ||
        !query_inbox_read(request->study, request->caller, &filter, request->arena,
                          &inbox, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_instant(&json, "now", study_now(request->study));
    json_key(&json, "queries");
    json_array(&json);
    for (size_t i = 0; i < inbox.count; i++) {
        json_object(&json);
        write_entry(&json, &inbox.at[i]);
        json_end(&json);
    }
    json_end(&json);
    if (inbox.has_more)
        json_member_text(&json, "next",
                         text_format(request->arena, "%lld:%lld",
                                     (long long)inbox.next.opened_at,
                                     (long long)inbox.next.id));
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static void write_sum(struct json_writer *json, const struct query_sum *sum)
{
    for (int i = 0; i < QUERY_STATES; i++)
        json_member_integer(json, query_state_name((enum query_state)i).at,
                            sum->by_state[i]);
}

static void write_sums(struct json_writer *json, const char *key,
                       const struct query_sums *sums)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < sums->count; i++) {
        json_object(json);
        write_optional_text(json, "name", sums->at[i].name);
        write_sum(json, &sums->at[i]);
        json_end(json);
    }
    json_end(json);
}

bool handle_query_counts(struct request *request, struct response *response,
                         struct error *err)
{
    struct query_overview overview;
    if (!query_overview_read(request->study, request->caller, request->arena, &overview,
                             err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_sum(&json, &overview.all);
    json_member_integer(&json, "waiting", overview.waiting);
    write_optional_instant(&json, "oldest", overview.oldest);
    write_sums(&json, "sites", &overview.sites);
    write_sums(&json, "forms", &overview.forms);
    write_sums(&json, "people", &overview.people);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

void write_query_steps(struct json_writer *json, const struct query_thread *thread)
{
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < thread->step_count; i++) {
        const struct query_thread_step *step = &thread->steps[i];
        json_object(json);
        json_member_text(json, "step", query_step_name(step->stored.step));
        json_member_instant(json, "at", step->stored.at);
        write_optional_text(json, "by", step->by);
        write_optional_text(json, "assignee", step->assignee);
        write_optional_text(json, "text", step->stored.text);
        json_end(json);
    }
    json_end(json);
}

static void write_rights(struct json_writer *json, const struct query_thread *thread)
{
    json_key(json, "may");
    json_object(json);
    for (int i = QUERY_STEP_ANSWER; i < QUERY_STEPS; i++)
        json_member_bool(json, query_step_name((enum query_step_kind)i).at,
                         thread->may[i]);
    json_end(json);
    json_key(json, "people");
    json_array(json);
    for (size_t i = 0; i < thread->people_count; i++) {
        json_object(json);
        json_member_integer(json, "id", thread->people[i].id);
        json_member_text(json, "name", thread->people[i].name);
        json_member_text(json, "full_name", thread->people[i].full_name);
        json_end(json);
    }
    json_end(json);
}

bool handle_query(struct request *request, struct response *response, struct error *err)
{
    struct query_thread *thread = NULL;
    int64_t id = 0;
    if (!request_place_id(request, 0, &id, err) ||
        !query_thread_read(request->study, request->caller, id, request->arena, &thread,
                           err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_entry(&json, &thread->entry);
    write_query_steps(&json, thread);
    write_rights(&json, thread);
    write_optional_text(&json, "why_not_close", thread->why_not_close);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- the steps ---------------------------------------------------------------------------- */

static bool stepped(struct request *request, struct response *response,
                    struct error *err)
{
    const struct query_step *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "id", verb->query);
    json_member_bool(&json, "duplicate", verb->is_duplicate);
    json_end(&json);
    return response_json(response, verb->step == QUERY_STEP_OPEN ? 201 : 200, &buffer,
                         err);
}

static struct query_step *step_of(struct request *request, enum query_step_kind kind)
{
    struct query_step *verb = ARENA_NEW(request->arena, struct query_step);
    verb->act = request_act_of(request, query_step);
    verb->step = kind;
    return verb;
}

static bool run_step(struct request *request, struct query_step *verb,
                     struct json_fields *in)
{
    bool has_assignee;
    verb->text = json_field_optional_text(in, "text", 4 * LIMIT_REASON);
    if (verb->step == QUERY_STEP_OPEN || verb->step == QUERY_STEP_ASSIGN)
        verb->assignee =
            json_field_optional_integer(in, "assignee", 0, INT64_MAX, &has_assignee);
    field_optional_uuid(in, "request", verb->request, &verb->has_request);
    return json_fields_done(in) && request_act(request, &verb->act, stepped);
}

bool handle_query_open(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    struct query_step *verb = step_of(request, QUERY_STEP_OPEN);
    struct json_fields in;
    bool has_row;
    if (!request_json(request, &in, err))
        return false;
    verb->key.participant = json_field_integer(&in, "participant", 1, INT64_MAX);
    fields_form_key(&in, &verb->key);
    verb->item = json_field_optional_text(&in, "item", LIMIT_OID);
    verb->row = json_field_optional_integer(&in, "row", 0, LIMIT_ROWS, &has_row);
    return run_step(request, verb, &in);
}

static bool handle_step(struct request *request, enum query_step_kind kind,
                        struct error *err)
{
    struct query_step *verb = step_of(request, kind);
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->query, err) ||
        !request_json(request, &in, err))
        return false;
    verb->seen = json_field_integer(&in, "seen", 1, INT64_MAX);
    return run_step(request, verb, &in);
}

#define HANDLE(name, kind)                                                             \
    bool name(struct request *request, struct response *response, struct error *err)   \
    {                                                                                  \
        (void)response;                                                                \
        return handle_step(request, kind, err);                                        \
    }
HANDLE(handle_query_answer, QUERY_STEP_ANSWER)
HANDLE(handle_query_close, QUERY_STEP_CLOSE)
HANDLE(handle_query_reopen, QUERY_STEP_REOPEN)
HANDLE(handle_query_cancel, QUERY_STEP_CANCEL)
HANDLE(handle_query_assign, QUERY_STEP_ASSIGN)

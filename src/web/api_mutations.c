/* POST /api/mutations: the bedside save. The request sleeps while the writer commits, and
 * is answered after the fsync. */
#include "actions/save_values.h"

#include "actions/form_view.h"
#include "actions/lookup.h"
#include "base/limits.h"
#include "base/uuid.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

#include <string.h>

struct saving {
    struct save_values verb; /* its act is the first member of all */
    struct caller caller;    /* the request's, with the device's own name */
    bool wants_view;
    struct text batch; /* as sent */
};

/* -- reading ------------------------------------------------------------------------ */

/* A client that says nothing has typed. */
static enum value_source read_source(struct json_fields *in)
{
    struct text source = json_field_optional_text(in, "source", LIMIT_OID);
    if (text_equal(source, TEXT("timer")))
        return SOURCE_TIMER;
    if (text_equal(source, TEXT("scanner")))
        return SOURCE_SCANNER;
    if (!text_is_absent(source) && !text_equal(source, TEXT("person")))
        json_field_refuse(in, "source",
                          "an answer comes from a \"person\", the \"timer\" or a "
                          "\"scanner\"");
    return SOURCE_PERSON;
}

static void read_mutation(const struct json_value *value, struct arena *arena,
                          struct mutation *out, struct json_fields *in)
{
    bool has_row;
    *in = json_fields_of(value, in->err);
    out->item = json_field_text(in, "item", LIMIT_OID);
    out->row = json_field_optional_integer(in, "row", 0, LIMIT_ROWS, &has_row);
    /* One byte more than an item may hold: the verb says what is too long, and rejects
     * that mutation alone. */
    out->value = json_field_optional_text(in, "value", LIMIT_BODY);
    out->missing = json_field_optional_text(in, "missing", LIMIT_OID);
    out->missing_text = json_field_optional_text(in, "missing_text", LIMIT_REASON);
    out->base = json_field_optional_text(in, "base", LIMIT_OID);
    out->settles = json_field_optional_texts(in, "settles", LIMIT_BATCH, LIMIT_OID,
                                             arena, &out->settle_count);
    out->reason = json_field_optional_text(in, "reason", LIMIT_REASON);
    out->stated = json_field_optional_text(in, "stated", LIMIT_OID);
    out->source = read_source(in);
    bool has_value = !text_is_absent(out->value);
    bool has_missing = !text_is_absent(out->missing);
    if (!in->is_bad && has_value == has_missing)
        json_refuse(value, in->err,
                    has_value ? "both a value and a missing-reason"
                              : "neither a value nor a missing-reason");
    if (has_value == has_missing)
        in->is_bad = true;
}

/* What all mutations of a batch share is said once: a reason for every change that does
 * not give its own. */
static bool read_mutations(struct json_fields *in, struct arena *arena,
                           struct save_values *verb)
{
    struct text reason = json_field_optional_text(in, "reason", LIMIT_REASON);
    const struct json_value *list = json_field_array(in, "mutations", LIMIT_BATCH);
    if (list == NULL)
        return false;
    if (list->count == 0)
        return json_field_refuse(in, "mutations", "no mutation in this batch");
    struct mutation *mutations = ARENA_ARRAY(arena, struct mutation, list->count);
    verb->mutations = mutations;
    verb->mutation_count = list->count;
    for (const struct json_value *at = list->first; at != NULL; at = at->next) {
        struct json_fields each = {.err = in->err};
        read_mutation(at, arena, mutations, &each);
        if (text_is_absent(mutations->reason) && !text_is_absent(mutations->base))
            mutations->reason = reason;
        mutations++;
        if (!json_fields_done(&each)) {
            in->is_bad = true;
            return false;
        }
    }
    return true;
}

static void read_clocks(struct json_fields *in, struct save_values *verb)
{
    enum { YEAR_MS = INT32_MAX };
    verb->device_time =
        json_field_optional_instant(in, "device_time", &verb->has_device_time);
    verb->clock_offset = 1000 * json_field_optional_integer(
                                    in, "clock_offset_ms", -(int64_t)YEAR_MS * 100,
                                    (int64_t)YEAR_MS * 100, &verb->has_clock_offset);
    /* Of use on the device only, where they order what waits; checked, not kept. */
    bool has;
    (void)json_field_optional_integer(in, "monotonic_ms", 0, INT64_MAX, &has);
    (void)json_field_optional_text(in, "boot", LIMIT_OID);
}

static void read_head(struct json_fields *in, const struct request *request,
                      struct saving *saving)
{
    struct save_values *verb = &saving->verb;
    bool has_batch;
    field_optional_uuid(in, "batch", verb->batch, &has_batch);
    if (!has_batch && !in->is_bad)
        json_field_refuse(in, "batch", "a batch needs an id: a UUID of version 7");
    verb->participant = json_field_integer(in, "participant", 1, INT64_MAX);
    struct form_key key;
    fields_form_key(in, &key);
    verb->event = key.event;
    verb->event_repeat = key.event_repeat;
    verb->form = key.form;
    verb->form_repeat = key.form_repeat;
    verb->design_version = json_field_optional_text(in, "design", LIMIT_OID);
    saving->caller = *request->caller;
    struct text device = json_field_optional_text(in, "device", LIMIT_NAME);
    if (!text_is_absent(device))
        saving->caller.device = device;
    struct text language = json_field_optional_text(in, "language", 16);
    if (text_equal(language, TEXT("zh")) || text_equal(language, TEXT("en")))
        saving->caller.language = language;
    else if (!text_is_absent(language))
        json_field_refuse(in, "language", "the language is \"en\" or \"zh\"");
    read_clocks(in, verb);
    saving->wants_view = json_field_optional_bool(in, "view", false);
}

/* -- answering ---------------------------------------------------------------------- */

/* Without the name when it cannot be read: the save stands. */
static void write_theirs(struct json_writer *json, const struct request *request,
                         const struct mutation *mutation, const struct head *theirs)
{
    json_key(json, "theirs");
    struct text name = {0};
    struct error err;
    if (!lookup_user_name(request->study, theirs->user, request->arena, &name, &err))
        name = (struct text){0};
    struct form_value value = {.by_name = name,
                               .stored = {.item = mutation->item,
                                          .row = mutation->row,
                                          .answer = theirs->answer,
                                          .source = theirs->source,
                                          .version = theirs->version,
                                          .corrected_time = theirs->corrected_time,
                                          .by = theirs->user}};
    write_form_value(json, &value);
}

static void write_why(struct json_writer *json, const struct error *why)
{
    json_key(json, "why");
    json_object(json);
    json_member_text(json, "code", text_of(error_name(why->code)));
    json_member_text(json, "detail", text_of(why->text));
    if (why->hint[0] != '\0')
        json_member_text(json, "hint", text_of(why->hint));
    if (why->where[0] != '\0')
        json_member_text(json, "at", text_of(why->where));
    json_end(json);
}

static void write_result(struct json_writer *json, const struct request *request,
                         const struct mutation *mutation,
                         const struct mutation_result *result)
{
    json_object(json);
    json_member_text(json, "status", text_of(mutation_status_name(result->status)));
    if (result->status != MUTATION_REJECTED) {
        char version[VERSION_TEXT];
        size_t len = version_print(result->version, version);
        json_member_text(json, "version", (struct text){.at = version, .len = len});
    }
    if (result->theirs != NULL)
        write_theirs(json, request, mutation, result->theirs);
    if (result->why != NULL)
        write_why(json, result->why);
    json_end(json);
}

/* Absent from the answer when the caller may save but not see, or when it failed: the
 * save stands either way. Who sees no casebook at all is not even asked for, because a
 * refusal would stand on the log. */
static void write_view(struct json_writer *json, const struct request *request,
                       const struct saving *saving)
{
    const struct save_values *verb = &saving->verb;
    struct form_key key = {.participant = verb->participant,
                           .event = verb->event,
                           .event_repeat = verb->event_repeat,
                           .form = verb->form,
                           .form_repeat = verb->form_repeat};
    struct form_view *view;
    struct error err;
    if (!caller_must_somewhere(request->caller, PERMISSION_VIEW_CASEBOOK, &err) ||
        !form_view_read(request->study, request->caller, &key, request->arena, &view,
                        &err))
        return;
    json_key(json, "view");
    write_form_view(json, view);
}

static bool saved(struct request *request, struct response *response, struct error *err)
{
    const struct saving *saving = request->work;
    const struct save_values *verb = &saving->verb;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "seq", verb->seq);
    json_member_text(&json, "batch", saving->batch);
    if (verb->is_duplicate)
        json_member_bool(&json, "duplicate", true);
    json_key(&json, "results");
    json_array(&json);
    for (size_t i = 0; i < verb->mutation_count; i++)
        write_result(&json, request, &verb->mutations[i], &verb->outcomes[i]);
    json_end(&json);
    if (saving->wants_view)
        write_view(&json, request, saving);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_mutations(struct request *request, struct response *response,
                      struct error *err)
{
    (void)response;
    struct saving *saving = ARENA_NEW(request->arena, struct saving);
    struct save_values *verb = &saving->verb;
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    read_head(&in, request, saving);
    if (!in.is_bad && !read_mutations(&in, request->arena, verb))
        return false;
    if (!json_fields_done(&in))
        return false;
    struct uuid batch;
    memcpy(batch.bytes, verb->batch, sizeof batch.bytes);
    char *text = arena_alloc(request->arena, UUID_TEXT_SIZE);
    saving->batch = (struct text){.at = text, .len = uuid_print(&batch, text)};
    verb->digest = hash_of(request->body);
    verb->act = act_of(request->study, &saving->caller, request->arena, save_values);
    return request_act(request, &verb->act, saved);
}

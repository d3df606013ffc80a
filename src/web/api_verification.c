/* Source verification: of a form and of a casebook, the monitor's list, and the acts; and
 * what stands in the way of the lock of the data base. */
#include "actions/source_verification.h"

#include "actions/item_version.h"
#include "actions/lock_readiness.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static struct text state_name(enum verification_state state)
{
    switch (state) {
    case VERIFICATION_STANDS: return TEXT("verified");
    case VERIFICATION_FELL: return TEXT("fell");
    case VERIFICATION_NONE: break;
    }
    return TEXT("none");
}

/* Members of the object that is open. */
static void write_count(struct json_writer *json,
                        const struct verification_count *count)
{
    json_member_integer(json, "needed", count->needed);
    json_member_integer(json, "verified", count->verified);
    json_member_integer(json, "fell", count->fell);
    write_optional_instant(json, "oldest", count->oldest);
}

void write_verification_count(struct json_writer *json,
                              const struct verification_count *count)
{
    json_key(json, "verification");
    json_object(json);
    write_count(json, count);
    json_end(json);
}

static void write_answer_of(struct json_writer *json, const struct verified_answer *one)
{
    char version[VERSION_TEXT];
    size_t len = version_print(one->answer.version, version);
    json_object(json);
    json_member_text(json, "item", one->answer.item);
    json_member_integer(json, "row", one->answer.row);
    json_member_text(json, "version", (struct text){.at = version, .len = len});
    json_member_text(json, "state", state_name(one->state));
    json_member_bool(json, "needed", one->is_needed);
    if (one->state != VERIFICATION_NONE) {
        json_member_text(json, "by", one->by_name);
        write_optional_text(json, "full_name", one->by_full_name);
        json_member_instant(json, "at", one->answer.verified_at);
    }
    json_end(json);
}

void write_form_verification(struct json_writer *json,
                             const struct form_verification *verification)
{
    json_key(json, "verification");
    json_object(json);
    json_member_bool(json, "planned", verification->is_planned);
    json_member_bool(json, "sampled", verification->is_sampled);
    json_member_bool(json, "may", verification->may);
    json_member_integer(json, "seen", verification->seen);
    write_count(json, &verification->total);
    json_key(json, "answers");
    json_array(json);
    for (size_t i = 0; i < verification->count; i++)
        write_answer_of(json, &verification->at[i]);
    json_end(json);
    json_end(json);
}

/* -- acts --------------------------------------------------------------------------- */

static bool verified(struct request *request, struct response *response,
                     struct error *err)
{
    const struct source_verify *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "done", verb->done);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool read_claims(struct json_fields *in, struct arena *arena,
                        struct source_verify *verb)
{
    const struct json_value *list = json_field_array(in, "items", LIMIT_BATCH);
    if (list == NULL)
        return false;
    struct verified_claim *claims =
        ARENA_ARRAY(arena, struct verified_claim, list->count + 1);
    verb->claims = claims;
    for (const struct json_value *at = list->first; at != NULL; at = at->next) {
        struct json_fields each = json_fields_of(at, in->err);
        struct verified_claim *claim = &claims[verb->claim_count++];
        bool has_row;
        claim->item = json_field_text(&each, "item", LIMIT_OID);
        claim->row = json_field_optional_integer(&each, "row", 0, LIMIT_ROWS, &has_row);
        claim->version = json_field_optional_text(&each, "version", LIMIT_OID);
        if (!json_fields_done(&each)) {
            in->is_bad = true;
            return false;
        }
    }
    return verb->is_all || verb->is_whole || verb->claim_count > 0 ||
           json_field_refuse(in, "items", "no item is named");
}

static bool handle_verifying(struct request *request, bool is_withdrawing,
                             struct error *err)
{
    struct source_verify *verb = ARENA_NEW(request->arena, struct source_verify);
    struct json_fields in;
    bool has_seen;
    verb->act = request_act_of(request, source_verify);
    verb->is_withdrawing = is_withdrawing;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->is_whole = json_field_optional_bool(&in, "whole", false);
    verb->is_all = json_field_optional_bool(&in, "all", false);
    if (!verb->is_whole)
        fields_form_key(&in, &verb->key);
    verb->seen = json_field_optional_integer(&in, "seen", 0, INT64_MAX, &has_seen);
    if (is_withdrawing)
        verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return read_claims(&in, request->arena, verb) && json_fields_done(&in) &&
           request_act(request, &verb->act, verified);
}

bool handle_source_verify(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    return handle_verifying(request, false, err);
}

bool handle_source_withdraw(struct request *request, struct response *response,
                            struct error *err)
{
    (void)response;
    return handle_verifying(request, true, err);
}

/* -- the list ----------------------------------------------------------------------- */

static void write_row(struct json_writer *json, const struct verification_row *row)
{
    json_object(json);
    json_key(json, "participant");
    write_participant(json, row->participant);
    write_form_key(json, &row->key);
    write_count(json, &row->count);
    json_end(json);
}

static void write_site(struct json_writer *json, const struct verification_site *site)
{
    json_object(json);
    json_member_text(json, "site", site->site);
    json_member_integer(json, "participants", site->participants);
    json_member_integer(json, "sampled", site->sampled);
    write_count(json, &site->count);
    json_end(json);
}

bool handle_verification(struct request *request, struct response *response,
                         struct error *err)
{
    struct verification_list list;
    struct verification_filter filter = {
        .site = request_query(request, "site"),
        .form = request_query(request, "form"),
        .with_done = text_equal(request_query(request, "state"), TEXT("all"))};
    if (!request_query_integer(request, "participant", 1, INT64_MAX,
                               &filter.participant, err) ||
        !request_query_integer(request, "after", 1, INT64_MAX, &filter.after, err) ||
        !verification_list_read(request->study, request->caller, &filter,
                                request->arena, &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "may", list.may);
    json_key(&json, "sites");
    json_array(&json);
    for (size_t i = 0; i < list.site_count; i++)
        write_site(&json, &list.sites[i]);
    json_end(&json);
    json_key(&json, "forms");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_row(&json, &list.at[i]);
    json_end(&json);
    if (list.next != 0)
        json_member_integer(&json, "next", list.next);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* -- before the lock of the data base ------------------------------------------------- */

static void write_readiness(struct json_writer *json,
                            const struct participant_readiness *one)
{
    json_object(json);
    json_key(json, "participant");
    write_participant(json, one->participant);
    json_member_bool(json, "locked", one->is_locked);
    json_member_integer(json, "open_queries", one->open_queries);
    json_member_integer(json, "incomplete", one->incomplete);
    json_member_integer(json, "second_checks", one->second_checks);
    json_member_integer(json, "unverified", one->unverified);
    json_member_integer(json, "unsigned", one->unsigned_forms);
    json_end(json);
}

bool handle_database_readiness(struct request *request, struct response *response,
                               struct error *err)
{
    struct database_readiness readiness;
    int64_t after = 0;
    if (!request_query_integer(request, "after", 1, INT64_MAX, &after, err) ||
        !database_readiness_read(request->study, request->caller, after, request->arena,
                                 &readiness, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "participants", readiness.participants);
    json_member_integer(&json, "ready", readiness.locked);
    json_key(&json, "waiting");
    json_array(&json);
    for (size_t i = 0; i < readiness.count; i++)
        write_readiness(&json, &readiness.at[i]);
    json_end(&json);
    if (readiness.next != 0)
        json_member_integer(&json, "next", readiness.next);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* Freezing and locking: what holds, as JSON, and the acts. */
#include "actions/record_lock.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

struct text lock_state_name(enum lock_state state)
{
    static const char *const names[] = {
        [LOCK_OPEN] = "open", [LOCK_FROZEN] = "frozen", [LOCK_LOCKED] = "locked"};
    return text_of(names[state]);
}

static void write_lock(struct json_writer *json, const struct lock_shown *shown)
{
    const struct record_lock *lock = &shown->lock;
    bool is_held = lock->state != LOCK_OPEN;
    json_object(json);
    json_member_text(json, "scope",
                     lock->participant == 0 ? TEXT("database")
                     : lock->form == 0      ? TEXT("participant")
                                            : TEXT("form"));
    if (lock->form != 0)
        json_member_integer(json, "form_id", lock->form);
    json_member_text(json, "state", lock_state_name(lock->state));
    if (is_held) {
        json_member_text(json, "by", shown->by_name);
        write_optional_text(json, "full_name", shown->by_full_name);
        json_member_instant(json, "at", lock->at);
    }
    write_optional_text(json, "first",
                        shown->first_name.len == 0 ? (struct text){0}
                                                   : shown->first_name);
    write_optional_text(json, "reason", lock->reason);
    write_optional_text(json, "name", lock->name);
    if (lock->cut != 0)
        json_member_integer(json, "cut", lock->cut);
    if (lock->proposal != LOCK_NOT_PROPOSED) {
        json_key(json, "proposed");
        json_object(json);
        json_member_text(json, "what",
                         lock->proposal == LOCK_UNLOCK_PROPOSED ? TEXT("unlock")
                                                                : TEXT("lock"));
        json_member_text(json, "by", shown->proposed_name);
        json_member_instant(json, "at", lock->proposed_at);
        write_optional_text(json, "name", lock->proposed_name);
        json_end(json);
    }
    json_end(json);
}

void write_locks(struct json_writer *json, const struct lock_view *view)
{
    json_key(json, "locks");
    json_object(json);
    json_key(json, "at");
    json_array(json);
    for (size_t i = 0; i < view->count; i++)
        write_lock(json, &view->at[i]);
    json_end(json);
    json_member_bool(json, "held", view->is_held);
    json_key(json, "may");
    json_object(json);
    json_member_bool(json, "freeze", view->may_freeze);
    json_member_bool(json, "unfreeze", view->may_unfreeze);
    json_member_bool(json, "lock", view->may_lock);
    json_member_bool(json, "unlock", view->may_unlock);
    json_end(json);
    json_end(json);
}

/* -- acts --------------------------------------------------------------------------- */

static bool changed(struct request *request, struct response *response,
                    struct error *err)
{
    const struct record_lock_change *verb = request->work;
    return request_outcome(request, err) &&
           respond_done(request, response, verb->is_done, err);
}

/* A form of the body, or with "whole" all of the participant of the path. */
static void read_place(struct json_fields *in, struct form_key *key,
                       enum record_scope *scope)
{
    bool is_whole = json_field_optional_bool(in, "whole", false);
    *scope = is_whole ? RECORD_PARTICIPANT : RECORD_FORM;
    if (!is_whole)
        fields_form_key(in, key);
}

static bool handle_freezing(struct request *request, bool is_unfreezing,
                            struct error *err)
{
    struct record_freeze *verb = ARENA_NEW(request->arena, struct record_freeze);
    verb->act = request_act_of(request, record_freeze);
    verb->is_unfreezing = is_unfreezing;
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    read_place(&in, &verb->key, &verb->scope);
    verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}

static bool handle_locking(struct request *request, bool is_unlocking, bool is_database,
                           struct error *err)
{
    struct record_lock_change *verb =
        ARENA_NEW(request->arena, struct record_lock_change);
    verb->act = request_act_of(request, record_lock_change);
    verb->is_unlocking = is_unlocking;
    verb->scope = RECORD_DATABASE;
    struct json_fields in;
    if ((!is_database && !request_place_id(request, 0, &verb->key.participant, err)) ||
        !request_json(request, &in, err))
        return false;
    if (!is_database)
        read_place(&in, &verb->key, &verb->scope);
    verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
    if (is_database)
        verb->name = json_field_optional_text(&in, "name", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, changed);
}

bool handle_freeze(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    return handle_freezing(request, false, err);
}

bool handle_unfreeze(struct request *request, struct response *response,
                     struct error *err)
{
    (void)response;
    return handle_freezing(request, true, err);
}

bool handle_lock(struct request *request, struct response *response, struct error *err)
{
    (void)response;
    return handle_locking(request, false, false, err);
}

bool handle_unlock(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    return handle_locking(request, true, false, err);
}

bool handle_database_lock(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    return handle_locking(request, false, true, err);
}

bool handle_database_unlock(struct request *request, struct response *response,
                            struct error *err)
{
    (void)response;
    return handle_locking(request, true, true, err);
}

bool handle_database(struct request *request, struct response *response,
                     struct error *err)
{
    struct lock_view view;
    if (!database_lock_read(request->study, request->caller, request->arena, &view,
                            err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_locks(&json, &view);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* Registers: the delegation log, consent-form versions, configuration changes, device
 * lots. Who may do what is decided by the verb: it depends on the line. */
#include "actions/configuration.h"
#include "actions/register.h"
#include "actions/study.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_sign_in.h"
#include "web/api_write.h"

enum { ENTRIES_AT_MOST = 64 };

/* --- what there is -------------------------------------------------------------------- */

/* "line number / 行号", as the design writes it. */
static struct label field_label(struct text label)
{
    for (size_t i = 0; i + 3 <= label.len; i++)
        if (text_equal(text_part(label, i, 3), TEXT(" / ")))
            return (struct label){.english = text_part(label, 0, i),
                                  .chinese =
                                      text_part(label, i + 3, label.len - i - 3)};
    return (struct label){.english = label, .chinese = label};
}

static void write_choices(struct json_writer *json, const char *choices)
{
    struct text rest = text_of(choices);
    json_key(json, "choices");
    json_array(json);
    while (rest.len > 0)
        json_text(json, text_cut(&rest, ' '));
    json_end(json);
}

/* What a change of configuration can be about: settings of the rules, the deferral. */
static void write_settings(struct json_writer *json, const struct design *design,
                           struct arena *arena)
{
    json_key(json, "suggestions");
    json_array(json);
    json_text(json, TEXT(CONFIGURATION_DEFERRAL));
    for (size_t i = 0; i < design->setting_count; i++)
        json_text(json, design->settings[i].name);
    json_end(json);
    json_key(json, "names");
    json_object(json);
    for (size_t i = 0; i < design->setting_count; i++) {
        const struct setting *setting = &design->settings[i];
        design_json_label(json, text_c(arena, setting->name), setting->label);
    }
    json_end(json);
}

static void write_fields(struct json_writer *json, const struct register_list *list,
                         const struct design *design, struct arena *arena)
{
    json_key(json, "fields");
    json_array(json);
    for (size_t i = 0; i < list->fields->field_count; i++) {
        const struct register_field *field = &list->fields->fields[i];
        const char *choices = register_field_choices(list->kind, field->name);
        json_object(json);
        json_member_text(json, "name", field->name);
        json_member_text(json, "type", field->type);
        design_json_label(json, "label", field_label(field->label));
        json_member_bool(json, "required",
                         register_field_is_required(list->kind, field->name));
        json_member_bool(json, "by_program",
                         register_field_is_by_program(list->kind, field->name));
        if (choices != NULL)
            write_choices(json, choices);
        if (text_equal(field->name, TEXT("SETTING")))
            write_settings(json, design, arena);
        json_end(json);
    }
    json_end(json);
}

static void write_entries(struct json_writer *json,
                          const struct register_entry *entries, size_t count)
{
    json_key(json, "entries");
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        json_object(json);
        json_member_text(json, "field", entries[i].field);
        json_member_text(json, "value", entries[i].value);
        json_end(json);
    }
    json_end(json);
}

static void write_history(struct json_writer *json, const struct register_shown *shown)
{
    static const char *const changes[] = {[REGISTER_ADDED] = "added",
                                          [REGISTER_AGREED] = "agreed",
                                          [REGISTER_CORRECTED] = "corrected",
                                          [REGISTER_ENDED] = "ended"};
    json_key(json, "history");
    json_array(json);
    for (size_t i = 0; i < shown->line->step_count; i++) {
        const struct stored_register_step *step = &shown->line->steps[i];
        const struct user *by = shown->by[i];
        json_object(json);
        json_member_text(json, "change", text_of(changes[step->change]));
        json_member_text(json, "by",
                         by == NULL ? TEXT("Operator at the command line")
                                    : by->full_name);
        json_member_instant(json, "at", step->moment.at);
        write_optional_text(json, "reason", step->reason);
        write_optional_text(json, "ends_on", step->ends_on);
        write_entries(json, step->entries, step->entry_count);
        json_end(json);
    }
    json_end(json);
}

static void write_line(struct json_writer *json, const struct register_shown *shown)
{
    const struct register_line *line = shown->line;
    json_object(json);
    json_member_integer(json, "id", line->id);
    json_member_integer(json, "latest", register_line_latest(line));
    write_optional_text(json, "site", line->site);
    if (shown->person != NULL) {
        json_member_text(json, "person", shown->person->name);
        json_member_text(json, "full_name", shown->person->full_name);
    }
    json_member_text(json, "state", text_of(register_state_name(shown->state)));
    write_entries(json, line->entries, line->entry_count);
    write_optional_text(json, "ends_on", line->ends_on);
    if (shown->is_counted)
        json_member_integer(json, "used", shown->used);
    json_member_bool(json, "may_agree", shown->may_agree);
    json_member_bool(json, "may_change", shown->may_change);
    write_history(json, shown);
    json_end(json);
}

static void write_staff(struct json_writer *json, const struct register_list *list)
{
    json_key(json, "sites");
    json_array(json);
    for (size_t i = 0; i < list->site_count; i++) {
        json_object(json);
        json_member_text(json, "site", list->sites[i].site);
        json_member_bool(json, "kept", list->sites[i].is_kept);
        json_end(json);
    }
    json_end(json);
    json_key(json, "staff");
    json_array(json);
    for (size_t i = 0; i < list->staff_count; i++) {
        json_object(json);
        json_member_text(json, "name", list->staff[i].name);
        json_member_text(json, "full_name", list->staff[i].full_name);
        write_grants(json, "roles", list->staff[i].grants, list->staff[i].grant_count);
        json_end(json);
    }
    json_end(json);
}

static bool respond_lines(struct request *request, struct response *response,
                          struct error *err)
{
    struct register_list list;
    if (!register_read(request->study, request->caller, request->places[0],
                       request->arena, &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "name", list.fields->name);
    design_json_label(&json, "label", list.fields->label);
    json_member_bool(&json, "of_site", list.kind->is_of_site);
    json_member_bool(&json, "may_add", list.may_add);
    json_member_bool(&json, "needs_name", list.needs_name);
    json_member_bool(&json, "needs_totp", list.needs_totp);
    write_fields(&json, &list, study_design(request->study), request->arena);
    write_staff(&json, &list);
    json_key(&json, "lines");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_line(&json, &list.lines[i]);
    json_end(&json);
    json_end(&json);
    response->may_be_compressed = true;
    return response_json(response, 200, &buffer, err);
}

bool handle_register(struct request *request, struct response *response,
                     struct error *err)
{
    return respond_lines(request, response, err);
}

/* --- acts ----------------------------------------------------------------------------- */

static bool changed(struct request *request, struct response *response,
                    struct error *err)
{
    return request_outcome(request, err) && respond_lines(request, response, err);
}

/* entries: [{field, value}, …] */
static bool read_entries(struct json_fields *in, struct arena *arena,
                         const struct register_entry **out, size_t *count,
                         struct error *err)
{
    const struct json_value *array = json_field_array(in, "entries", ENTRIES_AT_MOST);
    *count = 0;
    if (array == NULL)
        return false;
    struct register_entry *entries =
        ARENA_ARRAY(arena, struct register_entry, array->count);
    *out = entries;
    for (const struct json_value *at = array->first; at != NULL; at = at->next) {
        struct json_fields each = json_fields_of(at, err);
        entries[*count].field = json_field_text(&each, "field", LIMIT_OID);
        entries[(*count)++].value = json_field_text(&each, "value", LIMIT_REASON);
        if (!json_fields_done(&each)) {
            in->is_bad = true;
            return false;
        }
    }
    return true;
}

bool handle_register_add(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct register_add *verb = ARENA_NEW(request->arena, struct register_add);
    struct json_fields in;
    verb->act = request_act_of(request, register_add);
    verb->name = request->places[0];
    if (!request_json(request, &in, err))
        return false;
    verb->site = json_field_optional_text(&in, "site", LIMIT_OID);
    verb->person = json_field_optional_text(&in, "person", LIMIT_NAME);
    verb->document = json_field_optional_text(&in, "document", LIMIT_REASON);
    return read_entries(&in, request->arena, &verb->entries, &verb->entry_count, err) &&
           json_fields_done(&in) && request_act(request, &verb->act, changed);
}

static struct register_change_line *change_of(struct request *request,
                                              bool (*decide)(struct act *, struct txn *,
                                                             struct error *),
                                              struct error *err)
{
    struct register_change_line *verb =
        ARENA_NEW(request->arena, struct register_change_line);
    verb->act = request_act_of(request, decide);
    verb->name = request->places[0];
    return request_place_id(request, 1, &verb->line, err) ? verb : NULL;
}

static bool agreed(struct request *request, struct response *response,
                   struct error *err)
{
    const struct register_agree *verb = request->work;
    if (request_outcome(request, err))
        return respond_lines(request, response, err);
    response_retry_after(request, response, verb->retry_after);
    return false;
}

static bool agree_hashed(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct register_agree *verb = request->work;
    return request_outcome(request, err) && request_act(request, &verb->act, agreed);
}

static void hash_agree(void *work)
{
    register_agree_hash(work);
}

bool handle_register_agree(struct request *request, struct response *response,
                           struct error *err)
{
    struct register_agree *verb = ARENA_NEW(request->arena, struct register_agree);
    struct json_fields in;
    verb->act = request_act_of(request, register_agree);
    verb->name = request->places[0];
    if (!request_place_id(request, 1, &verb->line, err) ||
        !request_json(request, &in, err))
        return false;
    verb->seen = json_field_integer(&in, "seen", 0, INT64_MAX);
    verb->signer = json_field_optional_text(&in, "name", LIMIT_NAME);
    verb->password = json_field_text(&in, "password", LIMIT_PASSWORD);
    verb->totp = json_field_optional_text(&in, "totp", 16);
    if (!json_fields_done(&in))
        return false;
    if (!register_agree_begin(verb, err)) {
        response_retry_after(request, response, verb->retry_after);
        return false;
    }
    return request_hash(request, hash_agree, verb, agree_hashed);
}

bool handle_register_correct(struct request *request, struct response *response,
                             struct error *err)
{
    (void)response;
    struct register_change_line *verb = change_of(request, register_correct, err);
    struct json_fields in;
    if (verb == NULL || !request_json(request, &in, err))
        return false;
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return read_entries(&in, request->arena, &verb->entries, &verb->entry_count, err) &&
           json_fields_done(&in) && request_act(request, &verb->act, changed);
}

bool handle_register_end(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct register_change_line *verb = change_of(request, register_end, err);
    struct json_fields in;
    if (verb == NULL || !request_json(request, &in, err))
        return false;
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    verb->ends_on = json_field_text(&in, "ends_on", LIMIT_OID);
    return json_fields_done(&in) && request_act(request, &verb->act, changed);
}

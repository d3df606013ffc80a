/* Forms, values and findings. */
#include "actions/save_values.h"
#include "web/api_write.h"

static void write_place(struct json_writer *json, struct text item, int64_t row)
{
    json_member_text(json, "item", item);
    json_member_integer(json, "row", row);
}

static void write_version(struct json_writer *json, const char *key,
                          struct version version)
{
    char text[VERSION_TEXT];
    size_t len = version_print(version, text);
    json_member_text(json, key, (struct text){.at = text, .len = len});
}

/* value, or missing and missing_text, or in_vault; nothing when it was cleared. Members
 * of the object that is open. */
static void write_answer(struct json_writer *json, const struct answer *answer)
{
    if (answer->is_in_vault)
        json_member_bool(json, "in_vault", true);
    else if (answer->missing == MISSING_NOT)
        write_optional_text(json, "value", answer->value);
    if (answer->missing == MISSING_NOT || answer->missing == MISSING_CLEARED)
        return;
    json_member_text(json, "missing", missing_reason_code(answer->missing));
    write_optional_text(json, "missing_text", answer->missing_text);
}

static const char *source_name(enum value_source source)
{
    static const char *const names[] = {
        [SOURCE_PERSON] = "person",   [SOURCE_DERIVED] = "derived",
        [SOURCE_SYSTEM] = "system",   [SOURCE_TIMER] = "timer",
        [SOURCE_SCANNER] = "scanner", [SOURCE_FEED] = "feed"};
    return names[source];
}

void write_form_value(struct json_writer *json, const struct form_value *value)
{
    const struct stored_value *stored = &value->stored;
    json_object(json);
    write_place(json, stored->item, stored->row);
    write_answer(json, &stored->answer);
    write_version(json, "version", stored->version);
    json_member_text(json, "source", text_of(source_name(stored->source)));
    json_member_instant(json, "at", stored->corrected_time);
    json_member_text(json, "by",
                     text_is_absent(value->by_name) ? TEXT("") : value->by_name);
    json_end(json);
}

static void write_values(struct json_writer *json, const char *key,
                         const struct form_value *values, size_t count)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++)
        write_form_value(json, &values[i]);
    json_end(json);
}

void write_findings(struct json_writer *json, const char *key,
                    const struct rule_finding *findings, size_t count, bool with_rows)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        const struct rule_finding *finding = &findings[i];
        json_object(json);
        json_member_text(json, "check", finding->check->oid);
        json_member_text(json, "severity",
                         finding->check->severity == CHECK_HARD ? TEXT("hard")
                                                                : TEXT("soft"));
        design_json_label(json, "message", finding->check->message);
        json_key(json, "items");
        json_array(json);
        for (size_t j = 0; j < finding->place_count; j++) {
            const struct rule_place *place = &finding->places[j];
            if (!with_rows) {
                json_text(json, place->item);
                continue;
            }
            json_object(json);
            write_place(json, place->item, place->row);
            json_end(json);
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void write_queries(struct json_writer *json, const struct form_view *view)
{
    json_key(json, "queries");
    json_array(json);
    for (size_t i = 0; i < view->query_count; i++) {
        const struct form_query *query = &view->queries[i];
        const struct stored_query *stored = &query->stored;
        json_object(json);
        json_member_integer(json, "id", stored->id);
        json_member_text(json, "kind", query_kind_name(stored->kind));
        write_optional_text(json, "check", stored->check);
        write_place(json, text_is_absent(stored->item) ? TEXT("") : stored->item,
                    stored->row);
        json_member_text(json, "state", query_state_name(stored->state));
        design_json_label(json, "text", stored->message);
        json_member_instant(json, "opened_at", stored->opened_at);
        json_member_integer(json, "seen", stored->last_seq);
        if (query->values != NULL)
            write_values(json, "values", query->values, query->value_count);
        json_end(json);
    }
    json_end(json);
}

static void write_rows(struct json_writer *json, const struct form_view *view)
{
    json_key(json, "rows");
    json_object(json);
    for (size_t i = 0; i < view->row_group_count; i++) {
        const struct form_rows *rows = &view->rows[i];
        json_key_text(json, rows->group);
        json_array(json);
        for (size_t j = 0; j < rows->row_count; j++)
            json_integer(json, rows->rows[j]);
        json_end(json);
    }
    json_end(json);
}

/* Rows of readings that are kept from the caller until two readers have signed. */
static void write_sealed(struct json_writer *json, const struct image_reads *reads)
{
    json_key(json, "sealed");
    json_array(json);
    for (size_t i = 0; i < reads->sealed_count; i++)
        json_integer(json, reads->sealed[i]);
    json_end(json);
}

static void write_may(struct json_writer *json, const struct form_view *view)
{
    json_key(json, "closed");
    json_array(json);
    for (size_t i = 0; i < view->closed_count; i++)
        json_text(json, view->closed[i]);
    json_end(json);
    if (view->duty != NULL)
        design_json_label(json, "duty", *view->duty);
    json_key(json, "may");
    json_object(json);
    json_member_bool(json, "edit", view->may_edit);
    json_member_bool(json, "query", view->may_query);
    json_member_bool(json, "read", view->may_read);
    json_member_bool(json, "history", view->may_history);
    json_member_bool(json, "vault_view", view->may_vault_view);
    json_member_bool(json, "break_glass", view->may_break_glass);
    json_member_bool(json, "vault_edit", view->may_vault_edit);
    json_end(json);
}

void write_form_key(struct json_writer *json, const struct form_key *key)
{
    json_member_text(json, "event", key->event);
    json_member_integer(json, "event_repeat", key->event_repeat);
    json_member_text(json, "form", key->form);
    json_member_integer(json, "form_repeat", key->form_repeat);
}

static void write_deviations(struct json_writer *json, const struct form_view *view)
{
    json_key(json, "deviations");
    json_array(json);
    for (size_t i = 0; i < view->deviation_count; i++) {
        const struct form_deviation *deviation = &view->deviations[i];
        json_object(json);
        json_member_text(json, "check", deviation->stored.check);
        design_json_label(json, "message", deviation->message);
        write_place(json, deviation->stored.item, deviation->stored.row);
        json_key(json, "opened");
        json_object(json);
        write_form_key(json, &deviation->stored.key);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

void write_event_place(struct json_writer *json, const struct study_event *event,
                       int64_t repeat)
{
    json_member_text(json, "event", event->oid);
    json_member_integer(json, "event_repeat", repeat);
}

void write_due(struct json_writer *json, const struct event_due *due)
{
    json_object(json);
    write_event_place(json, due->event, due->repeat);
    if (due->form != NULL)
        json_member_text(json, "form", due->form->oid);
    json_member_text(json, "from", due->from->event->oid);
    json_member_instant(json, "due", due->due);
    if (due->has_opens)
        json_member_instant(json, "opens", due->opens);
    if (due->has_closes)
        json_member_instant(json, "closes", due->closes);
    json_end(json);
}

void write_form_view(struct json_writer *json, const struct form_view *view)
{
    json_object(json);
    json_key(json, "participant");
    write_participant(json, view->participant);
    write_form_key(json, &view->key);
    json_member_text(json, "version", view->design->version);
    write_values(json, "values", view->values, view->value_count);
    json_key(json, "hidden");
    json_array(json);
    for (size_t i = 0; i < view->hidden_count; i++) {
        json_object(json);
        write_place(json, view->hidden[i].item, view->hidden[i].row);
        json_end(json);
    }
    json_end(json);
    write_rows(json, view);
    write_sealed(json, &view->reads);
    write_findings(json, "findings", view->findings, view->finding_count, true);
    write_queries(json, view);
    write_deviations(json, view);
    write_second_checks(json, "second_checks", &view->second_checks);
    write_review(json, &view->review);
    write_form_verification(json, &view->verification);
    write_may(json, view);
    json_member_integer(json, "answered", view->answered);
    json_member_integer(json, "expected", view->expected);
    if (view->has_due) {
        json_key(json, "due");
        write_due(json, &view->due);
    }
    json_end(json);
}

static int64_t count_of_form(const struct second_check_list *list, int64_t form)
{
    int64_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += list->at[i].value.form == form;
    return count;
}

/* The strongest of what holds the form: its own lock, its participant's, the data base's. */
static enum lock_state lock_of_form(const struct lock_view *locks, int64_t form)
{
    enum lock_state held = LOCK_OPEN;
    for (size_t i = 0; i < locks->count; i++) {
        const struct record_lock *lock = &locks->at[i].lock;
        if ((lock->form == 0 || lock->form == form) && lock->state > held)
            held = lock->state;
    }
    return held;
}

void write_form_state(struct json_writer *json, const struct form_state *state,
                      const struct second_check_list *second_checks,
                      const struct signatures *signatures,
                      const struct verification_count *verification,
                      const struct lock_view *locks)
{
    json_object(json);
    write_form_key(json, &state->key);
    bool is_empty = state->answered == 0 && !state->is_complete;
    json_member_text(json, "state",
                     state->is_complete ? TEXT("complete")
                     : is_empty         ? TEXT("empty")
                                        : TEXT("started"));
    json_member_integer(json, "answered", state->answered);
    json_member_integer(json, "expected", state->expected);
    json_member_integer(json, "open_queries", state->open_queries);
    json_member_integer(json, "open_second_checks",
                        count_of_form(second_checks, state->id));
    write_optional_instant(json, "last_change", state->last_change);
    write_signatures(json, "signatures", signatures);
    write_verification_count(json, verification);
    json_member_text(json, "lock", lock_state_name(lock_of_form(locks, state->id)));
    json_end(json);
}

static void write_side(struct json_writer *json, const char *key,
                       const struct answer *answer)
{
    json_key(json, key);
    json_object(json);
    write_answer(json, answer);
    json_end(json);
}

static void write_person(struct json_writer *json, const char *key, int64_t id,
                         struct text name, struct text full_name)
{
    json_key(json, key);
    json_object(json);
    json_member_integer(json, "id", id);
    json_member_text(json, "name", id == 0 ? TEXT("") : name);
    write_optional_text(json, "full_name", full_name);
    json_end(json);
}

static void write_clocks(struct json_writer *json, const struct history_entry *entry)
{
    if (entry->has_stated_time)
        json_member_instant(json, "stated_time", entry->stated_time);
    if (entry->has_device_time)
        json_member_instant(json, "device_time", entry->device_time);
    json_member_instant(json, "server_time", entry->server_time);
    if (entry->has_clock_offset)
        json_member_integer(json, "clock_offset_ms", entry->clock_offset / 1000);
}

static void write_imported(struct json_writer *json, const struct history_entry *entry)
{
    if (entry->imported_count == 0)
        return;
    json_key(json, "imported");
    json_array(json);
    for (size_t i = 0; i < entry->imported_count; i++) {
        const struct history_imported *said = &entry->imported[i];
        json_object(json);
        json_member_text(json, "kind", text_of(said->kind));
        write_optional_text(json, "author", said->author);
        write_optional_text(json, "author_name", said->author_name);
        write_optional_text(json, "location", said->location);
        write_optional_text(json, "time", said->time);
        write_optional_text(json, "reason", said->reason);
        write_optional_text(json, "words", said->words);
        write_optional_text(json, "state", said->state);
        write_optional_text(json, "source", said->source);
        json_end(json);
    }
    json_end(json);
}

static void write_second_check(struct json_writer *json,
                               const struct second_checked *check)
{
    if (check == NULL)
        return;
    json_key(json, "second_check");
    json_object(json);
    json_member_bool(json, "agreed", check->is_agreed);
    json_member_bool(json, "typed", check->is_repeat);
    write_version(json, "of", check->version);
    if (!check->is_agreed)
        write_side(json, "entered", &check->entered);
    json_end(json);
}

void write_history_entry(struct json_writer *json, const struct history_entry *entry)
{
    json_object(json);
    json_member_integer(json, "seq", entry->seq);
    json_member_text(json, "kind", log_event_name(entry->kind));
    write_form_key(json, &entry->key);
    write_place(json, entry->item, entry->row);
    bool has_old = answer_is_given(&entry->old) || entry->old.missing != MISSING_NOT;
    if (has_old)
        write_side(json, "old", &entry->old);
    if (!entry->is_statement && !entry->is_sealed)
        write_side(json, "new", &entry->new);
    if (entry->is_sealed)
        json_member_bool(json, "sealed", true);
    write_imported(json, entry);
    write_second_check(json, entry->check);
    write_optional_text(json, "review", entry->review);
    if (entry->verified_count > 0)
        json_member_integer(json, "verified", entry->verified_count);
    write_optional_text(json, "reason", entry->reason);
    write_person(json, "by", entry->by, entry->by_name, entry->by_full_name);
    write_clocks(json, entry);
    write_optional_text(json, "device", entry->device);
    json_member_text(json, "source", text_of(source_name(entry->source)));
    write_version(json, "version", entry->version);
    write_optional_text(json, "language", entry->language);
    write_optional_text(json, "design_version", entry->design_version);
    write_optional_text(json, "status", entry->status);
    json_end(json);
}

static void write_origin(struct json_writer *json, const struct origin *origin)
{
    if (origin->has_stated_time)
        json_member_instant(json, "stated_time", origin->stated_time);
    if (origin->has_device_time)
        json_member_instant(json, "device_time", origin->device_time);
    if (origin->has_clock_offset)
        json_member_integer(json, "clock_offset_ms", origin->clock_offset / 1000);
    write_optional_text(json, "device", origin->device);
    write_optional_text(json, "language", origin->language);
}

void write_audit_entry(struct json_writer *json, const struct audit_entry *entry)
{
    json_object(json);
    json_member_integer(json, "seq", entry->seq);
    json_member_text(json, "kind", log_event_name(entry->kind));
    json_member_instant(json, "server_time", entry->server_time);
    write_person(json, "user", entry->origin.user, entry->by_name, (struct text){0});
    write_origin(json, &entry->origin);
    if (entry->participant != 0)
        json_member_integer(json, "participant", entry->participant);
    write_optional_text(json, "participant_number", entry->participant_number);
    write_optional_text(json, "site", entry->site);
    if (!text_is_absent(entry->form)) {
        json_member_text(json, "event", entry->event);
        json_member_integer(json, "event_repeat", entry->event_repeat);
        json_member_text(json, "form", entry->form);
        json_member_integer(json, "form_repeat", entry->form_repeat);
    }
    write_optional_text(json, "items", entry->items);
    write_optional_text(json, "detail", entry->detail);
    if (entry->is_erased)
        json_member_bool(json, "erased", true);
    json_end(json);
}

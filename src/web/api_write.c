#include "web/api_write.h"

void write_optional_text(struct json_writer *json, const char *key, struct text value)
{
    if (!text_is_absent(value))
        json_member_text(json, key, value);
}

void write_optional_instant(struct json_writer *json, const char *key, int64_t instant)
{
    if (instant != 0)
        json_member_instant(json, key, instant);
}

void write_grants(struct json_writer *json, const char *key, const struct grant *grants,
                  size_t count)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        json_object(json);
        json_member_text(json, "role", role_code(grants[i].role));
        write_optional_text(json, "site", grants[i].site);
        json_end(json);
    }
    json_end(json);
}

void write_user(struct json_writer *json, const struct user *user)
{
    json_object(json);
    json_member_integer(json, "id", user->id);
    json_member_text(json, "name", user->name);
    json_member_text(json, "full_name", user->full_name);
    write_grants(json, "roles", user->grants, user->grant_count);
    json_member_bool(json, "disabled", user->is_disabled);
    json_member_bool(json, "has_password", user->has_password);
    json_member_bool(json, "totp", user->has_totp);
    json_member_bool(json, "verified", user->has_identity);
    write_optional_instant(json, "created_at", user->created_at);
    json_end(json);
}

void write_participant(struct json_writer *json, const struct participant *participant)
{
    write_proposed_participant(json, participant, &(struct proposal){0});
}

void write_proposed_participant(struct json_writer *json,
                                const struct participant *participant,
                                const struct proposal *proposal)
{
    json_object(json);
    json_member_integer(json, "id", participant->id);
    json_member_text(json, "site", participant->site);
    write_optional_text(json, "screening_number", participant->screening_number);
    write_optional_text(json, "provisional_number", participant->provisional_number);
    write_optional_text(json, "subject_number", participant->subject_number);
    write_optional_text(json, "bed", participant->bed);
    json_member_text(json, "state", participant_state_name(participant->state));
    write_optional_instant(json, "screened_at", participant->screened_at);
    write_optional_instant(json, "enrolled_at", participant->enrolled_at);
    json_member_instant(json, "created_at", participant->created_at);
    json_member_integer(json, "open_queries", participant->open_queries);
    json_member_integer(json, "forms_complete", participant->forms_complete);
    json_member_integer(json, "forms_started", participant->forms_started);
    write_optional_instant(json, "last_change", participant->last_change);
    if (participant->attached_to != 0)
        json_member_integer(json, "attached_to", participant->attached_to);
    if (proposal->to != 0) {
        json_key(json, "proposal");
        json_object(json);
        json_member_integer(json, "to", proposal->to);
        json_member_text(json, "by", proposal->by);
        json_end(json);
    }
    json_end(json);
}

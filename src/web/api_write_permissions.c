/* The permission matrix, and what one caller holds of it. */
#include "actions/session.h"
#include "web/api_write.h"

static void write_cells(struct json_writer *json, enum permission permission)
{
    json_key(json, "roles");
    json_object(json);
    for (int role = 0; role < ROLE_COUNT; role++) {
        enum permission_scope scope = permission_scope(permission, (enum role)role);
        if (scope == PERMISSION_SCOPE_NONE)
            continue;
        char letter = permission_scope_letter(scope);
        json_key_text(json, role_code((enum role)role));
        json_text(json, (struct text){.at = &letter, .len = 1});
    }
    json_end(json);
}

static void write_roles(struct json_writer *json)
{
    json_key(json, "roles");
    json_array(json);
    for (int role = 0; role < ROLE_COUNT; role++) {
        json_object(json);
        json_member_text(json, "code", role_code((enum role)role));
        design_json_label(json, "label", role_label((enum role)role));
        design_json_label(json, "sentence", role_sentence((enum role)role));
        json_end(json);
    }
    json_end(json);
}

static void write_role_set(struct json_writer *json, const char *key, uint32_t set)
{
    json_key(json, key);
    json_array(json);
    for (int role = 0; role < ROLE_COUNT; role++)
        if ((set >> role & 1U) != 0)
            json_text(json, role_code((enum role)role));
    json_end(json);
}

void write_permission_matrix(struct json_writer *json)
{
    json_object(json);
    json_key(json, "permissions");
    json_array(json);
    for (int i = 0; i < PERMISSION_COUNT; i++) {
        enum permission permission = (enum permission)i;
        json_object(json);
        json_member_text(json, "name", permission_name(permission));
        design_json_label(json, "label", permission_label(permission));
        design_json_label(json, "group", permission_group(permission));
        write_cells(json, permission);
        json_end(json);
    }
    json_end(json);
    write_roles(json);
    json_key(json, "two_person");
    json_array(json);
    for (size_t i = 0; i < two_person_rule_count; i++) {
        const struct two_person_rule *rule = &two_person_rules[i];
        json_object(json);
        json_member_text(json, "name", permission_name(rule->permission));
        write_role_set(json, "first", rule->first);
        write_role_set(json, "second", rule->second);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void write_held_sites(struct json_writer *json,
                             const struct permission_held *held)
{
    json_key(json, "sites");
    if (held->scope == PERMISSION_SCOPE_ALL_SITES) {
        json_text(json, TEXT("all"));
        return;
    }
    if (held->scope == PERMISSION_SCOPE_OWN_TASK) {
        json_text(json, TEXT("own task"));
        return;
    }
    json_array(json);
    for (size_t i = 0; i < held->site_count; i++)
        json_text(json, held->sites[i]);
    json_end(json);
}

static void write_resting(struct json_writer *json, const struct caller *caller)
{
    json_key(json, "resting");
    json_array(json);
    for (size_t i = 0; i < caller->resting_count; i++) {
        const struct resting_grant *resting = &caller->resting[i];
        json_object(json);
        json_member_text(json, "role", role_code(resting->grant.role));
        write_optional_text(json, "site", resting->grant.site);
        design_json_label(json, "why", delegation_lack_label(resting->lack));
        json_end(json);
    }
    json_end(json);
}

void write_me(struct json_writer *json, const struct user *user,
              const struct caller *caller, const struct permission_held *held,
              size_t held_count, int64_t password_expires)
{
    json_object(json);
    json_member_integer(json, "id", user->id);
    json_member_text(json, "name", user->name);
    json_member_text(json, "full_name", user->full_name);
    write_grants(json, "roles", user->grants, user->grant_count);
    json_member_bool(json, "totp", user->has_totp);
    json_member_text(json, "language", caller->language);
    write_resting(json, caller);
    json_key(json, "permissions");
    json_array(json);
    for (size_t i = 0; i < held_count; i++) {
        json_object(json);
        json_member_text(json, "permission", permission_name(held[i].permission));
        write_held_sites(json, &held[i]);
        json_end(json);
    }
    json_end(json);
    if (password_expires != 0)
        json_member_instant(json, "password_expires", password_expires);
    json_member_integer(json, "idle_lock_seconds", SESSION_IDLE_LOCK);
    json_end(json);
}

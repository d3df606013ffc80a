#ifndef OSTEON_WEB_API_WRITE_H
#define OSTEON_WEB_API_WRITE_H
/* The structs of model and actions as the members of the JSON API: one function a struct,
 * so that a participant, a value or a user looks the same in every answer. Item values
 * are always strings, instants ISO 8601 in UTC, labels {"en", "zh"}.
 */
#include "actions/account.h"
#include "actions/audit.h"
#include "actions/form_view.h"
#include "actions/history.h"
#include "actions/lookup.h"
#include "actions/query.h"
#include "base/json_write.h"
#include "formats/design_json.h"

/* Left out when absent or zero. */
void write_optional_text(struct json_writer *json, const char *key, struct text value);
void write_optional_instant(struct json_writer *json, const char *key, int64_t instant);

/* [{role, site?}, …] */
void write_grants(struct json_writer *json, const char *key, const struct grant *grants,
                  size_t count);
/* {id, name, full_name, roles, disabled, has_password, totp, created_at} */
void write_user(struct json_writer *json, const struct user *user);

/* What GET /api/me says of the caller. */
void write_me(struct json_writer *json, const struct user *user,
              const struct caller *caller, const struct permission_held *held,
              size_t held_count, int64_t password_expires);

void write_participant(struct json_writer *json, const struct participant *participant);
/* With the proposal to attach it: {to, by}. */
void write_proposed_participant(struct json_writer *json,
                                const struct participant *participant,
                                const struct proposal *proposal);
/* {event, event_repeat, form, form_repeat, state, answered, expected, …}; how many of the
 * second checks wait on this form is counted. */
void write_form_state(struct json_writer *json, const struct form_state *state,
                      const struct second_check_list *second_checks,
                      const struct signatures *signatures,
                      const struct verification_count *verification,
                      const struct lock_view *locks);

/* "verification" of the open object: counts; with all answers. */
void write_verification_count(struct json_writer *json,
                              const struct verification_count *count);
void write_form_verification(struct json_writer *json,
                             const struct form_verification *verification);

/* event, event_repeat, form, form_repeat of the object that is open. */
void write_form_key(struct json_writer *json, const struct form_key *key);
void write_second_checks(struct json_writer *json, const char *key,
                         const struct second_check_list *list);

/* "signatures", "locks", and "signing" where the caller has the right: of the open object. */
void write_review(struct json_writer *json, const struct form_review *review);
/* "open", "frozen", "locked" */
struct text lock_state_name(enum lock_state state);
/* "locks" of the open object. */
void write_locks(struct json_writer *json, const struct lock_view *view);
void write_signatures(struct json_writer *json, const char *key,
                      const struct signatures *signatures);

void write_form_value(struct json_writer *json, const struct form_value *value);
void write_form_view(struct json_writer *json, const struct form_view *view);
/* Members of an open object. */
void write_event_place(struct json_writer *json, const struct study_event *event,
                       int64_t repeat);
void write_due(struct json_writer *json, const struct event_due *due);
/* [{check, severity, message, items}]; an item is {item, row}, or its OID alone. */
void write_findings(struct json_writer *json, const char *key,
                    const struct rule_finding *findings, size_t count, bool with_rows);

/* "steps": of a query, oldest first. */
void write_query_steps(struct json_writer *json, const struct query_thread *thread);
void write_history_entry(struct json_writer *json, const struct history_entry *entry);
/* One line of the audit trail. */
void write_audit_entry(struct json_writer *json, const struct audit_entry *entry);

/* The whole permission matrix: {permissions: [{name, label, group, roles: {PI: "s", …}}],
 * roles: [{code, label, sentence}], two_person: [{name, first: […], second: […]}]}. */
void write_permission_matrix(struct json_writer *json);

#endif

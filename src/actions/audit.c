/* The audit trail without clinical values: who did what to whom and when. */
#include "actions/audit_feed.h"
#include "actions/audit_parts.h"
#include "actions/audit_review.h"
#include "actions/study_state.h"
#include "base/buffer.h"
#include "base/hex.h"
#include "store/protection.h"
#include "store/register.h"
#include "store/review.h"

/* --- what each kind tells ----------------------------------------------------------------- */

static struct text join_items(const struct values_saved *saved, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_BODY);
    struct text items = TEXT("");
    struct error ignored;
    for (size_t i = 0; i < saved->change_count; i++) {
        if (i > 0)
            buffer_byte(&buffer, ' ');
        buffer_text_add(&buffer, saved->changes[i].item);
    }
    return buffer_text(&buffer, &items, &ignored) ? items : (struct text){0};
}

static void take_key(struct audit_entry *entry, const struct form_key *key)
{
    entry->event = key->event;
    entry->form = key->form;
    entry->event_repeat = key->event_repeat;
    entry->form_repeat = key->form_repeat;
}

/* "PI 01, CRC 01" */
static struct text join_grants(const struct user_changed *changed, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_BODY);
    struct text text = TEXT("");
    struct error ignored;
    buffer_text_add(&buffer, changed->name);
    for (size_t i = 0; i < changed->grant_count; i++) {
        struct text role = role_code(changed->grants[i].role);
        struct text site = changed->grants[i].site;
        buffer_format(&buffer, "%s%.*s", i == 0 ? ": " : ", ", TEXT_ARG(role));
        if (!text_is_absent(site))
            buffer_format(&buffer, " %.*s", TEXT_ARG(site));
    }
    return buffer_text(&buffer, &text, &ignored) ? text : (struct text){0};
}

static bool name_user(struct audit_reading *reading, int64_t id, struct text *out)
{
    const struct user *user = NULL;
    if (!people_user(&reading->people, id, &user, reading->err))
        return false;
    if (user != NULL)
        *out = user->name;
    return true;
}

/* The name of the user an event is about, then why and from where. A name that nobody has
 * is not shown: people type passwords into the wrong field. */
static bool tell_sign_in(struct audit_reading *reading,
                         const struct sign_in_event *event, struct text *out)
{
    struct text name = {0};
    if (!name_user(reading, event->user, &name))
        return false;
    *out = text_format(reading->arena, "%.*s%s%.*s%s%.*s", TEXT_ARG(name),
                       name.len > 0 && event->why.len > 0 ? ": " : "",
                       TEXT_ARG(event->why), event->client.len > 0 ? ", from " : "",
                       TEXT_ARG(event->client));
    return true;
}

/* "csv of event 1234, SHA-256 0123…" */
static struct text tell_export(const struct exported *exported, struct arena *arena)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    hex_print(exported->content.bytes, HASH_SIZE, digits);
    return text_format(arena, "%.*s of event %lld, SHA-256 %.*s",
                       TEXT_ARG(exported->format), (long long)exported->at_seq,
                       (int)sizeof digits, digits);
}

/* "plan 2 at event 1234, results SHA-256 0123…" */
static struct text tell_run(const struct analysis_run_noted *run, struct arena *arena)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    hex_print(run->results.bytes, HASH_SIZE, digits);
    return text_format(arena, "plan %.*s at event %lld, results SHA-256 %.*s",
                       TEXT_ARG(run->plan), (long long)run->at_seq, (int)sizeof digits,
                       digits);
}

/* The events about answers: which, and in what form. */
static void tell_answers(struct audit_reading *reading, const void *content,
                         struct audit_entry *entry)
{
    if (audit_review(content, reading->arena, entry) ||
        audit_alarm(content, reading->arena, entry))
        return;
    switch ((int)entry->kind) {
    case LOG_EVENT_SECOND_CHECKED:
        entry->items = ((const struct second_checked *)content)->item;
        entry->detail = ((const struct second_checked *)content)->is_agreed
                            ? TEXT("agreed")
                            : TEXT("differs");
        take_key(entry, &((const struct second_checked *)content)->key);
        return;
    case LOG_EVENT_VAULT_VIEWED:
        entry->items = ((const struct vault_viewed *)content)->item;
        entry->detail = ((const struct vault_viewed *)content)->reason;
        take_key(entry, &((const struct vault_viewed *)content)->key);
        return;
    case LOG_EVENT_DEVIATION_OPENED:
        entry->items = ((const struct deviation_opened *)content)->item;
        entry->detail = ((const struct deviation_opened *)content)->check;
        return;
    case LOG_EVENT_IMAGE_ASSIGNED: {
        const struct image_assigned *image = content;
        struct text name = {0};
        if (name_user(reading, image->user, &name))
            entry->detail = name;
        take_key(entry, &image->key);
        return;
    }
    case LOG_EVENT_WAKE_SET:
        take_key(entry, &((const struct wake_set *)content)->key);
        return;
    case LOG_EVENT_ROWS_COUNTED: /* its items stand in the save that it follows */
        entry->detail = ((const struct rows_counted *)content)->count;
        take_key(entry, &((const struct rows_counted *)content)->key);
        return;
    case LOG_EVENT_QUERY_OPENED:
    case LOG_EVENT_QUERY_ANSWERED:
    case LOG_EVENT_QUERY_CLOSED:
    case LOG_EVENT_QUERY_REOPENED:
    case LOG_EVENT_QUERY_CANCELLED:
    case LOG_EVENT_QUERY_ASSIGNED: /* its words may name a value: they stay out */
        entry->items = ((const struct query_stepped *)content)->item;
        take_key(entry, &((const struct query_stepped *)content)->key);
        return;
    default: /* VALUES_SAVED, and IMPORT_STAGED, which begins with the same */
        entry->items = join_items(content, reading->arena);
        take_key(entry, &((const struct values_saved *)content)->key);
    }
}

/* The events about people: whom, what and why. */
static bool tell_person(struct audit_reading *reading, enum log_event_kind kind,
                        const void *content, struct text *out)
{
    switch ((int)kind) {
    case LOG_EVENT_USER_ADDED:
    case LOG_EVENT_USER_ROLES_SET:
        *out = join_grants(content, reading->arena);
        return true;
    case LOG_EVENT_USER_DISABLED:
    case LOG_EVENT_USER_ENABLED:
    case LOG_EVENT_TOTP_REMOVED:
        return name_user(reading, ((const struct user_named *)content)->user, out);
    case LOG_EVENT_CREDENTIAL_SET:
    case LOG_EVENT_TOTP_SET:
        return name_user(reading, ((const struct credential_set *)content)->user, out);
    case LOG_EVENT_LINK_ISSUED:
    case LOG_EVENT_LINK_USED:
        return name_user(reading, ((const struct link_event *)content)->user, out);
    case LOG_EVENT_IDENTITY_VERIFIED:
        return name_user(reading, ((const struct identity_verified *)content)->user,
                         out);
    default: return tell_sign_in(reading, content, out);
    }
}

/* "365 days, 5 remembered: SYNTHETIC reason" */
static struct text tell_password_rules(const struct password_rules *rules,
                                       struct arena *arena)
{
    return text_format(arena, "%lld days, %lld remembered: %.*s",
                       (long long)rules->longest_days, (long long)rules->remembered,
                       TEXT_ARG(rules->reason));
}

/* "DELEG line 57: left the hospital"; of a new line, whose number is its event's, "DELEG". */
static struct text tell_register(const struct register_step *step, struct arena *arena)
{
    if (step->line == 0)
        return step->name;
    return text_format(arena, "%.*s line %lld%s%.*s", TEXT_ARG(step->name),
                       (long long)step->line, step->reason.len > 0 ? ": " : "",
                       TEXT_ARG(step->reason));
}

/* "5 entries of rosa, from SYNTHETIC tablet" */
static struct text tell_rescue(const struct rescue_brought *brought,
                               struct arena *arena)
{
    return text_format(arena, "%lld %s of %.*s, from %.*s", (long long)brought->entries,
                       brought->entries == 1 ? "entry" : "entries",
                       TEXT_ARG(brought->person), TEXT_ARG(brought->device));
}

/* The others in one text; of a withdrawal, which only has a number, the reason. */
static struct text tell_plainly(enum log_event_kind kind, const void *content,
                                struct arena *arena)
{
    switch ((int)kind) {
    case LOG_EVENT_PARTICIPANT_ENROLLED:
        return ((const struct participant_enrolled *)content)->subject_number;
    case LOG_EVENT_ENROLMENT_REFUSED:
        return ((const struct participant_enrolled *)content)->findings;
    case LOG_EVENT_OPEN_POINT_CONFIRMED:
        return ((const struct point_confirmed *)content)->point;
    case LOG_EVENT_PARTICIPANT_ERASED:
        return ((const struct participant_erased *)content)->reason;
    case LOG_EVENT_ERASURE_PROPOSED:
    case LOG_EVENT_ERASURE_TAKEN_BACK:
        return ((const struct erasure_asked *)content)->reason;
    case LOG_EVENT_DESIGN_PUBLISHED:
        return ((const struct design_published *)content)->version;
    case LOG_EVENT_DESIGN_PROPOSED:
        return ((const struct design_proposed *)content)->version;
    case LOG_EVENT_DESIGN_WITHDRAWN:
        return ((const struct design_withdrawn *)content)->reason;
    case LOG_EVENT_PARTICIPANT_MOVED:
        return ((const struct participant_moved *)content)->version;
    case LOG_EVENT_REGISTER_LINE_ADDED:
    case LOG_EVENT_REGISTER_LINE_AGREED:
    case LOG_EVENT_REGISTER_LINE_CORRECTED:
    case LOG_EVENT_REGISTER_LINE_ENDED: return tell_register(content, arena);
    case LOG_EVENT_PASSWORD_RULES_SET: return tell_password_rules(content, arena);
    case LOG_EVENT_MISUSE_REVIEWED:
        return ((const struct misuse_reviewed *)content)->note;
    case LOG_EVENT_START_REVIEWED:
        return ((const struct start_reviewed *)content)->note;
    case LOG_EVENT_IMPORT_BEGUN: return ((const struct import_begun *)content)->files;
    case LOG_EVENT_EXPORTED: return tell_export(content, arena);
    case LOG_EVENT_ANALYSIS_RUN: return tell_run(content, arena);
    case LOG_EVENT_PLAN_PROPOSED:
        return text_format(arena, "%.*s: %.*s",
                           TEXT_ARG(((const struct plan_proposed *)content)->version),
                           TEXT_ARG(((const struct plan_proposed *)content)->reason));
    case LOG_EVENT_PLAN_PUBLISHED:
        return ((const struct plan_published *)content)->version;
    case LOG_EVENT_RESCUE_BROUGHT: return tell_rescue(content, arena);
    case LOG_EVENT_FEED_MESSAGE_RECEIVED:
    case LOG_EVENT_FEED_MESSAGE_SORTED:
    case LOG_EVENT_FEED_SET: return audit_feed(kind, content, arena);
    case LOG_EVENT_PATIENT_LINKED:
    case LOG_EVENT_PATIENT_UNLINKED:
    case LOG_EVENT_FEED_RULE_SET:
    case LOG_EVENT_FEED_RULE_ENDED:
    case LOG_EVENT_RESULTS_RECEIVED: return audit_laboratory(kind, content, arena);
    default: return ((const struct folder_event *)content)->note;
    }
}

// SIZE-OK: one switch over every kind, so that none is forgotten. NOLINTNEXTLINE(readability-function-size)
static bool tell(struct audit_reading *reading, const struct log_row *row,
                 struct audit_entry *entry)
{
    switch (entry->kind) {
    case LOG_EVENT_VALUES_SAVED:
    case LOG_EVENT_IMPORT_STAGED:
    case LOG_EVENT_SECOND_CHECKED:
    case LOG_EVENT_VAULT_VIEWED:
    case LOG_EVENT_DEVIATION_OPENED:
    case LOG_EVENT_WAKE_SET:
    case LOG_EVENT_QUERY_OPENED:
    case LOG_EVENT_QUERY_ANSWERED:
    case LOG_EVENT_QUERY_CLOSED:
    case LOG_EVENT_QUERY_REOPENED:
    case LOG_EVENT_QUERY_CANCELLED:
    case LOG_EVENT_QUERY_ASSIGNED:
    case LOG_EVENT_IMAGE_ASSIGNED:
    case LOG_EVENT_SIGNED:
    case LOG_EVENT_SOURCE_VERIFIED:
    case LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN:
    case LOG_EVENT_FROZEN:
    case LOG_EVENT_UNFROZEN:
    case LOG_EVENT_LOCK_PROPOSED:
    case LOG_EVENT_LOCKED:
    case LOG_EVENT_UNLOCKED:
    case LOG_EVENT_DATABASE_LOCKED:
    case LOG_EVENT_SAFETY_REVIEWED:
    case LOG_EVENT_GRADE_DECIDED:
    case LOG_EVENT_DEVIATION_ASSESSED:
    case LOG_EVENT_ROWS_COUNTED:
    case LOG_EVENT_ALARM_RAISED:
    case LOG_EVENT_ALARM_ACKNOWLEDGED:
    case LOG_EVENT_ALARM_ESCALATED:
    case LOG_EVENT_ALARM_ENDED:
    case LOG_EVENT_ALARM_REPEATED:
    case LOG_EVENT_ALARM_MESSAGE_SENT:
    case LOG_EVENT_ALARM_MESSAGE_FAILED:
        tell_answers(reading, row->content, entry);
        return true;
    case LOG_EVENT_USER_ADDED:
    case LOG_EVENT_USER_ROLES_SET:
    case LOG_EVENT_USER_DISABLED:
    case LOG_EVENT_USER_ENABLED:
    case LOG_EVENT_TOTP_REMOVED:
    case LOG_EVENT_CREDENTIAL_SET:
    case LOG_EVENT_TOTP_SET:
    case LOG_EVENT_LINK_ISSUED:
    case LOG_EVENT_LINK_USED:
    case LOG_EVENT_IDENTITY_VERIFIED:
    case LOG_EVENT_SIGNED_IN:
    case LOG_EVENT_SIGN_IN_FAILED:
    case LOG_EVENT_SIGNED_OUT:
    case LOG_EVENT_ACCESS_REFUSED:
        return tell_person(reading, entry->kind, row->content, &entry->detail);
    case LOG_EVENT_PARTICIPANT_ENROLLED:
    case LOG_EVENT_ENROLMENT_REFUSED:
    case LOG_EVENT_OPEN_POINT_CONFIRMED:
    case LOG_EVENT_PARTICIPANT_ERASED:
    case LOG_EVENT_ERASURE_PROPOSED:
    case LOG_EVENT_ERASURE_TAKEN_BACK:
    case LOG_EVENT_DESIGN_PUBLISHED:
    case LOG_EVENT_DESIGN_PROPOSED:
    case LOG_EVENT_DESIGN_WITHDRAWN:
    case LOG_EVENT_PARTICIPANT_MOVED:
    case LOG_EVENT_REGISTER_LINE_ADDED:
    case LOG_EVENT_REGISTER_LINE_AGREED:
    case LOG_EVENT_REGISTER_LINE_CORRECTED:
    case LOG_EVENT_REGISTER_LINE_ENDED:
    case LOG_EVENT_START_REVIEWED:
    case LOG_EVENT_PASSWORD_RULES_SET:
    case LOG_EVENT_MISUSE_REVIEWED:
    case LOG_EVENT_IMPORT_BEGUN:
    case LOG_EVENT_CHECKPOINT_SIGNED:
    case LOG_EVENT_BACKUP_MADE:
    case LOG_EVENT_RESTORED:
    case LOG_EVENT_EXPORTED:
    case LOG_EVENT_ANALYSIS_RUN:
    case LOG_EVENT_PLAN_PROPOSED:
    case LOG_EVENT_PLAN_PUBLISHED:
    case LOG_EVENT_RESCUE_BROUGHT:
    case LOG_EVENT_PATIENT_LINKED:
    case LOG_EVENT_PATIENT_UNLINKED:
    case LOG_EVENT_FEED_RULE_SET:
    case LOG_EVENT_FEED_RULE_ENDED:
    case LOG_EVENT_RESULTS_RECEIVED:
    case LOG_EVENT_FEED_MESSAGE_RECEIVED:
    case LOG_EVENT_FEED_MESSAGE_SORTED:
    case LOG_EVENT_FEED_SET:
        entry->detail = tell_plainly(entry->kind, row->content, reading->arena);
        return true;
    case LOG_EVENT_STUDY_CREATED:
    case LOG_EVENT_PARTICIPANT_ADDED:
    case LOG_EVENT_PARTICIPANT_ATTACH_PROPOSED:
    case LOG_EVENT_PARTICIPANT_ATTACHED:
    case LOG_EVENT_PARTICIPANT_DETACHED:
    case LOG_EVENT_IMPORT_COMMITTED:
    case LOG_EVENT_IMPORT_RULES_RUN:
    case LOG_EVENT_IMPORT_ABANDONED:
    case LOG_EVENT_BONE_USE_STATED: /* what was answered is clinical */
    case LOG_EVENT_NONE: return true;
    }
    return true;
}

/* --- entries ------------------------------------------------------------------------------------ */

static bool is_of_sites(const struct audit_reading *reading,
                        const struct participant *participant)
{
    if (reading->is_everywhere)
        return true;
    for (size_t i = 0; participant != NULL && i < reading->site_count; i++)
        if (text_equal(reading->sites[i], participant->site))
            return true;
    return false;
}

static bool add_row(struct audit_reading *reading, const struct log_row *row)
{
    const struct participant *participant = NULL;
    if (!people_participant(&reading->people, row->participant, &participant,
                            reading->err))
        return false;
    if (!is_of_sites(reading, participant))
        return true;
    struct audit_entry *entry = &reading->entries[reading->count++];
    *entry = (struct audit_entry){.seq = row->seq,
                                  .kind = (enum log_event_kind)row->kind,
                                  .server_time = row->server_time,
                                  .origin = row->origin,
                                  .participant = row->participant,
                                  .is_erased = row->is_erased};
    if (participant != NULL) {
        entry->participant_number = participant_number(participant);
        entry->site = participant->site;
    }
    return name_user(reading, row->origin.user, &entry->by_name) &&
           (row->content == NULL || tell(reading, row, entry));
}

struct log_filter audit_log_filter(const struct audit_filter *filter)
{
    return (struct log_filter){.after = filter->after,
                               .before = filter->before,
                               .from = filter->from,
                               .until = filter->until,
                               .participant = filter->participant,
                               .user = filter->user,
                               .kind = filter->kind,
                               .newest_first = filter->newest_first,
                               .limit = filter->limit};
}

bool audit_step(struct audit_reading *reading, struct log_filter *wanted, bool *is_end)
{
    struct log_row *rows = NULL;
    size_t count = 0;
    if (!log_list(reading->log, wanted, reading->arena, &rows, &count, reading->err))
        return false;
    for (size_t i = 0; i < count && reading->count < reading->limit; i++)
        if (!add_row(reading, &rows[i]))
            return false;
    *is_end = count < wanted->limit;
    if (count == 0)
        return true;
    if (wanted->newest_first)
        wanted->before = rows[count - 1].seq;
    else
        wanted->after = rows[count - 1].seq;
    return true;
}

/* Who sees one site only gets the events of its participants: the pages are filled from as
 * many steps as it takes. */
static bool read_rows(struct audit_reading *reading, const struct audit_filter *filter)
{
    struct log_filter wanted = audit_log_filter(filter);
    wanted.limit = reading->limit;
    for (bool is_end = false; !is_end && reading->count < reading->limit;)
        if (!audit_step(reading, &wanted, &is_end))
            return false;
    return true;
}

bool audit_read(struct study *study, const struct caller *caller,
                const struct audit_filter *filter, struct arena *arena,
                struct audit_entry **out, size_t *count, struct error *err)
{
    struct audit_reading reading = {.arena = arena, .err = err};
    caller_sites(caller, PERMISSION_VIEW_AUDIT_TRAIL, arena, &reading.is_everywhere,
                 &reading.sites, &reading.site_count);
    if (!reading.is_everywhere && reading.site_count == 0 &&
        !caller_must(caller, PERMISSION_VIEW_AUDIT_TRAIL, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    reading.limit =
        filter->limit == 0 || filter->limit > LIMIT_LIST ? LIMIT_LIST : filter->limit;
    reading.entries = ARENA_ARRAY(arena, struct audit_entry, reading.limit);
    reading.log = store_reader(study->store);
    reading.people = people_of(reading.log, arena);
    bool is_read = read_rows(&reading, filter);
    store_reader_return(study->store, reading.log);
    *out = reading.entries;
    *count = reading.count;
    return is_read;
}

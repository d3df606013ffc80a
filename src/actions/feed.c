#include "actions/feed.h"

#include "actions/people.h"
#include "actions/program_values.h"
#include "actions/study_state.h"
#include "base/datetime.h"
#include "base/utf8.h"

enum { SILENT_MOST = 60 * 24 * 366 };

/* --- who may send ------------------------------------------------------------------------ */

static bool refuse(struct error *err, const char *field, const char *what,
                   const char *hint)
{
    error_set(err, ERROR_REFUSED, "%s", what);
    error_hint(err, "%s", hint);
    return error_where(err, 0, "%s", field);
}

static bool is_hex(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (!(t.at[i] >= '0' && t.at[i] <= '9') && !(t.at[i] >= 'a' && t.at[i] <= 'f'))
            return false;
    return t.len == (size_t)2 * HASH_SIZE;
}

static bool check(const struct feed_change *verb, struct error *err)
{
    size_t at = 0;
    if (verb->feed.len < 2 || verb->feed.len > 2 * LIMIT_FEED_NAME ||
        text_find(verb->feed, '@') == verb->feed.len ||
        !utf8_is_printable(verb->feed, &at))
        return refuse(err, "feed", "this is not the name of a feed",
                      "application and facility as MSH-3 and MSH-4 say them: "
                      "LIS@CENTRALLAB");
    if (verb->label.len > LIMIT_NAME || !utf8_is_printable(verb->label, &at))
        return refuse(err, "label", "this cannot be what people call it",
                      "at most 200 bytes of printable text");
    if (verb->certificate.len > 0 && !is_hex(verb->certificate))
        return refuse(err, "certificate", "this is not a certificate's SHA-256",
                      "64 digits 0-9 a-f; empty: any certificate");
    if (verb->silent_after < 0 || verb->silent_after > SILENT_MOST)
        return refuse(err, "silent_after", "minutes from 0 to a year",
                      "0: silence is nothing unusual");
    return reason_check(verb->reason, err);
}

bool feed_change(struct act *act, struct txn *txn, struct error *err)
{
    struct feed_change *verb = (struct feed_change *)act;
    struct origin origin = caller_origin(act->caller);
    if (!caller_must(act->caller, PERMISSION_MANAGE_FEEDS, (struct text){0}, false,
                     err) ||
        !check(verb, err))
        return false;
    struct feed_set content = {.feed = verb->feed,
                               .label = verb->label.len > 0 ? verb->label : verb->feed,
                               .is_open = verb->is_open,
                               .silent_after = verb->silent_after,
                               .reason = verb->reason};
    if (verb->certificate.len > 0)
        content.certificate = verb->certificate;
    return txn_append(txn, LOG_EVENT_FEED_SET, &origin, 0, &content, NULL, err);
}

void feed_door_set(struct study *study, const struct feed_door *door)
{
    atomic_store(&study->feed_door, door);
}

const struct feed_door *feed_door_get(const struct study *study)
{
    return atomic_load(&study->feed_door);
}

/* --- how they stand ----------------------------------------------------------------------- */

struct standing {
    struct people people;
    struct arena *arena;
    int64_t now, midnight;
    struct feed_open *open;
    size_t open_count;
};

static void count_open(const struct standing *standing, struct feed_state_entry *entry)
{
    for (size_t i = 0; i < standing->open_count; i++) {
        const struct feed_open *open = &standing->open[i];
        if (!text_equal(open->feed, entry->feed.name))
            continue;
        if (open->state == FEED_WAITING)
            entry->waiting = open->count;
        else
            entry->quarantined = open->count;
    }
}

/* One that never sent is silent since it was opened. */
static bool is_silent(const struct feed *feed, int64_t now)
{
    int64_t since = feed->last_at > feed->set_at ? feed->last_at : feed->set_at;
    return feed->standing == FEED_OPEN && feed->silent_after > 0 &&
           now - since > feed->silent_after * 60 * INSTANT_SECOND;
}

static bool stand(struct standing *standing, struct feed_state_entry *entry,
                  struct error *err)
{
    const struct user *user = NULL;
    struct feed_message *refused = NULL;
    if (!people_user(&standing->people, entry->feed.set_by, &user, err) ||
        !feed_message_find(standing->people.db, entry->feed.refused_message,
                           standing->arena, &refused, err))
        return false;
    if (user != NULL)
        entry->set_by = user->full_name;
    if (refused != NULL)
        entry->refused_reason = refused->reason;
    entry->is_silent = is_silent(&entry->feed, standing->now);
    count_open(standing, entry);
    return feed_count_since(standing->people.db, entry->feed.name, standing->midnight,
                            &entry->today, err);
}

static bool stand_all(struct standing *standing, struct feed_state_list *out,
                      struct error *err)
{
    struct feed_list list;
    struct db *db = standing->people.db;
    if (!feeds_read(db, standing->arena, &list, err) ||
        !feeds_open(db, standing->arena, &standing->open, &standing->open_count, err))
        return false;
    out->at = ARENA_ARRAY(standing->arena, struct feed_state_entry, list.count + 1);
    for (; out->count < list.count; out->count++) {
        out->at[out->count] = (struct feed_state_entry){.feed = list.at[out->count]};
        if (!stand(standing, &out->at[out->count], err))
            return false;
    }
    return true;
}

/* The beginning of the day where the first site is. */
static int64_t midnight_of(const struct design *design, int64_t now)
{
    int32_t offset = design->site_count == 0 ? 0 : design->sites[0].offset_minutes;
    struct moment day = moment_of_instant(now, offset);
    day.precision = MOMENT_DAY;
    day.hour = day.minute = day.second = day.microsecond = 0;
    return moment_instant(&day, offset);
}

bool feed_states_read(struct study *study, const struct caller *caller,
                      struct arena *arena, struct feed_state_list *out,
                      struct error *err)
{
    *out = (struct feed_state_list){0};
    if (!caller_must_somewhere(caller, PERMISSION_VIEW_FEED_STATE, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    struct standing standing = {
        .people = people_of(db, arena), .arena = arena, .now = study_now(study)};
    standing.midnight = midnight_of(study_design(study), standing.now);
    bool is_read = stand_all(&standing, out, err);
    store_reader_return(study->store, db);
    return is_read;
}

bool feed_messages_view(struct study *study, const struct caller *caller,
                        const struct feed_messages_wanted *wanted, struct arena *arena,
                        struct feed_message_list *out, struct error *err)
{
    if (!caller_must_somewhere(caller, PERMISSION_RECONCILE_FEED, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = feed_messages_latest(db, wanted->state, wanted->before, wanted->most,
                                        arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}

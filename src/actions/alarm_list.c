/* What stands, for people: the most urgent first, the latest of the same level first. */
#include "actions/alarm.h"
#include "actions/alarm_settings.h"
#include "actions/people.h"
#include "actions/study_state.h"

#include <stdlib.h>

bool alarm_rests(bool is_quiet, enum alarm_level level)
{
    return is_quiet && (level == ALARM_INFO || level == ALARM_AMBER);
}

struct listing {
    const struct design *design;
    const struct caller *caller;
    struct people people;
    struct arena *arena;
    struct alarm_entries *out;
    size_t capacity;
};

static bool may_see(const struct listing *listing, const struct alarm_entry *entry)
{
    const struct caller *caller = listing->caller;
    int64_t participant = entry->alarm.participant;
    return entry->is_for_caller ||
           (participant != 0 &&
            caller_may(caller, PERMISSION_VIEW_CASEBOOK, entry->site,
                       caller_is_assigned(caller, participant)));
}

static void describe(const struct listing *listing, struct alarm_entry *entry)
{
    const struct stored_alarm *alarm = &entry->alarm;
    const struct caller *caller = listing->caller;
    const struct form *form = design_form(listing->design, alarm->key.form);
    entry->kind = alarm_find(listing->design, alarm->name);
    entry->label = (struct label){alarm->name, alarm->name};
    if (form != NULL)
        entry->form = form->label;
    if (entry->kind == NULL)
        return;
    const struct alarm_step *step = alarm_step_find(entry->kind, alarm->step);
    enum alarm_level level = (enum alarm_level)alarm->level;
    entry->label = entry->kind->label;
    entry->says = step == NULL ? entry->label : alarm_step_label(step);
    entry->is_for_caller =
        alarm_is_for(entry->kind, alarm->escalations > 0, caller->grants,
                     caller->grant_count, entry->site);
    entry->may_acknowledge = alarm->ended_at == 0 && alarm->acknowledged_at == 0 &&
                             alarm_may_acknowledge(entry->kind, level, caller->grants,
                                                   caller->grant_count, entry->site);
}

static bool add(struct listing *listing, const struct stored_alarm *alarm,
                struct error *err)
{
    struct alarm_entry entry = {.alarm = *alarm};
    const struct participant *participant = NULL;
    const struct user *user = NULL;
    if (alarm->participant != 0 &&
        !people_participant(&listing->people, alarm->participant, &participant, err))
        return false;
    if (!people_user(&listing->people, alarm->user, &user, err))
        return false;
    if (participant != NULL) {
        entry.site = participant->site;
        entry.number = participant_number(participant);
    }
    if (user != NULL)
        entry.by = user->full_name;
    describe(listing, &entry);
    if (!may_see(listing, &entry))
        return true;
    struct alarm_entries *out = listing->out;
    out->at = ARENA_GROW(listing->arena, out->at, out->count, &listing->capacity);
    out->at[out->count++] = entry;
    return true;
}

/* Its place among the steps of its kind: the design lists the lower ones first. */
static size_t rank_of(const struct alarm_entry *entry)
{
    for (size_t i = 0; entry->kind != NULL && i < entry->kind->step_count; i++)
        if (text_equal(entry->kind->steps[i].oid, entry->alarm.step))
            return i;
    return 0;
}

static bool is_above(const struct alarm_entry *one, const struct alarm_entry *other)
{
    return one->alarm.ended_at == 0 && text_equal(one->alarm.name, other->alarm.name) &&
           one->alarm.participant == other->alarm.participant &&
           one->alarm.form == other->alarm.form && one->alarm.row == other->alarm.row &&
           (one->alarm.level > other->alarm.level ||
            (one->alarm.level == other->alarm.level && rank_of(one) > rank_of(other)));
}

static void find_superseded(struct alarm_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        for (size_t k = 0; k < entries->count; k++)
            if (entries->at[i].alarm.ended_at == 0 &&
                is_above(&entries->at[k], &entries->at[i]))
                entries->at[i].is_superseded = true;
}

static int compare(const void *left, const void *right)
{
    const struct stored_alarm *a = &((const struct alarm_entry *)left)->alarm;
    const struct stored_alarm *b = &((const struct alarm_entry *)right)->alarm;
    if ((a->ended_at == 0) != (b->ended_at == 0))
        return a->ended_at == 0 ? -1 : 1;
    if (a->ended_at != b->ended_at)
        return a->ended_at > b->ended_at ? -1 : 1;
    if ((a->acknowledged_at == 0) != (b->acknowledged_at == 0))
        return a->acknowledged_at == 0 ? -1 : 1;
    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    return a->seq > b->seq ? -1 : a->seq < b->seq;
}

static bool read_all(struct listing *listing, size_t past, struct error *err)
{
    struct alarm_list open, ended = {0};
    struct db *db = listing->people.db;
    if (!alarms_open(db, listing->arena, &open, err) ||
        (past > 0 && !alarms_past(db, past, listing->arena, &ended, err)))
        return false;
    for (size_t i = 0; i < open.count; i++)
        if (!add(listing, &open.at[i], err))
            return false;
    for (size_t i = 0; i < ended.count; i++)
        if (!add(listing, &ended.at[i], err))
            return false;
    return true;
}

bool alarm_list_read(struct study *study, const struct caller *caller, size_t past,
                     struct arena *arena, struct alarm_entries *out, struct error *err)
{
    struct db *db = store_reader(study->store);
    struct listing listing = {.design = study_design(study),
                              .caller = caller,
                              .people = people_of(db, arena),
                              .arena = arena,
                              .out = out};
    int32_t offset =
        listing.design->site_count == 0 ? 0 : listing.design->sites[0].offset_minutes;
    *out = (struct alarm_entries){
        .is_quiet = alarm_settings_are_quiet(atomic_load(&study->alarm_settings),
                                             study_now(study), offset)};
    bool is_read = read_all(&listing, past, err);
    store_reader_return(study->store, db);
    if (!is_read)
        return false;
    find_superseded(out);
    if (out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, compare);
    return true;
}

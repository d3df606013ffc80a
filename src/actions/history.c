#include "actions/history.h"

#include "actions/form_place.h"
#include "actions/history_review.h"
#include "actions/image_read.h"
#include "actions/imported.h"
#include "actions/item_version.h"
#include "actions/people.h"
#include "actions/study_state.h"

/* The heads of a form instance, read once, for the status of each entry. */
struct form_heads_seen {
    struct form_key key;
    struct stored_value *values, *branches;
    size_t value_count, branch_count;
    struct image_reads reads;
};

struct reading {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct participant *participant;
    const struct history_filter *filter;
    struct arena *arena;
    struct people people;
    struct imported_names names;
    struct form_heads_seen *forms;
    size_t form_count, form_capacity;
    struct history_entry *entries;
    size_t count, limit;
    struct error *err;
};

/* --- status ---------------------------------------------------------------------------------- */

static bool form_seen(struct reading *reading, const struct form_key *key,
                      const struct form_heads_seen **out)
{
    struct form_state *known = NULL;
    for (size_t i = 0; i < reading->form_count; i++)
        if (form_key_equal(&reading->forms[i].key, key)) {
            *out = &reading->forms[i];
            return true;
        }
    reading->forms = ARENA_GROW(reading->arena, reading->forms, reading->form_count,
                                &reading->form_capacity);
    struct form_heads_seen *seen = &reading->forms[reading->form_count++];
    *seen = (struct form_heads_seen){.key = *key};
    *out = seen;
    if (!form_find(reading->db, key, reading->arena, &known, reading->err))
        return false;
    return known == NULL ||
           (form_values(reading->db, known->id, reading->arena, &seen->values,
                        &seen->value_count, reading->err) &&
            form_branches(reading->db, known->id, reading->arena, &seen->branches,
                          &seen->branch_count, reading->err) &&
            image_reads_of(&(struct image_asker){reading->db, reading->db,
                                                 reading->caller, reading->participant,
                                                 reading->arena},
                           known, &seen->reads, reading->err));
}

static bool has_version(const struct stored_value *values, size_t count,
                        struct version version)
{
    for (size_t i = 0; i < count; i++)
        if (version_equal(values[i].version, version))
            return true;
    return false;
}

static bool find_status(struct reading *reading, struct history_entry *entry)
{
    const struct form_heads_seen *seen = NULL;
    if (!form_seen(reading, &entry->key, &seen))
        return false;
    entry->status = TEXT("replaced");
    if (has_version(seen->values, seen->value_count, entry->version))
        entry->status = TEXT("current");
    else if (has_version(seen->branches, seen->branch_count, entry->version))
        entry->status = TEXT("beside");
    return true;
}

/* --- entries ----------------------------------------------------------------------------------- */

static bool wants_form(const struct history_filter *filter, const struct form_key *key)
{
    return (filter->event.len == 0 || text_equal(filter->event, key->event)) &&
           (filter->form.len == 0 || text_equal(filter->form, key->form)) &&
           (filter->event_repeat == 0 || filter->event_repeat == key->event_repeat) &&
           (filter->form_repeat == 0 || filter->form_repeat == key->form_repeat);
}

static bool wants_change(const struct history_filter *filter,
                         const struct value_change *change)
{
    return (filter->item.len == 0 || text_equal(filter->item, change->item)) &&
           (!filter->has_row || filter->row == change->row);
}

static struct answer shown(const struct answer *answer)
{
    struct answer copy = *answer;
    if (copy.is_in_vault)
        copy.value = (struct text){0};
    return copy;
}

static struct history_entry entry_of(const struct log_row *row,
                                     const struct values_saved *saved,
                                     const struct value_change *change)
{
    const struct origin *origin = &row->origin;
    bool has_own_time = change->has_stated_time;
    return (struct history_entry){
        .seq = row->seq,
        .kind = (enum log_event_kind)row->kind,
        .key = saved->key,
        .item = change->item,
        .row = change->row,
        .old = shown(&change->old),
        .new = shown(&change->new),
        .reason = change->reason,
        .by = origin->user,
        .has_stated_time = has_own_time || origin->has_stated_time,
        .stated_time = has_own_time ? change->stated_time : origin->stated_time,
        .has_device_time = origin->has_device_time,
        .device_time = origin->device_time,
        .server_time = row->server_time,
        .has_clock_offset = origin->has_clock_offset,
        .clock_offset = origin->clock_offset,
        .device = origin->device,
        .language = origin->language,
        .source = change->source,
        .version = {.seq = row->seq, .place = change->place},
        .design_version = saved->design_version,
    };
}

static bool find_author(struct reading *reading, struct history_entry *entry)
{
    const struct user *by = NULL;
    if (!people_user(&reading->people, entry->by, &by, reading->err))
        return false;
    if (by != NULL) {
        entry->by_name = by->name;
        entry->by_full_name = by->full_name;
    }
    return true;
}

/* That somebody read, when, stands there; what and why does not. */
static bool seal_entry(struct reading *reading, struct history_entry *entry)
{
    const struct form_heads_seen *seen = NULL;
    if (!form_seen(reading, &entry->key, &seen))
        return false;
    if (!image_read_is_sealed(&seen->reads, entry->row))
        return true;
    entry->is_sealed = true;
    entry->old = entry->new = (struct answer){0};
    entry->reason = (struct text){0};
    return true;
}

static bool add_change(struct reading *reading, const struct log_row *row,
                       const struct values_saved *saved,
                       const struct value_change *change)
{
    struct history_entry *entry = &reading->entries[reading->count];
    *entry = entry_of(row, saved, change);
    if (!find_author(reading, entry) || !find_status(reading, entry) ||
        !seal_entry(reading, entry))
        return false;
    reading->count++;
    return true;
}

static bool add_second_check(struct reading *reading, const struct log_row *row)
{
    const struct second_checked *check = row->content;
    const struct values_saved place = {.key = check->key};
    const struct value_change change = {.item = check->item, .row = check->row};
    if (!wants_form(reading->filter, &check->key) ||
        !wants_change(reading->filter, &change))
        return true;
    struct history_entry *entry = &reading->entries[reading->count++];
    *entry = entry_of(row, &place, &change);
    entry->check = check;
    entry->is_statement = true;
    return find_author(reading, entry);
}

/* A verification is of the answer that stands, or of one that was replaced since. */
static bool add_review(struct reading *reading, const struct log_row *row)
{
    const struct values_saved nowhere = {0};
    const struct value_change nothing = {0};
    struct history_entry *entry = &reading->entries[reading->count];
    *entry = entry_of(row, &nowhere, &nothing);
    if (!history_review(row, reading->filter, entry))
        return true;
    reading->count++;
    return find_author(reading, entry) &&
           (row->kind != LOG_EVENT_SOURCE_VERIFIED || entry->item.len == 0 ||
            find_status(reading, entry));
}

/* --- what imports brought ------------------------------------------------------------------ */

static struct text either(struct text first, struct text second)
{
    return first.len > 0 ? first : second;
}

static struct history_imported imported_of(const struct reading *reading,
                                           const struct odm_said *said)
{
    const struct odm_named *user = imported_name(&reading->names, "User", said->user);
    const struct odm_named *place =
        imported_name(&reading->names, "Location", said->location);
    const struct odm_named *meaning =
        imported_name(&reading->names, "SignatureDef", said->signature);
    struct text words = meaning == NULL ? said->message : meaning->meaning;
    return (struct history_imported){
        .kind = odm_said_name(said->kind),
        .author = said->user,
        .author_name = user == NULL ? TEXT("") : either(user->meaning, user->name),
        .location = place == NULL ? said->location : either(place->name, place->oid),
        .time = said->time,
        .reason = said->reason,
        .words = words,
        .state = said->state,
        .source = either(said->source, said->id)};
}

/* Those that speak of this change. */
static void add_imported(struct reading *reading, struct history_entry *entry,
                         const struct imported_statement *list, size_t count,
                         size_t change)
{
    struct history_imported *imported =
        ARENA_ARRAY(reading->arena, struct history_imported, count + 1);
    for (size_t i = 0; i < count; i++)
        if (list[i].change == change)
            imported[entry->imported_count++] =
                imported_of(reading, &list[i].statement.said);
    entry->imported = imported;
}

static bool wants_statement(const struct history_filter *filter,
                            const struct odm_statement *statement)
{
    bool is_of_item = statement->place == ODM_AT_ITEM || statement->said.item.len > 0;
    struct text item =
        statement->place == ODM_AT_ITEM ? statement->item : statement->said.item;
    int64_t row =
        statement->place == ODM_AT_ITEM ? statement->row : statement->said.row;
    return !is_of_item || ((filter->item.len == 0 || text_equal(filter->item, item)) &&
                           (!filter->has_row || filter->row == row));
}

/* Those of no change: an entry each. */
static void add_statements(struct reading *reading, const struct log_row *row,
                           const struct imported_statement *list, size_t count)
{
    const struct values_saved *saved = row->content;
    for (size_t i = 0; i < count && reading->count < reading->limit; i++) {
        const struct odm_statement *statement = &list[i].statement;
        if (list[i].change != 0 || !wants_statement(reading->filter, statement))
            continue;
        struct history_entry *entry = &reading->entries[reading->count++];
        struct history_imported *imported =
            ARENA_NEW(reading->arena, struct history_imported);
        *imported = imported_of(reading, &statement->said);
        *entry = entry_of(row, saved, &(struct value_change){0});
        entry->item =
            statement->place == ODM_AT_ITEM ? statement->item : statement->said.item;
        entry->row =
            statement->place == ODM_AT_ITEM ? statement->row : statement->said.row;
        entry->version = (struct version){.seq = row->seq, .place = -(int32_t)i - 1};
        if (text_is_absent(entry->item))
            entry->item = TEXT("");
        entry->is_statement = true;
        entry->imported = imported;
        entry->imported_count = 1;
    }
}

static bool add_event(struct reading *reading, const struct log_row *row)
{
    const struct values_saved *saved = row->content;
    struct imported_statement *said = NULL;
    size_t said_count = 0;
    if (row->content != NULL && row->kind == LOG_EVENT_SECOND_CHECKED)
        return add_second_check(reading, row);
    if (row->content != NULL && row->kind >= LOG_EVENT_SIGNED &&
        row->kind <= LOG_EVENT_UNLOCKED)
        return add_review(reading, row);
    if (saved == NULL || !wants_form(reading->filter, &saved->key))
        return true;
    if (row->kind == LOG_EVENT_IMPORT_STAGED)
        imported_statements(row->content, study_design(reading->study), reading->arena,
                            &said, &said_count);
    add_statements(reading, row, said, said_count);
    for (size_t i = saved->change_count; i > 0 && reading->count < reading->limit;
         i--) {
        if (!wants_change(reading->filter, &saved->changes[i - 1]))
            continue;
        if (!add_change(reading, row, saved, &saved->changes[i - 1]))
            return false;
        add_imported(reading, &reading->entries[reading->count - 1], said, said_count,
                     i);
    }
    return true;
}

static bool read_entries(struct reading *reading)
{
    enum { STEP = 200 };
    struct log_filter wanted = {.participant = reading->filter->participant,
                                .before = reading->filter->before,
                                .user = -1,
                                .with_answers = true,
                                .with_reviews = true,
                                .newest_first = true,
                                .limit = STEP};
    for (;;) {
        struct log_row *rows = NULL;
        size_t count = 0;
        if (!log_list(reading->db, &wanted, reading->arena, &rows, &count,
                      reading->err))
            return false;
        for (size_t i = 0; i < count && reading->count < reading->limit; i++)
            if (!add_event(reading, &rows[i]))
                return false;
        if (count < STEP || reading->count == reading->limit)
            return true;
        wanted.before = rows[count - 1].seq;
    }
}

static bool check_right(struct reading *reading)
{
    const struct caller *caller = reading->caller;
    int64_t id = reading->filter->participant;
    if (!participant_by_id(reading->db, id, reading->arena, &reading->participant,
                           reading->err))
        return false;
    const struct participant *participant = reading->participant;
    if (participant == NULL)
        return error_set(reading->err, ERROR_NOT_FOUND, "there is no such participant");
    int64_t logged = participant->state == PARTICIPANT_ERASED ? 0 : id;
    return caller_must_for(caller, PERMISSION_VIEW_HISTORY, participant,
                           reading->err) ||
           caller_refused(reading->study, caller, logged, reading->err);
}

bool history_read(struct study *study, const struct caller *caller,
                  const struct history_filter *filter, struct arena *arena,
                  struct history_entry **out, size_t *count, struct error *err)
{
    struct reading reading = {
        .study = study, .caller = caller, .filter = filter, .arena = arena, .err = err};
    reading.limit =
        filter->limit == 0 || filter->limit > LIMIT_LIST ? LIMIT_LIST : filter->limit;
    reading.entries = ARENA_ARRAY(arena, struct history_entry, reading.limit);
    reading.db = store_reader(study->store);
    reading.people = people_of(reading.db, arena);
    bool is_read =
        check_right(&reading) &&
        imported_names_read(reading.db, INT64_MAX, arena, &reading.names, err) &&
        read_entries(&reading);
    store_reader_return(study->store, reading.db);
    *out = reading.entries;
    *count = reading.count;
    return is_read;
}

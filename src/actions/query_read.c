/* Reading queries: the inbox, one with its thread, how many there are. */
#include "actions/form_place.h"
#include "actions/image_read.h"
#include "actions/people.h"
#include "actions/query.h"
#include "actions/query_rights.h"
#include "actions/study.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

/* What is being read, so that each part has few parameters. */
struct reading {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
    struct people people;
    struct error *err;
};

static struct reading reading_of(struct study *study, const struct caller *caller,
                                 struct arena *arena, struct error *err)
{
    struct db *db = store_reader(study->store);
    return (struct reading){study, db, caller, arena, people_of(db, arena), err};
}

static bool name_user(struct reading *reading, int64_t id, struct text *out)
{
    const struct user *user = NULL;
    if (!people_user(&reading->people, id, &user, reading->err))
        return false;
    *out = user == NULL ? (struct text){0} : user->name;
    return true;
}

/* Does the query stand at a reading that is kept from the caller? */
static bool find_sealed(struct reading *reading, const struct participant *participant,
                        const struct stored_query *query, bool *out)
{
    struct form_state *form = NULL;
    struct image_reads reads;
    struct image_asker asker = {reading->db, reading->db, reading->caller, participant,
                                reading->arena};
    *out = false;
    if (query->row == 0 || !text_equal(query->key.form, FORM_IMAGING))
        return true;
    if (!form_find(reading->db, &query->key, reading->arena, &form, reading->err))
        return false;
    if (form == NULL)
        return true;
    if (!image_reads_of(&asker, form, &reads, reading->err))
        return false;
    *out = image_read_is_sealed(&reads, query->row);
    return true;
}

static bool name_entry(struct reading *reading, const struct stored_query *stored,
                       struct query_entry *out)
{
    const struct participant *participant = NULL;
    *out = (struct query_entry){.stored = *stored};
    if (!people_participant(&reading->people, stored->participant, &participant,
                            reading->err))
        return false;
    if (participant != NULL) {
        out->number = participant_number(participant);
        if (!find_sealed(reading, participant, stored, &out->is_sealed))
            return false;
    }
    if (out->is_sealed) /* what is asked may tell what was read */
        out->stored.message = image_read_sealed_label();
    return name_user(reading, stored->opened_by, &out->opened_by) &&
           name_user(reading, stored->last_by, &out->last_by) &&
           name_user(reading, stored->assignee, &out->assignee);
}

/* --- the inbox ---------------------------------------------------------------------------- */

/* Who sees one site only walks along the queries of that site. */
static void narrow(const struct caller *caller, struct arena *arena,
                   struct query_filter *filter)
{
    caller_sites(caller, PERMISSION_VIEW_CASEBOOK, arena, &filter->sees_all_sites,
                 &filter->sites, &filter->site_count);
    filter->assigned = caller->assigned;
    filter->assigned_count = caller->assigned_count;
    if (!filter->sees_all_sites && filter->site_count == 1 &&
        filter->assigned_count == 0 && text_is_absent(filter->site))
        filter->site = filter->sites[0];
}

static bool read_inbox(struct reading *reading, const struct query_filter *filter,
                       struct query_inbox *out)
{
    struct query_page page;
    if (!query_page_read(reading->db, filter, reading->arena, &page, reading->err))
        return false;
    *out = (struct query_inbox){
        .at = ARENA_ARRAY(reading->arena, struct query_entry, page.count + 1),
        .count = page.count,
        .has_more = page.has_more,
        .next = page.next};
    for (size_t i = 0; i < page.count; i++)
        if (!name_entry(reading, &page.at[i], &out->at[i]))
            return false;
    return true;
}

bool query_inbox_read(struct study *study, const struct caller *caller,
                      const struct query_filter *wanted, struct arena *arena,
                      struct query_inbox *out, struct error *err)
{
    struct query_filter filter = *wanted;
    narrow(caller, arena, &filter);
    if (!caller_must_somewhere(caller, PERMISSION_VIEW_CASEBOOK, err))
        return caller_refused(study, caller, 0, err);
    struct reading reading = reading_of(study, caller, arena, err);
    bool is_read = read_inbox(&reading, &filter, out);
    store_reader_return(study->store, reading.db);
    return is_read;
}

/* --- one, with its thread ------------------------------------------------------------------ */

/* The opening of the program is the query itself; every other has a step of its own. */
static bool read_steps(struct reading *reading, struct query_thread *thread)
{
    const struct stored_query *query = &thread->entry.stored;
    struct stored_query_step *steps = NULL;
    size_t count = 0;
    if (!query_steps(reading->db, query->id, reading->arena, &steps, &count,
                     reading->err))
        return false;
    thread->steps = ARENA_ARRAY(reading->arena, struct query_thread_step, count + 1);
    if (query->kind != QUERY_PERSON)
        thread->steps[thread->step_count++].stored = (struct stored_query_step){
            .id = query->id, .step = QUERY_STEP_OPEN, .at = query->opened_at};
    for (size_t i = 0; i < count; i++) {
        struct query_thread_step *step = &thread->steps[thread->step_count++];
        step->stored = steps[i];
        if (thread->entry.is_sealed)
            step->stored.text = image_read_sealed_label().english;
        if (!name_user(reading, steps[i].by, &step->by) ||
            !name_user(reading, steps[i].assignee, &step->assignee))
            return false;
    }
    return true;
}

static bool read_rights(struct reading *reading, const struct participant *participant,
                        struct query_thread *thread)
{
    const struct stored_query *query = &thread->entry.stored;
    for (int i = 0; i < QUERY_STEPS; i++) {
        enum query_step_kind step = (enum query_step_kind)i;
        enum query_state to;
        struct error why = {0};
        if (!query_step_leads(step, query->state, &to) ||
            !query_right_check(reading->caller, step, participant, &why))
            continue;
        thread->may[i] = query_duty_check(reading->db, reading->caller, step, query,
                                          reading->arena, &why);
        if (!thread->may[i] && why.code != ERROR_NOT_ALLOWED) {
            *reading->err = why;
            return false;
        }
        if (!thread->may[i] && step == QUERY_STEP_CLOSE)
            thread->why_not_close = text_copy(reading->arena, text_of(why.text));
    }
    return true;
}

static bool read_people(struct reading *reading, struct query_thread *thread)
{
    struct user *users = NULL;
    size_t count = 0;
    if (!thread->may[QUERY_STEP_ASSIGN])
        return true;
    if (!user_list(reading->db, reading->arena, &users, &count, reading->err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (query_can_be_assigned(&users[i], thread->entry.stored.site))
            users[thread->people_count++] = users[i];
    thread->people = users;
    return true;
}

static bool read_thread(struct reading *reading, int64_t id,
                        struct query_thread *thread)
{
    struct stored_query *query = NULL;
    struct participant *participant = NULL;
    if (!query_find(reading->db, id, reading->arena, &query, reading->err))
        return false;
    if (query == NULL)
        return error_set(reading->err, ERROR_NOT_FOUND, "there is no such query");
    return participant_seen(reading->study, reading->db, reading->caller,
                            query->participant, reading->arena, &participant,
                            reading->err) &&
           name_entry(reading, query, &thread->entry) && read_steps(reading, thread) &&
           read_rights(reading, participant, thread) && read_people(reading, thread);
}

bool query_thread_read(struct study *study, const struct caller *caller, int64_t query,
                       struct arena *arena, struct query_thread **out,
                       struct error *err)
{
    struct reading reading = reading_of(study, caller, arena, err);
    *out = ARENA_NEW(arena, struct query_thread);
    bool is_read = read_thread(&reading, query, *out);
    store_reader_return(study->store, reading.db);
    return is_read;
}

/* --- how many ----------------------------------------------------------------------------- */

static void add(struct query_sums *sums, struct text name,
                const struct query_count *count)
{
    size_t i = 0;
    while (i < sums->count && !text_equal(sums->at[i].name, name))
        i++;
    if (i == sums->count)
        sums->at[sums->count++].name = name;
    sums->at[i].by_state[count->state] += count->count;
}

static bool is_seen(const struct caller *caller, struct text site)
{
    return caller_may(caller, PERMISSION_VIEW_CASEBOOK, site, false);
}

static bool waits_for(const struct caller *caller, const struct query_count *count)
{
    return (count->state == QUERY_OPEN &&
            caller_may(caller, PERMISSION_ANSWER_QUERY, count->site, false)) ||
           (count->state == QUERY_ANSWERED &&
            caller_may(caller, PERMISSION_CLOSE_QUERY, count->site, false));
}

static bool read_oldest(struct reading *reading, struct query_overview *out)
{
    for (size_t i = 0; i < out->sites.count; i++) {
        int64_t oldest = 0;
        if (!query_oldest(reading->db, out->sites.at[i].name, QUERY_OPEN, &oldest,
                          reading->err))
            return false;
        if (oldest != 0 && (out->oldest == 0 || oldest < out->oldest))
            out->oldest = oldest;
    }
    return true;
}

static bool read_counts(struct reading *reading, struct query_overview *out)
{
    struct query_count *counts = NULL;
    size_t count = 0;
    if (!query_counts(reading->db, reading->arena, &counts, &count, reading->err))
        return false;
    *out = (struct query_overview){0};
    out->sites.at = ARENA_ARRAY(reading->arena, struct query_sum, count + 1);
    out->forms.at = ARENA_ARRAY(reading->arena, struct query_sum, count + 1);
    out->people.at = ARENA_ARRAY(reading->arena, struct query_sum, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct text assignee;
        if (!is_seen(reading->caller, counts[i].site))
            continue;
        if (!name_user(reading, counts[i].assignee, &assignee))
            return false;
        out->all.by_state[counts[i].state] += counts[i].count;
        out->waiting += waits_for(reading->caller, &counts[i]) ? counts[i].count : 0;
        add(&out->sites, counts[i].site, &counts[i]);
        add(&out->forms, counts[i].form, &counts[i]);
        add(&out->people, assignee, &counts[i]);
    }
    return read_oldest(reading, out);
}

bool query_overview_read(struct study *study, const struct caller *caller,
                         struct arena *arena, struct query_overview *out,
                         struct error *err)
{
    if (!caller_must_somewhere(caller, PERMISSION_VIEW_CASEBOOK, err))
        return caller_refused(study, caller, 0, err);
    struct reading reading = reading_of(study, caller, arena, err);
    bool is_read = read_counts(&reading, out);
    store_reader_return(study->store, reading.db);
    return is_read;
}

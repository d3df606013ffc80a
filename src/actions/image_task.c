#include "actions/image_task.h"

#include "actions/form_place.h"
#include "actions/people.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "model/event.h"
#include "store/review.h"

enum { READERS = 2 };

/* --- assigning -------------------------------------------------------------------------- */

static bool holds_role(const struct user *user, enum role role)
{
    for (size_t i = 0; i < user->grant_count; i++)
        if (user->grants[i].role == role)
            return true;
    return false;
}

static bool find_person(const struct image_assign *verb, struct txn *txn,
                        struct user **out, struct error *err)
{
    enum role role = verb->is_adjudicator ? ROLE_ADJ : ROLE_IMG;
    if (!user_by_name(txn_db(txn), verb->person, txn_arena(txn), out, err))
        return false;
    if (*out != NULL && !(*out)->is_disabled && holds_role(*out, role))
        return true;
    error_set(err, ERROR_REFUSED, "there is no %s of that name",
              verb->is_adjudicator ? "adjudicator" : "image reader");
    return error_where(err, 0, "person");
}

/* The two readings and the adjudication of one image are by three different people. */
static bool check_others(const struct image_assign *verb, struct txn *txn, int64_t form,
                         int64_t user, struct error *err)
{
    struct image_task *tasks = NULL;
    size_t count = 0, alike = 0;
    if (!image_tasks(txn_db(txn), form, 0, txn_arena(txn), &tasks, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        alike += tasks[i].is_adjudicator == verb->is_adjudicator;
        if (tasks[i].user != user)
            continue;
        error_set(err, ERROR_REFUSED, "this person has a part in this image already");
        error_hint(err,
                   "the two readings and the adjudication of one image are made by "
                   "three different people");
        return error_where(err, 0, "person");
    }
    if (alike < (verb->is_adjudicator ? 1 : READERS))
        return true;
    return error_set(err, ERROR_REFUSED, "this image has its %s already",
                     verb->is_adjudicator ? "adjudicator" : "two readers");
}

bool image_assign(struct act *act, struct txn *txn, struct error *err)
{
    struct image_assign *verb = (struct image_assign *)act;
    struct participant *participant = NULL;
    struct form_state *form = NULL;
    struct user *user = NULL;
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err))
        return false;
    /* A reader has the right of his own task; assigning is of who orders the image. */
    if (!caller_must(act->caller, PERMISSION_ENTER_IM_STUDY, participant->site, false,
                     err))
        return false;
    if (!text_equal(verb->key.form, FORM_IMAGING))
        return error_set(err, ERROR_REFUSED, "this form is no image");
    if (!form_find(txn_db(txn), &verb->key, txn_arena(txn), &form, err))
        return false;
    if (form == NULL) {
        error_set(err, ERROR_NOT_FOUND, "nothing is entered of this image yet");
        return error_hint(err, "enter when, how and where it was made first");
    }
    if (!find_person(verb, txn, &user, err) ||
        !check_others(verb, txn, form->id, user->id, err))
        return false;
    struct origin origin = caller_origin(act->caller);
    struct image_assigned content = {
        .key = form->key, .user = user->id, .is_adjudicator = verb->is_adjudicator};
    return txn_append(txn, LOG_EVENT_IMAGE_ASSIGNED, &origin, participant->id, &content,
                      &verb->seq, err);
}

/* --- whose tasks ------------------------------------------------------------------------- */

bool image_tasks_participants(struct study *study, int64_t user, struct arena *arena,
                              const int64_t **out, size_t *count, struct error *err)
{
    struct image_task *tasks = NULL;
    struct db *db = store_reader(study->store);
    bool is_read = image_tasks(db, 0, user, arena, &tasks, count, err);
    store_reader_return(study->store, db);
    if (!is_read)
        return false;
    int64_t *list = ARENA_ARRAY(arena, int64_t, *count + 1);
    for (size_t i = 0; i < *count; i++)
        list[i] = tasks[i].participant;
    *out = list;
    return true;
}

/* What is being read, so that each part has few parameters. */
struct reading {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
    struct people people;
    struct error *err;
};

bool image_task_given(struct db *db, int64_t task, struct arena *arena, int64_t *out,
                      struct error *err)
{
    struct log_filter filter = {.after = task - 1,
                                .before = task + 1,
                                .user = -1,
                                .without_content = true,
                                .limit = 1};
    struct log_row *rows = NULL;
    size_t count = 0;
    *out = 0;
    if (!log_list(db, &filter, arena, &rows, &count, err))
        return false;
    if (count == 1)
        *out = rows->server_time;
    return true;
}

static bool find_form(struct reading *reading, const struct image_task *task,
                      struct form_state *out)
{
    struct form_states forms;
    if (!form_list(reading->db, task->participant, reading->arena, &forms,
                   reading->err))
        return false;
    for (size_t i = 0; i < forms.count; i++)
        if (forms.list[i].id == task->form) {
            *out = forms.list[i];
            return true;
        }
    return error_set(reading->err, ERROR_DAMAGED, "an image task has no form");
}

static bool describe(struct reading *reading, const struct image_task *task,
                     struct form_state *form, struct image_entry *out)
{
    const struct participant *participant = NULL;
    if (!find_form(reading, task, form) ||
        !people_participant(&reading->people, task->participant, &participant,
                            reading->err))
        return false;
    *out = (struct image_entry){
        .task = task->seq, .key = form->key, .is_adjudicator = task->is_adjudicator};
    struct image_asker asker = {reading->db, reading->db, reading->caller, participant,
                                reading->arena};
    if (participant == NULL)
        return error_set(reading->err, ERROR_DAMAGED,
                         "an image task has no participant");
    out->number = participant_number(participant);
    if (!image_state_of(&asker, form, &out->state, reading->err))
        return false;
    out->is_signed = image_is_signed_by(&out->state, reading->caller->user);
    return image_task_given(reading->db, task->seq, reading->arena, &out->assigned_at,
                            reading->err);
}

static bool list_all(struct reading *reading, struct image_entry **out, size_t *count)
{
    struct image_task *tasks = NULL;
    struct form_state form;
    if (!image_tasks(reading->db, 0, reading->caller->user, reading->arena, &tasks,
                     count, reading->err))
        return false;
    *out = ARENA_ARRAY(reading->arena, struct image_entry, *count + 1);
    for (size_t i = 0; i < *count; i++)
        if (!describe(reading, &tasks[i], &form, &(*out)[i]))
            return false;
    return true;
}

static struct reading reading_of(struct study *study, const struct caller *caller,
                                 struct arena *arena, struct error *err)
{
    struct db *db = store_reader(study->store);
    return (struct reading){study, db, caller, arena, people_of(db, arena), err};
}

bool image_list(struct study *study, const struct caller *caller, struct arena *arena,
                struct image_entry **out, size_t *count, struct error *err)
{
    struct reading reading = reading_of(study, caller, arena, err);
    bool is_read = list_all(&reading, out, count);
    store_reader_return(study->store, reading.db);
    return is_read;
}

/* --- one of them -------------------------------------------------------------------------- */

/* A row that is the caller's, else the first that nobody has begun. */
static int64_t row_to_enter(const struct image_view *view,
                            const struct stored_value *stored, size_t count)
{
    int64_t last = 0;
    if (view->reads.own_row != 0)
        return view->reads.own_row;
    for (size_t i = 0; i < count; i++)
        if (stored[i].row > last)
            last = stored[i].row;
    return last + 1;
}

static bool read_values(struct reading *reading, const struct form_state *form,
                        struct image_view *view)
{
    struct stored_value *stored = NULL;
    size_t count = 0;
    if (!form_values(reading->db, form->id, reading->arena, &stored, &count,
                     reading->err))
        return false;
    view->row = row_to_enter(view, stored, count);
    view->values = ARENA_ARRAY(reading->arena, struct form_value, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct user *by = NULL;
        if (image_read_is_sealed(&view->reads, stored[i].row))
            continue;
        if (!people_user(&reading->people, stored[i].by, &by, reading->err))
            return false;
        struct form_value *value = &view->values[view->value_count++];
        *value = (struct form_value){.stored = stored[i]};
        value->by_name = by == NULL ? (struct text){0} : by->name;
        if (stored[i].answer.is_in_vault)
            value->stored.answer.value = (struct text){0};
    }
    return true;
}

static bool read_task(struct reading *reading, int64_t wanted, struct image_view *view)
{
    struct image_task *tasks = NULL;
    const struct participant *participant = NULL;
    struct form_state form;
    size_t count = 0, i = 0;
    if (!image_tasks(reading->db, 0, reading->caller->user, reading->arena, &tasks,
                     &count, reading->err))
        return false;
    while (i < count && tasks[i].seq != wanted)
        i++;
    if (i == count)
        return error_set(reading->err, ERROR_NOT_FOUND, "you have no such image task");
    if (!describe(reading, &tasks[i], &form, &view->entry) ||
        !people_participant(&reading->people, tasks[i].participant, &participant,
                            reading->err))
        return false;
    struct image_asker asker = {reading->db, reading->db, reading->caller, participant,
                                reading->arena};
    struct review_asker reviewer = {reading->study, reading->db, reading->caller,
                                    reading->arena, participant};
    struct error ignored;
    view->version = form.design_version;
    if (!image_reads_of(&asker, &form, &view->reads, reading->err) ||
        !read_values(reading, &form, view) ||
        !form_review_read(&reviewer, &form, &view->review, reading->err))
        return false;
    view->may_enter = !view->review.locks.is_held &&
                      image_read_may_enter(&asker, &form, view->row, &ignored);
    return true;
}

bool image_view_read(struct study *study, const struct caller *caller, int64_t task,
                     struct arena *arena, struct image_view **out, struct error *err)
{
    struct reading reading = reading_of(study, caller, arena, err);
    *out = ARENA_NEW(arena, struct image_view);
    bool is_read = read_task(&reading, task, *out);
    store_reader_return(study->store, reading.db);
    return is_read;
}

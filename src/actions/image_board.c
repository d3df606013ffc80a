#include "actions/image_board.h"

#include "actions/image_task.h"
#include "actions/people.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

/* What is being read, so that each part has few parameters. */
struct boarding {
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
    struct people people;
    struct image_board *out;
    size_t capacity;
    struct error *err;
};

/* --- who could be asked ------------------------------------------------------------------- */

static bool holds(const struct user *user, enum role role)
{
    for (size_t i = 0; i < user->grant_count; i++)
        if (user->grants[i].role == role)
            return true;
    return false;
}

static bool read_people(struct boarding *boarding)
{
    struct user *users = NULL;
    size_t count = 0;
    struct image_board *out = boarding->out;
    if (!user_list(boarding->db, boarding->arena, &users, &count, boarding->err))
        return false;
    out->people = ARENA_ARRAY(boarding->arena, struct image_person, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct image_person person = {.name = users[i].name,
                                      .full_name = users[i].full_name,
                                      .reads = holds(&users[i], ROLE_IMG),
                                      .adjudicates = holds(&users[i], ROLE_ADJ)};
        if (!users[i].is_disabled && (person.reads || person.adjudicates))
            out->people[out->person_count++] = person;
    }
    return true;
}

/* --- the images --------------------------------------------------------------------------- */

static bool name_tasks(struct boarding *boarding, struct image_board_entry *entry)
{
    const struct image_state *state = &entry->state;
    entry->tasks =
        ARENA_ARRAY(boarding->arena, struct image_board_task, state->task_count + 1);
    for (size_t i = 0; i < state->task_count; i++) {
        struct image_board_task *task = &entry->tasks[i];
        const struct user *user = NULL;
        *task = (struct image_board_task){.task = state->tasks[i]};
        if (!people_user(&boarding->people, task->task.user, &user, boarding->err) ||
            !image_task_given(boarding->db, task->task.seq, boarding->arena,
                              &task->given_at, boarding->err))
            return false;
        task->name = user == NULL ? TEXT("?") : user->name;
        task->full_name = user == NULL ? (struct text){0} : user->full_name;
        task->is_signed = image_is_signed_by(state, task->task.user);
    }
    return true;
}

static bool keep_image(struct boarding *boarding, const struct participant *whose,
                       const struct form_state *form)
{
    struct image_board *out = boarding->out;
    struct image_asker asker = {boarding->db, boarding->db, boarding->caller, whose,
                                boarding->arena};
    out->images =
        ARENA_GROW(boarding->arena, out->images, out->image_count, &boarding->capacity);
    struct image_board_entry *entry = &out->images[out->image_count++];
    *entry = (struct image_board_entry){.key = form->key,
                                        .number = participant_number(whose)};
    return image_state_of(&asker, form, &entry->state, boarding->err) &&
           name_tasks(boarding, entry);
}

static bool look_at(struct boarding *boarding, const struct participant *whose)
{
    struct form_states forms;
    if (whose->attached_to != 0 || whose->state == PARTICIPANT_ERASED ||
        !caller_may(boarding->caller, PERMISSION_ENTER_IM_STUDY, whose->site, false))
        return true;
    if (!form_list(boarding->db, whose->id, boarding->arena, &forms, boarding->err))
        return false;
    for (size_t i = 0; i < forms.count; i++)
        if (text_equal(forms.list[i].key.form, FORM_IMAGING) &&
            !keep_image(boarding, whose, &forms.list[i]))
            return false;
    return true;
}

static bool read_all(struct boarding *boarding)
{
    struct participant *participant = NULL;
    int64_t id = 0;
    for (;;) {
        if (!participant_after(boarding->db, id, boarding->arena, &participant,
                               boarding->err))
            return false;
        if (participant == NULL)
            return boarding->out->image_count == 0 || read_people(boarding);
        id = participant->id;
        if (!look_at(boarding, participant))
            return false;
    }
}

bool image_board_read(struct study *study, const struct caller *caller,
                      struct arena *arena, struct image_board *out, struct error *err)
{
    *out = (struct image_board){0};
    if (!caller_must_somewhere(caller, PERMISSION_ENTER_IM_STUDY, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    struct boarding boarding = {.db = db,
                                .caller = caller,
                                .arena = arena,
                                .people = people_of(db, arena),
                                .out = out,
                                .err = err};
    bool is_read = read_all(&boarding);
    store_reader_return(study->store, db);
    return is_read;
}

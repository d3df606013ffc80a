/* Images: to be assigned, to be read, to be adjudicated. */
#include "actions/image_board.h"
#include "actions/image_task.h"
#include "actions/work_parts.h"

static void add_task(struct work *work, const struct image_entry *task)
{
    const struct image_state *state = &task->state;
    struct work_entry entry = {.kind = task->is_adjudicator ? WORK_IMAGE_ADJUDICATE
                                                            : WORK_IMAGE_READ,
                               .level = WORK_DUE,
                               .number = task->number,
                               .key = task->key,
                               .since = task->assigned_at,
                               .image = task->task};
    if (task->is_adjudicator) {
        entry.due_at = state->due_at;
        entry.level = work_level_of(work->now, 0, state->due_at);
    }
    /* Where the readings agree, or are not both signed, there is nothing to adjudicate. */
    if (task->is_adjudicator ? state->stage == IMAGE_DISAGREED : !task->is_signed)
        work_add(work, &entry);
}

static bool work_own_images(struct work *work, struct error *err)
{
    struct image_entry *tasks = NULL;
    size_t count = 0;
    if (!image_list(work->study, work->caller, work->arena, &tasks, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        add_task(work, &tasks[i]);
    return true;
}

static bool lacks_a_person(const struct image_state *state)
{
    if (state->stage != IMAGE_DISAGREED)
        return state->stage == IMAGE_UNASSIGNED;
    for (size_t i = 0; i < state->task_count; i++)
        if (state->tasks[i].is_adjudicator)
            return false;
    return true;
}

static bool work_image_board(struct work *work, struct error *err)
{
    struct image_board board;
    struct error ignored;
    if (!caller_must_somewhere(work->caller, PERMISSION_ENTER_IM_STUDY, &ignored))
        return true;
    if (!image_board_read(work->study, work->caller, work->arena, &board, err))
        return false;
    for (size_t i = 0; i < board.image_count; i++) {
        const struct image_board_entry *image = &board.images[i];
        struct work_entry entry = {.kind = WORK_IMAGE_ASSIGN,
                                   .level = WORK_DUE,
                                   .number = image->number,
                                   .key = image->key,
                                   .due_at = image->state.due_at};
        if (entry.due_at != 0)
            entry.level = work_level_of(work->now, 0, entry.due_at);
        if (lacks_a_person(&image->state))
            work_add(work, &entry);
    }
    return true;
}

bool work_images(struct work *work, struct error *err)
{
    return work_own_images(work, err) && work_image_board(work, err);
}

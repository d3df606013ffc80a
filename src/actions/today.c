#include "actions/today_parts.h"

#include "actions/participant_scan.h"
#include "actions/study_state.h"

#include <stdlib.h>

struct text today_kind_name(enum today_kind kind)
{
    static const struct text names[] = {
#define X(name) [TODAY_##name] = TEXT_INIT(#name),
        TODAY_KIND_TABLE(X)
#undef X
    };
    return names[kind];
}

int64_t today_instant(const struct world *world, struct text form, int32_t instance,
                      struct text item, int32_t row)
{
    struct datum answer = world_answer(world, form, instance, item, row);
    return answer.kind == DATUM_MOMENT ? answer.as.coefficient : 0;
}

void today_add(struct today_tasks *tasks, const struct today_task *task)
{
    struct today_needle *needle = tasks->needle;
    needle->tasks =
        ARENA_GROW(tasks->arena, needle->tasks, needle->task_count, &tasks->capacity);
    struct today_task *kept = &needle->tasks[needle->task_count++];
    *kept = *task;
    kept->key = form_key_copy(&task->key, tasks->arena);
    kept->timepoint = (struct label){text_copy(tasks->arena, task->timepoint.english),
                                     text_copy(tasks->arena, task->timepoint.chinese)};
}

static int compare_tasks(const void *left, const void *right)
{
    const struct today_task *a = left;
    const struct today_task *b = right;
    if (a->due_at != b->due_at)
        return a->due_at < b->due_at ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

static int compare_needles(const void *left, const void *right)
{
    const struct today_needle *a = left;
    const struct today_needle *b = right;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return (a->participant > b->participant) - (a->participant < b->participant);
}

static bool is_dead(const struct world *world)
{
    return datum_has_value(world_answer(world, FORM_DEATH, 0, ITEM_DEATH_TIME, 0));
}

static bool look(void *context, const struct world *world, struct error *err)
{
    struct today_reading *reading = context;
    struct today *out = reading->out;
    struct world own = *world; /* its schedule is computed when it is first asked for */
    size_t first = out->count;
    today_find_needles(reading, world);
    for (size_t i = first; i < out->count; i++) {
        struct today_needle *needle = &out->at[i];
        struct today_tasks tasks = {.arena = reading->arena, .needle = needle};
        needle->lidocaine_mg = today_lidocaine(world);
        today_add_removal(&tasks);
        if (!is_dead(world) && !today_add_care(&tasks, &own, i == first, err))
            return false;
        qsort(needle->tasks, needle->task_count, sizeof *needle->tasks, compare_tasks);
    }
    return true;
}

bool today_read(struct study *study, const struct caller *caller, int64_t participant,
                struct arena *arena, struct today *out, struct error *err)
{
    static const enum permission seen[] = {PERMISSION_VIEW_CASEBOOK};
    struct today_reading reading = {.arena = arena, .out = out};
    struct participant_scan scan = {.study = study,
                                    .caller = caller,
                                    .permissions = seen,
                                    .permission_count = ARRAY_COUNT(seen),
                                    .only = participant,
                                    .context = &reading,
                                    .look = look};
    *out = (struct today){.now = study_now(study)};
    if (!caller_must_somewhere(caller, PERMISSION_VIEW_CASEBOOK, err))
        return caller_refused(study, caller, 0, err);
    scan.db = store_reader(study->store);
    bool is_read = participants_scan(&scan, err);
    store_reader_return(study->store, scan.db);
    if (is_read && out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, compare_needles);
    return is_read;
}

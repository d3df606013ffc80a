/* Critical values that this person may check a second time, counted by form. */
#include "actions/people.h"
#include "actions/second_check.h"
#include "actions/work_parts.h"

static void add(struct work *work, const struct world *world,
                const struct second_check_list *list)
{
    size_t i = 0;
    while (i < list->count) {
        struct work_entry entry = {.kind = WORK_SECOND_CHECK,
                                   .level = WORK_DUE,
                                   .number = participant_number(world->participant),
                                   .key = list->at[i].key};
        for (; i < list->count && form_key_equal(&list->at[i].key, &entry.key); i++)
            entry.count += list->at[i].way != SECOND_CHECK_NOT_BY_CALLER;
        if (entry.count > 0)
            work_add(work, &entry);
    }
}

bool work_second_checks(struct work *work, const struct world *world, struct error *err)
{
    struct second_check_asker asker = {work->study, work->db, work->caller,
                                       world->arena};
    struct second_check_list list;
    struct form_states forms;
    if (!work_is_for(work, PERMISSION_SECOND_CHECK, world->participant))
        return true;
    if (!form_list(work->db, world->participant->id, world->arena, &forms, err) ||
        !second_checks_of(&asker, world->participant, forms.list, forms.count, &list,
                          err))
        return false;
    add(work, world, &list);
    return true;
}

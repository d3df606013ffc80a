/* Consents that were deferred, and those that an amendment asks for again. */
#include "actions/consent.h"
#include "actions/people.h"
#include "actions/reconsent.h"
#include "actions/study_items.h"
#include "actions/work_parts.h"

bool work_deferred_consent(struct work *work, const struct world *world,
                           struct error *err)
{
    struct deferred_consent deferred;
    (void)err;
    if (!work_is_for(work, PERMISSION_ENTER_ICF, world->participant) ||
        !deferred_consent_of(world, &deferred))
        return true;
    struct work_entry entry = {.kind = WORK_DEFERRED_CONSENT,
                               .level = WORK_NEXT,
                               .number = participant_number(world->participant),
                               .key = deferred.key,
                               .since = deferred.began_at,
                               .due_at = deferred.due_at,
                               .ends_at = deferred.ends_at};
    if (deferred.is_running)
        entry.level = work_level_of(work->now, deferred.warns_at, deferred.due_at);
    work_add(work, &entry);
    return true;
}

bool work_consent_again(struct work *work, struct error *err)
{
    struct reconsent_list list;
    if (!caller_must_somewhere(work->caller, PERMISSION_ENTER_ICF, err)) {
        *err = (struct error){0};
        return true;
    }
    if (!reconsent_read(work->study, work->caller, work->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        struct work_entry entry = {.kind = WORK_CONSENT_AGAIN,
                                   .level = WORK_DUE,
                                   .number = list.at[i].number,
                                   .key = {.participant = list.at[i].participant,
                                           .event = EVENT_SCREENING,
                                           .event_repeat = 1,
                                           .form = FORM_CONSENT,
                                           .form_repeat = list.at[i].next_repeat},
                                   .since = list.published_at};
        work_add(work, &entry);
    }
    return true;
}

/* After a withdrawal: the end of the study is to be stated; an erasure that was asked for, or
 * that a first person has proposed, waits for one of the two who decide. */
#include "actions/consent.h"
#include "actions/people.h"
#include "actions/study_items.h"
#include "actions/work_parts.h"

bool work_end_of_study(struct work *work, const struct world *world, struct error *err)
{
    (void)err;
    if (world->participant->state != PARTICIPANT_WITHDRAWN ||
        !work_is_for(work, PERMISSION_ENTER_EOS, world->participant) ||
        datum_has_value(world_answer(world, FORM_END, 0, ITEM_END_DATE, 0)))
        return true;
    struct work_entry entry = {.kind = WORK_END_OF_STUDY,
                               .level = WORK_DUE,
                               .number = participant_number(world->participant),
                               .key = {.participant = world->participant->id,
                                       .event = EVENT_END,
                                       .event_repeat = 1,
                                       .form = FORM_END,
                                       .form_repeat = 1}};
    work_add(work, &entry);
    return true;
}

bool work_erasure(struct work *work, const struct world *world, struct error *err)
{
    struct erasure_proposal proposal;
    struct form_key asking = {.participant = world->participant->id,
                              .event = EVENT_SCREENING,
                              .event_repeat = 1,
                              .form = FORM_CONSENT,
                              .form_repeat = 1};
    if (!work_is_for(work, PERMISSION_ERASE, world->participant))
        return true;
    if (!erasure_proposal_find(work->db, world->participant->id, world->arena,
                               &proposal, err))
        return false;
    bool is_asked_for = consent_asks_erasure(world, &asking);
    bool waits_for_other = proposal.user == work->caller->user;
    if (waits_for_other || (proposal.user == 0 && !is_asked_for))
        return true;
    struct work_entry entry = {.kind = WORK_ERASURE,
                               .level = WORK_DUE,
                               .number = participant_number(world->participant),
                               .key = asking,
                               .since = proposal.proposed_at};
    work_add(work, &entry);
    return true;
}

/* Forms that wait for a signature: each whose signature fell, and how many of a participant
 * are complete and were never signed. */
#include "actions/people.h"
#include "actions/study_items.h"
#include "actions/work_parts.h"
#include "store/review.h"

enum signed_state { NEVER_SIGNED, SIGNATURE_STANDS, SIGNATURE_FELL };

/* By a signature of the form, or of the casebook, as a whole. */
static enum signed_state state_of(const struct form_state *form,
                                  const struct stored_signature *list, size_t count)
{
    enum signed_state state = NEVER_SIGNED;
    for (size_t i = 0; i < count; i++) {
        const struct stored_signature *one = &list[i];
        bool is_of_form = one->form == form->id && one->row == 0;
        if (is_of_form && one->changed < one->seq)
            return SIGNATURE_STANDS;
        /* That of the casebook covers what was there, and falls by any change of it. */
        if (one->form == 0 && one->changed < one->seq)
            return SIGNATURE_STANDS;
        if (is_of_form)
            state = SIGNATURE_FELL;
    }
    return state;
}

bool work_signatures(struct work *work, const struct world *world, struct error *err)
{
    const struct participant *participant = world->participant;
    struct stored_signature *list = NULL;
    size_t count = 0;
    struct work_entry never = {.kind = WORK_SIGNATURE,
                               .level = WORK_NEXT,
                               .number = participant_number(participant),
                               .key = {.participant = participant->id}};
    if (!work_is_for(work, PERMISSION_SIGN_FORM, participant) ||
        participant->state == PARTICIPANT_PROVISIONAL)
        return true;
    if (!signature_list(work->db, participant->id, -1, world->arena, &list, &count,
                        err))
        return false;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct form_state *form = &world->forms[i].state;
        if (form->id == 0 || !form->is_complete || form->open_queries > 0)
            continue;
        enum signed_state state = state_of(form, list, count);
        struct work_entry fell = {.kind = WORK_SIGNATURE_FELL,
                                  .level = WORK_DUE,
                                  .number = never.number,
                                  .key = form->key,
                                  .since = form->last_change};
        if (state == SIGNATURE_FELL)
            work_add(work, &fell);
        never.count += state == NEVER_SIGNED;
    }
    if (never.count > 0)
        work_add(work, &never);
    return true;
}

/* What is to be completed after an emergency start: a placement that began before the patient
 * was registered (specification, "Placement before registration"). All limits count from T0,
 * the first skin puncture. */
#include "actions/consent.h"
#include "actions/people.h"
#include "actions/start_review.h"
#include "actions/study_items.h"
#include "actions/work_parts.h"

enum { ROLES_MOST = 3 };
static const int64_t hour = INT64_C(3600) * 1000 * 1000;

#define FORM_OF(event, form) WORK_EMERGENCY_FORM, TEXT_INIT(event), TEXT_INIT(form)

/* A row of the specification's table. */
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
static const struct completion {
    enum work_kind kind;
    struct text event, form; /* of WORK_EMERGENCY_FORM */
    int64_t due, ends;       /* hours after T0; ends 0: there is no outer limit */
    enum role roles[ROLES_MOST];
    size_t role_count;
    bool is_at_bedside; /* before the attachment too */
} completions[] = {
    {.kind = WORK_EMERGENCY_ATTACH,
     .due = 4,
     .ends = 24,
     .roles = {ROLE_CRC, ROLE_INV, ROLE_PI},
     .role_count = 3,
     .is_at_bedside = true},
    {FORM_OF("SE.SCR", "F.ICF"), 4, 24, {ROLE_INV}, 1, false},
    {FORM_OF("SE.T0", "F.IO"), 12, 0, {ROLE_OPR, ROLE_RN}, 2, true},
    {FORM_OF("SE.SCR", "F.SCR"), 24, 0, {ROLE_INV, ROLE_PI}, 2, false},
    {FORM_OF("SE.BL", "F.DM"), 24, 0, {ROLE_CRC}, 1, false},
    {FORM_OF("SE.BL", "F.MH"), 24, 0, {ROLE_CRC, ROLE_INV}, 2, false},
    {FORM_OF("SE.BL", "F.BL"), 24, 0, {ROLE_CRC, ROLE_INV}, 2, false},
    {.kind = WORK_EMERGENCY_REVIEW, .due = 168, .roles = {ROLE_PI}, .role_count = 1},
};

static bool is_for(const struct work *work, const struct completion *what,
                   const struct participant *participant)
{
    const struct caller *caller = work->caller;
    for (size_t i = 0; i < caller->grant_count; i++)
        for (size_t k = 0; k < what->role_count; k++)
            if (caller->grants[i].role == what->roles[k] &&
                text_equal(caller->grants[i].site, participant->site))
                return true;
    return false;
}

/* The first instance of the form, or where it will stand. */
static bool form_is_complete(const struct world *world, const struct completion *what,
                             struct form_key *key)
{
    for (size_t i = 0; i < world->form_count; i++) {
        const struct form_state *state = &world->forms[i].state;
        if (state->id == 0 || !text_equal(state->key.form, what->form) ||
            !text_equal(state->key.event, what->event))
            continue;
        *key = state->key;
        return state->is_complete;
    }
    return false;
}

static bool form_is_done(const struct world *world, const struct completion *what,
                         struct form_key *key)
{
    bool is_complete = form_is_complete(world, what, key);
    /* Of the consent its status at T0 is asked for, not each item of the record. */
    return text_equal(what->form, FORM_CONSENT)
               ? consent_standing(world) != CONSENT_NONE
               : is_complete;
}

static bool find_done(const struct world *world, const struct completion *what,
                      struct form_key *key, bool *is_done, struct error *err)
{
    bool is_provisional = world->participant->state == PARTICIPANT_PROVISIONAL;
    struct start_review review;
    *key = (struct form_key){.participant = world->participant->id,
                             .event = what->event,
                             .event_repeat = 1,
                             .form = what->form,
                             .form_repeat = 1};
    *is_done = true;
    if (is_provisional && !what->is_at_bedside)
        return true; /* comes with the attachment */
    if (what->kind == WORK_EMERGENCY_ATTACH) {
        *is_done = !is_provisional;
    } else if (what->kind == WORK_EMERGENCY_FORM) {
        *is_done = form_is_done(world, what, key);
    } else {
        if (!start_review_of(world->db, world->participant->id, world->arena, &review,
                             err))
            return false;
        *is_done = !review.is_asked || review.is_reviewed;
    }
    return true;
}

static bool is_emergency_start(const struct world *world)
{
    return world->participant->state == PARTICIPANT_PROVISIONAL ||
           world_answer_is(world, FORM_SCREENING, 0, ITEM_PREREGISTERED, TEXT("Y"));
}

bool work_emergency_start(struct work *work, const struct world *world,
                          struct error *err)
{
    int64_t began = 0;
    if (!is_emergency_start(world))
        return true;
    bool is_running = world_first_puncture(world, &began);
    for (size_t i = 0; i < ARRAY_COUNT(completions); i++) {
        const struct completion *what = &completions[i];
        struct work_entry entry = {.kind = what->kind,
                                   .level = WORK_NEXT,
                                   .number = participant_number(world->participant)};
        bool is_done = false;
        if (!is_for(work, what, world->participant))
            continue;
        if (!find_done(world, what, &entry.key, &is_done, err))
            return false;
        if (is_done)
            continue;
        if (is_running) {
            entry.since = began;
            entry.due_at = began + what->due * hour;
            entry.ends_at = what->ends == 0 ? 0 : began + what->ends * hour;
            entry.level = work_level_of(work->now, began, entry.due_at);
        }
        work_add(work, &entry);
    }
    return true;
}

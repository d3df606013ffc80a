#include "actions/rule_wakes.h"

#include "actions/design_choice.h"
#include "actions/form_save_parts.h"
#include "actions/study_state.h"
#include "store/wakes.h"

static bool read_wakes(const struct world *world, struct wake_list *out,
                       struct error *err)
{
    struct wake_list own, attached = {0};
    if (!wakes_of(world->db, world->participant->id, world->arena, &own, err) ||
        (world->attached != 0 &&
         !wakes_of(world->db, world->attached, world->arena, &attached, err)))
        return false;
    out->count = own.count + attached.count;
    out->at = ARENA_ARRAY(world->arena, struct wake, out->count + 1);
    for (size_t i = 0; i < own.count; i++)
        out->at[i] = own.at[i];
    for (size_t i = 0; i < attached.count; i++)
        out->at[own.count + i] = attached.at[i];
    return true;
}

static bool set_wake(struct txn *txn, const struct world_form *form, int64_t moment,
                     const struct origin *origin, struct error *err)
{
    struct wake_set content = {.key = form->state.key,
                               .wakes_at = moment == WAKES_NEVER ? 0 : moment};
    return txn_append(txn, LOG_EVENT_WAKE_SET, origin, content.key.participant,
                      &content, NULL, err);
}

/* --- after a save --------------------------------------------------------------------- */

/* Few rules wait for a time, so that most saves end in the first line. */
bool save_wakes(struct form_save *save, const struct origin *origin, struct error *err)
{
    const struct world *world = &save->world;
    struct wake_list known;
    if (world->book == NULL || world->book->waker_count == 0)
        return true;
    if (!read_wakes(world, &known, err))
        return false;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct world_form *form = &world->forms[i];
        if (form->instance == NULL || !world_form_is_under(world, form))
            continue;
        int64_t moment = book_wakes_at(world->book, form->instance->serial);
        int64_t before = wake_among(&known, form->state.id);
        if (moment != WAKES_NEVER && (before == 0 || moment < before) &&
            !set_wake(save->txn, form, moment, origin, err))
            return false;
    }
    return true;
}

/* --- at the moment -------------------------------------------------------------------- */

/* The record whose rules see the waiting forms: what an attached one waits for is seen
 * from where it is attached. NULL: there is none any more. */
static bool find_participant(const struct rules_wake *verb, struct txn *txn,
                             struct participant **out, struct error *err)
{
    struct db *db = txn_db(txn);
    int64_t seen = 0;
    if (!participant_plain(db, verb->participant, txn_arena(txn), out, err))
        return false;
    if (*out == NULL || (*out)->attached_to == 0)
        return true;
    int64_t to = (*out)->attached_to;
    return participant_attached_to(db, to, &seen, err) &&
           (seen != verb->participant ||
            participant_plain(db, to, txn_arena(txn), out, err));
}

static bool is_due(const struct wake_list *known, const struct world_form *form,
                   int64_t now)
{
    int64_t moment = wake_among(known, form->state.id);
    return moment != 0 && moment <= now;
}

static void touch_due(struct world *world, const struct wake_list *known)
{
    for (size_t i = 0; i < world->form_count; i++)
        if (world->forms[i].instance != NULL &&
            is_due(known, &world->forms[i], world->now))
            book_touch(world->book, world->forms[i].instance);
}

static void touch_all(struct world *world)
{
    for (size_t i = 0; i < world->form_count; i++)
        if (world->forms[i].instance != NULL)
            book_touch(world->book, world->forms[i].instance);
}

/* From now on the moments are exact. */
static bool set_anew(struct form_save *save, const struct wake_list *known,
                     const struct origin *origin, struct error *err)
{
    const struct world *world = &save->world;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct world_form *form = &world->forms[i];
        if (!is_due(known, form, world->now) || !world_form_is_under(world, form))
            continue;
        int64_t moment = form->instance == NULL
                             ? WAKES_NEVER
                             : book_wakes_at(world->book, form->instance->serial);
        if (!set_wake(save->txn, form, moment, origin, err))
            return false;
    }
    return true;
}

/* By the rules of one version, on the forms that stand under it. */
static bool run_due(struct form_save *save, const struct design *design, bool is_whole,
                    struct error *err)
{
    struct world *world = &save->world;
    save->design = design;
    save->may_deviate = false;
    *world = (struct world){.db = txn_db(save->txn),
                            .arena = save->arena,
                            .rulebook = study_rulebook(save->act->study, design),
                            .participant = save->participant,
                            .now = txn_now(save->txn)};
    struct origin origin = caller_origin(save->act->caller);
    struct wake_list known;
    if (!world_open(world, err))
        return false;
    if (world->book == NULL)
        return true;
    if (!read_wakes(world, &known, err))
        return false;
    if (is_whole)
        touch_all(world);
    else
        touch_due(world, &known);
    return world_run(world, err) &&
           (is_whole ? save_follow_every(save, &origin, err)
                     : save_follow(save, &origin, err)) &&
           (!save->may_deviate || save_deviations(save, err)) &&
           set_anew(save, &known, &origin, err);
}

bool rules_wake(struct act *act, struct txn *txn, struct error *err)
{
    const struct rules_wake *verb = (const struct rules_wake *)act;
    struct form_save save = {.act = act, .txn = txn, .arena = txn_arena(txn)};
    const struct design *design = NULL;
    const struct design **beside = NULL;
    size_t count = 0;
    if (!find_participant(verb, txn, &save.participant, err))
        return false;
    if (save.participant == NULL || save.participant->state == PARTICIPANT_ERASED)
        return true;
    struct design_choice choice = {act->study, txn_db(txn), save.participant,
                                   save.arena};
    if (!design_for_participant(&choice, &design, err) ||
        !run_due(&save, design, verb->is_whole, err) ||
        !designs_beside(act->study, &save.world, &beside, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!run_due(&save, beside[i], verb->is_whole, err))
            return false;
    return true;
}

/* What a save of one form changes on the other forms of the participant: a derived value
 * that reads an answer given elsewhere, a check that compares two forms, a condition. One
 * event a form, in the unit of the save. The run of the save has found it all. */
#include "actions/design_choice.h"
#include "actions/form_save_parts.h"
#include "actions/record_lock.h"

static bool has_changes(const struct world *world, const struct world_form *form)
{
    for (size_t i = 0; i < world->book->change_count; i++)
        if (world->book->changes[i].serial == form->instance->serial)
            return true;
    return false;
}

/* Did any check of this form run there? */
static bool has_run(const struct world *world, const struct world_form *form)
{
    const struct rulebook *rulebook = world->rulebook;
    for (int32_t r = 0; r < rulebook->set->rule_count; r++) {
        const struct rule *rule = &rulebook->set->rules[r];
        if (rulebook->checks[r] == NULL || rule->form != form->instance->form)
            continue;
        int32_t rows = rule_rows(world, rule, form->instance);
        for (int32_t row = rows == 0 ? 0 : 1; row <= rows; row++)
            if (book_has_run(world->book, r, form->instance->serial, row))
                return true;
    }
    return false;
}

/* An open query whose check ran. */
static bool has_settled_query(struct form_save *save, const struct world_form *form,
                              bool *out, struct error *err)
{
    struct stored_query *open = NULL;
    size_t count = 0;
    *out = false;
    if (form->state.open_queries == 0 || !has_run(&save->world, form))
        return true;
    if (!query_list(txn_db(save->txn), form->state.id, true, save->arena, &open, &count,
                    err))
        return false;
    for (size_t i = 0; i < count; i++)
        *out = *out || (open[i].kind == QUERY_CHECK && !open[i].is_held &&
                        rule_has_run(&save->world, form, open[i].check, open[i].row));
    return true;
}

/* The participant that the form is of: the attached record has its own. */
static bool participant_of(struct form_save *save, const struct world_form *form,
                           struct participant **out, struct error *err)
{
    *out = save->participant;
    if (form->state.key.participant == save->participant->id)
        return true;
    return participant_by_id(txn_db(save->txn), form->state.key.participant,
                             save->arena, out, err);
}

static bool follow(struct form_save *save, const struct world_form *form,
                   const struct origin *origin, struct error *err)
{
    struct form_save other;
    struct form_state state = form->state;
    struct form_states known = {.list = &state, .count = 1};
    struct form_save_target target = {
        .design = save->design, .forms = &known, .key = &form->state.key};
    int64_t seq = 0;
    struct rule_outcome outcome = {.world = &save->world,
                                   .form = form,
                                   .results = rule_results_of(&save->world, form)};
    if (!participant_of(save, form, &target.participant, err) ||
        !form_save_begin(&other, save->act, save->txn, &target, err))
        return false;
    other.content.design_version = form->state.design_version;
    other.user = save->user;
    if (!save_derived(&other, &outcome.results, err) ||
        !save_queries(&other, &outcome, err))
        return false;
    /* What is locked does not change behind its lock: then neither does this form. */
    if (other.content.change_count > 0 &&
        !record_open_check(txn_db(save->txn), target.participant->id, form->state.id,
                           save->arena, err))
        return error_in(err, "this changes form %.*s as well",
                        TEXT_ARG(form->state.key.form));
    save_completeness(&other, &outcome.results);
    save->may_deviate = save->may_deviate || save_may_deviate(&other);
    bool is_as_before = other.content.change_count == 0 &&
                        other.content.query_count == 0 &&
                        other.content.answered == form->state.answered &&
                        other.content.expected == form->state.expected;
    return is_as_before ||
           txn_append(save->txn, LOG_EVENT_VALUES_SAVED, origin, target.participant->id,
                      &other.content, &seq, err);
}

bool save_follow(struct form_save *save, const struct origin *origin, struct error *err)
{
    const struct world *world = &save->world;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct world_form *form = &world->forms[i];
        bool is_settled = false;
        if (form == world->current || form->instance == NULL || form->state.id == 0 ||
            !world_form_is_under(world, form))
            continue;
        if (!has_settled_query(save, form, &is_settled, err))
            return false;
        if ((is_settled || has_changes(world, form)) &&
            !follow(save, form, origin, err))
            return false;
    }
    return save_alarms(save, err) && save_wakes(save, origin, err) &&
           save_counts(save, origin, err);
}

bool save_follow_every(struct form_save *save, const struct origin *origin,
                       struct error *err)
{
    const struct world *world = &save->world;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct world_form *form = &world->forms[i];
        if (form->instance != NULL && form->state.id != 0 &&
            world_form_is_under(world, form) && !follow(save, form, origin, err))
            return false;
    }
    return save_alarms(save, err) && save_wakes(save, origin, err) &&
           save_counts(save, origin, err);
}

/* --- forms under other versions of the design ----------------------------------------- */

static bool follow_under(const struct form_save *save, const struct design *design,
                         const struct origin *origin, struct error *err)
{
    struct form_save beside = *save;
    beside.design = design;
    beside.may_deviate = false;
    beside.world = (struct world){
        .db = save->world.db,
        .arena = save->arena,
        .rulebook = study_rulebook(save->act->study, design),
        .participant = save->participant,
        .now = save->world.now,
        .key = save->world.key,
        .heads = save->world.heads,
        .changes = save->world.changes,
        .change_count = save->world.change_count,
        .user = save->world.user,
        .caller = save->world.caller,
        .seq = save->world.seq,
    };
    return world_open(&beside.world, err) && world_run(&beside.world, err) &&
           save_follow(&beside, origin, err) &&
           (!beside.may_deviate || save_deviations(&beside, err));
}

bool save_follow_beside(struct form_save *save, const struct origin *origin,
                        struct error *err)
{
    const struct design **designs = NULL;
    size_t count = 0;
    if (!designs_beside(save->act->study, &save->world, &designs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!follow_under(save, designs[i], origin, err))
            return false;
    return true;
}

#include "actions/form_save.h"

#include "actions/form_save_parts.h"
#include "actions/record_lock.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

#include <string.h>

bool form_save_begin(struct form_save *save, struct act *act, struct txn *txn,
                     const struct form_save_target *target, struct error *err)
{
    const struct form_key *key = target->key;
    *save = (struct form_save){
        .act = act,
        .txn = txn,
        .arena = txn_arena(txn),
        .user = act->caller->user,
        .design = target->design,
        .form = design_form(target->design, key->form),
        .participant = target->participant,
        .forms = *target->forms,
        .known = form_among(target->forms, key),
        .is_enrolled = participant_is_enrolled(target->participant),
    };
    ASSERT(save->form != NULL);
    save->content.key = *key;
    save->content.design_version = target->design->version;
    save->content.corrected_time = txn_now(txn);
    save->next_seq = txn_next_seq(txn);
    if (!heads_load_known(txn_db(txn), key, save->known, save->arena, &save->heads,
                          err))
        return false;
    save->content.heads = save->heads;
    return true;
}

static void make_room(struct form_save *save)
{
    enum { DERIVED = 16 };
    size_t count = save->content.change_count;
    if (count < save->capacity)
        return;
    save->capacity =
        save->capacity == 0 ? save->expected_changes + DERIVED : 2 * save->capacity;
    struct value_change *larger =
        ARENA_ARRAY(save->arena, struct value_change, save->capacity);
    if (count > 0)
        memcpy(larger, save->content.changes, count * sizeof *larger);
    save->content.changes = larger;
}

bool form_save_change(struct form_save *save, const struct value_change *change,
                      int32_t place, const struct value_change **stored,
                      struct error *err)
{
    make_room(save);
    struct value_change *copy = &save->content.changes[save->content.change_count++];
    *copy = *change;
    struct head_author author = {
        .version = {.seq = save->next_seq, .place = place},
        .batch = save->content.has_batch ? save->content.batch : NULL,
        .corrected_time = save->content.corrected_time,
        .user = save->user,
    };
    if (stored != NULL)
        *stored = copy;
    return heads_apply(save->heads, txn_db(save->txn), copy, &author, err);
}

/* A value of the program takes the place of whatever is there. */
static bool change_on_top(struct form_save *save, struct text item, int64_t row,
                          struct answer answer, enum value_source source,
                          struct error *err)
{
    struct value_change change = {
        .item = item, .row = row, .new = answer, .source = source};
    const struct head *current = heads_current(save->heads, item, row);
    if (current != NULL && answer_equal(&current->answer, &answer))
        return true;
    if (current == NULL && answer.missing == MISSING_CLEARED)
        return true;
    return form_save_change(save, &change, save->next_place++, NULL, err);
}

bool form_save_system(struct form_save *save, struct text item, struct text value,
                      struct error *err)
{
    return form_save_system_row(save, item, 0, value, err);
}

bool form_save_system_row(struct form_save *save, struct text item, int64_t row,
                          struct text value, struct error *err)
{
    struct answer answer = {.value = value};
    const struct item *known = design_item(save->design, item);
    if (known == NULL || form_group_of(save->form, known) == NULL)
        return true;
    if (text_is_absent(value))
        answer.missing = MISSING_CLEARED;
    return change_on_top(save, known->oid, row, answer, SOURCE_SYSTEM, err);
}

/* --- finishing --------------------------------------------------------------------------- */

/* A derived item that an import brought, of data that it did not bring: a pseudonymised
 * export has the age and no date of birth. Nobody types such an item. */
static bool is_given(const struct form_save *save, const struct rule_derived *derived)
{
    const struct head *current =
        heads_current(save->heads, derived->item, derived->row);
    return current != NULL && source_is_person(current->source) &&
           answer_is_given(&current->answer);
}

bool save_derived(struct form_save *save, const struct rule_results *results,
                  struct error *err)
{
    for (size_t i = 0; i < results->derived_count; i++) {
        const struct rule_derived *derived = &results->derived[i];
        struct answer answer = {.value = derived->value};
        if (!derived->has_value && is_given(save, derived))
            continue;
        if (!derived->has_value)
            answer = (struct answer){.missing = MISSING_CLEARED};
        if (!change_on_top(save, derived->item, derived->row, answer, SOURCE_DERIVED,
                           err))
            return false;
    }
    return true;
}

static bool may_change_state(const struct form_save *save)
{
    return text_equal(save->form->oid, FORM_SCREENING) ||
           text_equal(save->form->oid, FORM_CONSENT);
}

/* The rules see the answers of this save. */
static bool run_rules(struct form_save *save, struct error *err)
{
    save->world =
        (struct world){.db = txn_db(save->txn),
                       .arena = save->arena,
                       .rulebook = study_rulebook(save->act->study, save->design),
                       .participant = save->participant,
                       .stored_forms = &save->forms,
                       .now = txn_now(save->txn),
                       .key = save->content.key,
                       .heads = save->heads,
                       .changes = save->content.changes,
                       .change_count = save->content.change_count,
                       .user = save->user,
                       .caller = save->act->caller,
                       .seq = save->next_seq};
    return world_open(&save->world, err) && world_run(&save->world, err);
}

bool form_save_finish(struct form_save *save, const struct origin *origin, int64_t *seq,
                      struct error *err)
{
    *seq = 0;
    if (save->content.change_count == 0)
        return true;
    if (!record_open_check(txn_db(save->txn), save->participant->id,
                           save->known == NULL ? 0 : save->known->id, save->arena,
                           err) ||
        !run_rules(save, err))
        return false;
    struct rule_outcome outcome = {
        .world = &save->world,
        .form = save->world.current,
        .results = rule_results_of(&save->world, save->world.current),
        .is_whole = true};
    if (!save_derived(save, &outcome.results, err) ||
        !save_queries(save, &outcome, err))
        return false;
    save_completeness(save, &outcome.results);
    if (may_change_state(save))
        save_state(save);
    save->may_deviate = save_may_deviate(save);
    return txn_append(save->txn, LOG_EVENT_VALUES_SAVED, origin, save->participant->id,
                      &save->content, seq, err) &&
           save_follow(save, origin, err) &&
           (!save->may_deviate || save_deviations(save, err)) &&
           save_follow_beside(save, origin, err);
}

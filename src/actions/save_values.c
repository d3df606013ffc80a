#include "actions/save_values.h"

#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/placement.h"
#include "actions/save_values_parts.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "base/datetime.h"
#include "base/limits.h"

#include <inttypes.h>
#include <string.h>

const char *mutation_status_name(enum mutation_status status)
{
    static const char *const names[] = {"ok", "conflict", "rejected"};
    return names[status];
}

/* --- the batch as a whole ------------------------------------------------------------- */

static struct form_key key_of(const struct save_values *verb)
{
    return (struct form_key){
        .participant = verb->participant,
        .event = verb->event,
        .event_repeat = verb->event_repeat == 0 ? 1 : verb->event_repeat,
        .form = verb->form,
        .form_repeat = verb->form_repeat == 0 ? 1 : verb->form_repeat,
    };
}

/* The version that the answers were entered under: the instance's own, which it keeps;
 * else the one named; else the one under which it begins. */
static bool find_design(struct save_values *verb, struct txn *txn,
                        const struct form_state *known, struct form_save_target *target,
                        struct error *err)
{
    struct study *study = verb->act.study;
    if (verb->design_version.len > 0 &&
        !study_design_version(study, verb->design_version, &target->design, err))
        return false;
    if (known == NULL && verb->design_version.len > 0)
        return true;
    struct design_choice choice = {study, txn_db(txn), target->participant,
                                   txn_arena(txn)};
    return design_for_form(&choice, known, target->key->event, &target->design, err);
}

/* --- the mutations ------------------------------------------------------------------------ */

static void reject(struct mutation_result *result, struct arena *arena,
                   const struct error *err)
{
    struct error *why = ARENA_NEW(arena, struct error);
    *why = *err;
    result->status = MUTATION_REJECTED;
    result->why = why;
}

static bool take_mutation(struct save_values *verb, struct form_save *save, size_t i,
                          struct error *err)
{
    struct value_change change;
    const struct value_change *stored = NULL;
    struct mutation_result *result = &verb->outcomes[i];
    bool is_unchanged = false;
    if (!mutation_check(save, &verb->mutations[i], i, &change, &is_unchanged, err)) {
        if (err->code != ERROR_REFUSED && err->code != ERROR_NOT_ALLOWED &&
            err->code != ERROR_MALFORMED && err->code != ERROR_TOO_LARGE)
            return false;
        reject(result, verb->act.arena, err);
        return true;
    }
    if (is_unchanged) {
        result->version = change.base.version;
        return true;
    }
    if (!form_save_change(save, &change, (int32_t)i, &stored, err))
        return false;
    result->version = (struct version){.seq = save->next_seq, .place = (int32_t)i};
    if (stored->is_conflict)
        result->status = MUTATION_CONFLICT;
    return true;
}

static bool changes_item(const struct form_save *save, struct text item)
{
    for (size_t i = 0; i < save->content.change_count; i++)
        if (text_equal(save->content.changes[i].item, item))
            return true;
    return false;
}

/* Who obtained a consent is whoever records its result; its number is the form's. */
static bool fill_consent(struct form_save *save, struct error *err)
{
    if (!text_equal(save->form->oid, FORM_CONSENT) || save->content.change_count == 0)
        return true;
    struct text text =
        text_format(save->arena, "%" PRId64, save->content.key.form_repeat);
    return form_save_system(save, ITEM_CONSENT_NUMBER, text, err) &&
           (!changes_item(save, ITEM_CONSENT_RESULT) ||
            form_save_system(save, ITEM_CONSENT_BY, save->act->caller->full_name, err));
}

/* A needle stays over 24 hours by leave of a second physician: of whoever says when it was
 * given, holds the right, and is not the one who gave the reason. */
static bool fill_exception(struct form_save *save, struct error *err)
{
    const struct caller *caller = save->act->caller;
    const struct participant *participant = save->participant;
    if (!text_equal(save->form->oid, FORM_REMOVAL) ||
        !changes_item(save, ITEM_EXCEPTION_TIME))
        return true;
    const struct head *reason = heads_current(save->heads, ITEM_EXCEPTION_REASON, 0);
    bool is_second = reason == NULL || reason->user != caller->user;
    bool may = caller_may(caller, PERMISSION_AUTHORISE_DWELL, participant->site,
                          caller_is_assigned(caller, participant->id));
    return !is_second || !may ||
           form_save_system(save, ITEM_EXCEPTION_BY, caller->full_name, err);
}

/* Who read an image, and when, is whoever enters the row. */
static bool fill_readings(struct form_save *save, struct error *err)
{
    const struct caller *caller = save->act->caller;
    const struct site *site = design_site(save->design, save->participant->site);
    char moment[MOMENT_TEXT_SIZE];
    size_t count = save->content.change_count; /* those that were sent */
    size_t len = instant_print_at(save->content.corrected_time,
                                  site == NULL ? 0 : site->offset_minutes, moment);
    struct text now = text_copy(save->arena, (struct text){.at = moment, .len = len});
    if (!text_equal(save->form->oid, FORM_IMAGING))
        return true;
    for (size_t i = 0; i < count; i++) {
        int64_t row = save->content.changes[i].row;
        if (row != 0 &&
            (!form_save_system_row(save, ITEM_READER, row, caller->name, err) ||
             !form_save_system_row(save, ITEM_READ_TIME, row, now, err)))
            return false;
    }
    return true;
}

static struct origin save_origin(const struct save_values *verb)
{
    struct origin origin = caller_origin(verb->act.caller);
    origin.has_device_time = verb->has_device_time;
    origin.device_time = verb->device_time;
    origin.has_clock_offset = verb->has_clock_offset;
    origin.clock_offset = verb->clock_offset;
    return origin;
}

/* The device's clock, set right by its measured offset; never later than now, so that a
 * wrong clock does not win every conflict. */
static int64_t corrected_time(const struct save_values *verb, int64_t now)
{
    if (!verb->has_device_time)
        return now;
    int64_t offset = verb->has_clock_offset ? verb->clock_offset : 0;
    int64_t corrected = verb->device_time - offset;
    return corrected < now ? corrected : now;
}

static bool save_batch(struct save_values *verb, struct form_save *save,
                       struct error *err)
{
    struct act *act = &verb->act;
    struct origin origin = save_origin(verb);
    verb->outcomes =
        ARENA_ARRAY(act->arena, struct mutation_result, verb->mutation_count);
    save->next_place = (int32_t)verb->mutation_count;
    save->expected_changes = verb->mutation_count;
    save->content.has_batch = true;
    memcpy(save->content.batch, verb->batch, BATCH_ID_SIZE);
    save->content.digest = verb->digest;
    save->content.corrected_time = corrected_time(verb, txn_now(save->txn));
    for (size_t i = 0; i < verb->mutation_count; i++)
        if (!take_mutation(verb, save, i, err))
            return false;
    if (!fill_consent(save, err) || !fill_exception(save, err) ||
        !fill_readings(save, err))
        return false;
    save->content.answer = outcomes_encode(verb, save->next_seq, save->arena);
    outcomes_complete(verb, save->heads);
    return form_save_finish(save, &origin, &verb->seq, err);
}

/* --- the same batch again ------------------------------------------------------------------ */

static bool answer_again(struct save_values *verb, struct txn *txn,
                         const struct stored_batch *batch, struct error *err)
{
    struct form_heads *heads = NULL;
    struct form_key key = key_of(verb);
    if (!hash_equal(&batch->digest, &verb->digest)) {
        error_set(err, ERROR_CHANGED, "this batch id was used for another batch");
        return error_hint(err, "a new batch needs a new id");
    }
    verb->seq = batch->seq;
    verb->is_duplicate = true;
    if (!outcomes_decode(verb, batch->answer, batch->seq, err) ||
        !heads_load(txn_db(txn), &key, txn_arena(txn), &heads, err))
        return false;
    outcomes_complete(verb, heads);
    return true;
}

bool save_values(struct act *act, struct txn *txn, struct error *err)
{
    struct save_values *verb = (struct save_values *)act;
    struct form_key key = key_of(verb);
    struct stored_batch *batch = NULL;
    struct form_states forms;
    struct form_save_target target = {.forms = &forms, .key = &key};
    struct form_save save;
    verb->seq = 0;
    verb->is_duplicate = false;
    if (verb->mutation_count == 0 || verb->mutation_count > LIMIT_BATCH)
        return error_set(err, ERROR_REFUSED, "a batch has 1 to %d mutations",
                         LIMIT_BATCH);
    if (!participant_must_exist(act, txn, verb->participant, &target.participant,
                                err) ||
        !form_list(txn_db(txn), target.participant->id, txn_arena(txn), &forms, err) ||
        !find_design(verb, txn, form_among(&forms, &key), &target, err) ||
        !form_place_check(target.design, &key, err) ||
        !form_right_check(act->caller, target.design, target.participant, key.form,
                          err) ||
        !batch_find(txn_db(txn), verb->batch, txn_arena(txn), &batch, err))
        return false;
    if (batch != NULL)
        return answer_again(verb, txn, batch, err);
    if (target.participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_REFUSED, "this participant's data were erased");
    return placement_form_check(target.participant, key.event, key.form, err) &&
           form_repeat_check(target.design, &forms, &key, err) &&
           form_save_begin(&save, act, txn, &target, err) &&
           save_batch(verb, &save, err);
}

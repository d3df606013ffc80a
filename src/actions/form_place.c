#include "actions/form_place.h"

#include "actions/image_read.h"
#include "actions/separate_duty.h"
#include "actions/study_items.h"
#include "base/limits.h"

#include <inttypes.h>

bool participant_must_exist(struct act *act, struct txn *txn, int64_t id,
                            struct participant **out, struct error *err)
{
    if (!participant_plain(txn_db(txn), id, txn_arena(txn), out, err))
        return false;
    if (*out == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such participant");
    /* An erased one has no key any more to seal a refusal with. */
    act->participant = (*out)->state == PARTICIPANT_ERASED ? 0 : id;
    return true;
}

bool form_place_check(const struct design *design, const struct form_key *key,
                      struct error *err)
{
    const struct study_event *event = design_event(design, key->event);
    const struct form *form = design_form(design, key->form);
    if (event == NULL) {
        error_set(err, ERROR_NOT_FOUND, "the study has no event \"%.*s\"",
                  key->event.len > LIMIT_OID ? LIMIT_OID : (int)key->event.len,
                  key->event.at);
        return error_where(err, 0, "event");
    }
    if (form == NULL) {
        error_set(err, ERROR_NOT_FOUND, "the study has no form \"%.*s\"",
                  key->form.len > LIMIT_OID ? LIMIT_OID : (int)key->form.len,
                  key->form.at);
        return error_where(err, 0, "form");
    }
    if (!event_has_form(event, form)) {
        error_set(err, ERROR_NOT_FOUND, "form %.*s is not part of event %.*s",
                  TEXT_ARG(form->oid), TEXT_ARG(event->oid));
        return error_where(err, 0, "form");
    }
    return true;
}

/* --- repeats ---------------------------------------------------------------------------- */

static bool repeat_range(int64_t repeat, bool is_repeating, const char *what,
                         struct error *err)
{
    if (repeat >= 1 && repeat <= LIMIT_ROWS && (is_repeating || repeat == 1))
        return true;
    if (is_repeating)
        error_set(err, ERROR_REFUSED, "there is no repeat %" PRId64 " of this %s",
                  repeat, what);
    else
        error_set(err, ERROR_REFUSED, "this %s does not repeat", what);
    return error_where(err, 0, "%s_repeat", what);
}

/* Does the event have any form of this participant in this repeat? */
static bool event_is_begun(const struct form_states *forms, const struct form_key *key,
                           int64_t repeat)
{
    for (size_t i = 0; i < forms->count; i++)
        if (forms->list[i].key.event_repeat == repeat &&
            text_equal(forms->list[i].key.event, key->event))
            return true;
    return false;
}

static bool check_next_event(const struct form_states *forms,
                             const struct form_key *key, struct error *err)
{
    if (key->event_repeat == 1 || event_is_begun(forms, key, key->event_repeat) ||
        event_is_begun(forms, key, key->event_repeat - 1))
        return true;
    error_set(err, ERROR_REFUSED,
              "repeat %" PRId64 " of this event comes before repeat %" PRId64,
              key->event_repeat - 1, key->event_repeat);
    return error_where(err, 0, "event_repeat");
}

bool form_repeat_check(const struct design *design, const struct form_states *forms,
                       const struct form_key *key, struct error *err)
{
    struct form_key previous = *key;
    const struct study_event *event = design_event(design, key->event);
    const struct form *form = design_form(design, key->form);
    if (!repeat_range(key->event_repeat, event->is_repeating, "event", err) ||
        !repeat_range(key->form_repeat, form->is_repeating, "form", err) ||
        !check_next_event(forms, key, err))
        return false;
    if (key->form_repeat == 1)
        return true;
    previous.form_repeat--;
    if (form_among(forms, &previous) != NULL)
        return true;
    error_set(err, ERROR_REFUSED,
              "repeat %" PRId64 " of this form comes before repeat %" PRId64,
              key->form_repeat - 1, key->form_repeat);
    return error_where(err, 0, "form_repeat");
}

/* --- who may enter ---------------------------------------------------------------------- */

/* What it takes to enter a form of this design. The permission table names the forms of
 * the built-in study and refuses others; a design of another system knows no rights, and
 * its forms are entered by those who enter a participant's course (BL). */
static bool form_permission(const struct design *design, struct text form,
                            enum permission *out)
{
    *out = PERMISSION_ENTER_BL;
    return design->is_foreign || permission_to_enter(form, out);
}

bool form_right_check(const struct caller *caller, const struct design *design,
                      const struct participant *participant, struct text form,
                      struct error *err)
{
    enum permission permission = PERMISSION_ENTER_SCR;
    if (!form_permission(design, form, &permission))
        return error_set(err, ERROR_NOT_ALLOWED, "not allowed: nobody may enter %.*s",
                         TEXT_ARG(form));
    /* One item of the disease form is open to the bedside (lidocaine screen); the item
     * itself is checked again. */
    if (permission == PERMISSION_ENTER_MH &&
        caller_may(caller, PERMISSION_ENTER_MH_ALLID, participant->site,
                   caller_is_assigned(caller, participant->id)))
        return true;
    if (permission == PERMISSION_ENTER_IM_STUDY &&
        caller_may(caller, PERMISSION_ADJUDICATE, participant->site,
                   caller_is_assigned(caller, participant->id)))
        return true;
    /* Whether an adverse event is confirmed is the one item of an adjudicator. */
    if (permission == PERMISSION_ENTER_CX &&
        caller_may(caller, PERMISSION_ADJUDICATE, participant->site,
                   caller_is_assigned(caller, participant->id)))
        return true;
    return caller_must_for(caller, permission, participant, err);
}

bool item_right_check(const struct caller *caller, const struct design *design,
                      const struct participant *participant, struct text form,
                      const struct item *item, struct error *err)
{
    enum permission permission = PERMISSION_ENTER_SCR;
    if (!form_permission(design, form, &permission))
        return error_set(err, ERROR_NOT_ALLOWED, "nobody may enter this form");
    if (text_equal(item->oid, ITEM_ALLERGY))
        permission = PERMISSION_ENTER_MH_ALLID;
    else if (text_equal(item->oid, ITEM_EVENT_ADJUDGED))
        permission = PERMISSION_ADJUDICATE;
    else if (duty_is_grading(item->oid))
        permission = PERMISSION_GRADE_CAUSALITY;
    /* Readings are entered by their readers: image_read.h says which row by whom. */
    const struct form *definition = design_form(design, form);
    if (definition != NULL && image_read_has_item(definition, item))
        return true;
    return caller_must_for(caller, permission, participant, err) &&
           (!item->is_identity ||
            caller_must_for(caller, PERMISSION_ENTER_VAULT, participant, err));
}

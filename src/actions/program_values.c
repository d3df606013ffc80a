#include "actions/program_values.h"

#include "actions/design_choice.h"
#include "actions/study.h"
#include "base/datetime.h"
#include "base/limits.h"
#include "base/utf8.h"

static bool save_each(struct form_save *save, const struct program_value *values,
                      size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct head *current = heads_current(save->heads, values[i].item, 0);
        if (values[i].only_if_empty && current != NULL &&
            current->answer.missing != MISSING_CLEARED)
            continue;
        if (!form_save_system(save, values[i].item, values[i].value, err))
            return false;
    }
    return true;
}

bool program_values_save(struct act *act, struct txn *txn,
                         const struct program_place *place,
                         const struct program_value *values, size_t count,
                         struct error *err)
{
    struct form_save save;
    struct form_states forms;
    struct form_key key = {.participant = place->participant->id,
                           .event = place->event,
                           .event_repeat = 1,
                           .form = place->form,
                           .form_repeat = 1};
    struct form_save_target target = {
        .participant = place->participant, .forms = &forms, .key = &key};
    struct design_choice choice = {act->study, txn_db(txn), place->participant,
                                   txn_arena(txn)};
    struct origin origin = caller_origin(act->caller);
    int64_t seq = 0;
    if (!form_list(txn_db(txn), place->participant->id, txn_arena(txn), &forms, err) ||
        !design_for_form(&choice, form_among(&forms, &key), key.event, &target.design,
                         err))
        return false;
    const struct study_event *event = design_event(target.design, place->event);
    const struct form *form = design_form(target.design, place->form);
    if (event == NULL || form == NULL || !event_has_form(event, form))
        return true;
    if (!form_save_begin(&save, act, txn, &target, err))
        return false;
    save.is_enrolled = place->is_enrolled;
    return save_each(&save, values, count, err) &&
           form_save_finish(&save, &origin, &seq, err);
}

struct text site_time(const struct design *design, struct text site, int64_t instant,
                      struct arena *arena)
{
    const struct site *known = design_site(design, site);
    struct moment moment =
        moment_of_instant(instant, known == NULL ? 0 : known->offset_minutes);
    char text[MOMENT_TEXT_SIZE];
    moment.precision = MOMENT_SECOND;
    size_t len = moment_print(&moment, text);
    return text_copy(arena, (struct text){.at = text, .len = len});
}

bool reason_check(struct text reason, struct error *err)
{
    size_t at = 0;
    if (text_trim(reason).len > 0 && reason.len <= LIMIT_REASON &&
        utf8_is_printable(reason, &at))
        return true;
    error_set(err, ERROR_REFUSED, "a reason of at most %d bytes is needed",
              LIMIT_REASON);
    return error_where(err, at, "reason");
}

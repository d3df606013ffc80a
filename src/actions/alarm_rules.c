/* Alarms after a run of the rules: what fires and is not open is raised, what is open and
 * fires no more ends. A rule that did not run stands as it was. By the program, in the unit
 * of the save, so that an alarm and its cause are on disk together. */
#include "actions/alarm_parts.h"
#include "actions/form_save_parts.h"

int64_t alarm_after(int64_t instant, int64_t seconds)
{
    return seconds == 0 ? 0 : instant + seconds * INSTANT_SECOND;
}

struct alarm_raised alarm_raise(const struct study_alarm *kind,
                                const struct alarm_step *step, int64_t now)
{
    return (struct alarm_raised){.alarm = kind->oid,
                                 .step = step->oid,
                                 .level = step->level,
                                 .escalates_at =
                                     alarm_after(now, kind->escalates_after),
                                 .repeats_at = alarm_after(now, kind->repeats_after)};
}

/* What is open, of the participant and of the record joined to it: read when a rule of an
 * alarm has run, which most saves of most forms do not do. */
struct alarming {
    struct form_save *save;
    struct origin program;
    bool is_read;
    struct alarm_list own, joined;
};

static bool read_open(struct alarming *alarming, struct error *err)
{
    const struct world *world = &alarming->save->world;
    if (alarming->is_read)
        return true;
    alarming->is_read = true;
    return alarms_of(world->db, world->participant->id, world->arena, &alarming->own,
                     err) &&
           (world->attached == 0 || alarms_of(world->db, world->attached, world->arena,
                                              &alarming->joined, err));
}

static const struct stored_alarm *open_among(const struct alarm_list *list,
                                             const struct world_form *form, int64_t row,
                                             const struct alarm_step *step)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].row == row && text_equal(list->at[i].step, step->oid) &&
            form_key_equal(&list->at[i].key, &form->state.key))
            return &list->at[i];
    return NULL;
}

static bool raise(struct alarming *alarming, const struct world_form *form, int64_t row,
                  const struct study_alarm *kind, const struct alarm_step *step,
                  struct error *err)
{
    struct form_save *save = alarming->save;
    struct alarm_raised raised = alarm_raise(kind, step, save->world.now);
    raised.has_form = true;
    raised.key = form->state.key;
    raised.row = row;
    return txn_append(save->txn, LOG_EVENT_ALARM_RAISED, &alarming->program,
                      raised.key.participant, &raised, NULL, err) &&
           (text_is_absent(step->check->deviation) ||
            save_alarm_deviation(save, form, row, step->check, err));
}

static bool end(struct alarming *alarming, const struct stored_alarm *open,
                struct error *err)
{
    struct alarm_ended ended = {.alarm = open->seq};
    return txn_append(alarming->save->txn, LOG_EVENT_ALARM_ENDED, &alarming->program,
                      open->participant, &ended, NULL, err);
}

static bool look_at(struct alarming *alarming, const struct world_form *form, int32_t r,
                    int32_t row, struct error *err)
{
    const struct world *world = &alarming->save->world;
    const struct study_alarm *kind = world->rulebook->alarms[r];
    const struct alarm_step *step =
        alarm_step_find(kind, world->rulebook->checks[r]->oid);
    int32_t serial = form->instance->serial;
    if (!book_has_run(world->book, r, serial, row))
        return true;
    if (!read_open(alarming, err))
        return false;
    const struct stored_alarm *open = open_among(&alarming->own, form, row, step);
    if (open == NULL)
        open = open_among(&alarming->joined, form, row, step);
    bool fires = book_fires(world->book, r, serial, row);
    if (fires && open == NULL)
        return raise(alarming, form, row, kind, step, err);
    return fires || open == NULL || end(alarming, open, err);
}

static bool look_at_form(struct alarming *alarming, const struct world_form *form,
                         struct error *err)
{
    const struct world *world = &alarming->save->world;
    const struct rule_set *set = world->rulebook->set;
    for (int32_t r = 0; r < set->rule_count; r++) {
        if (world->rulebook->alarms[r] == NULL ||
            set->rules[r].form != form->instance->form)
            continue;
        int32_t rows = rule_rows(world, &set->rules[r], form->instance);
        for (int32_t row = rows == 0 ? 0 : 1; row <= rows; row++)
            if (!look_at(alarming, form, r, row, err))
                return false;
    }
    return true;
}

bool save_alarms(struct form_save *save, struct error *err)
{
    const struct world *world = &save->world;
    struct alarming alarming = {.save = save, .program = {.device = TEXT("osteon")}};
    if (world->book == NULL || save->design->alarm_count == 0)
        return true;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct world_form *form = &world->forms[i];
        if (form->instance != NULL && world_form_is_under(world, form) &&
            !look_at_form(&alarming, form, err))
            return false;
    }
    return true;
}

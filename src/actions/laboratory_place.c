/* The time point that a specimen belongs to, by the windows of the schedule. */
#include "actions/laboratory_file.h"

#include "actions/program_values.h"
#include "actions/study_items.h"
#include "base/datetime.h"

#include <inttypes.h>

static const struct form *form_of(const struct design *design, const struct item *item)
{
    for (size_t i = 0; i < design->form_count; i++)
        if (form_group_of(&design->forms[i], item) != NULL)
            return &design->forms[i];
    return NULL;
}

static bool holds(const struct event_due *due, int64_t collected)
{
    return (due->has_opens || due->has_closes) &&
           (!due->has_opens || collected >= due->opens) &&
           (!due->has_closes || collected <= due->closes);
}

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

/* Of the windows that hold it, the one whose target is nearest. */
static const struct event_due *find_due(const struct laboratory_filing *filing,
                                        const struct form *form, int64_t collected)
{
    const struct event_due *best = NULL;
    for (size_t i = 0; i < filing->schedule.due_count; i++) {
        const struct event_due *due = &filing->schedule.dues[i];
        if (!event_has_form(due->event, form) ||
            schedule_due(&filing->schedule, due->event, due->repeat, form) != due ||
            !holds(due, collected))
            continue;
        if (best == NULL ||
            distance(due->due, collected) < distance(best->due, collected))
            best = due;
    }
    return best;
}

/* --- outside the schedule ----------------------------------------------------------------- */

static const struct study_event *unscheduled_event(const struct design *design,
                                                   const struct form *form)
{
    for (size_t i = 0; i < design->event_count; i++)
        if (text_equal(design->events[i].kind, EVENT_KIND_UNSCHEDULED) &&
            event_has_form(&design->events[i], form))
            return &design->events[i];
    return NULL;
}

static bool is_at(struct db *db, const struct form_state *state, struct text time,
                  struct text site, struct arena *arena, bool *out, struct error *err)
{
    struct form_heads *heads = NULL;
    if (!heads_load_known(db, &state->key, state, arena, &heads, err))
        return false;
    const struct head *taken = heads_current(heads, ITEM_SPECIMEN_TIME, 0);
    const struct head *drawn = heads_current(heads, ITEM_SPECIMEN_SITE, 0);
    struct text from = drawn == NULL ? (struct text){0} : drawn->answer.value;
    *out = taken != NULL && text_equal(taken->answer.value, time) &&
           text_equal(from, site);
    return true;
}

/* One visit a draw: tubes taken at the same time from the same site stand together. */
static bool find_visit(struct laboratory_filing *filing, const struct hl7_order *order,
                       struct text time, struct laboratory_place *out,
                       struct error *err)
{
    int64_t last = 0;
    struct text site = laboratory_draw_site(order);
    for (size_t i = 0; i < filing->forms.count; i++) {
        const struct form_state *state = &filing->forms.list[i];
        bool is_same = false;
        if (!text_equal(state->key.event, out->key.event))
            continue;
        last = state->key.event_repeat > last ? state->key.event_repeat : last;
        if (!text_equal(state->key.form, out->key.form))
            continue;
        if (!is_at(txn_db(filing->txn), state, time, site, txn_arena(filing->txn),
                   &is_same, err))
            return false;
        if (is_same) {
            out->key.event_repeat = state->key.event_repeat;
            return true;
        }
    }
    out->key.event_repeat = last + 1;
    return true;
}

/* A person has said of this message that it may stand outside every window. */
static bool is_let_in(const struct laboratory_filing *filing, struct arena *arena)
{
    struct text number = text_format(arena, "%" PRId64, filing->message->header->id);
    return feed_rule_among(&filing->message->rules, FEED_RULE_UNSCHEDULED,
                           (struct text){0}, number) != NULL;
}

bool laboratory_place_find(struct laboratory_filing *filing,
                           const struct hl7_order *order, const struct item *item,
                           int64_t collected, struct laboratory_place *out,
                           bool *is_found, struct error *err)
{
    struct arena *arena = txn_arena(filing->txn);
    const struct form *form = form_of(filing->design, item);
    bool is_apart = text_equal(laboratory_draw_site(order), DRAWN_THROUGH_NEEDLE);
    *is_found = false;
    if (form == NULL)
        return true;
    const struct event_due *due = is_apart ? NULL : find_due(filing, form, collected);
    *out = (struct laboratory_place){.key = {.participant = filing->participant->id,
                                             .event_repeat = 1,
                                             .form = form->oid,
                                             .form_repeat = 1},
                                     .form = form,
                                     .target = collected};
    if (due != NULL) {
        *is_found = true;
        out->key.event = due->event->oid;
        out->key.event_repeat = due->repeat;
        out->target = due->due;
        return true;
    }
    const struct study_event *event = unscheduled_event(filing->design, form);
    if (event == NULL || (!is_apart && !is_let_in(filing, arena)))
        return true;
    *is_found = true;
    out->key.event = event->oid;
    return find_visit(
        filing, order,
        site_time(filing->design, filing->participant->site, collected, arena), out,
        err);
}

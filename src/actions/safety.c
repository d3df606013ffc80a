#include "actions/safety.h"

#include "actions/people.h"
#include "actions/safety_review.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

static struct text code_at(const struct world *world, struct text form,
                           int32_t instance, struct text item)
{
    struct datum answer = world_answer(world, form, instance, item, 0);
    return answer.kind == DATUM_TEXT ? datum_as_text(answer) : (struct text){0};
}

static int64_t instant_at(const struct world *world, struct text form, int32_t instance,
                          struct text item)
{
    struct datum answer = world_answer(world, form, instance, item, 0);
    return answer.kind == DATUM_MOMENT ? answer.as.coefficient : 0;
}

/* A whole number; 0 when there is none. */
static int64_t number_at(const struct world *world, struct text form, int32_t instance,
                         struct text item)
{
    struct datum answer = world_answer(world, form, instance, item, 0);
    return answer.kind == DATUM_NUMBER && answer.scale == 0 ? answer.as.coefficient : 0;
}

/* --- one event ------------------------------------------------------------------------ */

/* The report of a serious event, by the event's number; -1: none. Of several (follow-up
 * reports) the first: its times are those of the clocks. */
static int32_t report_of(const struct world *world, int64_t sequence)
{
    int32_t count = world_instances(world, FORM_SERIOUS_EVENT);
    for (int32_t i = 0; i < count; i++)
        if (sequence != 0 &&
            number_at(world, FORM_SERIOUS_EVENT, i, ITEM_SERIOUS_OF) == sequence)
            return i;
    return -1;
}

/* One of the codes of a "multiple" item. */
static bool names_code(struct text codes, struct text wanted)
{
    while (codes.len > 0)
        if (text_equal(text_cut(&codes, ' '), wanted))
            return true;
    return false;
}

static void read_report(const struct world *world, int32_t report,
                        struct safety_event *out)
{
    struct serious_facts facts = {.aware_at = out->aware_at,
                                  .device = relation_of(out->related)};
    struct text form = FORM_SERIOUS_EVENT;
    if (report >= 0) {
        out->has_report = world_place(world, form, report, &out->report_key);
        out->reasons = code_at(world, form, report, ITEM_SERIOUS_WHY);
        out->expected = code_at(world, form, report, ITEM_SERIOUS_EXPECTED);
        facts.sponsor_at = instant_at(world, form, report, ITEM_SERIOUS_SPONSOR);
        facts.ethics_at = instant_at(world, form, report, ITEM_SERIOUS_ETHICS);
        facts.system_at = instant_at(world, form, report, ITEM_SERIOUS_SYSTEM);
    }
    facts.is_death = names_code(out->reasons, TEXT("DTH")) ||
                     text_equal(out->outcome, TEXT("FAT")) ||
                     text_equal(out->grade, TEXT("5"));
    facts.is_life_threatening =
        names_code(out->reasons, TEXT("LT")) || text_equal(out->grade, TEXT("4"));
    out->clock_count = safety_clocks_of(&facts, world->now, out->clocks);
}

bool safety_event_of(const struct world *world, int32_t instance,
                     struct safety_event *out)
{
    struct text form = FORM_ADVERSE_EVENT;
    *out = (struct safety_event){.participant = world->participant->id,
                                 .number = participant_number(world->participant)};
    if (!world_place(world, form, instance, &out->key))
        return false;
    out->sequence = number_at(world, form, instance, ITEM_EVENT_NUMBER);
    out->term = code_at(world, form, instance, ITEM_EVENT_TERM);
    out->grade = code_at(world, form, instance, ITEM_EVENT_GRADE);
    out->related = code_at(world, form, instance, ITEM_EVENT_RELATED);
    out->outcome = code_at(world, form, instance, ITEM_EVENT_OUTCOME);
    out->adjudged = code_at(world, form, instance, ITEM_EVENT_ADJUDGED);
    out->began_at = instant_at(world, form, instance, ITEM_EVENT_BEGIN);
    out->aware_at = instant_at(world, form, instance, ITEM_EVENT_AWARE);
    int32_t report = report_of(world, out->sequence);
    out->is_serious = report >= 0 || world_answer_is(world, form, instance,
                                                     ITEM_EVENT_SERIOUS, TEXT("Y"));
    if (out->is_serious)
        read_report(world, report, out);
    return true;
}

/* --- all ------------------------------------------------------------------------------ */

struct listing {
    const struct caller *caller;
    struct arena *arena;
    struct safety_list *out;
    size_t event_capacity, deficiency_capacity, deviation_capacity;
};

static bool keep_event(struct listing *listing, const struct world *world,
                       const struct safety_event *event, struct error *err)
{
    struct arena *arena = listing->arena;
    struct safety_list *out = listing->out;
    struct safety_event *kept = NULL;
    out->events =
        ARENA_GROW(arena, out->events, out->event_count, &listing->event_capacity);
    kept = &out->events[out->event_count++];
    *kept = *event;
    struct text *texts[] = {&kept->number,  &kept->term,    &kept->grade,
                            &kept->related, &kept->outcome, &kept->adjudged,
                            &kept->reasons, &kept->expected};
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        *texts[i] = text_copy(arena, *texts[i]);
    kept->key = form_key_copy(&event->key, arena);
    kept->report_key = form_key_copy(&event->report_key, arena);
    return laboratory_origin_of(world, &event->key, arena, &kept->origin, err) &&
           (!event->has_report ||
            safety_review_of(world, listing->caller, event, arena, &kept->review, err));
}

static bool look_at_events(struct listing *listing, const struct world *world,
                           bool with_all, struct error *err)
{
    struct safety_event event;
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    for (int32_t i = 0; i < count; i++)
        if (safety_event_of(world, i, &event) && (with_all || event.is_serious) &&
            !keep_event(listing, world, &event, err))
            return false;
    return true;
}

/* What tells a deficiency or a deviation. */
struct note_items {
    struct text form, kind, weight, time, by_program;
};

static struct safety_note note_of(const struct world *world,
                                  const struct note_items *items, int32_t instance,
                                  struct arena *arena)
{
    struct safety_note note = {.participant = world->participant->id};
    struct form_key key = {0};
    note.number = text_copy(arena, participant_number(world->participant));
    note.kind = text_copy(arena, code_at(world, items->form, instance, items->kind));
    note.weight =
        text_copy(arena, code_at(world, items->form, instance, items->weight));
    note.at = instant_at(world, items->form, instance, items->time);
    note.is_by_program =
        text_equal(code_at(world, items->form, instance, items->by_program), TEXT("Y"));
    if (world_place(world, items->form, instance, &key))
        note.key = form_key_copy(&key, arena);
    return note;
}

static bool look_at_notes(struct listing *listing, const struct world *world,
                          struct error *err)
{
    const struct note_items deficiency = {FORM_DEFICIENCY, ITEM_DEFICIENCY_KIND,
                                          ITEM_DEFICIENCY_HARM, ITEM_DEFICIENCY_TIME,
                                          TEXT("")};
    const struct note_items deviation = {FORM_DEVIATION, ITEM_DEVIATION_KIND,
                                         ITEM_DEVIATION_GRAVE, ITEM_DEVIATION_TIME,
                                         ITEM_DEVIATION_AUTO};
    struct safety_list *out = listing->out;
    struct arena *arena = listing->arena;
    int32_t count = world_instances(world, deficiency.form);
    for (int32_t i = 0; i < count; i++) {
        out->deficiencies = ARENA_GROW(arena, out->deficiencies, out->deficiency_count,
                                       &listing->deficiency_capacity);
        out->deficiencies[out->deficiency_count++] =
            note_of(world, &deficiency, i, arena);
    }
    count = world_instances(world, deviation.form);
    for (int32_t i = 0; i < count; i++) {
        out->deviations = ARENA_GROW(arena, out->deviations, out->deviation_count,
                                     &listing->deviation_capacity);
        struct safety_note *note = &out->deviations[out->deviation_count++];
        *note = note_of(world, &deviation, i, arena);
        if (!deviation_review_of(world, listing->caller, &note->key, arena,
                                 &note->review, err))
            return false;
    }
    return true;
}

static bool look(void *context, const struct world *world, struct error *err)
{
    struct listing *listing = context;
    const struct participant *participant = world->participant;
    bool sees_all =
        caller_may(listing->caller, PERMISSION_VIEW_CASEBOOK, participant->site,
                   caller_is_assigned(listing->caller, participant->id));
    if (!look_at_events(listing, world, sees_all, err))
        return false;
    return !sees_all ||
           (look_at_notes(listing, world, err) &&
            laboratory_proposals_add(world, listing->caller, listing->arena,
                                     &listing->out->proposed, err));
}

bool safety_read(struct study *study, const struct caller *caller, struct arena *arena,
                 struct safety_list *out, struct error *err)
{
    static const enum permission any[] = {PERMISSION_READ_SAE_REPORTS,
                                          PERMISSION_VIEW_CASEBOOK};
    struct listing listing = {.caller = caller, .arena = arena, .out = out};
    struct participant_scan scan = {.study = study,
                                    .caller = caller,
                                    .permissions = any,
                                    .permission_count = ARRAY_COUNT(any),
                                    .context = &listing,
                                    .look = look};
    *out = (struct safety_list){0};
    if (!caller_must_somewhere(caller, PERMISSION_READ_SAE_REPORTS, err))
        return caller_refused(study, caller, 0, err);
    scan.db = store_reader(study->store);
    bool is_read = participants_scan(&scan, err);
    store_reader_return(study->store, scan.db);
    return is_read;
}

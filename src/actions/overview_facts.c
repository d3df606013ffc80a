/* What the overview keeps of one participant, out of the answers as the rules see them. */
#include "actions/form_save_parts.h"
#include "actions/overview_parts.h"
#include "actions/safety.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

/* The endpoints' items. A study without one of them simply has no such figure. */
#define FORM_VITALS        TEXT("F.VS")
#define FORM_LABORATORY    TEXT("F.LB")
#define FORM_SITE_CHECK    TEXT("F.SC")
#define FORM_FOLLOW_UP     TEXT("F.FU")
#define FORM_DEATH         TEXT("F.DTH")
#define FORM_ADVERSE_EVENT TEXT("F.CX")
#define ITEM_VITALS_TIME   TEXT("I.VS.VSDTM")
#define ITEM_SAMPLE_TIME   TEXT("I.LB.LBDTM")
#define ITEM_CHECK_TIME    TEXT("I.SC.SCDTM")
#define ITEM_ALIVE         TEXT("I.FU.LASTALV")
#define ITEM_DEATH_TIME    TEXT("I.DTH.DTHDTM")
#define ITEM_PLACE         TEXT("I.IO.IOSITE")
#define ITEM_ATTEMPT_PLACE TEXT("I.IO.ATTSITE")
#define ITEM_INSERTION     TEXT("I.IO.IOSEQ")
#define ITEM_RESULT        TEXT("I.IO.ATTRES")
#define ITEM_INFUSION_TIME TEXT("I.IO.FINDTM")
#define ITEM_FIRST_PASS    TEXT("I.IO.FPASS")
#define ITEM_ANY_SUCCESS   TEXT("I.IO.ANYSUC")
#define ITEM_REMOVAL_OF    TEXT("I.REM.RMSEQ")
#define ITEM_REMOVAL_TIME  TEXT("I.REM.REMDTM")
#define CODE_YES           TEXT("Y")
#define CODE_SUCCESS       TEXT("SUC")

/* --- answers -------------------------------------------------------------------------- */

static enum answer_of_fact yes_or_no(struct datum answer)
{
    if (fact_is_code(answer, CODE_YES))
        return FACT_YES;
    return answer.kind == DATUM_TEXT ? FACT_NO : FACT_MISSING;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static double minutes_between(int64_t from, int64_t until)
{
    return (double)(until - from) / 60e6;
}

/* --- screening ------------------------------------------------------------------------ */

static void read_screening(const struct world *world, struct facts *facts)
{
    facts->eligible =
        yes_or_no(world_answer(world, FORM_SCREENING, 0, ITEM_ELIGIBLE, 0));
    struct datum outcome =
        world_answer(world, FORM_SCREENING, 0, ITEM_SCREENING_RESULT, 0);
    if (outcome.kind == DATUM_TEXT)
        facts->outcome = text_copy(facts->arena, datum_as_text(outcome));
    struct participant_facts standing = world_facts(world, false);
    facts->is_consented = standing.consent == CONSENT_GIVEN;
    facts->is_deferred = standing.consent == CONSENT_DEFERRED;
}

/* --- insertions ----------------------------------------------------------------------- */

struct insertion {
    int32_t instance, rows;
    int64_t attempts;       /* with a puncture */
    int64_t first_puncture; /* 0: none */
    bool has_first_result;
    int64_t success; /* the puncture that succeeded */
    int32_t success_row;
};

static struct insertion insertion_of(const struct world *world, int32_t instance)
{
    struct insertion found = {.instance = instance};
    found.rows = world_rows(world, FORM_INSERTION, instance, ITEM_PUNCTURE_TIME);
    for (int32_t row = 1; row <= found.rows; row++) {
        int64_t puncture = fact_instant(
            world_answer(world, FORM_INSERTION, instance, ITEM_PUNCTURE_TIME, row));
        struct datum result =
            world_answer(world, FORM_INSERTION, instance, ITEM_RESULT, row);
        found.attempts += puncture != 0;
        if (row == 1) {
            found.first_puncture = puncture;
            found.has_first_result = result.kind == DATUM_TEXT;
        }
        if (fact_is_code(result, CODE_SUCCESS) && found.success == 0) {
            found.success = puncture;
            found.success_row = row;
        }
    }
    return found;
}

/* Of the first insertion, for the head of the casebook. What the rule says without a result of the
 * first attempt is no success; but the result is missing, and that is told. */
static void read_first(const struct world *world, const struct insertion *insertion,
                       struct facts *facts)
{
    int32_t at = insertion->instance;
    facts->has_puncture = insertion->first_puncture != 0;
    facts->first_puncture = insertion->first_puncture;
    facts->attempts = insertion->attempts;
    if (insertion->has_first_result)
        facts->first_attempt =
            yes_or_no(world_answer(world, FORM_INSERTION, at, ITEM_FIRST_PASS, 0));
    facts->is_placed = yes_or_no(world_answer(world, FORM_INSERTION, at,
                                              ITEM_ANY_SUCCESS, 0)) == FACT_YES;
    int64_t decided =
        fact_instant(world_answer(world, FORM_INSERTION, at, ITEM_DECISION_TIME, 0));
    int64_t running =
        fact_instant(world_answer(world, FORM_INSERTION, at, ITEM_INFUSION_TIME, 0));
    if (decided != 0 && running >= decided)
        facts->access_minutes = minutes_between(decided, running);
}

/* The removal form of an insertion, by its number; -1: none. */
static int32_t removal_of(const struct world *world, int32_t insertion)
{
    struct datum number =
        world_answer(world, FORM_INSERTION, insertion, ITEM_INSERTION, 0);
    int32_t count = world_instances(world, FORM_REMOVAL);
    for (int32_t i = 0; i < count; i++)
        if (datum_has_value(number) &&
            datum_equal(number,
                        world_answer(world, FORM_REMOVAL, i, ITEM_REMOVAL_OF, 0)))
            return i;
    return count == 1 && !datum_has_value(number) ? 0 : -1;
}

static const struct code *place_of(const struct world *world,
                                   const struct insertion *insertion)
{
    struct text oid = ITEM_ATTEMPT_PLACE;
    struct datum answer = world_answer(world, FORM_INSERTION, insertion->instance, oid,
                                       insertion->success_row);
    if (answer.kind != DATUM_TEXT) {
        oid = ITEM_PLACE;
        answer = world_answer(world, FORM_INSERTION, insertion->instance, oid, 0);
    }
    return fact_code(world, oid, answer);
}

/* As stored: a design may ask for the leave only once the needle is out. */
static bool is_stored(const struct world *world, int32_t removal, struct text item)
{
    return datum_has_value(world_stored(world, FORM_REMOVAL, removal, item, 0));
}

static bool is_justified(const struct world *world, int32_t removal)
{
    return is_stored(world, removal, ITEM_EXCEPTION_REASON) &&
           is_stored(world, removal, ITEM_EXCEPTION_BY);
}

/* A needle is in place until its removal, or death. */
static void read_dwell(const struct world *world, const struct insertion *insertion,
                       struct facts *facts)
{
    int32_t removal = removal_of(world, insertion->instance);
    int64_t ended = removal < 0
                        ? 0
                        : fact_instant(world_answer(world, FORM_REMOVAL, removal,
                                                    ITEM_REMOVAL_TIME, 0));
    if (ended == 0 && facts->died == 0 && facts->needle_count < FACT_NEEDLES)
        facts->needles[facts->needle_count++] =
            (struct fact_needle){.since = insertion->success,
                                 .place = place_of(world, insertion),
                                 .is_justified = is_justified(world, removal)};
}

static void read_insertions(const struct world *world, struct facts *facts)
{
    int32_t count = world_instances(world, FORM_INSERTION);
    facts->access_minutes = (double)NAN;
    for (int32_t i = 0; i < count; i++) {
        struct insertion insertion = insertion_of(world, i);
        if (i == 0)
            read_first(world, &insertion, facts);
        if (insertion.success != 0)
            read_dwell(world, &insertion, facts);
    }
}

/* --- survival ------------------------------------------------------------------------- */

static int64_t latest_of(const struct world *world, struct text form, struct text item)
{
    int64_t latest = 0;
    int32_t count = world_instances(world, form);
    for (int32_t i = 0; i < count; i++)
        latest = later(latest, fact_instant(world_answer(world, form, i, item, 0)));
    return latest;
}

/* E11: from enrolment to death, or to the last time known alive: a contact, or the last
 * data point of the stay. */
static void read_survival(const struct world *world, struct facts *facts)
{
    int64_t enrolled =
        fact_instant(world_answer(world, FORM_DEMOGRAPHY, 0, ITEM_ENROLMENT_TIME, 0));
    facts->enrolled = enrolled != 0 ? enrolled : facts->participant.enrolled_at;
    facts->died = fact_instant(world_answer(world, FORM_DEATH, 0, ITEM_DEATH_TIME, 0));
    int64_t alive =
        later(facts->enrolled, latest_of(world, FORM_FOLLOW_UP, ITEM_ALIVE));
    alive = later(alive, latest_of(world, FORM_VITALS, ITEM_VITALS_TIME));
    alive = later(alive, latest_of(world, FORM_LABORATORY, ITEM_SAMPLE_TIME));
    alive = later(alive, latest_of(world, FORM_SITE_CHECK, ITEM_CHECK_TIME));
    alive = later(alive, latest_of(world, FORM_REMOVAL, ITEM_REMOVAL_TIME));
    facts->last_alive = alive;
}

/* --- forms and visits ----------------------------------------------------------------- */

static void add_cell(const struct design *design, const struct form_state *state,
                     struct facts *facts)
{
    const struct study_event *event = design_event(design, state->key.event);
    const struct form *form = design_form(design, state->key.form);
    if (event == NULL || form == NULL || state->expected == 0)
        return;
    size_t i = 0;
    while (i < facts->cell_count &&
           (facts->cells[i].event != event || facts->cells[i].form != form))
        i++;
    facts->cell_count += i == facts->cell_count;
    struct overview_cell *cell = &facts->cells[i];
    cell->event = event;
    cell->form = form;
    cell->forms++;
    cell->answered += (size_t)state->answered;
    cell->expected += (size_t)state->expected;
}

/* A design without rules has no world: its forms are the participant's own. */
static void read_cells(const struct world *world, const struct form_states *own,
                       struct facts *facts)
{
    bool has_world = world->book != NULL;
    size_t count = has_world ? world->form_count : own->count;
    facts->cells = ARENA_ARRAY(world->arena, struct overview_cell, count);
    for (size_t i = 0; i < count; i++)
        add_cell(world->rulebook->design,
                 has_world ? &world->forms[i].state : &own->list[i], facts);
    struct overview_cell *kept =
        ARENA_ARRAY(facts->arena, struct overview_cell, facts->cell_count);
    for (size_t i = 0; i < facts->cell_count; i++)
        kept[i] = facts->cells[i];
    facts->cells = kept;
}

/* Complete: each copy of it is, and there is one. */
static void count_form(const struct world *world, const struct event_due *due,
                       const struct form *form, size_t *begun, bool *is_complete)
{
    *begun = 0;
    *is_complete = true;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct form_state *state = &world->forms[i].state;
        if (state->key.event_repeat != due->repeat ||
            !text_equal(state->key.event, due->event->oid) ||
            !text_equal(state->key.form, form->oid))
            continue;
        ++*begun;
        *is_complete &= state->is_complete;
    }
    *is_complete &= *begun > 0;
}

static struct due_forms count_forms(const struct world *world,
                                    const struct schedule *schedule,
                                    const struct event_due *due)
{
    struct due_forms forms = {0};
    for (size_t i = 0; i < due->event->form_count; i++) {
        size_t begun;
        bool is_complete;
        count_form(world, due, due->event->forms[i], &begun, &is_complete);
        forms.begun += begun;
        if (!due_asks_for(schedule, due, i))
            continue;
        forms.asked++;
        forms.complete += is_complete;
    }
    return forms;
}

static bool is_visit(const struct event_due *due)
{
    return due->form == NULL && text_equal(due->event->kind, TEXT("scheduled"));
}

static bool read_dues(struct world *world, struct facts *facts, struct error *err)
{
    struct schedule schedule;
    if (!world_schedule(world, &schedule, err))
        return false;
    facts->dues = ARENA_ARRAY(facts->arena, struct fact_due, schedule.due_count);
    for (size_t i = 0; i < schedule.due_count; i++) {
        const struct event_due *due = &schedule.dues[i];
        if (!is_visit(due))
            continue;
        struct fact_due *fact = &facts->dues[facts->due_count++];
        *fact =
            (struct fact_due){.due = *due, .forms = count_forms(world, &schedule, due)};
        fact->due.from = NULL; /* ends with the world */
    }
    return true;
}

/* --- reports of serious events ----------------------------------------------------------- */

static void read_clocks(const struct world *world, struct facts *facts)
{
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    int64_t *due =
        ARENA_ARRAY(facts->arena, int64_t, (size_t)count * SAFETY_CLOCKS_MOST);
    for (int32_t i = 0; i < count; i++) {
        struct safety_event event;
        if (!safety_event_of(world, i, &event))
            continue;
        for (size_t k = 0; k < event.clock_count; k++)
            if (event.clocks[k].done_at == 0)
                due[facts->reports_due_count++] = event.clocks[k].due_at;
    }
    facts->reports_due = due;
}

/* --- the analysis plan's rows ------------------------------------------------------------ */

static void read_rows(struct collector *collector, const struct world *world,
                      struct facts *facts)
{
    struct collected from = {facts->id, world->rulebook, world->book};
    size_t count = collector->plan->dataset_count;
    struct dataset_rows *rows = ARENA_ARRAY(facts->arena, struct dataset_rows, count);
    collect(collector, &from);
    for (size_t i = 0; i < count; i++)
        rows[i] = dataset_take(collector->datasets[i], facts->arena);
    facts->rows = rows;
    /* When the first day is over, the plan judges who was not judged. */
    int64_t judged = facts->first_puncture + OVERVIEW_DAY;
    facts->judged_at = facts->first_puncture != 0 && judged > world->now ? judged : 0;
}

/* --- all ------------------------------------------------------------------------------ */

static void forget(struct facts *facts)
{
    struct facts kept = {.arena = facts->arena,
                         .id = facts->id,
                         .is_read = true,
                         .participant = facts->participant};
    *facts = kept;
}

bool facts_read(struct study *study, struct db *db, struct collector *collector,
                struct facts *facts, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct form_states own = {0};
    struct world world = {.db = db,
                          .arena = scratch,
                          .rulebook = study_rulebook(study, study_design(study)),
                          .participant = &facts->participant,
                          .now = study_now(study),
                          .stored_forms = &own};
    forget(facts);
    bool is_read =
        form_list(db, facts->id, scratch, &own, err) && world_open(&world, err);
    if (is_read) {
        read_screening(&world, facts);
        read_survival(&world, facts);
        read_insertions(&world, facts);
        read_clocks(&world, facts);
        read_cells(&world, &own, facts);
        if (collector != NULL)
            read_rows(collector, &world, facts);
        is_read = read_dues(&world, facts, err);
    }
    arena_free(scratch);
    return is_read;
}

/* The facts of one participant, for the head of the casebook. */
#include "actions/clinical_facts.h"
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/overview_parts.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

#include <math.h>

#define FORM_HISTORY       TEXT("F.MH")
#define ITEM_SEX           TEXT("I.DM.SEX")
#define ITEM_AGE           TEXT("I.SCR.AGE")
#define ITEM_DISEASE       TEXT("I.MH.HEMDX")
#define ITEM_ATTEMPT_PLACE TEXT("I.IO.ATTSITE")
#define ITEM_RESULT        TEXT("I.IO.ATTRES")
#define ITEM_REMOVAL_TIME  TEXT("I.REM.REMDTM")
#define ITEM_DWELL         TEXT("I.REM.DWELL")
#define CODE_SUCCESS       TEXT("SUC")

static struct text code_of(struct arena *arena, struct datum answer)
{
    return answer.kind == DATUM_TEXT ? text_copy(arena, datum_as_text(answer))
                                     : (struct text){0};
}

/* Where the latest needle was placed: that of the last attempt that succeeded. */
static void read_place(const struct world *world, struct arena *arena,
                       struct clinical_facts *out)
{
    struct fact_place place = {.world = world, .form = FORM_INSERTION};
    while (fact_next_row(&place, ITEM_RESULT))
        if (fact_is_code(fact_at(&place, ITEM_RESULT), CODE_SUCCESS))
            out->place = code_of(arena, fact_at(&place, ITEM_ATTEMPT_PLACE));
}

static void read_removal(const struct world *world, struct clinical_facts *out)
{
    int32_t count = world_instances(world, FORM_REMOVAL);
    for (int32_t i = 0; i < count; i++) {
        int64_t removed =
            fact_instant(world_answer(world, FORM_REMOVAL, i, ITEM_REMOVAL_TIME, 0));
        if (removed <= out->removed)
            continue;
        out->removed = removed;
        out->dwell_hours =
            fact_number(world_answer(world, FORM_REMOVAL, i, ITEM_DWELL, 0));
    }
}

static void read_answers(const struct world *world, struct arena *arena,
                         struct clinical_facts *out)
{
    out->age = fact_number(world_answer(world, FORM_SCREENING, 0, ITEM_AGE, 0));
    out->sex = code_of(arena, world_answer(world, FORM_DEMOGRAPHY, 0, ITEM_SEX, 0));
    out->disease =
        code_of(arena, world_answer(world, FORM_HISTORY, 0, ITEM_DISEASE, 0));
    read_place(world, arena, out);
    read_removal(world, out);
}

static bool read_world(struct study *study, struct db *db,
                       const struct participant *participant, struct arena *arena,
                       struct clinical_facts *out, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    const struct design *design = NULL;
    struct design_choice choice = {study, db, participant, scratch};
    struct world world = {.db = db,
                          .arena = scratch,
                          .participant = participant,
                          .now = study_now(study)};
    bool is_read = design_for_participant(&choice, &design, err);
    if (is_read) {
        world.rulebook = study_rulebook(study, design);
        is_read = world_open(&world, err);
    }
    if (is_read)
        read_answers(&world, arena, out);
    arena_free(scratch);
    return is_read;
}

static bool read_facts(struct study *study, struct db *db,
                       const struct participant *participant, struct arena *arena,
                       struct clinical_facts *out, struct error *err)
{
    struct facts facts = {
        .arena = arena, .id = participant->id, .participant = *participant};
    if (!facts_read(study, db, NULL, &facts, err))
        return false;
    out->first_puncture = facts.first_puncture;
    out->access_minutes = facts.access_minutes;
    out->attempts = facts.attempts;
    if (facts.needle_count > 0)
        out->in_place_since = facts.needles[facts.needle_count - 1].since;
    out->is_first_attempt_known =
        facts.first_attempt == FACT_YES || facts.first_attempt == FACT_NO;
    out->is_first_attempt = facts.first_attempt == FACT_YES;
    out->died = facts.died;
    out->last_alive = facts.last_alive;
    return true;
}

bool clinical_facts_read(struct study *study, const struct caller *caller,
                         int64_t participant, struct arena *arena,
                         struct clinical_facts *out, struct error *err)
{
    struct participant *found = NULL;
    struct db *db = store_reader(study->store);
    *out = (struct clinical_facts){
        .age = (double)NAN, .access_minutes = (double)NAN, .dwell_hours = (double)NAN};
    bool is_read =
        participant_seen(study, db, caller, participant, arena, &found, err) &&
        (found->state == PARTICIPANT_ERASED ||
         (read_facts(study, db, found, arena, out, err) &&
          read_world(study, db, found, arena, out, err)));
    store_reader_return(study->store, db);
    return is_read;
}

#include "actions/rule_sheet.h"

#include "actions/counts.h"
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/study_state.h"

/* The world's answer, kept in the sheet: what a rule asked once, the page can answer. */
static struct datum ask_and_keep(void *data, const struct question *question)
{
    struct world *world = data;
    struct datum answer = world_ask(world, question);
    if (question->kind == ASK_ITEM || question->kind == ASK_FORM ||
        question->kind == ASK_SCHEDULE) {
        if (answer.kind == DATUM_TEXT)
            answer = datum_text(text_copy(world->arena, datum_as_text(answer)));
        sheet_set_fact(world->book->sheet, question, answer);
    }
    return answer;
}

static bool read_sheet(struct study *study, struct db *db, const struct caller *caller,
                       const struct form_key *key, struct rule_sheet *sheet,
                       struct error *err)
{
    struct world *world = &sheet->world;
    struct arena *arena = world->arena;
    struct form_state *known = NULL;
    const struct design *design = NULL;
    if (!participant_seen(study, db, caller, key->participant, arena,
                          &sheet->participant, err) ||
        !form_find(db, &world->key, arena, &known, err) ||
        !design_for_form(&(struct design_choice){study, db, sheet->participant, arena},
                         known, key->event, &design, err) ||
        !form_place_check(design, key, err))
        return false;
    world->rulebook = study_rulebook(study, design);
    world->participant = sheet->participant;
    if (!world_open(world, err))
        return false;
    if (world->book != NULL)
        world->book->world.ask = ask_and_keep;
    if (!world_run(world, err))
        return false;
    counts_keep(world);
    return true;
}

bool rule_sheet_read(struct study *study, const struct caller *caller,
                     const struct form_key *key, struct arena *arena,
                     struct rule_sheet **out, struct error *err)
{
    struct rule_sheet *sheet = ARENA_NEW(arena, struct rule_sheet);
    struct db *db = store_reader(study->store);
    sheet->world = (struct world){.db = db,
                                  .arena = arena,
                                  .now = study_now(study),
                                  .key = *key,
                                  .caller = caller};
    if (key->event_repeat == 0)
        sheet->world.key.event_repeat = 1;
    if (key->form_repeat == 0)
        sheet->world.key.form_repeat = 1;
    bool is_read = read_sheet(study, db, caller, key, sheet, err);
    store_reader_return(study->store, db);
    *out = sheet;
    return is_read;
}

#include "actions/rule_sheet.h"

#include "actions/counts.h"
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/image_read.h"
#include "actions/study_items.h"
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

/* The page gets no answer of a sealed reading, though the rules have run over it. */
static bool seal_form(struct world *world, const struct world_form *form,
                      struct error *err)
{
    struct image_asker asker = {world->db, world->db, world->caller, world->participant,
                                world->arena};
    const struct item_group *group =
        design_group(world->rulebook->design, GROUP_IMAGE_READ);
    struct image_reads reads;
    if (!image_reads_of(&asker, &form->state, &reads, err))
        return false;
    for (size_t i = 0; group != NULL && i < group->item_count; i++) {
        int32_t item =
            rulebook_item(world->rulebook, form->instance->form, group->items[i]->oid);
        for (size_t k = 0; item >= 0 && k < reads.sealed_count; k++)
            (void)sheet_set(world->book->sheet, form->instance, item,
                            (int32_t)reads.sealed[k], datum_of_kind(DATUM_EMPTY));
    }
    return true;
}

static bool seal_reads(struct world *world, struct error *err)
{
    for (size_t i = 0; world->book != NULL && i < world->form_count; i++)
        if (world->forms[i].instance != NULL && world->forms[i].state.id != 0 &&
            !seal_form(world, &world->forms[i], err))
            return false;
    return true;
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
    return seal_reads(world, err);
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

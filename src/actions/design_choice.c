#include "actions/design_choice.h"

#include "actions/study_state.h"
#include "actions/world.h"
#include "store/amendment.h"

/* Is the event there, and not before the one from which the version holds? */
static bool reaches(const struct design *design, const struct stored_move *move,
                    struct text event)
{
    const struct study_event *from = design_event(design, move->from_event);
    const struct study_event *this = design_event(design, event);
    return from != NULL && this != NULL && this >= from;
}

static bool choose(const struct design_choice *choice, const struct text *event,
                   const struct design **out, struct error *err)
{
    struct stored_move *moves = NULL;
    struct text version = {0};
    size_t count = 0;
    if (!move_list(choice->db, choice->participant->id, choice->arena, &moves, &count,
                   err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!study_design_version(choice->study, moves[i].version, out, err))
            return false;
        if (event == NULL || reaches(*out, &moves[i], *event))
            return true;
    }
    return version_at(choice->db, choice->participant->created_at, choice->arena,
                      &version, err) &&
           study_design_version(choice->study, version, out, err);
}

static bool has_one_version(struct study *study)
{
    return atomic_load(&study->version_count) == 1;
}

bool design_for_form(const struct design_choice *choice, const struct form_state *known,
                     struct text event, const struct design **out, struct error *err)
{
    if (known != NULL)
        return study_design_version(choice->study, known->design_version, out, err);
    *out = study_design(choice->study);
    return has_one_version(choice->study) || choose(choice, &event, out, err);
}

bool design_for_participant(const struct design_choice *choice,
                            const struct design **out, struct error *err)
{
    *out = study_design(choice->study);
    return has_one_version(choice->study) || choose(choice, NULL, out, err);
}

static bool is_among(const struct design *const *designs, size_t count,
                     struct text version)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(designs[i]->version, version))
            return true;
    return false;
}

bool designs_beside(struct study *study, const struct world *world,
                    const struct design ***out, size_t *count, struct error *err)
{
    const struct design **designs = NULL;
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    if (has_one_version(study))
        return true;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct form_state *state = &world->forms[i].state;
        if (world_form_is_under(world, &world->forms[i]) ||
            is_among(designs, *count, state->design_version))
            continue;
        designs = ARENA_GROW(world->arena, designs, *count, &capacity);
        if (!study_design_version(study, state->design_version, &designs[(*count)++],
                                  err))
            return false;
    }
    *out = designs;
    return true;
}

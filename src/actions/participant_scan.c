#include "actions/participant_scan.h"

#include "actions/design_choice.h"
#include "actions/study_state.h"

static bool is_seen(const struct participant_scan *scan,
                    const struct participant *participant)
{
    if (participant->attached_to != 0 || participant->state == PARTICIPANT_ERASED ||
        (scan->only != 0 && scan->only != participant->id))
        return false;
    bool is_assigned = caller_is_assigned(scan->caller, participant->id);
    for (size_t i = 0; i < scan->permission_count; i++)
        if (caller_may(scan->caller, scan->permissions[i], participant->site,
                       is_assigned))
            return true;
    return scan->permission_count == 0;
}

static bool look_at(const struct participant_scan *scan,
                    const struct participant *participant, struct arena *scratch,
                    struct error *err)
{
    struct design_choice choice = {scan->study, scan->db, participant, scratch};
    const struct design *design = NULL;
    struct world world = {.db = scan->db,
                          .arena = scratch,
                          .participant = participant,
                          .now = scan->now != 0 ? scan->now : study_now(scan->study)};
    if (!design_for_participant(&choice, &design, err))
        return false;
    world.rulebook = study_rulebook(scan->study, design);
    return world_open(&world, err) && scan->look(scan->context, &world, err);
}

bool participants_scan(const struct participant_scan *scan, struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct participant *participant = NULL;
    int64_t id = 0;
    bool is_read = true;
    while (is_read) {
        arena_reset(scratch);
        is_read = participant_after(scan->db, id, scratch, &participant, err);
        if (!is_read || participant == NULL)
            break;
        id = participant->id;
        if (is_seen(scan, participant))
            is_read = look_at(scan, participant, scratch, err);
    }
    arena_free(scratch);
    return is_read;
}

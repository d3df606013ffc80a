/* What there is of versions and proposals, and what one changes. */
#include "actions/amendment.h"
#include "actions/amendment_parts.h"
#include "actions/design_choice.h"
#include "actions/people.h"
#include "actions/study_state.h"
#include "formats/odm_design_read.h"
#include "model/design_diff.h"

static bool name_person(struct people *people, int64_t id, struct amendment_person *out,
                        struct error *err)
{
    const struct user *user = NULL;
    if (!people_user(people, id, &user, err))
        return false;
    *out = (struct amendment_person){.id = id,
                                     .name = user == NULL ? TEXT("") : user->name,
                                     .full_name =
                                         user == NULL ? TEXT("") : user->full_name};
    return true;
}

static bool name_people(struct design_history *history, struct db *db,
                        struct arena *arena, struct error *err)
{
    struct people people = people_of(db, arena);
    struct amendment_person *publishers =
        ARENA_ARRAY(arena, struct amendment_person, history->version_count);
    struct amendment_person *proposers =
        ARENA_ARRAY(arena, struct amendment_person, history->proposal_count);
    struct amendment_person *deciders =
        ARENA_ARRAY(arena, struct amendment_person, history->proposal_count);
    history->publishers = publishers;
    history->proposers = proposers;
    history->deciders = deciders;
    for (size_t i = 0; i < history->version_count; i++)
        if (!name_person(&people, history->versions[i].user, &publishers[i], err))
            return false;
    for (size_t i = 0; i < history->proposal_count; i++)
        if (!name_person(&people, history->proposals[i].user, &proposers[i], err) ||
            !name_person(&people, history->proposals[i].decided_by, &deciders[i], err))
            return false;
    return true;
}

static bool count_one(struct study *study, struct db *db,
                      const struct participant *participant,
                      const struct design_history *history, int64_t *counts,
                      struct arena *arena, struct error *err)
{
    const struct design *design = NULL;
    if (participant->state == PARTICIPANT_ERASED || participant->attached_to != 0)
        return true;
    struct design_choice choice = {study, db, participant, arena};
    if (!design_for_participant(&choice, &design, err))
        return false;
    for (size_t i = 0; i < history->version_count; i++)
        counts[i] += text_equal(history->versions[i].version, design->version);
    return true;
}

static bool count_participants(struct study *study, struct db *db,
                               struct design_history *history, struct arena *arena,
                               struct error *err)
{
    int64_t *counts = ARENA_ARRAY(arena, int64_t, history->version_count);
    if (history->version_count == 1)
        return true;
    history->participants = counts;
    struct arena *scratch = arena_new(LIMIT_REQUEST_ARENA);
    struct participant *participant = NULL;
    bool is_read = true;
    int64_t id = 0;
    do {
        arena_reset(scratch);
        is_read = participant_after(db, id, scratch, &participant, err);
        if (is_read && participant != NULL) {
            id = participant->id;
            is_read = count_one(study, db, participant, history, counts, scratch, err);
        }
    } while (is_read && participant != NULL);
    arena_free(scratch);
    return is_read;
}

static bool find_pairs(struct design_history *history, struct db *db,
                       const struct caller *caller, struct arena *arena,
                       struct error *err)
{
    bool *may = ARENA_ARRAY(arena, bool, history->proposal_count);
    history->may_publish = may;
    for (size_t i = 0; i < history->proposal_count; i++)
        if (history->proposals[i].state == PROPOSAL_OPEN &&
            !amendment_makes_pair(db, caller, &history->proposals[i], arena, &may[i],
                                  err))
            return false;
    return true;
}

bool design_history_read(struct study *study, const struct caller *caller,
                         struct arena *arena, struct design_history *out,
                         struct error *err)
{
    struct stored_version *versions = NULL;
    struct stored_proposal *proposals = NULL;
    struct db *db = store_reader(study->store);
    *out = (struct design_history){0};
    bool is_read = version_list(db, arena, &versions, &out->version_count, err) &&
                   proposal_list(db, arena, &proposals, &out->proposal_count, err);
    out->versions = versions;
    out->proposals = proposals;
    is_read = is_read && name_people(out, db, arena, err) &&
              find_pairs(out, db, caller, arena, err) &&
              count_participants(study, db, out, arena, err);
    store_reader_return(study->store, db);
    return is_read;
}

/* --- what a proposal changes ---------------------------------------------------------- */

/* The version before the one that the proposal became; else the one in force. */
static bool find_before(struct study *study, struct db *db, int64_t proposal,
                        struct arena *arena, const struct design **out,
                        struct error *err)
{
    struct stored_version *versions = NULL;
    size_t count = 0;
    *out = study_design(study);
    if (!version_list(db, arena, &versions, &count, err))
        return false;
    for (size_t i = 1; i < count; i++)
        if (versions[i].proposal == proposal)
            return study_design_version(study, versions[i - 1].version, out, err);
    return true;
}

bool design_changes_read(struct study *study, const struct caller *caller,
                         int64_t proposal, struct arena *arena, struct design_diff *out,
                         struct error *err)
{
    struct stored_proposal *stored = NULL;
    const struct design *before = NULL;
    const struct design *after = NULL;
    if (!caller_must(caller, PERMISSION_PUBLISH_DESIGN, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = proposal_read(db, proposal, arena, &stored, err) &&
                   (stored != NULL ||
                    error_set(err, ERROR_NOT_FOUND, "there is no such proposal")) &&
                   find_before(study, db, proposal, arena, &before, err);
    store_reader_return(study->store, db);
    if (!is_read)
        return false;
    struct odm_findings *findings = ARENA_NEW(arena, struct odm_findings);
    if (!odm_design_read(stored->proposed.xml, arena, &after, findings, err))
        return false;
    *out = design_diff(before, after, arena);
    return true;
}

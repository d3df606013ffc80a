#include "store/amendment.h"

#include "model/event.h"
#include "store/log_entry.h"
#include "store/names.h"

static struct stored_proposal proposal_of(const struct rows *rows, struct arena *arena)
{
    return (struct stored_proposal){
        .seq = rows_number(rows, 0),
        .proposed = {.version = rows_copy(rows, 1, arena),
                     .reason = rows_copy(rows, 4, arena),
                     .approval = rows_copy(rows, 5, arena),
                     .approved_on = rows_copy(rows, 6, arena),
                     .needs_consent = rows_number(rows, 7) != 0},
        .user = rows_number(rows, 2),
        .proposed_at = rows_number(rows, 3),
        .state = (enum proposal_state)rows_number(rows, 8),
        .decided_by = rows_number(rows, 9),
        .decided_at = rows_number(rows, 10),
    };
}

bool proposal_list(struct db *db, struct arena *arena, struct stored_proposal **out,
                   size_t *count, struct error *err)
{
    size_t capacity = 0;
    struct stored_proposal *list = NULL;
    struct rows rows = db_query(db, STATEMENT_PROPOSAL_ALL, NO_BINDS);
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] = proposal_of(&rows, arena);
    }
    *out = list;
    return rows_end(&rows, err);
}

static bool read_xml(struct db *db, struct stored_proposal *proposal,
                     struct arena *arena, struct error *err)
{
    struct log_row event;
    if (!log_event(db, proposal->seq, arena, &event, err))
        return false;
    if (event.kind != LOG_EVENT_DESIGN_PROPOSED)
        return error_set(err, ERROR_DAMAGED, "event %lld proposes no design",
                         (long long)proposal->seq);
    proposal->proposed.xml = ((const struct design_proposed *)event.content)->xml;
    return true;
}

bool proposal_read(struct db *db, int64_t seq, struct arena *arena,
                   struct stored_proposal **found, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_PROPOSAL_BY_SEQ, BINDS(bind_number(seq)));
    *found = NULL;
    if (rows_next(&rows)) {
        *found = ARENA_NEW(arena, struct stored_proposal);
        **found = proposal_of(&rows, arena);
    }
    return rows_end(&rows, err) && (*found == NULL || read_xml(db, *found, arena, err));
}

bool version_list(struct db *db, struct arena *arena, struct stored_version **out,
                  size_t *count, struct error *err)
{
    size_t capacity = 0;
    struct stored_version *list = NULL;
    struct rows rows = db_query(db, STATEMENT_DESIGN_ALL, NO_BINDS);
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] =
            (struct stored_version){.seq = rows_number(&rows, 0),
                                    .version = rows_copy(&rows, 1, arena),
                                    .published_at = rows_number(&rows, 2),
                                    .user = rows_number(&rows, 3),
                                    .proposal = rows_number(&rows, 4)};
    }
    *out = list;
    return rows_end(&rows, err);
}

bool version_at(struct db *db, int64_t instant, struct arena *arena,
                struct text *version, struct error *err)
{
    struct stored_version *list = NULL;
    size_t count = 0;
    *version = (struct text){0};
    if (!version_list(db, arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || list[i].published_at <= instant)
            *version = list[i].version;
    return true;
}

bool move_list(struct db *db, int64_t participant, struct arena *arena,
               struct stored_move **out, size_t *count, struct error *err)
{
    size_t capacity = 0;
    struct stored_move *list = NULL;
    struct rows rows = db_query(db, STATEMENT_MOVE_OF, BINDS(bind_number(participant)));
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(&rows)) {
        struct text event;
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = names_text(db, rows_number(&rows, 2), &event, err);
        if (is_good)
            list[(*count)++] =
                (struct stored_move){.seq = rows_number(&rows, 0),
                                     .version = rows_copy(&rows, 1, arena),
                                     .from_event = text_copy(arena, event)};
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

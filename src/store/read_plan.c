#include "model/event.h"
#include "store/log_entry.h"
#include "store/plan_version.h"

static struct stored_plan plan_of(const struct rows *rows, struct arena *arena)
{
    return (struct stored_plan){.seq = rows_number(rows, 0),
                                .version = rows_copy(rows, 1, arena),
                                .user = rows_number(rows, 2),
                                .proposed_at = rows_number(rows, 3),
                                .reason = rows_copy(rows, 4, arena),
                                .published = rows_number(rows, 5),
                                .publisher = rows_number(rows, 6),
                                .published_at = rows_number(rows, 7)};
}

bool plan_list(struct db *db, struct arena *arena, struct stored_plan **out,
               size_t *count, struct error *err)
{
    size_t capacity = 0;
    struct stored_plan *list = NULL;
    struct rows rows = db_query(db, STATEMENT_PLAN_ALL, NO_BINDS);
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] = plan_of(&rows, arena);
    }
    *out = list;
    return rows_end(&rows, err);
}

static bool read_json(struct db *db, struct stored_plan *plan, struct arena *arena,
                      struct error *err)
{
    struct log_row event;
    if (!log_event(db, plan->seq, arena, &event, err))
        return false;
    if (event.kind != LOG_EVENT_PLAN_PROPOSED)
        return error_set(err, ERROR_DAMAGED, "event %lld proposes no analysis plan",
                         (long long)plan->seq);
    plan->json = ((const struct plan_proposed *)event.content)->json;
    return true;
}

static bool read_one(struct db *db, enum statement statement, struct binds binds,
                     struct arena *arena, struct stored_plan **found, struct error *err)
{
    struct rows rows = db_query(db, statement, binds);
    *found = NULL;
    if (rows_next(&rows)) {
        *found = ARENA_NEW(arena, struct stored_plan);
        **found = plan_of(&rows, arena);
    }
    return rows_end(&rows, err) &&
           (*found == NULL || read_json(db, *found, arena, err));
}

bool plan_version_read(struct db *db, int64_t seq, struct arena *arena,
                       struct stored_plan **found, struct error *err)
{
    return read_one(db, STATEMENT_PLAN_BY_SEQ, BINDS(bind_number(seq)), arena, found,
                    err);
}

bool plan_current(struct db *db, struct arena *arena, struct stored_plan **found,
                  struct error *err)
{
    return read_one(db, STATEMENT_PLAN_CURRENT, NO_BINDS, arena, found, err);
}

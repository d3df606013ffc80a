#include "store/db.h"
#include "store/wakes.h"

static bool take_rows(struct rows *rows, struct arena *arena, struct wake_list *out,
                      struct error *err)
{
    size_t capacity = 0;
    *out = (struct wake_list){0};
    while (rows_next(rows)) {
        out->at = ARENA_GROW(arena, out->at, out->count, &capacity);
        out->at[out->count++] = (struct wake){.form = rows_number(rows, 0),
                                              .participant = rows_number(rows, 1),
                                              .wakes_at = rows_number(rows, 2)};
    }
    return rows_end(rows, err);
}

bool wakes_of(struct db *db, int64_t participant, struct arena *arena,
              struct wake_list *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_WAKE_OF, BINDS(bind_number(participant)));
    return take_rows(&rows, arena, out, err);
}

bool wakes_due(struct db *db, int64_t now, size_t most, struct arena *arena,
               struct wake_list *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_WAKE_FIRST,
                                BINDS(bind_number(now), bind_number((int64_t)most)));
    return take_rows(&rows, arena, out, err);
}

int64_t wake_among(const struct wake_list *list, int64_t form)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].form == form)
            return list->at[i].wakes_at;
    return 0;
}

#include "store/db.h"
#include "store/wakes.h"

#include <string.h>

static void make_room(struct wake_list *list, size_t *capacity, struct arena *arena)
{
    if (list->count < *capacity)
        return;
    *capacity = 2 * *capacity + 16;
    struct wake *grown = ARENA_ARRAY(arena, struct wake, *capacity);
    if (list->count > 0)
        memcpy(grown, list->at, list->count * sizeof *grown);
    list->at = grown;
}

static bool take_rows(struct rows *rows, struct arena *arena, struct wake_list *out,
                      struct error *err)
{
    size_t capacity = 0;
    *out = (struct wake_list){0};
    while (rows_next(rows)) {
        make_room(out, &capacity, arena);
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

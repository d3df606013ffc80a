#include "store/counted.h"
#include "store/db.h"

#include <string.h>

/* Room for one more of a list that doubles when it is full: at 8, 16, 32 … */
static void *grow(struct arena *arena, void *list, size_t count, size_t size)
{
    bool is_full = count == 0 || (count >= 8 && (count & (count - 1)) == 0);
    if (!is_full)
        return list;
    size_t capacity = count == 0 ? 8 : 2 * count;
    void *larger = arena_alloc(arena, arena_product(size, capacity));
    if (count > 0)
        memcpy(larger, list, count * size);
    return larger;
}

static bool take_rows(struct rows *rows, struct arena *arena, struct counted_rows *out,
                      struct error *err)
{
    *out = (struct counted_rows){0};
    while (rows_next(rows)) {
        out->at = grow(arena, out->at, out->count, sizeof *out->at);
        out->counts = grow(arena, out->counts, out->count, sizeof *out->counts);
        out->at[out->count] = (struct counted_row){.row = rows_number(rows, 0),
                                                   .key = rows_copy(rows, 1, arena),
                                                   .begins = rows_number(rows, 2),
                                                   .ends = rows_number(rows, 3)};
        out->counts[out->count++] = rows_copy(rows, 4, arena);
    }
    return rows_end(rows, err);
}

bool counted_of_form(struct db *db, int64_t form, struct text count,
                     struct arena *arena, struct counted_rows *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_COUNTED_OF_FORM,
                                BINDS(bind_number(form), bind_text(count)));
    return take_rows(&rows, arena, out, err);
}

bool counted_of_participant(struct db *db, int64_t participant, struct arena *arena,
                            struct counted_rows *out, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_COUNTED_OF_PARTICIPANT, BINDS(bind_number(participant)));
    return take_rows(&rows, arena, out, err);
}

bool counted_like(struct db *db, const struct counted_wanted *wanted,
                  struct arena *arena, struct counted_place **out, size_t *count,
                  struct error *err)
{
    const struct counted_row *like = wanted->like;
    struct rows rows = db_query(
        db, STATEMENT_COUNTED_LIKE,
        BINDS(bind_text(wanted->count), bind_text(like->key), bind_number(like->begins),
              bind_number(like->ends), bind_number(wanted->own[0]),
              bind_number(wanted->own[1]), bind_number(wanted->own[2])));
    *out = NULL;
    *count = 0;
    while (rows_next(&rows)) {
        *out = grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = (struct counted_place){
            .form = rows_number(&rows, 0), .participant = rows_number(&rows, 1)};
    }
    return rows_end(&rows, err);
}

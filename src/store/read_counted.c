#include "store/counted.h"
#include "store/db.h"

static bool take_rows(struct rows *rows, struct arena *arena, struct counted_rows *out,
                      struct error *err)
{
    size_t capacities[2] = {0};
    *out = (struct counted_rows){0};
    while (rows_next(rows)) {
        out->at = ARENA_GROW(arena, out->at, out->count, &capacities[0]);
        out->counts = ARENA_GROW(arena, out->counts, out->count, &capacities[1]);
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
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    while (rows_next(&rows)) {
        *out = ARENA_GROW(arena, *out, *count, &capacity);
        (*out)[(*count)++] = (struct counted_place){
            .form = rows_number(&rows, 0), .participant = rows_number(&rows, 1)};
    }
    return rows_end(&rows, err);
}

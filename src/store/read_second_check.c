#include "store/db.h"
#include "store/names.h"
#include "store/reads.h"

static bool value_of(struct db *db, const struct rows *rows, struct arena *arena,
                     struct unchecked_value *out, struct error *err)
{
    struct text item;
    *out = (struct unchecked_value){
        .form = rows_number(rows, 0),
        .row = rows_number(rows, 2),
        .is_in_vault = rows_is_null(rows, 3),
        .version = {.seq = rows_number(rows, 4),
                    .place = (int32_t)rows_number(rows, 5)},
        .by = rows_number(rows, 6),
        .corrected_time = rows_number(rows, 7),
        .differs = !rows_is_null(rows, 8),
        .checked_by = rows_number(rows, 9),
        .second = rows_copy(rows, 10, arena),
    };
    if (!names_text(db, rows_number(rows, 1), &item, err))
        return false;
    out->item = text_copy(arena, item);
    return true;
}

bool unchecked_values(struct db *db, int64_t participant, int64_t form,
                      struct arena *arena, struct unchecked_value **out, size_t *count,
                      struct error *err)
{
    size_t capacity = 64;
    struct unchecked_value *list = ARENA_ARRAY(arena, struct unchecked_value, capacity);
    *count = 0;
    struct rows rows = db_query(db, STATEMENT_SECOND_CHECK_WAITING,
                                BINDS(bind_number(participant), bind_number(form)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = value_of(db, &rows, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

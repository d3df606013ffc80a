#include "store/names.h"
#include "store/review.h"

static bool answer_of(struct db *db, const struct rows *rows, struct arena *arena,
                      struct answer_verification *out, struct error *err)
{
    struct text item;
    *out = (struct answer_verification){
        .form = rows_number(rows, 0),
        .row = rows_number(rows, 2),
        .is_in_vault = rows_is_null(rows, 3) && rows_number(rows, 4) == MISSING_NOT,
        .source = (enum value_source)rows_number(rows, 5),
        .version = {.seq = rows_number(rows, 6),
                    .place = (int32_t)rows_number(rows, 7)},
        .by = rows_number(rows, 8),
        .corrected_time = rows_number(rows, 9),
        .verified = {.seq = rows_number(rows, 10),
                     .place = (int32_t)rows_number(rows, 11)},
        .verified_by = rows_number(rows, 12),
        .seq = rows_number(rows, 13),
        .verified_at = rows_number(rows, 14),
    };
    if (!names_text(db, rows_number(rows, 1), &item, err))
        return false;
    out->item = text_copy(arena, item);
    return true;
}

bool answer_verifications(struct db *db, int64_t participant, int64_t form,
                          struct arena *arena, struct answer_verification **out,
                          size_t *count, struct error *err)
{
    size_t capacity = 64;
    struct answer_verification *list =
        ARENA_ARRAY(arena, struct answer_verification, capacity);
    struct rows rows = db_query(db, STATEMENT_VERIFICATION_LIST,
                                BINDS(bind_number(participant), bind_number(form)));
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = answer_of(db, &rows, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

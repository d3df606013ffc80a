#include "store/names.h"
#include "store/reads.h"

static bool name_of(struct db *db, const struct rows *rows, int column,
                    struct arena *arena, struct text *out, struct error *err)
{
    struct text oid;
    if (!names_text(db, rows_number(rows, column), &oid, err))
        return false;
    *out = text_copy(arena, oid);
    return true;
}

static bool deviation_of(struct db *db, const struct rows *rows, int64_t participant,
                         struct arena *arena, struct stored_deviation *out,
                         struct error *err)
{
    *out = (struct stored_deviation){
        .id = rows_number(rows, 0),
        .check = rows_copy(rows, 1, arena),
        .form = rows_number(rows, 2),
        .row = rows_number(rows, 4),
        .fact = {.seq = rows_number(rows, 5), .place = (int32_t)rows_number(rows, 6)},
        .opened = rows_number(rows, 7),
        .key = {.participant = participant,
                .event_repeat = rows_number(rows, 9),
                .form_repeat = rows_number(rows, 11)}};
    return name_of(db, rows, 3, arena, &out->item, err) &&
           name_of(db, rows, 8, arena, &out->key.event, err) &&
           name_of(db, rows, 10, arena, &out->key.form, err);
}

bool deviation_list(struct db *db, int64_t participant, struct arena *arena,
                    struct stored_deviation **out, size_t *count, struct error *err)
{
    size_t capacity = 8;
    struct stored_deviation *list =
        ARENA_ARRAY(arena, struct stored_deviation, capacity);
    struct rows rows =
        db_query(db, STATEMENT_DEVIATION_LIST, BINDS(bind_number(participant)));
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = deviation_of(db, &rows, participant, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

bool point_list(struct db *db, struct arena *arena, struct point_choice **out,
                size_t *count, struct error *err)
{
    size_t capacity = 32;
    struct point_choice *list = ARENA_ARRAY(arena, struct point_choice, capacity);
    struct rows rows = db_query(db, STATEMENT_POINT_ALL, NO_BINDS);
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] = (struct point_choice){
            .seq = rows_number(&rows, 0),
            .confirmed = {.point = rows_copy(&rows, 1, arena),
                          .choice = rows_copy(&rows, 2, arena),
                          .reason = rows_copy(&rows, 3, arena),
                          .reference = rows_copy(&rows, 4, arena)},
            .user = rows_number(&rows, 5),
            .at = rows_number(&rows, 6)};
    }
    *out = list;
    return rows_end(&rows, err);
}

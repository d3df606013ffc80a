#include "store/alarms.h"
#include "store/names.h"
#include "store/reads.h"

static bool name_at(struct db *db, const struct rows *rows, int column,
                    struct arena *arena, struct text *out, struct error *err)
{
    struct text oid;
    if (!names_text(db, rows_number(rows, column), &oid, err))
        return false;
    *out = text_copy(arena, oid);
    return true;
}

static struct alarm_told told_at(const struct rows *rows, int column)
{
    return (struct alarm_told){.settled = rows_number(rows, column),
                               .attempts = rows_number(rows, column + 1),
                               .at = rows_number(rows, column + 2)};
}

/* The columns of ALARM_COLUMNS. */
static bool alarm_at(struct db *db, const struct rows *rows, struct arena *arena,
                     struct stored_alarm *out, struct error *err)
{
    *out = (struct stored_alarm){.seq = rows_number(rows, 0),
                                 .participant = rows_number(rows, 1),
                                 .form = rows_number(rows, 2),
                                 .key = {.participant = rows_number(rows, 1),
                                         .event_repeat = rows_number(rows, 4),
                                         .form_repeat = rows_number(rows, 6)},
                                 .row = rows_number(rows, 7),
                                 .name = rows_copy(rows, 8, arena),
                                 .step = rows_copy(rows, 9, arena),
                                 .level = rows_number(rows, 10),
                                 .raised_at = rows_number(rows, 11),
                                 .notices = rows_number(rows, 12),
                                 .told_at = rows_number(rows, 13),
                                 .escalations = rows_number(rows, 14),
                                 .escalates_at = rows_number(rows, 15),
                                 .repeats_at = rows_number(rows, 16),
                                 .acknowledged_at = rows_number(rows, 17),
                                 .user = rows_number(rows, 18),
                                 .note = rows_copy(rows, 19, arena),
                                 .ended_at = rows_number(rows, 20),
                                 .told = {[ALARM_BY_MAIL] = told_at(rows, 21),
                                          [ALARM_BY_WEBHOOK] = told_at(rows, 24)}};
    return rows_is_null(rows, 3) ||
           (name_at(db, rows, 3, arena, &out->key.event, err) &&
            name_at(db, rows, 5, arena, &out->key.form, err));
}

static bool list_of(struct db *db, enum statement statement, struct binds binds,
                    struct arena *arena, struct alarm_list *out, struct error *err)
{
    size_t capacity = 0;
    struct rows rows = db_query(db, statement, binds);
    bool is_good = true;
    *out = (struct alarm_list){0};
    while (is_good && rows_next(&rows)) {
        out->at = ARENA_GROW(arena, out->at, out->count, &capacity);
        is_good = alarm_at(db, &rows, arena, &out->at[out->count++], err);
    }
    return rows_end_after(&rows, is_good, err);
}

bool alarms_of(struct db *db, int64_t participant, struct arena *arena,
               struct alarm_list *out, struct error *err)
{
    return list_of(db, STATEMENT_ALARM_OF, BINDS(bind_number(participant)), arena, out,
                   err);
}

bool alarms_open(struct db *db, struct arena *arena, struct alarm_list *out,
                 struct error *err)
{
    return list_of(db, STATEMENT_ALARM_OPEN, NO_BINDS, arena, out, err);
}

bool alarms_past(struct db *db, size_t most, struct arena *arena,
                 struct alarm_list *out, struct error *err)
{
    return list_of(db, STATEMENT_ALARM_PAST, BINDS(bind_number((int64_t)most)), arena,
                   out, err);
}

bool alarm_by_seq(struct db *db, int64_t seq, struct arena *arena,
                  struct stored_alarm **out, struct error *err)
{
    struct alarm_list list;
    if (!list_of(db, STATEMENT_ALARM_BY_SEQ, BINDS(bind_number(seq)), arena, &list,
                 err))
        return false;
    *out = list.count == 0 ? NULL : &list.at[0];
    return true;
}

bool alarms_due(struct db *db, int64_t now, int64_t *out, struct error *err)
{
    return db_number(db, STATEMENT_ALARM_DUE, BINDS(bind_number(now)), out, err);
}

bool alarms_untold(struct db *db, int64_t now, int64_t *out, struct error *err)
{
    return db_number(db, STATEMENT_ALARM_UNTOLD, BINDS(bind_number(now)), out, err);
}

#include "base/bytes.h"
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

/* --- registers ------------------------------------------------------------------------ */

static struct text ruled_fact(void)
{
    return TEXT("registers ruled");
}

bool registers_ruled_read(struct db *db, struct registers_ruled *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_FACT_GET, BINDS(bind_text(ruled_fact())));
    *out = (struct registers_ruled){0};
    if (rows_next(&rows)) {
        struct bytes_reader in = {.rest = rows_bytes(&rows, 0)};
        out->seq = bytes_get_signed(&in);
        out->at = bytes_get_signed(&in);
        if (in.is_bad)
            *out = (struct registers_ruled){0};
    }
    return rows_end(&rows, err);
}

bool registers_ruled_note(struct txn *txn, const struct registers_ruled *ruled,
                          struct error *err)
{
    enum { NOTE_BYTES = 64 };
    struct buffer buffer = buffer_in(txn_arena(txn), NOTE_BYTES);
    struct text bytes;
    bytes_put_signed(&buffer, ruled->seq);
    bytes_put_signed(&buffer, ruled->at);
    return buffer_text(&buffer, &bytes, err) &&
           db_run(txn_db(txn), STATEMENT_FACT_SET,
                  BINDS(bind_text(ruled_fact()), bind_bytes(bytes.at, bytes.len)), err);
}

#include "store/read_export.h"

#include "base/datetime.h"
#include "store/log_entry.h"
#include "store/names.h"

static bool value_of(struct db *db, const struct rows *rows, struct arena *arena,
                     struct export_value *out, struct error *err)
{
    *out = (struct export_value){
        .number = rows_number(rows, 0),
        .row = rows_number(rows, 1),
        .answer = {.value = rows_copy(rows, 2, arena),
                   .missing = (enum missing_reason)rows_number(rows, 3),
                   .missing_text = rows_copy(rows, 4, arena)},
        .source = (enum value_source)rows_number(rows, 5),
        .version = {.seq = rows_number(rows, 6),
                    .place = (int32_t)rows_number(rows, 7)},
    };
    out->answer.is_in_vault =
        text_is_absent(out->answer.value) && out->answer.missing == MISSING_NOT;
    return names_text(db, out->number, &out->oid, err);
}

bool export_values(struct db *db, int64_t form_instance, struct arena *arena,
                   struct export_value **out, size_t *count, struct error *err)
{
    size_t capacity = 64;
    struct export_value *list = ARENA_ARRAY(arena, struct export_value, capacity);
    *count = 0;
    struct rows rows =
        db_query(db, STATEMENT_ITEM_EXPORT, BINDS(bind_number(form_instance)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        is_good = value_of(db, &rows, arena, &list[(*count)++], err);
    }
    *out = list;
    return rows_end_after(&rows, is_good, err);
}

/* -- The cut ----------------------------------------------------------------------- */

static bool cut_at(struct db *db, int64_t seq, struct data_cut *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_LOG_BY_SEQ, BINDS(bind_number(seq)));
    struct log_entry entry;
    bool is_found = rows_next(&rows) && log_entry_read(&rows, &entry);
    if (is_found)
        *out = (struct data_cut){
            .seq = seq, .hash = entry.hash, .time = entry.server_time};
    return rows_end(&rows, err) &&
           (is_found ||
            error_set(err, ERROR_REFUSED, "the log has no event %lld", (long long)seq));
}

bool data_cut_now(struct db *db, struct data_cut *out, struct error *err)
{
    int64_t seq = 0;
    struct hash head;
    return log_head(db, &seq, &head, err) && cut_at(db, seq, out, err);
}

bool data_cut_find(struct db *db, struct text wanted, struct data_cut *out,
                   struct error *err)
{
    int64_t seq = 0;
    struct moment moment;
    /* A year alone is a number of four digits: it is taken for an event. */
    if (!text_to_int64(wanted, &seq)) {
        if (!moment_parse(wanted, &moment, NULL)) {
            error_set(err, ERROR_REFUSED, "\"%.*s\" is neither an event nor a time",
                      TEXT_ARG(wanted));
            return error_hint(err, "an event's number, 1234, or a time, "
                                   "2026-11-22T10:00+08:00");
        }
        if (!db_number(db, STATEMENT_LOG_AT_TIME,
                       BINDS(bind_number(moment_last_instant(&moment, 0))), &seq, err))
            return false;
        if (seq == 0)
            return error_set(err, ERROR_REFUSED, "the study began after %.*s",
                             TEXT_ARG(wanted));
    }
    return cut_at(db, seq, out, err);
}

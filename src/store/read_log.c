#include "base/limits.h"
#include "store/event.h"
#include "store/import.h"
#include "store/log_entry.h"
#include "store/reads.h"

/* -- Designs ----------------------------------------------------------------------- */

static bool read_design(struct db *db, enum statement statement, struct binds binds,
                        struct arena *arena, struct stored_design **found,
                        struct error *err)
{
    *found = NULL;
    struct rows rows = db_query(db, statement, binds);
    struct stored_design *design = NULL;
    if (rows_next(&rows)) {
        design = ARENA_NEW(arena, struct stored_design);
        design->seq = rows_number(&rows, 0);
        design->version = rows_copy(&rows, 1, arena);
        design->published_at = rows_number(&rows, 2);
    }
    if (!rows_end(&rows, err))
        return false;
    if (design == NULL)
        return true;
    struct log_row event;
    if (!log_event(db, design->seq, arena, &event, err))
        return false;
    if (event.kind != LOG_EVENT_DESIGN_PUBLISHED)
        return error_set(err, ERROR_DAMAGED, "event %lld publishes no design",
                         (long long)design->seq);
    design->xml = ((const struct design_published *)event.content)->xml;
    *found = design;
    return true;
}

bool design_current(struct db *db, struct arena *arena, struct stored_design **found,
                    struct error *err)
{
    return read_design(db, STATEMENT_DESIGN_CURRENT, NO_BINDS, arena, found, err);
}

bool design_by_version(struct db *db, struct text version, struct arena *arena,
                       struct stored_design **found, struct error *err)
{
    return read_design(db, STATEMENT_DESIGN_BY_VERSION, BINDS(bind_text(version)),
                       arena, found, err);
}

/* -- The log ----------------------------------------------------------------------- */

static void hide_second(struct log_row *row, struct arena *arena)
{
    struct second_checked *copy = ARENA_NEW(arena, struct second_checked);
    *copy = *(const struct second_checked *)row->content;
    if (copy->entered.is_in_vault)
        copy->entered.value = (struct text){0};
    row->content = copy;
}

/* Whoever may read the history may not therefore see identity. */
static void hide_vault(struct log_row *row, struct arena *arena)
{
    if (row->content == NULL)
        return;
    if (row->kind == LOG_EVENT_SECOND_CHECKED)
        hide_second(row, arena);
    if (row->kind != LOG_EVENT_VALUES_SAVED && row->kind != LOG_EVENT_IMPORT_STAGED)
        return;
    const struct values_saved *saved = row->content;
    for (size_t i = 0; i < saved->change_count; i++) {
        struct value_change *change = &saved->changes[i];
        if (change->old.is_in_vault)
            change->old.value = (struct text){0};
        if (change->new.is_in_vault)
            change->new.value = (struct text){0};
    }
}

_Static_assert(
    LOG_EVENT_VALUES_SAVED == 19 && LOG_EVENT_IMPORT_STAGED == 46 &&
        LOG_EVENT_SECOND_CHECKED == 30 && LOG_EVENT_SIGNED == 60 &&
        LOG_EVENT_SOURCE_VERIFIED == 62 && LOG_EVENT_UNLOCKED == 68,
    "LOG_WANTED names the kinds that change or review answers by their numbers");
enum { ANY_KIND_WITH_ANSWERS = -1, AND_REVIEWS = -2 };

static int64_t kind_wanted(const struct log_filter *filter)
{
    if (!filter->with_answers)
        return filter->kind;
    return filter->with_reviews ? AND_REVIEWS : ANY_KIND_WITH_ANSWERS;
}

/* Tables as they stood at a cut have the live log behind them, up to that cut. */
static int64_t before_which(const struct db *db, const struct log_filter *filter)
{
    int64_t before = filter->before > 0 ? filter->before : INT64_MAX;
    return db->log_end > 0 && before > db->log_end ? db->log_end + 1 : before;
}

static struct rows start_said(struct db *db, const struct log_filter *filter,
                              size_t limit)
{
    return db_query(db->log, STATEMENT_LOG_SAID_OF,
                    BINDS(bind_number(filter->participant), bind_number(filter->after),
                          bind_number(before_which(db, filter)),
                          bind_number(filter->said == LOG_SAID_OF_PARTICIPANT),
                          bind_number((int64_t)limit)));
}

static struct rows start(struct db *db, const struct log_filter *filter, size_t limit)
{
    if (filter->said != LOG_SAID_ANY)
        return start_said(db, filter, limit);
    struct bind binds[] = {
        bind_number(filter->after),
        bind_number(before_which(db, filter)),
        bind_number(filter->user),
        bind_number(kind_wanted(filter)),
        bind_number(filter->from),
        bind_number(filter->until > 0 ? filter->until : INT64_MAX),
        bind_number((int64_t)limit),
        bind_null(),
    };
    if (filter->participant == 0)
        return db_query(db->log,
                        filter->newest_first ? STATEMENT_LOG_BACKWARD
                                             : STATEMENT_LOG_FORWARD,
                        (struct binds){binds, 7});
    binds[7] = binds[6];
    binds[6] = bind_number(filter->participant);
    return db_query(db->log,
                    filter->newest_first ? STATEMENT_LOG_BACKWARD_OF
                                         : STATEMENT_LOG_FORWARD_OF,
                    (struct binds){binds, 8});
}

static bool read_row(struct db *db, const struct rows *rows, bool without_content,
                     struct arena *arena, struct log_row *out, struct error *err)
{
    struct log_entry entry;
    enum log_opened how = LOG_OPENED;
    if (!log_entry_read(rows, &entry))
        return error_set(err, ERROR_DAMAGED, "event %lld is malformed",
                         (long long)entry.seq);
    if (without_content)
        return log_entry_columns(db, &entry, arena, out, err);
    if (!log_entry_open(db, &entry, arena, out, &how, err))
        return false;
    if (how != LOG_OPENED && how != LOG_ERASED && how != LOG_LATER_KIND)
        return error_set(err, ERROR_DAMAGED, "event %lld cannot be opened",
                         (long long)entry.seq);
    hide_vault(out, arena);
    return true;
}

/* The import that was asked about last: the events of one stand together. */
struct known_import {
    int64_t import;
    bool is_committed;
};

/* What an import said that was not made visible changed no answer. */
static bool leave_out_unseen(struct db *db, struct known_import *known,
                             struct log_row *row, struct error *err)
{
    if (row->kind != LOG_EVENT_IMPORT_STAGED || row->content == NULL)
        return true;
    const struct import_staged *staged = row->content;
    if (known->import != staged->import &&
        !import_is_committed(db, staged->import, &known->is_committed, err))
        return false;
    known->import = staged->import;
    if (!known->is_committed)
        row->content = NULL;
    return true;
}

bool log_list(struct db *db, const struct log_filter *filter, struct arena *arena,
              struct log_row **out, size_t *count, struct error *err)
{
    size_t limit = filter->limit == 0 || filter->limit > LIMIT_LIST + 1 ? LIMIT_LIST
                                                                        : filter->limit;
    struct log_row *list = ARENA_ARRAY(arena, struct log_row, limit);
    *out = list;
    *count = 0;
    struct rows rows = start(db, filter, limit);
    bool is_good = true;
    struct known_import known = {0};
    while (is_good && *count < limit && rows_next(&rows)) {
        struct log_row *row = &list[(*count)++];
        is_good = read_row(db, &rows, filter->without_content, arena, row, err) &&
                  (!filter->with_answers || leave_out_unseen(db, &known, row, err));
    }
    return rows_end_after(&rows, is_good, err);
}

bool log_head(struct db *db, int64_t *seq, struct hash *head, struct error *err)
{
    *seq = 0;
    *head = (struct hash){0};
    struct rows rows = db_query(db, STATEMENT_LOG_HEAD, NO_BINDS);
    bool is_good = true;
    if (rows_next(&rows)) {
        *seq = rows_number(&rows, 0);
        is_good = rows_fixed(&rows, 1, head->bytes, HASH_SIZE);
    }
    if (!rows_end(&rows, err))
        return false;
    return is_good ||
           error_set(err, ERROR_DAMAGED, "event %lld has no hash", (long long)*seq);
}

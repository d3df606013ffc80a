/* An import, from its beginning to the one event that makes it visible.
 *
 * What is staged of a participant who is new goes into the tables of values at once: it is
 * reached through the table of participants alone, where that participant is not yet. The
 * commit puts all of them there. Changes to one who is there already stay in the log, and
 * only their numbers wait in a table; the commit projects them. */
#include "store/data_key.h"
#include "store/import.h"
#include "store/log_entry.h"
#include "store/names.h"
#include "store/project.h"

bool project_import_begun(struct db *db, const struct log_row *event, struct error *err)
{
    return db_run(db, STATEMENT_IMPORT_INSERT, BINDS(bind_number(event->seq)), err);
}

/* So that an export need not open every event for what most of them do not say. */
static bool index_said(struct db *db, const struct log_row *event, struct error *err)
{
    const struct import_staged *staged = event->content;
    bool is_of_participant = false;
    bool is_in_snapshot = false;
    for (size_t i = 0; i < staged->kept_count; i++) {
        const struct import_kept *kept = &staged->kept[i];
        if (kept->level == IMPORT_LEVEL_SUBJECT)
            is_of_participant = true;
        if (!text_equal(kept->element, TEXT("AuditRecord")))
            is_in_snapshot = true;
    }
    return (!is_of_participant && !is_in_snapshot) ||
           db_run(db, STATEMENT_IMPORT_SAID_INSERT,
                  BINDS(bind_number(event->participant), bind_number(event->seq),
                        bind_number(is_of_participant), bind_number(is_in_snapshot)),
                  err);
}

bool project_import_staged(struct db *db, const struct log_row *event,
                           struct error *err)
{
    const struct import_staged *staged = event->content;
    struct bind participant = bind_number(event->participant);
    struct bind import = bind_number(staged->import);
    if (staged->is_new &&
        !db_run(db, STATEMENT_IMPORT_SUBJECT_INSERT,
                BINDS(participant, import, bind_text(staged->subject_key),
                      bind_text(staged->site), bind_number(event->server_time)),
                err))
        return false;
    int64_t of = 0;
    if (!index_said(db, event, err) ||
        !import_of_participant(db, event->participant, &of, err))
        return false;
    if (of == staged->import)
        return project_values(db, event, err);
    return db_run(db, STATEMENT_IMPORT_CHANGE_INSERT,
                  BINDS(bind_number(event->seq), import, participant), err);
}

/* --- made visible --------------------------------------------------------------------- */

/* "S-0007" came with the import: screening does not give the number again. */
static bool use_up_numbers(struct db *db, int64_t import, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_IMPORT_SUBJECT_OF, BINDS(bind_number(import)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        struct text key = rows_text(&rows, 1);
        int64_t number = 0;
        bool is_of_series = text_starts_with(key, TEXT("S-")) &&
                            text_to_int64(text_part(key, 2, key.len), &number);
        is_good = !is_of_series ||
                  project_use_up(db, TEXT("S"), rows_text(&rows, 0), key, err);
    }
    return rows_end_after(&rows, is_good, err);
}

static bool project_waiting(struct db *db, int64_t import, struct error *err)
{
    struct arena *scratch = arena_new(SIZE_MAX / 2);
    struct rows rows =
        db_query(db, STATEMENT_IMPORT_CHANGE_OF, BINDS(bind_number(import)));
    bool is_good = true;
    while (is_good && rows_next(&rows)) {
        struct log_row event;
        arena_reset(scratch);
        is_good = log_event(db, rows_number(&rows, 0), scratch, &event, err) &&
                  project_values(db, &event, err);
    }
    is_good = rows_end_after(&rows, is_good, err);
    arena_free(scratch);
    return is_good;
}

bool project_import_committed(struct db *db, const struct log_row *event,
                              struct error *err)
{
    const struct import_committed *committed = event->content;
    struct bind import = bind_number(committed->import);
    return use_up_numbers(db, committed->import, err) &&
           db_run(db, STATEMENT_IMPORT_PARTICIPANTS, BINDS(import), err) &&
           project_waiting(db, committed->import, err) &&
           db_run(db, STATEMENT_IMPORT_SUBJECT_END, BINDS(import), err) &&
           db_run(db, STATEMENT_IMPORT_CHANGE_END, BINDS(import), err) &&
           db_run(db, STATEMENT_IMPORT_COMMIT,
                  BINDS(bind_number(IMPORT_COMMITTED), bind_number(event->seq), import),
                  err);
}

bool project_import_rules_run(struct db *db, const struct log_row *event,
                              struct error *err)
{
    const struct import_rules_run *run = event->content;
    return db_run(db, STATEMENT_IMPORT_RULES_SET,
                  BINDS(bind_number(run->through), bind_number(run->import)), err);
}

/* --- or not ------------------------------------------------------------------------------ */

bool project_abandoned_prepare(struct db *db, struct import_abandoned *abandoned,
                               struct arena *arena, struct error *err)
{
    struct text *names = NULL;
    abandoned->name_count = 0;
    if (!abandoned->with_names)
        return true;
    if (!names_all(db, arena, &names, &abandoned->name_count, err))
        return false;
    abandoned->names = names;
    return true;
}

/* At a rebuild there is nothing to remove: the staged events could not be read. */
bool project_import_abandoned(struct db *db, const struct log_row *event,
                              struct error *err)
{
    static const enum statement removals[] = {
        STATEMENT_ERASE_ITEMS,           STATEMENT_ERASE_BRANCHES,
        STATEMENT_ERASE_AWAITED,         STATEMENT_ERASE_BATCHES,
        STATEMENT_ERASE_FORMS,           STATEMENT_ERASE_SAID,
        STATEMENT_IMPORT_SUBJECT_DELETE,
    };
    const struct import_abandoned *abandoned = event->content;
    struct bind import = bind_number(abandoned->import);
    if (event->participant == 0)
        return db_run(db, STATEMENT_IMPORT_CHANGE_END, BINDS(import), err) &&
               db_run(db, STATEMENT_IMPORT_STATE,
                      BINDS(bind_number(IMPORT_ABANDONED), import), err);
    for (size_t i = 0; i < ARRAY_COUNT(removals); i++)
        if (!db_run(db, removals[i], BINDS(bind_number(event->participant)), err))
            return false;
    return true;
}

#include "store/data_key.h"
#include "store/names.h"
#include "store/project.h"

static bool raise_series(struct db *db, struct text series, struct text site,
                         int64_t number, struct error *err)
{
    return db_run(db, STATEMENT_SERIES_RAISE,
                  BINDS(bind_text(series), bind_text(site), bind_number(number)), err);
}

/* The number behind the last hyphen of "S-0001" or "H4-001" is used up: at the site, and
 * in the series that runs through all sites (site ""). */
bool project_use_up(struct db *db, struct text series, struct text site,
                    struct text number, struct error *err)
{
    if (text_is_absent(number))
        return true;
    struct text digits = number;
    while (text_find(digits, '-') < digits.len)
        text_cut(&digits, '-');
    int64_t value = 0;
    if (!text_to_int64(digits, &value))
        return error_set(err, ERROR_REFUSED, "%.*s does not end in a number",
                         TEXT_ARG(number));
    return raise_series(db, series, TEXT(""), value, err) &&
           (site.len == 0 || raise_series(db, series, site, value, err));
}

bool project_participant_added(struct db *db, const struct log_row *event,
                               struct error *err)
{
    const struct participant_added *added = event->content;
    if (added->participant != event->participant)
        return error_set(err, ERROR_REFUSED,
                         "the event of participant %lld names participant %lld",
                         (long long)event->participant, (long long)added->participant);
    bool is_screened = !text_is_absent(added->screening_number);
    enum participant_state state =
        is_screened ? PARTICIPANT_SCREENED : PARTICIPANT_PROVISIONAL;
    return db_run(db, STATEMENT_PARTICIPANT_INSERT,
                  BINDS(bind_number(added->participant), bind_text(added->site),
                        bind_text(added->screening_number),
                        bind_text(added->provisional_number), bind_text(added->bed),
                        bind_text(participant_state_name(state)),
                        bind_number(event->server_time),
                        bind_number(is_screened ? event->server_time : 0),
                        bind_bytes(added->has_request ? added->request : NULL,
                                   sizeof added->request)),
                  err) &&
           project_use_up(db, TEXT("S"), added->site, added->screening_number, err) &&
           project_use_up(db, TEXT("P"), added->site, added->provisional_number, err);
}

bool project_attach_proposed(struct db *db, const struct log_row *event,
                             struct error *err)
{
    const struct participant_attached *attached = event->content;
    return db_run(db, STATEMENT_PARTICIPANT_PROPOSE,
                  BINDS(bind_number(attached->to), bind_number(event->origin.user),
                        bind_number(event->participant)),
                  err);
}

bool project_attached(struct db *db, const struct log_row *event, struct error *err)
{
    const struct participant_attached *attached = event->content;
    return db_run(db, STATEMENT_PARTICIPANT_ATTACH,
                  BINDS(bind_number(attached->to), bind_number(event->participant)),
                  err);
}

/* Undoes an attachment and a proposal alike; both records stand as before. */
bool project_detached(struct db *db, const struct log_row *event, struct error *err)
{
    return db_run(db, STATEMENT_PARTICIPANT_ATTACH,
                  BINDS(bind_null(), bind_number(event->participant)), err);
}

static bool site_of(struct db *db, int64_t participant, struct arena *arena,
                    struct text *site, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_PARTICIPANT_SITE, BINDS(bind_number(participant)));
    *site = rows_next(&rows) ? rows_copy(&rows, 0, arena) : (struct text){0};
    if (!rows_end(&rows, err))
        return false;
    return !text_is_absent(*site) ||
           error_set(err, ERROR_NOT_FOUND, "there is no participant %lld",
                     (long long)participant);
}

bool project_enrolled(struct db *db, const struct log_row *event, struct error *err)
{
    const struct participant_enrolled *enrolled = event->content;
    struct arena *scratch = arena_new(4096);
    struct text site = {0};
    bool is_done = site_of(db, event->participant, scratch, &site, err) &&
                   db_run(db, STATEMENT_PARTICIPANT_ENROL,
                          BINDS(bind_text(enrolled->subject_number),
                                bind_number(enrolled->enrolled_at),
                                bind_text(participant_state_name(PARTICIPANT_ENROLLED)),
                                bind_number(event->participant)),
                          err) &&
                   project_use_up(db, TEXT("E"), site, enrolled->subject_number, err);
    arena_free(scratch);
    return is_done;
}

/* -- Erasure ----------------------------------------------------------------------- */

bool project_erasure_proposed(struct db *db, const struct log_row *event,
                              struct error *err)
{
    const struct erasure_asked *c = event->content;
    return db_run(db, STATEMENT_ERASURE_PROPOSE,
                  BINDS(bind_number(event->participant),
                        bind_number(event->origin.user),
                        bind_number(event->server_time), bind_text(c->reason)),
                  err);
}

bool project_erasure_taken_back(struct db *db, const struct log_row *event,
                                struct error *err)
{
    return db_run(db, STATEMENT_ERASE_PROPOSALS, BINDS(bind_number(event->participant)),
                  err);
}

static bool series_read(struct db *db, struct participant_erased *erased,
                        struct arena *arena, struct error *err)
{
    enum { SERIES_MOST = 1000 };
    struct series_last *series = ARENA_ARRAY(arena, struct series_last, SERIES_MOST);
    struct rows rows = db_query(db, STATEMENT_SERIES_ALL, NO_BINDS);
    size_t count = 0;
    while (count < SERIES_MOST && rows_next(&rows))
        series[count++] =
            (struct series_last){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena),
                                 rows_number(&rows, 2)};
    erased->series = series;
    erased->series_count = count;
    return rows_end(&rows, err);
}

bool project_erased_prepare(struct db *db, int64_t participant,
                            struct participant_erased *erased, struct arena *arena,
                            struct error *err)
{
    struct text *names = NULL;
    if (!site_of(db, participant, arena, &erased->site, err) ||
        !names_all(db, arena, &names, &erased->name_count, err) ||
        !series_read(db, erased, arena, err))
        return false;
    erased->names = names;
    return true;
}

/* Removes the participant from every table and leaves a row that says so. At a rebuild
 * there is nothing to remove: the erased events could not be read. */
bool project_erased(struct db *db, const struct log_row *event, struct error *err)
{
    static const enum statement removals[] = {
        STATEMENT_ERASE_DEVIATION_ASSESSMENTS,
        STATEMENT_ERASE_SAFETY_REVIEWS,
        STATEMENT_ERASE_START_REVIEW,
        STATEMENT_ERASE_GRADE_DECISIONS,
        STATEMENT_ERASE_ITEMS,
        STATEMENT_ERASE_BRANCHES,
        STATEMENT_ERASE_AWAITED,
        STATEMENT_ERASE_SECOND_CHECKS,
        STATEMENT_ERASE_IMPORTED,
        STATEMENT_ERASE_QUERY_STEPS,
        STATEMENT_ERASE_QUERY_COUNTS,
        STATEMENT_ERASE_QUERY_TALLY,
        STATEMENT_ERASE_SIGNATURES,
        STATEMENT_ERASE_VERIFICATIONS,
        STATEMENT_ERASE_LOCKS,
        STATEMENT_ERASE_IMPORTED,
        STATEMENT_ERASE_QUERIES,
        STATEMENT_ERASE_BATCHES,
        STATEMENT_ERASE_FORMS,
        STATEMENT_ERASE_DEVIATIONS,
        STATEMENT_ERASE_WAKES,
        STATEMENT_ERASE_COUNTED,
        STATEMENT_ERASE_MOVES,
        STATEMENT_ERASE_SAID,
        STATEMENT_ERASE_PROPOSALS,
        STATEMENT_ERASE_IMAGE_TASKS,
        STATEMENT_ERASE_ALARMS,
        STATEMENT_ERASE_FEED_RAW,
        STATEMENT_ERASE_PATIENT_LINKS,
        STATEMENT_ERASE_RECEIVED,
        STATEMENT_PARTICIPANT_DELETE,
    };
    const struct participant_erased *erased = event->content;
    for (size_t i = 0; i < ARRAY_COUNT(removals); i++)
        if (!db_run(db, removals[i], BINDS(bind_number(event->participant)), err))
            return false;
    for (size_t i = 0; i < erased->series_count; i++)
        if (!raise_series(db, erased->series[i].series, erased->series[i].site,
                          erased->series[i].last, err))
            return false;
    return db_run(db, STATEMENT_PARTICIPANT_TOMBSTONE,
                  BINDS(bind_number(event->participant), bind_text(erased->site),
                        bind_text(participant_state_name(PARTICIPANT_ERASED))),
                  err);
}

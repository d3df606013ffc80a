#include "model/event.h"
#include "store/log_entry.h"
#include "store/review.h"

/* -- Signatures -------------------------------------------------------------------- */

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bool signatures_of(struct rows *rows, bool standing_only, struct arena *arena,
                          struct stored_signature **out, size_t *count,
                          struct error *err)
{
    size_t capacity = 8;
    struct stored_signature *list =
        ARENA_ARRAY(arena, struct stored_signature, capacity);
    bool is_good = true;
    *count = 0;
    while (is_good && rows_next(rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        struct stored_signature *one = &list[*count];
        *one = (struct stored_signature){
            .seq = rows_number(rows, 0),
            .form = rows_number(rows, 1),
            .meaning = rows_copy(rows, 2, arena),
            .language = rows_copy(rows, 3, arena),
            .user = rows_number(rows, 5),
            .at = rows_number(rows, 6),
            .changed = later(rows_number(rows, 7), rows_number(rows, 8)),
            .row = rows_number(rows, 9),
        };
        is_good = rows_fixed(rows, 4, one->content.bytes, HASH_SIZE) ||
                  error_set(err, ERROR_DAMAGED, "signature %lld has no hash",
                            (long long)one->seq);
        *count += !standing_only || one->changed < one->seq;
    }
    *out = list;
    return rows_end_after(rows, is_good, err);
}

bool signature_list(struct db *db, int64_t participant, int64_t form,
                    struct arena *arena, struct stored_signature **out, size_t *count,
                    struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_SIGNATURE_LIST,
                                BINDS(bind_number(participant), bind_number(form)));
    return signatures_of(&rows, false, arena, out, count, err);
}

bool signature_standing(struct db *db, struct arena *arena,
                        struct stored_signature **out, size_t *count, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_SIGNATURE_STANDING, NO_BINDS);
    return signatures_of(&rows, true, arena, out, count, err);
}

bool participant_changed(struct db *db, int64_t participant, int64_t *seq,
                         struct error *err)
{
    return db_number(db, STATEMENT_PARTICIPANT_CHANGED, BINDS(bind_number(participant)),
                     seq, err);
}

bool signature_read(struct db *db, int64_t seq, struct arena *arena,
                    const struct signed_record **out, int64_t *participant,
                    struct error *err)
{
    struct log_row row;
    *out = NULL;
    if (!log_event(db, seq, arena, &row, err))
        return false;
    if (row.kind == LOG_EVENT_SIGNED)
        *out = row.content;
    *participant = row.participant;
    return true;
}

/* -- Deviations ---------------------------------------------------------------------- */

bool deviation_assessment_find(struct db *db, int64_t form, struct arena *arena,
                               struct stored_deviation_assessment *out,
                               struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_DEVIATION_ASSESSMENT_FIND, BINDS(bind_number(form)));
    *out = (struct stored_deviation_assessment){0};
    if (rows_next(&rows))
        *out = (struct stored_deviation_assessment){
            .seq = rows_number(&rows, 0),
            .of_seq = rows_number(&rows, 1),
            .user = rows_number(&rows, 2),
            .assessed_at = rows_number(&rows, 3),
            .severity = rows_copy(&rows, 4, arena),
            .report = rows_copy(&rows, 5, arena),
            .reported_on = rows_copy(&rows, 6, arena),
            .note = rows_copy(&rows, 7, arena)};
    return rows_end(&rows, err);
}

/* -- Grades of laboratory results ------------------------------------------------------ */

bool grade_decisions(struct db *db, int64_t participant, struct arena *arena,
                     struct stored_grade_decision **out, size_t *count,
                     struct error *err)
{
    size_t capacity = 8;
    struct stored_grade_decision *list =
        ARENA_ARRAY(arena, struct stored_grade_decision, capacity);
    struct rows rows =
        db_query(db, STATEMENT_GRADE_DECISION_LIST, BINDS(bind_number(participant)));
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] =
            (struct stored_grade_decision){.form = rows_number(&rows, 0),
                                           .term = rows_copy(&rows, 1, arena),
                                           .item = rows_copy(&rows, 2, arena),
                                           .of_seq = rows_number(&rows, 3),
                                           .grade = rows_number(&rows, 4),
                                           .event = rows_number(&rows, 5)};
    }
    *out = list;
    return rows_end(&rows, err);
}

/* -- Image tasks --------------------------------------------------------------------- */

bool image_tasks(struct db *db, int64_t form, int64_t user, struct arena *arena,
                 struct image_task **out, size_t *count, struct error *err)
{
    size_t capacity = 8;
    struct image_task *list = ARENA_ARRAY(arena, struct image_task, capacity);
    struct rows rows =
        form != 0
            ? db_query(db, STATEMENT_IMAGE_TASK_OF_FORM, BINDS(bind_number(form)))
            : db_query(db, STATEMENT_IMAGE_TASK_OF_USER, BINDS(bind_number(user)));
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] =
            (struct image_task){.form = rows_number(&rows, 0),
                                .user = rows_number(&rows, 1),
                                .participant = rows_number(&rows, 2),
                                .is_adjudicator = rows_number(&rows, 3) != 0,
                                .seq = rows_number(&rows, 4)};
    }
    *out = list;
    return rows_end(&rows, err);
}

/* -- Freezing and locking ---------------------------------------------------------- */

static struct record_lock lock_of(const struct rows *rows, struct arena *arena)
{
    return (struct record_lock){
        .participant = rows_number(rows, 0),
        .form = rows_number(rows, 1),
        .state = (enum lock_state)rows_number(rows, 2),
        .seq = rows_number(rows, 3),
        .user = rows_number(rows, 4),
        .first_user = rows_number(rows, 5),
        .at = rows_number(rows, 6),
        .reason = rows_copy(rows, 7, arena),
        .name = rows_copy(rows, 8, arena),
        .cut = rows_number(rows, 9),
        .proposal = (enum lock_proposal)rows_number(rows, 10),
        .proposed_by = rows_number(rows, 11),
        .proposed_at = rows_number(rows, 12),
        .proposed_name = rows_copy(rows, 13, arena),
    };
}

bool lock_list(struct db *db, int64_t participant, struct arena *arena,
               struct record_lock **out, size_t *count, struct error *err)
{
    size_t capacity = 8;
    struct record_lock *list = ARENA_ARRAY(arena, struct record_lock, capacity);
    struct rows rows =
        db_query(db, STATEMENT_LOCK_LIST, BINDS(bind_number(participant)));
    *count = 0;
    while (rows_next(&rows)) {
        list = ARENA_GROW(arena, list, *count, &capacity);
        list[(*count)++] = lock_of(&rows, arena);
    }
    *out = list;
    return rows_end(&rows, err);
}

bool lock_find(struct db *db, int64_t participant, int64_t form, struct arena *arena,
               struct record_lock **out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_LOCK_FIND,
                                BINDS(bind_number(participant), bind_number(form)));
    *out = NULL;
    if (rows_next(&rows)) {
        *out = ARENA_NEW(arena, struct record_lock);
        **out = lock_of(&rows, arena);
    }
    return rows_end(&rows, err);
}

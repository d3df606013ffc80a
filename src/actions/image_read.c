#include "actions/image_read.h"

#include "actions/study_items.h"
#include "model/event.h"
#include "model/signature_content.h"
#include "store/review.h"

/* What is known of one row. */
struct reading_row {
    int64_t row;
    int64_t seq; /* of one of its answers */
    bool is_own;
    bool is_imported;
};

struct reading {
    const struct image_asker *asker;
    struct reading_row *rows;
    size_t count;
    struct error *err;
};

bool image_read_has_item(const struct form *form, const struct item *item)
{
    const struct item_group *group = form_group_of(form, item);
    return text_equal(form->oid, FORM_IMAGING) && group != NULL &&
           text_equal(group->oid, GROUP_IMAGE_READ);
}

static struct reading_row *row_of(struct reading *reading, int64_t row)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->rows[i].row == row)
            return &reading->rows[i];
    reading->rows[reading->count] = (struct reading_row){.row = row};
    return &reading->rows[reading->count++];
}

/* Who stands behind a row, answers beside the current ones included. */
static void add_answers(struct reading *reading, const struct stored_value *values,
                        size_t count)
{
    const struct caller *caller = reading->asker->caller;
    for (size_t i = 0; i < count; i++) {
        if (values[i].row == 0)
            continue;
        struct reading_row *row = row_of(reading, values[i].row);
        row->seq = values[i].version.seq;
        row->is_own = row->is_own || (caller != NULL && caller->user == values[i].by);
    }
}

static bool read_rows(struct reading *reading, int64_t form)
{
    const struct image_asker *asker = reading->asker;
    struct stored_value *values = NULL, *beside = NULL;
    size_t count = 0, beside_count = 0;
    if (!form_values(asker->db, form, asker->arena, &values, &count, reading->err) ||
        !form_branches(asker->db, form, asker->arena, &beside, &beside_count,
                       reading->err))
        return false;
    reading->rows =
        ARENA_ARRAY(asker->arena, struct reading_row, count + beside_count + 1);
    add_answers(reading, values, count);
    add_answers(reading, beside, beside_count);
    return true;
}

static bool find_imported(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct log_row *rows = NULL;
        size_t count = 0;
        struct log_filter filter = {.after = reading->rows[i].seq - 1,
                                    .before = reading->rows[i].seq + 1,
                                    .user = -1,
                                    .without_content = true,
                                    .limit = 1};
        if (!log_list(reading->asker->log, &filter, reading->asker->arena, &rows,
                      &count, reading->err))
            return false;
        reading->rows[i].is_imported =
            count == 1 && rows->kind == LOG_EVENT_IMPORT_STAGED;
    }
    return true;
}

/* Have two different people each signed a row? */
static bool find_signed(struct reading *reading, int64_t form, bool *out)
{
    const struct image_asker *asker = reading->asker;
    struct stored_signature *list = NULL;
    size_t count = 0;
    const struct stored_signature *first = NULL;
    struct text read_made = signature_meaning_name(SIGNATURE_READ_MADE);
    if (!signature_list(asker->db, asker->whose->id, form, asker->arena, &list, &count,
                        reading->err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct stored_signature *one = &list[i];
        if (one->form != form || one->row == 0 || one->changed >= one->seq ||
            !text_equal(one->meaning, read_made))
            continue;
        if (first == NULL)
            first = one;
        *out = *out || (first->user != one->user && first->row != one->row);
    }
    return true;
}

static bool sees_unblinded(const struct image_asker *asker)
{
    return asker->caller != NULL &&
           caller_may(asker->caller, PERMISSION_READ_UNBLINDED_IMAGING,
                      asker->whose->site,
                      caller_is_assigned(asker->caller, asker->whose->id));
}

static void seal_rows(const struct reading *reading, struct image_reads *out)
{
    out->sealed = ARENA_ARRAY(reading->asker->arena, int64_t, reading->count + 1);
    for (size_t i = 0; i < reading->count; i++) {
        const struct reading_row *row = &reading->rows[i];
        if (!row->is_own && !row->is_imported)
            out->sealed[out->sealed_count++] = row->row;
    }
}

bool image_reads_of(const struct image_asker *asker, const struct form_state *form,
                    struct image_reads *out, struct error *err)
{
    struct reading reading = {.asker = asker, .err = err};
    *out = (struct image_reads){0};
    if (!text_equal(form->key.form, FORM_IMAGING))
        return true;
    if (!read_rows(&reading, form->id) || !find_imported(&reading) ||
        !find_signed(&reading, form->id, &out->is_unsealed))
        return false;
    for (size_t i = 0; i < reading.count; i++)
        if (reading.rows[i].is_own)
            out->own_row = reading.rows[i].row;
    if (!out->is_unsealed && !sees_unblinded(asker))
        seal_rows(&reading, out);
    return true;
}

bool image_read_is_sealed(const struct image_reads *reads, int64_t row)
{
    for (size_t i = 0; i < reads->sealed_count; i++)
        if (reads->sealed[i] == row)
            return true;
    return false;
}

struct label image_read_sealed_label(void)
{
    return (struct label){.english = TEXT("sealed until both readings are signed"),
                          .chinese = TEXT("两份判读均签名前封存")};
}

/* --- who enters ------------------------------------------------------------------------- */

static bool is_taken(const struct reading *reading, int64_t row)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->rows[i].row == row)
            return !reading->rows[i].is_own;
    return false;
}

static bool check_person(const struct image_asker *asker, bool is_unsealed,
                         struct error *err)
{
    bool is_assigned = caller_is_assigned(asker->caller, asker->whose->id);
    if (!caller_may(asker->caller, PERMISSION_ADJUDICATE, asker->whose->site,
                    is_assigned))
        return caller_must_for(asker->caller, PERMISSION_ENTER_IM_READ, asker->whose,
                               err);
    return is_unsealed ||
           caller_may(asker->caller, PERMISSION_ENTER_IM_READ, asker->whose->site,
                      is_assigned) ||
           error_set(err, ERROR_NOT_ALLOWED,
                     "not allowed: adjudicating before both readings are signed");
}

/* Once an image is assigned to readers by name, nobody else reads it, though another image
 * of the participant may be his. */
static bool check_task(const struct image_asker *asker, int64_t form, struct error *err)
{
    struct image_task *tasks = NULL;
    size_t count = 0;
    if (!image_tasks(asker->db, form, 0, asker->arena, &tasks, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (tasks[i].user == asker->caller->user)
            return true;
    return count == 0 || error_set(err, ERROR_NOT_ALLOWED,
                                   "not allowed: this image is assigned to others");
}

bool image_read_may_enter(const struct image_asker *asker,
                          const struct form_state *form, int64_t row, struct error *err)
{
    struct reading reading = {.asker = asker, .err = err};
    bool is_unsealed = false;
    int64_t own = 0;
    if (form != NULL && (!read_rows(&reading, form->id) ||
                         !find_signed(&reading, form->id, &is_unsealed)))
        return false;
    if (!check_person(asker, is_unsealed, err) ||
        (form != NULL && !check_task(asker, form->id, err)))
        return false;
    for (size_t i = 0; i < reading.count; i++)
        if (reading.rows[i].is_own)
            own = reading.rows[i].row;
    if (is_taken(&reading, row)) {
        error_set(err, ERROR_NOT_ALLOWED,
                  "not allowed: row %lld is the reading of another person",
                  (long long)row);
        return error_hint(err, "the two readings and the adjudication of one image are "
                               "made by three different people");
    }
    if (own == 0 || own == row)
        return true;
    error_set(err, ERROR_NOT_ALLOWED,
              "not allowed: you have read this image already, in row %lld",
              (long long)own);
    return error_hint(err,
                      "the two readings and the adjudication of one image are made "
                      "by three different people");
}

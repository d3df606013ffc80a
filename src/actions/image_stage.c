#include "actions/image_stage.h"

#include "actions/study_items.h"
#include "base/datetime.h"
#include "model/signature_content.h"

/* "no adjudication after 7 days" (CK095) */
static const int64_t adjudication_time = INT64_C(7) * 24 * 3600 * 1000 * 1000;

struct text image_stage_name(enum image_stage stage)
{
    static const struct text names[] = {
#define X(name, word) [IMAGE_##name] = TEXT_INIT(word),
        IMAGE_STAGE_TABLE(X)
#undef X
    };
    return names[stage];
}

/* What is being read, so that each part has few parameters. */
struct staging {
    const struct image_asker *asker;
    const struct stored_value *values;
    size_t value_count;
    int64_t *rows; /* that stand signed, beside `out->signed_by` */
    struct image_state *out;
};

static const struct stored_value *value_at(const struct staging *staging,
                                           struct text item, int64_t row)
{
    for (size_t i = 0; i < staging->value_count; i++)
        if (staging->values[i].row == row && text_equal(staging->values[i].item, item))
            return &staging->values[i];
    return NULL;
}

static struct text text_at(const struct staging *staging, struct text item, int64_t row)
{
    const struct stored_value *value = value_at(staging, item, row);
    return value == NULL ? (struct text){0} : value->answer.value;
}

/* --- what is signed ----------------------------------------------------------------------- */

static bool read_signed(struct staging *staging, const struct form_state *form,
                        struct error *err)
{
    const struct image_asker *asker = staging->asker;
    struct image_state *out = staging->out;
    struct stored_signature *list = NULL;
    size_t count = 0;
    if (!signature_list(asker->db, asker->whose->id, form->id, asker->arena, &list,
                        &count, err))
        return false;
    out->signed_by = ARENA_ARRAY(asker->arena, int64_t, count + 1);
    staging->rows = ARENA_ARRAY(asker->arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct stored_signature *one = &list[i];
        enum signature_meaning meaning;
        if (one->form != form->id || one->row == 0 || one->changed >= one->seq ||
            !signature_meaning_parse(one->meaning, &meaning) ||
            !signature_meaning_is_of_row(meaning) || image_is_signed_by(out, one->user))
            continue;
        staging->rows[out->signed_count] = one->row;
        out->signed_by[out->signed_count++] = one->user;
    }
    return true;
}

bool image_is_signed_by(const struct image_state *state, int64_t user)
{
    for (size_t i = 0; i < state->signed_count; i++)
        if (state->signed_by[i] == user)
            return true;
    return false;
}

/* --- where it stands ---------------------------------------------------------------------- */

static bool is_adjudication(const struct staging *staging, int64_t row)
{
    return text_equal(text_at(staging, ITEM_READ_ADJUDICATED, row), TEXT("Y"));
}

static int64_t made_at(const struct staging *staging, int64_t row)
{
    const struct stored_value *value = value_at(staging, ITEM_READ_TIME, row);
    struct moment moment;
    if (value != NULL && moment_parse(value->answer.value, &moment, NULL))
        return moment_instant(&moment, 0);
    return 0;
}

static bool answers_agree(const struct staging *staging, int64_t one, int64_t other)
{
    const struct stored_value *first = value_at(staging, ITEM_READ_RESULT, one);
    const struct stored_value *second = value_at(staging, ITEM_READ_RESULT, other);
    return first != NULL && second != NULL &&
           answer_equal(&first->answer, &second->answer);
}

/* Two readings are signed: do they agree, and is it adjudicated? */
static void compare(struct staging *staging, const int64_t readings[2],
                    bool is_adjudicated)
{
    struct image_state *out = staging->out;
    if (is_adjudicated)
        out->stage = IMAGE_ADJUDICATED;
    else if (answers_agree(staging, readings[0], readings[1]))
        out->stage = IMAGE_AGREED;
    else {
        int64_t first = made_at(staging, readings[0]);
        int64_t second = made_at(staging, readings[1]);
        out->stage = IMAGE_DISAGREED;
        out->due_at = (first > second ? first : second) + adjudication_time;
    }
}

static void find_stage(struct staging *staging)
{
    struct image_state *out = staging->out;
    int64_t readings[2] = {0, 0};
    size_t found = 0, readers = 0;
    bool is_adjudicated = false;
    for (size_t i = 0; i < out->signed_count; i++) {
        if (is_adjudication(staging, staging->rows[i]))
            is_adjudicated = true;
        else if (found < 2)
            readings[found++] = staging->rows[i];
    }
    for (size_t i = 0; i < out->task_count; i++)
        readers += !out->tasks[i].is_adjudicator;
    out->stage = readers < 2 ? IMAGE_UNASSIGNED : IMAGE_READING;
    if (found == 2)
        compare(staging, readings, is_adjudicated);
}

bool image_state_of(const struct image_asker *asker, const struct form_state *form,
                    struct image_state *out, struct error *err)
{
    struct staging staging = {.asker = asker, .out = out};
    struct stored_value *values = NULL;
    *out = (struct image_state){0};
    if (!image_tasks(asker->db, form->id, 0, asker->arena, &out->tasks,
                     &out->task_count, err) ||
        !form_values(asker->db, form->id, asker->arena, &values, &staging.value_count,
                     err) ||
        !read_signed(&staging, form, err))
        return false;
    staging.values = values;
    out->modality = text_at(&staging, ITEM_IMAGE_MODALITY, 0);
    out->region = text_at(&staging, ITEM_IMAGE_REGION, 0);
    out->acquired = text_at(&staging, ITEM_IMAGE_TIME, 0);
    find_stage(&staging);
    return true;
}

#include "actions/consent.h"

#include "actions/study_items.h"
#include "base/datetime.h"

static struct text code_of(struct datum answer)
{
    return answer.kind == DATUM_TEXT ? datum_as_text(answer) : (struct text){0};
}

/* What the latest record with a result says, and which one that is; -1: none. */
static enum consent latest(const struct world *world, int32_t *record)
{
    enum consent standing = CONSENT_NONE;
    int32_t count = world_instances(world, FORM_CONSENT);
    *record = -1;
    for (int32_t i = 0; i < count; i++) {
        struct datum type = world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_TYPE, 0);
        struct datum result =
            world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_RESULT, 0);
        struct datum end = world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_END, 0);
        enum consent consent =
            consent_of(code_of(type), code_of(result), datum_has_value(end));
        if (consent == CONSENT_NONE)
            continue;
        standing = consent;
        *record = i;
    }
    return standing;
}

enum consent consent_standing(const struct world *world)
{
    int32_t record = -1;
    return latest(world, &record);
}

static bool contains(struct text text, struct text part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (text_equal((struct text){text.at + i, part.len}, part))
            return true;
    return false;
}

/* Is this record withdrawn for one of these? The scope is text; the words are those of the
 * design's rule. */
static bool is_withdrawn_for(const struct world *world, int32_t record,
                             const struct text *words, size_t count)
{
    struct text scope =
        code_of(world_answer(world, FORM_CONSENT, record, ITEM_CONSENT_SCOPE, 0));
    if (!datum_has_value(
            world_answer(world, FORM_CONSENT, record, ITEM_CONSENT_END, 0)))
        return false;
    for (size_t i = 0; i < count; i++)
        if (contains(scope, words[i]))
            return true;
    return false;
}

bool consent_is_withdrawn(const struct world *world)
{
    const struct text words[] = {TEXT("follow-up"), TEXT("all"), TEXT("随访"),
                                 TEXT("全部")};
    int32_t record = -1;
    if (latest(world, &record) == CONSENT_REFUSED &&
        !datum_has_value(
            world_answer(world, FORM_CONSENT, record, ITEM_CONSENT_END, 0)))
        return true;
    for (int32_t i = 0; i < world_instances(world, FORM_CONSENT); i++)
        if (is_withdrawn_for(world, i, words, ARRAY_COUNT(words)))
            return true;
    return false;
}

bool consent_asks_erasure(const struct world *world, struct form_key *key)
{
    const struct text words[] = {TEXT("data use"), TEXT("all"), TEXT("数据使用"),
                                 TEXT("全部")};
    for (int32_t i = 0; i < world_instances(world, FORM_CONSENT); i++) {
        struct text result =
            code_of(world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_RESULT, 0));
        if (text_equal(result, TEXT("REFD")) ||
            is_withdrawn_for(world, i, words, ARRAY_COUNT(words)))
            return world_place(world, FORM_CONSENT, i, key);
    }
    return false;
}

bool world_first_puncture(const struct world *world, int64_t *out)
{
    bool is_found = false;
    int32_t instances = world_instances(world, FORM_INSERTION);
    for (int32_t i = 0; i < instances; i++) {
        int32_t rows = world_rows(world, FORM_INSERTION, i, ITEM_PUNCTURE_TIME);
        for (int32_t row = 1; row <= rows; row++) {
            struct datum punctured =
                world_answer(world, FORM_INSERTION, i, ITEM_PUNCTURE_TIME, row);
            if (punctured.kind != DATUM_MOMENT ||
                (is_found && punctured.as.coefficient >= *out))
                continue;
            *out = punctured.as.coefficient;
            is_found = true;
        }
    }
    return is_found;
}

/* Consent can be sought no more. */
static bool is_over(const struct world *world)
{
    int32_t count = world_instances(world, FORM_CONSENT);
    for (int32_t i = 0; i < count; i++)
        if (text_equal(
                code_of(world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_RESULT, 0)),
                TEXT("DIED")))
            return true;
    return datum_has_value(world_answer(world, FORM_DEATH, 0, ITEM_DEATH_TIME, 0)) ||
           datum_has_value(world_answer(world, FORM_END, 0, ITEM_END_DATE, 0));
}

bool deferred_consent_of(const struct world *world, struct deferred_consent *out)
{
    int32_t record = -1;
    *out = (struct deferred_consent){0};
    if (latest(world, &record) != CONSENT_DEFERRED || is_over(world) ||
        !world_place(world, FORM_CONSENT, record, &out->key))
        return false;
    out->is_running = world_first_puncture(world, &out->began_at);
    if (!out->is_running)
        return true;
    out->warns_at = out->began_at + DEFERRAL_WARNS_H * INSTANT_HOUR;
    out->due_at = out->began_at + DEFERRAL_DUE_H * INSTANT_HOUR;
    out->ends_at = out->began_at + DEFERRAL_ENDS_H * INSTANT_HOUR;
    return true;
}

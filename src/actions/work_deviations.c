/* Deviations that nobody has assessed as they stand, and those that the ethics committee is
 * still to be told of. */
#include "actions/deviation_review.h"
#include "actions/people.h"
#include "actions/study_items.h"
#include "actions/work_parts.h"

static struct label category_of(const struct world *world, int32_t instance)
{
    const struct design *design = world->rulebook->design;
    const struct item *item = design_item(design, ITEM_DEVIATION_KIND);
    struct datum answer =
        world_answer(world, FORM_DEVIATION, instance, ITEM_DEVIATION_KIND, 0);
    if (item == NULL || item->codelist == NULL || answer.kind != DATUM_TEXT)
        return (struct label){0};
    const struct code *code = codelist_code(item->codelist, datum_as_text(answer));
    return code == NULL ? (struct label){0} : code->label;
}

static bool look_at(struct work *work, const struct world *world, int32_t instance,
                    struct error *err)
{
    struct deviation_review review;
    struct work_entry entry = {.kind = WORK_DEVIATION,
                               .level = WORK_DUE,
                               .number = participant_number(world->participant),
                               .what = category_of(world, instance)};
    if (!world_place(world, FORM_DEVIATION, instance, &entry.key))
        return true;
    if (!deviation_review_of(world, work->caller, &entry.key, world->arena, &review,
                             err))
        return false;
    struct datum when =
        world_answer(world, FORM_DEVIATION, instance, ITEM_DEVIATION_TIME, 0);
    entry.since = when.kind == DATUM_MOMENT ? when.as.coefficient : 0;
    bool is_to_report =
        text_equal(review.report, deviation_report_name(DEVIATION_TO_REPORT));
    if (review.stands) {
        entry.kind = WORK_DEVIATION_REPORT;
        entry.since = review.at;
    }
    if (review.may && (!review.stands || is_to_report))
        work_add(work, &entry);
    return true;
}

bool work_deviations(struct work *work, const struct world *world, struct error *err)
{
    int32_t count = world_instances(world, FORM_DEVIATION);
    if (!work_is_for(work, PERMISSION_SIGN_FORM, world->participant))
        return true;
    for (int32_t i = 0; i < count; i++)
        if (!look_at(work, world, i, err))
            return false;
    return true;
}

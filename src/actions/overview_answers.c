/* What the overview's readers of facts ask of one answer. */
#include "actions/overview_parts.h"
#include "engine/real.h"

bool fact_is_code(struct datum answer, struct text code)
{
    return answer.kind == DATUM_TEXT && text_equal(datum_as_text(answer), code);
}

int64_t fact_instant(struct datum answer)
{
    return answer.kind == DATUM_MOMENT ? answer.as.coefficient : 0;
}

double fact_number(struct datum answer)
{
    if (answer.kind == DATUM_REAL)
        return answer.as.real;
    return answer.kind == DATUM_NUMBER
               ? real_of_decimal((struct decimal){answer.as.coefficient, answer.scale})
               : (double)NAN;
}

const struct code *fact_code(const struct world *world, struct text item,
                             struct datum answer)
{
    const struct item *found = design_item(world->rulebook->design, item);
    if (found == NULL || found->codelist == NULL)
        return NULL;
    for (size_t i = 0; i < found->codelist->code_count; i++)
        if (fact_is_code(answer, found->codelist->codes[i].code))
            return &found->codelist->codes[i];
    return NULL;
}

struct datum fact_at(const struct fact_place *place, struct text item)
{
    return world_answer(place->world, place->form, place->instance, item, place->row);
}

bool fact_next_row(struct fact_place *place, struct text item)
{
    int32_t count = world_instances(place->world, place->form);
    place->row++;
    while (place->instance < count &&
           place->row > world_rows(place->world, place->form, place->instance, item)) {
        place->instance++;
        place->row = 1;
    }
    return place->instance < count;
}

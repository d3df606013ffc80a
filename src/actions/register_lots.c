/* How many needles of a lot were used: what the forms of the needle say, at its site. */
#include "actions/register.h"

/* Of the built-in study; a design that has them not counts nothing. */
#define NEEDLE_FORM TEXT("F.IO")
#define LOT_ITEM    TEXT("I.IO.LOT")

bool register_count_used(struct db *db, const struct design *design,
                         struct register_shown *lines, size_t count,
                         struct arena *arena, struct error *err)
{
    struct lot_used *used = NULL;
    size_t used_count = 0;
    if (design_form(design, NEEDLE_FORM) == NULL)
        return true;
    if (!lots_used(db, NEEDLE_FORM, LOT_ITEM, arena, &used, &used_count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct register_line *line = lines[i].line;
        lines[i].is_counted = text_equal(register_value(line, "KIND"), TEXT("needle"));
        for (size_t k = 0; k < used_count; k++)
            if (text_equal(used[k].site, line->site) &&
                text_equal(used[k].lot, register_value(line, "NUMBER")))
                lines[i].used = used[k].count;
    }
    return true;
}

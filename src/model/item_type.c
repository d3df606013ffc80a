#include "model/item_type.h"

#include "base/attributes.h"
#include "base/nearest.h"

static const struct {
    const char *name;
    struct text odm, also;
} rows[] = {
#define X(type, name, odm, also, form)                                                 \
    [ITEM_##type] = {name, TEXT_INIT(odm), TEXT_INIT(also)},
    ITEM_TYPE_TABLE(X, X)
#undef X
};

const char *item_type_name(enum item_type type)
{
    return rows[type].name;
}

static bool is_listed(struct text name, struct text names)
{
    while (!text_is_absent(names))
        if (text_equal(text_cut(&names, ' '), name))
            return true;
    return false;
}

bool item_type_of_odm(struct text data_type, enum item_type *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(rows) && data_type.len > 0; i++)
        if (text_equal(rows[i].odm, data_type) || is_listed(data_type, rows[i].also)) {
            *out = (enum item_type)i;
            return true;
        }
    return false;
}

struct text item_type_nearest(struct text data_type)
{
    struct nearest nearest = nearest_to(data_type);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct text names = rows[i].also;
        if (i != ITEM_CODED)
            nearest_offer(&nearest, rows[i].odm);
        while (!text_is_absent(names))
            nearest_offer(&nearest, text_cut(&names, ' '));
    }
    return nearest.best;
}

#include "model/laboratory_map.h"

#include "base/unit.h"

const struct item *laboratory_item(const struct design *design, struct text loinc)
{
    for (size_t i = 0; loinc.len > 0 && i < design->item_count; i++)
        if (design->items[i].accepted_count > 0 &&
            text_equal(design->items[i].loinc, loinc))
            return &design->items[i];
    return NULL;
}

static bool counts_nothing(const struct unit_of_measure *unit)
{
    struct unit_of_measure acidity;
    return unit_is_one(unit) ||
           (unit_parse(TEXT("[pH]"), &acidity, NULL) && unit_is_same(unit, &acidity));
}

bool laboratory_factor(const struct item *item, struct text unit, struct decimal *out)
{
    struct unit_of_measure own, came, accepted;
    struct text trimmed = text_trim(unit);
    if (trimmed.len == 0) {
        *out = decimal_of(1);
        return item->accepted_count > 0 && unit_parse(item->unit, &own, NULL) &&
               counts_nothing(&own);
    }
    bool is_unit = unit_parse(trimmed, &came, NULL);
    for (size_t i = 0; i < item->accepted_count; i++)
        if (text_equal(item->accepted[i].unit, trimmed) ||
            (is_unit && unit_parse(item->accepted[i].unit, &accepted, NULL) &&
             unit_is_same(&came, &accepted))) {
            *out = item->accepted[i].factor;
            return true;
        }
    return false;
}

static bool has_dimension(const struct unit_of_measure *unit)
{
    for (int i = 0; i < UNIT_DIMENSIONS; i++)
        if (unit->powers[i] != 0)
            return true;
    return false;
}

bool laboratory_unit_fits(const struct item *item, struct text unit,
                          struct decimal *factor)
{
    struct unit_of_measure own, said;
    struct unit_factor between;
    if (text_trim(unit).len == 0)
        return false;
    if (laboratory_factor(item, unit, factor))
        return true;
    /* A percentage can be of anything: only what the design says. */
    return item->accepted_count > 0 && unit_parse(item->unit, &own, NULL) &&
           has_dimension(&own) && unit_parse(text_trim(unit), &said, NULL) &&
           unit_is_convertible(&said, &own) &&
           unit_factor_between(&said, &own, &between) &&
           unit_factor_decimal(&between, factor);
}

bool laboratory_convert(const struct item *item, struct decimal number,
                        struct decimal factor, struct decimal *out)
{
    struct decimal product;
    if (decimal_multiply(number, factor, &product) != DECIMAL_OK)
        return false;
    int32_t decimals = item->type == ITEM_INTEGER ? 0 : item->decimals;
    if (decimals < 0 || product.scale <= decimals) {
        *out = product;
        return true;
    }
    return decimal_round(product, decimals, out) == DECIMAL_OK;
}

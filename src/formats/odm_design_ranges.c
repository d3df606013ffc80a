/* RangeCheck: limits of numbers; other comparisons become rules. */
#include "formats/odm_design_elements.h"

#include <stdio.h>

static struct odm_item *open_item(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.items, struct odm_item);
}

static const char *const comparators[] = {"LT", "LE", "GT", "GE",
                                          "EQ", "NE", "IN", "NOTIN"};

static void read_strength(struct odm_parser *parser, const struct xml_element *element,
                          struct odm_range *range)
{
    static const char *const strengths[] = {"Soft", "Hard"};
    if (text_is_absent(xml_attribute(element, "SoftHard"))) {
        odm_strict_add(&parser->parts, element->place, "Soft or Hard",
                       "SoftHard is missing, taken as Soft");
        range->is_soft = true;
        return;
    }
    size_t i = odm_choice(parser, element, "SoftHard", strengths, 2);
    range->is_soft = i == 0;
    range->is_hard = i == 1;
}

bool odm_range_start(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)err;
    struct odm_range range = {.place = element->place, .comparator = ODM_NO_COMPARATOR};
    if (!text_is_absent(xml_attribute(element, "Comparator"))) {
        size_t i = odm_choice(parser, element, "Comparator", comparators,
                              ARRAY_COUNT(comparators));
        range.is_settled = i == SIZE_MAX;
        range.comparator =
            range.is_settled ? ODM_NO_COMPARATOR : (enum odm_comparator)i;
    }
    read_strength(parser, element, &range);
    struct text other = xml_attribute(element, "ItemOID");
    if (!text_is_absent(other) && !text_equal(other, open_item(parser)->item.oid))
        odm_finding_add(&parser->parts, element->place, NULL,
                        "ItemOID: a limit is one of its own item");
    parser->range = range;
    return true;
}

bool odm_range_value_end(struct odm_parser *parser, struct error *err)
{
    void *added;
    return odm_list_add(&parser->range.values, sizeof(struct text), parser->parts.study,
                        &added, err) &&
           odm_written(parser, added, err);
}

/* --- limits ----------------------------------------------------------------------- */

/* A second limit on the same side: the tighter one holds. */
static bool is_tighter(bool is_low, const struct range *limits, struct decimal value,
                       bool is_open)
{
    int order = decimal_compare(value, is_low ? limits->low : limits->high);
    if (order == 0)
        return is_open;
    return is_low ? order > 0 : order < 0;
}

static void set_limit(struct odm_parser *parser, struct decimal value)
{
    const struct odm_range *range = &parser->range;
    struct item *item = &open_item(parser)->item;
    bool is_low = range->comparator == ODM_GT || range->comparator == ODM_GE;
    bool is_open = range->comparator == ODM_GT || range->comparator == ODM_LT;
    struct range *limits = range->is_hard ? &item->hard : &item->soft;
    bool *has = is_low ? &limits->has_low : &limits->has_high;
    if (*has)
        odm_strict_add(&parser->parts, range->place, "the tighter one holds",
                       "a second %s %s limit", range->is_hard ? "hard" : "soft",
                       is_low ? "lower" : "upper");
    if (*has && !is_tighter(is_low, limits, value, is_open))
        return;
    *has = true;
    *(is_low ? &limits->low : &limits->high) = value;
    *(is_low ? &limits->is_low_open : &limits->is_high_open) = is_open;
}

static bool is_number(const struct item *item)
{
    return item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL;
}

/* --- what no limit can say -------------------------------------------------------- */

/* "IN (A, B)": the comparison as it stands, for people to read. */
static bool add_rule(struct odm_parser *parser, struct error *err)
{
    const struct odm_range *range = &parser->range;
    struct odm_parts *parts = &parser->parts;
    char shown[400];
    size_t len = (size_t)snprintf(shown, sizeof shown, "%s (",
                                  comparators[(size_t)range->comparator]);
    for (size_t i = 0; i < range->values.count && len < sizeof shown - 80; i++)
        len += (size_t)snprintf(shown + len, sizeof shown - len, "%s%.*s",
                                i == 0 ? "" : ", ",
                                SHOWN(*ODM_LIST_AT(range->values, struct text, i)));
    snprintf(shown + len, sizeof shown - len, ")");
    void *added;
    if (!odm_list_add(&parts->foreign_rules, sizeof(struct odm_foreign_rule),
                      parts->study, &added, err))
        return false;
    ((struct odm_foreign_rule *)added)->version = parser->parts.versions.count - 1;
    struct foreign_rule *rule = &((struct odm_foreign_rule *)added)->rule;
    *rule = (struct foreign_rule){.use = FOREIGN_CHECK,
                                  .owner = open_item(parser)->item.oid,
                                  .context = TEXT("RangeCheck"),
                                  .line = range->place.line,
                                  .column = range->place.column};
    return odm_keep(parts, text_of(shown), &rule->source, err);
}

bool odm_range_end(struct odm_parser *parser, struct error *err)
{
    const struct odm_range *range = &parser->range;
    const struct item *item = &open_item(parser)->item;
    struct odm_parts *parts = &parser->parts;
    if (range->is_settled)
        return true;
    if (range->comparator == ODM_NO_COMPARATOR)
        return odm_check_end(parser, err);
    bool is_limit = range->comparator <= ODM_GE;
    bool is_set = range->comparator >= ODM_IN;
    if (range->values.count != 1 && !(is_set && range->values.count > 0)) {
        odm_finding_add(parts, range->place, NULL, "one CheckValue is needed, not %zu",
                        range->values.count);
        return true;
    }
    if (!is_limit || !is_number(item)) {
        odm_strict_add(parts, range->place, "it is shown as text and not run",
                       "%s of the item %.*s is no limit of a number",
                       comparators[(size_t)range->comparator], SHOWN(item->oid));
        return add_rule(parser, err);
    }
    struct text written = *ODM_LIST_AT(range->values, struct text, 0);
    struct decimal value;
    size_t at;
    if (decimal_parse(written, &value, &at) == DECIMAL_OK)
        set_limit(parser, value);
    else
        odm_finding_add(parts, range->place, "a number, as in 100 or 36.5",
                        "CheckValue is \"%.*s\"", SHOWN(written));
    return true;
}

/* --- at the end of the item ------------------------------------------------------- */

static void check_range(struct odm_parser *parser, const struct range *range,
                        const char *name)
{
    if (!range->has_low || !range->has_high)
        return;
    int order = decimal_compare(range->low, range->high);
    if (order > 0 || (order == 0 && (range->is_low_open || range->is_high_open)))
        odm_finding_add(&parser->parts, open_item(parser)->place,
                        "GE gives the lower limit, LE the upper one",
                        "the %s limits of %.*s leave no value", name,
                        SHOWN(open_item(parser)->item.oid));
}

bool odm_item_end(struct odm_parser *parser, struct error *err)
{
    (void)err;
    check_range(parser, &open_item(parser)->item.hard, "hard");
    check_range(parser, &open_item(parser)->item.soft, "soft");
    return true;
}

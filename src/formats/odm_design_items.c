/* Items with their limits and facts, code lists. */
#include "formats/odm_design_elements.h"

static struct odm_item *open_item(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.items, struct odm_item);
}

/* --- items ------------------------------------------------------------------------ */

static enum item_type item_type(struct odm_parser *parser,
                                const struct xml_element *element)
{
    struct text name = xml_attribute(element, "DataType");
    enum item_type type;
    if (item_type_of_odm(name, &type))
        return type;
    odm_finding_add(&parser->parts, element->place, "one of " ITEM_TYPE_ODM_NAMES,
                    "ItemDef: no item can be of DataType \"%.*s\"", SHOWN(name));
    return ITEM_TEXT;
}

/* DisplayFormat "5.1" of a number: at most one digit after the point. -1: not said. */
static int32_t decimals_of(struct odm_parser *parser, const struct xml_element *element)
{
    struct text format = xml_attribute(element, "DisplayFormat");
    if (text_is_absent(format))
        return -1;
    struct text rest = format;
    struct text width = text_cut(&rest, '.');
    int64_t places = 0;
    int64_t decimals = 0;
    if (text_to_int64(width, &places) && text_to_int64(rest, &decimals) && places > 0 &&
        decimals >= 0 && decimals <= DECIMAL_DIGITS)
        return (int32_t)decimals;
    odm_finding_add(&parser->parts, element->place,
                    "as in 5.1: five places, one decimal",
                    "ItemDef: DisplayFormat is \"%.*s\"", SHOWN(format));
    return -1;
}

static size_t length_of(struct odm_parser *parser, const struct xml_element *element)
{
    struct text value = xml_attribute(element, "Length");
    int64_t length = 0;
    if (text_is_absent(value))
        return 0;
    if (text_to_int64(value, &length) && length > 0 && length <= LIMIT_ITEM_TEXT)
        return (size_t)length;
    odm_finding_add(&parser->parts, element->place, "a whole number from 1 to 65536",
                    "ItemDef: Length is \"%.*s\"", SHOWN(value));
    return 0;
}

bool odm_item_start(struct odm_parser *parser, const struct xml_element *element,
                    struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.items, sizeof(struct odm_item),
                      parser->parts.study, &added, err))
        return false;
    struct odm_item *item = added;
    item->place = element->place;
    item->item.type = item_type(parser, element);
    item->item.decimals =
        item->item.type == ITEM_DECIMAL ? decimals_of(parser, element) : -1;
    item->item.max_length =
        item->item.type == ITEM_TEXT ? length_of(parser, element) : 0;
    return odm_oid(parser, element, "OID", &item->item.oid, err) &&
           odm_oid(parser, element, "Name", &item->item.name, err);
}

bool odm_item_description(struct odm_parser *parser, const struct xml_element *element,
                          struct error *err)
{
    (void)element, (void)err;
    parser->label = &open_item(parser)->description;
    return true;
}

bool odm_item_question(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    (void)element, (void)err;
    parser->label = &open_item(parser)->item.label;
    return true;
}

bool odm_item_note(struct odm_parser *parser, const struct xml_element *element,
                   struct error *err)
{
    (void)element, (void)err;
    parser->label = &open_item(parser)->item.note;
    return true;
}

static void check_range(struct odm_parser *parser, const struct range *range,
                        const char *name)
{
    if (range->has_low && range->has_high &&
        decimal_compare(range->low, range->high) > 0)
        odm_finding_add(&parser->parts, open_item(parser)->place,
                        "GE gives the lower limit, LE the upper one",
                        "ItemDef %.*s: the %s limits leave no value",
                        SHOWN(open_item(parser)->item.oid), name);
}

bool odm_item_end(struct odm_parser *parser, struct error *err)
{
    (void)err;
    check_range(parser, &open_item(parser)->item.hard, "hard");
    check_range(parser, &open_item(parser)->item.soft, "soft");
    return true;
}

/* --- limits ----------------------------------------------------------------------- */

bool odm_range_start(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)err;
    struct text comparator = xml_attribute(element, "Comparator");
    struct text strength = xml_attribute(element, "SoftHard");
    struct odm_range range = {
        .place = element->place,
        .is_low = text_equal(comparator, TEXT("GE")),
        .is_high = text_equal(comparator, TEXT("LE")),
        .is_hard = text_equal(strength, TEXT("Hard")),
        .is_soft = text_equal(strength, TEXT("Soft")),
    };
    if (!range.is_low && !range.is_high)
        odm_finding_add(&parser->parts, element->place,
                        "GE or LE; other rules are conditions and checks of the study",
                        "RangeCheck: Comparator is \"%.*s\"", SHOWN(comparator));
    if (!range.is_hard && !range.is_soft)
        odm_finding_add(&parser->parts, element->place, "Hard or Soft",
                        "RangeCheck: SoftHard is \"%.*s\"", SHOWN(strength));
    if (!text_is_absent(xml_attribute(element, "ItemOID")))
        odm_finding_add(&parser->parts, element->place, NULL,
                        "RangeCheck: ItemOID: a limit is one of its own item");
    parser->range = range;
    return true;
}

bool odm_range_value_start(struct odm_parser *parser, const struct xml_element *element,
                           struct error *err)
{
    (void)element, (void)err;
    parser->text.len = 0;
    return true;
}

bool odm_range_value_end(struct odm_parser *parser, struct error *err)
{
    struct text t;
    if (!buffer_text(&parser->text, &t, err))
        return false;
    t = text_trim(t);
    parser->range.value_count++;
    size_t at;
    if (decimal_parse(t, &parser->range.value, &at) != DECIMAL_OK)
        odm_finding_add(&parser->parts, parser->range.place,
                        "a number, as in 100 or 36.5",
                        "RangeCheck: CheckValue is \"%.*s\"", SHOWN(t));
    return true;
}

bool odm_range_end(struct odm_parser *parser, struct error *err)
{
    (void)err;
    const struct odm_range *range = &parser->range;
    struct item *item = &open_item(parser)->item;
    bool is_number = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL;
    if (range->value_count != 1)
        odm_finding_add(&parser->parts, range->place, NULL,
                        "RangeCheck: one CheckValue is needed, not %zu",
                        range->value_count);
    if (!is_number)
        odm_finding_add(&parser->parts, range->place, NULL,
                        "RangeCheck: the item %.*s is no number", SHOWN(item->oid));
    struct range *limits = range->is_hard ? &item->hard : &item->soft;
    bool *has = range->is_low ? &limits->has_low : &limits->has_high;
    if (*has)
        odm_finding_add(&parser->parts, range->place, "keep one",
                        "RangeCheck: a second %s %s limit",
                        range->is_hard ? "hard" : "soft",
                        range->is_low ? "lower" : "upper");
    *has = true;
    *(range->is_low ? &limits->low : &limits->high) = range->value;
    return true;
}

/* --- facts in codings ------------------------------------------------------------- */

static bool take_unit(struct odm_parser *parser, const struct xml_element *element,
                      struct text code, struct error *err)
{
    (void)element, (void)err;
    open_item(parser)->item.unit = code;
    return true;
}

static bool take_loinc(struct odm_parser *parser, const struct xml_element *element,
                       struct text code, struct error *err)
{
    (void)element, (void)err;
    open_item(parser)->item.loinc = code;
    return true;
}

static void refuse_code(struct odm_parser *parser, const struct xml_element *element,
                        const char *fact, struct text code, const char *known)
{
    odm_finding_add(&parser->parts, element->place, known, "%s cannot be \"%.*s\"",
                    fact, SHOWN(code));
}

/* ODM 2.0 lets an item have several Value elements but cannot say in the design that it
 * may: Repeat on an ItemRef makes the section repeat, one code a row. So a fact of ours. */
static bool take_multiple(struct odm_parser *parser, const struct xml_element *element,
                          struct text code, struct error *err)
{
    (void)err;
    open_item(parser)->item.is_multiple = true;
    if (!text_equal(code, TEXT("Yes")))
        refuse_code(parser, element, "multiple", code, "Yes, or leave it out");
    return true;
}

static bool take_privacy(struct odm_parser *parser, const struct xml_element *element,
                         struct text code, struct error *err)
{
    (void)err;
    /* Only identity changes where a value is kept; the others say what exports do. */
    static const struct text known[] = {
        TEXT_INIT("identity"), TEXT_INIT("location"), TEXT_INIT("staff-code"),
        TEXT_INIT("pseudonymised"), TEXT_INIT("restricted")};
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (text_equal(known[i], code)) {
            if (i == 0)
                open_item(parser)->item.is_identity = true;
            return true;
        }
    refuse_code(parser, element, "privacy", code,
                "identity, location, staff-code, pseudonymised or restricted");
    return true;
}

static bool take_second_check(struct odm_parser *parser,
                              const struct xml_element *element, struct text code,
                              struct error *err)
{
    (void)err;
    static const struct {
        struct text code;
        enum second_check check;
    } known[] = {{TEXT_INIT("person"), SECOND_CHECK_PERSON},
                 {TEXT_INIT("repeat"), SECOND_CHECK_REPEAT},
                 {TEXT_INIT("person-or-repeat"), SECOND_CHECK_EITHER}};
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (text_equal(known[i].code, code)) {
            open_item(parser)->item.second_check = known[i].check;
            return true;
        }
    refuse_code(parser, element, "second-check", code,
                "person, repeat or person-or-repeat");
    return true;
}

bool odm_item_coding(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    static const struct odm_coding table[] = {
        {"http://unitsofmeasure.org", take_unit},
        {"http://loinc.org", take_loinc},
        {ODM_VENDOR_SYSTEM "multiple", take_multiple},
        {ODM_VENDOR_SYSTEM "privacy", take_privacy},
        {ODM_VENDOR_SYSTEM "second-check", take_second_check},
    };
    return odm_coding_take(parser, element, table, ARRAY_COUNT(table), err);
}

/* --- code lists ------------------------------------------------------------------- */

bool odm_codelist_ref_start(struct odm_parser *parser,
                            const struct xml_element *element, struct error *err)
{
    struct odm_item *item = open_item(parser);
    item->item.type = ITEM_CODED;
    item->codelist_place = element->place;
    return odm_oid(parser, element, "CodeListOID", &item->codelist, err);
}

bool odm_codelist_start(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.codelists, sizeof(struct odm_codelist),
                      parser->parts.study, &added, err))
        return false;
    struct odm_codelist *list = added;
    list->place = element->place;
    return odm_oid(parser, element, "OID", &list->codelist.oid, err) &&
           odm_attribute(parser, element, "Name", &list->codelist.label.english, err);
}

bool odm_codelist_label(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    (void)element, (void)err;
    parser->label =
        &ODM_OPEN(parser->parts.codelists, struct odm_codelist)->codelist.label;
    return true;
}

bool odm_code_start(struct odm_parser *parser, const struct xml_element *element,
                    struct error *err)
{
    struct odm_codelist *list = ODM_OPEN(parser->parts.codelists, struct odm_codelist);
    void *added;
    if (!odm_list_add(&list->codes, sizeof(struct odm_code), parser->parts.study,
                      &added, err))
        return false;
    struct odm_code *code = added;
    code->place = element->place;
    code->order = odm_order(parser, element);
    if (!odm_oid(parser, element, "CodedValue", &code->code.code, err))
        return false;
    code->code.label.english = code->code.code;
    return true;
}

bool odm_code_label(struct odm_parser *parser, const struct xml_element *element,
                    struct error *err)
{
    (void)element, (void)err;
    struct odm_codelist *list = ODM_OPEN(parser->parts.codelists, struct odm_codelist);
    parser->label = &ODM_OPEN(list->codes, struct odm_code)->code.label;
    return true;
}

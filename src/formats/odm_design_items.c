/* Items with their limits and facts, code lists. */
#include "base/unit.h"
#include "formats/odm_design_elements.h"
#include "formats/redcap_project.h"

#include <stdio.h>

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
    struct text nearest = item_type_nearest(name);
    char hint[120] = "text, integer, float, date, datetime, time, boolean …";
    if (!text_is_absent(nearest))
        snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(nearest));
    odm_finding_add(&parser->parts, element->place, hint, "DataType is \"%.*s\"",
                    SHOWN(name));
    return ITEM_TEXT;
}

/* DisplayFormat "5.1" of a number: at most one digit after the point. ODM 1 says it by
 * SignificantDigits. -1: not said. */
static int32_t decimals_of(struct odm_parser *parser, const struct xml_element *element)
{
    bool is_2 = parser->parts.is_odm_2;
    const char *name = is_2 ? "DisplayFormat" : "SignificantDigits";
    struct text format = xml_attribute(element, name);
    if (text_is_absent(format))
        return -1;
    struct text rest = format;
    struct text width = is_2 ? text_cut(&rest, '.') : TEXT("1");
    int64_t places = 0;
    int64_t decimals = 0;
    if (text_to_int64(width, &places) && text_to_int64(rest, &decimals) && places > 0 &&
        decimals >= 0 && decimals <= DECIMAL_DIGITS)
        return (int32_t)decimals;
    odm_strict_add(&parser->parts, element->place,
                   is_2 ? "as in 5.1: five places, one decimal" : "a whole number",
                   "%s is \"%.*s\"", name, SHOWN(format));
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
    odm_strict_add(&parser->parts, element->place, "a whole number from 1 to 65536",
                   "Length is \"%.*s\"", SHOWN(value));
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
    item->version = parser->parts.versions.count - 1;
    item->place = element->place;
    item->item.type = item_type(parser, element);
    item->is_boolean = item->item.type == ITEM_CODED;
    item->item.decimals =
        item->item.type == ITEM_DECIMAL ? decimals_of(parser, element) : -1;
    item->item.max_length =
        item->item.type == ITEM_TEXT ? length_of(parser, element) : 0;
    return odm_oid(parser, element, "OID", &item->item.oid, err) &&
           odm_name(parser, element, &item->item.name, err) &&
           odm_foreign_item(parser, element, err) &&
           redcap_item_attributes(parser, element, err);
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
    /* Only identity changes where a value is kept; exports leave out location too. */
    static const struct text known[] = {
        TEXT_INIT("identity"), TEXT_INIT("location"), TEXT_INIT("staff-code"),
        TEXT_INIT("pseudonymised"), TEXT_INIT("restricted")};
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (text_equal(known[i], code)) {
            open_item(parser)->item.is_identity |= i == 0;
            open_item(parser)->item.is_location |= i == 1;
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

static bool take_verification(struct odm_parser *parser,
                              const struct xml_element *element, struct text code,
                              struct error *err)
{
    (void)err;
    if (!verification_need_parse(code, &open_item(parser)->item.verification))
        refuse_code(parser, element, "source-verification", code,
                    "always, sampled or never");
    return true;
}

static bool take_source(struct odm_parser *parser, const struct xml_element *element,
                        struct text code, struct error *err)
{
    (void)element, (void)err;
    open_item(parser)->item.source = code;
    return true;
}

static bool take_basis(struct odm_parser *parser, const struct xml_element *element,
                       struct text code, struct error *err)
{
    (void)element, (void)err;
    open_item(parser)->item.basis = code;
    return true;
}

/* "mg/dL x10": results may come in this unit; times 10 they are in the item's own. */
static bool take_accepted(struct odm_parser *parser, const struct xml_element *element,
                          struct text code, struct error *err)
{
    struct accepted_unit accepted;
    struct unit_of_measure unit;
    size_t end = code.len;
    while (end > 1 && !(code.at[end - 1] == 'x' && code.at[end - 2] == ' '))
        end--;
    accepted.unit = text_part(code, 0, end < 2 ? 0 : end - 2);
    bool is_factor = decimal_parse(text_part(code, end, code.len), &accepted.factor,
                                   NULL) == DECIMAL_OK &&
                     accepted.factor.coefficient > 0;
    if (end < 2 || !is_factor || !unit_parse(accepted.unit, &unit, NULL)) {
        refuse_code(parser, element, "accepts", code,
                    "a UCUM unit and its factor, as in \"mg/dL x10\"");
        return true;
    }
    void *added;
    if (!odm_list_add(&open_item(parser)->accepted, sizeof accepted,
                      parser->parts.study, &added, err))
        return false;
    *(struct accepted_unit *)added = accepted;
    return true;
}

bool odm_item_coding(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    static const struct odm_coding table[] = {
        {"http://unitsofmeasure.org", take_unit},
        {"http://loinc.org", take_loinc},
        {ODM_VENDOR_SYSTEM "accepts", take_accepted},
        {ODM_VENDOR_SYSTEM "multiple", take_multiple},
        {ODM_VENDOR_SYSTEM "privacy", take_privacy},
        {ODM_VENDOR_SYSTEM "second-check", take_second_check},
        {ODM_VENDOR_SYSTEM "source-verification", take_verification},
        {ODM_VENDOR_SYSTEM "source", take_source},
        {ODM_VENDOR_SYSTEM "basis", take_basis},
    };
    return odm_coding_take(parser, element, table, ARRAY_COUNT(table), err);
}

/* --- code lists ------------------------------------------------------------------- */

bool odm_codelist_ref_start(struct odm_parser *parser,
                            const struct xml_element *element, struct error *err)
{
    struct odm_item *item = open_item(parser);
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
    list->version = parser->parts.versions.count - 1;
    list->place = element->place;
    return odm_oid(parser, element, "OID", &list->codelist.oid, err) &&
           odm_attribute(parser, element, "Name", &list->codelist.label.english, err) &&
           odm_attribute(parser, element, REDCAP_SPACE " CheckboxChoices",
                         &list->choices, err);
}

bool odm_codelist_label(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    (void)element, (void)err;
    parser->label =
        &ODM_OPEN(parser->parts.codelists, struct odm_codelist)->codelist.label;
    return true;
}

static bool take_codelist_basis(struct odm_parser *parser,
                                const struct xml_element *element, struct text code,
                                struct error *err)
{
    (void)element, (void)err;
    ODM_OPEN(parser->parts.codelists, struct odm_codelist)->codelist.basis = code;
    return true;
}

bool odm_codelist_coding(struct odm_parser *parser, const struct xml_element *element,
                         struct error *err)
{
    static const struct odm_coding table[] = {
        {ODM_VENDOR_SYSTEM "basis", take_codelist_basis},
    };
    return odm_coding_take(parser, element, table, ARRAY_COUNT(table), err);
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

/* StudyParameters: planned number, sites, and what the rules may name besides items:
 * settings, counts, registers; and the points that the registration leaves open. */
#include "formats/odm_design_elements.h"

static struct odm_parameter *open_parameter(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.parameters, struct odm_parameter);
}

bool odm_parameter_start(struct odm_parser *parser, const struct xml_element *element,
                         struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.parameters, sizeof(struct odm_parameter),
                      parser->parts.study, &added, err))
        return false;
    struct odm_parameter *parameter = added;
    parameter->version = parser->parts.versions.count - 1;
    parameter->place = element->place;
    return odm_oid(parser, element, "OID", &parameter->oid, err) &&
           odm_attribute(parser, element, "ShortName", &parameter->short_name, err) &&
           odm_attribute(parser, element, "Term", &parameter->term, err);
}

bool odm_parameter_value_start(struct odm_parser *parser,
                               const struct xml_element *element, struct error *err)
{
    return odm_attribute(parser, element, "Value", &open_parameter(parser)->value, err);
}

static bool take_prefix(struct odm_parser *parser, const struct xml_element *element,
                        struct text code, struct error *err)
{
    (void)element, (void)err;
    open_parameter(parser)->prefix = code;
    return true;
}

static bool two_digits(struct text t, size_t at, int32_t *out)
{
    int64_t number = 0;
    struct text digits = text_part(t, at, 2);
    bool is_ok =
        digits.len == 2 && digits.at[0] != '-' && text_to_int64(digits, &number);
    *out = (int32_t)number;
    return is_ok;
}

/* "+08:00", as in ISO 8601 */
static bool take_offset(struct odm_parser *parser, const struct xml_element *element,
                        struct text code, struct error *err)
{
    (void)err;
    int32_t hours = 0;
    int32_t minutes = 0;
    bool is_ok = code.len == 6 && (code.at[0] == '+' || code.at[0] == '-') &&
                 code.at[3] == ':' && two_digits(code, 1, &hours) &&
                 two_digits(code, 4, &minutes) && hours <= 14 && minutes < 60;
    if (!is_ok)
        odm_finding_add(&parser->parts, element->place, "as in +08:00",
                        "\"%.*s\" is no offset from UTC", SHOWN(code));
    int32_t offset = hours * 60 + minutes;
    open_parameter(parser)->offset_minutes = code.at[0] == '-' ? -offset : offset;
    return true;
}

/* --- settings, counts, registers -------------------------------------------------- */

#define TAKE_TEXT(function, member)                                                    \
    static bool function(struct odm_parser *parser, const struct xml_element *element, \
                         struct text code, struct error *err)                          \
    {                                                                                  \
        (void)element, (void)err;                                                      \
        open_parameter(parser)->member = code;                                         \
        return true;                                                                   \
    }
TAKE_TEXT(take_key, key)
TAKE_TEXT(take_begins, begins)
TAKE_TEXT(take_ends, ends)

static bool take_name(struct odm_parser *parser, const struct xml_element *element,
                      struct text code, struct error *err)
{
    (void)element, (void)err;
    open_parameter(parser)->chinese = code;
    return true;
}

static bool take_basis(struct odm_parser *parser, const struct xml_element *element,
                       struct text code, struct error *err)
{
    (void)element, (void)err;
    open_parameter(parser)->basis = code;
    return true;
}

static bool take_over(struct odm_parser *parser, const struct xml_element *element,
                      struct text code, struct error *err)
{
    (void)err;
    if (!text_equal(code, TEXT("participants")) && !text_equal(code, TEXT("others")))
        odm_finding_add(&parser->parts, element->place, "participants or others",
                        "count-over cannot be \"%.*s\"", SHOWN(code));
    open_parameter(parser)->over = code;
    return true;
}

/* "EXPIRY moment": name and type. */
static bool take_field(struct odm_parser *parser, const struct xml_element *element,
                       struct text code, struct error *err)
{
    void *added;
    if (!odm_list_add(&open_parameter(parser)->fields, sizeof(struct register_field),
                      parser->parts.study, &added, err))
        return false;
    struct register_field *field = added;
    field->name = text_cut(&code, ' ');
    field->type = text_trim(code);
    if (field->type.len == 0)
        odm_finding_add(&parser->parts, element->place, "as in EXPIRY moment",
                        "the field %.*s has no type", SHOWN(field->name));
    return odm_attribute(parser, element, "Label", &field->label, err);
}

/* --- open points ------------------------------------------------------------------- */

TAKE_TEXT(take_says, says.english)
TAKE_TEXT(take_says_chinese, says.chinese)
TAKE_TEXT(take_choice, choice.english)
TAKE_TEXT(take_choice_chinese, choice.chinese)
TAKE_TEXT(take_confirm, confirm.english)
TAKE_TEXT(take_confirm_chinese, confirm.chinese)

/* --- the plan of source verification ------------------------------------------------- */

TAKE_TEXT(take_first, first)
TAKE_TEXT(take_share, share)

/* --- alarms -------------------------------------------------------------------------- */

TAKE_TEXT(take_escalates, escalates)
TAKE_TEXT(take_repeats, repeats)
TAKE_TEXT(take_told, told.english)
TAKE_TEXT(take_told_chinese, told.chinese)

static bool take_step(struct odm_parser *parser, const struct xml_element *element,
                      struct text code, struct error *err)
{
    (void)element;
    void *added;
    if (!odm_list_add(&open_parameter(parser)->steps, sizeof(struct text),
                      parser->parts.study, &added, err))
        return false;
    *(struct text *)added = code;
    return true;
}

static bool take_concern(struct odm_parser *parser, const struct xml_element *element,
                         struct text code, struct error *err)
{
    (void)element;
    void *added;
    if (!odm_list_add(&open_parameter(parser)->concerns, sizeof(struct text),
                      parser->parts.study, &added, err))
        return false;
    *(struct text *)added = code;
    return true;
}

bool odm_parameter_coding(struct odm_parser *parser, const struct xml_element *element,
                          struct error *err)
{
    static const struct odm_coding table[] = {
        {ODM_VENDOR_SYSTEM "number-prefix", take_prefix},
        {ODM_VENDOR_SYSTEM "utc-offset", take_offset},
        {ODM_VENDOR_SYSTEM "name/zh-CN", take_name},
        {ODM_VENDOR_SYSTEM "basis", take_basis},
        {ODM_VENDOR_SYSTEM "count-over", take_over},
        {ODM_VENDOR_SYSTEM "count-key", take_key},
        {ODM_VENDOR_SYSTEM "count-from", take_begins},
        {ODM_VENDOR_SYSTEM "count-to", take_ends},
        {ODM_VENDOR_SYSTEM "register-field", take_field},
        {ODM_VENDOR_SYSTEM "says", take_says},
        {ODM_VENDOR_SYSTEM "says/zh-CN", take_says_chinese},
        {ODM_VENDOR_SYSTEM "choice", take_choice},
        {ODM_VENDOR_SYSTEM "choice/zh-CN", take_choice_chinese},
        {ODM_VENDOR_SYSTEM "confirm", take_confirm},
        {ODM_VENDOR_SYSTEM "confirm/zh-CN", take_confirm_chinese},
        {ODM_VENDOR_SYSTEM "concerns", take_concern},
        {ODM_VENDOR_SYSTEM "verify-first", take_first},
        {ODM_VENDOR_SYSTEM "verify-share", take_share},
        {ODM_VENDOR_SYSTEM "alarm-step", take_step},
        {ODM_VENDOR_SYSTEM "alarm-escalates", take_escalates},
        {ODM_VENDOR_SYSTEM "alarm-repeats", take_repeats},
        {ODM_VENDOR_SYSTEM "alarm-told", take_told},
        {ODM_VENDOR_SYSTEM "alarm-told/zh-CN", take_told_chinese},
    };
    return odm_coding_take(parser, element, table, ARRAY_COUNT(table), err);
}

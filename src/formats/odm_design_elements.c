#include "formats/odm_design_elements.h"

#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

static odm_start translated_start, written_start;
static odm_end translated_end;

/* Read top to bottom: what stands where in ODM 2.0 (ODM-study.xsd, ODM-protocol.xsd,
 * ODM-admindata.xsd) and in ODM 1.3.2 (ODM1-3-2-foundation.xsd), as far as a design is
 * concerned. What else they have there stands in odm_design_alien.c. */
// clang-format off
static const struct odm_element_row rows[] = {
    /* in               element                      of       is                   at its start               at its end */
    {ODM_DOCUMENT,      "ODM",                       ODM_ANY, ODM_ROOT,            NULL,                      NULL},
    {ODM_DOCUMENT,      "Study",                     ODM_ANY, ODM_STUDY,           odm_study_start,           odm_study_end},
    {ODM_DOCUMENT,      "MetaDataVersion",           ODM_ANY, ODM_VERSION,         odm_version_start,         NULL},
    {ODM_ROOT,          "Study",                     ODM_ANY, ODM_STUDY,           odm_study_start,           odm_study_end},
    {ODM_STUDY,         "Description",               ODM_2,   ODM_LABEL,           odm_study_label,           NULL},
    {ODM_STUDY,         "GlobalVariables",           ODM_1,   ODM_GLOBALS,         NULL,                      NULL},           
    {ODM_GLOBALS,       "StudyName",                 ODM_1,   ODM_WRITTEN,         written_start,             odm_study_name_end},
    {ODM_GLOBALS,       "ProtocolName",              ODM_1,   ODM_WRITTEN,         written_start,             odm_protocol_name_end},
    {ODM_STUDY,         "BasicDefinitions",          ODM_1,   ODM_BASICS,          NULL,                      NULL},
    {ODM_BASICS,        "MeasurementUnit",           ODM_1,   ODM_UNIT,            odm_unit_start,            NULL},
    {ODM_UNIT,          "Symbol",                    ODM_1,   ODM_LABEL,           odm_unit_symbol,           NULL},
    {ODM_STUDY,         "MetaDataVersion",           ODM_ANY, ODM_VERSION,         odm_version_start,         NULL},
    {ODM_VERSION,       "Include",                   ODM_ANY, ODM_LEAF,            odm_include_start,         NULL},

    {ODM_VERSION,       "Protocol",                  ODM_ANY, ODM_PROTOCOL,        NULL,                      NULL},
    {ODM_PROTOCOL,      "StudySummary",              ODM_2,   ODM_SUMMARY,         NULL,                      NULL},
    {ODM_SUMMARY,       "StudyParameter",            ODM_2,   ODM_PARAMETER,       odm_parameter_start,       NULL},
    {ODM_PARAMETER,     "ParameterValue",            ODM_2,   ODM_PARAMETER_VALUE, odm_parameter_value_start, NULL},
    {ODM_PARAMETER_VALUE, "Coding",                  ODM_2,   ODM_LEAF,            odm_parameter_coding,      NULL},
    {ODM_PROTOCOL,      "StudyEventRef",             ODM_1,   ODM_LEAF,            odm_event_ref_start,       NULL},
    {ODM_PROTOCOL,      "StudyTimings",              ODM_2,   ODM_TIMINGS,         NULL,                      NULL},
    {ODM_TIMINGS,       "StudyTiming",               ODM_2,   ODM_TIMING,          NULL,                      NULL},
    {ODM_TIMING,        "RelativeTimingConstraint",  ODM_2,   ODM_LEAF,            odm_timing_start,          NULL},

    {ODM_VERSION,       "StudyEventGroupDef",        ODM_2,   ODM_EVENT_GROUP,     NULL,                      NULL},
    {ODM_EVENT_GROUP,   "StudyEventRef",             ODM_2,   ODM_LEAF,            odm_event_ref_start,       NULL},
    {ODM_VERSION,       "StudyEventDef",             ODM_ANY, ODM_EVENT,           odm_event_start,           NULL},
    {ODM_EVENT,         "Description",               ODM_ANY, ODM_LABEL,           odm_event_label,           NULL},
    {ODM_EVENT,         "FormRef",                   ODM_1,   ODM_LEAF,            odm_event_form_ref,        NULL},
    {ODM_EVENT,         "ItemGroupRef",              ODM_2,   ODM_LEAF,            odm_event_form,            NULL},
    {ODM_EVENT,         "Coding",                    ODM_2,   ODM_LEAF,            odm_event_coding,          NULL},

    {ODM_VERSION,       "FormDef",                   ODM_1,   ODM_FORM,            odm_form_start,            NULL},
    {ODM_FORM,          "Description",               ODM_ANY, ODM_LABEL,           odm_group_label,           NULL},
    {ODM_FORM,          "ItemGroupRef",              ODM_ANY, ODM_LEAF,            odm_group_ref_start,       NULL},
    {ODM_VERSION,       "ItemGroupDef",              ODM_ANY, ODM_GROUP,           odm_group_start,           NULL},
    {ODM_GROUP,         "Description",               ODM_ANY, ODM_LABEL,           odm_group_label,           NULL},
    {ODM_GROUP,         "ItemGroupRef",              ODM_2,   ODM_LEAF,            odm_group_ref_start,       NULL},
    {ODM_GROUP,         "Coding",                    ODM_2,   ODM_LEAF,            odm_group_coding,          NULL},
    {ODM_GROUP,         "ItemRef",                   ODM_ANY, ODM_ITEM_REF,        odm_item_ref_start,        NULL},
    {ODM_ITEM_REF,      "Origin",                    ODM_2,   ODM_LEAF,            odm_origin_start,          NULL},

    {ODM_VERSION,       "ItemDef",                   ODM_ANY, ODM_ITEM,            odm_item_start,            odm_item_end},
    {ODM_ITEM,          "Description",               ODM_ANY, ODM_LABEL,           odm_item_description,      NULL},
    {ODM_ITEM,          "Question",                  ODM_ANY, ODM_LABEL,           odm_item_question,         NULL},
    {ODM_ITEM,          "CRFCompletionInstructions", ODM_2,   ODM_LABEL,           odm_item_note,             NULL},
    {ODM_ITEM,          "MeasurementUnitRef",        ODM_1,   ODM_LEAF,            odm_unit_ref_start,        NULL},
    {ODM_ITEM,          "RangeCheck",                ODM_ANY, ODM_RANGE,           odm_range_start,           odm_range_end},
    {ODM_RANGE,         "CheckValue",                ODM_ANY, ODM_WRITTEN,         written_start,             odm_range_value_end},
    {ODM_RANGE,         "FormalExpression",          ODM_ANY, ODM_EXPRESSION,      odm_formula_start,         odm_formula_end},
    {ODM_RANGE,         "ErrorMessage",              ODM_ANY, ODM_LABEL,           odm_range_message,         NULL},
    {ODM_ITEM,          "CodeListRef",               ODM_ANY, ODM_LEAF,            odm_codelist_ref_start,    NULL},
    {ODM_ITEM,          "Coding",                    ODM_2,   ODM_LEAF,            odm_item_coding,           NULL},

    {ODM_VERSION,       "CodeList",                  ODM_ANY, ODM_CODELIST,        odm_codelist_start,        NULL},
    {ODM_CODELIST,      "Description",               ODM_ANY, ODM_LABEL,           odm_codelist_label,        NULL},
    {ODM_CODELIST,      "CodeListItem",              ODM_ANY, ODM_CODE,            odm_code_start,            NULL},
    {ODM_CODELIST,      "EnumeratedItem",            ODM_1,   ODM_CODE,            odm_code_start,            NULL},
    {ODM_CODELIST,      "ExternalCodeList",          ODM_1,   ODM_LEAF,            odm_external_start,        NULL},
    {ODM_CODELIST,      "Coding",                    ODM_2,   ODM_LEAF,            odm_codelist_coding,       NULL},
    {ODM_CODE,          "Decode",                    ODM_ANY, ODM_LABEL,           odm_code_label,            NULL},

    {ODM_VERSION,       "ConditionDef",              ODM_ANY, ODM_WORDS,           odm_condition_start,       NULL},
    {ODM_VERSION,       "MethodDef",                 ODM_ANY, ODM_WORDS,           odm_method_start,          NULL},
    {ODM_VERSION,       "CommentDef",                ODM_2,   ODM_WORDS,           odm_comment_start,         NULL},
    {ODM_WORDS,         "Description",               ODM_ANY, ODM_LABEL,           odm_words_label,           NULL},
    {ODM_WORDS,         "FormalExpression",          ODM_ANY, ODM_EXPRESSION,      odm_formula_start,         odm_formula_end},
    {ODM_EXPRESSION,    "Code",                      ODM_2,   ODM_WRITTEN,         odm_formula_code_start,    odm_formula_code_end},
    {ODM_WORDS,         "Alias",                     ODM_ANY, ODM_LEAF,            odm_words_alias,           NULL},

    {ODM_ROOT,          "AdminData",                 ODM_ANY, ODM_ADMIN,           NULL,                      NULL},
    {ODM_ADMIN,         "Organization",              ODM_2,   ODM_ORGANIZATION,    odm_organization_start,    NULL},
    {ODM_ORGANIZATION,  "Description",               ODM_2,   ODM_LABEL,           NULL,                      NULL}, /* its start said where */
    {ODM_ADMIN,         "Location",                  ODM_ANY, ODM_LOCATION,        odm_location_start,        NULL},
    {ODM_LOCATION,      "Description",               ODM_2,   ODM_LABEL,           odm_location_label,        NULL},

    {ODM_LABEL,         "TranslatedText",            ODM_ANY, ODM_TRANSLATED,      translated_start,          translated_end},
};
// clang-format on

const struct odm_element_row *odm_element_row(enum odm_element parent, struct text name)
{
    static const struct odm_element_row unknown = {.element = ODM_UNKNOWN};
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        if (rows[i].parent == parent && text_equal(text_of(rows[i].name), name))
            return &rows[i];
    return &unknown;
}

void odm_offer_names(enum odm_element parent, struct nearest *nearest)
{
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        if (rows[i].parent == parent)
            nearest_offer(nearest, text_of(rows[i].name));
}

/* --- attributes ------------------------------------------------------------------- */

bool odm_attribute(struct odm_parser *parser, const struct xml_element *element,
                   const char *name, struct text *out, struct error *err)
{
    struct text value = xml_attribute(element, name);
    if (value.len > LIMIT_ITEM_TEXT)
        return error_set(err, ERROR_TOO_LARGE,
                         "the attribute %s is longer than %d bytes", name,
                         (int)LIMIT_ITEM_TEXT);
    return odm_keep(&parser->parts, value, out, err);
}

/* The attribute that was meant by a missing one, when there is one of nearly its name. */
static struct text meant(const struct xml_element *element, const char *name)
{
    struct nearest nearest = nearest_to(text_of(name));
    for (const char *const *at = element->attributes; at[0] != NULL; at += 2)
        if (text_distance(text_of(at[0]), text_of(name), 1) <= 1)
            nearest_offer(&nearest, text_of(at[0]));
    return nearest.best;
}

static void missing(struct odm_parser *parser, const struct xml_element *element,
                    const char *name)
{
    char hint[LIMIT_OID] = "";
    struct text other = meant(element, name);
    if (!text_is_absent(other))
        snprintf(hint, sizeof hint, "%.*s stands there: did you mean %s?", SHOWN(other),
                 name);
    odm_finding_add(&parser->parts, element->place, hint, "the attribute %s is missing",
                    name);
}

bool odm_oid(struct odm_parser *parser, const struct xml_element *element,
             const char *name, struct text *out, struct error *err)
{
    if (!odm_attribute(parser, element, name, out, err))
        return false;
    if (out->len > 0 && out->len <= LIMIT_OID)
        return true;
    if (out->len == 0)
        missing(parser, element, name);
    else
        odm_finding_add(&parser->parts, element->place, NULL,
                        "%s is longer than %d bytes", name, (int)LIMIT_OID);
    *out = (struct text){0};
    return true;
}

bool odm_name(struct odm_parser *parser, const struct xml_element *element,
              struct text *out, struct error *err)
{
    if (!odm_attribute(parser, element, "Name", out, err))
        return false;
    if (out->len == 0)
        missing(parser, element, "Name");
    if (out->len == 0)
        *out = (struct text){0};
    return true;
}

size_t odm_choice(struct odm_parser *parser, const struct xml_element *element,
                  const char *name, const char *const *values, size_t count)
{
    struct text value = xml_attribute(element, name);
    char expected[120] = "";
    size_t near = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (text_equal(text_of(values[i]), value))
            return i;
        if (text_distance(text_of(values[i]), value, 1) <= (value.len > 2 ? 1U : 0U))
            near = i;
        size_t len = strlen(expected);
        snprintf(expected + len, sizeof expected - len, "%s%s",
                 i == 0           ? ""
                 : i + 1 == count ? " or "
                                  : ", ",
                 values[i]);
    }
    if (text_is_absent(value) || value.len == 0)
        missing(parser, element, name);
    else if (near != SIZE_MAX)
        odm_strict_add(&parser->parts, element->place, expected,
                       "%s is \"%.*s\", taken as %s", name, SHOWN(value), values[near]);
    else
        odm_finding_add(&parser->parts, element->place, expected, "%s is \"%.*s\"",
                        name, SHOWN(value));
    return near;
}

bool odm_is_yes(struct odm_parser *parser, const struct xml_element *element,
                const char *name)
{
    static const char *const values[] = {"No", "Yes"};
    return odm_choice(parser, element, name, values, 2) == 1;
}

size_t odm_order(struct odm_parser *parser, const struct xml_element *element)
{
    struct text value = xml_attribute(element, "OrderNumber");
    int64_t order = 0;
    if (text_is_absent(value))
        return SIZE_MAX;
    if (text_to_int64(value, &order) && order > 0)
        return (size_t)order;
    odm_strict_add(&parser->parts, element->place, "a whole number from 1",
                   "OrderNumber is \"%.*s\"", SHOWN(value));
    return SIZE_MAX;
}

bool odm_reference(struct odm_parser *parser, const struct xml_element *element,
                   const char *name, struct odm_reference *out, struct error *err)
{
    static const char *const values[] = {"No", "Yes"};
    struct text mandatory = xml_attribute(element, "Mandatory");
    out->place = element->place;
    out->order = odm_order(parser, element);
    if (!text_is_absent(mandatory) && !text_equal(element->name, TEXT("ItemRef")))
        (void)odm_choice(parser, element, "Mandatory", values, 2);
    return odm_oid(parser, element, name, &out->oid, err);
}

static bool written_start(struct odm_parser *parser, const struct xml_element *element,
                          struct error *err)
{
    (void)element, (void)err;
    parser->text.len = 0;
    return true;
}

bool odm_written(struct odm_parser *parser, struct text *out, struct error *err)
{
    struct text t;
    return buffer_text(&parser->text, &t, err) &&
           odm_keep(&parser->parts, text_trim(t), out, err);
}

/* --- codings ---------------------------------------------------------------------- */

static void unknown_term(struct odm_parser *parser, const struct xml_element *element,
                         struct text system, const struct odm_coding *table,
                         size_t count)
{
    struct nearest nearest = nearest_to(system);
    for (size_t i = 0; i < count; i++)
        nearest_offer(&nearest, text_of(table[i].system));
    char hint[120] = "";
    if (!text_is_absent(nearest.best))
        snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(nearest.best));
    odm_finding_add(&parser->parts, element->place, hint,
                    "no fact is known under the System %.*s here", SHOWN(system));
}

static bool take_fact(struct odm_parser *parser, const struct xml_element *element,
                      const char *kind, const char *value,
                      const struct odm_coding *table, size_t count, struct error *err)
{
    struct text system = xml_attribute(element, kind);
    bool is_vendor = text_starts_with(system, TEXT("https://osteon.org/"));
    parser->parts.is_ours = parser->parts.is_ours || is_vendor;
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(system, text_of(table[i].system)))
            continue;
        struct text code;
        if (!odm_attribute(parser, element, value, &code, err))
            return false;
        if (code.len > 0)
            return table[i].take(parser, element, code, err);
        odm_finding_add(&parser->parts, element->place, NULL,
                        "the %.*s of %s %.*s has no %s", SHOWN(element->name), kind,
                        SHOWN(system), value);
        return true;
    }
    /* Whatever the version: a later one says what this program does not know. */
    if (is_vendor)
        unknown_term(parser, element, system, table, count);
    return true;
}

bool odm_coding_take(struct odm_parser *parser, const struct xml_element *element,
                     const struct odm_coding *table, size_t count, struct error *err)
{
    return take_fact(parser, element, "System", "Code", table, count, err);
}

bool odm_alias_take(struct odm_parser *parser, const struct xml_element *element,
                    const struct odm_coding *table, size_t count, struct error *err)
{
    return take_fact(parser, element, "Context", "Name", table, count, err);
}

/* --- texts in languages ----------------------------------------------------------- */

void odm_label_begin(struct odm_parser *parser)
{
    parser->other_language = (struct text){0};
    parser->has_english = false;
}

/* English and Chinese have places of their own; without an English text the first of
 * the others stands for it. */
void odm_label_finish(struct odm_parser *parser)
{
    if (!parser->has_english && !text_is_absent(parser->other_language))
        parser->label->english = parser->other_language;
}

static bool translated_start(struct odm_parser *parser,
                             const struct xml_element *element, struct error *err)
{
    (void)err;
    struct text language = xml_language(element);
    struct text type = xml_attribute(element, "Type");
    parser->text.len = 0;
    parser->language = NULL;
    bool is_english = text_starts_with(language, TEXT("en"));
    if (!text_is_absent(type) && !text_equal(type, TEXT("text/plain")))
        return true;
    if (is_english || (language.len == 0 && !parser->has_english))
        parser->language = &parser->label->english;
    else if (text_starts_with(language, TEXT("zh")))
        parser->language = &parser->label->chinese;
    else if (text_is_absent(parser->other_language))
        parser->language = &parser->other_language;
    return true;
}

static bool is_white(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Lines broken and indented in the document are one line of text. In place. */
static struct text one_line(struct text t, char *bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < t.len; i++) {
        bool is_space = is_white(t.at[i]);
        if (is_space && (len == 0 || bytes[len - 1] == ' '))
            continue;
        bytes[len++] = is_space ? ' ' : t.at[i];
    }
    if (len > 0 && bytes[len - 1] == ' ')
        len--;
    return (struct text){.at = bytes, .len = len};
}

static bool translated_end(struct odm_parser *parser, struct error *err)
{
    struct text t;
    if (!buffer_text(&parser->text, &t, err))
        return false;
    if (parser->language == NULL || t.len == 0)
        return true;
    t = one_line(t, parser->text.at);
    if (t.len == 0)
        return true;
    parser->has_english =
        parser->has_english || parser->language == &parser->label->english;
    return odm_keep(&parser->parts, t, parser->language, err);
}

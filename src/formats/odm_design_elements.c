#include "formats/odm_design_elements.h"

#include "base/nearest.h"

#include <stdio.h>

static odm_start translated_start;
static odm_end translated_end;

/* Read top to bottom: what stands where in ODM 2.0 (ODM-study.xsd, ODM-protocol.xsd,
 * ODM-admindata.xsd), as far as a design is concerned. */
// clang-format off
static const struct odm_element_row rows[] = {
    /* in               element                      is                   at its start               at its end */
    {ODM_DOCUMENT,      "ODM",                       ODM_ROOT,            NULL,                      NULL},
    {ODM_ROOT,          "Study",                     ODM_STUDY,           odm_study_start,           NULL},
    {ODM_STUDY,         "Description",               ODM_LABEL,           odm_study_label,           NULL},
    {ODM_STUDY,         "MetaDataVersion",           ODM_VERSION,         odm_version_start,         NULL},
    {ODM_VERSION,       "Include",                   ODM_LEAF,            odm_include_start,         NULL},

    {ODM_VERSION,       "Protocol",                  ODM_PROTOCOL,        NULL,                      NULL},
    {ODM_PROTOCOL,      "StudySummary",              ODM_SUMMARY,         NULL,                      NULL},
    {ODM_SUMMARY,       "StudyParameter",            ODM_PARAMETER,       odm_parameter_start,       NULL},
    {ODM_PARAMETER,     "ParameterValue",            ODM_PARAMETER_VALUE, odm_parameter_value_start, NULL},
    {ODM_PARAMETER_VALUE, "Coding",                  ODM_LEAF,            odm_parameter_coding,      NULL},
    {ODM_PROTOCOL,       "StudyTimings",              ODM_TIMINGS,         NULL,                      NULL},
    {ODM_TIMINGS,        "StudyTiming",               ODM_TIMING,          NULL,                      NULL},
    {ODM_TIMING,         "RelativeTimingConstraint",  ODM_LEAF,            odm_timing_start,          NULL},

    {ODM_VERSION,       "StudyEventGroupDef",        ODM_EVENT_GROUP,     NULL,                      NULL},
    {ODM_EVENT_GROUP,   "StudyEventRef",             ODM_LEAF,            odm_event_ref_start,       NULL},
    {ODM_VERSION,       "StudyEventDef",             ODM_EVENT,           odm_event_start,           NULL},
    {ODM_EVENT,         "Description",               ODM_LABEL,           odm_event_label,           NULL},
    {ODM_EVENT,         "ItemGroupRef",              ODM_LEAF,            odm_event_form,            NULL},
    {ODM_EVENT,         "Coding",                    ODM_LEAF,            odm_event_coding,          NULL},

    {ODM_VERSION,       "ItemGroupDef",              ODM_GROUP,           odm_group_start,           NULL},
    {ODM_GROUP,         "Description",               ODM_LABEL,           odm_group_label,           NULL},
    {ODM_GROUP,         "ItemGroupRef",              ODM_LEAF,            odm_group_ref_start,       NULL},
    {ODM_GROUP,         "ItemRef",                   ODM_ITEM_REF,        odm_item_ref_start,        NULL},
    {ODM_ITEM_REF,      "Origin",                    ODM_LEAF,            odm_origin_start,          NULL},
    {ODM_GROUP,          "Coding",                    ODM_LEAF,            odm_group_coding,          NULL},

    {ODM_VERSION,       "ItemDef",                   ODM_ITEM,            odm_item_start,            odm_item_end},
    {ODM_ITEM,          "Description",               ODM_LABEL,           odm_item_description,      NULL},
    {ODM_ITEM,          "Question",                  ODM_LABEL,           odm_item_question,         NULL},
    {ODM_ITEM,          "CRFCompletionInstructions", ODM_LABEL,           odm_item_note,             NULL},
    {ODM_ITEM,          "RangeCheck",                ODM_RANGE,           odm_range_start,           odm_range_end},
    {ODM_RANGE,         "CheckValue",                ODM_RANGE_VALUE,     odm_range_value_start,     odm_range_value_end},
    {ODM_RANGE,          "FormalExpression",          ODM_FORMULA,         odm_formula_start,         NULL},
    {ODM_RANGE,          "ErrorMessage",              ODM_LABEL,           odm_range_message,         NULL},
    {ODM_ITEM,          "CodeListRef",               ODM_LEAF,            odm_codelist_ref_start,    NULL},
    {ODM_ITEM,          "Coding",                    ODM_LEAF,            odm_item_coding,           NULL},

    {ODM_VERSION,       "CodeList",                  ODM_CODELIST,        odm_codelist_start,        NULL},
    {ODM_CODELIST,      "Description",               ODM_LABEL,           odm_codelist_label,        NULL},
    {ODM_CODELIST,      "CodeListItem",              ODM_CODE,            odm_code_start,            NULL},
    {ODM_CODE,          "Decode",                    ODM_LABEL,           odm_code_label,            NULL},
    {ODM_CODELIST,       "Coding",                    ODM_LEAF,            odm_codelist_coding,       NULL},

    {ODM_VERSION,       "ConditionDef",              ODM_WORDS,           odm_condition_start,       NULL},
    {ODM_VERSION,       "MethodDef",                 ODM_WORDS,           odm_method_start,          NULL},
    {ODM_VERSION,       "CommentDef",                ODM_WORDS,           odm_comment_start,         NULL},
    {ODM_WORDS,         "Description",               ODM_LABEL,           odm_words_label,           NULL},
    {ODM_WORDS,          "FormalExpression",          ODM_FORMULA,         odm_formula_start,         NULL},
    {ODM_FORMULA,        "Code",                      ODM_FORMULA_CODE,    odm_formula_code_start,    odm_formula_code_end},
    {ODM_WORDS,          "Alias",                     ODM_LEAF,            odm_words_alias,           NULL},

    {ODM_ROOT,          "AdminData",                 ODM_ADMIN,           NULL,                      NULL},
    {ODM_ADMIN,         "Organization",              ODM_ORGANIZATION,    odm_organization_start,    NULL},
    {ODM_ORGANIZATION,  "Description",               ODM_LABEL,           NULL,                      NULL}, /* its start said where */
    {ODM_ADMIN,         "Location",                  ODM_LOCATION,        odm_location_start,        NULL},
    {ODM_LOCATION,      "Description",               ODM_LABEL,           odm_location_label,        NULL},

    {ODM_LABEL,         "TranslatedText",            ODM_TRANSLATED,      translated_start,          translated_end},
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

bool odm_oid(struct odm_parser *parser, const struct xml_element *element,
             const char *name, struct text *out, struct error *err)
{
    if (!odm_attribute(parser, element, name, out, err))
        return false;
    if (out->len > 0 && out->len <= LIMIT_OID)
        return true;
    if (out->len == 0)
        odm_finding_add(&parser->parts, element->place, NULL, "%.*s without %s",
                        SHOWN(element->name), name);
    else
        odm_finding_add(&parser->parts, element->place, NULL,
                        "%.*s: %s is longer than %d bytes", SHOWN(element->name), name,
                        (int)LIMIT_OID);
    *out = (struct text){0};
    return true;
}

bool odm_is_yes(struct odm_parser *parser, const struct xml_element *element,
                const char *name)
{
    struct text value = xml_attribute(element, name);
    if (text_equal(value, TEXT("Yes")) || text_equal(value, TEXT("No")))
        return value.len == 3;
    odm_finding_add(&parser->parts, element->place, "Yes or No", "%.*s: %s is \"%.*s\"",
                    SHOWN(element->name), name, SHOWN(value));
    return false;
}

size_t odm_order(struct odm_parser *parser, const struct xml_element *element)
{
    struct text value = xml_attribute(element, "OrderNumber");
    int64_t order = 0;
    if (text_is_absent(value))
        return SIZE_MAX;
    if (text_to_int64(value, &order) && order > 0)
        return (size_t)order;
    odm_finding_add(&parser->parts, element->place, "a whole number from 1",
                    "%.*s: OrderNumber is \"%.*s\"", SHOWN(element->name),
                    SHOWN(value));
    return SIZE_MAX;
}

bool odm_reference(struct odm_parser *parser, const struct xml_element *element,
                   const char *name, struct odm_reference *out, struct error *err)
{
    out->place = element->place;
    out->order = odm_order(parser, element);
    return odm_oid(parser, element, name, &out->oid, err);
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
    if (text_starts_with(system, TEXT("https://osteon.org/")))
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

static bool translated_start(struct odm_parser *parser,
                             const struct xml_element *element, struct error *err)
{
    (void)err;
    struct text language = xml_language(element);
    struct text type = xml_attribute(element, "Type");
    parser->text.len = 0;
    parser->language = NULL;
    if (!text_is_absent(type) && !text_equal(type, TEXT("text/plain")))
        return true;
    if (text_is_absent(language) || text_starts_with(language, TEXT("en")))
        parser->language = &parser->label->english;
    else if (text_starts_with(language, TEXT("zh")))
        parser->language = &parser->label->chinese;
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
    return t.len == 0 || odm_keep(&parser->parts, t, parser->language, err);
}

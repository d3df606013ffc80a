/* Forms and sections, what they refer to, and words: conditions, methods, comments. */
#include "formats/odm_design_elements.h"

/* "Yes" is how ODM 1 says what 2.0 says in three ways. */
static bool is_repeating(struct odm_parser *parser, const struct xml_element *element)
{
    static const char *const of_1[] = {"No", "Yes"};
    static const char *const of_2[] = {"No", "Simple", "Dynamic", "Static"};
    bool is_2 = parser->parts.is_odm_2;
    struct text value = xml_attribute(element, "Repeating");
    for (size_t i = 1; !is_2 && i < ARRAY_COUNT(of_2); i++)
        if (text_equal(text_of(of_2[i]), value)) {
            odm_warning_add(&parser->parts, element->place, "No or Yes",
                            "Repeating is \"%s\", as in ODM 2.0; taken as Yes",
                            of_2[i]);
            return true;
        }
    size_t i = is_2 ? odm_choice(parser, element, "Repeating", of_2, ARRAY_COUNT(of_2))
                    : odm_choice(parser, element, "Repeating", of_1, ARRAY_COUNT(of_1));
    return i != SIZE_MAX && i > 0;
}

static bool group_start(struct odm_parser *parser, const struct xml_element *element,
                        struct odm_group **out, struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.groups, sizeof(struct odm_group),
                      parser->parts.study, &added, err))
        return false;
    struct odm_group *group = added;
    *out = group;
    group->version = parser->parts.versions.count - 1;
    group->place = element->place;
    group->is_repeating = is_repeating(parser, element);
    return odm_oid(parser, element, "OID", &group->oid, err);
}

/* REDCap gives a section without a heading an empty Name. */
static bool section_name(struct odm_parser *parser, const struct xml_element *element,
                         struct text *out, struct error *err)
{
    struct text name = xml_attribute(element, "Name");
    if (text_is_absent(name) || name.len > 0)
        return odm_name(parser, element, out, err);
    odm_strict_add(&parser->parts, element->place, "the OID stands for it",
                   "Name is empty");
    return true;
}

bool odm_form_start(struct odm_parser *parser, const struct xml_element *element,
                    struct error *err)
{
    struct odm_group *group;
    if (!group_start(parser, element, &group, err) ||
        !odm_name(parser, element, &group->label.english, err) ||
        !odm_attribute(parser, element, REDCAP_SPACE " FormName", &group->redcap_name,
                       err))
        return false;
    group->is_form_def = true;
    group->type = TEXT("Form");
    return true;
}

bool odm_group_start(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    struct odm_group *group;
    if (!group_start(parser, element, &group, err) ||
        !section_name(parser, element, &group->label.english, err) ||
        !odm_keep(&parser->parts, odm_attribute_of_2(parser, element, "Type"),
                  &group->type, err))
        return false;
    group->is_reference =
        text_equal(xml_attribute(element, "IsReferenceData"), TEXT("Yes"));
    if (parser->parts.is_odm_2 && group->type.len == 0)
        odm_strict_add(&parser->parts, element->place, "Form or Section",
                       "the attribute Type is missing");
    return odm_attribute(parser, element, "CommentOID", &group->comment, err);
}

bool odm_group_label(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)element, (void)err;
    parser->label = &ODM_OPEN(parser->parts.groups, struct odm_group)->label;
    return true;
}

static struct odm_group *open_group(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.groups, struct odm_group);
}

static bool take_entered_by(struct odm_parser *parser,
                            const struct xml_element *element, struct text code,
                            struct error *err)
{
    (void)element, (void)err;
    open_group(parser)->entered_by = code;
    return true;
}

static bool take_signature(struct odm_parser *parser, const struct xml_element *element,
                           struct text code, struct error *err)
{
    (void)err;
    if (!text_equal(code, TEXT("PI")) && !text_equal(code, TEXT("none")))
        odm_finding_add(&parser->parts, element->place, "PI or none",
                        "signature cannot be \"%.*s\"", SHOWN(code));
    open_group(parser)->signature = code;
    return true;
}

static bool take_verification(struct odm_parser *parser,
                              const struct xml_element *element, struct text code,
                              struct error *err)
{
    (void)err;
    if (!verification_need_parse(code, &open_group(parser)->verification))
        odm_finding_add(&parser->parts, element->place, "always, sampled or never",
                        "source-verification cannot be \"%.*s\"", SHOWN(code));
    return true;
}

static bool take_basis(struct odm_parser *parser, const struct xml_element *element,
                       struct text code, struct error *err)
{
    (void)element, (void)err;
    open_group(parser)->basis = code;
    return true;
}

bool odm_group_coding(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    static const struct odm_coding table[] = {
        {ODM_VENDOR_SYSTEM "entered-by", take_entered_by},
        {ODM_VENDOR_SYSTEM "signature", take_signature},
        {ODM_VENDOR_SYSTEM "source-verification", take_verification},
        {ODM_VENDOR_SYSTEM "basis", take_basis},
    };
    return odm_coding_take(parser, element, table, ARRAY_COUNT(table), err);
}

bool odm_group_ref_start(struct odm_parser *parser, const struct xml_element *element,
                         struct error *err)
{
    struct odm_group *group = ODM_OPEN(parser->parts.groups, struct odm_group);
    void *added;
    return odm_list_add(&group->groups, sizeof(struct odm_reference),
                        parser->parts.study, &added, err) &&
           odm_reference(parser, element, "ItemGroupOID", added, err);
}

bool odm_item_ref_start(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    struct odm_group *group = ODM_OPEN(parser->parts.groups, struct odm_group);
    void *added;
    if (!odm_list_add(&group->items, sizeof(struct odm_item_reference),
                      parser->parts.study, &added, err))
        return false;
    struct odm_item_reference *reference = added;
    reference->is_mandatory = odm_is_yes(parser, element, "Mandatory");
    reference->is_key = text_equal(xml_attribute(element, "KeySequence"), TEXT("1"));
    reference->is_second_key =
        text_equal(xml_attribute(element, "KeySequence"), TEXT("2"));
    reference->drives_repeats =
        text_equal(odm_attribute_of_2(parser, element, "Repeat"), TEXT("Yes"));
    return odm_reference(parser, element, "ItemOID", &reference->to, err) &&
           odm_attribute(parser, element, "MethodOID", &reference->method, err) &&
           odm_attribute(parser, element, "CollectionExceptionConditionOID",
                         &reference->condition, err);
}

/* Who fills it in: derived and assigned values come from the program. */
bool odm_origin_start(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    (void)err;
    struct odm_group *group = ODM_OPEN(parser->parts.groups, struct odm_group);
    struct text type = xml_attribute(element, "Type");
    if (text_equal(type, TEXT("Derived")) || text_equal(type, TEXT("Assigned")))
        ODM_OPEN(group->items, struct odm_item_reference)->is_system = true;
    return true;
}

/* --- words ------------------------------------------------------------------------ */

static bool words_start(struct odm_parser *parser, const struct xml_element *element,
                        enum odm_words_kind kind, struct error *err)
{
    void *added;
    if (!odm_list_add(&parser->parts.words, sizeof(struct odm_words),
                      parser->parts.study, &added, err))
        return false;
    struct odm_words *words = added;
    words->version = parser->parts.versions.count - 1;
    words->place = element->place;
    words->kind = kind;
    return odm_oid(parser, element, "OID", &words->oid, err);
}

bool odm_condition_start(struct odm_parser *parser, const struct xml_element *element,
                         struct error *err)
{
    return words_start(parser, element, ODM_CONDITION, err);
}

bool odm_method_start(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    return words_start(parser, element, ODM_METHOD, err);
}

bool odm_comment_start(struct odm_parser *parser, const struct xml_element *element,
                       struct error *err)
{
    return words_start(parser, element, ODM_COMMENT, err);
}

bool odm_words_label(struct odm_parser *parser, const struct xml_element *element,
                     struct error *err)
{
    (void)element, (void)err;
    parser->label = &ODM_OPEN(parser->parts.words, struct odm_words)->words;
    return true;
}

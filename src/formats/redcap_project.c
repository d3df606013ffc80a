/* Attributes of items, and what repeats. */
#include "formats/redcap_project.h"

#include "formats/redcap_column.h"
#include "formats/redcap_type.h"

static struct odm_item *open_item(struct odm_parser *parser)
{
    return ODM_OPEN(parser->parts.items, struct odm_item);
}

/* --- items ------------------------------------------------------------------------------ */

// clang-format off
static const struct {
    const char *attribute;
    enum redcap_column column;
    const char *reason;
} remarks[] = {
    {REDCAP_SPACE " Identifier",      REDCAP_IDENTIFIER, "it is exported as any other field"},
    {REDCAP_SPACE " CustomAlignment", REDCAP_ALIGNMENT,  NULL},
    {REDCAP_SPACE " QuestionNumber",  REDCAP_NUMBER,     NULL},
    {REDCAP_SPACE " MatrixGroupName", REDCAP_MATRIX,     NULL},
    {REDCAP_SPACE " MatrixRanking",   REDCAP_RANKING,    NULL},
    {REDCAP_SPACE " FieldAnnotation", REDCAP_ANNOTATION, NULL},
};
// clang-format on

static bool add_remark(struct odm_parser *parser, const struct xml_element *element,
                       enum redcap_column column, struct text source,
                       const char *reason, struct error *err)
{
    struct redcap_remark remark = {.column = column,
                                   .owner = open_item(parser)->item.oid,
                                   .source = source,
                                   .reason = reason,
                                   .is_item = true};
    return redcap_remark_add(&parser->parts, element->place, &remark, err);
}

static bool take_form_of_text(struct odm_parser *parser,
                              const struct xml_element *element, struct error *err)
{
    struct text name = xml_attribute(element, REDCAP_SPACE " TextValidationType"),
                nearest;
    const struct redcap_validation *validation =
        name.len == 0 ? NULL : redcap_validation_of(name, &nearest);
    if (name.len == 0 || open_item(parser)->item.type != ITEM_TEXT ||
        (validation != NULL && validation->is_checked))
        return true;
    return add_remark(parser, element, REDCAP_VALIDATION, name, NULL, err);
}

/* The note of the field, and under a slider its words. */
static bool take_note(struct odm_parser *parser, const struct xml_element *element,
                      struct error *err)
{
    struct text *note = &open_item(parser)->item.note.english;
    struct text said = xml_attribute(element, REDCAP_SPACE " FieldNote");
    struct text words = xml_attribute(element, REDCAP_SPACE " SliderLabels");
    if (said.len > 0 && !odm_keep(&parser->parts, said, note, err))
        return false;
    if (words.len == 0)
        return true;
    if (said.len == 0)
        return odm_keep(&parser->parts, words, note, err);
    return add_remark(parser, element, REDCAP_CHOICES, words,
                      "the note stands where a slider's words would", err);
}

bool redcap_item_attributes(struct odm_parser *parser,
                            const struct xml_element *element, struct error *err)
{
    if (text_is_absent(xml_attribute(element, REDCAP_SPACE " Variable")) ||
        text_is_absent(open_item(parser)->item.oid))
        return true;
    struct text type = xml_attribute(element, REDCAP_SPACE " FieldType");
    if (text_equal(type, TEXT("checkbox")) &&
        !odm_attribute(parser, element, REDCAP_SPACE " Variable",
                       &open_item(parser)->checkbox, err))
        return false;
    for (size_t i = 0; i < ARRAY_COUNT(remarks); i++)
        if (!add_remark(parser, element, remarks[i].column,
                        xml_attribute(element, remarks[i].attribute), remarks[i].reason,
                        err))
            return false;
    return take_note(parser, element, err) && take_form_of_text(parser, element, err);
}

/* --- what repeats ----------------------------------------------------------------------- */

bool redcap_repeat_note(struct odm_parser *parser, const struct xml_element *element,
                        struct error *err)
{
    bool is_form = text_equal(element->name, TEXT("RepeatingInstrument"));
    void *added;
    if (!is_form && !text_equal(element->name, TEXT("RepeatingEvent")))
        return true;
    if (!odm_list_add(&parser->parts.repeats, sizeof(struct odm_repeat),
                      parser->parts.study, &added, err))
        return false;
    struct odm_repeat *repeat = added;
    *repeat = (struct odm_repeat){.is_form = is_form, .place = element->place};
    repeat->place.element = is_form ? "RepeatingInstrument" : "RepeatingEvent";
    return odm_attribute(parser, element,
                         is_form ? REDCAP_SPACE " RepeatInstrument"
                                 : REDCAP_SPACE " UniqueEventName",
                         &repeat->name, err);
}

static bool repeat_form(struct odm_parts *parts, struct text name)
{
    bool is_found = false;
    for (size_t i = 0; i < parts->groups.count; i++) {
        struct odm_group *group = ODM_LIST_AT(parts->groups, struct odm_group, i);
        if (!group->is_form_def || !text_equal(group->redcap_name, name))
            continue;
        is_found = group->is_repeating = true;
    }
    return is_found;
}

static bool repeat_event(struct odm_parts *parts, struct text name)
{
    bool is_found = false;
    for (size_t i = 0; i < parts->events.count; i++) {
        struct odm_event *event = ODM_LIST_AT(parts->events, struct odm_event, i);
        if (!text_equal(event->redcap_name, name))
            continue;
        is_found = event->event.is_repeating = true;
    }
    return is_found;
}

static void apply_repeats(struct odm_parts *parts)
{
    for (size_t i = 0; i < parts->repeats.count; i++) {
        const struct odm_repeat *repeat =
            ODM_LIST_AT(parts->repeats, struct odm_repeat, i);
        bool is_found = repeat->is_form ? repeat_form(parts, repeat->name)
                                        : repeat_event(parts, repeat->name);
        if (!is_found)
            odm_warning_add(parts, repeat->place, "it is passed over",
                            "there is no %s %.*s that could repeat",
                            repeat->is_form ? "form" : "event", SHOWN(repeat->name));
    }
}

bool redcap_project_finish(struct odm_parts *parts, struct error *err)
{
    apply_repeats(parts);
    return redcap_checkboxes_fold(parts, err);
}

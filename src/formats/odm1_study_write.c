/* A study design as ODM 1.3.2. What 1.3.2 has no place for stands in Alias elements of our
 * own Context: the schema admits no foreign element. Of the rules only conditions are written
 * (odm1_conditions.c); the others stay in the ODM 2.0 design. */
#include "formats/odm_design_read.h"
#include "formats/odm_write_parts.h"
#include "formats/xml_write.h"

static void put_translated(struct buffer *out, const char *element, struct label label,
                           struct text otherwise)
{
    struct text english = text_is_absent(label.english) ? otherwise : label.english;
    buffer_format(out, "<%s><TranslatedText xml:lang=\"en\">", element);
    xml_put_text(out, english);
    BUFFER_LITERAL(out, "</TranslatedText>");
    if (label.chinese.len > 0) {
        BUFFER_LITERAL(out, "<TranslatedText xml:lang=\"zh-CN\">");
        xml_put_text(out, label.chinese);
        BUFFER_LITERAL(out, "</TranslatedText>");
    }
    buffer_format(out, "</%s>", element);
}

static void put_alias(struct buffer *out, const char *term, struct text value)
{
    if (value.len == 0)
        return;
    buffer_format(out, "<Alias Context=\"" ODM_VENDOR_SYSTEM "%s\"", term);
    xml_put(out, "Name", value);
    BUFFER_LITERAL(out, "/>");
}

static struct text name_or(struct text name, struct text oid)
{
    return name.len > 0 ? name : oid;
}

static void put_repeating(struct buffer *out, bool is_repeating)
{
    xml_put(out, "Repeating", is_repeating ? TEXT("Yes") : TEXT("No"));
}

/* -- Units ------------------------------------------------------------------------- */

static bool is_first_with_unit(const struct design *design, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (text_equal(design->items[i].unit, design->items[at].unit))
            return false;
    return design->items[at].unit.len > 0;
}

static void put_units(struct buffer *out, const struct design *design)
{
    BUFFER_LITERAL(out, "<BasicDefinitions>\n");
    for (size_t i = 0; i < design->item_count; i++) {
        if (!is_first_with_unit(design, i))
            continue;
        struct text unit = design->items[i].unit;
        BUFFER_LITERAL(out, "<MeasurementUnit OID=\"MU.");
        xml_put_text(out, unit);
        BUFFER_LITERAL(out, "\"");
        xml_put(out, "Name", unit);
        BUFFER_LITERAL(out, "><Symbol><TranslatedText>");
        xml_put_text(out, unit);
        BUFFER_LITERAL(out, "</TranslatedText></Symbol><Alias Context=\"UCUM\"");
        xml_put(out, "Name", unit);
        BUFFER_LITERAL(out, "/></MeasurementUnit>\n");
    }
    BUFFER_LITERAL(out, "</BasicDefinitions>\n");
}

/* -- Events, forms, sections --------------------------------------------------------- */

static const char *event_type(const struct study_event *event)
{
    if (text_equal(event->kind, TEXT("scheduled")))
        return "Scheduled";
    return text_equal(event->kind, TEXT("log")) ? "Common" : "Unscheduled";
}

static void put_event(struct buffer *out, const struct study_event *event)
{
    BUFFER_LITERAL(out, "<StudyEventDef");
    xml_put(out, "OID", event->oid);
    xml_put(out, "Name", name_or(event->label.english, event->oid));
    put_repeating(out, event->is_repeating);
    buffer_format(out, " Type=\"%s\">", event_type(event));
    put_translated(out, "Description", event->label, event->oid);
    for (size_t i = 0; i < event->form_count; i++) {
        BUFFER_LITERAL(out, "<FormRef");
        xml_put(out, "FormOID", event->forms[i]->oid);
        xml_put_number(out, "OrderNumber", (int64_t)i + 1);
        BUFFER_LITERAL(out, " Mandatory=\"No\"");
        odm1_put_condition(out, &event->form_uses[i].exception.unless);
        BUFFER_LITERAL(out, "/>");
    }
    put_alias(out, "target", event->target.english);
    put_alias(out, "window", event->window.english);
    BUFFER_LITERAL(out, "</StudyEventDef>\n");
}

static void put_form(struct buffer *out, const struct form *form)
{
    BUFFER_LITERAL(out, "<FormDef");
    xml_put(out, "OID", form->oid);
    xml_put(out, "Name", name_or(form->label.english, form->oid));
    put_repeating(out, form->is_repeating);
    BUFFER_LITERAL(out, ">");
    put_translated(out, "Description", form->label, form->oid);
    for (size_t i = 0; i < form->group_count; i++) {
        BUFFER_LITERAL(out, "<ItemGroupRef");
        xml_put(out, "ItemGroupOID", form->groups[i]->oid);
        xml_put_number(out, "OrderNumber", (int64_t)i + 1);
        BUFFER_LITERAL(out, " Mandatory=\"No\"/>");
    }
    BUFFER_LITERAL(out, "</FormDef>\n");
}

static void put_group(struct buffer *out, const struct item_group *group)
{
    BUFFER_LITERAL(out, "<ItemGroupDef");
    xml_put(out, "OID", group->oid);
    xml_put(out, "Name", name_or(group->label.english, group->oid));
    put_repeating(out, group->is_repeating);
    if (group->is_reference)
        BUFFER_LITERAL(out, " IsReferenceData=\"Yes\"");
    BUFFER_LITERAL(out, ">");
    put_translated(out, "Description", group->label, group->oid);
    for (size_t i = 0; i < group->item_count; i++) {
        const struct item *item = group->items[i];
        BUFFER_LITERAL(out, "<ItemRef");
        xml_put(out, "ItemOID", item->oid);
        xml_put_number(out, "OrderNumber", (int64_t)i + 1);
        xml_put(out, "Mandatory",
                item->requirement == ITEM_REQUIRED ? TEXT("Yes") : TEXT("No"));
        if (item == group->repeat_key)
            xml_put_number(out, "KeySequence", 1);
        odm1_put_condition(out, &item->shows);
        BUFFER_LITERAL(out, "/>");
    }
    BUFFER_LITERAL(out, "</ItemGroupDef>\n");
}

/* -- Items ------------------------------------------------------------------------- */

static const char *data_type(const struct item *item)
{
    switch (item->type) {
    case ITEM_TEXT:
    case ITEM_CODED: return "text";
    case ITEM_INTEGER: return "integer";
    case ITEM_DECIMAL: return "float";
    case ITEM_DATE: return "date";
    case ITEM_DATETIME: return "partialDatetime"; /* seconds need not be known */
    case ITEM_PARTIAL_DATE: return "partialDate";
    case ITEM_PARTIAL_DATETIME: return "partialDatetime";
    case ITEM_TIME:
    case ITEM_PARTIAL_TIME: return "partialTime";
    }
    return "text";
}

static void put_check(struct buffer *out, const char *comparator, const char *hardness,
                      struct decimal limit)
{
    char printed[DECIMAL_TEXT_SIZE];
    size_t len = decimal_print(limit, printed);
    buffer_format(out,
                  "<RangeCheck Comparator=\"%s\" SoftHard=\"%s\"><CheckValue>%.*s"
                  "</CheckValue></RangeCheck>",
                  comparator, hardness, (int)len, printed);
}

static void put_range(struct buffer *out, const struct range *range,
                      const char *hardness)
{
    if (range->has_low)
        put_check(out, range->is_low_open ? "GT" : "GE", hardness, range->low);
    if (range->has_high)
        put_check(out, range->is_high_open ? "LT" : "LE", hardness, range->high);
}

static void put_item(struct buffer *out, const struct item *item)
{
    BUFFER_LITERAL(out, "<ItemDef");
    xml_put(out, "OID", item->oid);
    xml_put(out, "Name", name_or(item->name, item->oid));
    buffer_format(out, " DataType=\"%s\"", data_type(item));
    if (item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL)
        xml_put_number(out, "Length", 20);
    else if (item->max_length > 0)
        xml_put_number(out, "Length", (int64_t)item->max_length);
    if (item->type == ITEM_DECIMAL)
        xml_put_number(out, "SignificantDigits",
                       item->decimals < 0 ? 6 : item->decimals);
    BUFFER_LITERAL(out, ">");
    put_translated(out, "Question", item->label, item->oid);
    if (item->unit.len > 0) {
        BUFFER_LITERAL(out, "<MeasurementUnitRef MeasurementUnitOID=\"MU.");
        xml_put_text(out, item->unit);
        BUFFER_LITERAL(out, "\"/>");
    }
    put_range(out, &item->hard, "Hard");
    put_range(out, &item->soft, "Soft");
    if (item->codelist != NULL) {
        BUFFER_LITERAL(out, "<CodeListRef");
        xml_put(out, "CodeListOID", item->codelist->oid);
        BUFFER_LITERAL(out, "/>");
    }
    if (item->loinc.len > 0) {
        BUFFER_LITERAL(out, "<Alias Context=\"LOINC\"");
        xml_put(out, "Name", item->loinc);
        BUFFER_LITERAL(out, "/>");
    }
    put_alias(out, "multiple", item->is_multiple ? TEXT("Yes") : (struct text){0});
    put_alias(out, "privacy",
              item->is_identity   ? TEXT("identity")
              : item->is_location ? TEXT("location")
                                  : (struct text){0});
    BUFFER_LITERAL(out, "</ItemDef>\n");
}

static void put_codelist(struct buffer *out, const struct codelist *list)
{
    BUFFER_LITERAL(out, "<CodeList");
    xml_put(out, "OID", list->oid);
    xml_put(out, "Name", name_or(list->label.english, list->oid));
    BUFFER_LITERAL(out, " DataType=\"text\">");
    for (size_t i = 0; i < list->code_count; i++) {
        BUFFER_LITERAL(out, "<CodeListItem");
        xml_put(out, "CodedValue", list->codes[i].code);
        BUFFER_LITERAL(out, ">");
        put_translated(out, "Decode", list->codes[i].label, list->codes[i].code);
        BUFFER_LITERAL(out, "</CodeListItem>");
    }
    BUFFER_LITERAL(out, "</CodeList>\n");
}

static void put_version(struct buffer *out, const struct design *design)
{
    BUFFER_LITERAL(out, "<MetaDataVersion");
    xml_put(out, "OID", design->oid);
    xml_put(out, "Name", name_or(design->version, design->oid));
    BUFFER_LITERAL(out, ">\n<Protocol>");
    for (size_t i = 0; i < design->event_count; i++) {
        BUFFER_LITERAL(out, "<StudyEventRef");
        xml_put(out, "StudyEventOID", design->events[i].oid);
        xml_put_number(out, "OrderNumber", (int64_t)i + 1);
        BUFFER_LITERAL(out, " Mandatory=\"No\"");
        odm1_put_condition(out, &design->events[i].exception.unless);
        BUFFER_LITERAL(out, "/>");
    }
    BUFFER_LITERAL(out, "</Protocol>\n");
    for (size_t i = 0; i < design->event_count; i++)
        put_event(out, &design->events[i]);
    for (size_t i = 0; i < design->form_count; i++)
        put_form(out, &design->forms[i]);
    for (size_t i = 0; i < design->group_count; i++)
        put_group(out, &design->groups[i]);
    for (size_t i = 0; i < design->item_count; i++)
        put_item(out, &design->items[i]);
    for (size_t i = 0; i < design->codelist_count; i++)
        if (design->codelists[i].code_count > 0)
            put_codelist(out, &design->codelists[i]);
}

void odm1_study(struct buffer *out, const struct design *design)
{
    BUFFER_LITERAL(out, "<Study");
    xml_put(out, "OID", design->study_oid);
    BUFFER_LITERAL(out, ">\n<GlobalVariables><StudyName>");
    xml_put_text(out, name_or(design->name.english, design->study_oid));
    BUFFER_LITERAL(out, "</StudyName><StudyDescription>");
    xml_put_text(out, name_or(design->name.english, design->study_oid));
    BUFFER_LITERAL(out, "</StudyDescription><ProtocolName>");
    xml_put_text(out, name_or(design->protocol.english, design->study_oid));
    BUFFER_LITERAL(out, "</ProtocolName></GlobalVariables>\n");
    put_units(out, design);
    put_version(out, design);
}

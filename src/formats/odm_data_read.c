#include "formats/odm_data_read.h"

#include "base/limits.h"
#include "formats/odm_data_keep.h"

#include <stdio.h>

enum { TEXT_MOST = 256 }; /* of an OID or a key */

enum state {
    STATE_OUTSIDE, /* the root, Study, AdminData: only data inside is looked for */
    STATE_LEVEL,
    STATE_ITEM,
    STATE_VALUE,
    STATE_KEPT
};

/* One open element of the document that means something. */
struct open_element {
    enum state state;
    enum odm_level_kind kind;
};

struct data_reading {
    const struct odm_data_events *events;
    struct open_element open[LIMIT_XML_DEPTH + 1];
    size_t depth;
    bool is_odm;        /* the root was ODM */
    size_t study_depth; /* of the open Study; 0: none */
    struct odm_data_item item;
    char item_oid[TEXT_MOST];
    struct buffer value;
    struct odm_data_keep keep;
    struct arena *arena;
};

static bool is_odm_space(struct text space)
{
    return space.len == 0 ||
           text_starts_with(space, TEXT("http://www.cdisc.org/ns/odm/"));
}

static const struct level_row {
    const char *element, *oid, *key;
    enum odm_level_kind kind;
} level_rows[] = {
    {"ClinicalData", "StudyOID", "MetaDataVersionOID", ODM_LEVEL_CLINICAL},
    {"ReferenceData", "StudyOID", "MetaDataVersionOID", ODM_LEVEL_REFERENCE},
    {"SubjectData", NULL, "SubjectKey", ODM_LEVEL_SUBJECT},
    {"StudyEventData", "StudyEventOID", "StudyEventRepeatKey", ODM_LEVEL_EVENT},
    {"FormData", "FormOID", "FormRepeatKey", ODM_LEVEL_FORM},
    {"ItemGroupData", "ItemGroupOID", "ItemGroupRepeatKey", ODM_LEVEL_GROUP},
};

static const struct level_row *level_of(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(level_rows); i++)
        if (text_equal(text_of(level_rows[i].element), name))
            return &level_rows[i];
    return NULL;
}

static bool refuse_at(const struct xml_place *place, struct error *err)
{
    return error_where(err, 0, "%zu:%zu", place->line, place->column);
}

static bool within_limit(const struct xml_element *element, struct text value,
                         struct error *err)
{
    if (value.len < TEXT_MOST)
        return true;
    error_set(err, ERROR_TOO_LARGE, "%.*s: an OID or key of %zu bytes",
              TEXT_ARG(element->name), value.len);
    return refuse_at(&element->place, err);
}

static struct text attribute_or_absent(const struct xml_element *element,
                                       const char *name)
{
    return name == NULL ? (struct text){0} : xml_attribute(element, name);
}

static enum odm_transaction transaction_of(const struct xml_element *element)
{
    struct text type = xml_attribute(element, "TransactionType");
    if (text_is_absent(type))
        return ODM_TRANSACTION_NONE;
    return text_equal(type, TEXT("Remove")) ? ODM_TRANSACTION_REMOVE
                                            : ODM_TRANSACTION_OTHER;
}

static void push(struct data_reading *reading, enum state state,
                 enum odm_level_kind kind)
{
    reading->open[++reading->depth] =
        (struct open_element){.state = state, .kind = kind};
}

/* The level in which the element stands. */
static enum odm_level_kind level_around(const struct data_reading *reading)
{
    return reading->open[reading->depth].kind;
}

static bool level_fits(enum odm_level_kind around, enum odm_level_kind kind)
{
    switch (kind) {
    case ODM_LEVEL_CLINICAL:
    case ODM_LEVEL_REFERENCE: return around == ODM_LEVEL_NONE;
    case ODM_LEVEL_SUBJECT: return around == ODM_LEVEL_CLINICAL;
    case ODM_LEVEL_EVENT: return around == ODM_LEVEL_SUBJECT;
    case ODM_LEVEL_FORM:
        return around == ODM_LEVEL_SUBJECT || around == ODM_LEVEL_EVENT;
    case ODM_LEVEL_GROUP:
        return around != ODM_LEVEL_NONE && around != ODM_LEVEL_CLINICAL;
    case ODM_LEVEL_NONE: break;
    }
    return false;
}

/* Attributes of vendors on an element of the data. */
static bool keep_foreign(struct data_reading *reading,
                         const struct xml_element *element, struct error *err)
{
    if (!odm_data_keep_attributes(&reading->keep, element))
        return true;
    struct odm_data_kept kept = {.element = element->name, .place = element->place};
    if (reading->open[reading->depth].state == STATE_ITEM)
        kept.item = reading->item.oid;
    return odm_data_keep_text(&reading->keep, &kept.xml, err) &&
           reading->events->kept(reading->events->data, &kept, err);
}

static bool start_level(struct data_reading *reading, const struct level_row *row,
                        const struct xml_element *element, struct error *err)
{
    const struct odm_data_events *events = reading->events;
    struct odm_level level = {.kind = row->kind,
                              .oid = attribute_or_absent(element, row->oid),
                              .key = attribute_or_absent(element, row->key),
                              .transaction = transaction_of(element),
                              .place = element->place};
    if (!within_limit(element, level.oid, err) ||
        !within_limit(element, level.key, err))
        return false;
    level.place.element = row->element;
    struct text named = row->oid == NULL ? level.key : level.oid;
    if (named.len == 0) {
        error_set(err, ERROR_REFUSED, "%s: the attribute %s is missing", row->element,
                  row->oid == NULL ? row->key : row->oid);
        return refuse_at(&element->place, err);
    }
    if (reading->study_depth > 0 && row->kind <= ODM_LEVEL_REFERENCE &&
        !events->deviation(events->data, &level.place,
                           "stands inside Study; it belongs behind it", err))
        return false;
    push(reading, STATE_LEVEL, row->kind);
    return events->level_start(events->data, &level, err) &&
           keep_foreign(reading, element, err);
}

static bool start_item(struct data_reading *reading, const struct xml_element *element,
                       struct error *err)
{
    struct text oid = xml_attribute(element, "ItemOID");
    struct text value = xml_attribute(element, "Value");
    if (!within_limit(element, oid, err))
        return false;
    if (oid.len == 0) {
        error_set(err, ERROR_REFUSED, "%.*s: the attribute ItemOID is missing",
                  TEXT_ARG(element->name));
        return refuse_at(&element->place, err);
    }
    memcpy(reading->item_oid, oid.at, oid.len);
    reading->item = (struct odm_data_item){
        .oid = {reading->item_oid, oid.len},
        .is_null = text_equal(xml_attribute(element, "IsNull"), TEXT("Yes")),
        .transaction = transaction_of(element),
        .place = element->place};
    reading->item.place.element = "ItemData";
    reading->value.len = 0;
    if (!text_is_absent(value)) {
        buffer_text_add(&reading->value, value);
        reading->item.value_count = 1;
    }
    bool is_typed = element->name.len > 8;
    push(reading, STATE_ITEM, ODM_LEVEL_GROUP);
    if (is_typed) {
        reading->item.value_count = 1;
        reading->open[reading->depth].state = STATE_VALUE;
    }
    return keep_foreign(reading, element, err);
}

static bool start_kept(struct data_reading *reading, const struct xml_element *element)
{
    push(reading, STATE_KEPT, level_around(reading));
    odm_data_keep_start(&reading->keep, element);
    return true;
}

/* Of AdminData. */
static bool names_someone(const struct xml_element *element)
{
    return text_equal(element->name, TEXT("User")) ||
           text_equal(element->name, TEXT("Location")) ||
           text_equal(element->name, TEXT("SignatureDef"));
}

static bool start_outside(struct data_reading *reading,
                          const struct xml_element *element, struct error *err)
{
    const struct odm_data_events *events = reading->events;
    bool is_study = text_equal(element->name, TEXT("Study"));
    if (is_odm_space(element->space) && names_someone(element))
        return start_kept(reading, element);
    push(reading, STATE_OUTSIDE, ODM_LEVEL_NONE);
    if (!is_study || !is_odm_space(element->space))
        return true;
    reading->study_depth = reading->depth;
    struct text oid = xml_attribute(element, "OID");
    return text_is_absent(oid) || events->study(events->data, oid, err);
}

static bool start_in_level(struct data_reading *reading,
                           const struct xml_element *element, struct error *err)
{
    enum odm_level_kind around = level_around(reading);
    bool is_odm = is_odm_space(element->space);
    const struct level_row *row = is_odm ? level_of(element->name) : NULL;
    if (row != NULL && level_fits(around, row->kind))
        return start_level(reading, row, element, err);
    bool is_item = is_odm && text_starts_with(element->name, TEXT("ItemData"));
    if (is_item && around == ODM_LEVEL_GROUP)
        return start_item(reading, element, err);
    if (row != NULL || is_item) {
        error_set(err, ERROR_REFUSED, "%.*s does not belong here",
                  TEXT_ARG(element->name));
        return refuse_at(&element->place, err);
    }
    return start_kept(reading, element);
}

static bool start_in_item(struct data_reading *reading,
                          const struct xml_element *element)
{
    if (!is_odm_space(element->space) || !text_equal(element->name, TEXT("Value")))
        return start_kept(reading, element);
    if (reading->item.value_count++ > 0)
        buffer_byte(&reading->value, ' ');
    push(reading, STATE_VALUE, ODM_LEVEL_GROUP);
    return true;
}

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    struct data_reading *reading = data;
    if (element->depth == 1) {
        reading->is_odm = text_equal(element->name, TEXT("ODM"));
        push(reading, STATE_OUTSIDE, ODM_LEVEL_NONE);
        if (reading->is_odm && is_odm_space(element->space))
            return true;
        error_set(err, ERROR_REFUSED, "the root element is %.*s, not ODM",
                  TEXT_ARG(element->name));
        return refuse_at(&element->place, err);
    }
    switch (reading->open[reading->depth].state) {
    case STATE_OUTSIDE: {
        const struct level_row *row =
            is_odm_space(element->space) ? level_of(element->name) : NULL;
        if (row != NULL && row->kind <= ODM_LEVEL_REFERENCE)
            return start_level(reading, row, element, err);
        return start_outside(reading, element, err);
    }
    case STATE_LEVEL: return start_in_level(reading, element, err);
    case STATE_ITEM: return start_in_item(reading, element);
    case STATE_VALUE: return start_kept(reading, element);
    case STATE_KEPT:
        push(reading, STATE_KEPT, level_around(reading));
        odm_data_keep_start(&reading->keep, element);
        return true;
    }
    return true;
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    struct data_reading *reading = data;
    (void)err;
    if (reading->open[reading->depth].state == STATE_VALUE)
        buffer_text_add(&reading->value, piece);
    else if (reading->open[reading->depth].state == STATE_KEPT)
        odm_data_keep_characters(&reading->keep, piece);
    return true;
}

static bool end_item(struct data_reading *reading, struct error *err)
{
    const struct odm_data_events *events = reading->events;
    if (reading->item.value_count > 0 &&
        !buffer_text(&reading->value, &reading->item.value, err)) {
        error_set(err, ERROR_TOO_LARGE, "the value of %.*s is longer than %d bytes",
                  TEXT_ARG(reading->item.oid), LIMIT_IMPORT_VALUE);
        return refuse_at(&reading->item.place, err);
    }
    if (reading->item.value_count > 0 && text_is_absent(reading->item.value))
        reading->item.value = TEXT("");
    return events->item(events->data, &reading->item, err);
}

static bool end_named(struct data_reading *reading, struct error *err)
{
    if (reading->events->named == NULL)
        return true;
    struct odm_data_named named = {.element = reading->keep.element,
                                   .oid = reading->keep.oid,
                                   .place = reading->keep.place};
    return odm_data_keep_text(&reading->keep, &named.xml, err) &&
           reading->events->named(reading->events->data, &named, err);
}

static bool end_kept(struct data_reading *reading, enum state around, struct error *err)
{
    odm_data_keep_end(&reading->keep);
    if (around == STATE_KEPT)
        return true;
    if (around == STATE_OUTSIDE)
        return end_named(reading, err);
    struct odm_data_kept kept = {.element = reading->keep.element,
                                 .location = reading->keep.location,
                                 .user = reading->keep.user,
                                 .signature = reading->keep.signature,
                                 .place = reading->keep.place};
    if (around == STATE_ITEM || around == STATE_VALUE)
        kept.item = reading->item.oid;
    return odm_data_keep_text(&reading->keep, &kept.xml, err) &&
           reading->events->kept(reading->events->data, &kept, err);
}

static bool on_end(void *data, struct error *err)
{
    struct data_reading *reading = data;
    if (reading->depth == reading->study_depth)
        reading->study_depth = 0;
    struct open_element closed = reading->open[reading->depth--];
    struct open_element around = reading->open[reading->depth];
    switch (closed.state) {
    case STATE_OUTSIDE: return true;
    case STATE_LEVEL:
        return reading->events->level_end(reading->events->data, closed.kind, err);
    case STATE_ITEM: return end_item(reading, err);
    case STATE_VALUE: return around.state == STATE_ITEM || end_item(reading, err);
    case STATE_KEPT: return end_kept(reading, around.state, err);
    }
    return true;
}

bool odm_data_read(const struct xml_source *source,
                   const struct odm_data_events *events, struct error *err)
{
    struct arena *arena = arena_new(4 * LIMIT_IMPORT_VALUE + 8 * LIMIT_IMPORT_KEPT);
    struct data_reading *reading = ARENA_NEW(arena, struct data_reading);
    *reading = (struct data_reading){.events = events,
                                     .arena = arena,
                                     .value = buffer_in(arena, LIMIT_IMPORT_VALUE)};
    odm_data_keep_begin(&reading->keep, arena);
    struct xml_events xml = {
        .start = on_start, .text = on_text, .end = on_end, .data = reading};
    bool is_read = xml_read_stream(source, &xml, err);
    arena_free(arena);
    return is_read;
}

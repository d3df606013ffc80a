#include "formats/odm_said.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/xml_read.h"

#include <string.h>

enum { SAID_MOST = 1024, NAMES_MOST = 64 };

struct said_reading {
    struct arena *arena;
    struct odm_said *list;
    size_t count, capacity;
    struct odm_said *open; /* NULL: outside of all */
    size_t open_depth, depth;
    struct buffer text;
    char names[LIMIT_XML_DEPTH + 1][NAMES_MOST]; /* of the open elements */
};

static const struct kind_row {
    const char *element;
    enum odm_said_kind kind;
} kind_rows[] = {
    {"AuditRecord", ODM_SAID_AUDIT},   {"AuditLog", ODM_SAID_AUDIT},
    {"Signature", ODM_SAID_SIGNATURE}, {"Annotation", ODM_SAID_ANNOTATION},
    {"Query", ODM_SAID_QUERY},         {"DiscrepancyNote", ODM_SAID_QUERY},
};

/* Which attribute of which element is which text. */
static const struct attribute_row {
    const char *element, *attribute;
    size_t offset;
} attribute_rows[] = {
    {"UserRef", "UserOID", offsetof(struct odm_said, user)},
    {"LocationRef", "LocationOID", offsetof(struct odm_said, location)},
    {"SignatureRef", "SignatureOID", offsetof(struct odm_said, signature)},
    {"AuditLog", "UserID", offsetof(struct odm_said, user)},
    {"AuditLog", "DateTimeStamp", offsetof(struct odm_said, time)},
    {"AuditLog", "ReasonForChange", offsetof(struct odm_said, reason)},
    {"AuditLog", "Type", offsetof(struct odm_said, message)},
    {"AuditLog", "ID", offsetof(struct odm_said, source)},
    {"DiscrepancyNote", "ID", offsetof(struct odm_said, id)},
    {"DiscrepancyNote", "Status", offsetof(struct odm_said, state)},
    {"DiscrepancyNote", "NoteType", offsetof(struct odm_said, check)},
    {"DiscrepancyNote", "DateUpdated", offsetof(struct odm_said, time)},
    {"Query", "OID", offsetof(struct odm_said, id)},
    {"Query", "QueryRepeatKey", offsetof(struct odm_said, id)},
    {"Query", "State", offsetof(struct odm_said, state)},
    {"Query", "Status", offsetof(struct odm_said, state)},
    {"Query", "Name", offsetof(struct odm_said, check)},
    {"Query", "Recipient", offsetof(struct odm_said, check)},
    {"Query", "LastUpdateDatetime", offsetof(struct odm_said, time)},
    {"Query", "Target", offsetof(struct odm_said, item)},
    {"Query", "Value", offsetof(struct odm_said, message)},
};

/* And which element's text. */
static const struct content_row {
    const char *element;
    size_t offset;
} content_rows[] = {
    {"DateTimeStamp", offsetof(struct odm_said, time)},
    {"ReasonForChange", offsetof(struct odm_said, reason)},
    {"SourceID", offsetof(struct odm_said, source)},
    {"Comment", offsetof(struct odm_said, message)},
    {"Value", offsetof(struct odm_said, message)},
    {"Description", offsetof(struct odm_said, message)},
    {"DetailedNote", offsetof(struct odm_said, message)},
};

static struct text *text_at(struct odm_said *said, size_t offset)
{
    return (struct text *)(void *)((char *)said + offset);
}

/* --- reading ----------------------------------------------------------------------------- */

static struct odm_said *add_said(struct said_reading *reading)
{
    reading->list =
        ARENA_GROW(reading->arena, reading->list, reading->count, &reading->capacity);
    return &reading->list[reading->count++];
}

static void open_said(struct said_reading *reading, const struct xml_element *element)
{
    for (size_t i = 0; i < ARRAY_COUNT(kind_rows) && reading->open == NULL; i++) {
        if (!text_equal(element->name, text_of(kind_rows[i].element)) ||
            reading->count == SAID_MOST)
            continue;
        reading->open = add_said(reading);
        *reading->open = (struct odm_said){.kind = kind_rows[i].kind};
        reading->open_depth = element->depth;
    }
}

static void take_attributes(struct said_reading *reading,
                            const struct xml_element *element)
{
    for (size_t i = 0; i < ARRAY_COUNT(attribute_rows); i++) {
        const struct attribute_row *row = &attribute_rows[i];
        if (!text_equal(element->name, text_of(row->element)))
            continue;
        struct text value = xml_attribute(element, row->attribute);
        if (value.len > 0)
            *text_at(reading->open, row->offset) = text_copy(reading->arena, value);
    }
}

static void take_flag(struct odm_said *said, const struct xml_element *element,
                      struct arena *arena)
{
    if (text_equal(element->name, TEXT("Flag")) &&
        said->flag_count < ODM_SAID_FLAGS_MOST)
        said->flags[said->flag_count++] = (struct odm_flag){0};
    if (said->flag_count == 0)
        return;
    struct odm_flag *flag = &said->flags[said->flag_count - 1];
    struct text list = text_copy(arena, xml_attribute(element, "CodeListOID"));
    if (text_equal(element->name, TEXT("FlagValue")))
        flag->value_list = list;
    else if (text_equal(element->name, TEXT("FlagType")))
        flag->type_list = list;
}

static bool is_within_text(const struct xml_element *element)
{
    return text_equal(element->name, TEXT("TranslatedText"));
}

/* The XML reader does not say which element ends. */
static void remember_name(struct said_reading *reading,
                          const struct xml_element *element)
{
    char *name = reading->names[element->depth];
    size_t len =
        element->name.len < NAMES_MOST ? element->name.len : (size_t)NAMES_MOST - 1;
    memcpy(name, element->name.at, len);
    name[len] = '\0';
    reading->depth = element->depth;
}

static bool on_start(void *data, const struct xml_element *element, struct error *err)
{
    struct said_reading *reading = data;
    (void)err;
    remember_name(reading, element);
    if (!is_within_text(element))
        reading->text.len = 0;
    open_said(reading, element);
    if (reading->open == NULL)
        return true;
    take_attributes(reading, element);
    take_flag(reading->open, element, reading->arena);
    return true;
}

static bool on_text(void *data, struct text piece, struct error *err)
{
    struct said_reading *reading = data;
    (void)err;
    buffer_text_add(&reading->text, piece);
    return true;
}

static struct text joined(struct arena *arena, struct text first, struct text second)
{
    return first.len == 0
               ? text_copy(arena, second)
               : text_format(arena, "%.*s\n%.*s", TEXT_ARG(first), TEXT_ARG(second));
}

static void take_content(struct said_reading *reading, struct text name)
{
    struct odm_said *said = reading->open;
    struct text content = text_trim((struct text){reading->text.at, reading->text.len});
    if (content.len == 0)
        return;
    for (size_t i = 0; i < ARRAY_COUNT(content_rows); i++)
        if (text_equal(name, text_of(content_rows[i].element))) {
            struct text *field = text_at(said, content_rows[i].offset);
            *field = joined(reading->arena, *field, content);
        }
    if (said->flag_count == 0)
        return;
    struct odm_flag *flag = &said->flags[said->flag_count - 1];
    if (text_equal(name, TEXT("FlagValue")))
        flag->value = text_copy(reading->arena, content);
    else if (text_equal(name, TEXT("FlagType")))
        flag->type = text_copy(reading->arena, content);
}

/* "ITEM#3: the words", as odm_write.c has it; the words alone where it is another's. */
static void split_target(struct odm_said *said)
{
    struct text words = said->message;
    struct text target = text_cut(&words, ':');
    if (said->item.len == 0 && !text_is_absent(words) &&
        text_find(target, ' ') == target.len) {
        said->item = target;
        said->message = text_trim(words);
    }
    size_t hash = text_find(said->item, '#');
    if (hash < said->item.len &&
        text_to_int64(text_part(said->item, hash + 1, said->item.len), &said->row))
        said->item = text_part(said->item, 0, hash);
}

static void close_said(struct odm_said *said)
{
    struct text query = odm_said_flag(said, "QUERY");
    if (said->kind == ODM_SAID_ANNOTATION && query.len > 0) {
        said->kind = ODM_SAID_QUERY;
        said->state = query;
        said->check = odm_said_flag(said, "CHECK");
        split_target(said);
    } else if (said->item.len > 0) {
        split_target(said);
    }
}

static bool on_end(void *data, struct error *err)
{
    struct said_reading *reading = data;
    (void)err;
    struct text name = text_of(reading->names[reading->depth]);
    if (reading->open != NULL)
        take_content(reading, name);
    if (!text_equal(name, TEXT("TranslatedText")))
        reading->text.len = 0;
    if (reading->open != NULL && reading->depth == reading->open_depth) {
        close_said(reading->open);
        reading->open = NULL;
    }
    reading->depth--;
    return true;
}

bool odm_said_may(struct text element)
{
    for (size_t i = 0; i < ARRAY_COUNT(kind_rows); i++)
        if (text_starts_with(element, text_of(kind_rows[i].element)))
            return true; /* "AuditLogs" holds an AuditLog */
    return false;
}

bool odm_said_read(struct text xml, struct arena *arena, struct odm_said **out,
                   size_t *count, struct error *err)
{
    struct said_reading *reading = ARENA_NEW(arena, struct said_reading);
    reading->arena = arena;
    reading->text = buffer_in(arena, LIMIT_IMPORT_KEPT);
    struct xml_events events = {
        .start = on_start, .text = on_text, .end = on_end, .data = reading};
    bool is_read = xml_read(xml, &events, 2 * LIMIT_IMPORT_KEPT, err);
    *out = reading->list;
    *count = is_read ? reading->count : 0;
    return is_read;
}

/* --- what it says ------------------------------------------------------------------------- */

struct text odm_said_flag(const struct odm_said *said, const char *type)
{
    for (size_t i = 0; i < said->flag_count; i++)
        if (text_equal(said->flags[i].type, text_of(type)))
            return said->flags[i].value;
    return (struct text){0};
}

bool odm_said_is_open(const struct odm_said *said)
{
    static const char *const ended[] = {"CLOSED", "Closed", "closed", "Cancelled",
                                        "Not Applicable"};
    for (size_t i = 0; i < ARRAY_COUNT(ended); i++)
        if (text_equal(said->state, text_of(ended[i])))
            return false;
    return true;
}

const char *odm_said_name(enum odm_said_kind kind)
{
    static const char *const names[] = {"AUDIT", "SIGNATURE", "ANNOTATION", "QUERY"};
    return names[kind];
}

#include "formats/odm_data_keep.h"

#include "base/limits.h"

/* Between a namespace and a name in what the XML reader hands out. */
#define SEPARATOR ' '
#define XML_SPACE "http://www.w3.org/XML/1998/namespace"

void odm_data_keep_begin(struct odm_data_keep *keep, struct arena *arena)
{
    keep->arena = arena;
    keep->xml = buffer_in(arena, LIMIT_IMPORT_KEPT);
}

static void put_escaped(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++) {
        switch (t.at[i]) {
        case '&': BUFFER_LITERAL(out, "&amp;"); break;
        case '<': BUFFER_LITERAL(out, "&lt;"); break;
        case '>': BUFFER_LITERAL(out, "&gt;"); break;
        case '"': BUFFER_LITERAL(out, "&quot;"); break;
        case '\n': BUFFER_LITERAL(out, "&#10;"); break;
        case '\r': BUFFER_LITERAL(out, "&#13;"); break;
        case '\t': BUFFER_LITERAL(out, "&#9;"); break;
        default: buffer_byte(out, t.at[i]);
        }
    }
}

/* Names and namespaces longer than any that is in use are cut in the copy at hand, never
 * in the output. */
static struct text keep_name(char at[KEEP_NAME_MOST], struct text name)
{
    size_t len = name.len < KEEP_NAME_MOST ? name.len : KEEP_NAME_MOST - 1;
    if (len > 0)
        memcpy(at, name.at, len);
    at[len] = '\0';
    return (struct text){at, len};
}

static bool is_long(struct text name)
{
    return name.len >= KEEP_NAME_MOST;
}

static void put_attribute(struct odm_data_keep *keep, const char *name,
                          const char *value, size_t place)
{
    struct buffer *out = &keep->xml;
    struct text whole = text_of(name);
    size_t at = text_find(whole, SEPARATOR);
    struct text local = at < whole.len ? text_part(whole, at + 1, whole.len) : whole;
    struct text space = at < whole.len ? text_part(whole, 0, at) : TEXT("");
    buffer_byte(out, ' ');
    if (text_equal(space, TEXT(XML_SPACE))) {
        BUFFER_LITERAL(out, "xml:");
    } else if (space.len > 0) {
        buffer_format(out, "xmlns:a%zu=\"", place);
        put_escaped(out, space);
        buffer_format(out, "\" a%zu:", place);
    }
    buffer_text_add(out, local);
    BUFFER_LITERAL(out, "=\"");
    put_escaped(out, text_of(value));
    buffer_byte(out, '"');
}

static void close_tag(struct odm_data_keep *keep)
{
    if (keep->is_open)
        buffer_byte(&keep->xml, '>');
    keep->is_open = false;
}

static void note(struct text *named, char at[KEEP_NAME_MOST],
                 const struct xml_element *element, const char *attribute)
{
    struct text oid = xml_attribute(element, attribute);
    if (oid.len > 0)
        *named = keep_name(at, oid);
}

static void note_named(struct odm_data_keep *keep, const struct xml_element *element)
{
    note(&keep->location, keep->location_bytes, element, "LocationOID");
    note(&keep->user, keep->user_bytes, element, "UserOID");
    note(&keep->user, keep->user_bytes, element, "UserID");
    note(&keep->signature, keep->signature_bytes, element, "SignatureOID");
}

void odm_data_keep_start(struct odm_data_keep *keep, const struct xml_element *element)
{
    if (keep->depth == 0) {
        keep->xml.len = 0;
        keep->xml.is_overflown = false;
        keep->place = element->place;
        keep->element = keep_name(keep->element_bytes, element->name);
        keep->oid = keep_name(keep->oid_bytes, xml_attribute(element, "OID"));
        keep->location = keep->user = keep->signature = (struct text){0};
    }
    note_named(keep, element);
    close_tag(keep);
    ASSERT(keep->depth < ARRAY_COUNT(keep->spaces));
    if (is_long(element->name) || is_long(element->space))
        keep->xml.is_overflown = true; /* said as too large */
    keep_name(keep->locals[keep->depth], element->name);
    keep_name(keep->spaces[keep->depth], element->space);
    buffer_byte(&keep->xml, '<');
    buffer_text_add(&keep->xml, element->name);
    const char *around = keep->depth == 0 ? "" : keep->spaces[keep->depth - 1];
    if (!text_equal(text_of(around), element->space)) {
        BUFFER_LITERAL(&keep->xml, " xmlns=\"");
        put_escaped(&keep->xml, element->space);
        buffer_byte(&keep->xml, '"');
    }
    for (size_t i = 0; element->attributes[i] != NULL; i += 2)
        put_attribute(keep, element->attributes[i], element->attributes[i + 1], i / 2);
    keep->is_open = true;
    keep->depth++;
}

void odm_data_keep_characters(struct odm_data_keep *keep, struct text piece)
{
    if (keep->depth == 0)
        return;
    close_tag(keep);
    put_escaped(&keep->xml, piece);
}

void odm_data_keep_end(struct odm_data_keep *keep)
{
    ASSERT(keep->depth > 0);
    keep->depth--;
    if (keep->is_open) {
        BUFFER_LITERAL(&keep->xml, "/>");
        keep->is_open = false;
        return;
    }
    BUFFER_LITERAL(&keep->xml, "</");
    buffer_text_add(&keep->xml, text_of(keep->locals[keep->depth]));
    buffer_byte(&keep->xml, '>');
}

bool odm_data_keep_attributes(struct odm_data_keep *keep,
                              const struct xml_element *element)
{
    bool has_any = false;
    for (size_t i = 0; element->attributes[i] != NULL; i += 2) {
        struct text name = text_of(element->attributes[i]);
        if (text_find(name, SEPARATOR) == name.len)
            continue;
        if (!has_any) {
            keep->xml.len = 0;
            keep->xml.is_overflown = false;
            buffer_byte(&keep->xml, '<');
            buffer_text_add(&keep->xml, element->name);
        }
        has_any = true;
        put_attribute(keep, element->attributes[i], element->attributes[i + 1], i / 2);
    }
    if (has_any)
        BUFFER_LITERAL(&keep->xml, "/>");
    return has_any;
}

bool odm_data_keep_text(const struct odm_data_keep *keep, struct text *out,
                        struct error *err)
{
    if (buffer_text(&keep->xml, out, err))
        return true;
    error_set(err, ERROR_TOO_LARGE, "%.*s is longer than %d bytes",
              TEXT_ARG(keep->element), LIMIT_IMPORT_KEPT);
    return error_where(err, 0, "%zu:%zu", keep->place.line, keep->place.column);
}

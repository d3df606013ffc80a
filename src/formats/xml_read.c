#include "formats/xml_read.h"

#include "base/limits.h"

#include <expat.h>
#include <string.h>

/* Stands between a namespace and a name; no namespace can hold it. */
#define SEPARATOR ' '
#define XML_SPACE "http://www.w3.org/XML/1998/namespace"

struct reading {
    const struct xml_events *events;
    XML_Parser parser;
    size_t depth;
    bool has_failed; /* `err` is filled; expat may still deliver a callback or two */
    struct error *err;
};

static struct xml_place place_of(const struct reading *reading)
{
    return (struct xml_place){.line = XML_GetCurrentLineNumber(reading->parser),
                              .column =
                                  XML_GetCurrentColumnNumber(reading->parser) + 1};
}

/* Ends the reading with the error in `err`, at the place where it stands. */
static void stop(struct reading *reading)
{
    struct error *err = reading->err;
    if (err->where[0] == '\0') {
        struct xml_place place = place_of(reading);
        XML_Index at = XML_GetCurrentByteIndex(reading->parser);
        error_where(err, at < 0 ? 0 : (size_t)at, "%zu:%zu", place.line, place.column);
    }
    reading->has_failed = true;
    XML_StopParser(reading->parser, XML_FALSE);
}

static void split_name(const char *name, struct text *space, struct text *local)
{
    struct text whole = text_of(name);
    size_t at = text_find(whole, SEPARATOR);
    bool has_space = at < whole.len;
    *space = has_space ? text_part(whole, 0, at) : TEXT("");
    *local = has_space ? text_part(whole, at + 1, whole.len) : whole;
}

static void XMLCALL on_start(void *data, const XML_Char *name,
                             const XML_Char **attributes)
{
    struct reading *reading = data;
    if (reading->has_failed)
        return;
    if (++reading->depth > LIMIT_XML_DEPTH) {
        error_set(reading->err, ERROR_TOO_LARGE,
                  "elements are nested deeper than %d levels", (int)LIMIT_XML_DEPTH);
        stop(reading);
        return;
    }
    struct xml_element element = {
        .place = place_of(reading), .depth = reading->depth, .attributes = attributes};
    split_name(name, &element.space, &element.name);
    const struct xml_events *events = reading->events;
    if (!events->start(events->data, &element, reading->err))
        stop(reading);
}

static void XMLCALL on_text(void *data, const XML_Char *bytes, int len)
{
    struct reading *reading = data;
    const struct xml_events *events = reading->events;
    struct text piece = {.at = bytes, .len = (size_t)len};
    if (!reading->has_failed && !events->text(events->data, piece, reading->err))
        stop(reading);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    (void)name;
    struct reading *reading = data;
    const struct xml_events *events = reading->events;
    if (reading->has_failed)
        return;
    reading->depth--;
    if (!events->end(events->data, reading->err))
        stop(reading);
}

/* Entities can only be declared in a document type declaration: without it there is no
 * way to make a small file large ("billion laughs") or to name another file. */
static void XMLCALL on_doctype(void *data, const XML_Char *name,
                               const XML_Char *system_id, const XML_Char *public_id,
                               int has_internal_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    struct reading *reading = data;
    if (reading->has_failed)
        return;
    error_set(reading->err, ERROR_REFUSED,
              "a document type declaration (DOCTYPE) is not taken, nor any entity");
    error_hint(reading->err, "remove the DOCTYPE; ODM has none");
    stop(reading);
}

static bool fail_parse(struct reading *reading)
{
    if (!reading->has_failed) {
        enum XML_Error code = XML_GetErrorCode(reading->parser);
        error_set(reading->err, ERROR_MALFORMED, "not well-formed XML: %s",
                  XML_ErrorString(code));
        if (code == XML_ERROR_UNKNOWN_ENCODING || code == XML_ERROR_INVALID_TOKEN)
            error_hint(reading->err, "the file must be UTF-8; for a Chinese one: iconv "
                                     "-f GB18030 -t UTF-8");
        stop(reading);
    }
    return false;
}

static bool begin(struct reading *reading, struct error *err)
{
    reading->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (reading->parser == NULL)
        return error_set(err, ERROR_FAILED, "no memory for an XML parser");
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, on_start, on_end);
    XML_SetCharacterDataHandler(reading->parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading->parser, on_doctype);
    return true;
}

bool xml_read(struct text document, const struct xml_events *events, size_t maximum,
              struct error *err)
{
    ASSERT(maximum <= INT32_MAX);
    if (document.len > maximum)
        return error_set(err, ERROR_TOO_LARGE, "the document is larger than %zu bytes",
                         maximum);
    struct reading reading = {.events = events, .err = err};
    if (!begin(&reading, err))
        return false;
    /* In one piece: many small ones would cost time in the square of a long token. */
    bool is_ok = XML_Parse(reading.parser, document.at, (int)document.len, XML_TRUE) ==
                 XML_STATUS_OK;
    if (!is_ok)
        is_ok = fail_parse(&reading);
    XML_ParserFree(reading.parser);
    return is_ok;
}

/* What the parser holds back is one token that has not ended. */
static bool token_is_bounded(struct reading *reading, uint64_t fed)
{
    XML_Index at = XML_GetCurrentByteIndex(reading->parser);
    if (at < 0 || fed - (uint64_t)at <= LIMIT_XML_TOKEN)
        return true;
    error_set(reading->err, ERROR_TOO_LARGE,
              "one tag, comment or text is longer than %d bytes", LIMIT_XML_TOKEN);
    stop(reading);
    return false;
}

static bool parse_pieces(struct reading *reading, const struct xml_source *source)
{
    enum { PIECE = 64 * 1024 };
    uint64_t fed = 0;
    for (;;) {
        char *room = XML_GetBuffer(reading->parser, PIECE);
        size_t len = 0;
        if (room == NULL)
            return error_set(reading->err, ERROR_FAILED, "no memory for XML");
        if (!source->read(source->data, room, PIECE, &len, reading->err))
            return false;
        fed += len;
        if (XML_ParseBuffer(reading->parser, (int)len, len == 0) != XML_STATUS_OK)
            return fail_parse(reading);
        if (len == 0)
            return true;
        if (!token_is_bounded(reading, fed))
            return false;
    }
}

bool xml_read_stream(const struct xml_source *source, const struct xml_events *events,
                     struct error *err)
{
    struct reading reading = {.events = events, .err = err};
    if (!begin(&reading, err))
        return false;
    bool is_ok = parse_pieces(&reading, source);
    XML_ParserFree(reading.parser);
    return is_ok;
}

struct text xml_attribute(const struct xml_element *element, const char *name)
{
    for (const char *const *at = element->attributes; at[0] != NULL; at += 2)
        if (strcmp(at[0], name) == 0)
            return text_of(at[1]);
    return (struct text){0};
}

struct text xml_language(const struct xml_element *element)
{
    return xml_attribute(element, XML_SPACE " lang");
}

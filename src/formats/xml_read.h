#ifndef OSTEON_FORMATS_XML_READ_H
#define OSTEON_FORMATS_XML_READ_H
/* Reads an XML document (expat) and hands out its elements one by one; it builds
 * nothing.
 *
 * What outside bytes could do to us is refused here: a document type declaration (so no
 * entity can be declared), nesting deeper than LIMIT_XML_DEPTH, a document larger than
 * `maximum`. No other file is ever opened. Names come with their namespace.
 *
 *     struct xml_events events = {.start = on_start, .end = on_end, .data = &reader};
 *     if (!xml_read(document, &events, LIMIT_DESIGN_BYTES, err))
 *         return error_in(err, "reading %s", path);
 */
#include "base/error.h"
#include "base/text.h"

/* From 1, as editors count. */
struct xml_place {
    size_t line;
    size_t column;
    const char *element; /* for the reader that knows it: a name that lives on */
};

struct xml_element {
    struct text space; /* namespace; empty when there is none */
    struct text name;
    struct xml_place place;
    size_t depth;                  /* of the root: 1 */
    const char *const *attributes; /* expat's: use the two functions below */
};

/* An event may refuse: it fills `err` and returns false, and reading stops. The views
 * it gets live until it returns. `text` gets character data in pieces. */
struct xml_events {
    bool (*start)(void *data, const struct xml_element *element, struct error *err);
    bool (*text)(void *data, struct text piece, struct error *err);
    bool (*end)(void *data, struct error *err);
    void *data;
};

/* ERROR_MALFORMED (not well-formed), ERROR_TOO_LARGE, ERROR_REFUSED (a declaration), or
 * what an event said. `err->at` is the byte, `err->where` "line:column". */
MUST_USE bool xml_read(struct text document, const struct xml_events *events,
                       size_t maximum, struct error *err);

/* A document of any length, in constant memory. `read` fills at most `room` bytes; none at
 * the end. */
struct xml_source {
    bool (*read)(void *data, char *at, size_t room, size_t *len, struct error *err);
    void *data;
};
/* As xml_read; ERROR_TOO_LARGE also for a single tag, comment or text that is longer than
 * LIMIT_XML_TOKEN. */
MUST_USE bool xml_read_stream(const struct xml_source *source,
                              const struct xml_events *events, struct error *err);

/* The value of an attribute without namespace, or absent. */
struct text xml_attribute(const struct xml_element *element, const char *name);
/* The value of xml:lang, or absent. */
struct text xml_language(const struct xml_element *element);

#endif

#ifndef OSTEON_FORMATS_HL7_READ_H
#define OSTEON_FORMATS_HL7_READ_H
/* An HL7 v2 message (2.3 to 2.6) in segments and fields.
 *
 * The document is UTF-8 (formats/hl7_charset.h) and outlives the message. Segments end
 * with CR, LF or both. Encoding characters are those that MSH gives. Fields are views of the
 * document; repetitions, components and sub-components are cut when asked for, and only
 * then is what is escaped read.
 *
 *     hl7_read(document, arena, &message, err)
 *     hl7_value(&message, segment, (struct hl7_place){.field = 3, .component = 2}, arena)
 *
 * Refused with the segment's line: no MSH at the start, encoding characters that cannot
 * be, a line that is no segment, control characters, too many segments or fields. An arena
 * of LIMIT_HL7_ARENA is enough for any message.
 * Source: HL7 version 2.5.1, chapter 2, sections 2.5 to 2.7.
 */
#include "base/arena.h"
#include "base/error.h"

struct hl7_encoding {
    char field, component, repetition, escape, subcomponent;
};

struct hl7_segment {
    struct text name; /* "OBX" */
    size_t line;      /* from 1 */
    size_t at;        /* in the document */
    /* By number: fields[3] is OBX-3, fields[0] the name. Of MSH, fields[1] is the separator. */
    const struct text *fields;
    size_t field_count;
};

struct hl7_message {
    struct hl7_encoding encoding;
    const struct hl7_segment *segments; /* the first is MSH */
    size_t segment_count;
};

/* ERROR_MALFORMED with the place; ERROR_TOO_LARGE. */
MUST_USE bool hl7_read(struct text document, struct arena *arena,
                       struct hl7_message *out, struct error *err);

/* Counted from 1; 0 counts as 1. */
struct hl7_place {
    size_t field, repetition, component, subcomponent;
};

/* As it stands; absent when the segment ends before it. */
struct text hl7_field(const struct hl7_segment *segment, size_t number);
/* 0: the field is absent or empty. */
size_t hl7_repetitions(const struct hl7_message *message,
                       const struct hl7_segment *segment, size_t field);
/* Without white space around it, with what is escaped read; absent when nothing is there,
 * and for the null value "" of HL7, which says that there is none. In the document or in
 * `arena`. */
struct text hl7_value(const struct hl7_message *message,
                      const struct hl7_segment *segment, struct hl7_place place,
                      struct arena *arena);

/* The text with what is escaped read: \F\ \S\ \T\ \R\ \E\ as the characters they stand for,
 * \.br\ \.sp\ and the like as line ends, \X…\ as the bytes where they make text. \H\ and
 * \N\ mark only how it is shown and go; what cannot be read (\Z…\, \C…\, \M…\, unknown ones)
 * stays as it stands. Never longer than before. */
struct text hl7_unescape(const struct hl7_encoding *encoding, struct text raw,
                         struct arena *arena);

#endif

#include "formats/hl7_read.h"

#include "base/limits.h"
#include "base/utf8.h"

struct reader {
    struct text document;
    struct arena *arena;
    struct hl7_message *message;
    size_t at, line;
};

static bool refuse(const struct reader *reader, size_t at, struct error *err,
                   const char *sentence)
{
    error_set(err, ERROR_MALFORMED, "%s", sentence);
    return error_where(err, at, "line %zu, byte %zu", reader->line, at + 1);
}

static bool too_large(const struct reader *reader, struct error *err,
                      const char *sentence)
{
    error_set(err, ERROR_TOO_LARGE, "%s", sentence);
    return error_where(err, reader->at, "line %zu", reader->line);
}

/* --- encoding characters --------------------------------------------------------------- */

static bool can_separate(char byte)
{
    bool is_word = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                   (byte >= 'a' && byte <= 'z');
    return byte > ' ' && byte < 0x7f && !is_word;
}

/* MSH-1 and MSH-2: five different characters; a sixth, of version 2.7, means nothing
 * before that version. */
static bool read_encoding(struct reader *reader, struct error *err)
{
    enum { FIRST = 3, COUNT = 5, MOST = 6 };
    struct text document = reader->document;
    if (!text_starts_with(document, TEXT("MSH")))
        return refuse(reader, 0, err, "the message does not begin with MSH");
    if (document.len < FIRST + COUNT)
        return refuse(reader, document.len, err, "MSH has no encoding characters");
    for (size_t i = FIRST; i < FIRST + COUNT; i++)
        for (size_t k = FIRST; k <= i; k++)
            if (!can_separate(document.at[i]) ||
                (k < i && document.at[k] == document.at[i]))
                return refuse(reader, i, err,
                              "MSH-1 and MSH-2 are not five different characters");
    size_t end = FIRST + 1;
    while (end < document.len && end <= FIRST + MOST &&
           document.at[end] != document.at[FIRST])
        end++;
    if (end > FIRST + MOST || end >= document.len)
        return refuse(reader, FIRST + 1, err, "MSH-2 has too many characters");
    const char *at = document.at + FIRST;
    reader->message->encoding = (struct hl7_encoding){
        .field = at[0],
        .component = at[1],
        .repetition = at[2],
        .escape = at[3],
        .subcomponent = at[4],
    };
    return true;
}

/* --- segments --------------------------------------------------------------------------- */

static bool is_name(struct text name)
{
    if (name.len != 3 || name.at[0] < 'A' || name.at[0] > 'Z')
        return false;
    for (size_t i = 1; i < name.len; i++)
        if ((name.at[i] < 'A' || name.at[i] > 'Z') &&
            (name.at[i] < '0' || name.at[i] > '9'))
            return false;
    return true;
}

static size_t count_bytes(struct text t, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += t.at[i] == byte;
    return count;
}

static bool cut_fields(struct reader *reader, struct text line,
                       struct hl7_segment *segment, struct error *err)
{
    char separator = reader->message->encoding.field;
    bool is_header = text_equal(segment->name, TEXT("MSH"));
    size_t count = count_bytes(line, separator) + 1 + (is_header ? 1 : 0);
    if (count > LIMIT_HL7_FIELDS)
        return too_large(reader, err, "the segment has too many fields");
    struct text *fields = arena_try(reader->arena, count * sizeof *fields);
    if (fields == NULL)
        return too_large(reader, err, "the message is too large");
    struct text rest = line;
    for (size_t i = 0; i < count; i++) {
        bool is_separator = is_header && i == 1;
        fields[i] = is_separator ? text_part(line, 3, 1) : text_cut(&rest, separator);
        if (count_bytes(fields[i], reader->message->encoding.repetition) >=
            LIMIT_HL7_REPETITIONS)
            return too_large(reader, err, "a field has too many repetitions");
    }
    segment->fields = fields;
    segment->field_count = count;
    return true;
}

static bool read_segment(struct reader *reader, struct text line,
                         struct hl7_segment *segment, struct error *err)
{
    size_t at = 0;
    struct text rest = line;
    *segment = (struct hl7_segment){.line = reader->line, .at = reader->at};
    segment->name = text_cut(&rest, reader->message->encoding.field);
    if (!is_name(segment->name))
        return refuse(reader, reader->at, err,
                      "the line does not begin with the three characters of a segment");
    if (reader->line > 1 && text_equal(segment->name, TEXT("MSH")))
        return refuse(reader, reader->at, err, "a second MSH: it is another message");
    if (!utf8_is_printable(line, &at))
        return refuse(reader, reader->at + at, err,
                      "a control character, or no UTF-8, stands in the segment");
    return cut_fields(reader, line, segment, err);
}

static size_t line_length(const struct reader *reader)
{
    size_t end = reader->at;
    while (end < reader->document.len && reader->document.at[end] != '\r' &&
           reader->document.at[end] != '\n')
        end++;
    return end - reader->at;
}

/* Behind the line's end: CR, LF or both. */
static void skip_end(struct reader *reader)
{
    struct text document = reader->document;
    bool is_return = reader->at < document.len && document.at[reader->at] == '\r';
    reader->at += reader->at < document.len ? 1 : 0;
    if (is_return && reader->at < document.len && document.at[reader->at] == '\n')
        reader->at++;
    reader->line++;
}

bool hl7_read(struct text document, struct arena *arena, struct hl7_message *out,
              struct error *err)
{
    struct reader reader = {
        .document = document, .arena = arena, .message = out, .line = 1};
    *out = (struct hl7_message){0};
    if (document.len > LIMIT_HL7_TEXT)
        return too_large(&reader, err, "the message is too large");
    if (!read_encoding(&reader, err))
        return false;
    size_t most = count_bytes(document, '\r') + count_bytes(document, '\n') + 1;
    most = most > LIMIT_HL7_SEGMENTS ? LIMIT_HL7_SEGMENTS : most;
    struct hl7_segment *segments = arena_try(arena, most * sizeof *segments);
    if (segments == NULL)
        return too_large(&reader, err, "the message is too large");
    while (reader.at < document.len) {
        struct text line = text_part(document, reader.at, line_length(&reader));
        if (line.len > 0) {
            if (out->segment_count == most)
                return too_large(&reader, err, "the message has too many segments");
            if (!read_segment(&reader, line, &segments[out->segment_count], err))
                return false;
            out->segment_count++;
        }
        reader.at += line.len;
        skip_end(&reader);
    }
    out->segments = segments;
    return true;
}

#include "formats/xml_write.h"

#include <string.h>

static struct text reference_of(char byte)
{
    switch (byte) {
    case '&': return TEXT("&amp;");
    case '<': return TEXT("&lt;");
    case '>': return TEXT("&gt;");
    case '"': return TEXT("&quot;");
    case '\t': return TEXT("&#9;");
    case '\n': return TEXT("&#10;");
    case '\r': return TEXT("&#13;");
    default: return (struct text){0};
    }
}

/* U+FFFE and U+FFFF, the last of the three bytes BE and BF. */
static bool is_no_character(struct text rest)
{
    return rest.len >= 3 && (unsigned char)rest.at[0] == 0xef &&
           (unsigned char)rest.at[1] == 0xbf && (unsigned char)rest.at[2] >= 0xbe;
}

/* Most bytes stand as they are. */
static bool needs_care(char byte)
{
    unsigned char value = (unsigned char)byte;
    return value < ' ' || value == '&' || value == '<' || value == '>' ||
           value == '"' || value == 0xef;
}

void xml_put_text(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len;) {
        if (!needs_care(text.at[i])) {
            i++;
            continue;
        }
        struct text instead = reference_of(text.at[i]);
        size_t len = 1;
        if (text_is_absent(instead) && (unsigned char)text.at[i] < ' ')
            instead = TEXT("\xef\xbf\xbd");
        if (is_no_character(text_part(text, i, 3))) {
            instead = TEXT("\xef\xbf\xbd");
            len = 3;
        }
        if (!text_is_absent(instead)) {
            buffer_bytes(out, text.at + from, i - from);
            buffer_text_add(out, instead);
            from = i + len;
        }
        i += len;
    }
    buffer_bytes(out, text.at + from, text.len - from);
}

static void put_name(struct buffer *out, const char *name)
{
    buffer_byte(out, ' ');
    buffer_bytes(out, name, strlen(name));
    BUFFER_LITERAL(out, "=\"");
}

void xml_put(struct buffer *out, const char *name, struct text value)
{
    if (text_is_absent(value))
        return;
    put_name(out, name);
    xml_put_text(out, value);
    buffer_byte(out, '"');
}

void xml_put_number(struct buffer *out, const char *name, int64_t value)
{
    put_name(out, name);
    buffer_number(out, value);
    buffer_byte(out, '"');
}

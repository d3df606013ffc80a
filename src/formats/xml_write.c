#include "formats/xml_write.h"

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

void xml_put_text(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len;) {
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

void xml_put(struct buffer *out, const char *name, struct text value)
{
    if (text_is_absent(value))
        return;
    buffer_format(out, " %s=\"", name);
    xml_put_text(out, value);
    buffer_byte(out, '"');
}

void xml_put_number(struct buffer *out, const char *name, int64_t value)
{
    buffer_format(out, " %s=\"%lld\"", name, (long long)value);
}

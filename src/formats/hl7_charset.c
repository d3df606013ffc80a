#include "formats/hl7_charset.h"

#include "base/utf8.h"

#include <iconv.h>

/* The names of table 0211 first. */
static const struct {
    struct text name;
    enum hl7_charset charset;
} names[] = {
    {TEXT_INIT("ASCII"), HL7_ASCII},
    {TEXT_INIT("UNICODE UTF-8"), HL7_UTF8},
    {TEXT_INIT("GB 18030-2000"), HL7_GB18030},
    {TEXT_INIT("8859/1"), HL7_LATIN_1},
    {TEXT_INIT("UTF-8"), HL7_UTF8},
    {TEXT_INIT("UTF8"), HL7_UTF8},
    {TEXT_INIT("GB18030"), HL7_GB18030},
    {TEXT_INIT("GB18030-2000"), HL7_GB18030},
    {TEXT_INIT("GB 18030"), HL7_GB18030},
};

/* As table 0211 writes it. */
static struct text charset_name(enum hl7_charset charset)
{
    return names[charset].name;
}

bool hl7_charset_parse(struct text name, enum hl7_charset *out)
{
    struct text trimmed = text_trim(name);
    *out = HL7_ASCII;
    if (trimmed.len == 0)
        return true;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        if (text_equal(names[i].name, trimmed)) {
            *out = names[i].charset;
            return true;
        }
    return false;
}

struct text hl7_charset_said(struct text document)
{
    enum { FIELD = 18 };
    size_t end = 0;
    if (!text_starts_with(document, TEXT("MSH")) || document.len < 5)
        return (struct text){0};
    while (end < document.len && document.at[end] != '\r' && document.at[end] != '\n')
        end++;
    /* MSH-1 is the separator itself: what follows the first one is MSH-2. */
    char separator = document.at[3];
    struct text rest = text_part(document, 4, end < 4 ? 0 : end - 4);
    struct text field = {0};
    for (int number = 2; number <= FIELD && !text_is_absent(rest); number++) {
        field = text_cut(&rest, separator);
        if (number < FIELD && text_is_absent(rest))
            return (struct text){0};
    }
    return text_trim(field);
}

/* --- by the system's converter -------------------------------------------------------------------------- */

static bool refuse(struct error *err, size_t at, enum hl7_charset charset,
                   unsigned char byte)
{
    struct text name = charset_name(charset);
    error_set(err, ERROR_REFUSED, "byte 0x%02X is not of the character set %.*s", byte,
              TEXT_ARG(name));
    error_where(err, at, "byte %zu", at + 1);
    return error_hint(err, charset == HL7_ASCII
                               ? "the sender says no character set in MSH-18: state it"
                               : "the sender's MSH-18 names another character set");
}

/* Two bytes of GB 18030 become at most three, one of Latin 1 at most two. */
static bool convert(iconv_t conversion, enum hl7_charset charset, struct text document,
                    struct arena *arena, struct text *out, struct error *err)
{
    /* POSIX takes a char ** of what it does not write. */
    union {
        const char *read_only;
        char *from;
    } input = {.read_only = document.at};
    size_t left = document.len, room = 2 * document.len + 1, free = room;
    char *bytes = arena_try(arena, room);
    char *to = bytes;
    if (bytes == NULL)
        return error_set(err, ERROR_TOO_LARGE, "the message is too large");
    if (iconv(conversion, &input.from, &left, &to, &free) == (size_t)-1) {
        size_t at = document.len - left;
        return refuse(err, at, charset, (unsigned char)document.at[at]);
    }
    *out = (struct text){.at = bytes, .len = room - free};
    return true;
}

static bool convert_from(const char *name, enum hl7_charset charset,
                         struct text document, struct arena *arena, struct text *out,
                         struct error *err)
{
    iconv_t conversion = iconv_open("UTF-8", name);
    if ((intptr_t)conversion == -1)
        return error_set(err, ERROR_FAILED, "this system has no converter from %s",
                         name);
    bool is_ok = convert(conversion, charset, document, arena, out, err);
    iconv_close(conversion);
    return is_ok;
}

bool hl7_to_utf8(struct text document, enum hl7_charset charset, struct arena *arena,
                 struct text *out, struct error *err)
{
    size_t at = 0;
    *out = document;
    switch (charset) {
    case HL7_GB18030:
        return convert_from("GB18030", charset, document, arena, out, err);
    case HL7_LATIN_1:
        return convert_from("ISO-8859-1", charset, document, arena, out, err);
    case HL7_UTF8:
        return utf8_is_valid(document, &at) ||
               refuse(err, at, charset, (unsigned char)document.at[at]);
    case HL7_ASCII: break;
    }
    for (at = 0; at < document.len; at++)
        if ((unsigned char)document.at[at] >= 0x80)
            return refuse(err, at, charset, (unsigned char)document.at[at]);
    return true;
}

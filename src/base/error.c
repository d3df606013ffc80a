#include "base/error.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int http_status;
    int exit_status;
    const char *sentence;
    const char *sentence_chinese;
} table[] = {
#define X(code, http, exit, english, chinese) {#code, http, exit, english, chinese},
    ERROR_TABLE(X)
#undef X
};

/* Sentences quote input, and the room may end inside a character. What is not printable
 * becomes "?" and a line end a space, so that a sentence always fits into JSON and into
 * one line of a log. */
static void make_printable(char *sentence)
{
    size_t at;
    while (!utf8_is_printable(text_of(sentence), &at))
        sentence[at] = '?';
    for (; *sentence != '\0'; sentence++)
        if (*sentence == '\n' || *sentence == '\r')
            *sentence = ' ';
}

bool(error_fill)(struct error *err, enum error_code code, const char *file, int line,
                 const char *format, ...)
{
    *err = (struct error){.code = code, .file = file, .line = line};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    make_printable(err->text);
    return false;
}

bool(error_in)(struct error *err, const char *format, ...)
{
    char context[sizeof err->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(context, sizeof context, format, arguments);
    va_end(arguments);

    char whole[2 * sizeof err->text + 2] = {0};
    snprintf(whole, sizeof whole, "%s: %s", context, err->text);
    memcpy(err->text, whole, sizeof err->text - 1);
    err->text[sizeof err->text - 1] = '\0';
    make_printable(err->text);
    return false;
}

bool(error_hint)(struct error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->hint, sizeof err->hint, format, arguments);
    va_end(arguments);
    make_printable(err->hint);
    return false;
}

bool(error_where)(struct error *err, size_t at, const char *format, ...)
{
    err->at = at;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->where, sizeof err->where, format, arguments);
    va_end(arguments);
    make_printable(err->where);
    return false;
}

int error_http_status(enum error_code code)
{
    return table[code].http_status;
}

int error_exit_status(enum error_code code)
{
    return table[code].exit_status;
}

const char *error_sentence(enum error_code code)
{
    return table[code].sentence;
}

const char *error_sentence_chinese(enum error_code code)
{
    return table[code].sentence_chinese;
}

const char *error_name(enum error_code code)
{
    return table[code].name;
}

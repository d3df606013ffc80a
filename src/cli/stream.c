#include "cli/stream.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void stream_text(struct stream *stream, struct text bytes)
{
    if (bytes.len > 0 && !stream->has_failed && !stream->write(stream->data, bytes))
        stream->has_failed = true;
}

void stream_format(struct stream *stream, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(len >= 0);
    struct arena_mark mark = arena_mark(stream->arena);
    char *whole = arena_alloc(stream->arena, (size_t)len + 1);
    vsnprintf(whole, (size_t)len + 1, format, again);
    va_end(again);
    stream_text(stream, (struct text){.at = whole, .len = (size_t)len});
    arena_rewind(stream->arena, mark);
}

static bool write_to_descriptor(void *data, struct text bytes)
{
    const int *descriptor = data;
    while (bytes.len > 0) {
        ssize_t written = write(*descriptor, bytes.at, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = text_part(bytes, (size_t)written, bytes.len);
    }
    return true;
}

struct stream stream_to(int *descriptor, struct arena *arena)
{
    return (struct stream){.write = write_to_descriptor,
                           .data = descriptor,
                           .arena = arena,
                           .is_terminal = isatty(*descriptor) == 1};
}

/* Columns on a terminal: East Asian wide characters take two. The ranges are those of
 * the study's texts: CJK, its punctuation, full-width forms. */
static size_t text_width(struct text t)
{
    size_t width = 0;
    for (size_t i = 0; i < t.len; i++) {
        unsigned char byte = (unsigned char)t.at[i];
        if ((byte & 0xC0) == 0x80)
            continue;
        // Lead bytes E3 (from U+3000) to ED and EF stand for wide characters.
        width += byte >= 0xE3 && byte <= 0xEF ? 2 : 1;
    }
    return width;
}

void stream_table(struct stream *stream, const struct text *cells, size_t rows,
                  size_t columns)
{
    struct arena_mark mark = arena_mark(stream->arena);
    size_t *widths = ARENA_ARRAY(stream->arena, size_t, columns);
    for (size_t i = 0; i < rows * columns; i++) {
        size_t width = text_width(cells[i]);
        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    for (size_t i = 0; i < rows; i++) {
        const struct text *row = cells + i * columns;
        size_t last = columns;
        while (last > 1 && row[last - 1].len == 0)
            last--;
        for (size_t j = 0; j < last; j++) {
            stream_text(stream, row[j]);
            size_t gap =
                j + 1 == last ? 0 : widths[j] - text_width(row[j]) + sizeof "  " - 1;
            stream_format(stream, "%*s", (int)gap, "");
        }
        stream_text(stream, TEXT("\n"));
    }
    arena_rewind(stream->arena, mark);
}

static size_t indentation(struct text line)
{
    size_t blanks = 0;
    while (blanks < line.len && (line.at[blanks] == ' ' || line.at[blanks] == '\t'))
        blanks++;
    return blanks;
}

/* Of the lines behind the first; empty ones do not count. */
static size_t shared_indentation(struct text lines)
{
    size_t shared = SIZE_MAX;
    (void)text_cut(&lines, '\n');
    while (!text_is_absent(lines)) {
        struct text line = text_cut(&lines, '\n');
        size_t own = indentation(line);
        if (text_trim(line).len > 0 && own < shared)
            shared = own;
    }
    return shared;
}

void stream_block(struct stream *stream, int indent, struct text lines)
{
    lines = text_trim(lines);
    size_t shared = shared_indentation(lines);
    for (bool is_first = true; !text_is_absent(lines); is_first = false) {
        struct text line = text_cut(&lines, '\n');
        if (!is_first && text_trim(line).len > 0)
            line = text_part(line, shared, line.len);
        stream_format(stream, "%*s%.*s\n", indent, "", TEXT_ARG(line));
    }
}

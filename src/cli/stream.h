#ifndef OSTEON_CLI_STREAM_H
#define OSTEON_CLI_STREAM_H
/* Where a command writes: results to one stream, everything else to another. The same
 * command runs in its own process, where the streams are the standard ones, and inside
 * `serve`, where they are the control socket; so a command never touches stdout itself.
 *
 * A write that fails is remembered in `has_failed`; write freely, look once at the end.
 */
#include "base/arena.h"
#include "base/attributes.h"

struct stream {
    bool (*write)(void *data, struct text bytes);
    void *data;
    struct arena *arena; /* for text being formatted; rewound after each call */
    bool is_terminal;
    bool has_failed;
};

void stream_text(struct stream *stream, struct text bytes);
void stream_format(struct stream *stream, const char *format, ...) PRINTF_LIKE(2, 3);

/* Lines of source text, `indent` blanks before each: the indentation that they share goes,
 * that of the first line apart, which may have lost it. */
void stream_block(struct stream *stream, int indent, struct text lines);

/* A stream to an open descriptor of this process: 1 or 2. `*descriptor` must live as
 * long as the stream. */
struct stream stream_to(int *descriptor, struct arena *arena);

/* A person-readable table: columns as wide as their widest cell (code points; a Chinese
 * character counts two), two spaces between, no trailing blanks. `cells` is rows ×
 * columns, the first row the headings. */
void stream_table(struct stream *stream, const struct text *cells, size_t rows,
                  size_t columns);

#endif

#include "system/gzip.h"

#include <limits.h>
#include <zlib.h>

/* 15 bits of window, and 16 more to ask for gzip's own header (zlib.h, deflateInit2). */
enum { WINDOW = 15 + 16, MEMORY = 8 };

bool gzip_compress(struct text plain, struct arena *arena, struct text *out)
{
    if (plain.len == 0 || plain.len > INT_MAX)
        return false;
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, WINDOW, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    unsigned char *room = arena_try(arena, plain.len);
    union {
        const char *read;
        unsigned char *pointer;
    } view = {.read = plain.at};
    stream.next_in = view.pointer;
    stream.avail_in = (unsigned)plain.len;
    stream.next_out = room;
    stream.avail_out = room == NULL ? 0 : (unsigned)plain.len;
    /* Z_OK instead of the end: it does not fit, so it is no smaller. */
    bool is_smaller = room != NULL && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    if (is_smaller)
        *out = (struct text){.at = (const char *)room, .len = stream.total_out};
    deflateEnd(&stream);
    return is_smaller;
}

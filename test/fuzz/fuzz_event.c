/* The unsealed payload of an event, of any kind and any bytes. What is read can be written
 * again, and then it is read and written the same. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "store/event.h"

static struct log_row row_of(const struct event_kind *kind)
{
    return (struct log_row){
        .seq = 1, .kind = (int32_t)kind->kind, .kind_version = kind->version};
}

static struct text written(const struct event_kind *kind, const struct log_row *row,
                           struct arena *arena)
{
    struct buffer out = buffer_in(arena, 2 * LIMIT_PAYLOAD);
    event_encode(kind, &row->origin, row->content, &out);
    ASSERT(!out.is_overflown);
    return (struct text){.at = out.at, .len = out.len};
}

static void check_again(const struct event_kind *kind, const struct log_row *row,
                        struct arena *arena)
{
    struct text first = written(kind, row, arena);
    struct log_row again = row_of(kind);
    ASSERT(event_decode(kind, first, arena, &again));
    ASSERT(text_equal(first, written(kind, &again, arena)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text plain = fuzz_text(bytes, len);
    const struct event_kind *kind = event_kind_of(fuzz_byte(&plain) % 128);
    if (kind == NULL)
        return 0;
    struct arena *arena = arena_new(256 << 20);
    struct log_row row = row_of(kind);
    if (event_decode(kind, plain, arena, &row))
        check_again(kind, &row, arena);
    arena_free(arena);
    return 0;
}

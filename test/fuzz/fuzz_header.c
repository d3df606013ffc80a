/* What is read from the values of headers: cookies, tokens, types, lists. */
#include "fuzz/fuzz.h"

#include "base/arena.h"
#include "web/header.h"

#include <string.h>

/* A view lies within what it was cut from. */
static void check_view(struct text whole, struct text part)
{
    if (text_is_absent(part))
        return;
    ASSERT(part.at >= whole.at && part.at + part.len <= whole.at + whole.len);
}

static size_t count_pieces(struct text cookies, struct text name)
{
    size_t count = 0;
    while (!text_is_absent(cookies)) {
        struct text piece = text_trim(text_cut(&cookies, ';'));
        count += text_equal(text_part(piece, 0, text_find(piece, '=')), name);
    }
    return count;
}

static void check_cookie(struct text value, struct text name)
{
    struct text found = header_cookie(value, name);
    check_view(value, found);
    if (!text_is_absent(found)) {
        ASSERT(count_pieces(value, name) == 1);
        ASSERT(text_find(found, ';') == found.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text value = fuzz_text(bytes, len);
    struct text token = header_bearer(value);
    check_view(value, token);
    ASSERT(text_equal(token, text_trim(token)));
    check_cookie(value, TEXT("osteon_session"));
    check_cookie(value, TEXT("a"));
    bool is_json = header_is_json(value);
    if (header_name_equal(text_part(value, 0, 16), TEXT("application/json")) &&
        (len == 16 || value.at[16] == ';'))
        ASSERT(is_json);
    /* A coding or a tag can be found only where its letters stand. */
    struct arena *arena = arena_new(4 * len + 64);
    const char *copy = text_c(arena, value);
    if (strlen(copy) == len && strstr(copy, "tag") == NULL && len > 0)
        ASSERT(text_equal(text_trim(value), TEXT("*")) ||
               !header_names_etag(value, TEXT("tag")));
    if (header_takes_coding(value, TEXT("br")))
        ASSERT(text_find(value, 'b') < len || text_find(value, 'B') < len);
    arena_free(arena);
    return 0;
}

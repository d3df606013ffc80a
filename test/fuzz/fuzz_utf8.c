/* UTF-8: the check against a decoder that goes by code points, half-width forms, and
 * whatever is valid fits into JSON. */
#include "base/attributes.h"
#include "base/buffer.h"
#include "base/json_write.h"
#include "base/utf8.h"
#include "fuzz/fuzz.h"

/* Bytes that a code point takes when written as shortly as possible. */
static size_t shortest(uint32_t code)
{
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/* Decodes one character at `bytes` by its bit pattern; its length, or 0. */
static size_t decode(const uint8_t *bytes, size_t len)
{
    size_t size = bytes[0] < 0x80             ? 1
                  : (bytes[0] & 0xe0) == 0xc0 ? 2
                  : (bytes[0] & 0xf0) == 0xe0 ? 3
                  : (bytes[0] & 0xf8) == 0xf0 ? 4
                                              : 0;
    if (size == 0 || size > len)
        return 0;
    uint32_t code = size == 1 ? bytes[0] : bytes[0] & (0x7fU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (bytes[i] & 0x3f);
    }
    bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    return is_surrogate || code > 0x10ffff || shortest(code) != size ? 0 : size;
}

static void check_valid_text(struct text t, struct arena *arena, size_t characters)
{
    struct error err;
    ASSERT(utf8_count(t) == characters);
    struct text half = utf8_to_half_width(arena, t);
    ASSERT(half.len <= t.len && utf8_is_valid(half, NULL));
    ASSERT(utf8_count(half) == characters);
    ASSERT(text_equal(utf8_to_half_width(arena, half), half));
    struct buffer buffer = buffer_in(arena, 8 * t.len + 16);
    struct json_writer json = json_to(&buffer);
    struct text written;
    json_text(&json, t.at == NULL ? TEXT("") : t);
    ASSERT(buffer_text(&buffer, &written, &err));
    ASSERT(utf8_is_valid(written, NULL) && written.len >= t.len + 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text t = {.at = (const char *)bytes, .len = len};
    size_t place = 0, characters = 0, size = 0;
    while (place < len && (size = decode(bytes + place, len - place)) > 0) {
        place += size;
        characters++;
    }
    size_t at = SIZE_MAX;
    bool is_valid = utf8_is_valid(t, &at);
    ASSERT(is_valid == (place == len) && at == place);
    size_t at_printable = SIZE_MAX;
    bool is_printable = utf8_is_printable(t, &at_printable);
    ASSERT(at_printable <= at && is_printable == (at_printable == len));
    if (is_valid) {
        struct arena *arena = arena_new(64 * len + 4096);
        check_valid_text(t, arena, characters);
        arena_free(arena);
    }
    return 0;
}

/* Any bytes as the answer to an item of each type: refused with a place in what was typed,
 * or normalised, and then its own normal form. */
#include "fuzz/fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "model/value.h"

static const struct code codes[] = {
    {.code = TEXT_INIT("Y")},
    {.code = TEXT_INIT("N")},
    {.code = TEXT_INIT("NASAL")},
    {.code = TEXT_INIT("10")},
};
static const struct codelist codelist = {
    .oid = TEXT_INIT("CL.TEST"), .codes = codes, .code_count = ARRAY_COUNT(codes)};

#define ITEM(...)                                                                      \
    {                                                                                  \
        .name = TEXT_INIT("ITEM"), __VA_ARGS__                                         \
    }
static const struct item items[] = {
    ITEM(.type = ITEM_TEXT),
    ITEM(.type = ITEM_TEXT, .max_length = 5),
    ITEM(.type = ITEM_INTEGER),
    ITEM(.type = ITEM_DECIMAL, .decimals = -1),
    ITEM(.type = ITEM_DECIMAL, .decimals = 1),
    ITEM(.type = ITEM_CODED, .codelist = &codelist),
    ITEM(.type = ITEM_CODED, .codelist = &codelist, .is_multiple = true),
    ITEM(.type = ITEM_DATE),
    ITEM(.type = ITEM_DATETIME),
    ITEM(.type = ITEM_PARTIAL_DATE),
    ITEM(.type = ITEM_PARTIAL_DATETIME),
};

static void check_normal(const struct item *item, struct text value,
                         struct arena *arena)
{
    struct text again = {0};
    struct error err;
    ASSERT(value.len > 0 && value.len <= LIMIT_ITEM_TEXT);
    ASSERT(utf8_is_printable(value, NULL));
    ASSERT(value_normalise(item, value, arena, &again, &err));
    ASSERT(text_equal(again, value));
    if (item->max_length > 0)
        ASSERT(utf8_count(value) <= item->max_length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text raw = fuzz_text(bytes, len);
    const struct item *item = &items[fuzz_byte(&raw) % ARRAY_COUNT(items)];
    struct arena *arena = arena_new(1 << 20);
    struct text value = {0};
    struct error err = {0};
    if (value_normalise(item, raw, arena, &value, &err)) {
        check_normal(item, value, arena);
    } else {
        fuzz_check_refusal(&err, raw.len);
        ASSERT(err.code == ERROR_REFUSED && err.hint[0] != '\0');
    }
    arena_free(arena);
    return 0;
}

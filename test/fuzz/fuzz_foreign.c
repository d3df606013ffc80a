/* Expressions of other systems from any bytes: refused with a sentence and a place, or a
 * translation of our language's own characters that is bounded. */
#include "fuzz/fuzz.h"

#include "formats/foreign_translate.h"

enum { ARENA = 16 << 20 };

static const struct code codes[] = {{TEXT_INIT("0"), {{0}, {0}}},
                                    {TEXT_INIT("1"), {{0}, {0}}}};
static const struct codelist list = {.codes = codes, .code_count = 2};
static const struct item items[] = {
    {.oid = TEXT_INIT("c"), .type = ITEM_CODED, .codelist = &list},
    {.oid = TEXT_INIT("i"), .type = ITEM_INTEGER},
    {.oid = TEXT_INIT("n"), .type = ITEM_DECIMAL, .unit = TEXT_INIT("kg")},
    {.oid = TEXT_INIT("t"), .type = ITEM_TEXT},
    {.oid = TEXT_INIT("d"), .type = ITEM_DATE},
    {.oid = TEXT_INIT("b___1"), .type = ITEM_CODED, .codelist = &list},
};

static const struct item *find(void *data, struct text oid, struct text event,
                               const char **refusal)
{
    (void)data;
    *refusal = "is not there";
    for (size_t i = 0; i < ARRAY_COUNT(items); i++)
        if (text_is_absent(event) && text_equal(items[i].oid, oid))
            return &items[i];
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    /* The first byte says which language and what for. */
    struct text source = fuzz_text(bytes, len);
    uint8_t choice = fuzz_byte(&source);
    enum foreign_dialect dialect = choice & 1 ? FOREIGN_XPATH : FOREIGN_REDCAP;
    enum foreign_use use = choice & 2 ? FOREIGN_DERIVATION : FOREIGN_CONDITION;
    const struct foreign_scope scope = {.find = find};
    struct arena *arena = arena_new(ARENA);
    struct error err = {0};
    struct text out;
    if (!foreign_translate(dialect, use, source, &scope, arena, &out, &err))
        fuzz_check_refusal(&err, len);
    else
        ASSERT(out.len > 0 && (use == FOREIGN_DERIVATION || source.len > 2));
    arena_free(arena);
    return 0;
}

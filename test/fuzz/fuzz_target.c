/* The target of a request, from any bytes that the guard lets through: path and query,
 * percent-decoding, and the way to a route. */
#include "fuzz/fuzz.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "web/router.h"
#include "web/target.h"

static void check_decoded(struct text decoded)
{
    ASSERT(utf8_is_valid(decoded, NULL));
    for (size_t i = 0; i < decoded.len; i++)
        ASSERT((unsigned char)decoded.at[i] >= 0x20 && decoded.at[i] != 0x7f);
}

/* Every byte as %XX: decoding leads back. */
static void check_escape(struct text decoded, struct arena *arena)
{
    char *escaped = arena_alloc(arena, 3 * decoded.len + 1);
    for (size_t i = 0; i < decoded.len; i++) {
        escaped[3 * i] = '%';
        hex_print(&decoded.at[i], 1, escaped + 3 * i + 1);
    }
    struct text again;
    struct error err;
    ASSERT(target_decode(fuzz_text((const uint8_t *)escaped, 3 * decoded.len), 0, true,
                         arena, &again, &err));
    ASSERT(text_equal(again, decoded));
}

static void check_query(const struct target *target, struct arena *arena)
{
    ASSERT(target->query_count <= LIMIT_QUERY_PARAMETERS);
    for (size_t i = 0; i < target->query_count; i++) {
        check_decoded(target->query[i].name);
        check_decoded(target->query[i].value);
        check_escape(target->query[i].value, arena);
        for (size_t j = 0; j < i; j++)
            ASSERT(!text_equal(target->query[i].name, target->query[j].name));
    }
}

static void find_route(const struct target *target, enum http_method method,
                       struct arena *arena, size_t len)
{
    const struct router *router = router_new(&route_table, arena);
    struct request request = {.method = method,
                              .path = target->path,
                              .query = target->query,
                              .query_count = target->query_count,
                              .arena = arena};
    struct text allowed;
    struct error err = {0};
    if (!router_find(router, &request, &allowed, &err)) {
        fuzz_check_refusal(&err, len);
        return;
    }
    for (size_t i = 0; i < ROUTE_PLACES && !text_is_absent(request.places[i]); i++)
        check_decoded(request.places[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text sent = fuzz_text(bytes, len);
    enum http_method method = (enum http_method)(fuzz_byte(&sent) % 5);
    /* The guard asks for both. */
    if (sent.len == 0 || sent.len > LIMIT_URL || sent.at[0] != '/')
        return 0;
    struct arena *arena = arena_new(1 << 20);
    struct target target;
    struct error err = {0};
    if (target_read(sent, arena, &target, &err)) {
        check_query(&target, arena);
        find_route(&target, method, arena, sent.len);
    } else {
        fuzz_check_refusal(&err, sent.len);
    }
    arena_free(arena);
    return 0;
}

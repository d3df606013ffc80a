/* JSON from any bytes: what is taken, json-c takes too and finds the same in it; what is
 * refused has a position. */
#include "fuzz/fuzz.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/json_read.h"

#include <json-c/json.h>
#include <string.h>

static struct json_object *read_by_json_c(struct text input)
{
    struct json_tokener *tokener = json_tokener_new_ex(LIMIT_JSON_DEPTH + 2);
    json_tokener_set_flags(tokener,
                           JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS);
    struct json_object *read = json_tokener_parse_ex(tokener, input.at, (int)input.len);
    /* A number at the very end waits for what follows. */
    if (json_tokener_get_error(tokener) == json_tokener_continue)
        read = json_tokener_parse_ex(tokener, "", 1);
    ASSERT(json_tokener_get_error(tokener) == json_tokener_success);
    json_tokener_free(tokener);
    return read;
}

/* json-c 0.16 takes a character for half of a pair when the lower 16 bits of its code
 * point look like one, as those of "\\ud836\\ude00" (U+1DA00) do, and puts U+FFFD there. */
static bool json_c_errs(struct text text)
{
    for (size_t i = 0; i + 3 < text.len; i++) {
        const unsigned char *at = (const unsigned char *)text.at + i;
        uint32_t low = (uint32_t)(at[1] & 0x0f) << 12 | (uint32_t)(at[2] & 0x3f) << 6 |
                       (at[3] & 0x3f);
        if (at[0] >= 0xf0 && (low & 0xf800) == 0xd800)
            return true;
    }
    return false;
}

static void compare(const struct json_value *ours, struct json_object *theirs)
{
    static const enum json_type types[] = {[JSON_NULL] = json_type_null,
                                           [JSON_BOOL] = json_type_boolean,
                                           [JSON_TEXT] = json_type_string,
                                           [JSON_ARRAY] = json_type_array,
                                           [JSON_OBJECT] = json_type_object};
    enum json_type type = json_object_get_type(theirs);
    if (ours->kind == JSON_NUMBER) {
        ASSERT(type == json_type_int || type == json_type_double);
        return;
    }
    ASSERT(type == types[ours->kind]);
    if (ours->kind == JSON_BOOL)
        ASSERT(ours->truth == (json_object_get_boolean(theirs) != 0));
    if (ours->kind == JSON_TEXT) {
        struct text text = {.at = json_object_get_string(theirs),
                            .len = (size_t)json_object_get_string_len(theirs)};
        ASSERT(text_equal(ours->text, text) || json_c_errs(ours->text));
    }
    size_t count = 0;
    for (const struct json_value *at = ours->first; at != NULL;
         at = at->next, count++) {
        struct json_object *other = NULL;
        char key[256];
        ASSERT(at->parent == ours);
        if (ours->kind == JSON_ARRAY) {
            other = json_object_array_get_idx(theirs, count);
        } else if (at->key.len < sizeof key) {
            memcpy(key, at->key.at, at->key.len);
            key[at->key.len] = '\0';
            if (json_c_errs(at->key))
                continue;
            ASSERT(json_object_object_get_ex(theirs, key, &other));
        } else {
            continue;
        }
        compare(at, other);
    }
    ASSERT(count == ours->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text input = fuzz_text(bytes, len);
    /* The first byte orders a failure of memory: 0 is none. */
    uint8_t fail_at = fuzz_byte(&input);
    struct arena *arena = arena_new(LIMIT_REQUEST_ARENA);
    const struct json_value *value = NULL;
    struct error err = {0};
    arena_fail_after(arena, fail_at);
    if (json_read(input, arena, &value, &err)) {
        struct json_object *theirs = read_by_json_c(input);
        compare(value, theirs);
        json_object_put(theirs);
    } else {
        fuzz_check_refusal(&err, input.len);
        ASSERT(err.code == ERROR_MALFORMED || err.code == ERROR_TOO_LARGE);
        ASSERT(err.where[0] != '\0');
    }
    arena_free(arena);
    return 0;
}

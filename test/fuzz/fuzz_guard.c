/* The guard over any head of a request. The head is cut into views as leniently as a lax
 * parser would; then what the guard lets through must be, byte for byte, what a strict
 * reading of RFC 9112 gives. */
#include "fuzz/fuzz.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "web/guard.h"
#include "web/header.h"

#include <stdlib.h>

/* A line without its end, CR LF or a bare LF. */
static struct text cut_line(struct text *rest)
{
    struct text line = text_cut(rest, '\n');
    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    return line;
}

static struct text without_space(struct text t)
{
    while (t.len > 0 && (t.at[0] == ' ' || t.at[0] == '\t'))
        t = text_part(t, 1, t.len);
    return t;
}

/* False: a head that libmicrohttpd would not hand over at all. */
static bool cut_head(struct text whole, struct header *headers,
                     struct request_head *out)
{
    struct text rest = whole;
    struct text line = cut_line(&rest);
    out->method = text_cut(&line, ' ');
    line = without_space(line);
    out->target = text_cut(&line, ' ');
    out->version = without_space(line);
    out->target_place = out->target.at;
    out->headers = headers;
    while (!text_is_absent(rest)) {
        line = cut_line(&rest);
        if (line.len == 0)
            break;
        if (out->header_count > LIMIT_HEADERS)
            return false;
        struct text value = line;
        struct text name = text_cut(&value, ':');
        if (text_is_absent(value))
            return false;
        headers[out->header_count++] =
            (struct header){.name = name, .value = without_space(value)};
    }
    out->length = text_is_absent(rest) ? whole.len : (size_t)(rest.at - whole.at);
    return !text_is_absent(out->target) && !text_is_absent(out->version);
}

/* The head as the standard's plain form of what was understood. */
static void check_plain(const struct request_head *head)
{
    struct arena *arena = arena_new(4 * LIMIT_HEADER_BYTES);
    struct buffer plain = buffer_in(arena, 2 * LIMIT_HEADER_BYTES);
    buffer_text_add(&plain, head->method);
    buffer_byte(&plain, ' ');
    buffer_text_add(&plain, head->target);
    buffer_byte(&plain, ' ');
    buffer_text_add(&plain, head->version);
    buffer_bytes(&plain, "\r\n", 2);
    for (size_t i = 0; i < head->header_count; i++) {
        buffer_text_add(&plain, head->headers[i].name);
        buffer_bytes(&plain, ": ", 2);
        buffer_text_add(&plain, head->headers[i].value);
        buffer_bytes(&plain, "\r\n", 2);
    }
    ASSERT(plain.len + 2 == head->length);
    arena_free(arena);
}

static size_t count_of(const struct request_head *head, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < head->header_count; i++)
        count += header_name_equal(head->headers[i].name, text_of(name));
    return count;
}

static void check_let_through(const struct request_head *head,
                              const struct request_framing *framing)
{
    check_plain(head);
    ASSERT(count_of(head, "host") == 1);
    ASSERT(count_of(head, "content-length") + count_of(head, "transfer-encoding") <= 1);
    ASSERT(framing->has_length == (count_of(head, "content-length") == 1));
    ASSERT(framing->is_chunked == (count_of(head, "transfer-encoding") == 1));
    ASSERT(framing->length <= INT64_MAX);
    for (size_t i = 0; i < head->header_count; i++) {
        struct text value = head->headers[i].value;
        ASSERT(text_find(value, '\0') == value.len &&
               text_find(value, '\r') == value.len);
        ASSERT(head->headers[i].name.len > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct header headers[LIMIT_HEADERS + 1];
    struct request_head head = {0};
    struct request_framing framing;
    struct error err = {0};
    if (!cut_head(fuzz_text(bytes, len), headers, &head))
        return 0;
    if (guard_check(&head, &framing, &err))
        check_let_through(&head, &framing);
    else
        fuzz_check_refusal(&err, len);
    return 0;
}

#include "web/guard.h"

#include "base/limits.h"
#include "web/header.h"

static bool is_letter_or_digit(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

/* RFC 9110 section 5.6.2. */
static bool is_token(struct text t)
{
    static const struct text marks = TEXT_INIT("!#$%&'*+-.^_`|~");
    for (size_t i = 0; i < t.len; i++)
        if (!is_letter_or_digit((unsigned char)t.at[i]) &&
            text_find(marks, t.at[i]) == marks.len)
            return false;
    return t.len > 0;
}

static bool refuse(struct error *err, const char *sentence)
{
    return error_set(err, ERROR_MALFORMED, "%s", sentence);
}

static bool check_request_line(const struct request_head *head, struct error *err)
{
    if (!is_token(head->method))
        return refuse(err, "the request's method is not a word");
    if (!text_equal(head->version, TEXT("HTTP/1.1")) &&
        !text_equal(head->version, TEXT("HTTP/1.0")))
        return refuse(err, "the request is neither HTTP/1.1 nor HTTP/1.0");
    if (head->target.len > LIMIT_URL)
        return error_set(err, ERROR_TOO_LARGE, "the address is longer than %d bytes",
                         LIMIT_URL);
    if (head->target.len == 0 || head->target.at[0] != '/')
        return refuse(err, "the address must begin with a slash");
    for (size_t i = 0; i < head->target.len; i++)
        if (head->target.at[i] <= 0x20 || head->target.at[i] >= 0x7f ||
            head->target.at[i] == '#') {
            refuse(err, "the address holds a byte that must be escaped");
            return error_where(err, i, "byte %zu of the address", i);
        }
    return true;
}

/* RFC 9110 section 5.5: no control characters but the tab. */
static bool is_field_value(struct text value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.at[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
            return false;
    }
    return true;
}

static bool check_headers(const struct request_head *head, struct error *err)
{
    if (head->header_count > LIMIT_HEADERS)
        return error_set(err, ERROR_TOO_LARGE, "the request has more than %d headers",
                         LIMIT_HEADERS);
    if (head->length > LIMIT_HEADER_BYTES)
        return error_set(err, ERROR_TOO_LARGE,
                         "the request's head is longer than %d bytes",
                         LIMIT_HEADER_BYTES);
    for (size_t i = 0; i < head->header_count; i++) {
        if (!is_token(head->headers[i].name))
            return refuse(err, "a header's name is not a word followed by a colon");
        if (!is_field_value(head->headers[i].value))
            return refuse(err, "a header's value holds a control character");
    }
    return true;
}

/* Is `view` what follows `*place`? Moves it behind the view and `gap` more bytes. */
static bool follows(const char **place, const char *at, size_t len, size_t gap)
{
    if (*place != at)
        return false;
    *place += len + gap;
    return true;
}

/* One space or colon and space between, CR LF behind: the bytes themselves the parser has
 * overwritten, but in its reading no others can have stood there. */
static bool is_plain(const struct request_head *head)
{
    enum { SPACE = 1, COLON_SPACE = 2, LINE_END = 2 };
    const char *place = head->method.at;
    const char *end = place + head->length;
    if (!follows(&place, head->method.at, head->method.len, SPACE) ||
        !follows(&place, head->target_place, head->target.len, SPACE) ||
        !follows(&place, head->version.at, head->version.len, LINE_END))
        return false;
    for (size_t i = 0; i < head->header_count; i++) {
        const struct header *header = &head->headers[i];
        if (!follows(&place, header->name.at, header->name.len, COLON_SPACE) ||
            !follows(&place, header->value.at, header->value.len, LINE_END))
            return false;
    }
    return place + LINE_END == end;
}

static bool check_plain(const struct request_head *head, struct error *err)
{
    if (is_plain(head))
        return true;
    refuse(err, "the request's head is not written in the plain form");
    return error_hint(err,
                      "write each header as one line, its name, a colon, one space "
                      "and its value, ended by CR LF");
}

/* How often the header stands there; `value` gets the last one. */
static size_t count_of(const struct request_head *head, const char *name,
                       struct text *value)
{
    size_t count = 0;
    struct text wanted = text_of(name);
    for (size_t i = 0; i < head->header_count; i++)
        if (header_name_equal(head->headers[i].name, wanted)) {
            *value = head->headers[i].value;
            count++;
        }
    return count;
}

/* Two of these, and two programs may take a different one for the true one. */
static bool check_single(const struct request_head *head, struct error *err)
{
    static const char *const single[] = {"content-type",  "authorization", "cookie",
                                         "x-osteon-csrf", "if-none-match", "expect",
                                         "origin",        "last-event-id"};
    struct text value;
    for (size_t i = 0; i < ARRAY_COUNT(single); i++)
        if (count_of(head, single[i], &value) > 1)
            return error_set(err, ERROR_MALFORMED, "the header %s stands twice",
                             single[i]);
    return true;
}

/* RFC 9112 section 3.2: exactly one; a name or address, and perhaps a port. */
static bool check_host(const struct request_head *head, struct error *err)
{
    static const struct text marks = TEXT_INIT("-._~:[]%");
    struct text host = {0};
    size_t count = count_of(head, "host", &host);
    if (count != 1)
        return refuse(err, count == 0 ? "the header Host is missing"
                                      : "the header Host stands twice");
    for (size_t i = 0; i < host.len; i++)
        if (!is_letter_or_digit((unsigned char)host.at[i]) &&
            text_find(marks, host.at[i]) == marks.len)
            return refuse(err, "the header Host is not the name of a host");
    return host.len > 0 || refuse(err, "the header Host is empty");
}

/* 1*DIGIT, and no more than a signed 64-bit number holds: text_to_int64 takes no sign but
 * the minus. */
static bool read_length(struct text value, uint64_t *out)
{
    int64_t number = 0;
    if (value.len == 0 || value.at[0] == '-' || !text_to_int64(value, &number))
        return false;
    *out = (uint64_t)number;
    return true;
}

static bool check_framing(const struct request_head *head, struct request_framing *out,
                          struct error *err)
{
    struct text length = {0};
    struct text coding = {0};
    size_t lengths = count_of(head, "content-length", &length);
    size_t codings = count_of(head, "transfer-encoding", &coding);
    *out =
        (struct request_framing){.is_chunked = codings > 0, .has_length = lengths > 0};
    if (lengths > 1)
        return refuse(err, "the header Content-Length stands twice");
    if (codings > 1)
        return refuse(err, "the header Transfer-Encoding stands twice");
    if (lengths > 0 && codings > 0)
        return refuse(err, "Content-Length and Transfer-Encoding stand together");
    if (lengths > 0 && !read_length(length, &out->length))
        return refuse(err, "the header Content-Length is not a number");
    if (codings > 0 && (!header_name_equal(coding, TEXT("chunked")) ||
                        !text_equal(head->version, TEXT("HTTP/1.1"))))
        return refuse(err, "no Transfer-Encoding is taken but chunked, in HTTP/1.1");
    return true;
}

bool guard_check(const struct request_head *head, struct request_framing *out,
                 struct error *err)
{
    return check_request_line(head, err) && check_headers(head, err) &&
           check_plain(head, err) && check_single(head, err) && check_host(head, err) &&
           check_framing(head, out, err);
}

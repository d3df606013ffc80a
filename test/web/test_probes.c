/* The ten probes of lax HTTP parsing, byte by byte against the running server: each gets
 * 400 and a closed connection, and what follows on the connection reaches no route.
 * Sources: RFC 9112 sections 2.2, 3.2, 5.1, 5.2, 6.1 and 6.3. */
#include "support/http.h"
#include "support/unit.h"
#include "support/web.h"

#include <stdio.h>
#include <string.h>

static struct web *web;
static struct http_answer answer;
static struct http http;

static int start(void **state)
{
    (void)state;
    web = web_start(NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    web_stop(web);
    return 0;
}

/* A whole request that hides in what follows: where the framing is read differently, it
 * would be answered. */
#define HIDDEN "GET /api/secret HTTP/1.1\r\nHost: a\r\n\r\n"

struct probe {
    const char *name;
    const char *bytes;
    size_t len;
};
#define PROBE(name, bytes)                                                             \
    {                                                                                  \
        name, bytes, sizeof(bytes) - 1                                                 \
    }

static void refuse_each(const struct probe *probes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_true(http_open(&http, web->port));
        http_send(&http, probes[i].bytes, probes[i].len);
        http_say(&http, HIDDEN);
        http_take(&http, &answer);
        /* The library's own refusals come with their head twice. */
        bool is_closed = http_ends_without(&http, "HTTP/1.1 200");
        if (answer.status != 400 || !is_closed)
            print_error("%s: %d, %s\n", probes[i].name, answer.status,
                        is_closed ? "closed" : "open");
        assert_int_equal(answer.status, 400);
        assert_true(is_closed);
        assert_int_equal(web_seen.secrets, 0);
        http_close(&http);
    }
}

static void each_of_the_ten_probes_is_refused(void **state)
{
    (void)state;
#define POST "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    static const struct probe probes[] = {
        PROBE("two different Content-Length",
              POST "Content-Length: 5\r\nContent-Length: 0\r\n\r\n"),
        PROBE("Content-Length and chunked",
              POST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        PROBE("gzip, chunked and Content-Length",
              POST "Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n\r\n"),
        PROBE("space before the colon", POST "Content-Length : 5\r\n\r\nhello"),
        PROBE("empty header name", POST ": empty\r\n\r\n"),
        PROBE("NUL in a value", POST "X-A: one\0two\r\n\r\n"),
        PROBE("signed Content-Length", POST "Content-Length: +5\r\n\r\nhello"),
        PROBE("no Host", "GET /api/echo HTTP/1.1\r\nAccept: */*\r\n\r\n"),
        PROBE("two Hosts", "GET /api/echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        PROBE("folded Transfer-Encoding",
              POST "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
    };
#undef POST
    refuse_each(probes, ARRAY_COUNT(probes));
}

static void so_are_their_relatives(void **state)
{
    (void)state;
    static const struct probe probes[] = {
        PROBE("the same Content-Length twice",
              "GET /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
              "Content-Length: 0\r\n\r\n"),
        PROBE("Content-Length as a list",
              "GET /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n\r\n"),
        PROBE("chunked twice", "POST /api/echo HTTP/1.1\r\nHost: a\r\n"
                               "Transfer-Encoding: chunked\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        PROBE("folded ordinary header",
              "GET /api/echo HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n"),
        PROBE("folded first header",
              "GET /api/echo HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n"),
        PROBE("bare line feeds", "GET /api/echo HTTP/1.1\nHost: a\n\n"),
        PROBE("one bare line feed", "GET /api/echo HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        PROBE("two spaces in the request line",
              "GET  /api/echo HTTP/1.1\r\nHost: a\r\n\r\n"),
        PROBE("a space at the line's end",
              "GET /api/echo HTTP/1.1 \r\nHost: a\r\n\r\n"),
        PROBE("a space in the address", "GET /api/ec ho HTTP/1.1\r\nHost: a\r\n\r\n"),
        PROBE("no space behind the colon", "GET /api/echo HTTP/1.1\r\nHost:a\r\n\r\n"),
        PROBE("a tab behind the colon", "GET /api/echo HTTP/1.1\r\nHost:\ta\r\n\r\n"),
        PROBE("NUL in a name", "GET /api/echo HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n"),
        PROBE("NUL in the address", "GET /api/echo\0x HTTP/1.1\r\nHost: a\r\n\r\n"),
        PROBE("a carriage return in a value",
              "GET /api/echo HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
        PROBE("a proxy's address form",
              "GET http://b/api/echo HTTP/1.1\r\nHost: a\r\n\r\n"),
        PROBE("empty name that hides a folded length",
              "GET /api/echo HTTP/1.1\r\nHost: a\r\n: x\r\n Content-Length: 9\r\n\r\n"),
        PROBE("two cookies", "GET /api/echo HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\n"
                             "Cookie: c=d\r\n\r\n"),
        PROBE("HTTP/1.0 without a Host", "GET /api/echo HTTP/1.0\r\n\r\n"),
        PROBE("chunked in HTTP/1.0", "POST /api/echo HTTP/1.0\r\nHost: a\r\n"
                                     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    };
    refuse_each(probes, ARRAY_COUNT(probes));
}

/* What the library answers or closes by itself. */
static void what_is_no_request_reaches_nothing(void **state)
{
    (void)state;
    static const struct probe probes[] = {
        PROBE("no header at all", "GET /api/secret\r\n\r\n"),
        PROBE("another protocol", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        PROBE("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        PROBE("HTTP/0.9", "GET /api/secret HTTP/0.9\r\n\r\n"),
        PROBE("a line without a colon",
              "GET /api/secret HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"),
        PROBE("a chunk of no size", "POST /api/echo HTTP/1.1\r\nHost: a\r\n"
                                    "Content-Type: application/json\r\n"
                                    "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
        PROBE("a chunk larger than the world",
              "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"),
    };
    for (size_t i = 0; i < ARRAY_COUNT(probes); i++) {
        assert_true(http_open(&http, web->port));
        http_send(&http, probes[i].bytes, probes[i].len);
        http_say(&http, "\r\n" HIDDEN);
        http_take(&http, &answer);
        if (answer.status == 200)
            print_error("%s\n", probes[i].name);
        assert_int_not_equal(answer.status, 200);
        assert_int_equal(web_seen.secrets, 0);
        http_close(&http);
    }
}

/* The probe can fail: the same request without a fault passes, and the one behind it too. */
static void a_plain_request_passes_and_so_does_the_next(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/echo HTTP/1.1\r\nHost: a\r\n"
                    "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n"
                    "{\"say\":\"a\"}" HIDDEN);
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    assert_int_equal(web_seen.secrets, 1);
    http_close(&http);
}

/* The head may come in any pieces. */
static void a_head_in_single_bytes_passes(void **state)
{
    (void)state;
    static const char head[] =
        "GET /api/echo?say=x HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n";
    assert_true(http_open(&http, web->port));
    for (size_t i = 0; i < sizeof head - 1; i++) {
        http_send(&http, head + i, 1);
        web_pause(1);
    }
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    http_close(&http);
}

#define ON_SERVER(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SERVER(each_of_the_ten_probes_is_refused),
        ON_SERVER(so_are_their_relatives),
        ON_SERVER(what_is_no_request_reaches_nothing),
        ON_SERVER(a_plain_request_passes_and_so_does_the_next),
        ON_SERVER(a_head_in_single_bytes_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

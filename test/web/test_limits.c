/* What a hostile or broken client may take: bytes, headers, time, connections. */
#include "base/limits.h"
#include "support/http.h"
#include "support/unit.h"
#include "support/web.h"
#include "system/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct web *web;
static struct http_answer answer;
static struct http http;

#define CRC  "Authorization: Bearer crc-01\r\n"
#define JSON "Content-Type: application/json\r\n"

static int start(void **state)
{
    (void)state;
    static const struct server_options quick = {
        .header_seconds = 1, .body_seconds = 1, .send_seconds = 1, .idle_seconds = 8};
    web = web_start(&quick);
    return 0;
}

static int start_small(void **state)
{
    (void)state;
    static const struct server_options small = {.connection_limit = 64};
    web = web_start(&small);
    return 0;
}

static int start_plain(void **state)
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

static bool send_many(struct http *to, char byte, size_t len)
{
    static char block[64 * 1024];
    memset(block, byte, sizeof block);
    while (len > 0) {
        size_t piece = len < sizeof block ? len : sizeof block;
        if (!http_send(to, block, piece))
            return false;
        len -= piece;
    }
    return true;
}

/* The answer comes after the body was taken and thrown away, so that it is read. */
static void a_text_of_ten_megabytes_is_refused_with_a_sentence(void **state)
{
    (void)state;
    const size_t ten_megabytes = 10 * 1024 * 1024;
    char head[300];
    assert_true(http_open(&http, web->port));
    snprintf(head, sizeof head,
             "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
             "Content-Length: %zu\r\n\r\n",
             ten_megabytes);
    http_say(&http, head);
    assert_true(send_many(&http, 'x', ten_megabytes));
    http_take(&http, &answer);
    assert_int_equal(answer.status, 413);
    assert_non_null(strstr(answer.body, "the body is larger than 1048576 bytes"));
    assert_non_null(strstr(answer.body, "\"at\":\"byte 1048576\""));
    /* The connection goes on. */
    http_say(&http, "GET /api/echo HTTP/1.1\r\nHost: a\r\n\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    http_close(&http);
    assert_int_equal(web_seen.saves, 0);
}

static void so_is_one_whose_length_is_not_told(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                    "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20; i++) {
        http_say(&http, "80000\r\n");
        assert_true(send_many(&http, 'x', 0x80000));
        http_say(&http, "\r\n");
    }
    http_say(&http, "0\r\n\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 413);
    http_close(&http);
    assert_int_equal(web_seen.saves, 0);
}

static void a_body_without_end_is_cut_off(void **state)
{
    (void)state;
    /* Announced: refused before it comes. */
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                    "Content-Length: 9000000000\r\n\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 413);
    assert_true(http_ends_without(&http, "200"));
    http_close(&http);
    /* Not announced: cut off when it is far beyond. */
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                    "Transfer-Encoding: chunked\r\n\r\n");
    bool is_taken = true;
    for (int i = 0; i < 100 && is_taken; i++)
        is_taken = http_say(&http, "80000\r\n") && send_many(&http, 'x', 0x80000) &&
                   http_say(&http, "\r\n");
    assert_false(is_taken);
    http_close(&http);
}

static void one_who_asks_first_is_told_before_the_body(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                    "Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 413);
    http_close(&http);

    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                    "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assert_true(http_take_until(&http, "HTTP/1.1 100 Continue\r\n\r\n"));
    http_say(&http, "{}");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    http_close(&http);
}

static void nobody_sends_a_large_body_without_a_sign_in(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" JSON
                    "Content-Length: 1000000\r\n\r\n");
    assert_true(send_many(&http, 'x', 1000000));
    http_take(&http, &answer);
    assert_int_equal(answer.status, 401);
    http_close(&http);
}

static void bodies_of_all_requests_together_have_a_limit(void **state)
{
    (void)state;
    enum { MANY = LIMIT_BODIES / 1000000 + 12 };
    struct http *many = calloc(MANY, sizeof *many);
    int busy = 0;
    for (int i = 0; i < MANY; i++) {
        assert_true(http_open(&many[i], web->port));
        http_say(&many[i], "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                           "Content-Length: 1000001\r\n\r\n");
    }
    /* Room is given by the head, so all heads come before any body: else the last head is
     * read only when the first body has given its room back, where the machine is slow. */
    for (int i = 0; i < MANY; i++)
        send_many(&many[i], 'x', 1000000);
    for (int i = 0; i < MANY; i++) {
        http_say(&many[i], "x");
        http_take(&many[i], &answer);
        busy += answer.status == 503;
        http_close(&many[i]);
    }
    assert_int_equal(MANY - busy, LIMIT_BODIES / 1000001);
    /* What they took is given back. */
    assert_int_equal(http_ask(web->port, "POST", "/api/save", CRC, "{}", &answer), 200);
    free(many);
}

static void too_many_headers_are_refused(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "GET /api/echo HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < LIMIT_HEADERS; i++)
        http_say(&http, "X-A: b\r\n");
    http_say(&http, "\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 431);
    assert_true(http_ends_without(&http, "200"));
    http_close(&http);
}

static void a_head_or_an_address_without_end_is_refused(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "GET /api/echo HTTP/1.1\r\nHost: a\r\nX-A: ");
    send_many(&http, 'x', 200 * 1024);
    http_take(&http, &answer);
    assert_true(answer.status == 431 || answer.status == 0);
    assert_true(http_ends_without(&http, "200"));
    http_close(&http);

    assert_true(http_open(&http, web->port));
    http_say(&http, "GET /api/echo?say=");
    send_many(&http, 'x', LIMIT_URL);
    http_say(&http, " HTTP/1.1\r\nHost: a\r\n\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 431);
    http_close(&http);
}

/* Sends `piece` ten times a second until the server ends the connection; milliseconds. */
static int64_t drip(const char *beginning, const char *piece)
{
    assert_true(http_open(&http, web->port));
    http_say(&http, beginning);
    int64_t began = clock_monotonic();
    while (http_say(&http, piece) && clock_monotonic() - began < 15 * 1000000)
        web_pause(100);
    http_close(&http);
    return (clock_monotonic() - began) / 1000;
}

static void a_head_that_drips_is_ended(void **state)
{
    (void)state;
    int64_t took = drip("GET /api/echo HTTP/1.1\r\nHost: a\r\n", "X-A: b\r\n");
    assert_true(took > 900 && took < 6000);
    took = drip("", "G");
    assert_true(took > 900 && took < 6000);
}

static void a_head_that_drips_behind_an_answer_is_ended(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "GET /api/echo HTTP/1.1\r\nHost: a\r\n\r\n");
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    int64_t began = clock_monotonic();
    while (http_say(&http, "x") && clock_monotonic() - began < 15 * 1000000)
        web_pause(100);
    assert_true(clock_monotonic() - began < 6 * 1000000);
    http_close(&http);
}

static void a_body_that_drips_is_ended(void **state)
{
    (void)state;
    int64_t took = drip("POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC JSON
                        "Content-Length: 1000\r\n\r\n",
                        "x");
    assert_true(took > 900 && took < 6000);
    assert_int_equal(web_seen.saves, 0);
}

static void one_who_does_not_take_the_answer_is_ended(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "GET /api/large HTTP/1.1\r\nHost: a\r\n\r\n");
    int64_t began = clock_monotonic();
    web_pause(200);
    assert_int_equal(server_figures(web->server).connections, 1);
    while (server_figures(web->server).connections > 0 &&
           clock_monotonic() - began < 15 * 1000000)
        web_pause(50);
    assert_true(clock_monotonic() - began < 4 * 1000000);
    http_close(&http);
}

static void an_idle_connection_outlives_the_time_for_a_head(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3; i++)
            web_pause(500); /* longer than header_seconds, shorter than idle_seconds */
        http_say(&http, "GET /api/echo HTTP/1.1\r\nHost: a\r\n\r\n");
        http_take(&http, &answer);
        assert_int_equal(answer.status, 200);
    }
    assert_true(http_ends_without(&http, "200")); /* by idle_seconds */
    http_close(&http);
}

static void a_thousand_connections_leave_room_for_the_next(void **state)
{
    (void)state;
    enum { MANY = 1000 };
    struct http *many = calloc(MANY, sizeof *many);
    int64_t most = 0;
    for (int i = 0; i < MANY; i++) {
        http_open(&many[i], web->port);
        http_say(&many[i], "GET /api/echo HTTP/1.1\r\nHost: a\r\n");
        if (i % 50 == 0) {
            int64_t now = server_figures(web->server).connections;
            most = now > most ? now : most;
        }
    }
    most = server_figures(web->server).connections > most
               ? server_figures(web->server).connections
               : most;
    assert_true(most > 0 && most <= 64);
    for (int i = 0; i < MANY; i++)
        http_close(&many[i]);
    while (server_figures(web->server).connections > 0)
        web_pause(10);
    assert_int_equal(http_ask(web->port, "GET", "/api/echo", NULL, NULL, &answer), 200);
    free(many);
}

#define QUICK(test) cmocka_unit_test_setup_teardown(test, start, stop)
#define SMALL(test) cmocka_unit_test_setup_teardown(test, start_small, stop)
#define PLAIN(test) cmocka_unit_test_setup_teardown(test, start_plain, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(a_text_of_ten_megabytes_is_refused_with_a_sentence),
        PLAIN(so_is_one_whose_length_is_not_told),
        PLAIN(a_body_without_end_is_cut_off),
        PLAIN(one_who_asks_first_is_told_before_the_body),
        PLAIN(nobody_sends_a_large_body_without_a_sign_in),
        PLAIN(bodies_of_all_requests_together_have_a_limit),
        PLAIN(too_many_headers_are_refused),
        PLAIN(a_head_or_an_address_without_end_is_refused),
        QUICK(a_head_that_drips_is_ended),
        QUICK(a_head_that_drips_behind_an_answer_is_ended),
        QUICK(a_body_that_drips_is_ended),
        QUICK(one_who_does_not_take_the_answer_is_ended),
        QUICK(an_idle_connection_outlives_the_time_for_a_head),
        SMALL(a_thousand_connections_leave_room_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

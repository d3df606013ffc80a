/* The server from outside: what a client sees of routes, bodies, sign-in and sleeping. */
#include "support/http.h"
#include "support/unit.h"
#include "support/web.h"

#include <stdio.h>
#include <string.h>

static struct web *web;
static struct http_answer answer;
static struct http http;
static char value[512];

#define CRC "Authorization: Bearer crc-01\r\n"

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

static void answers_with_json_and_the_headers_of_data(void **state)
{
    (void)state;
    assert_int_equal(
        http_ask(web->port, "GET", "/api/echo?say=a%20b+c", NULL, NULL, &answer), 200);
    assert_string_equal(answer.body, "{\"said\":\"a b c\"}");
    static const char *const wanted[][2] = {
        {"Content-Type", "application/json"},
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
        assert_true(http_header(&answer, wanted[i][0], value, sizeof value));
        assert_string_equal(value, wanted[i][1]);
    }
    assert_false(
        http_header(&answer, "Strict-Transport-Security", value, sizeof value));
}

static void says_what_is_wrong_with_an_address(void **state)
{
    (void)state;
    static const struct {
        const char *method, *target;
        int status;
        const char *type;
    } cases[] = {
        {"GET", "/api/nowhere", 404, "/problems/not-found"},
        {"GET", "/nowhere.js", 404, "/problems/not-found"},
        {"GET", "/api", 404, "/problems/not-found"},
        {"DELETE", "/api/echo", 405, "/problems/method"},
        {"POST", "/api/live", 405, "/problems/method"},
        {"POST", "/", 404, "/problems/not-found"},
        {"PROPFIND", "/api/echo", 405, "/problems/method"},
        {"GET", "/api/echo?sya=1", 422, "/problems/refused"},
        {"GET", "/api/echo?say=%ff", 400, "/problems/malformed"},
        {"GET", "/api/echo?say=1&say=2", 400, "/problems/malformed"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        int status =
            http_ask(web->port, cases[i].method, cases[i].target, NULL, NULL, &answer);
        if (status != cases[i].status)
            print_error("%s %s\n", cases[i].method, cases[i].target);
        assert_int_equal(status, cases[i].status);
        assert_non_null(strstr(answer.body, cases[i].type));
        assert_true(http_header(&answer, "Content-Type", value, sizeof value));
        assert_string_equal(value, "application/problem+json");
    }
    http_ask(web->port, "DELETE", "/api/echo", NULL, NULL, &answer);
    assert_true(http_header(&answer, "Allow", value, sizeof value));
    assert_string_equal(value, "GET, HEAD, POST");
}

static void answers_head_as_get_without_the_body(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "HEAD /api/echo HTTP/1.1\r\nHost: a\r\n\r\n"
                    "GET /api/echo HTTP/1.1\r\nHost: a\r\n\r\n");
    http_take_head(&http, &answer);
    assert_int_equal(answer.status, 200);
    assert_true(http_header(&answer, "Content-Length", value, sizeof value));
    assert_string_equal(value, "18");
    http_take(&http, &answer);
    assert_string_equal(answer.body, "{\"said\":\"nothing\"}");
    http_close(&http);
}

static void takes_many_requests_on_one_connection(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    for (int i = 0; i < 50; i++) {
        http_say(&http, "POST /api/echo HTTP/1.1\r\nHost: a\r\n"
                        "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n"
                        "{\"say\":\"hi\"}");
        http_take(&http, &answer);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer.body, "{\"said\":\"hi\"}");
    }
    http_close(&http);
}

static void takes_a_body_in_chunks(void **state)
{
    (void)state;
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/echo HTTP/1.1\r\nHost: a\r\n"
                    "Content-Type: application/json; charset=utf-8\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n"
                    "5\r\n{\"say\r\n");
    web_pause(20);
    http_say(&http, "7\r\n\":\"hi\"}\r\n0\r\n\r\n");
    http_take(&http, &answer);
    assert_string_equal(answer.body, "{\"said\":\"hi\"}");
    http_close(&http);
}

static void says_where_a_body_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int status;
        const char *part;
    } cases[] = {
        {"{\"say\":", 400, "\"at\":\"byte 7\""},
        {"{\"say\":\"a\"}x", 400, "\"at\":\"byte 11\""},
        {"{\"say\":7}", 422, "\"at\":\"say\""},
        {"{\"syа\":\"a\"}", 422, "\"at\":\"say\""},
        {"{\"say\":\"a\",\"asy\":1}", 422, "\"at\":\"asy\""},
        {"[]", 422, "an array stands where an object is expected"},
        {"{\"say\":\"\\u0000\"}", 400, "\"at\":\"byte 8\""},
        {"{\"say\":\"\xff\"}", 400, "\"at\":\"byte 8\""},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        int status =
            http_ask(web->port, "POST", "/api/echo", NULL, cases[i].body, &answer);
        assert_int_equal(status, cases[i].status);
        if (strstr(answer.body, cases[i].part) == NULL)
            print_error("%s\n", answer.body);
        assert_non_null(strstr(answer.body, cases[i].part));
    }
}

static void refuses_a_body_of_another_type(void **state)
{
    (void)state;
    static const char *const types[] = {
        "", "Content-Type: text/plain\r\n", "Content-Type: application/jsonp\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n"};
    for (size_t i = 0; i < ARRAY_COUNT(types); i++) {
        char request[300];
        snprintf(request, sizeof request,
                 "POST /api/echo HTTP/1.1\r\nHost: a\r\n%sContent-Length: 2\r\n\r\n{}",
                 types[i]);
        assert_true(http_open(&http, web->port));
        http_say(&http, request);
        http_take(&http, &answer);
        assert_int_equal(answer.status, 415);
        /* The body was read and thrown away: the connection goes on. */
        http_say(&http, "GET /api/echo HTTP/1.1\r\nHost: a\r\n\r\n");
        http_take(&http, &answer);
        assert_int_equal(answer.status, 200);
        http_close(&http);
    }
}

static void refuses_a_body_where_none_is_taken(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "GET", "/api/echo", NULL, "{}", &answer), 400);
    assert_int_equal(http_ask(web->port, "POST", "/api/empty", NULL, "", &answer), 204);
    assert_int_equal(http_ask(web->port, "POST", "/api/echo", NULL, "", &answer), 400);
    assert_non_null(strstr(answer.body, "needs a body"));
}

static void asks_for_a_sign_in(void **state)
{
    (void)state;
    static const char *const without[] = {
        "",
        "Authorization: Bearer \r\n",
        "Authorization: Bearer nobody\r\n",
        "Authorization: Basic crc-01\r\n",
        "Authorization: crc-01\r\n",
        "Cookie: other=crc-01\r\n",
        "Cookie: osteon_session=nobody\r\n",
        "Cookie: osteon_session=crc-01; osteon_session=crc-01\r\n",
        "Cookie: xosteon_session=crc-01\r\n",
    };
    for (size_t i = 0; i < ARRAY_COUNT(without); i++) {
        int status =
            http_ask(web->port, "GET", "/api/participants", without[i], NULL, &answer);
        assert_int_equal(status, 401);
        assert_non_null(strstr(answer.body, "/problems/sign-in"));
        assert_true(http_header(&answer, "WWW-Authenticate", value, sizeof value));
    }
    static const char *const with[] = {
        CRC,
        "authorization: bearer crc-01\r\n",
        "Cookie: osteon_session=crc-01\r\n",
        "Cookie: a=b; osteon_session=crc-01; c=d\r\n",
    };
    for (size_t i = 0; i < ARRAY_COUNT(with); i++)
        assert_int_equal(
            http_ask(web->port, "GET", "/api/participants", with[i], NULL, &answer),
            200);
}

static void a_cookie_alone_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *headers;
        int status;
    } cases[] = {
        {"Cookie: osteon_session=crc-01\r\n", 403},
        {"Cookie: osteon_session=crc-01\r\nX-Osteon-CSRF: csrf-adm\r\n", 403},
        {"Cookie: osteon_session=crc-01\r\nX-Osteon-CSRF: \r\n", 403},
        {"Cookie: osteon_session=crc-01\r\nX-Osteon-CSRF: csrf-crc-01\r\n", 200},
        {CRC, 200},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        assert_int_equal(
            http_ask(web->port, "POST", "/api/save", cases[i].headers, "{}", &answer),
            cases[i].status);
    assert_int_equal(web_seen.saves, 2);
}

static void asks_for_the_permission_where_the_route_says(void **state)
{
    (void)state;
    static const struct {
        const char *token, *target;
        int status;
    } cases[] = {
        {"crc-01", "/api/participants", 200},
        {"mon-02", "/api/participants", 200},
        {"dm", "/api/participants", 200},
        {"adm", "/api/participants", 403},
        {"crc-01", "/api/participants/1", 200},
        {"crc-01", "/api/participants/2", 403},
        {"mon-02", "/api/participants/1", 403},
        {"mon-02", "/api/participants/2", 200},
        {"dm", "/api/participants/1", 200},
        {"dm", "/api/participants/2", 200},
        {"adm", "/api/participants/1", 403},
        {"crc-01", "/api/participants/9", 404},
        {"dm", "/api/participants/9", 404},
        {"adm", "/api/participants/9", 403}, /* is not told that there is none */
        {"crc-01", "/api/participants/0", 404},
        {"crc-01", "/api/participants/x", 404},
        {"adm", "/api/users", 200},
        {"crc-01", "/api/users", 403},
        {"dm", "/api/users", 403},
    };
    int refusals = 0;
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char bearer[100];
        snprintf(bearer, sizeof bearer, "Authorization: Bearer %s\r\n", cases[i].token);
        int status = http_ask(web->port, "GET", cases[i].target, bearer, NULL, &answer);
        if (status != cases[i].status)
            print_error("%s %s\n", cases[i].token, cases[i].target);
        assert_int_equal(status, cases[i].status);
        refusals += status == 403;
    }
    assert_int_equal(web_seen.refused, refusals); /* each is put on the log */
}

static void a_request_sleeps_until_the_writer_is_done(void **state)
{
    (void)state;
    atomic_store(&web_seen.is_held, true);
    assert_true(http_open(&http, web->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC
                    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    while (server_figures(web->server).waiting == 0)
        web_pause(1);
    /* Other requests go on meanwhile. */
    assert_int_equal(http_ask(web->port, "GET", "/api/echo", NULL, NULL, &answer), 200);
    atomic_store(&web_seen.is_held, false);
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"said\":\"saved\"}");
    http_close(&http);
}

static void a_chain_of_hashing_and_writing_ends_in_one_answer(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "POST", "/api/hash", NULL, NULL, &answer),
                     200);
    assert_string_equal(answer.body, "{\"said\":\"saved\"}");
}

static void tells_what_the_writer_could_not_do(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "POST", "/api/unsaved", CRC, NULL, &answer),
                     503);
    assert_non_null(strstr(answer.body, "/problems/not-confirmed"));
    atomic_store(&web_seen.is_full, true);
    assert_int_equal(http_ask(web->port, "POST", "/api/save", CRC, "{}", &answer), 503);
    assert_non_null(strstr(answer.body, "/problems/busy"));
    assert_int_equal(server_figures(web->server).waiting, 0);
}

static void keeps_the_inside_of_a_fault_inside(void **state)
{
    (void)state;
    int status = http_ask(web->port, "GET", "/api/broken", NULL, NULL, &answer);
    assert_int_equal(status, 500);
    assert_null(strstr(answer.body, "/srv"));
}

static void a_refusal_may_say_more(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "GET", "/api/needs", NULL, NULL, &answer),
                     429);
    assert_non_null(strstr(answer.body, "\"needs\":\"totp\""));
    assert_true(http_header(&answer, "Retry-After", value, sizeof value));
    assert_string_equal(value, "7");
}

static void sets_the_cookie_out_of_reach_of_scripts_and_other_sites(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "POST", "/api/empty", NULL, NULL, &answer),
                     204);
    assert_true(http_header(&answer, "Set-Cookie", value, sizeof value));
    assert_string_equal(value,
                        "osteon_session=crc-01; Path=/; HttpOnly; SameSite=Strict");
    assert_false(http_header(&answer, "Content-Type", value, sizeof value));
}

static void a_kept_answer_is_not_sent_again(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "GET", "/api/kept", NULL, NULL, &answer), 200);
    assert_true(http_header(&answer, "ETag", value, sizeof value));
    assert_string_equal(value, "\"v0.2\"");
    assert_true(http_header(&answer, "Cache-Control", value, sizeof value));
    assert_string_equal(value, "no-cache");
    size_t plain = answer.body_len;

    http_ask(web->port, "GET", "/api/kept", "If-None-Match: W/\"v0.2\"\r\n", NULL,
             &answer);
    assert_int_equal(answer.status, 304);
    assert_int_equal(answer.body_len, 0);
    http_ask(web->port, "GET", "/api/kept", "If-None-Match: \"v0.1\"\r\n", NULL,
             &answer);
    assert_int_equal(answer.status, 200);

    http_ask(web->port, "GET", "/api/kept", "Accept-Encoding: gzip, br\r\n", NULL,
             &answer);
    assert_true(http_header(&answer, "Content-Encoding", value, sizeof value));
    assert_string_equal(value, "gzip");
    assert_true(answer.body_len > 0 && answer.body_len * 10 < plain);
}

static void refuses_an_address_that_is_taken(void **state)
{
    (void)state;
    struct arena *process = arena_new(SIZE_MAX);
    struct server *second = NULL;
    struct error err;
    char address[32];
    snprintf(address, sizeof address, "127.0.0.1:%d", web->port);
    static const struct route_table none = {0};
    struct server_options options = {.listen = address, .table = &none};
    ASSERT_ERROR(server_start(&options, process, &second, &err), &err, ERROR_BUSY);
    options.listen = "here";
    ASSERT_ERROR(server_start(&options, process, &second, &err), &err, ERROR_USAGE);
    arena_free(process);
}

static void *stop_it(void *data)
{
    web_stop(data);
    return NULL;
}

static void stopping_lets_requests_under_way_end(void **state)
{
    (void)state;
    struct web *mine = web_start(NULL);
    atomic_store(&web_seen.is_held, true);
    assert_true(http_open(&http, mine->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC
                    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    while (server_figures(mine->server).waiting == 0)
        web_pause(1);
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_it, mine);
    web_pause(100);
    atomic_store(&web_seen.is_held, false);
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    http_close(&http);
    pthread_join(stopper, NULL);
}

static void while_it_stops_nobody_new_is_let_in(void **state)
{
    (void)state;
    struct web *mine = web_start(NULL);
    struct http late;
    atomic_store(&web_seen.is_held, true);
    assert_true(http_open(&http, mine->port));
    http_say(&http, "POST /api/save HTTP/1.1\r\nHost: a\r\n" CRC
                    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    while (server_figures(mine->server).waiting == 0)
        web_pause(1);
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_it, mine);
    web_pause(100);
    assert_true(http_open(&late, mine->port));
    http_say(&late, "GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n");
    http_take(&late, &answer);
    assert_int_equal(answer.status, 0);
    http_close(&late);
    atomic_store(&web_seen.is_held, false);
    http_take(&http, &answer);
    assert_int_equal(answer.status, 200);
    http_close(&http);
    pthread_join(stopper, NULL);
}

#define ON_SERVER(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SERVER(answers_with_json_and_the_headers_of_data),
        ON_SERVER(says_what_is_wrong_with_an_address),
        ON_SERVER(answers_head_as_get_without_the_body),
        ON_SERVER(takes_many_requests_on_one_connection),
        ON_SERVER(takes_a_body_in_chunks),
        ON_SERVER(says_where_a_body_is_wrong),
        ON_SERVER(refuses_a_body_of_another_type),
        ON_SERVER(refuses_a_body_where_none_is_taken),
        ON_SERVER(asks_for_a_sign_in),
        ON_SERVER(a_cookie_alone_changes_nothing),
        ON_SERVER(asks_for_the_permission_where_the_route_says),
        ON_SERVER(a_request_sleeps_until_the_writer_is_done),
        ON_SERVER(a_chain_of_hashing_and_writing_ends_in_one_answer),
        ON_SERVER(tells_what_the_writer_could_not_do),
        ON_SERVER(keeps_the_inside_of_a_fault_inside),
        ON_SERVER(a_refusal_may_say_more),
        ON_SERVER(sets_the_cookie_out_of_reach_of_scripts_and_other_sites),
        ON_SERVER(a_kept_answer_is_not_sent_again),
        ON_SERVER(refuses_an_address_that_is_taken),
        cmocka_unit_test(stopping_lets_requests_under_way_end),
        cmocka_unit_test(while_it_stops_nobody_new_is_let_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

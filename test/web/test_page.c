/* The page's files: RFC 9110 sections 8.8.3 (ETag), 12.5.3 (Accept-Encoding), 13.1.2
 * (If-None-Match); the Content-Security-Policy of the front end. */
#include "support/http.h"
#include "support/unit.h"
#include "support/web.h"
#include "web/page.h"

#include <string.h>

static struct web *web;
static struct http_answer answer;
static char value[512];

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

static const char *header(const char *name)
{
    return http_header(&answer, name, value, sizeof value) ? value : "(none)";
}

static void the_root_is_the_document(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "GET", "/", NULL, NULL, &answer), 200);
    assert_non_null(strstr(answer.body, "<title>Osteon</title>"));
    assert_string_equal(header("Content-Type"), "text/html; charset=utf-8");
    assert_string_equal(header("Cache-Control"), "no-cache");
    assert_string_equal(header("ETag"), "\"8899aabbccddeeff\"");
    assert_int_equal(http_ask(web->port, "GET", "/index.html", NULL, NULL, &answer),
                     200);
}

static void nothing_runs_loads_or_frames_but_ours(void **state)
{
    (void)state;
    http_ask(web->port, "GET", "/", NULL, NULL, &answer);
    assert_string_equal(header("Content-Security-Policy"),
                        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
                        "style-src 'self'; img-src 'self' data:; font-src 'self'; "
                        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
                        "form-action 'none'; "
                        "frame-ancestors 'none'; base-uri 'none'");
    assert_string_equal(header("X-Content-Type-Options"), "nosniff");
    assert_string_equal(header("Referrer-Policy"), "no-referrer");
    assert_string_equal(header("Cross-Origin-Opener-Policy"), "same-origin");
    assert_string_equal(header("Cross-Origin-Resource-Policy"), "same-origin");
    assert_non_null(
        strstr(header("Permissions-Policy"), "camera=(self), microphone=()"));
    assert_string_equal(header("Strict-Transport-Security"), "(none)");
}

static void a_file_with_a_hash_in_its_name_is_kept_for_a_year(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "GET", "/app-1a2b.js", NULL, NULL, &answer),
                     200);
    assert_string_equal(header("Cache-Control"), "public, max-age=31536000, immutable");
}

static void brotli_goes_to_those_who_take_it(void **state)
{
    (void)state;
    static const struct {
        const char *accepted;
        bool is_packed;
    } cases[] = {
        {"", false},
        {"Accept-Encoding: gzip, deflate\r\n", false},
        {"Accept-Encoding: gzip, deflate, br\r\n", true},
        {"Accept-Encoding: BR;q=0.1\r\n", true},
        {"Accept-Encoding: br;q=0\r\n", false},
        {"Accept-Encoding: br ; q=0.000, gzip\r\n", false},
        {"Accept-Encoding: brx\r\n", false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        http_ask(web->port, "GET", "/app-1a2b.js", cases[i].accepted, NULL, &answer);
        assert_int_equal(answer.status, 200);
        assert_string_equal(header("Vary"), "Accept-Encoding");
        assert_string_equal(header("Content-Encoding"),
                            cases[i].is_packed ? "br" : "(none)");
        assert_string_equal(answer.body, cases[i].is_packed
                                             ? "packed"
                                             : "console.log('a long enough script');");
    }
    /* There is no packed form of the document. */
    http_ask(web->port, "GET", "/", "Accept-Encoding: br\r\n", NULL, &answer);
    assert_string_equal(header("Content-Encoding"), "(none)");
}

static void an_unchanged_file_is_not_sent_again(void **state)
{
    (void)state;
    static const struct {
        const char *seen;
        int status;
    } cases[] = {
        {"If-None-Match: \"8899aabbccddeeff\"\r\n", 304},
        {"If-None-Match: W/\"8899aabbccddeeff\"\r\n", 304},
        {"If-None-Match: \"x\", \"8899aabbccddeeff\" \r\n", 304},
        {"If-None-Match: *\r\n", 304},
        {"If-None-Match: \"8899aabbccddeef\"\r\n", 200},
        {"If-None-Match: 8899aabbccddeeff\r\n", 200},
        {"If-None-Match: \r\n", 200},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        http_ask(web->port, "GET", "/", cases[i].seen, NULL, &answer);
        assert_int_equal(answer.status, cases[i].status);
        assert_string_equal(header("ETag"), "\"8899aabbccddeeff\"");
        assert_non_null(
            strstr(header("Content-Security-Policy"), "default-src 'none'"));
    }
}

static void other_paths_are_no_files(void **state)
{
    (void)state;
    static const char *const paths[] = {"/index.htm",    "/index.html/",
                                        "/INDEX.HTML",   "/../index.html",
                                        "/%69ndex.html", "/app"};
    for (size_t i = 0; i < ARRAY_COUNT(paths); i++)
        assert_int_equal(http_ask(web->port, "GET", paths[i], NULL, NULL, &answer),
                         404);
}

static void a_query_does_not_change_a_file(void **state)
{
    (void)state;
    assert_int_equal(http_ask(web->port, "GET", "/?lang=zh", NULL, NULL, &answer), 200);
}

#define ON_SERVER(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SERVER(the_root_is_the_document),
        ON_SERVER(nothing_runs_loads_or_frames_but_ours),
        ON_SERVER(a_file_with_a_hash_in_its_name_is_kept_for_a_year),
        ON_SERVER(brotli_goes_to_those_who_take_it),
        ON_SERVER(an_unchanged_file_is_not_sent_again),
        ON_SERVER(other_paths_are_no_files),
        ON_SERVER(a_query_does_not_change_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

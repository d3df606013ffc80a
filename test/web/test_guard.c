/* The guard as a pure function. The ten probes against the running server stand in
 * test_probes.c. Sources: RFC 9110 section 5, RFC 9112 sections 3 and 6. */
#include "base/limits.h"
#include "support/unit.h"
#include "web/guard.h"

#include <string.h>

enum { ROOM = LIMIT_HEADERS + 8 };

struct head {
    struct request_head head;
    struct header headers[ROOM];
};

static struct head head_of(const char *method, const char *target, const char *version)
{
    return (struct head){
        .head = {.method = text_of(method),
                 .target = text_of(target),
                 .version = text_of(version),
                 .length = strlen(method) + strlen(target) + strlen(version) + 6}};
}

static void add(struct head *head, const char *name, const char *value)
{
    size_t i = head->head.header_count++;
    head->headers[i] = (struct header){.name = text_of(name), .value = text_of(value)};
    head->head.length += strlen(name) + strlen(value) + 4;
}

static struct error err;

static bool check(struct head *head, struct request_framing *framing)
{
    head->head.headers = head->headers;
    return guard_check(&head->head, framing, &err);
}

static struct head good(void)
{
    struct head head = head_of("POST", "/api/mutations?x=1", "HTTP/1.1");
    add(&head, "Host", "127.0.0.1:8180");
    add(&head, "Content-Type", "application/json");
    return head;
}

static void lets_a_plain_request_pass(void **state)
{
    (void)state;
    struct request_framing framing;
    struct head head = good();
    ASSERT_OK(check(&head, &framing), &err);
    assert_false(framing.has_length || framing.is_chunked);
    add(&head, "Content-Length", "9223372036854775807");
    ASSERT_OK(check(&head, &framing), &err);
    assert_true(framing.has_length && framing.length == INT64_MAX);

    head = good();
    add(&head, "TRANSFER-ENCODING", "Chunked");
    ASSERT_OK(check(&head, &framing), &err);
    assert_true(framing.is_chunked);
}

static void lets_what_browsers_send_pass(void **state)
{
    (void)state;
    struct request_framing framing;
    struct head head = head_of("GET", "/app.js?v=%E9%AA%A8", "HTTP/1.1");
    add(&head, "host", "[::1]:8180");
    add(&head, "sec-ch-ua", "\"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\"");
    add(&head, "user-agent",
        "Mozilla/5.0 (X11; Linux x86_64) \xe9\xaa\xa8\xe9\xab\x93");
    add(&head, "accept", "*/*");
    add(&head, "accept-language", "zh-CN,zh;q=0.9");
    add(&head, "x-empty", "");
    ASSERT_OK(check(&head, &framing), &err);
}

static void refuses_headers_that_two_programs_may_read_differently(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *second, *second_value;
    } cases[] = {
        {"Content-Length", "5", "Content-Length", "6"},
        {"Content-Length", "5", "content-length", "5"},
        {"Content-Length", "5", "Transfer-Encoding", "chunked"},
        {"Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked"},
        {"Transfer-Encoding", "gzip, chunked", NULL, NULL},
        {"Transfer-Encoding", "chunked, identity", NULL, NULL},
        {"Transfer-Encoding", "xchunked", NULL, NULL},
        {"Transfer-Encoding", "", NULL, NULL},
        {"Content-Length", "+5", NULL, NULL},
        {"Content-Length", "-5", NULL, NULL},
        {"Content-Length", "5, 5", NULL, NULL},
        {"Content-Length", "0x5", NULL, NULL},
        {"Content-Length", " 5", NULL, NULL},
        {"Content-Length", "", NULL, NULL},
        {"Content-Length", "9223372036854775808", NULL, NULL},
        {"Content-Length ", "5", NULL, NULL},
        {"Content-Length\t", "5", NULL, NULL},
        {"", "x", NULL, NULL},
        {"a b", "x", NULL, NULL},
        {"na\x80me", "x", NULL, NULL},
        {"name\x01", "x", NULL, NULL},
        {"X", "a\x01", NULL, NULL},
        {"X", "a\rb", NULL, NULL},
        {"X", "a\x7f", NULL, NULL},
        {"Host", "again", NULL, NULL},
        {"Cookie", "a=1", "Cookie", "a=2"},
        {"Authorization", "Bearer a", "AUTHORIZATION", "Bearer b"},
        {"Content-Type", "text/plain", NULL, NULL}, /* the second of its name */
        {"X-Osteon-CSRF", "a", "x-osteon-csrf", "a"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct head head = good();
        add(&head, cases[i].name, cases[i].value);
        if (cases[i].second != NULL)
            add(&head, cases[i].second, cases[i].second_value);
        struct request_framing framing;
        bool is_good = check(&head, &framing);
        if (is_good)
            print_error("case %zu: %s passes\n", i, cases[i].name);
        ASSERT_ERROR(is_good, &err, ERROR_MALFORMED);
    }
}

static void refuses_a_head_without_one_host(void **state)
{
    (void)state;
    static const char *const hosts[] = {"",    "a b",   "a/b", "user@a",
                                        "a,b", "a\x80", "a?b"};
    for (size_t i = 0; i < ARRAY_COUNT(hosts); i++) {
        struct head head = head_of("GET", "/", "HTTP/1.1");
        struct request_framing framing;
        ASSERT_ERROR(check(&head, &framing), &err, ERROR_MALFORMED);
        add(&head, "Host", hosts[i]);
        ASSERT_ERROR(check(&head, &framing), &err, ERROR_MALFORMED);
    }
}

static void refuses_strange_request_lines(void **state)
{
    (void)state;
    static const struct {
        const char *method, *target, *version;
    } cases[] = {
        {"GET", "", "HTTP/1.1"},
        {"GET", "*", "HTTP/1.1"},
        {"GET", "a", "HTTP/1.1"},
        {"GET", "http://a/", "HTTP/1.1"},
        {"GET", "/a b", "HTTP/1.1"},
        {"GET", "/a\tb", "HTTP/1.1"},
        {"GET", "/\xc3\xa9", "HTTP/1.1"},
        {"GET", "/a#b", "HTTP/1.1"},
        {"GET", "/", "HTTP/1.2"},
        {"GET", "/", "HTTP/2.0"},
        {"GET", "/", "http/1.1"},
        {"GET", "/", ""},
        {"GET", "/", "HTTP/1.1 "},
        {"G ET", "/", "HTTP/1.1"},
        {"", "/", "HTTP/1.1"},
        {"GET\x01", "/", "HTTP/1.1"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct head head = head_of(cases[i].method, cases[i].target, cases[i].version);
        add(&head, "Host", "a");
        struct request_framing framing;
        ASSERT_ERROR(check(&head, &framing), &err, ERROR_MALFORMED);
    }
}

/* What the parser below swallows shows in the length only. */
static void refuses_a_head_of_any_other_length(void **state)
{
    (void)state;
    struct request_framing framing;
    static const int differences[] = {-2, -1, 1, 2, 4, 100};
    for (size_t i = 0; i < ARRAY_COUNT(differences); i++) {
        struct head head = good();
        head.head.length += (size_t)differences[i];
        ASSERT_ERROR(check(&head, &framing), &err, ERROR_MALFORMED);
        assert_true(err.hint[0] != '\0');
    }
}

static void refuses_too_much(void **state)
{
    (void)state;
    struct request_framing framing;
    struct head head = head_of("GET", "/", "HTTP/1.1");
    add(&head, "Host", "a");
    for (int i = 1; i < LIMIT_HEADERS; i++)
        add(&head, "X-A", "b");
    ASSERT_OK(check(&head, &framing), &err);
    add(&head, "X-A", "b");
    ASSERT_ERROR(check(&head, &framing), &err, ERROR_TOO_LARGE);

    static char target[LIMIT_URL + 2];
    memset(target, 'a', LIMIT_URL + 1);
    target[0] = '/';
    head = head_of("GET", target, "HTTP/1.1");
    add(&head, "Host", "a");
    ASSERT_ERROR(check(&head, &framing), &err, ERROR_TOO_LARGE);

    static char value[LIMIT_HEADER_BYTES];
    memset(value, 'a', sizeof value - 1);
    head = good();
    add(&head, "X", value);
    ASSERT_ERROR(check(&head, &framing), &err, ERROR_TOO_LARGE);
}

static void an_older_client_may_not_send_chunks(void **state)
{
    (void)state;
    struct request_framing framing;
    struct head head = head_of("POST", "/", "HTTP/1.0");
    add(&head, "Host", "a");
    ASSERT_OK(check(&head, &framing), &err);
    add(&head, "Transfer-Encoding", "chunked");
    ASSERT_ERROR(check(&head, &framing), &err, ERROR_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_a_plain_request_pass),
        cmocka_unit_test(lets_what_browsers_send_pass),
        cmocka_unit_test(refuses_headers_that_two_programs_may_read_differently),
        cmocka_unit_test(refuses_a_head_without_one_host),
        cmocka_unit_test(refuses_strange_request_lines),
        cmocka_unit_test(refuses_a_head_of_any_other_length),
        cmocka_unit_test(refuses_too_much),
        cmocka_unit_test(an_older_client_may_not_send_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

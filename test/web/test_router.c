/* Addresses: RFC 3986 for escapes and the bytes that need them. */
#include "base/limits.h"
#include "support/unit.h"
#include "web/router.h"
#include "web/target.h"

static bool nothing(struct request *request, struct response *response,
                    struct error *err)
{
    (void)request;
    (void)response;
    (void)err;
    return true;
}

static const struct route rows[] = {
    {HTTP_GET, "/", ROUTE_PUBLIC, .handle = nothing},
    {HTTP_GET, "/api/participants", ROUTE_SIGNED_IN, .handle = nothing,
     .query = "state find after"},
    {HTTP_POST, "/api/participants", ROUTE_SIGNED_IN, .handle = nothing},
    {HTTP_GET, "/api/participants/{id}", ROUTE_SIGNED_IN, .handle = nothing},
    {HTTP_GET, "/api/participants/{id}/forms/{event}/{form}", ROUTE_SIGNED_IN,
     .handle = nothing},
    {HTTP_GET, "/api/login/link/{token}", ROUTE_PUBLIC, .handle = nothing},
    {HTTP_GET, "/api/login/link/new", ROUTE_PUBLIC, .handle = nothing},
    {HTTP_POST, "/api/login/link", ROUTE_PUBLIC, .handle = nothing},
};
static const struct route_table table = {.routes = rows,
                                         .route_count = ARRAY_COUNT(rows)};

static struct arena *arena;
static const struct router *router;
static struct request request;
static struct text allowed;
static struct error err;

static int open_router(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    router = router_new(&table, arena);
    return 0;
}

static int close_router(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static bool find(const char *method, const char *sent)
{
    struct target target;
    request = (struct request){.arena = arena};
    if (!http_method_parse(text_of(method), &request.method))
        return error_set(&err, ERROR_FAILED, "no such method");
    if (!target_read(text_of(sent), arena, &target, &err))
        return false;
    request.path = target.path;
    request.query = target.query;
    request.query_count = target.query_count;
    return router_find(router, &request, &allowed, &err);
}

static void finds_each_route_by_method_and_path(void **state)
{
    (void)state;
    static const struct {
        const char *method, *path;
        size_t row;
    } cases[] = {
        {"GET", "/", 0},
        {"GET", "/api/participants", 1},
        {"HEAD", "/api/participants", 1},
        {"POST", "/api/participants", 2},
        {"GET", "/api/participants/7", 3},
        {"GET", "/api/participants/7/forms/E.D30/F.FU", 4},
        {"GET", "/api/login/link/abc", 5},
        {"GET", "/api/login/link/new", 6},
        {"POST", "/api/login/link", 7},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ASSERT_OK(find(cases[i].method, cases[i].path), &err);
        assert_ptr_equal(request.route, &rows[cases[i].row]);
    }
}

static void decodes_the_places_in_order(void **state)
{
    (void)state;
    ASSERT_OK(find("GET", "/api/participants/12/forms/E%2eD30/%E9%AA%A8+x"), &err);
    ASSERT_TEXT(request.places[0], "12");
    ASSERT_TEXT(request.places[1], "E.D30");
    ASSERT_TEXT(request.places[2], "骨+x"); /* + is a space in a query only */
}

static void knows_no_other_address(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "/api",
        "/api/",
        "/api/participants/",
        "/api/participants//forms/E/F",
        "//api/participants",
        "/API/participants",
        "/api/participants/7/forms",
        "/api/participants/7/forms/E/F/",
        "/%61pi/participants",
        "/api/../api/participants",
        "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a",
    };
    for (size_t i = 0; i < ARRAY_COUNT(paths); i++) {
        ASSERT_ERROR(find("GET", paths[i]), &err, ERROR_NOT_FOUND);
        assert_int_equal(allowed.len, 0);
    }
}

static void names_the_methods_that_an_address_takes(void **state)
{
    (void)state;
    ASSERT_ERROR(find("DELETE", "/api/participants"), &err, ERROR_USAGE);
    ASSERT_TEXT(allowed, "GET, HEAD, POST");
    ASSERT_ERROR(find("GET", "/api/login/link"), &err, ERROR_USAGE);
    ASSERT_TEXT(allowed, "POST");
}

static void reads_and_checks_the_query(void **state)
{
    (void)state;
    ASSERT_OK(find("GET", "/api/participants?find=S-0001+x%2B%26&state=&after"), &err);
    assert_int_equal(request.query_count, 3);
    ASSERT_TEXT(request.query[0].value, "S-0001 x+&");
    ASSERT_TEXT(request.query[2].name, "after");
    ASSERT_TEXT(request.query[2].value, "");
    ASSERT_OK(find("GET", "/api/participants?"), &err);

    ASSERT_ERROR(find("GET", "/api/participants?fnid=1"), &err, ERROR_REFUSED);
    assert_string_equal(err.hint, "did you mean find?");
    ASSERT_ERROR(find("GET", "/api/participants/7?x=1"), &err, ERROR_REFUSED);
    ASSERT_ERROR(find("GET", "/api/participants?find=1&find=2"), &err, ERROR_MALFORMED);
    ASSERT_ERROR(find("GET", "/api/participants?a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q"),
                 &err, ERROR_TOO_LARGE);
}

static void refuses_wrong_escapes_at_their_position(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        size_t at;
    } cases[] = {
        {"/api/participants/%", 18},       {"/api/participants/a%2", 19},
        {"/api/participants/%zz", 18},     {"/api/participants/%00", 18},
        {"/api/participants/%ff", 18},     {"/api/participants/%c0%af", 18},
        {"/api/participants/a%0a", 18},    {"/api/participants/a|b", 19},
        {"/api/participants?find=%4", 23}, {"/api/participants?find=a&state=%80", 31},
        {"/api/participants?f\"=1", 19},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ASSERT_ERROR(find("GET", cases[i].target), &err, ERROR_MALFORMED);
        if (err.at != cases[i].at)
            print_error("%s\n", cases[i].target);
        assert_int_equal(err.at, cases[i].at);
    }
}

static void the_same_row_twice_stops_the_program(void **state)
{
    (void)state;
    static const struct route twice[] = {
        {HTTP_GET, "/api/a/{id}", ROUTE_PUBLIC, .handle = nothing},
        {HTTP_GET, "/api/a/{name}", ROUTE_PUBLIC, .handle = nothing},
    };
    const struct route_table wrong = {.routes = twice, .route_count = 2};
    EXPECT_ABORT(router_new(&wrong, arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_route_by_method_and_path),
        cmocka_unit_test(decodes_the_places_in_order),
        cmocka_unit_test(knows_no_other_address),
        cmocka_unit_test(names_the_methods_that_an_address_takes),
        cmocka_unit_test(reads_and_checks_the_query),
        cmocka_unit_test(refuses_wrong_escapes_at_their_position),
        cmocka_unit_test(the_same_row_twice_stops_the_program),
    };
    return cmocka_run_group_tests(tests, open_router, close_router);
}

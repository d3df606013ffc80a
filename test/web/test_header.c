/* What is read from the values of headers; examples of RFC 6265, 6750, 9110. */
#include "support/unit.h"
#include "web/header.h"

static const struct text name = TEXT_INIT("osteon_session");

static void finds_its_cookie_among_others(void **state)
{
    (void)state;
    ASSERT_TEXT(header_cookie(TEXT("osteon_session=abc"), name), "abc");
    ASSERT_TEXT(header_cookie(TEXT("a=1; osteon_session=abc; b=2"), name), "abc");
    ASSERT_TEXT(header_cookie(TEXT("osteon_session=a=b"), name), "a=b");
    assert_true(text_is_absent(header_cookie(TEXT("xosteon_session=abc"), name)));
    assert_true(text_is_absent(header_cookie(TEXT("Osteon_Session=abc"), name)));
    assert_true(text_is_absent(header_cookie(TEXT(""), name)));
    assert_true(text_is_absent(header_cookie((struct text){0}, name)));
}

static void takes_none_of_two_cookies_of_its_name(void **state)
{
    (void)state;
    assert_true(text_is_absent(
        header_cookie(TEXT("osteon_session=a; osteon_session=b"), name)));
    assert_true(
        text_is_absent(header_cookie(TEXT("osteon_session; osteon_session=b"), name)));
}

static void takes_a_bearer_token_whatever_the_case_of_the_scheme(void **state)
{
    (void)state;
    ASSERT_TEXT(header_bearer(TEXT("Bearer mF_9.B5f")), "mF_9.B5f");
    ASSERT_TEXT(header_bearer(TEXT("bearer  mF_9.B5f ")), "mF_9.B5f");
    assert_true(text_is_absent(header_bearer(TEXT("Bearer"))));
    assert_true(text_is_absent(header_bearer(TEXT("Bearer "))));
    assert_true(text_is_absent(header_bearer(TEXT("Basic YTpi"))));
}

static void knows_json_by_its_type_alone(void **state)
{
    (void)state;
    assert_true(header_is_json(TEXT("application/json")));
    assert_true(header_is_json(TEXT("Application/JSON ; charset=utf-8")));
    assert_false(header_is_json(TEXT("application/json-seq")));
    assert_false(header_is_json(TEXT("text/plain")));
    assert_false(header_is_json((struct text){0}));
}

static void takes_a_coding_unless_its_weight_is_zero(void **state)
{
    (void)state;
    assert_true(header_takes_coding(TEXT("gzip, br"), TEXT("br")));
    assert_true(header_takes_coding(TEXT("GZIP;q=0.5"), TEXT("gzip")));
    assert_false(header_takes_coding(TEXT("br;q=0"), TEXT("br")));
    assert_false(header_takes_coding(TEXT("br;q=0.000"), TEXT("br")));
    assert_false(header_takes_coding(TEXT("brotli"), TEXT("br")));
    assert_false(header_takes_coding((struct text){0}, TEXT("br")));
}

static void compares_tags_weakly(void **state)
{
    (void)state;
    assert_true(header_names_etag(TEXT("\"xyzzy\""), TEXT("xyzzy")));
    assert_true(header_names_etag(TEXT("W/\"xyzzy\", \"r2d2\""), TEXT("xyzzy")));
    assert_true(header_names_etag(TEXT("*"), TEXT("xyzzy")));
    assert_false(header_names_etag(TEXT("xyzzy"), TEXT("xyzzy")));
    assert_false(header_names_etag(TEXT("\"xyzz\""), TEXT("xyzzy")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_its_cookie_among_others),
        cmocka_unit_test(takes_none_of_two_cookies_of_its_name),
        cmocka_unit_test(takes_a_bearer_token_whatever_the_case_of_the_scheme),
        cmocka_unit_test(knows_json_by_its_type_alone),
        cmocka_unit_test(takes_a_coding_unless_its_weight_is_zero),
        cmocka_unit_test(compares_tags_weakly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/json_write.h"
#include "support/unit.h"

#include <math.h>
#include <stdlib.h>

static int make_arena(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void assert_written(const struct buffer *buffer, const char *expected)
{
    struct error err = {0};
    struct text t = {0};
    ASSERT_OK(buffer_text(buffer, &t, &err), &err);
    ASSERT_TEXT(t, expected);
}

static void writes_an_empty_object_and_an_empty_array(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_end(&json);
    assert_written(&buffer, "{}");
    buffer = buffer_in(*state, 1000);
    json = json_to(&buffer);
    json_array(&json);
    json_end(&json);
    assert_written(&buffer, "[]");
}

static void puts_commas_between_members_at_every_level(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "status", TEXT("ok"));
    json_member_integer(&json, "seq", -7);
    json_key(&json, "values");
    json_array(&json);
    json_object(&json);
    json_end(&json);
    json_array(&json);
    json_integer(&json, 1);
    json_integer(&json, 2);
    json_end(&json);
    json_bool(&json, false);
    json_null(&json);
    json_end(&json);
    json_member_bool(&json, "synthetic", true);
    json_end(&json);
    assert_written(&buffer, "{\"status\":\"ok\",\"seq\":-7,"
                            "\"values\":[{},[1,2],false,null],\"synthetic\":true}");
}

/* RFC 8259 section 7. */
static void escapes_what_must_be_escaped_and_nothing_else(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_text(&json, TEXT("a\"b\\c/d\b\f\n\r\t\x01\x1f\x7f 血\xe2\x80\xa8😀"));
    assert_written(&buffer, "\"a\\\"b\\\\c/d\\b\\f\\n\\r\\t\\u0001\\u001f\x7f "
                            "血\xe2\x80\xa8😀\"");
}

static void escapes_nul_inside_a_text(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_text(&json, TEXT("a\0b"));
    assert_written(&buffer, "\"a\\u0000b\"");
}

static void escapes_keys_too(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key_text(&json, TEXT("a\"\n"));
    json_null(&json);
    json_end(&json);
    assert_written(&buffer, "{\"a\\\"\\n\":null}");
}

static void an_absent_text_is_null_and_an_empty_one_is_not(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_array(&json);
    json_text(&json, (struct text){0});
    json_text(&json, TEXT(""));
    json_end(&json);
    assert_written(&buffer, "[null,\"\"]");
}

static void writes_the_edges_of_64_bit_integers(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_array(&json);
    json_integer(&json, INT64_MIN);
    json_integer(&json, 0);
    json_integer(&json, INT64_MAX);
    json_end(&json);
    assert_written(&buffer, "[-9223372036854775808,0,9223372036854775807]");
}

/* The shortest digits as Python's repr gives them. */
static void doubles_read_back_the_same_and_are_short(void **state)
{
    static const struct {
        double value;
        const char *digits;
    } cases[] = {
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3.0, "0.3333333333333333"},
        {24.5, "24.5"},
        {-0.0, "-0"},
        {1e300, "1e+300"},
        {5e-324, "4.94065645841247e-324"}, /* subnormal: fewer digits would do */
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {9007199254740993.0, "9007199254740992"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer buffer = buffer_in(*state, 1000);
        struct json_writer json = json_to(&buffer);
        json_double(&json, cases[i].value);
        assert_written(&buffer, cases[i].digits);
        assert_true(strtod(cases[i].digits, NULL) == cases[i].value);
    }
}

static void numbers_that_json_lacks_are_null(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_array(&json);
    json_double(&json, NAN);
    json_double(&json, INFINITY);
    json_double(&json, -INFINITY);
    json_end(&json);
    assert_written(&buffer, "[null,null,null]");
}

static void writes_instants_in_utc_with_milliseconds(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    struct json_writer json = json_to(&buffer);
    json_array(&json);
    json_instant(&json, -1);
    json_object(&json);
    json_member_instant(&json, "now", INT64_C(1795345106123999));
    json_end(&json);
    json_end(&json);
    assert_written(&buffer, "[\"1969-12-31T23:59:59.999Z\","
                            "{\"now\":\"2026-11-22T10:58:26.123Z\"}]");
}

static void passing_the_maximum_shows_in_the_buffer(void **state)
{
    struct buffer buffer = buffer_in(*state, 8);
    struct json_writer json = json_to(&buffer);
    json_array(&json);
    json_text(&json, TEXT("longer than eight"));
    json_end(&json);
    struct error err = {0};
    struct text t = {0};
    ASSERT_ERROR(buffer_text(&buffer, &t, &err), &err, ERROR_TOO_LARGE);
}

static void write_invalid_utf8(struct json_writer *json)
{
    json_text(json, TEXT("\xff"));
}

static void write_value_without_key(struct json_writer *json)
{
    json_object(json);
    json_null(json);
}

static void write_key_in_array(struct json_writer *json)
{
    json_array(json);
    json_key(json, "key");
}

static void write_two_keys(struct json_writer *json)
{
    json_object(json);
    json_key(json, "one");
    json_key(json, "two");
}

static void close_after_key(struct json_writer *json)
{
    json_object(json);
    json_key(json, "one");
    json_end(json);
}

static void close_too_often(struct json_writer *json)
{
    json_end(json);
}

static void open_too_deep(struct json_writer *json)
{
    for (int i = 0; i <= JSON_DEPTH; i++)
        json_array(json);
}

static void make(void (*mistake)(struct json_writer *json), struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, 1000);
    struct json_writer json = json_to(&buffer);
    mistake(&json);
}

static void a_document_that_is_not_json_cannot_be_written(void **state)
{
    EXPECT_ABORT((make(write_invalid_utf8, *state), 0));
    EXPECT_ABORT((make(write_value_without_key, *state), 0));
    EXPECT_ABORT((make(write_key_in_array, *state), 0));
    EXPECT_ABORT((make(write_two_keys, *state), 0));
    EXPECT_ABORT((make(close_after_key, *state), 0));
    EXPECT_ABORT((make(close_too_often, *state), 0));
    EXPECT_ABORT((make(open_too_deep, *state), 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_an_empty_object_and_an_empty_array),
        cmocka_unit_test(puts_commas_between_members_at_every_level),
        cmocka_unit_test(escapes_what_must_be_escaped_and_nothing_else),
        cmocka_unit_test(escapes_nul_inside_a_text),
        cmocka_unit_test(escapes_keys_too),
        cmocka_unit_test(an_absent_text_is_null_and_an_empty_one_is_not),
        cmocka_unit_test(writes_the_edges_of_64_bit_integers),
        cmocka_unit_test(doubles_read_back_the_same_and_are_short),
        cmocka_unit_test(numbers_that_json_lacks_are_null),
        cmocka_unit_test(writes_instants_in_utc_with_milliseconds),
        cmocka_unit_test(passing_the_maximum_shows_in_the_buffer),
        cmocka_unit_test(a_document_that_is_not_json_cannot_be_written),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}

/* Expected values: RFC 8259 (grammar, section 7 for escapes), Unicode table 3-7. */
#include "base/buffer.h"
#include "base/limits.h"
#include "formats/json_read.h"
#include "support/unit.h"

#include <stdio.h>

static struct arena *arena;
static struct error err;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_REQUEST_ARENA);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct json_value *read(struct text input)
{
    const struct json_value *value = NULL;
    ASSERT_OK(json_read(input, arena, &value, &err), &err);
    return value;
}

static const struct {
    struct text input;
    size_t at;
} malformed[] = {
#define CASE(literal, position)                                                        \
    {                                                                                  \
        TEXT_INIT(literal), position                                                   \
    }
    /* nothing, or not all of it */
    CASE("", 0),
    CASE("  \n", 3),
    CASE("{", 1),
    CASE("[", 1),
    CASE("[1", 2),
    CASE("[1,", 3),
    CASE("{\"a\"", 4),
    CASE("{\"a\":", 5),
    CASE("{\"a\":1", 6),
    CASE("{\"a\":1,", 7),
    CASE("\"abc", 4),
    CASE("\"abc\\", 5),
    CASE("\"abc\\\"", 6),
    CASE("tru", 0),
    CASE("nul", 0),
    CASE("-", 1),
    CASE("1.", 2),
    CASE("1e", 2),
    CASE("1e+", 3),
    /* the grammar */
    CASE("[1 2]", 3),
    CASE("[1,]", 3),
    CASE("[,1]", 1),
    CASE("{,}", 1),
    CASE("{\"a\":1,}", 7),
    CASE("{\"a\" 1}", 5),
    CASE("{a:1}", 1),
    CASE("{1:1}", 1),
    CASE("{'a':1}", 1),
    CASE("'a'", 0),
    CASE("[1}", 2),
    CASE("{\"a\":1]", 6),
    CASE("]", 0),
    CASE("True", 0),
    CASE("NULL", 0),
    CASE("NaN", 0),
    CASE("Infinity", 0),
    CASE("-Infinity", 1),
    CASE("undefined", 0),
    CASE("/**/1", 0),
    CASE("1//x", 1),
    CASE("#1", 0),
    CASE("1 2", 2),
    CASE("{} {}", 3),
    CASE("{}x", 2),
    CASE("truefalse", 4),
    CASE("[\"a\"\"b\"]", 4),
    /* numbers */
    CASE("01", 1),
    CASE("-01", 2),
    CASE("00", 1),
    CASE("+1", 0),
    CASE(".5", 0),
    CASE("1.e5", 2),
    CASE("0x10", 1),
    CASE("1_000", 1),
    CASE("1,5", 1),
    CASE("--1", 1),
    CASE("1e5.5", 3),
    CASE("\xef\xbc\x91", 0),
    /* texts */
    CASE("\"a\x01\"", 2),
    CASE("\"a\tb\"", 2),
    CASE("\"a\nb\"", 2),
    CASE("\"\\x41\"", 1),
    CASE("\"\\'\"", 1),
    CASE("\"ab\\u12\"", 3),
    CASE("\"ab\\u12G4\"", 3),
    CASE("\"\\U0041\"", 1),
    CASE("\"\\", 2),
    /* NUL, however it is written */
    CASE("\"a\\u0000b\"", 2),
    CASE("\"a\0b\"", 2),
    CASE("\0", 0),
    CASE("[1]\0", 3),
    CASE("{\"a\\u0000\":1}", 3),
    /* half a character */
    CASE("\"\\ud800\"", 1),
    CASE("\"\\ud800x\"", 1),
    CASE("\"\\ud800\\n\"", 1),
    CASE("\"\\ud800\\u0041\"", 1),
    CASE("\"\\udc00\"", 1),
    CASE("\"\\ud83d\\ud83d\"", 1),
    CASE("\"x\\uDFFF\\uD800\"", 2),
    /* not UTF-8 */
    CASE("\"\xff\"", 1),
    CASE("\"\xc0\xaf\"", 1),
    CASE("\"\xe2\x82\"", 1),
    CASE("\"\xed\xa0\x80\"", 1),
    CASE("\"\xf4\x90\x80\x80\"", 1),
    CASE("{\"a\":1}\x80", 7),
    CASE("\xef\xbb\xbf{}", 0),
    CASE("\xff\xfe{\0}\0", 0),
    /* the same member twice */
    CASE("{\"a\":1,\"a\":1}", 7),
    CASE("{\"a\":1,\"b\":2,\"\\u0061\":3}", 13),
    CASE("{\"x\":{\"\":1,\"\":2}}", 11),
#undef CASE
};

static void refuses_what_is_malformed_at_its_position(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(malformed); i++) {
        const struct json_value *value = NULL;
        bool is_read = json_read(malformed[i].input, arena, &value, &err);
        if (is_read || err.at != malformed[i].at)
            print_error("case %zu: %.*s: %s at %zu, not %zu\n", i,
                        TEXT_ARG(malformed[i].input), is_read ? "accepted" : err.text,
                        err.at, malformed[i].at);
        ASSERT_ERROR(is_read, &err, ERROR_MALFORMED);
        assert_int_equal(err.at, malformed[i].at);
        char where[32];
        snprintf(where, sizeof where, "byte %zu", malformed[i].at);
        assert_string_equal(err.where, where);
    }
}

static void reads_each_kind(void **state)
{
    (void)state;
    const struct json_value *value =
        read(TEXT(" { \"t\" : \"x\" ,\n\"n\":-1.50e+3,\"yes\":true,\"no\":false,"
                  "\"none\":null,\"list\":[1,[ ],{}]}\t\r\n"));
    assert_int_equal(value->kind, JSON_OBJECT);
    assert_int_equal(value->count, 6);
    const struct json_value *member = value->first;
    ASSERT_TEXT(member->key, "t");
    ASSERT_TEXT(member->text, "x");
    assert_int_equal(member->at, 9);
    member = member->next;
    assert_int_equal(member->kind, JSON_NUMBER);
    ASSERT_TEXT(member->text, "-1.50e+3"); /* as written */
    member = member->next;
    assert_true(member->kind == JSON_BOOL && member->truth);
    member = member->next;
    assert_true(member->kind == JSON_BOOL && !member->truth);
    member = member->next;
    assert_int_equal(member->kind, JSON_NULL);
    member = member->next;
    assert_int_equal(member->kind, JSON_ARRAY);
    assert_int_equal(member->count, 3);
    assert_int_equal(member->first->next->kind, JSON_ARRAY);
    assert_int_equal(member->first->next->count, 0);
    assert_ptr_equal(member->first->parent, member);
    assert_null(member->next);
}

static void a_single_value_of_any_kind_is_a_document(void **state)
{
    (void)state;
    ASSERT_TEXT(read(TEXT("\"\""))->text, "");
    ASSERT_TEXT(read(TEXT("0"))->text, "0");
    ASSERT_TEXT(read(TEXT("-0"))->text, "-0");
    ASSERT_TEXT(read(TEXT("9007199254740993"))->text, "9007199254740993");
    ASSERT_TEXT(read(TEXT("1E400"))->text, "1E400");
    assert_int_equal(read(TEXT("null"))->kind, JSON_NULL);
}

static void decodes_every_escape(void **state)
{
    (void)state;
    const struct json_value *value = read(TEXT(
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u9AA8\\ud83d\\uDE00 \\u007f\""));
    ASSERT_TEXT(value->text,
                "\"\\/\b\f\n\r\tA\xc3\xa9\xe9\xaa\xa8\xf0\x9f\x98\x80 \x7f");
}

static void text_without_escapes_is_a_view_of_the_input(void **state)
{
    (void)state;
    struct text input = TEXT("[\"骨髓腔\"]");
    const struct json_value *value = read(input);
    assert_ptr_equal(value->first->text.at, input.at + 2);
    ASSERT_TEXT(value->first->text, "骨髓腔");
}

static struct text repeated(const char *piece, size_t times, const char *end)
{
    struct buffer buffer = buffer_in(arena, LIMIT_REQUEST_ARENA);
    for (size_t i = 0; i < times; i++)
        buffer_text_add(&buffer, text_of(piece));
    buffer_text_add(&buffer, text_of(end));
    struct text out;
    ASSERT_OK(buffer_text(&buffer, &out, &err), &err);
    return out;
}

static void nesting_ends_at_the_limit(void **state)
{
    (void)state;
    const struct json_value *value = NULL;
    read(repeated("[", LIMIT_JSON_DEPTH, "]]]]]]]]]]]]]]]]"));
    ASSERT_ERROR(
        json_read(repeated("[", LIMIT_JSON_DEPTH + 1, ""), arena, &value, &err), &err,
        ERROR_TOO_LARGE);
    assert_int_equal(err.at, LIMIT_JSON_DEPTH);
    ASSERT_ERROR(json_read(repeated("{\"a\":", 100000, ""), arena, &value, &err), &err,
                 ERROR_TOO_LARGE);
}

static void members_of_one_object_end_at_the_limit(void **state)
{
    (void)state;
    struct buffer buffer = buffer_in(arena, 1 << 20);
    for (int i = 0; i <= LIMIT_JSON_MEMBERS; i++)
        buffer_format(&buffer, "%c\"m%d\":1", i == 0 ? '{' : ',', i);
    BUFFER_LITERAL(&buffer, "}");
    struct text input;
    ASSERT_OK(buffer_text(&buffer, &input, &err), &err);
    const struct json_value *value = NULL;
    ASSERT_ERROR(json_read(input, arena, &value, &err), &err, ERROR_TOO_LARGE);
}

static void a_tree_larger_than_the_arena_is_refused(void **state)
{
    (void)state;
    struct arena *small = arena_new(4000);
    const struct json_value *value = NULL;
    ASSERT_ERROR(json_read(repeated("[1,", 1,
                                    "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
                                    "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
                                    "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"),
                           small, &value, &err),
                 &err, ERROR_TOO_LARGE);
    arena_free(small);
}

static void survives_every_failed_allocation(void **state)
{
    (void)state;
    struct text input = TEXT("{\"a\":[\"x\\ny\",{\"b\\u0041\":1}],\"c\":null}");
    for (size_t n = 1; n < 20; n++) {
        struct arena *mine = arena_new(LIMIT_REQUEST_ARENA);
        arena_fail_after(mine, n);
        const struct json_value *value = NULL;
        bool is_read = json_read(input, mine, &value, &err);
        if (n <= 7) /* six values and two decoded texts, less the order of both */
            ASSERT_ERROR(is_read, &err, ERROR_TOO_LARGE);
        arena_free(mine);
    }
}

struct sign_in_body {
    struct text name, password, totp;
};

static bool take_sign_in(struct text input, struct sign_in_body *out)
{
    const struct json_value *root = NULL;
    if (!json_read(input, arena, &root, &err))
        return false;
    struct json_fields in = json_fields_of(root, &err);
    out->name = json_field_text(&in, "name", 8);
    out->password = json_field_text(&in, "password", 20);
    out->totp = json_field_optional_text(&in, "totp", 6);
    return json_fields_done(&in);
}

static void takes_members_in_any_order(void **state)
{
    (void)state;
    struct sign_in_body body;
    ASSERT_OK(take_sign_in(TEXT("{\"name\":\"anna\",\"password\":\"p\"}"), &body),
              &err);
    ASSERT_TEXT(body.name, "anna");
    assert_true(text_is_absent(body.totp));
    ASSERT_OK(
        take_sign_in(TEXT("{\"totp\":\"123456\",\"password\":\"p\",\"name\":\"anna\"}"),
                     &body),
        &err);
    ASSERT_TEXT(body.name, "anna");
    ASSERT_TEXT(body.totp, "123456");
    ASSERT_OK(
        take_sign_in(TEXT("{\"name\":\"\",\"password\":\"\",\"totp\":null}"), &body),
        &err);
    assert_true(text_is_absent(body.totp));
}

static void names_the_member_that_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *input;
        const char *where, *text, *hint;
    } cases[] = {
        {"[]", "", "an array stands where an object is expected", ""},
        {"{}", "name", "name is missing", ""},
        {"{\"name\":\"a\"}", "password", "password is missing", ""},
        {"{\"name\":7,\"password\":\"p\"}", "name", "name must be a text, not a number",
         ""},
        {"{\"name\":null,\"password\":\"p\"}", "name", "name must be a text, not null",
         ""},
        {"{\"name\":\"123456789\",\"password\":\"p\"}", "name",
         "name is longer than 8 bytes", ""},
        {"{\"name\":\"a\",\"password\":\"p\",\"totp\":[]}", "totp",
         "totp must be a text, not an array", ""},
        {"{\"name\":\"a\",\"password\":\"p\",\"topt\":\"1\"}", "topt",
         "there is no member topt here", "did you mean totp?"},
        {"{\"name\":\"a\",\"password\":\"p\",\"administrator\":true}", "administrator",
         "there is no member administrator here", ""},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct sign_in_body body;
        ASSERT_ERROR(take_sign_in(text_of(cases[i].input), &body), &err, ERROR_REFUSED);
        assert_string_equal(err.where, cases[i].where);
        assert_string_equal(err.text, cases[i].text);
        assert_string_equal(err.hint, cases[i].hint);
    }
}

static void a_place_deep_inside_is_a_path(void **state)
{
    (void)state;
    const struct json_value *root =
        read(TEXT("{\"mutations\":[{},{},{},{\"value\":true}]}"));
    struct json_fields in = json_fields_of(root, &err);
    const struct json_value *list = json_field_array(&in, "mutations", 4);
    const struct json_value *last = list->first->next->next->next;
    struct json_fields each = json_fields_of(last, &err);
    json_field_text(&each, "value", 10);
    assert_false(json_fields_done(&each));
    assert_string_equal(err.where, "mutations[3].value");
    assert_int_equal(err.at, 32);

    each = json_fields_of(list->first, &err);
    json_field_text(&each, "item", 10);
    assert_false(json_fields_done(&each));
    assert_string_equal(err.where, "mutations[0].item");

    json_field_refuse(&in, "mutations", "too %s", "many");
    assert_string_equal(err.where, "mutations");
    assert_string_equal(err.text, "too many");
    assert_false(json_fields_done(&in));
}

static void numbers_stay_within_their_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        bool is_good;
    } cases[] = {{"1", true},
                 {"10", true},
                 {"0", false},
                 {"11", false},
                 {"-1", false},
                 {"1.0", false},
                 {"1e0", false},
                 {"99999999999999999999", false},
                 {"-9223372036854775808", false}};
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct text input = text_format(arena, "{\"n\":%s}", cases[i].number);
        struct json_fields in = json_fields_of(read(input), &err);
        json_field_integer(&in, "n", 1, 10);
        assert_int_equal(json_fields_done(&in), cases[i].is_good);
        if (!cases[i].is_good)
            assert_string_equal(err.text, "n must be a whole number from 1 to 10");
    }
    bool has = true;
    struct json_fields in = json_fields_of(read(TEXT("{\"m\":-5}")), &err);
    assert_int_equal(json_field_optional_integer(&in, "n", 1, 10, &has), 0);
    assert_false(has);
    assert_int_equal(json_field_optional_integer(&in, "m", -9, 10, &has), -5);
    assert_true(has);
    assert_true(json_fields_done(&in));
}

static void takes_truths_instants_and_lists(void **state)
{
    (void)state;
    struct json_fields in = json_fields_of(
        read(TEXT("{\"view\":true,\"at\":\"1970-01-01T08:00:00.5+08:00\","
                  "\"settles\":[\"1:2\",\"3:4\"]}")),
        &err);
    assert_true(json_field_bool(&in, "view"));
    assert_true(json_field_optional_bool(&in, "other", true));
    bool has = false;
    assert_int_equal(json_field_optional_instant(&in, "at", &has), 500000);
    assert_true(has);
    size_t count = 0;
    const struct text *settles =
        json_field_optional_texts(&in, "settles", 2, 10, arena, &count);
    assert_int_equal(count, 2);
    ASSERT_TEXT(settles[1], "3:4");
    assert_true(json_fields_done(&in));
}

static void refuses_lists_and_instants_that_are_not_right(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{\"at\":\"2026-11-22\"}",
        "{\"at\":\"2026-11-22T10:00\"}",
        "{\"at\":\"yesterday\"}",
        "{\"at\":\"2026-02-30T10:00Z\"}",
        "{\"settles\":[1]}",
        "{\"settles\":[\"12345678901\"]}",
        "{\"settles\":[\"a\",\"b\",\"c\"]}",
        "{\"settles\":{}}",
    };
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct json_fields in = json_fields_of(read(text_of(bad[i])), &err);
        bool has;
        size_t count;
        json_field_optional_instant(&in, "at", &has);
        json_field_optional_texts(&in, "settles", 2, 10, arena, &count);
        assert_false(json_fields_done(&in));
        assert_int_equal(err.code, ERROR_REFUSED);
    }
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(refuses_what_is_malformed_at_its_position),
        WITH_ARENA(reads_each_kind),
        WITH_ARENA(a_single_value_of_any_kind_is_a_document),
        WITH_ARENA(decodes_every_escape),
        WITH_ARENA(text_without_escapes_is_a_view_of_the_input),
        WITH_ARENA(nesting_ends_at_the_limit),
        WITH_ARENA(members_of_one_object_end_at_the_limit),
        WITH_ARENA(a_tree_larger_than_the_arena_is_refused),
        WITH_ARENA(survives_every_failed_allocation),
        WITH_ARENA(takes_members_in_any_order),
        WITH_ARENA(names_the_member_that_is_wrong),
        WITH_ARENA(a_place_deep_inside_is_a_path),
        WITH_ARENA(numbers_stay_within_their_bounds),
        WITH_ARENA(takes_truths_instants_and_lists),
        WITH_ARENA(refuses_lists_and_instants_that_are_not_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

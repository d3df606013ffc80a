#include "base/base64.h"
#include "support/unit.h"

/* RFC 4648 section 10 without the padding, and the two letters that differ in the
 * url-safe alphabet (section 5, table 2). */
static const struct {
    const char *bytes;
    const char *digits;
} vectors[] = {
    {"", ""},
    {"f", "Zg"},
    {"fo", "Zm8"},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg"},
    {"fooba", "Zm9vYmE"},
    {"foobar", "Zm9vYmFy"},
    {"\xff\xef\xbe", "_---"},
    {"\xff\xff\xfe", "___-"},
};
enum { VECTORS = sizeof vectors / sizeof vectors[0] };

static void prints_the_vectors_of_rfc_4648_without_padding(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        char digits[32];
        struct text bytes = text_of(vectors[i].bytes);
        size_t len = base64_print(bytes.at, bytes.len, digits);
        assert_int_equal(len, BASE64_SIZE(bytes.len));
        assert_int_equal(bytes.len, BASE64_BYTES(len));
        ASSERT_TEXT(((struct text){.at = digits, .len = len}), vectors[i].digits);
    }
}

static void reads_the_vectors_of_rfc_4648(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        char bytes[32];
        struct text expected = text_of(vectors[i].bytes);
        assert_true(base64_parse(text_of(vectors[i].digits), bytes, expected.len));
        assert_memory_equal(bytes, expected.at, expected.len);
    }
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    uint8_t bytes[256], read[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)i;
    for (size_t len = 0; len <= sizeof bytes; len++) {
        char digits[BASE64_SIZE(256)];
        size_t size = base64_print(bytes, len, digits);
        assert_true(base64_parse((struct text){.at = digits, .len = size}, read, len));
        assert_memory_equal(read, bytes, len);
    }
}

static void another_length_or_a_foreign_character_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "Zm9",  "Zm9vY", "Zm9vYg", "Zm9v====", "Zg==", "Zm9+", "Zm9/",
        "Zm9=", "Zm 9",  "Zm9.",   "Zm9\xc3",  "Zm9@", "Zm9[", "",
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char read[8];
        assert_false(base64_parse(text_of(cases[i]), read, 3));
    }
}

/* RFC 4648 section 3.5. */
static void unused_bits_must_be_zero(void **state)
{
    (void)state;
    char read[8];
    assert_false(base64_parse(TEXT("Zh"), read, 1));
    assert_false(base64_parse(TEXT("Zm9"), read, 2));
    assert_true(base64_parse(TEXT("Zm8"), read, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_the_vectors_of_rfc_4648_without_padding),
        cmocka_unit_test(reads_the_vectors_of_rfc_4648),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(another_length_or_a_foreign_character_is_refused),
        cmocka_unit_test(unused_bits_must_be_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

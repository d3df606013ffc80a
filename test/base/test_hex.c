#include "base/hex.h"
#include "support/unit.h"

/* RFC 4648 section 10, in lower case. */
static const struct {
    const char *bytes;
    const char *digits;
} vectors[] = {
    {"", ""},
    {"f", "66"},
    {"fo", "666f"},
    {"foo", "666f6f"},
    {"foob", "666f6f62"},
    {"fooba", "666f6f6261"},
    {"foobar", "666f6f626172"},
};
enum { VECTORS = sizeof vectors / sizeof vectors[0] };

static void prints_the_vectors_of_rfc_4648(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        char digits[32];
        struct text bytes = text_of(vectors[i].bytes);
        size_t len = hex_print(bytes.at, bytes.len, digits);
        ASSERT_TEXT(((struct text){.at = digits, .len = len}), vectors[i].digits);
    }
}

static void reads_the_vectors_of_rfc_4648(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        char bytes[32];
        struct text expected = text_of(vectors[i].bytes);
        assert_true(hex_parse(text_of(vectors[i].digits), bytes, expected.len));
        assert_memory_equal(bytes, expected.at, expected.len);
    }
}

static void both_cases_and_all_digits_are_read(void **state)
{
    (void)state;
    uint8_t bytes[8];
    const uint8_t expected[8] = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};
    assert_true(hex_parse(TEXT("0123456789abcdef"), bytes, 8));
    assert_memory_equal(bytes, expected, 8);
    assert_true(hex_parse(TEXT("0123456789ABCDEF"), bytes, 8));
    assert_memory_equal(bytes, expected, 8);
}

static void another_length_or_a_foreign_character_is_refused(void **state)
{
    (void)state;
    char bytes[8];
    assert_false(hex_parse(TEXT("6"), bytes, 1));
    assert_false(hex_parse(TEXT("666"), bytes, 1));
    assert_false(hex_parse(TEXT("666f"), bytes, 1));
    assert_false(hex_parse(TEXT("66"), bytes, 2));
    assert_false(hex_parse(TEXT(""), bytes, 1));
    static const char foreign[] = "/:@G`g -\xc3";
    for (size_t i = 0; foreign[i] != '\0'; i++) {
        char first[] = {foreign[i], '0'}, second[] = {'0', foreign[i]};
        assert_false(hex_parse((struct text){.at = first, .len = 2}, bytes, 1));
        assert_false(hex_parse((struct text){.at = second, .len = 2}, bytes, 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_the_vectors_of_rfc_4648),
        cmocka_unit_test(reads_the_vectors_of_rfc_4648),
        cmocka_unit_test(both_cases_and_all_digits_are_read),
        cmocka_unit_test(another_length_or_a_foreign_character_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

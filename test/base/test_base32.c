#include "base/base32.h"
#include "support/unit.h"

/* RFC 4648 section 10; written here without the padding, and with it. */
static const struct {
    const char *bytes;
    const char *digits;
    const char *padded;
} vectors[] = {
    {"", "", ""},
    {"f", "MY", "MY======"},
    {"fo", "MZXQ", "MZXQ===="},
    {"foo", "MZXW6", "MZXW6==="},
    {"foob", "MZXW6YQ", "MZXW6YQ="},
    {"fooba", "MZXW6YTB", "MZXW6YTB"},
    {"foobar", "MZXW6YTBOI", "MZXW6YTBOI======"},
    /* The secret of RFC 6238, appendix B, for SHA-1. */
    {"12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
     "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"},
};
enum { VECTORS = sizeof vectors / sizeof vectors[0] };

static void prints_the_vectors_of_rfc_4648_without_padding(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        char digits[64];
        struct text bytes = text_of(vectors[i].bytes);
        size_t len = base32_print(bytes.at, bytes.len, digits);
        assert_int_equal(len, BASE32_SIZE(bytes.len));
        ASSERT_TEXT(((struct text){.at = digits, .len = len}), vectors[i].digits);
    }
}

static void assert_reads(const char *digits, const char *bytes)
{
    char read[64];
    struct text expected = text_of(bytes);
    assert_true(base32_parse(text_of(digits), read, expected.len));
    assert_memory_equal(read, expected.at, expected.len);
}

static void reads_the_vectors_of_rfc_4648_with_and_without_padding(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        assert_reads(vectors[i].digits, vectors[i].bytes);
        assert_reads(vectors[i].padded, vectors[i].bytes);
    }
}

static void small_letters_are_read_too(void **state)
{
    (void)state;
    assert_reads("mzxw6ytboi", "foobar");
    assert_reads("mZxW6yTbOi", "foobar");
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    uint8_t bytes[256], read[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)i;
    for (size_t len = 0; len <= sizeof bytes; len++) {
        char digits[BASE32_SIZE(256)];
        size_t size = base32_print(bytes, len, digits);
        assert_true(base32_parse((struct text){.at = digits, .len = size}, read, len));
        assert_memory_equal(read, bytes, len);
    }
}

static void another_length_a_foreign_character_or_half_a_padding_is_refused(
    void **state)
{
    (void)state;
    static const char *const cases[] = {
        "MZXW6Y", "MZXW6YTB", "MZXW",  "MZXW6=", "MZXW6==",  "MZXW6====", "MZXW6==A",
        "MZX=6",  "MZXW6A==", "MZX0",  "MZXW1",  "MZXW8",    "MZXW9",     "MZX 6",
        "MZXW[",  "MZXW@",    "MZXW`", "MZXW{",  "MZX\xc3W", "=====",     "",
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char read[8];
        assert_false(base32_parse(text_of(cases[i]), read, 3));
    }
}

/* RFC 4648 section 3.5: "MZ" would read as "f" if the two last bits were let pass. */
static void unused_bits_must_be_zero(void **state)
{
    (void)state;
    char read[8];
    assert_false(base32_parse(TEXT("MZ"), read, 1));
    assert_false(base32_parse(TEXT("MZXR"), read, 2));
    assert_false(base32_parse(TEXT("MZXW7"), read, 3));
    assert_false(base32_parse(TEXT("MZXW6YR"), read, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_the_vectors_of_rfc_4648_without_padding),
        cmocka_unit_test(reads_the_vectors_of_rfc_4648_with_and_without_padding),
        cmocka_unit_test(small_letters_are_read_too),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(
            another_length_a_foreign_character_or_half_a_padding_is_refused),
        cmocka_unit_test(unused_bits_must_be_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

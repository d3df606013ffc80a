/* Expected values: FIPS 180-4 examples, the GCM specification's test cases 13 to 16 (NIST
 * SP 800-38D cites them), RFC 8032 section 7.1. */
#include "support/unit.h"
#include "system/crypto.h"

#include <string.h>

static size_t bytes_of_hex(const char *hex, uint8_t *out)
{
    size_t len = strlen(hex) / 2;
    for (size_t i = 0; i < len; i++) {
        unsigned value = 0;
        for (size_t j = 0; j < 2; j++) {
            char digit = hex[2 * i + j];
            value =
                value * 16 + (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        out[i] = (uint8_t)value;
    }
    return len;
}

static void assert_hex(const uint8_t *bytes, const char *hex)
{
    uint8_t expected[256];
    size_t len = bytes_of_hex(hex, expected);
    assert_memory_equal(bytes, expected, len);
}

static struct text view(const uint8_t *bytes, size_t len)
{
    return (struct text){.at = (const char *)bytes, .len = len};
}

static void hashes_the_examples_of_fips_180(void **state)
{
    (void)state;
    struct hash digest = hash_of(TEXT("abc"));
    assert_hex(digest.bytes,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest = hash_of(TEXT(""));
    assert_hex(digest.bytes,
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest = hash_of(TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    assert_hex(digest.bytes,
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void hashes_in_pieces_and_again(void **state)
{
    (void)state;
    struct arena *arena = arena_new(10000);
    struct hasher *hasher = hasher_new(arena);
    for (int round = 0; round < 2; round++) {
        hasher_add(hasher, "a", 1);
        struct hash first = hasher_so_far(hasher);
        struct hash letter = hash_of(TEXT("a"));
        assert_true(hash_equal(&first, &letter));
        hasher_add(hasher, NULL, 0);
        hasher_add(hasher, "bc", 2);
        struct hash digest = hasher_end(hasher);
        struct hash whole = hash_of(TEXT("abc"));
        assert_true(hash_equal(&digest, &whole));
        digest.bytes[31] ^= 1;
        assert_false(hash_equal(&digest, &whole));
    }
    arena_free(arena);
}

static void opens_the_gcm_test_cases(void **state)
{
    (void)state;
    static const struct {
        const char *key, *nonce, *associated, *plain, *sealed;
    } cases[] = {
        {"0000000000000000000000000000000000000000000000000000000000000000",
         "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
        {"0000000000000000000000000000000000000000000000000000000000000000",
         "000000000000000000000000", "", "00000000000000000000000000000000",
         "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
        {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
         "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c9595680"
         "9"
         "532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590db"
         "b"
         "3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct key key;
        uint8_t sealed[128], associated[32], plain[128];
        bytes_of_hex(cases[i].key, key.bytes);
        size_t len = bytes_of_hex(cases[i].nonce, sealed);
        len += bytes_of_hex(cases[i].sealed, sealed + len);
        size_t associated_len = bytes_of_hex(cases[i].associated, associated);
        assert_true(
            unseal(&key, view(sealed, len), view(associated, associated_len), plain));
        assert_int_equal(len - SEAL_OVERHEAD, strlen(cases[i].plain) / 2);
        assert_hex(plain, cases[i].plain);
    }
}

static void opens_what_it_sealed_and_nothing_that_was_changed(void **state)
{
    (void)state;
    struct key key, other;
    random_bytes(&key, sizeof key);
    random_bytes(&other, sizeof other);
    for (size_t len = 0; len < 40; len++) {
        uint8_t plain[40], sealed[40 + SEAL_OVERHEAD], opened[41];
        random_bytes(plain, sizeof plain);
        seal(&key, view(plain, len), TEXT("row 1"), sealed);
        struct text whole = view(sealed, len + SEAL_OVERHEAD);
        assert_true(unseal(&key, whole, TEXT("row 1"), opened));
        assert_memory_equal(plain, opened, len);

        memset(opened, 0x55, sizeof opened);
        assert_false(unseal(&key, whole, TEXT("row 2"), opened));
        assert_false(unseal(&other, whole, TEXT("row 1"), opened));
        assert_false(
            unseal(&key, text_part(whole, 0, whole.len - 1), TEXT("row 1"), opened));
        for (size_t at = 0; at < whole.len; at++) {
            sealed[at] ^= 0x80;
            assert_false(unseal(&key, whole, TEXT("row 1"), opened));
            sealed[at] ^= 0x80;
        }
        /* Nothing of the plain bytes is left behind by a refusal. */
        for (size_t at = 0; at < len; at++)
            assert_true(opened[at] == 0 || opened[at] == 0x55);
    }
}

static void seals_the_same_bytes_differently_each_time(void **state)
{
    (void)state;
    struct key key = {{1}};
    uint8_t one[4 + SEAL_OVERHEAD], two[4 + SEAL_OVERHEAD];
    seal(&key, TEXT("same"), TEXT(""), one);
    seal(&key, TEXT("same"), TEXT(""), two);
    assert_memory_not_equal(one, two, SEAL_NONCE);
    assert_memory_not_equal(one + SEAL_NONCE, two + SEAL_NONCE, 4);
}

static void signs_the_examples_of_rfc_8032(void **state)
{
    (void)state;
    static const struct {
        const char *seed, *public, *message, *signature;
    } cases[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33"
         "b"
         "acc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e159"
         "9"
         "6e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f"
         "2"
         "90ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        uint8_t seed[SIGNING_SEED_SIZE], public[SIGNING_PUBLIC_SIZE], message[8];
        uint8_t signature[SIGNATURE_SIZE];
        bytes_of_hex(cases[i].seed, seed);
        size_t len = bytes_of_hex(cases[i].message, message);
        signing_public(seed, public);
        assert_hex(public, cases[i].public);
        signing_sign(seed, view(message, len), signature);
        assert_hex(signature, cases[i].signature);
        assert_true(signing_verify(public, view(message, len), signature));

        signature[10] ^= 1;
        assert_false(signing_verify(public, view(message, len), signature));
        signature[10] ^= 1;
        assert_false(signing_verify(public, TEXT("another message"), signature));
        public[0] ^= 1;
        assert_false(signing_verify(public, view(message, len), signature));
    }
}

static void overwrites_secrets(void **state)
{
    (void)state;
    uint8_t secret[32];
    memset(secret, 7, sizeof secret);
    wipe(secret, sizeof secret);
    for (size_t i = 0; i < sizeof secret; i++)
        assert_int_equal(secret[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_the_examples_of_fips_180),
        cmocka_unit_test(hashes_in_pieces_and_again),
        cmocka_unit_test(opens_the_gcm_test_cases),
        cmocka_unit_test(opens_what_it_sealed_and_nothing_that_was_changed),
        cmocka_unit_test(seals_the_same_bytes_differently_each_time),
        cmocka_unit_test(signs_the_examples_of_rfc_8032),
        cmocka_unit_test(overwrites_secrets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The generator against the published vectors, and many blocks against one. */
#include "base/philox.h"

#include "support/unit.h"

/* kat_vectors of the authors' Random123 library, philox4x32 with 10 rounds. */
static void enciphers_the_published_counters(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], block[4];
    } vectors[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        uint32_t block[4];
        philox(vectors[i].counter, vectors[i].key, 1, block);
        assert_memory_equal(block, vectors[i].block, sizeof block);
    }
}

static void many_blocks_are_the_blocks_one_by_one(void **state)
{
    (void)state;
    static const uint32_t counter[4] = {UINT32_MAX - 3, 7, 1, 2}, key[2] = {5, 6};
    uint32_t many[21 * PHILOX_WORDS], one[PHILOX_WORDS];
    philox(counter, key, 21, many);
    for (uint32_t i = 0; i < 21; i++) {
        uint32_t next[4] = {counter[0] + i, i > 3 ? 8 : 7, 1, 2}; /* it carries */
        philox(next, key, 1, one);
        assert_memory_equal(one, many + i * PHILOX_WORDS, sizeof one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enciphers_the_published_counters),
        cmocka_unit_test(many_blocks_are_the_blocks_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/philox.h"

#include "base/wide.h"

enum { ROUNDS = 10, LANES = 8 };

/* Table 2 of the paper. */
static const uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
static const uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85};

/* As many blocks side by side; words of 32 bits in places of 64, which the products fill. */
struct blocks {
    uint64_t words[PHILOX_WORDS][LANES];
};

static inline void encipher(struct blocks *x, const uint32_t key[2])
{
    uint32_t one = key[0], two = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        for (int lane = 0; lane < LANES; lane++) {
            uint64_t a = multiplier[0] * x->words[0][lane];
            uint64_t b = multiplier[1] * x->words[2][lane];
            x->words[0][lane] = (b >> 32) ^ x->words[1][lane] ^ one;
            x->words[1][lane] = b & UINT32_MAX;
            x->words[2][lane] = (a >> 32) ^ x->words[3][lane] ^ two;
            x->words[3][lane] = a & UINT32_MAX;
        }
        one += weyl[0];
        two += weyl[1];
    }
}

WIDE static void fill(const uint32_t counter[4], const uint32_t key[2], size_t blocks,
                      uint32_t *out)
{
    uint64_t first = counter[0] | (uint64_t)counter[1] << 32;
    for (size_t done = 0; done < blocks; done += LANES) {
        struct blocks x;
        for (size_t lane = 0; lane < LANES; lane++) {
            uint64_t place = first + done + lane;
            x.words[0][lane] = place & UINT32_MAX;
            x.words[1][lane] = place >> 32;
            x.words[2][lane] = counter[2];
            x.words[3][lane] = counter[3];
        }
        encipher(&x, key);
        size_t left = blocks - done < LANES ? blocks - done : LANES;
        for (size_t lane = 0; lane < left; lane++)
            for (size_t word = 0; word < PHILOX_WORDS; word++)
                out[(done + lane) * PHILOX_WORDS + word] =
                    (uint32_t)x.words[word][lane];
    }
}

void philox(const uint32_t counter[4], const uint32_t key[2], size_t blocks,
            uint32_t *out)
{
    fill(counter, key, blocks, out);
}

#include "stats/chance.h"

#include "base/philox.h"
#include "base/wide.h"

#include <string.h>

enum { BLOCKS = 64, NUMBERS = 2 * BLOCKS }; /* two numbers a block, each of two words */

struct chance chance_of(uint64_t seed, uint64_t stream)
{
    return (struct chance){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, 0, (uint32_t)stream, (uint32_t)(stream >> 32)}};
}

/* 52 bits behind the point, and half of the last. */
static inline double uniform_of(uint32_t low, uint32_t high)
{
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12 | (uint64_t)1023 << 52;
    double from_one;
    memcpy(&from_one, &bits, sizeof from_one);
    return from_one - 1 + 0x1p-53;
}

/* ln m of 2^e m with m within a factor √2 of 1: 2 artanh((m-1)/(m+1)), of which ten terms
 * leave less than 1e-17. */
static inline double logarithm(double x)
{
    uint64_t bits, scale = (uint64_t)1075 << 52;
    double exponent, m, s, w;
    memcpy(&bits, &x, sizeof bits);
    uint64_t is_upper = (bits & 0xFFFFFFFFFFFFF) > 0x6A09E667F3BCD ? 1 : 0;
    uint64_t power = ((bits >> 52) + is_upper) | scale; /* 2^52 and that number */
    memcpy(&exponent, &power, sizeof exponent);
    exponent -= 0x1p52 + 1023;
    bits = (bits & 0xFFFFFFFFFFFFF) | (1023 - is_upper) << 52;
    memcpy(&m, &bits, sizeof m);
    s = (m - 1) / (m + 1);
    w = s * s;
    double sum = 1.0 / 21;
    sum = sum * w + 1.0 / 19;
    sum = sum * w + 1.0 / 17;
    sum = sum * w + 1.0 / 15;
    sum = sum * w + 1.0 / 13;
    sum = sum * w + 1.0 / 11;
    sum = sum * w + 1.0 / 9;
    sum = sum * w + 1.0 / 7;
    sum = sum * w + 1.0 / 5;
    sum = sum * w + 1.0 / 3;
    return exponent * 0.6931471805599453 + (2 * s + 2 * s * (w * sum));
}

WIDE static void fill_uniform(const uint32_t *words, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = uniform_of(words[2 * i], words[2 * i + 1]);
}

WIDE static void to_exponential(size_t count, double *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = -logarithm(out[i]);
}

void chance_uniform(struct chance *chance, size_t count, double *out)
{
    uint32_t words[BLOCKS * PHILOX_WORDS];
    for (size_t done = 0; done < count; done += NUMBERS) {
        size_t now = count - done < NUMBERS ? count - done : NUMBERS;
        uint32_t blocks = (uint32_t)(now + 1) / 2;
        philox(chance->counter, chance->key, blocks, words);
        fill_uniform(words, now, out + done);
        chance->counter[0] += blocks;
        chance->counter[1] += chance->counter[0] < blocks; /* carried */
    }
}

void chance_exponential(struct chance *chance, size_t count, double *out)
{
    chance_uniform(chance, count, out);
    to_exponential(count, out);
}

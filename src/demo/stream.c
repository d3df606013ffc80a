#include "demo/stream.h"

#include <string.h>

enum { ROUNDS = 10, WORDS = 4 };

/* Table 2 of the paper. */
static const uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
static const uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85};

void stream_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t x[WORDS] = {counter[0], counter[1], counter[2], counter[3]};
    uint32_t k[2] = {key[0], key[1]};
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t a = (uint64_t)multiplier[0] * x[0];
        uint64_t b = (uint64_t)multiplier[1] * x[2];
        uint32_t next[WORDS] = {(uint32_t)(b >> 32) ^ x[1] ^ k[0], (uint32_t)b,
                                (uint32_t)(a >> 32) ^ x[3] ^ k[1], (uint32_t)a};
        memcpy(x, next, sizeof x);
        k[0] += weyl[0];
        k[1] += weyl[1];
    }
    memcpy(out, x, sizeof x);
}

struct stream stream_of(uint64_t seed, uint32_t subject, uint32_t area)
{
    return (struct stream){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                           .counter = {0, 0, subject, area}};
}

struct stream stream_part(struct stream stream, uint32_t part)
{
    stream.counter[0] = 0;
    stream.counter[1] = part;
    stream.left = 0;
    return stream;
}

uint32_t stream_word(struct stream *stream)
{
    if (stream->left == 0) {
        stream_philox(stream->counter, stream->key, stream->block);
        stream->left = WORDS;
        if (++stream->counter[0] == 0)
            stream->counter[1]++;
    }
    return stream->block[WORDS - stream->left--];
}

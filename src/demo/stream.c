#include "demo/stream.h"

#include "base/philox.h"

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
        philox(stream->counter, stream->key, 1, stream->block);
        stream->left = PHILOX_WORDS;
        if (++stream->counter[0] == 0)
            stream->counter[1]++;
    }
    return stream->block[PHILOX_WORDS - stream->left--];
}

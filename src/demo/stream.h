#ifndef OSTEON_DEMO_STREAM_H
#define OSTEON_DEMO_STREAM_H
/* Random numbers that depend on nothing but their place (base/philox.h), the seed as key.
 *
 * Every patient has a stream of its own for every area, so that one more draw in one area
 * leaves all others as they are.
 *
 *     struct stream stream = stream_of(seed, patient, AREA_VITALS);
 *     double height = draw_normal(&stream, 170, 6);      // demo/draw.h
 */
#include <stdint.h>

struct stream {
    uint32_t key[2];
    uint32_t counter[4];
    uint32_t block[4];
    int left; /* words of the block not yet given out */
};

struct stream stream_of(uint64_t seed, uint32_t subject, uint32_t area);

/* The same stream from a later place, `part` times 2^34 words on: for a second kind of use. */
struct stream stream_part(struct stream stream, uint32_t part);

/* The next 32 bits. */
uint32_t stream_word(struct stream *stream);

#endif

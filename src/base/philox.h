#ifndef OSTEON_BASE_PHILOX_H
#define OSTEON_BASE_PHILOX_H
/* Random numbers that depend on nothing but their place: the generator Philox4x32-10 of
 * J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11 (2011), which
 * enciphers a counter with a key in ten rounds. The first two words of the counter are one
 * number of 64 bits, the lower half first.
 */
#include <stddef.h>
#include <stdint.h>

enum { PHILOX_WORDS = 4 };

/* The blocks of `counter`, counter + 1, …: blocks × PHILOX_WORDS words. */
void philox(const uint32_t counter[4], const uint32_t key[2], size_t blocks,
            uint32_t *out);

#endif

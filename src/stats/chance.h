#ifndef OSTEON_STATS_CHANCE_H
#define OSTEON_STATS_CHANCE_H
/* Numbers of chance for simulations. A stream depends on its seed and its number alone: who
 * draws from another stream, on another thread, changes nothing. No function of the C library
 * is asked, so that every machine draws the same.
 *
 *     struct chance chance = chance_of(seed, trial);
 *     chance_exponential(&chance, count, times);
 */
#include <stddef.h>
#include <stdint.h>

struct chance {
    uint32_t counter[4];
    uint32_t key[2];
};

struct chance chance_of(uint64_t seed, uint64_t stream);

/* Uniform between 0 and 1, never an end: multiples of 2⁻⁵², and a half of that. */
void chance_uniform(struct chance *chance, size_t count, double *out);

/* Of mean 1: -ln of a uniform number, within 4e-16 of it. */
void chance_exponential(struct chance *chance, size_t count, double *out);

#endif

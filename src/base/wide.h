#ifndef OSTEON_BASE_WIDE_H
#define OSTEON_BASE_WIDE_H
/* WIDE before a function lets the processor that runs it choose wider registers. The lanes
 * of a loop over columns never meet, and nothing is contracted (-ffp-contract=off), so that
 * every processor gives the same bits. Sanitizers and clang compile the plain form.
 */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                 \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#    define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#    define WIDE
#endif

#endif

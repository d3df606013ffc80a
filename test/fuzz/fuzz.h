#ifndef OSTEON_TEST_FUZZ_FUZZ_H
#define OSTEON_TEST_FUZZ_FUZZ_H
/* A fuzzing target: one file fuzz_<name>.c for each parser of outside bytes, with this
 * function. libFuzzer calls it in `make fuzz`; replay_main.c calls it for every input
 * saved in corpus/<name>/ in `make check-corpus`. It returns 0 and must not keep
 * anything; a broken invariant aborts.
 */
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif

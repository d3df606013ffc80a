#ifndef OSTEON_TEST_FUZZ_FUZZ_H
#define OSTEON_TEST_FUZZ_FUZZ_H
/* A fuzzing target: one file fuzz_<name>.c for each parser of outside bytes, with this
 * function. libFuzzer calls it in `make fuzz`; replay_main.c calls it for every input
 * saved in corpus/<name>/ in `make check-corpus`. It returns 0 and must not keep
 * anything; a broken invariant aborts.
 */
#include "base/error.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static inline struct text fuzz_text(const uint8_t *bytes, size_t len)
{
    return (struct text){.at = (const char *)bytes, .len = len};
}

/* The next byte of the input, 0 behind its end: for the choices that a target makes. */
static inline uint8_t fuzz_byte(struct text *rest)
{
    uint8_t byte = rest->len == 0 ? 0 : (uint8_t)rest->at[0];
    *rest = text_part(*rest, 1, rest->len);
    return byte;
}

/* A refusal is a sentence with a code, and its position lies within the input. */
static inline void fuzz_check_refusal(const struct error *err, size_t input_len)
{
    ASSERT(err->code != ERROR_NONE && err->text[0] != '\0');
    ASSERT(err->at <= input_len);
}

#endif

#ifndef OSTEON_MODEL_DATUM_WORDS_H
#define OSTEON_MODEL_DATUM_WORDS_H
/* A value of a rule in words, for a person who asks why: "150", "'ENR'", "yes", "nothing",
 * "missing: ND", "sealed". What is sealed has no other words. */
#include "engine/datum.h"

#include "base/arena.h"

/* In `arena`, or a literal. */
struct text datum_words(struct datum value, int32_t offset_minutes,
                        struct arena *arena);

#endif

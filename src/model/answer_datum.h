#ifndef OSTEON_MODEL_ANSWER_DATUM_H
#define OSTEON_MODEL_ANSWER_DATUM_H
/* Answers as the rules see them, and what rules derive as answers. */
#include "engine/datum.h"
#include "engine/type.h"
#include "model/value.h"

/* An answer of an item of this kind; a moment without an offset is of the site's. A value
 * that stands in the vault and is not at hand is sealed; a text is a view of the answer. */
struct datum answer_datum(const struct answer *answer, enum type_kind kind,
                          int32_t offset_minutes);

/* A number, moment or text as an answer is written; absent when there is none. In `arena`
 * or a view of the datum. */
struct text datum_answer(struct datum value, int32_t offset_minutes,
                         struct arena *arena);

#endif

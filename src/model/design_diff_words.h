#ifndef OSTEON_MODEL_DESIGN_DIFF_WORDS_H
#define OSTEON_MODEL_DESIGN_DIFF_WORDS_H
/* A change between two designs as a sentence that a clinician understands, in both
 * languages. Values of several lines (rules) are not in it: who shows the sentence shows
 * them below it. */
#include "model/design_diff.h"

struct label design_change_words(const struct design_change *change,
                                 struct arena *arena);

/* "Item", "项目"; "unit", "单位". The English name itself where the table has none, which a
 * test forbids. */
struct label design_thing_words(const char *thing);
struct label design_fact_words(const char *fact);

/* Is it too long for a sentence? */
bool design_change_is_long(const struct design_change *change);

#endif

#ifndef OSTEON_ACTIONS_IMPORT_WORDS_H
#define OSTEON_ACTIONS_IMPORT_WORDS_H
/* The sentences and hints of an import's report in Chinese, found by the English ones. */
#include "base/arena.h"

/* "WEIGHT: not a number" → "WEIGHT：不是数字". Absent: there is none for it. */
struct text import_words_chinese(struct text english, struct arena *arena);

#endif

#ifndef OSTEON_BASE_LANGUAGE_H
#define OSTEON_BASE_LANGUAGE_H
/* The languages that the program writes for people: each text exists in both. */
#include "base/text.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* "en" or "zh", as in BCP 47; false: another. */
static inline bool language_of_text(struct text tag, enum language *out)
{
    *out = text_equal(tag, TEXT("zh")) ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH;
    return *out == LANGUAGE_CHINESE || text_equal(tag, TEXT("en"));
}

static inline const char *language_tag(enum language language)
{
    return language == LANGUAGE_CHINESE ? "zh" : "en";
}

#endif

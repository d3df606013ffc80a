#ifndef OSTEON_TEST_SUPPORT_AMENDED_H
#define OSTEON_TEST_SUPPORT_AMENDED_H
/* Amended versions of the built-in design, all SYNTHETIC: the same text with a few places
 * changed. */
#include "base/arena.h"
#include "base/text.h"

/* Version `version` ("0.3"), in which the follow-up asks for pain at the site (I.FU.FUPAIN,
 * 0 to 10) behind the contact date, and CK074 fires below an SpO2 of 90 instead of 70. */
struct text amended_design(const char *version, struct arena *arena);

/* `text` with each `from` replaced; the test fails when there is none. */
struct text amended_text(struct text text, const char *from, const char *to,
                         struct arena *arena);

#endif

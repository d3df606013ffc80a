#ifndef OSTEON_FORMATS_HL7_CHARSET_H
#define OSTEON_FORMATS_HL7_CHARSET_H
/* The character set of an HL7 v2 message, and its bytes as UTF-8.
 *
 * The sender says it in MSH-18 (HL7 table 0211), or a person has stated it for the sender;
 * it is never guessed. Without either only ASCII is read: other bytes are refused with
 * their place, so that the message can wait until somebody says what they are.
 * Source: HL7 version 2.5.1, section 2.15.9.18.
 */
#include "base/arena.h"
#include "base/error.h"

enum hl7_charset { HL7_ASCII, HL7_UTF8, HL7_GB18030, HL7_LATIN_1 };

/* By its name in table 0211, or as vendors write the same; false: another one. An absent or
 * empty name is ASCII. */
bool hl7_charset_parse(struct text name, enum hl7_charset *out);

/* What MSH-18 says, as it stands; absent: nothing, or no MSH. */
struct text hl7_charset_said(struct text document);

/* The bytes as UTF-8, in `arena` or as they were. ERROR_REFUSED names the first byte that
 * is not of the set; ERROR_TOO_LARGE. */
MUST_USE bool hl7_to_utf8(struct text document, enum hl7_charset charset,
                          struct arena *arena, struct text *out, struct error *err);

#endif

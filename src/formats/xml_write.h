#ifndef OSTEON_FORMATS_XML_WRITE_H
#define OSTEON_FORMATS_XML_WRITE_H
/* The bytes of an XML document: what a text becomes in an attribute or between two tags
 * (XML 1.0 sections 2.2, 2.4, 3.3.3). Line feeds, tabs and carriage returns survive as
 * references where a reader would make blanks of them; a character that XML has no place
 * for becomes U+FFFD. An attribute without a value is left out. */
#include "base/buffer.h"

void xml_put_text(struct buffer *out, struct text text);
/* ` name="…"`; nothing for an absent text. */
void xml_put(struct buffer *out, const char *name, struct text value);
void xml_put_number(struct buffer *out, const char *name, int64_t value);

#endif

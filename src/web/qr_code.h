#ifndef OSTEON_WEB_QR_CODE_H
#define OSTEON_WEB_QR_CODE_H
/* A QR code (ISO/IEC 18004), as a picture for a page or as lines for a terminal. */
#include "base/buffer.h"

/* SVG, black on white whatever the page's look, with the margin of 4 that scanners need.
 * ERROR_TOO_LARGE: the text is longer than a code holds. */
MUST_USE bool qr_code_svg(const char *text, struct buffer *out, struct error *err);

/* Half blocks of Unicode, two rows a line, white on black. */
MUST_USE bool qr_code_lines(const char *text, struct buffer *out, struct error *err);

#endif

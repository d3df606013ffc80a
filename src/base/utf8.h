#ifndef OSTEON_BASE_UTF8_H
#define OSTEON_BASE_UTF8_H
/* UTF-8, checked once at the border (Unicode 15, section 3.9, table 3-7). */
#include "base/arena.h"

/* Well-formed, without overlong forms and surrogates. `at` (or NULL) gets the place
 * where the first ill-formed sequence starts. */
bool utf8_is_valid(struct text t, size_t *at);

/* Valid, and free of NUL, DEL and all other control characters (U+0000…U+001F,
 * U+007F…U+009F) but tab, line feed and carriage return: what an item value, a name or a
 * reason may hold. */
bool utf8_is_printable(struct text t, size_t *at);

/* Number of code points of valid text. */
size_t utf8_count(struct text t);

/* Full-width digits, signs, full stop, colon, slash, letters and the ideographic space
 * (U+FF01…U+FF5E, U+3000, U+3002 between digits) as ASCII: what a Chinese keyboard types
 * into a number or date field. Other text is kept. `t` is valid. A copy in `arena`, or `t`
 * itself when nothing changes. */
struct text utf8_to_half_width(struct arena *arena, struct text t);

#endif

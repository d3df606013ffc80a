#ifndef OSTEON_ENGINE_PACK_H
#define OSTEON_ENGINE_PACK_H
/* Compiled rules as bytes, so that the browser runs what the server compiled: no compiler
 * there, and no second reading of the study's expressions.
 *
 * The bytes carry the shape of the design and every program, no names. Both ends are of
 * one version of the program, which stands in front.
 */
#include "base/bytes.h"
#include "engine/graph.h"
#include "engine/syntax.h"

enum { PACK_VERSION = 2 };

void pack_write(const struct rule_set *set, struct buffer *buffer);

/* NULL when the bytes are not what pack_write made: cut short, of another version, or
 * with a number that names nothing. Texts are views of `bytes`; the rest is in `arena`. */
const struct rule_set *pack_read(struct text bytes, struct arena *arena);

#endif

#ifndef OSTEON_ENGINE_PARSE_H
#define OSTEON_ENGINE_PARSE_H
/* Source text → syntax tree. Knows the grammar of doc/language.md and no names.
 */
#include "engine/finding.h"
#include "engine/syntax.h"

/* False when there are findings; parsing stops at the first. Nodes live in `arena`, texts
 * are views of `source`. */
bool parse_source(struct text source, struct arena *arena, struct syntax *out,
                  struct findings *findings);

#endif

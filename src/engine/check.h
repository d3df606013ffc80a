#ifndef OSTEON_ENGINE_CHECK_H
#define OSTEON_ENGINE_CHECK_H
/* Gives each node of a syntax tree its type, each name its place, each unit its conversion;
 * what does not fit is a finding.
 */
#include "engine/dictionary.h"
#include "engine/finding.h"
#include "engine/syntax.h"

/* Where an expression stands and what is wanted of it. */
struct check_context {
    int32_t
        form; /* under evaluation; -1: none, for expressions about the participant */
    int32_t group; /* a repeating group when it is evaluated for each row; else -1 */
    bool is_truth_wanted;
    const struct type *stored; /* of the item that takes the value; NULL: none */
};

/* False when there are findings. */
bool check_syntax(struct syntax *syntax, const struct dictionary *dictionary,
                  const struct check_context *context, struct arena *arena,
                  struct findings *findings);

#endif

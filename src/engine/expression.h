#ifndef OSTEON_ENGINE_EXPRESSION_H
#define OSTEON_ENGINE_EXPRESSION_H
/* Expressions of the study's language (doc/language.md): source text → checked program.
 *
 *     struct findings findings;
 *     const struct program *program = expression_compile(&expression, dictionary, study,
 *                                                        &findings);
 *     if (program == NULL)
 *         … findings.kept[0].line, .column, .sentence, .hint
 *
 * Compiled once with the design, then immutable: any thread may run it (engine/run.h).
 */
#include "engine/check.h"
#include "engine/program.h"

struct expression {
    struct text source;
    struct check_context context; /* where it stands, what it must give */
};

/* The program in `study`, or NULL with at least one finding. The findings' texts live in
 * `study` too. */
const struct program *expression_compile(const struct expression *expression,
                                         const struct dictionary *dictionary,
                                         struct arena *study,
                                         struct findings *findings);

#endif

#ifndef OSTEON_TEST_SUPPORT_RULE_STUDY_H
#define OSTEON_TEST_SUPPORT_RULE_STUDY_H
/* The rules of a study for tests that need many: those of an ODM 2.0 design, or the
 * examples of a page like doc/language.md as checks of the design that it describes.
 */
#include "engine/dictionary.h"
#include "engine/graph.h"
#include "model/design.h"

struct rule_study {
    const struct dictionary *dictionary;
    const struct rule_set *set;
    const char **names;          /* of the rules */
    const struct design *design; /* NULL: of a page */
};

/* False when the file cannot be read or has findings, which are printed to stderr. */
bool rule_study_read(const char *path, struct arena *arena, struct rule_study *out);

#endif

#ifndef OSTEON_FORMATS_ODM_RULES_READ_H
#define OSTEON_FORMATS_ODM_RULES_READ_H
/* The rules of a study as they stand in its ODM 2.0 document: source texts with what they
 * belong to, not compiled yet. A second pass over a document that odm_design_read took.
 *
 * A derived item's MethodDef, a ConditionDef and a RangeCheck without comparator hold a
 * FormalExpression whose Context begins with "osteon"; its Code is the expression
 * (doc/language.md). StudyParameters declare settings, counts and registers. How:
 * studies/io-hematology/README.md.
 */
#include "model/design_rules.h"

/* All texts live in `study`. */
MUST_USE bool odm_rules_read(struct text document, struct arena *study,
                             struct rule_sources *out, struct error *err);

#endif

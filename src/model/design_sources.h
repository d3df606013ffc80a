#ifndef OSTEON_MODEL_DESIGN_SOURCES_H
#define OSTEON_MODEL_DESIGN_SOURCES_H
/* The rules of a design as source texts, each with the item and section where it stands,
 * and the names that its settings, counts and registers declare: what design_dictionary
 * and design_rules compile.
 *
 * Rules come in this order: derived items and conditions form by form, then the checks.
 */
#include "model/design_rules.h"

/* In `study`, with views of the design's texts. */
struct rule_sources design_sources(const struct design *design, struct arena *study);

#endif

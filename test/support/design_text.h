#ifndef OSTEON_TEST_SUPPORT_DESIGN_TEXT_H
#define OSTEON_TEST_SUPPORT_DESIGN_TEXT_H
/* The built-in design, and a design as JSON text. Apart from the tests that read the
 * text with json-c, whose names clash with those of base/json_write.h. */
#include "model/design.h"

/* The built-in study; the test fails with the reader's sentence when it is refused. */
const struct design *design_builtin(struct arena *study);

/* One object with the members of the design, and a NUL behind it. */
const char *design_as_json(const struct design *design, struct arena *arena);
/* The points that its registration leaves open, likewise. */
const char *open_points_as_json(const struct design *design, struct arena *arena);

#endif

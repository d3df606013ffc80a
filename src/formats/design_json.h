#ifndef OSTEON_FORMATS_DESIGN_JSON_H
#define OSTEON_FORMATS_DESIGN_JSON_H
/* The design as the page gets it from GET /api/study.
 *
 * Writes the members of the design into the object that the caller has opened and
 * closes, so that the caller can add what is not of the design (synthetic, now):
 *
 *     json_object(&json);
 *     design_json_members(design, &json);
 *     json_member_bool(&json, "synthetic", false);
 *     json_end(&json);
 *
 * A label is {"en", "zh"}; where there is no Chinese text the English one stands in.
 */
#include "base/json_write.h"
#include "model/design.h"

void design_json_members(const struct design *design, struct json_writer *json);

/* A label as the member `key`; nothing when it has no text at all. */
void design_json_label(struct json_writer *json, const char *key, struct label label);

#endif

#ifndef OSTEON_FORMATS_OPEN_POINTS_JSON_H
#define OSTEON_FORMATS_OPEN_POINTS_JSON_H
/* The points that a study's registration leaves open, as JSON for the page: each with what
 * hangs on it by name, settings with the value that is in force.
 */
#include "base/json_write.h"
#include "model/design.h"

/* {"open_points": [{name, label, says, choice, confirm, basis, state, concerns}, …],
 *  "settings": [{name, label, value, basis}, …]}, all settings of the rules */
void open_points_json(const struct design *design, struct json_writer *json);

#endif

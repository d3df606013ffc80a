#ifndef OSTEON_FORMATS_OPEN_POINTS_JSON_H
#define OSTEON_FORMATS_OPEN_POINTS_JSON_H
/* The points that a study's registration leaves open, as JSON for the page: each with what
 * hangs on it by name, settings with the value that is in force.
 */
#include "base/json_write.h"
#include "model/point_decision.h"

/* {"open_points": [{name, label, says, choice, confirm, basis, state, decisions, concerns},
 *  …], "settings": [{name, label, value, basis}, …], "may_confirm": …}, all settings of the
 * rules; decisions newest first, and of each whether the study runs with it. */
void open_points_json(const struct design *design,
                      const struct point_decisions *decisions, bool may_confirm,
                      struct json_writer *json);

#endif

#ifndef OSTEON_FORMATS_RULES_JSON_H
#define OSTEON_FORMATS_RULES_JSON_H
/* The rules for the page: compiled, and with the answers of a participant that they read.
 * Everything is named by its number, as src/engine counts; web/src/rules is the other half.
 */
#include "base/json_write.h"
#include "engine/sheet.h"
#include "model/rulebook.h"

/* version; packed: what engine/pack.h makes, as base64url; rules: [{kind, item, form} and of
 * a check {check, severity, message, also}], in the order of their numbers; settings: [{name,
 * property, unit}], by which the page finds them among the properties of a sheet. */
MUST_USE bool rules_json_members(const struct rulebook *rulebook,
                                 struct json_writer *json, struct arena *arena,
                                 struct error *err);

/* instances, in the order of their serial numbers; properties; facts. A value is {"n":
 * number}, {"t": text}, {"m": moment}, {"b": truth}, {"x": reason}, {"s": true} where it is
 * sealed, {} for nothing. */
void sheet_json_members(const struct sheet *sheet, int32_t offset_minutes,
                        struct json_writer *json, struct arena *arena);

#endif

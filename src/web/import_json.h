#ifndef OSTEON_WEB_IMPORT_JSON_H
#define OSTEON_WEB_IMPORT_JSON_H
/* What an import found, as one JSON object: for the page and for `osteon import --json`.
 * `refused`: why nothing is imported; absent when it was. */
#include "actions/import.h"
#include "base/json_write.h"

void import_json(struct json_writer *json, const struct import_data *import,
                 struct text refused);

#endif

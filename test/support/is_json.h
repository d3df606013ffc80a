#ifndef OSTEON_TEST_SUPPORT_IS_JSON_H
#define OSTEON_TEST_SUPPORT_IS_JSON_H
/* JSON by somebody else's reader, json-c, as strict as it gets. Apart from what includes
 * base/json_write.h: the two share names. */
#include "base/text.h"

#include <stdbool.h>

bool is_json(struct text t);

#endif

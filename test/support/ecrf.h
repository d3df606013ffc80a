#ifndef OSTEON_TEST_SUPPORT_ECRF_H
#define OSTEON_TEST_SUPPORT_ECRF_H
/* The study's machine-readable specification, against which the built-in study and the
 * permission matrix are held. It lies beside the checkout: ../shared/protocol/ecrf.json
 * from the project's root, where tests run.
 */
#include "base/text.h"

#include <json-c/json.h>

/* The whole document; the test fails loudly when the file is missing or malformed. The
 * caller puts it back with json_object_put. */
struct json_object *ecrf_open(void);

/* A member that must exist. */
struct json_object *ecrf_member(struct json_object *object, const char *key);
/* The text of a member; absent when there is no such member or it is null. */
struct text ecrf_text(struct json_object *object, const char *key);
/* The object of an array whose "oid" is this, or NULL. */
struct json_object *ecrf_by_oid(struct json_object *array, const char *oid);

#endif

#include "support/ecrf.h"

#include "support/unit.h"

#include <string.h>

struct json_object *ecrf_open(void)
{
    struct json_object *document =
        json_object_from_file("../shared/protocol/ecrf.json");
    if (document == NULL)
        fail_msg(
            "../shared/protocol/ecrf.json cannot be read from the project's root: %s",
            json_util_get_last_err());
    return document;
}

struct json_object *ecrf_member(struct json_object *object, const char *key)
{
    struct json_object *member = NULL;
    if (!json_object_object_get_ex(object, key, &member))
        fail_msg("ecrf.json has no %s here", key);
    return member;
}

struct text ecrf_text(struct json_object *object, const char *key)
{
    struct json_object *member = NULL;
    if (!json_object_object_get_ex(object, key, &member) || member == NULL)
        return (struct text){0};
    return text_of(json_object_get_string(member));
}

struct json_object *ecrf_by_oid(struct json_object *array, const char *oid)
{
    size_t count = json_object_array_length(array);
    for (size_t i = 0; i < count; i++) {
        struct json_object *object = json_object_array_get_idx(array, i);
        if (text_equal(ecrf_text(object, "oid"), text_of(oid)))
            return object;
    }
    return NULL;
}

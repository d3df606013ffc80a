#include "support/is_json.h"

#include <json-c/json.h>

enum { DEPTH = 64 };

bool is_json(struct text t)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    json_object_put(json_tokener_parse_ex(tokener, t.at, (int)t.len));
    bool is_read = json_tokener_get_error(tokener) == json_tokener_success;
    json_tokener_free(tokener);
    return is_read;
}

#include "formats/odm_design_parts.h"

#include "base/limits.h"

#include <string.h>

bool odm_no_room(struct error *err)
{
    return error_set(err, ERROR_TOO_LARGE, "the design is too large");
}

bool odm_list_add(struct odm_list *list, size_t size, struct arena *study, void **out,
                  struct error *err)
{
    if (list->count == LIMIT_DESIGN_ITEMS)
        return error_set(err, ERROR_TOO_LARGE, "more than %d of one kind in a design",
                         (int)LIMIT_DESIGN_ITEMS);
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 4 : 2 * list->capacity;
        char *grown = arena_try(study, arena_product(size, capacity));
        if (grown == NULL)
            return odm_no_room(err);
        if (list->count > 0)
            memcpy(grown, list->things, list->count * size);
        list->things = grown;
        list->capacity = capacity;
    }
    *out = (char *)list->things + list->count++ * size;
    return true;
}

bool odm_keep(struct odm_parts *parts, struct text t, struct text *out,
              struct error *err)
{
    *out = (struct text){0};
    if (text_is_absent(t))
        return true;
    char *copy = arena_try(parts->study, t.len + 1);
    if (copy == NULL)
        return odm_no_room(err);
    if (t.len > 0)
        memcpy(copy, t.at, t.len);
    *out = (struct text){.at = copy, .len = t.len};
    return true;
}

struct text odm_shown(struct text t)
{
    enum { SHOWN_BYTES = 60 };
    if (t.len <= SHOWN_BYTES)
        return t;
    size_t len = SHOWN_BYTES;
    while (len > 0 && ((uint8_t)t.at[len] & 0xc0) == 0x80)
        len--;
    return text_part(t, 0, len);
}

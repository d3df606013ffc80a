/* Members of an object by name and type: the second half of formats/json_read.h. */
#include "formats/json_read.h"

#include "base/datetime.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PLACE_SIZE = 120 };

static size_t index_of(const struct json_value *element)
{
    size_t index = 0;
    for (const struct json_value *i = element->parent->first; i != element; i = i->next)
        index++;
    return index;
}

/* "mutations[3].value", from the outermost inwards; cut when it does not fit. */
static size_t print_place(const struct json_value *value, char *out, size_t size)
{
    if (value->parent == NULL) {
        out[0] = '\0';
        return 0;
    }
    size_t len = print_place(value->parent, out, size);
    int added = value->parent->kind == JSON_ARRAY
                    ? snprintf(out + len, size - len, "[%zu]", index_of(value))
                    : snprintf(out + len, size - len, "%s%.*s", len == 0 ? "" : ".",
                               TEXT_ARG(text_part(value->key, 0, PLACE_SIZE)));
    if (added < 0)
        return len;
    return len + (size_t)added < size ? len + (size_t)added : size - 1;
}

PRINTF_LIKE(4, 0)
static void refuse(const struct json_value *value, const char *member,
                   struct error *err, const char *format, va_list arguments)
{
    char sentence[sizeof err->text];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    error_set(err, ERROR_REFUSED, "%s", sentence);

    char place[PLACE_SIZE];
    size_t len = print_place(value, place, sizeof place);
    if (member != NULL)
        snprintf(place + len, sizeof place - len, "%s%s", len == 0 ? "" : ".", member);
    error_where(err, value->at, "%s", place);
}

bool json_refuse(const struct json_value *value, struct error *err, const char *format,
                 ...)
{
    va_list arguments;
    va_start(arguments, format);
    refuse(value, NULL, err, format, arguments);
    va_end(arguments);
    return false;
}

struct json_fields json_fields_of(const struct json_value *value, struct error *err)
{
    /* `known` is written before it is read: clearing it would be most of the work. */
    struct json_fields fields;
    fields.object = value;
    fields.last = NULL;
    fields.taken = fields.asked = 0;
    fields.is_bad = false;
    fields.err = err;
    if (value->kind != JSON_OBJECT) {
        json_refuse(value, err, "%s stands where an object is expected",
                    json_kind_name(value->kind));
        fields.is_bad = true;
    }
    return fields;
}

static const struct json_value *search(const struct json_value *from,
                                       const struct json_value *end, struct text name)
{
    for (; from != end; from = from->next)
        if (text_equal(from->key, name))
            return from;
    return NULL;
}

/* Members mostly come in the order in which they are asked for: look behind the one that
 * was found last before looking from the beginning. */
static const struct json_value *find(struct json_fields *fields, const char *name)
{
    if (fields->is_bad)
        return NULL;
    if (fields->asked < JSON_FIELDS_KNOWN)
        fields->known[fields->asked] = name;
    fields->asked++;
    ASSERT(fields->asked <= JSON_FIELDS_KNOWN);
    struct text wanted = text_of(name);
    const struct json_value *next =
        fields->last == NULL ? fields->object->first : fields->last->next;
    const struct json_value *found = search(next, NULL, wanted);
    if (found == NULL && fields->last != NULL)
        found = search(fields->object->first, next, wanted);
    if (found == NULL)
        return NULL;
    fields->last = found;
    fields->taken++;
    return found;
}

PRINTF_LIKE(3, 4)
static bool refuse_member(struct json_fields *fields, const char *name,
                          const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!fields->is_bad)
        refuse(fields->object, name, fields->err, format, arguments);
    va_end(arguments);
    fields->is_bad = true;
    return false;
}

bool json_field_refuse(struct json_fields *fields, const char *name, const char *format,
                       ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!fields->is_bad) {
        const struct json_value *member =
            search(fields->object->first, NULL, text_of(name));
        if (member == NULL)
            refuse(fields->object, name, fields->err, format, arguments);
        else
            refuse(member, NULL, fields->err, format, arguments);
    }
    va_end(arguments);
    fields->is_bad = true;
    return false;
}

/* The member when it is there and of this kind. */
static const struct json_value *find_kind(struct json_fields *fields, const char *name,
                                          enum json_kind kind, bool is_optional)
{
    const struct json_value *value = find(fields, name);
    if (fields->is_bad)
        return NULL;
    if (value == NULL && !is_optional)
        refuse_member(fields, name, "%s is missing", name);
    if (value == NULL || (value->kind == JSON_NULL && is_optional))
        return NULL;
    if (value->kind == kind)
        return value;
    fields->is_bad = true;
    json_refuse(value, fields->err, "%s must be %s, not %s", name, json_kind_name(kind),
                json_kind_name(value->kind));
    return NULL;
}

static bool is_too_long(struct json_fields *fields, const struct json_value *value,
                        const char *name, size_t most)
{
    if (value->text.len <= most)
        return false;
    fields->is_bad = true;
    json_refuse(value, fields->err, "%s is longer than %zu bytes", name, most);
    return true;
}

static struct text field_text(struct json_fields *fields, const char *name, size_t most,
                              bool is_optional)
{
    const struct json_value *value = find_kind(fields, name, JSON_TEXT, is_optional);
    if (value == NULL || is_too_long(fields, value, name, most))
        return (struct text){0};
    return value->text;
}

struct text json_field_text(struct json_fields *fields, const char *name, size_t most)
{
    return field_text(fields, name, most, false);
}

struct text json_field_optional_text(struct json_fields *fields, const char *name,
                                     size_t most)
{
    return field_text(fields, name, most, true);
}

static int64_t field_integer(struct json_fields *fields, const char *name,
                             int64_t least, int64_t most, bool *has)
{
    int64_t number = 0;
    const struct json_value *value = find_kind(fields, name, JSON_NUMBER, has != NULL);
    if (has != NULL)
        *has = value != NULL;
    if (value == NULL)
        return 0;
    bool is_integer = text_to_int64(value->text, &number);
    if (is_integer && number >= least && number <= most)
        return number;
    fields->is_bad = true;
    json_refuse(value, fields->err, "%s must be a whole number from %lld to %lld", name,
                (long long)least, (long long)most);
    return 0;
}

int64_t json_field_integer(struct json_fields *fields, const char *name, int64_t least,
                           int64_t most)
{
    return field_integer(fields, name, least, most, NULL);
}

int64_t json_field_optional_integer(struct json_fields *fields, const char *name,
                                    int64_t least, int64_t most, bool *has)
{
    return field_integer(fields, name, least, most, has);
}

bool json_field_bool(struct json_fields *fields, const char *name)
{
    const struct json_value *value = find_kind(fields, name, JSON_BOOL, false);
    return value != NULL && value->truth;
}

bool json_field_optional_bool(struct json_fields *fields, const char *name,
                              bool otherwise)
{
    const struct json_value *value = find_kind(fields, name, JSON_BOOL, true);
    return value == NULL ? otherwise : value->truth;
}

int64_t json_field_optional_instant(struct json_fields *fields, const char *name,
                                    bool *has)
{
    *has = false;
    const struct json_value *value = find_kind(fields, name, JSON_TEXT, true);
    if (value == NULL)
        return 0;
    struct moment moment;
    size_t at = 0;
    if (moment_parse(value->text, &moment, &at) && moment.has_offset &&
        moment.precision >= MOMENT_MINUTE) {
        *has = true;
        return moment_instant(&moment, 0);
    }
    fields->is_bad = true;
    json_refuse(value, fields->err,
                "%s must be a date and time with an offset, such as "
                "2026-11-22T18:58:26.123+08:00",
                name);
    return 0;
}

static const struct json_value *field_array(struct json_fields *fields,
                                            const char *name, size_t most,
                                            bool is_optional)
{
    const struct json_value *value = find_kind(fields, name, JSON_ARRAY, is_optional);
    if (value == NULL || value->count <= most)
        return value;
    fields->is_bad = true;
    json_refuse(value, fields->err, "%s holds %u elements; at most %zu are taken", name,
                value->count, most);
    return NULL;
}

const struct json_value *json_field_array(struct json_fields *fields, const char *name,
                                          size_t most)
{
    return field_array(fields, name, most, false);
}

const struct json_value *json_field_any(struct json_fields *fields, const char *name)
{
    return find(fields, name);
}

const struct text *json_field_optional_texts(struct json_fields *fields,
                                             const char *name, size_t most,
                                             size_t most_each, struct arena *arena,
                                             size_t *count)
{
    *count = 0;
    const struct json_value *array = field_array(fields, name, most, true);
    if (array == NULL || array->count == 0)
        return NULL;
    struct text *texts = ARENA_ARRAY(arena, struct text, array->count);
    for (const struct json_value *each = array->first; each != NULL;
         each = each->next) {
        if (each->kind != JSON_TEXT) {
            fields->is_bad = true;
            json_refuse(each, fields->err, "%s must hold texts", name);
            return NULL;
        }
        if (is_too_long(fields, each, name, most_each))
            return NULL;
        texts[(*count)++] = each->text;
    }
    return texts;
}

static bool is_known(const struct json_fields *fields, struct text name)
{
    for (uint32_t i = 0; i < fields->asked; i++)
        if (text_equal(name, text_of(fields->known[i])))
            return true;
    return false;
}

static void refuse_unknown(struct json_fields *fields, const struct json_value *member)
{
    fields->is_bad = true;
    json_refuse(member, fields->err, "there is no member %.*s here",
                TEXT_ARG(text_part(member->key, 0, PLACE_SIZE)));
    struct nearest nearest = nearest_to(member->key);
    for (uint32_t i = 0; i < fields->asked; i++)
        nearest_offer(&nearest, text_of(fields->known[i]));
    if (!text_is_absent(nearest.best))
        error_hint(fields->err, "did you mean %.*s?", TEXT_ARG(nearest.best));
}

bool json_fields_done(struct json_fields *fields)
{
    if (fields->is_bad)
        return false;
    if (fields->taken == fields->object->count)
        return true;
    for (const struct json_value *member = fields->object->first; member != NULL;
         member = member->next)
        if (!is_known(fields, member->key)) {
            refuse_unknown(fields, member);
            return false;
        }
    return true;
}

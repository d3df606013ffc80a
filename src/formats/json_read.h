#ifndef OSTEON_FORMATS_JSON_READ_H
#define OSTEON_FORMATS_JSON_READ_H
/* Reads JSON (RFC 8259) from outside, strictly, into a tree in an arena.
 *
 * Refused, each with its byte position: anything the grammar does not allow, ill-formed
 * UTF-8, a byte-order mark, a control character or NUL in a text (also as \u0000), half a
 * surrogate pair, a member that stands twice, bytes behind the end, and what passes a
 * limit of base/limits.h. Numbers keep their text: 1.50 stays 1.50.
 *
 * Texts are views of the input, or copies in the arena where an escape was decoded.
 */
#include "base/arena.h"
#include "base/error.h"

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json_value {
    enum json_kind kind;
    bool truth;       /* of JSON_BOOL */
    uint32_t at;      /* byte position in the input */
    uint32_t count;   /* members or elements */
    struct text text; /* of JSON_TEXT decoded, of JSON_NUMBER as written */
    struct text key;  /* the name, when it is a member of an object */
    const struct json_value *parent;
    const struct json_value *first; /* member or element */
    const struct json_value *next;  /* beside it */
};

/* ERROR_MALFORMED or ERROR_TOO_LARGE, with `at` and "byte N" as the place. */
MUST_USE bool json_read(struct text input, struct arena *arena,
                        const struct json_value **out, struct error *err);

/* "a number", for sentences. */
const char *json_kind_name(enum json_kind kind);

/* Fills `err` with ERROR_REFUSED, the value's position, and its place as a path:
 * "mutations[3].value". Returns false. */
bool json_refuse(const struct json_value *value, struct error *err, const char *format,
                 ...) PRINTF_LIKE(3, 4);

/* The members of one object, taken by name and type. The first fault fills `err`; from
 * then on everything taken is empty, so take freely and ask once at the end. A member
 * that nobody took is unknown and refused, with the nearest known name.
 *
 *     struct json_fields in = json_fields_of(value, err);
 *     verb->name = json_field_text(&in, "name", LIMIT_NAME);
 *     verb->totp = json_field_optional_text(&in, "totp", 16);
 *     if (!json_fields_done(&in)) return false;
 *
 * null counts as absent for the optional ones.
 */
enum { JSON_FIELDS_KNOWN = 40 };
struct json_fields {
    const struct json_value *object;
    const struct json_value *last; /* found last: members mostly come in order */
    uint32_t taken;
    uint32_t asked;
    const char *known[JSON_FIELDS_KNOWN];
    bool is_bad;
    struct error *err;
};

struct json_fields json_fields_of(const struct json_value *value, struct error *err);
/* Everything was right and nothing was left over. */
MUST_USE bool json_fields_done(struct json_fields *fields);

struct text json_field_text(struct json_fields *fields, const char *name, size_t most);
struct text json_field_optional_text(struct json_fields *fields, const char *name,
                                     size_t most);
int64_t json_field_integer(struct json_fields *fields, const char *name, int64_t least,
                           int64_t most);
/* `*has` false and 0 when it is absent. */
int64_t json_field_optional_integer(struct json_fields *fields, const char *name,
                                    int64_t least, int64_t most, bool *has);
bool json_field_bool(struct json_fields *fields, const char *name);
bool json_field_optional_bool(struct json_fields *fields, const char *name,
                              bool otherwise);
/* ISO 8601 with an offset, as an instant. */
int64_t json_field_optional_instant(struct json_fields *fields, const char *name,
                                    bool *has);
/* An array whatever it holds; NULL when bad. Walk it by `first` and `next`; at most `most`
 * elements. */
const struct json_value *json_field_array(struct json_fields *fields, const char *name,
                                          size_t most);
/* A value of any kind; NULL when it is absent, or after a fault. */
const struct json_value *json_field_any(struct json_fields *fields, const char *name);
/* An array of texts, in `arena`; NULL and 0 when absent. */
const struct text *json_field_optional_texts(struct json_fields *fields,
                                             const char *name, size_t most,
                                             size_t most_each, struct arena *arena,
                                             size_t *count);

/* Fills the error as of this member (for rules that the types do not tell); the fields
 * are bad from then on. Returns false. */
bool json_field_refuse(struct json_fields *fields, const char *name, const char *format,
                       ...) PRINTF_LIKE(3, 4);

#endif

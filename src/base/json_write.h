#ifndef OSTEON_BASE_JSON_WRITE_H
#define OSTEON_BASE_JSON_WRITE_H
/* Writes JSON (RFC 8259) into a buffer; commas and nesting are kept by the writer.
 *
 *     struct json_writer json = json_to(&buffer);
 *     json_object(&json);
 *     json_key(&json, "status");
 *     json_text(&json, TEXT("ok"));
 *     json_end(&json);
 *
 * Text must be valid UTF-8 (checked at the border): anything else is a bug and stops
 * the program, as is a value without a key in an object, or a key in an array.
 */
#include "base/buffer.h"

enum { JSON_DEPTH = 32 };

struct json_writer {
    struct buffer *buffer;
    int depth;
    bool is_array[JSON_DEPTH];
    bool has_members[JSON_DEPTH];
    bool is_after_key;
};

struct json_writer json_to(struct buffer *buffer);

void json_object(struct json_writer *json);
void json_array(struct json_writer *json);
/* Closes the innermost object or array. */
void json_end(struct json_writer *json);

void json_key(struct json_writer *json, const char *key);
void json_key_text(struct json_writer *json, struct text key);
void json_text(struct json_writer *json, struct text value); /* absent → null */
void json_integer(struct json_writer *json, int64_t value);
/* The fewest of 15 to 17 digits that read back the same; not finite → null. */
void json_double(struct json_writer *json, double value);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);
/* A value that is JSON already, from a table of the program. */
void json_ready(struct json_writer *json, struct text value);
/* An instant as ISO 8601 UTC with milliseconds. */
void json_instant(struct json_writer *json, int64_t instant);

/* Key and value in one call: the common case. */
void json_member_text(struct json_writer *json, const char *key, struct text value);
void json_member_integer(struct json_writer *json, const char *key, int64_t value);
void json_member_bool(struct json_writer *json, const char *key, bool value);
void json_member_instant(struct json_writer *json, const char *key, int64_t instant);

#endif

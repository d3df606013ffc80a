#include "base/uuid.h"

#include "base/hex.h"

#include <string.h>

enum { TIME_BYTES = 6 };

/* Is the character at `i` of the text form a hyphen? */
static bool is_hyphen_place(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

static bool is_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static size_t first_fault(struct text t)
{
    size_t i = 0;
    while (i < t.len && i < UUID_TEXT_SIZE &&
           (is_hyphen_place(i) ? t.at[i] == '-' : is_digit(t.at[i])))
        i++;
    return i;
}

bool uuid_parse(struct text t, struct uuid *out, size_t *at)
{
    size_t fault = first_fault(t);
    if (at != NULL)
        *at = fault;
    if (fault != UUID_TEXT_SIZE || t.len != UUID_TEXT_SIZE)
        return false;
    char digits[HEX_SIZE(UUID_BYTES)];
    size_t len = 0;
    for (size_t i = 0; i < t.len; i++)
        if (!is_hyphen_place(i))
            digits[len++] = t.at[i];
    return hex_parse((struct text){.at = digits, .len = len}, out->bytes, UUID_BYTES);
}

size_t uuid_print(const struct uuid *uuid, char out[UUID_TEXT_SIZE])
{
    char digits[HEX_SIZE(UUID_BYTES)];
    hex_print(uuid->bytes, UUID_BYTES, digits);
    size_t next = 0;
    for (size_t i = 0; i < UUID_TEXT_SIZE; i++)
        out[i] = is_hyphen_place(i) ? '-' : digits[next++];
    return UUID_TEXT_SIZE;
}

int uuid_compare(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->bytes, b->bytes, UUID_BYTES);
}

bool uuid_is_version_7(const struct uuid *uuid)
{
    return uuid->bytes[6] >> 4 == 7 && uuid->bytes[8] >> 6 == 2;
}

int64_t uuid_milliseconds(const struct uuid *uuid)
{
    int64_t milliseconds = 0;
    for (size_t i = 0; i < TIME_BYTES; i++)
        milliseconds = milliseconds << 8 | uuid->bytes[i];
    return milliseconds;
}

struct uuid uuid_version_7(int64_t milliseconds,
                           const uint8_t random[UUID_RANDOM_BYTES])
{
    struct uuid uuid;
    for (size_t i = 0; i < TIME_BYTES; i++)
        uuid.bytes[i] = (uint8_t)((uint64_t)milliseconds >> (40 - 8 * i));
    memcpy(uuid.bytes + TIME_BYTES, random, UUID_RANDOM_BYTES);
    uuid.bytes[6] = (uint8_t)(0x70 | (uuid.bytes[6] & 0x0f));
    uuid.bytes[8] = (uint8_t)(0x80 | (uuid.bytes[8] & 0x3f));
    return uuid;
}

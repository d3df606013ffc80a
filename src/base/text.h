#ifndef OSTEON_BASE_TEXT_H
#define OSTEON_BASE_TEXT_H
/* A read-only view of UTF-8 bytes: not owned, not NUL-terminated.
 *
 * Text lives as long as the memory it points into (a literal, an arena, a
 * message). An absent text has `at == NULL`; an empty one has `len == 0`.
 *
 *     struct text name = TEXT("F.SCR");
 *     printf("form %.*s\n", TEXT_ARG(name));
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *at;
    size_t len;
};

#define TEXT(literal) ((struct text){.at = "" literal, .len = sizeof(literal) - 1})
/* For a static initialiser, where a compound literal is not constant. */
#define TEXT_INIT(literal)                                                             \
    {                                                                                  \
        .at = "" literal, .len = sizeof(literal) - 1                                   \
    }
/* The two printf arguments of "%.*s". */
#define TEXT_ARG(t) (int)(t).len, (t).at

/* The text of a NUL-terminated string; absent when `string` is NULL. */
struct text text_of(const char *string);

static inline bool text_is_absent(struct text t)
{
    return t.at == NULL;
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.len == b.len &&
           (a.len == 0 || a.at == b.at || memcmp(a.at, b.at, a.len) == 0);
}

static inline uint64_t text_hash_step(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * UINT64_C(0x100000001b3); /* the multiplier of FNV-1a */
    return hash ^ (hash >> 29);
}

/* For tables in memory only; not the same on every processor. Eight bytes at a time, the
 * last ones overlapping those before them, so that no copy has an unknown length. */
static inline size_t text_hash(struct text t)
{
    uint64_t hash = t.len;
    uint64_t eight = 0;
    for (size_t at = 0; at + sizeof eight < t.len; at += sizeof eight) {
        memcpy(&eight, t.at + at, sizeof eight);
        hash = text_hash_step(hash, eight);
    }
    if (t.len >= sizeof eight) {
        memcpy(&eight, t.at + t.len - sizeof eight, sizeof eight);
    } else if (t.len >= sizeof(uint32_t)) {
        uint32_t first;
        uint32_t last;
        memcpy(&first, t.at, sizeof first);
        memcpy(&last, t.at + t.len - sizeof last, sizeof last);
        eight = (uint64_t)first << 32 | last;
    } else {
        for (size_t i = 0; i < t.len; i++)
            eight = eight << 8 | (unsigned char)t.at[i];
    }
    hash = text_hash_step(hash, eight);
    return (size_t)(hash ^ (hash >> 32));
}

/* Byte order, as the engine's collation: <0, 0 or >0. */
int text_compare(struct text a, struct text b);

bool text_starts_with(struct text t, struct text start);

/* The part from `from` (clamped) of at most `len` bytes. */
struct text text_part(struct text t, size_t from, size_t len);

/* Without ASCII white space at both ends. */
struct text text_trim(struct text t);

/* Position of the first `byte`, or `t.len` when there is none. */
size_t text_find(struct text t, char byte);

/* Cuts `*rest` at the first `separator`: returns what stands before it and moves
 * `*rest` behind it. The last piece leaves `*rest` absent. */
struct text text_cut(struct text *rest, char separator);

/* Reads a whole decimal integer without sign tricks, spaces or overflow. */
bool text_to_int64(struct text t, int64_t *out);

/* Writes `number` in decimal, without a NUL; returns its length. */
enum { INT64_TEXT = 20 };
size_t text_print_int64(int64_t number, char out[INT64_TEXT]);

#endif

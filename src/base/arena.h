#ifndef OSTEON_BASE_ARENA_H
#define OSTEON_BASE_ARENA_H
/* Memory that is given back all at once, at the end of a named lifetime: process,
 * study, request, scratch. A function that returns memory takes the arena it goes
 * into. Memory comes zeroed and aligned for any type.
 *
 * An arena belongs to one thread at a time. Real out-of-memory, and passing the
 * maximum with `arena_alloc`, abort: hostile sizes are stopped at the door by
 * base/limits.h. Parsers of outside bytes use `arena_try`, which may return NULL.
 *
 *     struct arena *request = arena_new(LIMIT_REQUEST_ARENA);
 *     struct form_values *values = ARENA_NEW(request, struct form_values);
 *     arena_free(request);
 */
#include "base/attributes.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena that hands out at most `maximum` bytes. */
struct arena *arena_new(size_t maximum);

/* Runs the clean-ups, latest first, and gives everything back. NULL is allowed. */
void arena_free(struct arena *arena);

/* As arena_free, but keeps one block for reuse: the first, or a larger one of up to the
 * size that arena_keep has set. For an arena that is filled and reset many times a second:
 * getting its memory from the system each time costs more than what is done with it. */
void arena_reset(struct arena *arena);
void arena_keep(struct arena *arena, size_t size);

void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc));
/* NULL when the maximum is passed, or when a test has ordered a failure. */
void *arena_try(struct arena *arena, size_t size) __attribute__((malloc));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                \
    ((type *)arena_alloc((arena), arena_product(sizeof(type), (count))))
/* size × count; aborts on overflow. */
size_t arena_product(size_t size, size_t count);

/* Room for one more behind the `count` entries of a list that grows: the list itself, or,
 * when its capacity is used up, a copy with room for twice as many. An empty list may be
 * NULL with capacity 0.
 *
 *     form->kept = ARENA_GROW(arena, form->kept, form->kept_count, &form->kept_capacity);
 *     form->kept[form->kept_count++] = *kept;
 */
#define ARENA_GROW(arena, list, count, capacity)                                       \
    arena_grow((arena), (list), sizeof *(list), (count), (capacity))
void *arena_grow(struct arena *arena, void *list, size_t size, size_t count,
                 size_t *capacity);

/* Resources besides memory die with the arena. */
void arena_on_end(struct arena *arena, void (*end)(void *data), void *data);

/* Scratch: what was handed out since the mark is given back by the rewind. */
struct arena_mark {
    void *block;
    size_t used;
    size_t total;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

/* A copy in `arena`, with a NUL behind it that does not count. */
struct text text_copy(struct arena *arena, struct text t);
/* The same as a C string, for interfaces that need one. */
const char *text_c(struct arena *arena, struct text t);
struct text text_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Tests only: the n-th arena_try from now on (1 = the next) returns NULL, once; 0 = never. */
void arena_fail_after(struct arena *arena, size_t n);

#endif

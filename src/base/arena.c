#include "base/arena.h"
#include "base/arena_large.h"
#include "base/poison.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 22, FIRST_ENTRIES = 8 };

/* What a block does not lend is poisoned, so that under sanitizers a byte behind an
 * allocation, or one used after a reset, is found. */
enum { RED_ZONE = POISON_WORKS ? 16 : 0 };

struct block {
    struct block *previous;
    size_t capacity;
    size_t used;
    size_t touched; /* behind it the bytes are zero, as the system gave them */
    _Alignas(max_align_t) unsigned char bytes[];
};

struct ending {
    struct ending *next;
    void (*end)(void *data);
    void *data;
};

struct arena {
    struct block *last;
    struct ending *endings;
    size_t kept; /* the largest block that a reset keeps */
    size_t total;
    size_t maximum;
    size_t tries_until_failure; /* 0: no ordered failure */
    arena_block_function *on_large_block;
};

static void *must_have(void *memory)
{
    if (memory == NULL)
        memory_exhausted(0);
    return memory;
}

/* Large ones come zeroed from the system: writing zeros over them once more takes as long as
 * many a use of them. */
static struct block *block_new(struct block *previous, size_t capacity)
{
    bool is_large = capacity >= ARENA_LARGE;
    size_t size = sizeof(struct block) + capacity;
    struct block *block = must_have(is_large ? calloc(1, size) : malloc(size));
    block->previous = previous;
    block->capacity = capacity;
    block->used = 0;
    block->touched = is_large ? 0 : capacity;
    poison(block->bytes, capacity);
    return block;
}

struct arena *arena_new(size_t maximum)
{
    struct arena *arena = must_have(malloc(sizeof *arena));
    *arena = (struct arena){.maximum = maximum, .kept = FIRST_BLOCK};
    arena->last = block_new(NULL, FIRST_BLOCK);
    return arena;
}

static void run_endings(struct arena *arena)
{
    struct ending *ending = arena->endings;
    arena->endings = NULL;
    for (; ending != NULL; ending = ending->next)
        ending->end(ending->data);
}

static void free_blocks_until(struct arena *arena, const struct block *keep)
{
    while (arena->last != keep) {
        struct block *previous = arena->last->previous;
        free(arena->last);
        arena->last = previous;
    }
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    run_endings(arena);
    free_blocks_until(arena, NULL);
    free(arena);
}

void arena_keep(struct arena *arena, size_t size)
{
    arena->kept = size;
}

/* Everything is given back but the block that is returned, which is empty. */
static struct block *keep_one(struct arena *arena)
{
    /* Blocks grow: the latest that may be kept is the largest. */
    struct block *kept = arena->last;
    while (kept->previous != NULL && kept->capacity > arena->kept)
        kept = kept->previous;
    free_blocks_until(arena, kept);
    arena->last = kept->previous;
    free_blocks_until(arena, NULL);
    kept->previous = NULL;
    kept->used = 0;
    poison(kept->bytes, kept->capacity);
    return kept;
}

void arena_reset(struct arena *arena)
{
    run_endings(arena);
    arena->last = keep_one(arena);
    arena->total = 0;
}

void arena_on_large_block(struct arena *arena, arena_block_function *on_block)
{
    arena->on_large_block = on_block;
}

static struct block *add_block(struct arena *arena, size_t size)
{
    size_t capacity = arena->last->capacity * 2;
    if (capacity > LARGEST_BLOCK)
        capacity = LARGEST_BLOCK;
    if (capacity < size)
        capacity = size;
    arena->last = block_new(arena->last, capacity);
    if (capacity >= ARENA_LARGE && arena->on_large_block != NULL)
        arena->on_large_block(arena->last->bytes, capacity);
    return arena->last;
}

/* The next bytes of a block, zeroed where they have been used before. */
static void *lend(struct block *block, size_t size, size_t rounded)
{
    unsigned char *memory = block->bytes + block->used;
    size_t known = block->touched > block->used ? block->touched - block->used : 0;
    unpoison(memory, size);
    block->used += rounded;
    if (block->touched < block->used)
        block->touched = block->used;
    return memset(memory, 0, known < size ? known : size);
}

static size_t rounded_up(size_t size)
{
    size_t alignment = _Alignof(max_align_t);
    return (size + alignment - 1) / alignment * alignment;
}

void *arena_try(struct arena *arena, size_t size)
{
    if (arena->tries_until_failure > 0 && --arena->tries_until_failure == 0)
        return NULL;
    if (size > arena->maximum - arena->total)
        return NULL;
    size_t rounded = rounded_up(size) + RED_ZONE;
    struct block *block = arena->last;
    if (rounded > block->capacity - block->used)
        block = add_block(arena, rounded);
    /* Counted unrounded, so that a maximum means the bytes that were asked for. */
    arena->total += size;
    return lend(block, size, rounded);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = arena_try(arena, size);
    if (memory == NULL)
        memory_exhausted(arena->maximum);
    return memory;
}

size_t arena_product(size_t size, size_t count)
{
    ASSERT(count == 0 || size <= SIZE_MAX / count);
    return size * count;
}

void *arena_grow(struct arena *arena, void *list, size_t size, size_t count,
                 size_t *capacity)
{
    if (count < *capacity)
        return list;
    *capacity = *capacity == 0 ? FIRST_ENTRIES : arena_product(2, *capacity);
    void *larger = arena_alloc(arena, arena_product(size, *capacity));
    if (count > 0)
        memcpy(larger, list, arena_product(size, count));
    return larger;
}

void arena_on_end(struct arena *arena, void (*end)(void *data), void *data)
{
    struct ending *ending = ARENA_NEW(arena, struct ending);
    *ending = (struct ending){.next = arena->endings, .end = end, .data = data};
    arena->endings = ending;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){
        .block = arena->last, .used = arena->last->used, .total = arena->total};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    free_blocks_until(arena, mark.block);
    arena->last->used = mark.used;
    poison(arena->last->bytes + mark.used, arena->last->capacity - mark.used);
    arena->total = mark.total;
}

size_t arena_used(const struct arena *arena)
{
    return arena->total;
}

struct text text_copy(struct arena *arena, struct text t)
{
    if (text_is_absent(t))
        return t;
    char *copy = arena_alloc(arena, t.len + 1);
    if (t.len > 0)
        memcpy(copy, t.at, t.len);
    return (struct text){.at = copy, .len = t.len};
}

const char *text_c(struct arena *arena, struct text t)
{
    return text_is_absent(t) ? "" : text_copy(arena, t).at;
}

struct text text_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(len >= 0);
    char *copy = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(copy, (size_t)len + 1, format, again);
    va_end(again);
    return (struct text){.at = copy, .len = (size_t)len};
}

void arena_fail_after(struct arena *arena, size_t n)
{
    arena->tries_until_failure = n;
}

#include "store/heads_cache.h"

#include "store/db.h"
#include "system/crypto.h"

#include <string.h>

/* A power of two; what a ward saves at one time has room. */
enum { PLACES = 256, LARGEST = 32 * 1024 };

struct place {
    bool is_filled;
    int64_t last_change;
    size_t size; /* of the copy */
    struct form_heads *heads;
    uint8_t *room; /* LARGEST bytes, made when first needed */
};

struct heads_cache {
    struct arena *arena;
    struct place places[PLACES];
};

/* -- A copy in one piece of memory --------------------------------------------------- */

/* Memory is handed out from a piece whose size was measured. */
struct piece {
    uint8_t *at;
    size_t used;
};

static size_t rounded(size_t size)
{
    return (size + 15) & ~(size_t)15;
}

static size_t text_size(struct text text)
{
    return rounded(text.len + 1);
}

static bool is_plain(const struct item_heads *item)
{
    return item->count <= 1 && item->awaited_count == 0 &&
           (item->count == 0 || !item->heads[0].answer.is_in_vault);
}

/* 0: it is not kept. */
static size_t copy_size(const struct form_heads *heads)
{
    size_t size = rounded(heads->capacity * sizeof *heads->items) +
                  rounded((heads->mask + 1) * sizeof *heads->slots);
    if (heads->count == 0 || heads->branches > 0)
        return 0;
    for (size_t i = 0; i < heads->count; i++) {
        const struct item_heads *item = &heads->items[i];
        if (!is_plain(item))
            return 0;
        size += text_size(item->item) + rounded(sizeof *item->heads);
        if (item->count > 0)
            size += text_size(item->heads[0].answer.value) +
                    text_size(item->heads[0].answer.missing_text);
    }
    return size;
}

static void *take(struct piece *piece, const void *from, size_t size)
{
    void *room = piece->at + piece->used;
    piece->used += rounded(size);
    if (size > 0)
        memcpy(room, from, size);
    return room;
}

static struct text take_text(struct piece *piece, struct text text)
{
    if (text_is_absent(text))
        return text;
    char *room = take(piece, text.at, text.len);
    room[text.len] = '\0';
    piece->used += text_size(text) - rounded(text.len);
    return (struct text){.at = room, .len = text.len};
}

static void take_item(struct piece *piece, struct item_heads *item)
{
    item->item = take_text(piece, item->item);
    item->awaited = NULL;
    item->awaited_capacity = 0;
    item->capacity = item->count;
    if (item->count == 0) {
        item->heads = NULL;
        return;
    }
    item->heads = take(piece, item->heads, sizeof *item->heads);
    item->heads->answer.value = take_text(piece, item->heads->answer.value);
    item->heads->answer.missing_text =
        take_text(piece, item->heads->answer.missing_text);
}

/* The entries of `from` into `to`, whose arena, key and id stay. What they hold lies in
 * `room` from then on. */
static void copy(struct form_heads *to, const struct form_heads *from, void *room)
{
    struct piece piece = {.at = room};
    to->branches = 0;
    to->applied = 0;
    to->count = from->count;
    to->capacity = from->capacity;
    to->mask = from->mask;
    to->items = take(&piece, from->items, from->capacity * sizeof *from->items);
    to->slots = take(&piece, from->slots, (from->mask + 1) * sizeof *from->slots);
    for (size_t i = 0; i < to->count; i++)
        take_item(&piece, &to->items[i]);
}

/* What pointed into the piece `from` points into its copy `to`. */
static void *moved(const void *at, const uint8_t *from, uint8_t *to)
{
    return at == NULL ? NULL : to + ((const uint8_t *)at - from);
}

/* A copy is copied again as a whole: one move, not hundreds. */
static void copy_piece(struct form_heads *to, const struct form_heads *from,
                       const uint8_t *piece, uint8_t *room, size_t size)
{
    memcpy(room, piece, size);
    to->branches = 0;
    to->applied = 0;
    to->count = from->count;
    to->capacity = from->capacity;
    to->mask = from->mask;
    to->items = moved(from->items, piece, room);
    to->slots = moved(from->slots, piece, room);
    ASSERT(to->count == 0 || to->items != NULL);
    for (size_t i = 0; i < to->count; i++) {
        struct item_heads *item = &to->items[i];
        item->item.at = moved(item->item.at, piece, room);
        item->heads = moved(item->heads, piece, room);
        if (item->heads == NULL)
            continue;
        struct answer *answer = &item->heads->answer;
        answer->value.at = moved(answer->value.at, piece, room);
        answer->missing_text.at = moved(answer->missing_text.at, piece, room);
    }
}

/* -- The cache ----------------------------------------------------------------------- */

static struct place *place_of(struct heads_cache *cache, int64_t id)
{
    return &cache->places[(uint64_t)id % PLACES];
}

void heads_cache_open(struct db *db, struct arena *arena)
{
    db->heads_cache = ARENA_NEW(arena, struct heads_cache);
    db->heads_cache->arena = arena;
}

void heads_cache_forget(struct db *db)
{
    for (size_t i = 0; db->heads_cache != NULL && i < PLACES; i++) {
        struct place *place = &db->heads_cache->places[i];
        if (place->is_filled)
            wipe(place->room, LARGEST);
        place->is_filled = false;
    }
}

void heads_cache_put(struct db *db, const struct form_heads *heads, int64_t last_change)
{
    struct heads_cache *cache = db->heads_cache;
    if (cache == NULL)
        return;
    struct place *place = place_of(cache, heads->id);
    size_t size = copy_size(heads);
    place->is_filled = size > 0 && size <= LARGEST;
    if (!place->is_filled)
        return;
    if (place->room == NULL) {
        place->room = arena_alloc(cache->arena, LARGEST);
        place->heads = ARENA_NEW(cache->arena, struct form_heads);
    }
    place->last_change = last_change;
    place->size = size;
    place->heads->id = heads->id;
    copy(place->heads, heads, place->room);
}

void heads_cache_drop(struct db *db, int64_t form)
{
    struct place *place =
        db->heads_cache == NULL ? NULL : place_of(db->heads_cache, form);
    if (place != NULL && place->is_filled && place->heads->id == form)
        place->is_filled = false;
}

bool heads_cache_take(struct db *db, struct form_heads *heads, int64_t last_change)
{
    if (db->heads_cache == NULL)
        return false;
    const struct place *place = place_of(db->heads_cache, heads->id);
    if (!place->is_filled || place->last_change != last_change ||
        place->heads->id != heads->id)
        return false;
    copy_piece(heads, place->heads, place->room, arena_alloc(heads->arena, place->size),
               place->size);
    return true;
}

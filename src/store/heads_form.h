#ifndef OSTEON_STORE_HEADS_FORM_H
#define OSTEON_STORE_HEADS_FORM_H
/* Inside of heads.h: one form instance in memory, as loaded (heads_load.c), changed by the
 * rule (heads.c) and written (project_values.c). */
#include "store/heads.h"

struct awaited_base {
    uint8_t batch[BATCH_ID_SIZE];
    int32_t place;
};

/* All that is known of one item in one row. The first head is the current one. */
struct item_heads {
    struct text item;
    int64_t row;
    int64_t item_number; /* 0: not named yet */
    struct head *heads;
    size_t count, capacity;
    struct awaited_base *awaited;
    size_t awaited_count, awaited_capacity;
    bool is_stored;         /* item_value has a row for it */
    bool is_changed;        /* the current head is not what is stored */
    bool is_beside_changed; /* nor are the other heads or the awaited bases */
};

struct form_heads {
    struct arena *arena;
    struct form_key key;
    int64_t id;       /* 0: the instance does not exist yet */
    int64_t branches; /* rows in item_branch and awaited_base */
    size_t applied;   /* changes since it was loaded or written */
    struct item_heads *items;
    size_t count, capacity;
    uint32_t *slots; /* place in `items` + 1; open addressing */
    size_t mask;
};

/* The entry, or NULL. */
struct item_heads *heads_item(const struct form_heads *heads, struct text item,
                              int64_t row);
/* The entry, made when there is none. `item` must live as long as the arena. */
struct item_heads *heads_item_made(struct form_heads *heads, struct text item,
                                   int64_t row);
struct head *item_heads_add(struct form_heads *heads, struct item_heads *item);
struct awaited_base *item_heads_await(struct form_heads *heads,
                                      struct item_heads *item);

#endif

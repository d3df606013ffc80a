#include "store/heads.h"

#include "store/db.h"
#include "store/heads_form.h"

#include <string.h>

/* -- Entries ----------------------------------------------------------------------- */

static size_t hash_place(struct text item, int64_t row)
{
    return text_hash(item) + (size_t)row * 11;
}

static size_t slot_of(const struct form_heads *heads, struct text item, int64_t row)
{
    size_t at = hash_place(item, row) & heads->mask;
    for (; heads->slots[at] != 0; at = (at + 1) & heads->mask) {
        const struct item_heads *there = &heads->items[heads->slots[at] - 1];
        if (there->row == row && text_equal(there->item, item))
            break;
    }
    return at;
}

struct item_heads *heads_item(const struct form_heads *heads, struct text item,
                              int64_t row)
{
    if (heads->count == 0)
        return NULL;
    uint32_t found = heads->slots[slot_of(heads, item, row)];
    return found == 0 ? NULL : &heads->items[found - 1];
}

/* Twice as many entries as before, in twice as many slots. */
static void grow(struct form_heads *heads)
{
    size_t capacity = heads->capacity == 0 ? 64 : 2 * heads->capacity;
    struct item_heads *items = ARENA_ARRAY(heads->arena, struct item_heads, capacity);
    ASSERT(heads->count == 0 || heads->items != NULL);
    for (size_t i = 0; i < heads->count; i++)
        items[i] = heads->items[i];
    heads->items = items;
    heads->capacity = capacity;
    heads->mask = 2 * capacity - 1;
    heads->slots = ARENA_ARRAY(heads->arena, uint32_t, 2 * capacity);
    for (size_t i = 0; i < heads->count; i++)
        heads->slots[slot_of(heads, items[i].item, items[i].row)] = (uint32_t)(i + 1);
}

struct item_heads *heads_item_made(struct form_heads *heads, struct text item,
                                   int64_t row)
{
    struct item_heads *found = heads_item(heads, item, row);
    if (found != NULL)
        return found;
    if (heads->count == heads->capacity)
        grow(heads);
    ASSERT(heads->items != NULL);
    size_t slot = slot_of(heads, item, row);
    found = &heads->items[heads->count++];
    *found = (struct item_heads){.item = item, .row = row};
    heads->slots[slot] = (uint32_t)heads->count;
    return found;
}

struct head *item_heads_add(struct form_heads *heads, struct item_heads *item)
{
    if (item->count == item->capacity) {
        size_t capacity = item->capacity == 0 ? 1 : 4 * item->capacity;
        struct head *grown = ARENA_ARRAY(heads->arena, struct head, capacity);
        if (item->count > 0)
            memcpy(grown, item->heads, item->count * sizeof *grown);
        item->heads = grown;
        item->capacity = capacity;
    }
    return &item->heads[item->count++];
}

struct awaited_base *item_heads_await(struct form_heads *heads, struct item_heads *item)
{
    if (item->awaited_count == item->awaited_capacity) {
        size_t capacity = 2 * item->awaited_capacity + 2;
        struct awaited_base *grown =
            ARENA_ARRAY(heads->arena, struct awaited_base, capacity);
        if (item->awaited_count > 0)
            memcpy(grown, item->awaited, item->awaited_count * sizeof *grown);
        item->awaited = grown;
        item->awaited_capacity = capacity;
    }
    return &item->awaited[item->awaited_count++];
}

/* -- Questions --------------------------------------------------------------------- */

const struct head *heads_current(const struct form_heads *heads, struct text item,
                                 int64_t row)
{
    const struct item_heads *found = heads_item(heads, item, row);
    return found == NULL || found->count == 0 ? NULL : &found->heads[0];
}

const struct head *heads_beside(const struct form_heads *heads, struct text item,
                                int64_t row, size_t *count)
{
    const struct item_heads *found = heads_item(heads, item, row);
    *count = found == NULL || found->count == 0 ? 0 : found->count - 1;
    return *count == 0 ? NULL : &found->heads[1];
}

static bool is_in_group(struct text item, const struct item_group *group)
{
    for (size_t i = 0; i < group->item_count; i++)
        if (text_equal(item, group->items[i]->oid))
            return true;
    return false;
}

int64_t heads_rows(const struct form_heads *heads, const struct item_group *group)
{
    int64_t highest = 0;
    for (size_t i = 0; i < heads->count; i++) {
        const struct item_heads *entry = &heads->items[i];
        if (entry->row > highest && entry->count > 0 && is_in_group(entry->item, group))
            highest = entry->row;
    }
    return highest;
}

bool heads_next(const struct form_heads *heads, size_t *next, struct text *item,
                int64_t *row, const struct head **head)
{
    while (*next < heads->count && heads->items[*next].count == 0)
        ++*next;
    if (*next >= heads->count)
        return false;
    const struct item_heads *entry = &heads->items[(*next)++];
    *item = entry->item;
    *row = entry->row;
    *head = &entry->heads[0];
    return true;
}

/* -- The rule ---------------------------------------------------------------------- */

static bool version_equal(struct version a, struct version b)
{
    return a.seq == b.seq && a.place == b.place;
}

/* The version is a head no more; that it is none any longer, or never was, is fine. */
static void supersede(struct item_heads *item, struct version version)
{
    for (size_t i = 0; i < item->count; i++) {
        if (!version_equal(item->heads[i].version, version))
            continue;
        memmove(&item->heads[i], &item->heads[i + 1],
                (item->count - i - 1) * sizeof item->heads[0]);
        item->count--;
        item->is_changed = item->is_changed || i == 0;
        item->is_beside_changed = item->is_beside_changed || item->count > 0;
        return;
    }
}

static bool find_batch(struct db *db, const uint8_t *batch, int64_t *seq,
                       struct error *err)
{
    return db_number(db, STATEMENT_BATCH_FIND, BINDS(bind_bytes(batch, BATCH_ID_SIZE)),
                     seq, err);
}

/* Several changes may be based on the same one that has not come. */
static void await(struct form_heads *heads, struct item_heads *item,
                  const struct base_reference *base)
{
    for (size_t i = 0; i < item->awaited_count; i++)
        if (item->awaited[i].place == base->version.place &&
            memcmp(item->awaited[i].batch, base->batch, BATCH_ID_SIZE) == 0)
            return;
    struct awaited_base *awaited = item_heads_await(heads, item);
    memcpy(awaited->batch, base->batch, BATCH_ID_SIZE);
    awaited->place = base->version.place;
    item->is_beside_changed = true;
}

/* Takes what `change` is based on and what it settles from the heads. A base of the same
 * device that has not arrived is awaited. */
static bool supersede_all(struct form_heads *heads, struct db *db,
                          struct item_heads *item, const struct value_change *change,
                          const struct head_author *author, struct error *err)
{
    for (size_t i = 0; i < change->settle_count; i++)
        supersede(item, change->settles[i]);
    if (!change->has_base)
        return true;
    struct version base = change->base.version;
    if (change->base.is_queued) {
        const uint8_t *batch = change->base.batch;
        bool is_own =
            author->batch != NULL && memcmp(batch, author->batch, BATCH_ID_SIZE) == 0;
        base.seq = author->version.seq;
        if (!is_own && !find_batch(db, batch, &base.seq, err))
            return false;
        if (base.seq == 0) {
            await(heads, item, &change->base);
            return true;
        }
    }
    supersede(item, base);
    return true;
}

/* Was this change awaited, by one that is based on it and came first? Then it is no head. */
static bool was_awaited(struct item_heads *item, const struct head_author *author)
{
    bool is_found = false;
    size_t kept = 0;
    for (size_t i = 0; i < item->awaited_count; i++) {
        const struct awaited_base *awaited = &item->awaited[i];
        bool is_this = author->batch != NULL &&
                       awaited->place == author->version.place &&
                       memcmp(awaited->batch, author->batch, BATCH_ID_SIZE) == 0;
        is_found = is_found || is_this;
        if (!is_this)
            item->awaited[kept++] = *awaited;
    }
    item->awaited_count = kept;
    item->is_beside_changed = item->is_beside_changed || is_found;
    return is_found;
}

/* The batch's id of a stored head is read only when two corrected times are equal. */
static bool fill_batch(struct db *db, struct head *head, struct error *err)
{
    if (head->has_batch)
        return true;
    struct rows rows =
        db_query(db, STATEMENT_BATCH_ID, BINDS(bind_number(head->version.seq)));
    /* One that the program wrote has none: all zeros, before every client's. */
    if (!rows_next(&rows) || !rows_fixed(&rows, 0, head->batch, BATCH_ID_SIZE))
        memset(head->batch, 0, BATCH_ID_SIZE);
    head->has_batch = true;
    return rows_end(&rows, err);
}

/* Is `a` before `b` in rank: later corrected time, then larger mutation id? */
static bool ranks_before(struct db *db, struct head *a, struct head *b, bool *is_before,
                         struct error *err)
{
    *is_before = a->corrected_time > b->corrected_time;
    if (a->corrected_time != b->corrected_time)
        return true;
    if (!fill_batch(db, a, err) || !fill_batch(db, b, err))
        return false;
    int order = memcmp(a->batch, b->batch, BATCH_ID_SIZE);
    if (order == 0)
        order = (a->version.place > b->version.place) -
                (a->version.place < b->version.place);
    if (order == 0)
        order = (a->version.seq > b->version.seq) - (a->version.seq < b->version.seq);
    *is_before = order > 0;
    return true;
}

/* Puts the highest in rank first; the others stay in order of their versions. */
static bool put_current_first(struct db *db, struct item_heads *item, struct error *err)
{
    size_t best = 0;
    for (size_t i = 1; i < item->count; i++) {
        bool is_before = false;
        if (!ranks_before(db, &item->heads[i], &item->heads[best], &is_before, err))
            return false;
        if (is_before)
            best = i;
    }
    if (best == 0)
        return true;
    struct head current = item->heads[best];
    memmove(&item->heads[1], &item->heads[0], best * sizeof current);
    item->heads[0] = current;
    item->is_changed = true;
    item->is_beside_changed = true;
    return true;
}

static void add_head(struct form_heads *heads, struct item_heads *item,
                     const struct value_change *change,
                     const struct head_author *author)
{
    struct head *head = item_heads_add(heads, item);
    *head = (struct head){
        .version = author->version,
        .corrected_time = author->corrected_time,
        .user = author->user,
        .source = change->source,
        .answer = change->new,
        .has_batch = true,
    };
    if (author->batch != NULL)
        memcpy(head->batch, author->batch, BATCH_ID_SIZE);
    item->is_changed = item->is_changed || item->count == 1;
    item->is_beside_changed = item->is_beside_changed || item->count > 1;
}

static bool heads_differ(const struct item_heads *item)
{
    for (size_t i = 1; i < item->count; i++)
        if (!answer_equal(&item->heads[0].answer, &item->heads[i].answer))
            return true;
    return false;
}

bool heads_apply(struct form_heads *heads, struct db *db, struct value_change *change,
                 const struct head_author *author, struct error *err)
{
    struct item_heads *item = heads_item(heads, change->item, change->row);
    if (item == NULL)
        item =
            heads_item_made(heads, text_copy(heads->arena, change->item), change->row);
    change->place = author->version.place;
    change->old = item->count == 0 ? (struct answer){0} : item->heads[0].answer;
    if (!source_is_person(change->source)) {
        item->is_beside_changed = item->is_beside_changed || item->count > 1;
        item->count = 0;
        item->is_changed = true;
    }
    if (!supersede_all(heads, db, item, change, author, err))
        return false;
    /* Never without a head, whatever a client claims to be based on what. */
    if (!was_awaited(item, author) || item->count == 0)
        add_head(heads, item, change, author);
    if (!put_current_first(db, item, err))
        return false;
    change->is_conflict = heads_differ(item);
    heads->applied++;
    return true;
}

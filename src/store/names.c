#include "store/names.h"

#include "base/limits.h"

enum { FIRST_SLOTS = 256, NAMES_BYTES = 256 * 1024 * 1024 };

struct names {
    struct arena *arena; /* of what was read; emptied by names_forget */
    struct text *texts;  /* by number - 1 */
    size_t count, capacity;
    uint32_t *slots; /* number, or 0; open addressing */
    size_t mask;
};

static void names_end(void *data)
{
    struct names *names = data;
    arena_free(names->arena);
}

static void start(struct names *names)
{
    names->count = 0;
    names->capacity = FIRST_SLOTS;
    names->texts = ARENA_ARRAY(names->arena, struct text, FIRST_SLOTS);
    names->mask = 2 * FIRST_SLOTS - 1;
    names->slots = ARENA_ARRAY(names->arena, uint32_t, 2 * FIRST_SLOTS);
}

void names_open(struct db *db, struct arena *arena)
{
    db->names = ARENA_NEW(arena, struct names);
    db->names->arena = arena_new(NAMES_BYTES);
    arena_on_end(arena, names_end, db->names);
    start(db->names);
}

void names_forget(struct db *db)
{
    arena_reset(db->names->arena);
    start(db->names);
}

/* The slot where `oid` stands, or the free one where it would. */
static size_t slot_of(const struct names *names, struct text oid)
{
    size_t at = text_hash(oid) & names->mask;
    while (names->slots[at] != 0 &&
           !text_equal(names->texts[names->slots[at] - 1], oid))
        at = (at + 1) & names->mask;
    return at;
}

static void grow(struct names *names)
{
    struct text *texts = ARENA_ARRAY(names->arena, struct text, 2 * names->capacity);
    for (size_t i = 0; i < names->count; i++)
        texts[i] = names->texts[i];
    names->texts = texts;
    names->capacity *= 2;
    names->mask = 2 * names->capacity - 1;
    names->slots = ARENA_ARRAY(names->arena, uint32_t, 2 * names->capacity);
    for (size_t i = 0; i < names->count; i++)
        names->slots[slot_of(names, names->texts[i])] = (uint32_t)(i + 1);
}

static void add(struct names *names, struct text oid)
{
    if (names->count == names->capacity)
        grow(names);
    names->texts[names->count] = text_copy(names->arena, oid);
    names->slots[slot_of(names, oid)] = (uint32_t)++names->count;
}

/* Reads what other transactions have added since. */
static bool read_on(struct db *db, struct error *err)
{
    struct names *names = db->names;
    struct rows rows =
        db_query(db, STATEMENT_OID_AFTER, BINDS(bind_number((int64_t)names->count)));
    bool is_in_order = true;
    while (is_in_order && rows_next(&rows)) {
        is_in_order = rows_number(&rows, 0) == (int64_t)names->count + 1;
        if (is_in_order)
            add(names, rows_text(&rows, 1));
    }
    if (!rows_end(&rows, err))
        return false;
    return is_in_order ||
           error_set(err, ERROR_DAMAGED, "table oid_number: number %zu is missing",
                     names->count + 1);
}

bool names_find(struct db *db, struct text oid, int64_t *id, struct error *err)
{
    *id = db->names->slots[slot_of(db->names, oid)];
    if (*id != 0)
        return true;
    if (!read_on(db, err))
        return false;
    *id = db->names->slots[slot_of(db->names, oid)];
    return true;
}

bool names_number(struct db *db, struct text oid, int64_t *id, struct error *err)
{
    if (oid.len == 0 || oid.len > LIMIT_OID)
        return error_set(err, ERROR_REFUSED, "an OID of %zu bytes", oid.len);
    if (!names_find(db, oid, id, err) || *id != 0)
        return *id != 0;
    int64_t next = (int64_t)db->names->count + 1;
    if (!db_run(db, STATEMENT_OID_INSERT, BINDS(bind_number(next), bind_text(oid)),
                err))
        return false;
    add(db->names, oid);
    *id = next;
    return true;
}

bool names_text(struct db *db, int64_t id, struct text *oid, struct error *err)
{
    if (id > (int64_t)db->names->count && !read_on(db, err))
        return false;
    if (id < 1 || id > (int64_t)db->names->count)
        return error_set(err, ERROR_DAMAGED, "table oid_number has no number %lld",
                         (long long)id);
    *oid = db->names->texts[id - 1];
    return true;
}

bool names_all(struct db *db, struct arena *arena, struct text **out, size_t *count,
               struct error *err)
{
    if (!read_on(db, err))
        return false;
    *count = db->names->count;
    *out = ARENA_ARRAY(arena, struct text, *count);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = text_copy(arena, db->names->texts[i]);
    return true;
}

#include "base/oid_index.h"

bool oid_index_make(struct oid_index *index, size_t maximum, struct arena *arena)
{
    size_t slots = 16;
    while (slots / 2 < maximum) /* at most half full: short probes */
        slots *= 2;
    *index = (struct oid_index){.mask = slots - 1, .maximum = maximum};
    index->slots = arena_try(arena, arena_product(sizeof *index->slots, slots));
    return index->slots != NULL;
}

/* The slot of this OID, or the free one where it would go. */
static struct oid_entry *slot_of(const struct oid_index *index, struct text oid,
                                 int kind)
{
    size_t i = text_hash(oid) & index->mask;
    while (!text_is_absent(index->slots[i].oid) &&
           (index->slots[i].kind != kind || !text_equal(index->slots[i].oid, oid)))
        i = (i + 1) & index->mask;
    return &index->slots[i];
}

bool oid_index_add(struct oid_index *index, struct oid_entry entry)
{
    ASSERT(!text_is_absent(entry.oid));
    struct oid_entry *slot = slot_of(index, entry.oid, entry.kind);
    if (!text_is_absent(slot->oid))
        return false;
    ASSERT(index->count < index->maximum);
    *slot = entry;
    index->count++;
    return true;
}

const struct oid_entry *oid_index_find(const struct oid_index *index, struct text oid,
                                       int kind)
{
    const struct oid_entry *slot = slot_of(index, oid, kind);
    return text_is_absent(slot->oid) ? NULL : slot;
}

#ifndef OSTEON_BASE_OID_INDEX_H
#define OSTEON_BASE_OID_INDEX_H
/* Where each OID stands: a hash table with open addressing, made once for a known number
 * of OIDs, then only added to.
 *
 * An entry says of what kind the thing is (the owner's own numbers) and at which
 * position of the owner's array of that kind. Within one design an OID names one thing of
 * a kind; a FormDef may have that of an ItemGroupDef (ODM 1.3.2 §2.11).
 */
#include "base/arena.h"

struct oid_entry {
    struct text oid; /* not copied; absent in a free slot */
    int kind;
    size_t position;
};

struct oid_index {
    struct oid_entry *slots;
    size_t mask; /* number of slots - 1, a power of two less one */
    size_t count;
    size_t maximum;
};

/* An empty index for at most `maximum` OIDs; false when the arena has no room. */
MUST_USE bool oid_index_make(struct oid_index *index, size_t maximum,
                             struct arena *arena);

/* False when the OID is taken already in this kind; nothing is changed then. */
MUST_USE bool oid_index_add(struct oid_index *index, struct oid_entry entry);

/* NULL when there is no such OID of this kind. */
const struct oid_entry *oid_index_find(const struct oid_index *index, struct text oid,
                                       int kind);

#endif

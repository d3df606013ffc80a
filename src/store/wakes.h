#ifndef OSTEON_STORE_WAKES_H
#define OSTEON_STORE_WAKES_H
/* Which form instances wait for a moment (WAKE_SET). A moment that is stored is never later
 * than the true one: a save makes it earlier, the run at that moment makes it exact.
 */
#include "store/store.h"
#include "store/txn.h"

struct wake {
    int64_t form; /* form_instance */
    int64_t participant;
    int64_t wakes_at;
};

struct wake_list {
    struct wake *at;
    size_t count;
};

/* Those of one participant, in `arena`. */
MUST_USE bool wakes_of(struct db *db, int64_t participant, struct arena *arena,
                       struct wake_list *out, struct error *err);
/* The first `most` that are due, the earliest first. */
MUST_USE bool wakes_due(struct db *db, int64_t now, size_t most, struct arena *arena,
                        struct wake_list *out, struct error *err);
/* 0: this form instance is not among them. */
int64_t wake_among(const struct wake_list *list, int64_t form);

/* Up to which step of a register, and up to which moment in its lines, the rules have run
 * on everybody: a working note. What it says too little of is run once more. */
struct registers_ruled {
    int64_t seq, at; /* 0: never */
};
MUST_USE bool registers_ruled_read(struct db *db, struct registers_ruled *out,
                                   struct error *err);
MUST_USE bool registers_ruled_note(struct txn *txn, const struct registers_ruled *ruled,
                                   struct error *err);

#endif

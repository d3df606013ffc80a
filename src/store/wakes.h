#ifndef OSTEON_STORE_WAKES_H
#define OSTEON_STORE_WAKES_H
/* Which form instances wait for a moment (WAKE_SET). A moment that is stored is never later
 * than the true one: a save makes it earlier, the run at that moment makes it exact.
 */
#include "store/store.h"

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

#endif

#ifndef OSTEON_STORE_COUNTED_H
#define OSTEON_STORE_COUNTED_H
/* Rows that declared counts find (ROWS_COUNTED), by name of the count and key. They go with
 * their participant at an erasure.
 */
#include "store/event_content.h"
#include "store/store.h"

struct counted_rows {
    struct counted_row *at; /* in `arena` */
    struct text *counts;    /* the name of each one's count */
    size_t count;
};

/* What this form instance (form_state.id) gives to one count, by row. */
MUST_USE bool counted_of_form(struct db *db, int64_t form, struct text count,
                              struct arena *arena, struct counted_rows *out,
                              struct error *err);
MUST_USE bool counted_of_participant(struct db *db, int64_t participant,
                                     struct arena *arena, struct counted_rows *out,
                                     struct error *err);

/* Rows of others with the key of this one, in a time that overlaps its own. One person may
 * have several records: none of them is another. */
enum { COUNTED_OWN = 3 };
struct counted_wanted {
    struct text count;
    const struct counted_row *like;
    int64_t own[COUNTED_OWN]; /* participants; 0: none */
};
struct counted_place {
    int64_t form; /* form_state.id */
    int64_t participant;
};
MUST_USE bool counted_like(struct db *db, const struct counted_wanted *wanted,
                           struct arena *arena, struct counted_place **out,
                           size_t *count, struct error *err);

#endif

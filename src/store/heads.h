#ifndef OSTEON_STORE_HEADS_H
#define OSTEON_STORE_HEADS_H
/* The rule of conflicts, pure and independent of the order of arrival.
 *
 * The changes of one item form a tree: each says what it was based on and what it
 * settles. Heads are the changes that no other is based on or settles. The current value
 * is the head with the later corrected time, then the larger mutation id; other heads
 * stand beside it, and while they differ in value a query shows them. A base that has not
 * arrived yet is awaited, so that it is no head when it comes.
 *
 * `form_heads` holds one form instance in memory: loaded once, changed by the action in
 * the order of the batch, and written by the projection as what differs.
 */
#include "store/event_content.h"

struct db;

/* Of an identity item the answer carries the opened value: rules need it; never show it. */
struct head {
    struct version version;
    uint8_t batch[BATCH_ID_SIZE]; /* filled when a comparison needs it */
    bool has_batch;
    int64_t corrected_time;
    int64_t user;
    enum value_source source;
    struct answer answer;
};

struct form_heads;

/* Empty `*out` when the instance does not exist yet. Lives in `arena`. */
MUST_USE bool heads_load(struct db *db, const struct form_key *key, struct arena *arena,
                         struct form_heads **out, struct error *err);
/* The same for one whose state is at hand: `known`, or NULL when nothing is stored. */
struct form_state;
MUST_USE bool heads_load_known(struct db *db, const struct form_key *key,
                               const struct form_state *known, struct arena *arena,
                               struct form_heads **out, struct error *err);

/* The current head, or NULL. */
const struct head *heads_current(const struct form_heads *heads, struct text item,
                                 int64_t row);
/* The other heads: `*count` of them. */
const struct head *heads_beside(const struct form_heads *heads, struct text item,
                                int64_t row, size_t *count);
/* Highest row of a group that holds anything; 0: none. One pass over the entries. */
int64_t heads_rows(const struct form_heads *heads, const struct item_group *group);

/* Applies one change; fills `change->place`, `change->old` and `change->is_conflict` (true
 * when heads now differ in value). A value of the program (derived, system) takes the
 * place of all heads: it never conflicts. `by`, `time`, `version`, `batch` are those of the event. */
struct head_author {
    struct version version;
    const uint8_t *batch; /* NULL: written by the program */
    int64_t corrected_time;
    int64_t user;
};
MUST_USE bool heads_apply(struct form_heads *heads, struct db *db,
                          struct value_change *change, const struct head_author *author,
                          struct error *err);

/* Walks the current heads: for rules and completeness. `next` begins at 0. */
bool heads_next(const struct form_heads *heads, size_t *next, struct text *item,
                int64_t *row, const struct head **head);

#endif

#ifndef OSTEON_ACTIONS_IMAGE_TASK_H
#define OSTEON_ACTIONS_IMAGE_TASK_H
/* Image tasks: who reads, and who adjudicates, which image (specification 8.1, own task).
 *
 * Whoever enters the image study at its site assigns it: two readers and one adjudicator, three
 * different people with those roles. A task opens the image's form to its holder and nothing
 * else: the facts of the image, and readings as image_read.h allows. No identity, no outcome,
 * no other form.
 */
#include "actions/act.h"
#include "actions/form_review.h"
#include "actions/form_view.h"
#include "actions/image_stage.h"

/* ERROR_REFUSED: nobody of that name and role, the image has its readers already, or the
 * person has another part in it. */
struct image_assign {
    struct act act;
    struct form_key key;
    struct text person; /* sign-in name */
    bool is_adjudicator;

    int64_t seq; /* result */
};
MUST_USE bool image_assign(struct act *act, struct txn *txn, struct error *err);

/* The participants of whose images the user has a task, in `arena`: what scope t means. */
MUST_USE bool image_tasks_participants(struct study *study, int64_t user,
                                       struct arena *arena, const int64_t **out,
                                       size_t *count, struct error *err);

/* The caller's own tasks, as they were given. */
struct image_entry {
    int64_t task; /* number of its event */
    struct form_key key;
    struct text number; /* of the participant */
    bool is_adjudicator, is_signed;
    int64_t assigned_at;
    struct image_state state;
};
MUST_USE bool image_list(struct study *study, const struct caller *caller,
                         struct arena *arena, struct image_entry **out, size_t *count,
                         struct error *err);

/* When a task was given. */
MUST_USE bool image_task_given(struct db *db, int64_t task, struct arena *arena,
                               int64_t *out, struct error *err);

/* One of them. */
struct image_view {
    struct image_entry entry;
    struct text version; /* of the design */
    struct form_value *values;
    size_t value_count;
    struct image_reads reads;
    int64_t row;    /* that the caller enters */
    bool may_enter; /* now: an adjudicator waits until both readings are signed */
    struct form_review review;
};
MUST_USE bool image_view_read(struct study *study, const struct caller *caller,
                              int64_t task, struct arena *arena,
                              struct image_view **out, struct error *err);

#endif

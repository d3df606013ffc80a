#ifndef OSTEON_ACTIONS_IMAGE_STAGE_H
#define OSTEON_ACTIONS_IMAGE_STAGE_H
/* How far the reading of one image is: assigned, read, agreed or not, adjudicated.
 *
 * It is computed from the tasks, the signatures that stand and the answers; nothing of it is
 * kept. Whether two readings agree is said only when both are signed, which is when everybody
 * may see them (image_read.h), so that a stage tells nothing that is sealed. They disagree when
 * their overall readings (RDRES) differ; the adjudication is then due 7 days after the later
 * of the two was made (specification, CK095).
 */
#include "actions/image_read.h"
#include "store/review.h"

/* The names stand in the API. */
#define IMAGE_STAGE_TABLE(X)                                                           \
    X(UNASSIGNED, "unassigned") /* fewer than two readers */                           \
    X(READING, "reading")                                                              \
    X(AGREED, "agreed")                                                                \
    X(DISAGREED, "disagreed")                                                          \
    X(ADJUDICATED, "adjudicated")

enum image_stage {
#define X(name, word) IMAGE_##name,
    IMAGE_STAGE_TABLE(X)
#undef X
};
/* "disagreed" */
struct text image_stage_name(enum image_stage stage);

struct image_state {
    enum image_stage stage;
    int64_t due_at; /* of the adjudication that is needed; else 0 */
    struct text modality, region, acquired; /* as answered; may be absent */
    struct image_task *tasks;               /* as they were given */
    size_t task_count;
    int64_t *signed_by; /* whose reading or adjudication stands signed */
    size_t signed_count;
};
/* Results in `asker->arena`. */
MUST_USE bool image_state_of(const struct image_asker *asker,
                             const struct form_state *form, struct image_state *out,
                             struct error *err);
bool image_is_signed_by(const struct image_state *state, int64_t user);

#endif

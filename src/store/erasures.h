#ifndef OSTEON_STORE_ERASURES_H
#define OSTEON_STORE_ERASURES_H
/* Who was erased, kept in the key ring beside the folder's key (`<folder id>.erased`): a
 * back-up that is older than an erasure still holds the participant's key, and must not
 * bring the data back. When a folder is opened for writing, what the list names and the
 * folder still holds is erased again; the event says so.
 *
 * A line is the participant's number, and number and hash of the event with which the
 * record began: in a folder restored to a time before, the same number can be given to
 * somebody else, who is not meant. The list holds nothing personal.
 */
#include "store/store_inside.h"

/* On the writer's thread, after an erasure stands: puts all erasures of the log that the
 * list lacks on it. */
MUST_USE bool erasures_note(struct store *store, struct error *err);

/* On opening, when the writer runs. */
MUST_USE bool erasures_apply(struct store *store, struct error *err);

#endif

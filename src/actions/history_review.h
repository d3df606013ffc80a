#ifndef OSTEON_ACTIONS_HISTORY_REVIEW_H
#define OSTEON_ACTIONS_HISTORY_REVIEW_H
/* What review has to say in a history: signatures, source verification, freezing and
 * locking. For the files of this floor only. */
#include "actions/history.h"

/* Does the event say something of what is asked for? Of an item only its verification is
 * told; of a form and of a casebook all. `entry` has what is of the event itself; place,
 * version and reason are filled in. */
bool history_review(const struct log_row *row, const struct history_filter *filter,
                    struct history_entry *entry);

#endif

#ifndef OSTEON_ACTIONS_FILE_MESSAGE_H
#define OSTEON_ACTIONS_FILE_MESSAGE_H
/* What becomes of a message that waits: its results go where they belong, or it waits for a
 * person with a reason. */
#include "actions/study.h"

/* Of one message, by its number. What it did is on disk. False: nothing was done, for a
 * reason of the moment; it is tried again. */
MUST_USE bool file_message(struct study *study, int64_t message, struct error *err);

#endif

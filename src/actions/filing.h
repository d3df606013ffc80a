#ifndef OSTEON_ACTIONS_FILING_H
#define OSTEON_ACTIONS_FILING_H
/* The thread that files the messages that wait, the first to come first: woken when one has
 * come, and once a minute for those that could not be filed then. */
#include "actions/study.h"

struct filing;
/* `*out` lives in `process`. One a study. */
MUST_USE bool filing_start(struct study *study, struct arena *process,
                           struct filing **out, struct error *err);
/* Lets the message under way end. */
void filing_stop(struct filing *filing);

/* Something has come. Nothing happens when nobody files. */
void filing_wake(struct study *study);
/* All that wait can have another answer now: a map was changed, say. */
void filing_wake_all(struct study *study);

/* Runs file_message on all that wait behind the message `*after`, which moves; `*failed`:
 * how many could not be filed now. For the thread and for tests. */
MUST_USE bool filing_pass(struct study *study, int64_t *after, size_t *failed,
                          struct error *err);

#endif

#ifndef OSTEON_ACTIONS_SAFEKEEPING_H
#define OSTEON_ACTIONS_SAFEKEEPING_H
/* Keeping the folder: the state of the log, a signed checkpoint, a back-up. Thin: each
 * asks for its permission ('verify log', 'run back-up') and lets the store do it. */
#include "actions/act.h"

struct log_state {
    int64_t seq;
    struct hash head;
};
/* The head of the chain as it stands ('verify log'). */
MUST_USE bool log_state_read(struct study *study, const struct caller *caller,
                             struct log_state *out, struct error *err);

/* Signs the chain's head and puts that on the log; `document` is the checkpoint's text,
 * in `arena` ('verify log'). */
MUST_USE bool checkpoint_make(struct study *study, const struct caller *caller,
                              struct arena *arena, struct text *document,
                              struct error *err);

/* Copies the folder into the file `path` while it is in use ('run back-up'). */
MUST_USE bool backup_make(struct study *study, const struct caller *caller,
                          const char *path, struct error *err);

#endif

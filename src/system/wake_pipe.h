#ifndef OSTEON_SYSTEM_WAKE_PIPE_H
#define OSTEON_SYSTEM_WAKE_PIPE_H
/* Wakes a thread that waits in poll, from any other; never blocks. */
#include "base/error.h"

struct wake_pipe {
    int read_end; /* to poll */
    int write_end;
};
MUST_USE bool wake_pipe_open(struct wake_pipe *out, struct error *err);
void wake_pipe_close(struct wake_pipe *wake);
void wake_pipe_wake(const struct wake_pipe *wake);
/* Takes back all wakes so far. */
void wake_pipe_clear(const struct wake_pipe *wake);

#endif

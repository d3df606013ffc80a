#include "system/wake_pipe.h"

#include <fcntl.h>
#include <unistd.h>

bool wake_pipe_open(struct wake_pipe *out, struct error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return error_set(err, ERROR_FAILED, "no pipe to wake a thread with");
    *out = (struct wake_pipe){.read_end = ends[0], .write_end = ends[1]};
    return true;
}

void wake_pipe_close(struct wake_pipe *wake)
{
    close(wake->read_end);
    close(wake->write_end);
}

/* A full pipe wakes as well. */
void wake_pipe_wake(const struct wake_pipe *wake)
{
    char byte = 1;
    ssize_t ignored = write(wake->write_end, &byte, 1);
    (void)ignored;
}

void wake_pipe_clear(const struct wake_pipe *wake)
{
    char bytes[64];
    while (read(wake->read_end, bytes, sizeof bytes) == (ssize_t)sizeof bytes)
        continue;
}

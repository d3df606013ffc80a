#ifndef OSTEON_TEST_SERVED_H
#define OSTEON_TEST_SERVED_H
/* The real program, started as its users start it: for benches and endurance tests. It
 * is the file that the environment variable OSTEON names, else build/osteon.
 */
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct served {
    char folder[512];
    char keyring[512];
    int process;
    int port;
    char token[128]; /* of the last sign-in: for "Authorization: Bearer" */
};

/* Runs `osteon WORDS…` (NULL-terminated) and waits; the exit status. */
int served_command(const struct served *served, const char *const words[]);

/* Starts `osteon serve` on a free port and waits until it answers. Microseconds from the
 * start to the first answer. Aborts when it does not come up. */
int64_t served_start(struct served *served);
/* Asks it to end (SIGTERM) and waits. */
void served_stop(struct served *served);
/* kill -9. */
void served_kill(struct served *served);

/* One request on a connection of its own; the status, 0 when it broke. The reply's body
 * goes into `out`, cut at `size` - 1. `body` NULL: none. */
int served_request(struct served *served, const char *method, const char *path,
                   const char *body, char *out, size_t size);

/* Signs in; the token goes into `served`. */
bool served_sign_in(struct served *served, const char *name, const char *password);

/* Commits and checkpoints of the running program's writer so far, as `osteon doctor` tells
 * them; false when it does not. */
bool served_writer(const struct served *served, int64_t *commits, int64_t *checkpoints);

/* Resident memory of the running program, in KiB; and the most it ever was. */
int64_t served_memory(const struct served *served, const char *field);

#endif

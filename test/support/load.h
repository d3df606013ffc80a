#ifndef OSTEON_TEST_LOAD_H
#define OSTEON_TEST_LOAD_H
/* Closed-loop HTTP clients on one thread, for benches and endurance tests: each keeps
 * one connection, sends a request, waits for the whole reply, sends the next. A broken
 * connection is made anew and its request counts as failed. Loopback only.
 */
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct load {
    int port;
    int clients;
    int64_t microseconds;  /* how long; requests begun before the end are waited for */
    int64_t most_requests; /* stops earlier after so many; 0: no such bound */
    /* Writes the next whole request of `client` into `out`; returns its length, 0 to
     * stop this client. */
    size_t (*request)(void *data, int client, char *out, size_t size);
    /* A reply: status 0 when the connection broke before it came. */
    void (*reply)(void *data, int client, int status, struct text body);
    void *data;
};

struct load_figures {
    int64_t replies, failures; /* failures: status 0 or 500 and above */
    int64_t elapsed;           /* microseconds */
    int64_t p50, p99, maximum; /* microseconds */
};

/* Runs to the end. False: the server could not be reached at all. */
bool load_run(const struct load *load, struct load_figures *out);

/* Process time of another process so far, user and system, in microseconds. */
int64_t load_process_cpu(int pid);

#endif

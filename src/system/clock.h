#ifndef OSTEON_SYSTEM_CLOCK_H
#define OSTEON_SYSTEM_CLOCK_H
/* All time comes from here. Tests and demo folders inject a clock; a real folder has
 * the computer's. An instant is microseconds since 1970-01-01T00:00:00Z. */
#include <stdint.h>

struct clock {
    int64_t (*now)(void *data);
    void *data;
};

int64_t clock_now(const struct clock *clock);

/* The computer's clock. */
extern const struct clock system_clock;

/* Never goes back, unrelated to the calendar: for durations. Microseconds. */
int64_t clock_monotonic(void);

/* A clock that stands still until it is moved; safe to move from another thread. */
struct test_clock {
    _Atomic int64_t instant;
};
struct clock test_clock(struct test_clock *state);

/* A clock that began at `began` when the real one showed `real_began` and runs on at
 * normal speed: the simulated now of a demo folder. */
struct shifted_clock {
    int64_t began;
    int64_t real_began;
};
struct clock shifted_clock(struct shifted_clock *state);

#endif

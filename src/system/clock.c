#include "system/clock.h"

#include "base/attributes.h"

#include <time.h>

static int64_t read_clock(clockid_t which)
{
    struct timespec time;
    ASSERT(clock_gettime(which, &time) == 0);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int64_t system_now(void *data)
{
    (void)data;
    return read_clock(CLOCK_REALTIME);
}

const struct clock system_clock = {.now = system_now};

int64_t clock_now(const struct clock *clock)
{
    return clock->now(clock->data);
}

int64_t clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static int64_t test_now(void *data)
{
    const struct test_clock *state = data;
    return state->instant;
}

struct clock test_clock(struct test_clock *state)
{
    return (struct clock){.now = test_now, .data = state};
}

static int64_t shifted_now(void *data)
{
    const struct shifted_clock *state = data;
    return state->began + (read_clock(CLOCK_REALTIME) - state->real_began);
}

struct clock shifted_clock(struct shifted_clock *state)
{
    return (struct clock){.now = shifted_now, .data = state};
}

/* When an answer can change although nothing else does: time goes on. */
#include "engine/run_parts.h"

#define MICROSECONDS_A_MINUTE INT64_C(60000000)
#define MICROSECONDS_A_DAY    (1440 * MICROSECONDS_A_MINUTE)

void run_wake(struct run *run, int64_t at)
{
    if (at > run->world->now && at < run->wakes_at)
        run->wakes_at = at;
}

void run_wake_soon(struct run *run)
{
    run_wake(run, run->world->now + MICROSECONDS_A_MINUTE);
}

void run_wake_tomorrow(struct run *run)
{
    int64_t offset = run->world->offset_minutes * MICROSECONDS_A_MINUTE;
    int64_t local = run->world->now + offset;
    int64_t of_day = local % MICROSECONDS_A_DAY;
    if (of_day < 0)
        of_day += MICROSECONDS_A_DAY;
    run_wake(run, run->world->now - of_day + MICROSECONDS_A_DAY);
}

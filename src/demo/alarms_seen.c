#include "demo/alarms_seen.h"

#include "actions/alarm.h"
#include "base/limits.h"

static bool acknowledge(struct study *study, const struct caller *caller, int64_t alarm,
                        struct clock *clock, struct arena *arena, struct error *err)
{
    struct alarm_acknowledge verb = {
        .act = act_of(study, caller, arena, alarm_acknowledge), .alarm = alarm};
    verb.act.clock = clock;
    return act_run(&verb.act, err);
}

static bool sees(struct study *study, const struct caller *caller, struct clock *clock,
                 struct arena *arena, struct error *err)
{
    struct alarm_entries entries;
    if (!alarm_list_read(study, caller, 0, arena, &entries, err))
        return false;
    for (size_t i = 0; i < entries.count; i++) {
        const struct alarm_entry *entry = &entries.at[i];
        if (entry->may_acknowledge &&
            !acknowledge(study, caller, entry->alarm.seq, clock, arena, err))
            return false;
    }
    return true;
}

bool alarms_are_seen(struct study *study, const struct caller *people, size_t count,
                     int64_t at, struct error *err)
{
    struct arena *arena = arena_new(LIMIT_REQUEST_ARENA);
    struct test_clock time = {.instant = at};
    struct clock clock = test_clock(&time);
    bool is_seen = true;
    for (size_t i = 0; i < count && is_seen; i++) {
        arena_reset(arena);
        is_seen = sees(study, &people[i], &clock, arena, err);
    }
    arena_free(arena);
    return is_seen;
}

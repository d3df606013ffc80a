#include "actions/safety_clock.h"

#include "base/datetime.h"

static const struct clock_row {
    struct text code;
    int64_t warns_hours, due_hours;
    struct label label, source;
} rows[] = {
#define X(name, warns, due, english, chinese, rests, rests_chinese)                    \
    [CLOCK_##name] = {TEXT_INIT(#name),                                                \
                      (warns),                                                         \
                      (due),                                                           \
                      {TEXT_INIT(english), TEXT_INIT(chinese)},                        \
                      {TEXT_INIT(rests), TEXT_INIT(rests_chinese)}},
    SAFETY_CLOCK_TABLE(X)
#undef X
};

struct text safety_clock_code(enum safety_clock_name name)
{
    return rows[name].code;
}

struct label safety_clock_label(enum safety_clock_name name)
{
    return rows[name].label;
}

struct label safety_clock_source(enum safety_clock_name name)
{
    return rows[name].source;
}

enum relation relation_of(struct text code)
{
    if (text_equal(code, TEXT("NOT")) || text_equal(code, TEXT("UNL")))
        return RELATION_NONE;
    if (text_equal(code, TEXT("POS")) || text_equal(code, TEXT("PRO")) ||
        text_equal(code, TEXT("DEF")))
        return RELATION_POSSIBLE;
    return RELATION_UNKNOWN;
}

static struct safety_clock clock_of(enum safety_clock_name name, int64_t from,
                                    int64_t done_at, int64_t now)
{
    struct safety_clock clock = {.name = name,
                                 .warns_at =
                                     from + rows[name].warns_hours * INSTANT_HOUR,
                                 .due_at = from + rows[name].due_hours * INSTANT_HOUR,
                                 .done_at = done_at};
    if (done_at != 0)
        clock.state = done_at > clock.due_at ? CLOCK_DONE_LATE : CLOCK_DONE;
    else if (now >= clock.due_at)
        clock.state = CLOCK_LATE;
    else
        clock.state = now >= clock.warns_at ? CLOCK_NEAR : CLOCK_RUNS;
    return clock;
}

size_t safety_clocks_of(const struct serious_facts *facts, int64_t now,
                        struct safety_clock out[SAFETY_CLOCKS_MOST])
{
    size_t count = 0;
    int64_t from = facts->aware_at;
    bool is_related = facts->device != RELATION_NONE;
    bool is_urgent = is_related && (facts->is_death || facts->is_life_threatening);
    if (from == 0)
        return 0;
    out[count++] = clock_of(CLOCK_SPONSOR_24H, from, facts->sponsor_at, now);
    out[count++] = clock_of(is_urgent ? CLOCK_SPONSOR_7D : CLOCK_SPONSOR_15D, from,
                            facts->ethics_at, now);
    if (is_related)
        out[count++] =
            clock_of(facts->is_death ? CLOCK_NATIONAL_7D : CLOCK_NATIONAL_20D, from,
                     facts->system_at, now);
    return count;
}

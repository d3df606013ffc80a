#include "model/feed.h"

static const struct text states[] = {
#define X(number, name, code) [number] = TEXT_INIT(code),
    FEED_STATE_TABLE(X)
#undef X
};

struct text feed_state_name(enum feed_state state)
{
    return states[state];
}

bool feed_state_parse(struct text name, enum feed_state *out)
{
    for (size_t i = 0; i < FEED_STATES; i++) {
        if (!text_equal(states[i], name))
            continue;
        *out = (enum feed_state)i;
        return true;
    }
    return false;
}

static const struct {
    struct text name, answer;
    struct label label;
} reasons[FEED_REASONS] = {
#define X(name, code, answer, english, chinese)                                        \
    [FEED_REASON_##name] = {                                                           \
        TEXT_INIT(code), TEXT_INIT(answer), {TEXT_INIT(english), TEXT_INIT(chinese)}},
    FEED_REASON_TABLE(X)
#undef X
};

struct text feed_reason_name(enum feed_reason reason)
{
    return reasons[reason].name;
}

struct text feed_reason_answer(enum feed_reason reason)
{
    return reasons[reason].answer;
}

struct label feed_reason_label(struct text name)
{
    for (size_t i = FEED_REASON_NONE + 1; i < FEED_REASONS; i++)
        if (text_equal(reasons[i].name, name))
            return reasons[i].label;
    return (struct label){name, name};
}

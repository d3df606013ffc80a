#include "model/participant.h"

static const struct {
    struct text name;
    struct label label;
} states[] = {
#define X(name, english, chinese)                                                      \
    {TEXT_INIT(#name), {TEXT_INIT(english), TEXT_INIT(chinese)}},
    PARTICIPANT_STATE_TABLE(X)
#undef X
};

struct text participant_state_name(enum participant_state state)
{
    return states[state].name;
}

struct label participant_state_label(enum participant_state state)
{
    return states[state].label;
}

bool participant_state_parse(struct text name, enum participant_state *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(states); i++)
        if (text_equal(states[i].name, name)) {
            *out = (enum participant_state)i;
            return true;
        }
    return false;
}

bool participant_is_enrolled(const struct participant *participant)
{
    return participant->state == PARTICIPANT_ENROLLED ||
           participant->state == PARTICIPANT_WITHDRAWN;
}

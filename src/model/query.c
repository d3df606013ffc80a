#include "model/query.h"

#include "base/attributes.h"

static const struct text states[QUERY_STATES] = {
    [QUERY_OPEN] = TEXT_INIT("open"),
    [QUERY_ANSWERED] = TEXT_INIT("answered"),
    [QUERY_CLOSED] = TEXT_INIT("closed"),
    [QUERY_CANCELLED] = TEXT_INIT("cancelled"),
};

static const struct text kinds[QUERY_KINDS] = {
    [QUERY_CHECK] = TEXT_INIT("check"),
    [QUERY_CONFLICT] = TEXT_INIT("conflict"),
    [QUERY_PERSON] = TEXT_INIT("person"),
};

static const struct text steps[QUERY_STEPS] = {
    [QUERY_STEP_OPEN] = TEXT_INIT("open"),
    [QUERY_STEP_ANSWER] = TEXT_INIT("answer"),
    [QUERY_STEP_CLOSE] = TEXT_INIT("close"),
    [QUERY_STEP_REOPEN] = TEXT_INIT("reopen"),
    [QUERY_STEP_CANCEL] = TEXT_INIT("cancel"),
    [QUERY_STEP_ASSIGN] = TEXT_INIT("assign"),
};

static const struct {
    enum query_step_kind step;
    enum query_state from, to;
} moves[] = {
    {QUERY_STEP_ANSWER, QUERY_OPEN, QUERY_ANSWERED},
    {QUERY_STEP_ANSWER, QUERY_ANSWERED, QUERY_ANSWERED}, /* says more */
    {QUERY_STEP_CLOSE, QUERY_OPEN, QUERY_CLOSED},
    {QUERY_STEP_CLOSE, QUERY_ANSWERED, QUERY_CLOSED},
    {QUERY_STEP_REOPEN, QUERY_ANSWERED, QUERY_OPEN}, /* the answer is not enough */
    {QUERY_STEP_REOPEN, QUERY_CLOSED, QUERY_OPEN},
    {QUERY_STEP_REOPEN, QUERY_CANCELLED, QUERY_OPEN},
    {QUERY_STEP_CANCEL, QUERY_OPEN, QUERY_CANCELLED},
    {QUERY_STEP_ASSIGN, QUERY_OPEN, QUERY_OPEN},
    {QUERY_STEP_ASSIGN, QUERY_ANSWERED, QUERY_ANSWERED},
};

bool query_step_leads(enum query_step_kind step, enum query_state from,
                      enum query_state *to)
{
    for (size_t i = 0; i < ARRAY_COUNT(moves); i++)
        if (moves[i].step == step && moves[i].from == from) {
            *to = moves[i].to;
            return true;
        }
    return false;
}

struct text query_state_name(enum query_state state)
{
    return states[state];
}

bool query_state_parse(struct text name, enum query_state *out)
{
    for (int i = 0; i < QUERY_STATES; i++)
        if (text_equal(states[i], name)) {
            *out = (enum query_state)i;
            return true;
        }
    return false;
}

struct text query_kind_name(enum query_kind kind)
{
    return kinds[kind];
}

bool query_kind_parse(struct text name, enum query_kind *out)
{
    for (int i = 0; i < QUERY_KINDS; i++)
        if (text_equal(kinds[i], name)) {
            *out = (enum query_kind)i;
            return true;
        }
    return false;
}

struct text query_step_name(enum query_step_kind step)
{
    return steps[step];
}

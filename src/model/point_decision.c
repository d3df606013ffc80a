#include "model/point_decision.h"

const struct point_decision *point_decision_of(const struct point_decisions *decisions,
                                               struct text point)
{
    for (size_t i = decisions->count; i > 0; i--)
        if (text_equal(decisions->at[i - 1].point, point))
            return &decisions->at[i - 1];
    return NULL;
}

bool point_decision_is_followed(const struct point_decision *decision,
                                const struct open_point *point)
{
    return text_equal(decision->choice, point->choice.english);
}

#ifndef OSTEON_MODEL_POINT_DECISION_H
#define OSTEON_MODEL_POINT_DECISION_H
/* What was decided about a point that the registration leaves open (design.h, open_point).
 * All decisions are kept; the latest stands. */
#include "model/design.h"

struct point_decision {
    int64_t seq;           /* of its event */
    struct text point;     /* "Q3" */
    struct text choice;    /* in words; of the design's own choice: its English words */
    struct text reason;    /* absent with a first decision that needed none */
    struct text reference; /* "ethics committee, letter of …"; may be absent */
    struct text by_name, by_full_name;
    int64_t at;
};

struct point_decisions {
    const struct point_decision *at; /* oldest first */
    size_t count;
};

/* The one that stands; NULL: nobody has decided, the point is open. */
const struct point_decision *point_decision_of(const struct point_decisions *decisions,
                                               struct text point);

/* Does the study run with what was decided? It does when the words are the design's: a
 * decision changes no design and no setting. */
bool point_decision_is_followed(const struct point_decision *decision,
                                const struct open_point *point);

#endif

#ifndef OSTEON_ACTIONS_RULE_EXPLAIN_H
#define OSTEON_ACTIONS_RULE_EXPLAIN_H
/* Why a rule says what it says about a participant, with the values it saw ('view
 * casebook'). It runs as it would now, on what is stored; nothing is written. Values in
 * the identity vault say "sealed", and so does an answer that is kept there.
 */
#include "actions/act.h"
#include "actions/study.h"
#include "model/rule_list.h"

enum { EXPLAINED_PLACES = 1000, EXPLAINED_STEPS = 1000 };

struct explain_request {
    const struct rule_list *list; /* of the study's current rulebook */
    size_t rule;                  /* position in the list */
    const struct participant *participant;
    struct text event; /* absent: every event */
    int64_t row;       /* 0: every row */
};

/* A part of the expression with the value it had. */
struct explained_step {
    struct text part;  /* of the source, white space as one blank */
    struct text value; /* in words: model/datum_words.h */
    struct text where; /* "SE.H1, row 2" of the row looked at; absent: the own place */
    bool is_answer;    /* asked of the participant's data; else computed */
};

struct explained_place {
    struct text event; /* absent: the participant as a whole */
    int64_t event_repeat, form_repeat;
    int64_t row; /* 0: the group does not repeat */
    struct datum value;
    struct text result; /* `value` in words */
    struct text stored; /* of a derived item: what is stored, in words */
    bool is_hidden;     /* the item is, by its condition */
    bool wakes;         /* the answer can change by itself at `wakes_at` */
    int64_t wakes_at;
    const struct explained_step *steps; /* in the order in which they were looked at */
    size_t step_count;
    size_t steps_left_off;
};

struct explanation {
    struct explained_place *places; /* in the order of the study's events; row by row */
    size_t place_count;
    size_t places_left_off;
};

/* In `arena`. A rule whose form the participant has not has no place. */
MUST_USE bool rule_explain(struct study *study, const struct caller *caller,
                           const struct explain_request *request, struct arena *arena,
                           struct explanation *out, struct error *err);

#endif

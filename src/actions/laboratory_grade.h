#ifndef OSTEON_ACTIONS_LABORATORY_GRADE_H
#define OSTEON_ACTIONS_LABORATORY_GRADE_H
/* Adverse events that the laboratory proposes: results of the central laboratory (F.LB),
 * typed or brought by a feed, graded by model/ctcae.h. Read from the answers each time;
 * only what a physician made of one is kept (GRADE_DECIDED).
 *
 * Of a participant and a term at most one is proposed: the result with the highest grade
 * (of equal ones the earliest specimen), when its grade is higher than the baseline's and
 * than that of every adverse event of this term. A result that was declined as it stands
 * proposes nothing; when it is corrected it does again. The reference range is the one
 * that came with the result. Baseline: the latest result of the baseline event.
 */
#include "actions/world.h"
#include "model/ctcae.h"

struct laboratory_proposal {
    int64_t participant;
    struct text number; /* "H4-001" */
    struct form_key key;
    const struct ctcae_term *term;
    const struct ctcae_rule *rule;
    struct decimal value;
    struct ctcae_number low, high, baseline;
    int baseline_grade, recorded_grade; /* 0: none; recorded: of adverse events */
    int64_t of_seq;                     /* the event that set the result */
    int64_t specimen_at;                /* instant; 0: not told */
    int64_t message;                    /* of a feed; 0: typed */
    bool may_decide;                    /* the caller */
};

struct laboratory_proposals {
    struct laboratory_proposal *at;
    size_t count, capacity;
};
/* Adds those of the world's participant; what is text in them belongs to `arena`. */
MUST_USE bool laboratory_proposals_add(const struct world *world,
                                       const struct caller *caller, struct arena *arena,
                                       struct laboratory_proposals *out,
                                       struct error *err);

/* The result that an adverse event came from. */
struct laboratory_origin {
    struct form_key key; /* form absent: none */
    struct text item;
};
MUST_USE bool laboratory_origin_of(const struct world *world,
                                   const struct form_key *event, struct arena *arena,
                                   struct laboratory_origin *out, struct error *err);

#endif

#ifndef OSTEON_ACTIONS_FORM_REVIEW_H
#define OSTEON_ACTIONS_FORM_REVIEW_H
/* What review has to say of a form, and of a casebook: signatures, and what the caller
 * would sign. Part of their views (form_view.h). */
#include "actions/record_lock.h"
#include "actions/signature.h"

struct form_review {
    struct signatures signatures;
    struct signature_offer offer;
    struct lock_view locks; /* of the casebook: with those of its forms */
};

struct review_asker {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
    const struct participant *participant;
};
/* `known` NULL: nothing of the form is stored yet. */
MUST_USE bool form_review_read(const struct review_asker *asker,
                               const struct form_state *known, struct form_review *out,
                               struct error *err);
/* Of the casebook as a whole, whose forms are these. */
MUST_USE bool casebook_review_read(const struct review_asker *asker,
                                   const struct form_state *forms, size_t form_count,
                                   struct form_review *out, struct error *err);
/* The signatures of each form of a casebook; `out` has as many as there are forms. */
MUST_USE bool forms_signatures_read(const struct review_asker *asker,
                                    const struct form_state *forms, size_t form_count,
                                    struct signatures *out, struct error *err);

#endif

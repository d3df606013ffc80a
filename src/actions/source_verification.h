#ifndef OSTEON_ACTIONS_SOURCE_VERIFICATION_H
#define OSTEON_ACTIONS_SOURCE_VERIFICATION_H
/* Source verification: a monitor has compared an answer with the source document.
 *
 * It is of a version of an answer. When the answer changes, by a person or by a rule that
 * derives it anew, the verification has fallen: nothing is written, and every view says
 * so. What is to be verified says the plan of the design (model/verification_plan.h).
 * Nobody verifies what he entered himself, and nothing is verified, nor a verification
 * withdrawn, while it is locked. Freezing does not hinder it: a monitor freezes a form to
 * verify it in peace.
 */
#include "actions/act.h"
#include "model/design.h"
#include "store/review.h"

/* One answer as the monitor saw it. */
struct verified_claim {
    struct text item;
    int64_t row;
    struct text version; /* "SEQ:PLACE"; not asked for when withdrawing */
};

/* 'source-verify': the answers that are named; or, with `is_all`, all answers of the form,
 * or of the participant (`is_whole`), provided that none of them changed after the event
 * `seen`: nobody verifies what he has not seen. */
struct source_verify {
    struct act act;
    struct form_key key;
    const struct verified_claim *claims;
    size_t claim_count;
    bool is_all, is_whole;
    int64_t seen;
    bool is_withdrawing;
    struct text reason; /* of a withdrawal */

    int64_t done; /* result: how many answers */
};
MUST_USE bool source_verify(struct act *act, struct txn *txn, struct error *err);

enum verification_state { VERIFICATION_NONE, VERIFICATION_STANDS, VERIFICATION_FELL };
enum verification_state verification_state_of(const struct answer_verification *answer);

/* Of one form instance, or of more of them. */
struct verification_count {
    int64_t needed, verified; /* of those that are needed */
    int64_t fell;             /* needed or not */
    int64_t oldest;           /* instant of the oldest answer that waits; 0: none */
};

struct verified_answer {
    struct answer_verification answer;
    enum verification_state state;
    bool is_needed;
    struct text by_name, by_full_name;
};
/* As a form's page shows it. */
struct form_verification {
    struct verified_answer *at;
    size_t count;
    struct verification_count total;
    bool is_planned, is_sampled, may;
    int64_t seen; /* the last event that changed an answer of it */
};

struct verification_asker {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
};
/* `known` NULL: nothing is stored yet. */
MUST_USE bool form_verification_read(const struct verification_asker *asker,
                                     const struct participant *participant,
                                     const struct form_state *known,
                                     struct form_verification *out, struct error *err);

struct forms_verification {
    struct verification_count *counts; /* by form */
    bool is_sampled;
    int64_t seen; /* the last event that changed an answer of any of them */
};
MUST_USE bool forms_verification_read(const struct verification_asker *asker,
                                      const struct participant *participant,
                                      const struct form_state *forms, size_t form_count,
                                      struct forms_verification *out,
                                      struct error *err);

/* --- the monitor's list -------------------------------------------------------------- */

struct verification_filter {
    struct text site, form;
    int64_t participant; /* 0: all */
    bool with_done;      /* forms too of which nothing waits */
    int64_t after;       /* id of the last participant of the page before */
};
struct verification_row {
    const struct participant *participant;
    struct form_key key;
    struct verification_count count;
};
/* How far a site is; of all forms that the caller may see there, whatever the filter. */
struct verification_site {
    struct text site;
    int64_t participants, sampled;
    struct verification_count count;
};
struct verification_list {
    struct verification_row *at; /* by participant and form */
    size_t count;
    struct verification_site *sites;
    size_t site_count;
    bool may;
    int64_t next; /* send as `after`; 0: that was the last page */
};
/* Pages of participants: counts and rows are of those of the page. */
MUST_USE bool verification_list_read(struct study *study, const struct caller *caller,
                                     const struct verification_filter *filter,
                                     struct arena *arena, struct verification_list *out,
                                     struct error *err);

#endif

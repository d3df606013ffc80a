#ifndef OSTEON_ACTIONS_FORM_VIEW_H
#define OSTEON_ACTIONS_FORM_VIEW_H
/* Everything a page needs to show one form instance, and the casebook that lists the
 * instances of a participant ('view casebook'). Identity items say only that a value is
 * in the vault. */
#include "actions/act.h"
#include "actions/bone_use.h"
#include "actions/form_review.h"
#include "actions/image_read.h"
#include "actions/rule_results.h"
#include "actions/second_check.h"
#include "actions/source_verification.h"
#include "model/schedule.h"
#include "store/heads.h"
#include "store/reads.h"

struct form_value {
    struct stored_value stored;
    struct text by_name; /* sign-in name; absent for the program */
};

struct form_rows {
    struct text group;
    const int64_t *rows;
    size_t row_count;
};

struct form_query {
    struct stored_query stored;
    const struct form_value *values; /* of a conflict: every head */
    size_t value_count;
};

/* A deviation that the program opened because of an answer of this form. */
struct form_deviation {
    struct stored_deviation stored;
    struct label message; /* of its check */
};

struct form_view {
    struct participant *participant;
    struct form_key key;
    const struct design *design; /* the version the form is kept under */
    const struct form *form;
    struct form_value *values;
    size_t value_count;
    struct rule_place *hidden; /* conditional items whose condition does not hold */
    size_t hidden_count;
    struct form_rows *rows; /* of the repeating groups */
    size_t row_group_count;
    struct rule_finding *findings;
    size_t finding_count;
    struct form_query *queries; /* all of them, oldest first */
    size_t query_count;
    struct form_deviation *deviations;
    size_t deviation_count;
    struct second_check_list second_checks; /* that wait */
    struct form_review review;
    struct form_verification verification;
    bool may_edit, may_history, may_vault_view, may_break_glass, may_vault_edit;
    bool may_query;           /* raise one */
    bool may_read;            /* enter readings of an image */
    struct image_reads reads; /* what of them is sealed */
    struct text
        *closed; /* items that the caller may not enter, though others of the form */
    size_t closed_count;
    const struct label *duty; /* why, when it is for what he did before; else NULL */
    int64_t answered, expected;
    bool
        has_due; /* the design gives the form a time, and what it counts from is known */
    struct event_due due;
};

/* An instance that has no values yet gives an empty view when the event and the form
 * exist and the number is the next one. */
MUST_USE bool form_view_read(struct study *study, const struct caller *caller,
                             const struct form_key *key, struct arena *arena,
                             struct form_view **out, struct error *err);

struct casebook {
    struct participant *participant;
    const struct design *design;  /* that the participant is under */
    struct participant *attached; /* the provisional record joined to it, or NULL */
    struct form_state *forms;     /* `key.participant` tells whose */
    size_t form_count;
    struct second_check_list second_checks; /* that wait, on these forms */
    struct schedule schedule;
    struct form_review review;                /* of the casebook as a whole */
    struct signatures *signatures;            /* by form */
    struct verification_count *verifications; /* by form */
    bool is_sampled;                          /* verified as a whole */
    bool may_verify;
    int64_t seen;             /* the last event that changed an answer of it */
    struct bone_use bone_use; /* of the provisional record */
};
MUST_USE bool casebook_read(struct study *study, const struct caller *caller,
                            int64_t participant, struct arena *arena,
                            struct casebook **out, struct error *err);

#endif

#ifndef OSTEON_STORE_REVIEW_H
#define OSTEON_STORE_REVIEW_H
/* Signatures, source verification, freezing and locking: what their events say, and
 * questions to their projections.
 *
 * A signature and a verification are about versions of answers: when an answer changes
 * later they fall by that, and no event says so. Results live in `arena`.
 */
#include "store/reads.h"

/* Where an item stands in a form instance. */
struct item_place {
    struct text item; /* OID */
    int64_t row;
};

/* A form instance as it was signed. */
struct signed_form {
    struct form_key key; /* its participant may be an attached provisional one */
    struct text design_version;
    const struct item_place *hidden; /* answers that the rules kept from view */
    size_t hidden_count;
    int64_t
        row; /* of the repeating section, which alone was signed; 0: all of the form */
};

/* SIGNED: by the user of the event. `content` is the SHA-256 of what was shown, as
 * model/signature_content.h writes it. */
struct signed_record {
    bool is_casebook;    /* else of its one form */
    struct text meaning; /* "FORM_REVIEWED" */
    struct text language;
    struct hash content;
    const struct signed_form *forms;
    size_t form_count;
};

/* SOURCE_VERIFIED, SOURCE_VERIFICATION_WITHDRAWN: answers of one form instance. */
struct verified_item {
    struct text item;
    int64_t row;
    struct version version; /* of the answer; nothing when withdrawn */
};
struct source_verified {
    struct form_key key;
    const struct verified_item *items;
    size_t item_count;
    struct text reason; /* of a withdrawal */
};

/* FROZEN, UNFROZEN, LOCK_PROPOSED, LOCKED, UNLOCKED: of a form instance; of all of a
 * participant (no form); of the data base (the event has no participant). */
struct lock_changed {
    bool has_form;
    struct form_key key;
    bool is_unlock;     /* LOCK_PROPOSED: of an unlocking */
    int64_t first_user; /* LOCKED, UNLOCKED: who proposed it */
    struct text reason; /* absent where none is asked */
    struct text name;   /* LOCK_PROPOSED: of the data cut, for the data base */
};

/* DATABASE_LOCKED: the cut is the event before this one. */
struct database_locked {
    struct text name;
    int64_t at_seq;
    struct hash head;
    int64_t first_user;
};

/* IMAGE_ASSIGNED: the image task of a form is given to a person by name, to read or to
 * adjudicate. It is not taken back: whoever could have seen the image has. */
struct image_assigned {
    struct form_key key;
    int64_t user;
    bool is_adjudicator;
};

/* DEVIATION_ASSESSED: a deviation (F.PD) as of `of_seq`. */
struct deviation_assessed {
    struct form_key key;
    int64_t of_seq;
    struct text severity;    /* code of PDSEV */
    struct text report;      /* "to_report": to the ethics committee */
    struct text reported_on; /* a day; may be absent */
    struct text note;        /* may be absent */
};

/* -- questions --------------------------------------------------------------------- */

struct stored_signature {
    int64_t seq;
    int64_t form; /* form_state.id; 0: the casebook */
    struct text meaning, language;
    struct hash content;
    int64_t user, at;
    int64_t changed; /* the last event that changed an answer that it covers */
    int64_t row;     /* it covers this row alone; 0: all of the form */
};
/* Newest first; `form` -1: of all forms and of the casebook. `changed` knows the
 * participant's own forms only. */
MUST_USE bool signature_list(struct db *db, int64_t participant, int64_t form,
                             struct arena *arena, struct stored_signature **out,
                             size_t *count, struct error *err);
/* All of the study that no later change of the own forms has made void, oldest first. */
MUST_USE bool signature_standing(struct db *db, struct arena *arena,
                                 struct stored_signature **out, size_t *count,
                                 struct error *err);
/* The last event that changed an answer of the participant; 0: none. */
MUST_USE bool participant_changed(struct db *db, int64_t participant, int64_t *seq,
                                  struct error *err);
/* What the event said; NULL: it cannot be read any more. */
MUST_USE bool signature_read(struct db *db, int64_t seq, struct arena *arena,
                             const struct signed_record **out, int64_t *participant,
                             struct error *err);

struct image_task {
    int64_t form; /* form_state.id */
    int64_t participant, user, seq;
    bool is_adjudicator;
};
/* Of a form (else 0), of a user (else 0), as they were given. */
MUST_USE bool image_tasks(struct db *db, int64_t form, int64_t user,
                          struct arena *arena, struct image_task **out, size_t *count,
                          struct error *err);
/* The latest assessment of a deviation. */
struct stored_deviation_assessment {
    int64_t seq; /* 0: there is none */
    int64_t of_seq, user, assessed_at;
    struct text severity, report;
    struct text reported_on, note; /* may be absent */
};
MUST_USE bool deviation_assessment_find(struct db *db, int64_t form,
                                        struct arena *arena,
                                        struct stored_deviation_assessment *out,
                                        struct error *err);
/* What was decided about grades of a participant's laboratory results, oldest first. */
struct stored_grade_decision {
    int64_t form; /* form_state.id, of the result */
    struct text term, item;
    int64_t of_seq, grade, event; /* as in grade_decided */
};
MUST_USE bool grade_decisions(struct db *db, int64_t participant, struct arena *arena,
                              struct stored_grade_decision **out, size_t *count,
                              struct error *err);
/* An answer, and its latest source verification: of this version of it, or of an earlier
 * one, and then it has fallen. */
struct answer_verification {
    int64_t form; /* form_state.id */
    struct text item;
    int64_t row;
    bool is_in_vault;
    enum value_source source;
    struct version version;
    int64_t by, corrected_time;
    int64_t seq; /* of the verification; 0: there is none */
    struct version verified;
    int64_t verified_by, verified_at;
};
/* All answers of a participant, or of one form instance (`form` 0: of all). */
MUST_USE bool answer_verifications(struct db *db, int64_t participant, int64_t form,
                                   struct arena *arena,
                                   struct answer_verification **out, size_t *count,
                                   struct error *err);

enum lock_state { LOCK_OPEN, LOCK_FROZEN, LOCK_LOCKED };
enum lock_proposal { LOCK_NOT_PROPOSED, LOCK_LOCK_PROPOSED, LOCK_UNLOCK_PROPOSED };
struct record_lock {
    int64_t participant, form; /* 0: the data base; 0: all of the participant */
    enum lock_state state;
    int64_t seq, user, first_user, at;
    struct text reason, name; /* name: of the data cut */
    int64_t cut;              /* its event */
    enum lock_proposal proposal;
    int64_t proposed_by, proposed_at;
    struct text proposed_name;
};
/* Of the data base, of the participant, and of its forms: those that there are. */
MUST_USE bool lock_list(struct db *db, int64_t participant, struct arena *arena,
                        struct record_lock **out, size_t *count, struct error *err);
/* What holds a form instance (`form` 0: one that is new), the widest first; NULL: it is
 * open. */
MUST_USE bool lock_find(struct db *db, int64_t participant, int64_t form,
                        struct arena *arena, struct record_lock **out,
                        struct error *err);

#endif

#ifndef OSTEON_ACTIONS_SIGNATURE_PARTS_H
#define OSTEON_ACTIONS_SIGNATURE_PARTS_H
/* How what is signed is read, and what stands in the way; for the files of this floor
 * only. */
#include "actions/rule_results.h"
#include "actions/signature.h"

/* Where what is signed is read, and its designs: those of the open study, or, for verify,
 * those that the log has. */
struct signature_reader {
    struct db *db;
    struct arena *arena;
    bool (*design)(void *data, struct text version, const struct design **out,
                   struct error *err);
    void *data;
};
/* What of a form instance is signed: all of it, or one row; and what was kept from view. */
struct signature_places {
    const struct item_place *hidden;
    size_t hidden_count;
    int64_t row;
};
/* A form instance as it stands. */
MUST_USE bool signature_form(const struct signature_reader *reader,
                             const struct form_state *state,
                             const struct signature_places *places,
                             struct shown_form *out, struct error *err);
/* SHA-256 of the canonical text. */
MUST_USE bool signature_content_hash(const struct signature_content *content,
                                     struct arena *arena, struct hash *out,
                                     struct error *err);

/* What is to be signed by the caller: a form, or all forms of a participant and of the
 * provisional record that is attached to it. */
struct signing {
    struct study *study;
    struct db *db;
    struct arena *arena;
    const struct caller *caller;
    const struct participant *participant;
    const struct form_state *forms;
    size_t form_count;
    bool is_casebook, is_chinese;
    enum signature_meaning meaning;
    int64_t
        row; /* of a meaning of one row: the caller's own, by signing_read; else 0 */

    struct signed_form *signed_forms; /* filled in by signing_read, in their order */
    struct hash content;
    bool stands[SIGNATURE_OBSTACLES];
};
/* The meaning that this caller can give; false: none. An adjudication is told from a reading
 * by signing_read. */
bool signing_meaning(const struct caller *caller, const struct participant *participant,
                     bool is_casebook, struct text form, enum signature_meaning *out);
MUST_USE bool signing_read(struct signing *signing, struct error *err);

/* All forms of the participant and of an attached provisional record. */
MUST_USE bool signing_casebook_forms(struct db *db, const struct participant *whose,
                                     struct arena *arena, struct form_state **out,
                                     size_t *count, struct error *err);

/* What the caller would sign there. */
MUST_USE bool signature_offer_of(struct signing *signing, struct signature_offer *out,
                                 struct error *err);
/* Those of a form instance, or of the casebook alone (`form` NULL), newest first: all that
 * stand, and the last one that fell when none stands. */
MUST_USE bool signatures_of(struct db *db, const struct participant *participant,
                            const struct form_state *form, struct arena *arena,
                            struct signatures *out, struct error *err);

#endif

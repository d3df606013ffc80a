#ifndef OSTEON_STORE_REGISTER_H
#define OSTEON_STORE_REGISTER_H
/* Registers beside the forms (specification 8.4), and who is verified: what their events
 * say, and questions to their projections.
 *
 * A line is never deleted. It is added, agreed to by the person who has to, corrected with
 * a reason, and ended with a reason; each is a step, and a line is the sum of its steps.
 * Results live in `arena`.
 */
#include "store/reads.h"

/* One field of a line, as a person wrote it. */
struct register_entry {
    struct text field; /* "IN_FORCE" */
    struct text value; /* empty: taken out by a correction */
};

/* REGISTER_LINE_ADDED, _AGREED, _CORRECTED, _ENDED */
struct register_step {
    int64_t line;        /* the event that added it; 0 in that event */
    struct text name;    /* of the register: "DELEG" */
    struct text site;    /* absent: of the study */
    int64_t person;      /* a line about a user; 0: about nobody */
    struct text reason;  /* of a correction and of an end */
    struct text ends_on; /* of an end: a date or a moment */
    const struct register_entry *entries;
    size_t entry_count;
};

struct register_moment {
    int64_t seq; /* 0: it did not happen */
    int64_t user;
    int64_t at;
};

enum register_change {
    REGISTER_ADDED,
    REGISTER_AGREED,
    REGISTER_CORRECTED,
    REGISTER_ENDED
};

/* One step as it happened. */
struct stored_register_step {
    struct register_moment moment;
    enum register_change change;
    struct text reason, ends_on;
    const struct register_entry *entries;
    size_t entry_count;
};

struct register_line {
    int64_t id;
    struct text site; /* absent: of the study */
    int64_t person;
    struct register_moment added, agreed, ended;
    struct text end_reason, ends_on;
    const struct register_entry *entries; /* as they are now */
    size_t entry_count;
    const struct stored_register_step *steps; /* oldest first */
    size_t step_count;
};

/* All lines of a register, oldest first: registers are as long as a study has staff,
 * lots and consent forms. */
MUST_USE bool register_lines(struct db *db, struct text name, struct arena *arena,
                             struct register_line **out, size_t *count,
                             struct error *err);
/* The event of the latest step of any of its lines; 0: there is none. */
MUST_USE bool register_latest(struct db *db, struct text name, int64_t *out,
                              struct error *err);
/* "" when the line does not say. */
struct text register_value(const struct register_line *line, const char *field);

/* How many forms name a lot: each site and lot once. No rows: nobody has named one. */
struct lot_used {
    struct text site, lot;
    int64_t count;
};
MUST_USE bool lots_used(struct db *db, struct text form, struct text item,
                        struct arena *arena, struct lot_used **out, size_t *count,
                        struct error *err);

/* IDENTITY_VERIFIED: before the first use of an account somebody has verified who the
 * person is, and the person has certified that the electronic signature is meant as the
 * equivalent of the handwritten one (21 CFR 11.100(b), (c)). By the user of the event. */
struct identity_verified {
    int64_t user;
    struct text how; /* "identity card seen, hospital's letter of 2026-11-02" */
    struct text certified_on;
};
struct stored_identity {
    struct register_moment verified; /* seq 0: not yet */
    struct text how, certified_on;
};
MUST_USE bool identity_of(struct db *db, int64_t user, struct arena *arena,
                          struct stored_identity *out, struct error *err);

#endif

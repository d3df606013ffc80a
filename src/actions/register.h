#ifndef OSTEON_ACTIONS_REGISTER_H
#define OSTEON_ACTIONS_REGISTER_H
/* Registers beside the forms (specification 8.4): the delegation log, consent-form
 * versions, configuration changes, device lots. One mechanism: which fields a register has
 * is said by the study's design, who keeps it and what a line needs by the table in
 * register_kind.c. A line is added, agreed to where that is needed, corrected with a
 * reason, ended with a reason; nothing of it is ever lost.
 *
 * Agreement is to what the line says: a correction asks for it again.
 */
#include "actions/act.h"
#include "model/design.h"
#include "store/register.h"

enum register_agreement {
    REGISTER_AGREES_NOBODY,
    REGISTER_AGREES_PERSON, /* whom the line is about */
    REGISTER_AGREES_SECOND  /* another person of the two roles of the permission */
};

struct register_kind {
    const char *name; /* as the design declares it */
    enum permission permission;
    bool is_of_site;
    enum register_agreement agreement;
    const char *by_program; /* fields that no person fills in, between spaces */
    const char *required;
};
/* NULL: there is no such register, or the design does not declare it. */
const struct register_kind *register_kind_of(const struct design *design,
                                             struct text name);
const struct study_register *register_fields(const struct design *design,
                                             struct text name);
bool register_field_is_by_program(const struct register_kind *kind, struct text field);
bool register_field_is_required(const struct register_kind *kind, struct text field);
/* The codes that a field takes, between spaces; NULL: no list. */
const char *register_field_choices(const struct register_kind *kind, struct text field);

/* Is it one of the roles that act at a site by the delegation log? */
bool register_role_is_delegated(enum role role);

/* What a line is at an instant. */
enum register_state {
    REGISTER_WAITING, /* for the person who has to agree */
    REGISTER_LATER,   /* from a moment to come */
    REGISTER_IN_FORCE,
    REGISTER_OVER
};
const char *register_state_name(enum register_state state);
enum register_state register_state_at(const struct design *design,
                                      const struct register_kind *kind,
                                      const struct register_line *line, int64_t now);
/* The first instant of a field that is a moment, at the line's site. False: it is empty. */
bool register_instant(const struct design *design, const struct register_line *line,
                      struct text moment, int64_t *out);
bool register_line_needs_agreement(const struct register_kind *kind,
                                   const struct register_line *line);

/* --- acts ----------------------------------------------------------------------------- */

struct register_add {
    struct act act;
    struct text name, site;
    struct text person; /* name of the user whom it is about; absent: nobody */
    struct text
        document; /* a principal investigator's line: the sponsor's appointment */
    const struct register_entry *entries;
    size_t entry_count;

    int64_t line; /* result */
};
MUST_USE bool register_add(struct act *act, struct txn *txn, struct error *err);

/* Agreeing is a signature: by an account whose identity is verified, with the password once
 * more, the name too at the first signing of a sign-in, and the second factor where one is
 * set. In the three parts of sign_in.h. ERROR_CHANGED: the line has changed since it was
 * seen. */
struct register_agree {
    struct act act;
    struct text name;
    int64_t line;
    int64_t seen; /* the event of the line's latest step that was seen */
    struct text signer, password, totp;
    bool is_proven; /* by whoever calls: the demo's people have no passwords */
    int64_t retry_after;

    struct text expected; /* between the parts */
    bool is_password_right;
    bool needs_totp; /* result, with ERROR_REFUSED */
};
MUST_USE bool register_agree_begin(struct register_agree *verb, struct error *err);
void register_agree_hash(struct register_agree *verb);
MUST_USE bool register_agree(struct act *act, struct txn *txn, struct error *err);

/* Correcting, ending. */
struct register_change_line {
    struct act act;
    struct text name;
    int64_t line;
    struct text reason;  /* of a correction and of an end */
    struct text ends_on; /* of an end: from then on it is not in force */
    const struct register_entry *entries; /* of a correction: what is different */
    size_t entry_count;
};
MUST_USE bool register_correct(struct act *act, struct txn *txn, struct error *err);
MUST_USE bool register_end(struct act *act, struct txn *txn, struct error *err);

/* The event of a line's latest step. */
int64_t register_line_latest(const struct register_line *line);

/* --- reading -------------------------------------------------------------------------- */

struct register_shown {
    const struct register_line *line;
    enum register_state state;
    const struct user *person; /* NULL: about nobody */
    const struct user **by;    /* of the line's steps; NULL: the program */
    bool may_agree, may_change;
    bool is_counted; /* a lot of needles: how many the forms say were used */
    int64_t used;
};
/* A site, and whether the delegation log is kept there. */
struct register_site {
    struct text site;
    bool is_kept;
};
struct register_list {
    const struct register_kind *kind;
    const struct user *staff; /* of the delegation log, for who may add to it */
    size_t staff_count;
    struct register_site *sites; /* of the delegation log */
    size_t site_count;
    const struct study_register *fields;
    struct register_shown *lines; /* newest first */
    size_t count;
    bool may_add;
    bool needs_name, needs_totp; /* of an agreement by the caller */
};
/* For everybody who is signed in: it says nothing of a participant. ERROR_NOT_FOUND. */
MUST_USE bool register_read(struct study *study, const struct caller *caller,
                            struct text name, struct arena *arena,
                            struct register_list *out, struct error *err);

/* Counts what the forms say of lots: register_lots.c; for register_read. */
MUST_USE bool register_count_used(struct db *db, const struct design *design,
                                  struct register_shown *lines, size_t count,
                                  struct arena *arena, struct error *err);

#endif

#ifndef OSTEON_ACTIONS_AMENDMENT_H
#define OSTEON_ACTIONS_AMENDMENT_H
/* Amendments: a new version of the study's design. One person proposes it, a second one
 * publishes it ('publish design version': a data manager and the principal investigator,
 * in either order), and participants are moved to it from an event on. What is begun
 * keeps the version that it was begun under.
 *
 * Reading and compiling a design takes a good part of a second, for which no save must
 * wait: `prepare` does it on the caller's thread, before the act is run.
 */
#include "actions/act.h"
#include "model/design.h"
#include "store/amendment.h"

/* Proposes it. ERROR_REFUSED: it is of another study, has the version of one that is there,
 * or does not compile (with its place); the approval has a number without its date. */
struct design_propose {
    struct act act;
    struct text xml;         /* ODM 2.0 */
    struct text reason;      /* what it changes and why */
    struct text approval;    /* of the ethics committee; absent: it needs none */
    struct text approved_on; /* a date, with `approval` */
    bool needs_consent;      /* participants have to consent again */

    struct text version; /* by prepare */
    int64_t proposal;    /* result: its number */
};
MUST_USE bool design_propose_prepare(struct design_propose *verb, struct error *err);
MUST_USE bool design_propose(struct act *act, struct txn *txn, struct error *err);

/* Publishes it: from then on it is in force. ERROR_NOT_ALLOWED: the same person, or not
 * the other role; ERROR_CHANGED: it was decided meanwhile. */
struct design_slot;
struct design_publish {
    struct act act;
    int64_t proposal;

    struct design_slot *slot; /* by prepare; let go by design_publish_end */
    struct text version;
};
MUST_USE bool design_publish_prepare(struct design_publish *verb, struct error *err);
MUST_USE bool design_publish(struct act *act, struct txn *txn, struct error *err);
/* After the act, whatever its outcome. */
void design_publish_end(struct design_publish *verb);

/* Takes a proposal back, by any person who may publish. */
struct design_withdraw {
    struct act act;
    int64_t proposal;
    struct text reason;
};
MUST_USE bool design_withdraw(struct act *act, struct txn *txn, struct error *err);

/* Moves participants: forms of `event` and of the events behind it that are not begun yet
 * begin under `version`. All of them or none; one who is there already is passed over. */
enum { MOVES_MOST = 1000 };
struct participants_move {
    struct act act;
    struct text version, event, reason;
    const int64_t *participants;
    size_t count;

    size_t moved; /* result */
};
MUST_USE bool participants_move(struct act *act, struct txn *txn, struct error *err);

/* All versions and proposals, and who did what: for everybody who is signed in. */
struct amendment_person {
    int64_t id; /* 0: the program */
    struct text name, full_name;
};
struct design_history {
    const struct stored_version *versions; /* oldest first */
    size_t version_count;
    const struct stored_proposal *proposals;
    size_t proposal_count;
    const struct amendment_person *publishers; /* of `versions` */
    const struct amendment_person *proposers;  /* of `proposals` */
    const struct amendment_person *deciders;   /* of `proposals` */
    const bool *may_publish;                   /* may the caller: of `proposals` */
    /* Of `versions`: how many stand under it as a whole. NULL while there is one. */
    const int64_t *participants;
};
MUST_USE bool design_history_read(struct study *study, const struct caller *caller,
                                  struct arena *arena, struct design_history *out,
                                  struct error *err);

/* What a proposal changes: against the version in force, or against the one before it when
 * it was published. In `arena`, which has to have the room of a design. Who may publish a
 * design may look. */
struct design_diff;
MUST_USE bool design_changes_read(struct study *study, const struct caller *caller,
                                  int64_t proposal, struct arena *arena,
                                  struct design_diff *out, struct error *err);

#endif

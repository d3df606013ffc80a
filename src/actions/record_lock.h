#ifndef OSTEON_ACTIONS_RECORD_LOCK_H
#define OSTEON_ACTIONS_RECORD_LOCK_H
/* Freezing and locking: of a form, of all forms of a participant, of the data base.
 *
 * What is frozen nobody changes until it is unfrozen; one person decides. Locking and
 * unlocking take two different people, a data manager and a principal investigator: the
 * first call proposes, the second confirms. Nothing is locked while a query stands open, a
 * second check waits, required items miss, it is not signed (21 CFR 11.10(f)), or what the
 * plan of source verification wants is not verified. The lock
 * of the data base has a name and names the data cut: the number and hash of the event
 * before it.
 */
#include "actions/act.h"
#include "store/review.h"

enum record_scope { RECORD_FORM, RECORD_PARTICIPANT, RECORD_DATABASE };

/* ERROR_LOCKED says who froze or locked it, since when, and what to do. `form` 0: one that
 * is new. Of a participant, and (0) of the data base alone. */
MUST_USE bool record_open_check(struct db *db, int64_t participant, int64_t form,
                                struct arena *arena, struct error *err);

/* 'freeze', 'unfreeze': the latter with a reason. */
struct record_freeze {
    struct act act;
    struct form_key key;
    enum record_scope scope; /* a form, or all of `key.participant` */
    bool is_unfreezing;
    struct text reason;
};
MUST_USE bool record_freeze(struct act *act, struct txn *txn, struct error *err);

/* 'lock', 'unlock', 'sign database lock': the two persons. Unlocking needs a reason. */
struct record_lock_change {
    struct act act;
    struct form_key key;
    enum record_scope scope;
    bool is_unlocking;
    struct text reason;
    struct text name; /* of the data cut: a lock of the data base */

    bool is_done; /* result; else it is proposed, and waits for the second person */
};
MUST_USE bool record_lock_change(struct act *act, struct txn *txn, struct error *err);

/* As it is shown: what holds, or is proposed. */
struct lock_shown {
    struct record_lock lock;
    struct text by_name, by_full_name, first_name, proposed_name;
};
struct lock_view {
    struct lock_shown *at; /* the data base's, the participant's, the form's */
    size_t count;
    bool is_held; /* one of them is frozen or locked */
    bool may_freeze, may_unfreeze, may_lock, may_unlock;
};
/* `form` 0: of all of the participant alone; -1: with those of all its forms. */
MUST_USE bool lock_view_read(struct db *db, const struct caller *caller,
                             const struct participant *participant, int64_t form,
                             struct arena *arena, struct lock_view *out,
                             struct error *err);
/* Of the data base. */
MUST_USE bool database_lock_read(struct study *study, const struct caller *caller,
                                 struct arena *arena, struct lock_view *out,
                                 struct error *err);

#endif

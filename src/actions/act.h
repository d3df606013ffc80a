#ifndef OSTEON_ACTIONS_ACT_H
#define OSTEON_ACTIONS_ACT_H
/* One run of a verb that writes. The verb is a struct, its first member an act, and a
 * function of the same name that decides inside the writer's transaction: it reads and
 * decides first and writes last.
 *
 *     struct participant_add verb = {.act = act_of(study, caller, arena, participant_add),
 *                                    .site = TEXT("01"), .is_provisional = true};
 *     if (!act_run(&verb.act, err)) return false;    // or act_submit, and be woken
 *     use(verb.participant);
 *
 * `outcome` says how it went: ERROR_NONE means done and on disk. A verb that is refused
 * writes nothing, except what the log must know of a refusal (ACCESS_REFUSED,
 * SIGN_IN_FAILED, ENROLMENT_REFUSED); those are on disk too when the outcome is told.
 * `decide` may be run again from its beginning (store.h): what it changes outside the
 * transaction waits for `after`.
 * Results live in `arena`, which belongs to the writer's thread until then.
 */
#include "actions/caller.h"
#include "store/store.h"
#include "store/txn.h"

struct act {
    struct study *study;
    const struct caller *caller; /* NULL only for the sign-in verbs */
    struct arena *arena;
    const struct clock *clock; /* NULL; the simulated time while a demo is filled */
    bool (*decide)(struct act *act, struct txn *txn, struct error *err);

    /* Called once, on the writer's thread, when `outcome` stands: must be short. NULL when
     * the act is waited for with act_run. */
    void (*finished)(void *waiter, struct act *act);
    void *waiter;

    struct error outcome;
    bool is_refusal_logged; /* set by a verb that has put its own refusal on the log */
    int64_t participant;    /* of a refusal, for the log; set by the verb; 0: none */
    struct unit unit;
    /* The verb's own, once on disk and before `finished`: done, or refused and logged. */
    void (*after)(struct act *act);
    void (*after_refusal)(struct act *act);
};

struct act act_of(struct study *study, const struct caller *caller, struct arena *arena,
                  bool (*decide)(struct act *, struct txn *, struct error *));

/* Queues the act; `finished` follows, also after ERROR_NOT_CONFIRMED. False: ERROR_BUSY,
 * nothing was queued and `finished` is not called. */
MUST_USE bool act_submit(struct act *act, struct error *err);

/* Queues, waits, and returns the outcome: for commands and tests. */
MUST_USE bool act_run(struct act *act, struct error *err);

#endif

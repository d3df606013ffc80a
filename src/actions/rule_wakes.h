#ifndef OSTEON_ACTIONS_RULE_WAKES_H
#define OSTEON_ACTIONS_RULE_WAKES_H
/* Rules about time: "no adverse-event record within 24 h" says something else although
 * nobody saves. A save that finds a moment at which a rule of a form instance can change
 * puts it on the log (WAKE_SET) when it is earlier than the one that is known; at the
 * moment the rules of that instance run again, and what they change is written as after a
 * save (form_follow.c), by the program. Then the moment is set anew, so that none comes
 * twice. A known moment may come too early, never too late.
 */
#include "actions/act.h"

/* Runs the rules of one participant that are due. Nothing is due: does nothing. */
struct rules_wake {
    struct act act;
    int64_t participant; /* whose form instances wait (store/wakes.h) */
    bool is_whole;       /* all rules on all forms, due or not: after an import */
};
bool rules_wake(struct act *act, struct txn *txn, struct error *err);

/* All rules on one participant, by the program. False: not now, try again. What would fail
 * again, a lock above all, is said in the server's log and passed over: the next save of the
 * participant runs the rules. `why`: "what was imported". */
MUST_USE bool rules_wake_whole(struct study *study, int64_t participant,
                               const char *why, struct error *err);

/* All that is due now, participant by participant, each in its own unit. `*out`: how many
 * participants; those that fail are in the server's log, and tried again the next time. */
MUST_USE bool rules_wake_due(struct study *study, size_t *out, struct error *err);

/* Every second, on a thread of its own, as long as the study is served. */
struct waker;
MUST_USE bool waker_start(struct study *study, struct arena *process,
                          struct waker **out, struct error *err);
void waker_stop(struct waker *waker);

#endif

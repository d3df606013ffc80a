#ifndef OSTEON_ACTIONS_TODAY_H
#define OSTEON_ACTIONS_TODAY_H
/* The needles that are in, and what waits at each bed: checks of limb and site, vital signs,
 * flow tests, the flush after lidocaine, the removal. It is read from the answers at each
 * look, by the study's schedule and rules, and nothing of it is kept. What a time means by
 * now (next, due, late) is for the reader, whose clock goes on: a task says when it may
 * begin, when it is due, and from when it is late.
 */
#include "actions/caller.h"
#include "actions/study.h"
#include "actions/world.h"

/* The names stand in the API. */
#define TODAY_KIND_TABLE(X)                                                            \
    X(VITALS) X(SITE_CHECK) X(FLOW_TEST) X(FLUSH) X(REMOVAL) X(EXCEPTION) X(LIMIT)

enum today_kind {
#define X(name) TODAY_##name,
    TODAY_KIND_TABLE(X)
#undef X
};
struct text today_kind_name(enum today_kind kind); /* "SITE_CHECK" */

struct today_task {
    enum today_kind kind;
    struct form_key key;    /* where it is entered */
    int64_t row;            /* of a dose; 0: none */
    struct label timepoint; /* "15 min"; empty where the time is not of the schedule */
    int64_t opens_at, due_at, late_at;
};

struct today_needle {
    int64_t participant;
    struct text number, site,
        bed;           /* bed: of a provisional participant, may be absent */
    int64_t insertion; /* IOSEQ */
    struct form_key insertion_key, removal_key;
    struct label place; /* the bone; may be empty */
    int64_t since;      /* the puncture that succeeded: dwell counts from it */
    int64_t target_at, limit_at;
    struct decimal lidocaine_mg; /* of all doses of the last 24 h, by whatever route */
    int64_t excepted_until;      /* a second physician lets it stay; 0: nobody has */
    struct today_task *tasks;
    size_t task_count;
};

struct today {
    struct today_needle *at; /* the one that is in longest first */
    size_t count;
    int64_t now;
};

/* Of everybody whose casebook the caller may see ('view casebook'); of one participant when
 * `participant` is not 0. */
MUST_USE bool today_read(struct study *study, const struct caller *caller,
                         int64_t participant, struct arena *arena, struct today *out,
                         struct error *err);

#endif

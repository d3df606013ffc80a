#ifndef OSTEON_ACTIONS_OVERVIEW_H
#define OSTEON_ACTIONS_OVERVIEW_H
/* A running study at a glance: who is in it, what came out so far, what is to be done.
 *
 * Computed from the current values of the participants of the sites where the caller may
 * 'view aggregate overview'. Participants are named only where the caller may 'view
 * casebook' too. The study has one arm: there is nothing to keep blind; imaging reads are
 * not in it.
 *
 * What was read of a participant is kept until an event of the log concerns it, so that a
 * look costs what has changed since the last one. One look reads at most
 * OVERVIEW_AT_ONCE participants; in a large folder `read` stays behind `of` for some looks
 * after a start, and the figures are those of whom was read.
 *
 * Definitions: the protocol's specification, section 5, by the endpoints' numbers: E1, E2,
 * E3, E4 (flow capacity), E6, E9, E10, E11, E12 (as proportions), E13.
 */
#include "actions/caller.h"
#include "actions/study.h"
#include "stats/proportion.h"
#include "stats/summary.h"
#include "stats/survival.h"

enum { OVERVIEW_AT_ONCE = 200, OVERVIEW_NAMED = 5, OVERVIEW_POINTS = 400 };

/* A participant, named for who may know. */
struct overview_person {
    int64_t id;
    struct text number, bed;         /* absent: not for this caller */
    int64_t at;                      /* when it was or is due; 0: no time */
    const struct study_event *event; /* that is due, or NULL */
};

enum overview_need {
    NEED_SAFETY_LATE, /* a report of a serious event whose time is over */
    NEED_SAFETY,      /* one whose time runs */
    NEED_OUT,         /* a needle beyond the limit */
    NEED_JUSTIFY,     /* a needle beyond the target, without a written exception */
    NEED_DECIDE,      /* a needle near the target */
    NEED_ATTACH,      /* a provisional record that is attached to nobody */
    NEED_CONSENT,     /* a consent that was deferred */
    NEED_QUERIES,     /* open queries */
    NEED_OVERDUE,     /* forms of visits that are begun whose window is over */
    NEED_MISSED,      /* visits whose window is over, with nothing begun */
    NEED_DUE,         /* visits whose window is open */
    NEED_COUNT
};

struct overview_attention {
    size_t count;                                 /* queries, needles, visits … */
    size_t participants;                          /* that have them */
    struct overview_person named[OVERVIEW_NAMED]; /* the most pressing first */
    size_t named_count;
};

struct overview_enrolment {
    size_t enrolled, target;  /* target 0: the design has none */
    const int64_t *times;     /* rising; at most OVERVIEW_POINTS, see `every` */
    size_t time_count, every; /* each point stands for so many */
    int64_t first, last;      /* the registered start and end; 0: not known */
    int32_t offset_minutes;   /* where these are midnight */
    int64_t follow_up;        /* last enrolment that can still be followed to the end */
    struct estimate per_month; /* since the start */
    struct estimate planned;   /* a month, to reach the target by the end */
    struct estimate expected;  /* by now, at the planned pace */
    struct estimate projected; /* instant of the target at this pace: a projection */
    struct estimate needed; /* a month from now, to reach the target by `follow_up` */
};

struct overview_screening {
    size_t screened, eligible, not_eligible, undecided;
    size_t consented, deferred, missed, declined, no_need, died;
    size_t enrolled, placed,
        failed; /* of the enrolled: a needle, none in spite of a puncture */
    size_t known, not_yet, unknown; /* of the enrolled: vital status at day 28 */
};

struct overview_proportion {
    size_t events, total, missing; /* missing: counted as no event */
    size_t left_out;               /* not known, and not in `total` */
    struct proportion found;
};

struct overview_survival {
    struct survival_curve *curve; /* days from enrolment, to day 90 */
    struct survival_at at[5];     /* see overview_days */
    const struct overview_step *steps;
    size_t step_count;
};
struct overview_step {
    double day;
    struct survival_at at;
};
extern const double overview_days[5]; /* 0, 7, 28, 60, 90 */
enum { OVERVIEW_DAY_28 = 2 };

struct overview_access {
    const double *minutes; /* rising; at most OVERVIEW_POINTS, evenly from all */
    size_t minute_count;
    size_t total, missing; /* in all: with a puncture; the start is not known */
    const double *never;   /* minutes until the last attempt ended, without access */
    size_t never_count;
    struct estimate median, low, high; /* quartiles, of those with access */
};

/* Flow of the needle itself, mL/min: timed tests through an open clamp (E4). */
enum overview_flow_mode { FLOW_GRAVITY, FLOW_PRESSURE_BAG, FLOW_MODE_COUNT };
struct overview_flow {
    const struct code *mode; /* NULL: nobody was tested so */
    size_t tests, participants;
    struct estimate median, low, high; /* quartiles, of the tests */
};

/* The registry record names five harms (E12). */
enum { OVERVIEW_HARMS = 5 };
struct overview_harm {
    const struct code *term;
    size_t participants;
};

struct overview_needle {
    struct overview_person person; /* `at`: the puncture that succeeded */
    const struct code *place;      /* NULL: not told */
    bool is_justified; /* a reason to leave it, signed by a second physician */
};

struct overview_cell {
    const struct study_event *event;
    const struct form *form;
    size_t forms, answered, expected;
};

struct overview {
    int64_t now, seq; /* the time, and the last event of the log that is in it */
    size_t read, of;  /* participants */
    bool is_of_all_sites;
    bool has_insertions; /* the design has the forms that these need */
    struct overview_enrolment enrolment;
    struct overview_screening screening;
    struct overview_proportion first_attempt, two_attempts, removed_in_time;
    struct overview_proportion recovery, stable_delivery, efficacy, any_harm;
    struct overview_harm harms[OVERVIEW_HARMS]; /* term NULL: nobody has it */
    struct overview_flow flows[FLOW_MODE_COUNT];
    struct overview_survival survival;
    struct overview_access access;
    const struct overview_needle *needles;
    size_t needle_count;
    struct overview_attention attention[NEED_COUNT];
    const struct overview_cell *cells; /* by event, then form, as the design has them */
    size_t cell_count;
};

MUST_USE bool overview_read(struct study *study, const struct caller *caller,
                            struct arena *arena, struct overview **out,
                            struct error *err);

#endif

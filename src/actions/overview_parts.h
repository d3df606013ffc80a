#ifndef OSTEON_ACTIONS_OVERVIEW_PARTS_H
#define OSTEON_ACTIONS_OVERVIEW_PARTS_H
/* What the overview keeps of each participant, and how it is added up. For overview_*.c. */
#include "actions/overview.h"
#include "actions/world.h"
#include "analysis/analyse.h"
#include "analysis/collect.h"
#include "model/due_state.h"

struct cohort;
struct cohort *cohort_new(void);
void cohort_free(struct cohort *cohort); /* NULL is allowed */

#define OVERVIEW_HOUR ((int64_t)3600 * 1000000)
#define OVERVIEW_DAY  (24 * OVERVIEW_HOUR)
/* The registry record: removal within 24 h, at most 96 h; 20 h is the alarm AL04. */
enum { NEEDLE_NEAR_HOURS = 20, NEEDLE_TARGET_HOURS = 24, NEEDLE_LIMIT_HOURS = 96 };
enum { SURVIVAL_DAYS = 90, FACT_NEEDLES = 4 };

enum answer_of_fact { FACT_MISSING, FACT_NO, FACT_YES, FACT_NOT_APPLICABLE };

struct fact_needle {
    int64_t since; /* the puncture that succeeded */
    const struct code *place;
    bool is_justified;
};

struct fact_due {
    struct event_due due; /* of a visit; without what it counts from */
    struct due_forms forms;
};

/* One participant, as it was when it was read. Memory of its own. */
struct facts {
    struct arena *arena; /* of this participant; reset when it is read again */
    int64_t id;
    bool is_stale, is_read;
    struct participant participant;

    enum answer_of_fact eligible;
    struct text outcome; /* code of SCRRES; absent: none */
    bool is_consented, is_deferred;

    bool has_puncture; /* of the first insertion, as all down to `access_minutes` */
    enum answer_of_fact first_attempt;
    bool is_placed;
    int64_t attempts;
    double access_minutes; /* NaN: not known, or not so */

    struct fact_needle needles[FACT_NEEDLES]; /* in place */
    size_t needle_count;
    int64_t first_puncture; /* 0: none */
    int64_t judged_at; /* then the plan can say more without a new answer; 0: never */
    const struct dataset_rows *rows; /* by the plan's datasets; NULL: no plan */

    int64_t enrolled, died, last_alive; /* instants; 0: not so */

    const int64_t *reports_due; /* of serious events, not made yet */
    size_t reports_due_count;

    struct fact_due *dues; /* not complete */
    size_t due_count;
    struct overview_cell *cells;
    size_t cell_count;
};

/* Of one answer: is it this code; its moment, 0 when it has none; its number, NaN when it
 * has none; its code in the design, NULL when it is none. */
bool fact_is_code(struct datum answer, struct text code);
int64_t fact_instant(struct datum answer);
double fact_number(struct datum answer);
const struct code *fact_code(const struct world *world, struct text item,
                             struct datum answer);

/* One row of a repeating section. `fact_next_row` goes on to the next that may have the
 * item, through the form's instances; false: no more. Begins with instance 0, row 0. */
struct fact_place {
    const struct world *world;
    struct text form;
    int32_t instance, row;
};
struct datum fact_at(const struct fact_place *place, struct text item);
bool fact_next_row(struct fact_place *place, struct text item);

/* Fills everything behind `is_read` from the world of `facts->participant`; its rows by the
 * collector, whose datasets are empty before and after. NULL: no rows. */
MUST_USE bool facts_read(struct study *study, struct db *db,
                         struct collector *collector, struct facts *facts,
                         struct error *err);

/* The analyses of the plan that the overview shows: what it calls them, their id. */
#define OVERVIEW_RESULTS(X)                                                            \
    X(FIRST_ATTEMPT, "E1.first_attempt")                                               \
    X(TWO_ATTEMPTS, "E2.two_attempts")                                                 \
    X(IN_TIME, "E13.within_24h")                                                       \
    X(RECOVERY, "E6.recovery")                                                         \
    X(STABLE, "E9.stable")                                                             \
    X(EFFICACY, "E10.efficacy")                                                        \
    X(ANY_HARM, "E12.any")                                                             \
    X(LOCAL_INFECTION, "E12.local_infection")                                          \
    X(FAT_EMBOLISM, "E12.fat_embolism")                                                \
    X(OSTEOMYELITIS, "E12.osteomyelitis")                                              \
    X(BLEEDING, "E12.bleeding")                                                        \
    X(NERVE_INJURY, "E12.nerve_injury")                                                \
    X(FLOW, "E4.flow")                                                                 \
    X(SURVIVAL, "E11.survival")                                                        \
    X(ACCESS, "E3.access_time")                                                        \
    X(ACCESS_CURVE, "E3.access_curve")
enum overview_result {
#define X(name, id) RESULT_##name,
    OVERVIEW_RESULTS(X)
#undef X
        RESULT_COUNT
};

/* The part of the study's analysis plan that the overview shows, and what collects it.
 * NULL: the program has no plan for this study. */
struct overview_plan {
    struct arena *arena, *scratch;
    struct collector *collector;
};
struct overview_plan *overview_plan_new(struct study *study, struct db *db);
void overview_plan_free(struct overview_plan *plan); /* NULL is allowed */

/* Facts of those whom the caller's overview counts. */
struct overview_input {
    const struct design *design;
    const struct caller *caller;
    const struct facts *const *facts;
    size_t count;
    const struct overview_plan *plan; /* NULL: none */
    struct arena *arena;
};
void overview_count(const struct overview_input *input, struct overview *out);
void overview_attend(const struct overview_input *input, struct overview *out);
void overview_estimate(const struct overview_input *input, struct overview *out);
void overview_results(const struct overview_input *input, struct overview *out);

/* Was enrolled, and is there still. */
bool facts_are_of_enrolled(const struct facts *facts);

#endif

#ifndef OSTEON_ACTIONS_OVERVIEW_PARTS_H
#define OSTEON_ACTIONS_OVERVIEW_PARTS_H
/* What the overview keeps of each participant, and how it is added up. For overview_*.c. */
#include "actions/overview.h"
#include "actions/world.h"
#include "model/due_state.h"

struct cohort;
struct cohort *cohort_new(void);
void cohort_free(struct cohort *cohort); /* NULL is allowed */

#define OVERVIEW_HOUR ((int64_t)3600 * 1000000)
#define OVERVIEW_DAY  (24 * OVERVIEW_HOUR)
/* The registry record: removal within 24 h, at most 96 h; 20 h is the alarm AL04. */
enum { NEEDLE_NEAR_HOURS = 20, NEEDLE_TARGET_HOURS = 24, NEEDLE_LIMIT_HOURS = 96 };
enum { SURVIVAL_DAYS = 90, FACT_NEEDLES = 4 };

enum answer_of_fact { FACT_MISSING, FACT_NO, FACT_YES };

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

    bool has_puncture; /* of the first insertion, as all down to `never_minutes` */
    enum answer_of_fact first_attempt;
    bool is_placed;
    int64_t attempts;
    double access_minutes, never_minutes; /* NaN: not known, or not so */

    struct fact_needle needles[FACT_NEEDLES]; /* in place */
    size_t needle_count;
    size_t removed, removed_in_time;

    int64_t enrolled, died, last_alive; /* instants; 0: not so */

    struct fact_due *dues; /* not complete */
    size_t due_count;
    struct overview_cell *cells;
    size_t cell_count;
};

/* Fills everything behind `is_read` from the world of `facts->participant`. */
MUST_USE bool facts_read(struct study *study, struct db *db, struct facts *facts,
                         struct error *err);

/* Facts of those whom the caller's overview counts. */
struct overview_input {
    const struct design *design;
    const struct caller *caller;
    const struct facts *const *facts;
    size_t count;
    struct arena *arena;
};
void overview_count(const struct overview_input *input, struct overview *out);
void overview_attend(const struct overview_input *input, struct overview *out);
void overview_estimate(const struct overview_input *input, struct overview *out);

/* Was enrolled, and is there still. */
bool facts_are_of_enrolled(const struct facts *facts);

#endif

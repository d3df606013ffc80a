#ifndef OSTEON_ACTIONS_SAFETY_H
#define OSTEON_ACTIONS_SAFETY_H
/* The safety of the study on one page: adverse events with grade, relation and outcome,
 * the reports of serious ones with their clocks (safety_clock.h), and beside them device
 * deficiencies and deviations. All of it is read from the answers; nothing is kept.
 *
 * Who may view a casebook sees all of it; who may only read reports of serious events sees
 * those alone.
 */
#include "actions/deviation_review.h"
#include "actions/laboratory_grade.h"
#include "actions/participant_scan.h"
#include "actions/safety_clock.h"

/* The review of a report by the safety physician (safety_review.h). */
struct safety_review_view {
    int64_t seen;     /* the latest change of the report and its event */
    bool is_reviewed; /* ever; `stands`: nothing has changed since */
    bool stands;
    bool may; /* the caller may review it now */
    struct text by, note;
    int64_t at;
};

struct safety_event {
    int64_t participant;
    struct text number; /* "H4-001" */
    struct form_key key;
    int64_t sequence;                                    /* AESEQ */
    struct text term, grade, related, outcome, adjudged; /* codes; absent: not told */
    int64_t began_at, aware_at;                          /* 0: not told */
    bool is_serious; /* it says so, or a report does */
    bool has_report;
    struct form_key report_key;
    struct text reasons, expected; /* SAEC, codes joined by a space; SAEEXP */
    struct safety_clock clocks[SAFETY_CLOCKS_MOST];
    size_t clock_count;
    struct safety_review_view
        review; /* of one that has a report: filled by safety_read */
    struct laboratory_origin origin; /* filled by safety_read */
};

/* A device deficiency or a deviation, with the two codes that tell what it is. */
struct safety_note {
    int64_t participant;
    struct text number;
    struct form_key key;
    struct text kind, weight; /* DDTYPE and DDHARM; PDCAT and PDSEV */
    int64_t at;
    bool is_by_program;             /* PDAUTO */
    struct deviation_review review; /* of a deviation */
};

struct safety_list {
    struct safety_event *events;
    size_t event_count;
    struct safety_note *deficiencies, *deviations;
    size_t deficiency_count, deviation_count;
    struct laboratory_proposals proposed; /* by the laboratory */
};
MUST_USE bool safety_read(struct study *study, const struct caller *caller,
                          struct arena *arena, struct safety_list *out,
                          struct error *err);

/* The adverse event of this number among a participant's. False when there is none. What is
 * text in it belongs to the world. */
bool safety_event_of(const struct world *world, int32_t instance,
                     struct safety_event *out);

#endif

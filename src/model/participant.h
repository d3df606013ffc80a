#ifndef OSTEON_MODEL_PARTICIPANT_H
#define OSTEON_MODEL_PARTICIPANT_H
/* A participant: numbers, state and times, no identity (that is in the vault) and no
 * values.
 *
 * A participant begins as SCREENED with a screening number, or as PROVISIONAL when the
 * needle did not wait (specification, "Placement before registration"). Numbers are
 * never used twice and never taken back.
 */
#include "model/design.h"

/* name, English, Chinese. The names stand in the API; the order is the way through the
 * study, with the two side exits last. */
// clang-format off
#define PARTICIPANT_STATE_TABLE(X)                              \
    X(PROVISIONAL,  "provisional",        "临时登记")           \
    X(SCREENED,     "screened",           "已筛选")             \
    X(ELIGIBLE,     "eligible",           "符合入组")           \
    X(CONSENTED,    "consented",          "已知情同意")         \
    X(DEFERRED,     "consent deferred",   "延迟同意")           \
    X(ENROLLED,     "enrolled",           "已入组")             \
    X(WITHDRAWN,    "withdrawn",          "已退出")             \
    X(NOT_ATTACHED, "closed, not attached", "已关闭，未关联")   \
    X(ERASED,       "erased",             "已清除")
// clang-format on

enum participant_state {
#define X(name, english, chinese) PARTICIPANT_##name,
    PARTICIPANT_STATE_TABLE(X)
#undef X
};

/* "NOT_ATTACHED" */
struct text participant_state_name(enum participant_state state);
struct label participant_state_label(enum participant_state state);
bool participant_state_parse(struct text name, enum participant_state *out);

struct participant {
    int64_t id;
    struct text site;               /* its code */
    struct text screening_number;   /* "S-0001"; absent while provisional */
    struct text provisional_number; /* "P-0001"; kept for good after attachment */
    struct text subject_number;     /* "H4-001"; absent before enrolment */
    struct text bed;                /* absent when none was given */
    enum participant_state state;
    int64_t created_at; /* instants; 0 where it has not happened */
    int64_t screened_at;
    int64_t enrolled_at;
    int64_t attached_to; /* id of the screening record; 0: none */

    /* Sums over the forms, for lists: filled by the store when it reads a participant. */
    int64_t open_queries;
    int64_t forms_started;
    int64_t forms_complete;
    int64_t last_change; /* server time; 0 before the first form */
};

/* Enrolled, whatever became of it later: ENROLLED or WITHDRAWN. */
bool participant_is_enrolled(const struct participant *participant);

#endif

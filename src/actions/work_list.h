#ifndef OSTEON_ACTIONS_WORK_LIST_H
#define OSTEON_ACTIONS_WORK_LIST_H
/* What waits for one person, the late first ('view own work list'): it is read from what is
 * stored, at the study's clock, and nothing of it is kept. Each kind of work has a file of
 * its own (work_<kind>.c) and a row in the table of work_list.c; it decides whom it is for
 * by the permission that the work itself asks for.
 */
#include "actions/caller.h"
#include "actions/study.h"
#include "actions/world.h"

/* The names stand in the API. */
#define WORK_KIND_TABLE(X)                                                             \
    X(DEFERRED_CONSENT)                                                                \
    X(SAFETY_REPORT)                                                                   \
    X(SAFETY_REVIEW)                                                                   \
    X(CONSENT_AGAIN)                                                                   \
    X(ERASURE)                                                                         \
    X(END_OF_STUDY)                                                                    \
    X(QUERY)                                                                           \
    X(SECOND_CHECK)                                                                    \
    X(EMERGENCY_ATTACH)                                                                \
    X(EMERGENCY_FORM)                                                                  \
    X(EMERGENCY_REVIEW)                                                                \
    X(SIGNATURE_FELL)                                                                  \
    X(SIGNATURE)                                                                       \
    X(DEVIATION)                                                                       \
    X(DEVIATION_REPORT)                                                                \
    X(IMAGE_ASSIGN)                                                                    \
    X(IMAGE_READ)                                                                      \
    X(IMAGE_ADJUDICATE)

enum work_kind {
#define X(name) WORK_##name,
    WORK_KIND_TABLE(X)
#undef X
};
/* "DEFERRED_CONSENT" */
struct text work_kind_name(enum work_kind kind);

enum work_level { WORK_LATE, WORK_DUE, WORK_NEXT };

struct work_entry {
    enum work_kind kind;
    enum work_level level;
    struct text number;  /* of the participant */
    struct form_key key; /* where it is done */
    int64_t since;       /* instants; 0: not known */
    int64_t due_at;
    int64_t ends_at;     /* the outer limit */
    struct label what;   /* which report, which query; may be empty */
    struct label source; /* on what a limit rests; may be empty */
    int64_t query;       /* its number */
    int64_t image;       /* the number of the image task */
    int64_t count;       /* of second checks, of forms to sign */
};

struct work_list {
    struct work_entry *at; /* late, due, next; in each the earliest first */
    size_t count;
};
MUST_USE bool work_list_read(struct study *study, const struct caller *caller,
                             struct arena *arena, struct work_list *out,
                             struct error *err);

#endif

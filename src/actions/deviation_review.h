#ifndef OSTEON_ACTIONS_DEVIATION_REVIEW_H
#define OSTEON_ACTIONS_DEVIATION_REVIEW_H
/* The assessment of a protocol deviation (F.PD), raised by a rule or entered: how severe a
 * physician finds it, and whether the ethics committee has it. It is an act on the log about
 * the form as it stood and falls by itself when an answer changes; a later one takes its
 * place. The permission table has no row of it: it asks for that of signing the form. Nobody
 * assesses a deviation that he entered (separate_duty.h).
 */
#include "actions/act.h"
#include "actions/world.h"
#include "store/review.h"

/* The names stand on the log and in the API. */
#define DEVIATION_REPORT_TABLE(X)                                                      \
    X(NOT_NEEDED, "not_needed")                                                        \
    X(TO_REPORT, "to_report")                                                          \
    X(REPORTED, "reported")

enum deviation_report {
#define X(name, word) DEVIATION_##name,
    DEVIATION_REPORT_TABLE(X)
#undef X
        DEVIATION_REPORTS
};
struct text deviation_report_name(enum deviation_report report);

struct deviation_assess {
    struct act act;
    struct form_key key; /* of the deviation */
    int64_t
        seen; /* deviation_review.seen: ERROR_CHANGED when there is a later change */
    struct text severity;    /* a code of PDSEV */
    struct text report;      /* to the ethics committee: a name of the table above */
    struct text reported_on; /* a day, of one that was reported */
    struct text note;        /* may be absent */
};
MUST_USE bool deviation_assess(struct act *act, struct txn *txn, struct error *err);

/* What is shown of it. */
struct deviation_review {
    int64_t seen;     /* the latest change of the form */
    bool is_assessed; /* ever; `stands`: nothing has changed since */
    bool stands;
    bool may;                /* the caller may assess it now */
    const struct label *bar; /* why not, when it is for what he did; else NULL */
    struct text severity, report, reported_on, by, note;
    int64_t at;
};
/* Results in `arena`. */
MUST_USE bool deviation_review_of(const struct world *world,
                                  const struct caller *caller,
                                  const struct form_key *key, struct arena *arena,
                                  struct deviation_review *out, struct error *err);

#endif

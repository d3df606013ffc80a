#ifndef OSTEON_ANALYSIS_METHOD_TIMES_H
#define OSTEON_ANALYSIS_METHOD_TIMES_H
/* A time and an event, for the methods of survival. */
#include "analysis/method.h"
#include "stats/survival.h"

struct method_times {
    double *times;
    bool *is_event;
    struct method_rows rows;
};

/* Rows with both, and with `by` unless it is NULL; the others are the part's missing.
 * "horizon": who stays longer is censored there. */
struct method_times method_times(const struct method_call *call,
                                 const struct column *by);

#endif

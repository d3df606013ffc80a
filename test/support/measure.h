#ifndef OSTEON_TEST_MEASURE_H
#define OSTEON_TEST_MEASURE_H
/* What benchmarks share: settings, medians, and bounds that print their verdict. */
#include <stdbool.h>
#include <stdint.h>

/* The environment variable of this name as a number; `otherwise` when it is none. */
int64_t measure_setting(const char *name, int64_t otherwise);

/* What this thread has computed so far, in nanoseconds: other programs on the machine do
 * not count. */
int64_t measure_processor_time(void);

/* Sorts the values. */
double measure_median(double *values, int count);

/* What a measured figure must keep to, and the value that one would like to see. */
struct measure_bound {
    const char *what;
    double must, goal; /* goal 0: none */
    bool is_most;      /* the figure may be at most so; else at least */
};

/* One line: what was found, the bound, "ok" or "NOT MET". True when it is kept. */
bool measure_print(const struct measure_bound *bound, double found);

#endif

#include "measure.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t measure_setting(const char *name, int64_t otherwise)
{
    int64_t value;
    return text_to_int64(text_of(getenv(name)), &value) ? value : otherwise;
}

int64_t measure_processor_time(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double measure_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return count % 2 == 1 ? values[count / 2]
                          : (values[count / 2 - 1] + values[count / 2]) / 2;
}

bool measure_print(const struct measure_bound *bound, double found)
{
    bool is_kept = bound->is_most ? found <= bound->must : found >= bound->must;
    const char *sign = bound->is_most ? "at most" : "at least";
    printf("    must  %-34s %5.2f  %s %.2f: %s", bound->what, found, sign, bound->must,
           is_kept ? "ok" : "NOT MET");
    if (bound->goal > 0)
        printf("  (goal %.2f)", bound->goal);
    putchar('\n');
    return is_kept;
}

#include "report/scale.h"

#include "base/attributes.h"

#include <math.h>

double scale_at(const struct scale *scale, double value)
{
    double part = (value - scale->from) / (scale->until - scale->from);
    return scale->low + part * (scale->high - scale->low);
}

/* Of a step: so many that 0.25 has two. */
static int decimals_of(double step)
{
    enum { MOST = 9 };
    int decimals = 0;
    double rest = step;
    while (decimals < MOST && fabs(rest - round(rest)) > 1e-6) {
        rest *= 10;
        decimals++;
    }
    return decimals;
}

/* The least of 1, 2 and 5 times a power of ten that is at least `step`. */
static double round_up(double step)
{
    static const double steps[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(step)));
    size_t i = 0;
    while (steps[i] * power < step * (1 - 1e-9))
        i++;
    return steps[i] * power;
}

static double round_step(double from, double until, size_t most)
{
    double step = round_up((until - from) / (double)most);
    while (floor(until / step + 1e-9) - ceil(from / step - 1e-9) + 1 > (double)most)
        step = round_up(step * 1.01);
    return step;
}

struct ticks ticks_round(double from, double until, size_t most)
{
    struct ticks ticks = {0};
    ASSERT(from < until && most >= 2 && most <= TICKS_MOST);
    double step = round_step(from, until, most);
    double first = ceil(from / step - 1e-9), last = floor(until / step + 1e-9);
    while (first + (double)ticks.count <= last && ticks.count < TICKS_MOST) {
        ticks.at[ticks.count] = (first + (double)ticks.count) * step;
        ticks.count++;
    }
    ticks.decimals = decimals_of(step);
    return ticks;
}

struct ticks ticks_given(const double *at, size_t count)
{
    struct ticks ticks = {.count = count < TICKS_MOST ? count : TICKS_MOST};
    for (size_t i = 0; i < ticks.count; i++) {
        int decimals = decimals_of(at[i]);
        ticks.at[i] = at[i];
        ticks.decimals = decimals > ticks.decimals ? decimals : ticks.decimals;
    }
    return ticks;
}

void scale_widen(double *from, double *until, size_t most)
{
    double step = round_step(*from, *until, most);
    *from = floor(*from / step + 1e-9) * step;
    *until = ceil(*until / step - 1e-9) * step;
}

#include "stats/root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { STEPS_MOST = 400 };

struct
    bracket { /* Brent's letters: b is the best, a the one before, c the other side */
    double a, b, c;
    double fa, fb, fc;
    double step, before;
};

static void turn_round(struct bracket *at)
{
    at->a = at->b;
    at->b = at->c;
    at->c = at->a;
    at->fa = at->fb;
    at->fb = at->fc;
    at->fc = at->fa;
}

/* A step by interpolation into `at->step`, unless halving is surer. */
static void choose_step(struct bracket *at, double tolerance, double half)
{
    double p, q, s = at->fb / at->fa;
    bool is_linear = fabs(at->a - at->c) <= 0;
    if (is_linear) {
        p = 2 * half * s;
        q = 1 - s;
    } else {
        double t = at->fa / at->fc, r = at->fb / at->fc;
        p = s * (2 * half * t * (t - r) - (at->b - at->a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
    }
    if (p > 0)
        q = -q;
    p = fabs(p);
    double before = at->before;
    at->before = at->step;
    if (2 * p < 3 * half * q - fabs(tolerance * q) && p < fabs(0.5 * before * q)) {
        at->step = p / q;
        return;
    }
    at->step = at->before = half;
}

static bool has_same_sign(double left, double right)
{
    return (left > 0) == (right > 0);
}

double root_between(root_function *function, const void *data, double low, double high)
{
    struct bracket at = {.a = low, .b = high};
    at.fa = function(low, data);
    at.fb = function(high, data);
    if (fabs(at.fa) <= 0)
        return low;
    if (fabs(at.fb) <= 0 || has_same_sign(at.fa, at.fb))
        return fabs(at.fa) < fabs(at.fb) ? low : high;
    at.c = at.a;
    at.fc = at.fa;
    at.step = at.before = at.b - at.a;
    for (int i = 0; i < STEPS_MOST && fabs(at.fb) > 0; i++) {
        if (has_same_sign(at.fb, at.fc)) {
            at.c = at.a;
            at.fc = at.fa;
            at.step = at.before = at.b - at.a;
        }
        if (fabs(at.fc) < fabs(at.fb))
            turn_round(&at);
        double tolerance = DBL_EPSILON * fabs(at.b) + DBL_MIN;
        double half = (at.c - at.b) / 2;
        if (fabs(half) <= tolerance)
            break;
        if (fabs(at.before) >= tolerance && fabs(at.fa) > fabs(at.fb))
            choose_step(&at, tolerance, half);
        else
            at.step = at.before = half;
        at.a = at.b;
        at.fa = at.fb;
        at.b += fabs(at.step) > tolerance ? at.step : copysign(tolerance, half);
        at.fb = function(at.b, data);
    }
    return at.b;
}

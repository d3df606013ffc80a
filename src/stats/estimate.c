#include "stats/estimate.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

double normal_reach(double level)
{
    return qnorm((1 - level) / 2, 0, 1, 0, 0);
}

#include "stats/mixed_covariance.h"

size_t mixed_parameter_count(enum mixed_kind kind, size_t visits)
{
    switch (kind) {
    case MIXED_INTERCEPT:
    case MIXED_AR1:
    case MIXED_SYMMETRY: return 2;
    case MIXED_SLOPE: return 4;
    case MIXED_UNSTRUCTURED: return visits * (visits + 1) / 2;
    case MIXED_TOEPLITZ: break;
    }
    return visits;
}

/* Of the upper half, row by row. */
static size_t place_of(size_t visits, double one, double other)
{
    size_t row = (size_t)fmin(one, other), column = (size_t)fmax(one, other);
    return row * visits - row * (row + 1) / 2 + column;
}

void mixed_begin(enum mixed_kind kind, size_t visits, double variance,
                 double *parameters)
{
    size_t count = mixed_parameter_count(kind, visits);
    for (size_t k = 0; k < count; k++)
        parameters[k] = 0;
    switch (kind) {
    case MIXED_SLOPE:
        parameters[0] = parameters[3] = variance / 2;
        parameters[2] = variance / 100;
        break;
    case MIXED_INTERCEPT:
    case MIXED_SYMMETRY: parameters[0] = parameters[1] = variance / 2; break;
    case MIXED_UNSTRUCTURED:
        for (size_t visit = 0; visit < visits; visit++)
            parameters[place_of(visits, (double)visit, (double)visit)] = variance;
        break;
    case MIXED_AR1: parameters[1] = 0.3; /* fallthrough */
    case MIXED_TOEPLITZ: parameters[0] = variance; break;
    }
}

static double distance(struct mixed_pair pair)
{
    return fabs(pair.one - pair.other);
}

double mixed_covariance(enum mixed_kind kind, size_t visits, const double *parameters,
                        struct mixed_pair pair)
{
    const double *at = parameters;
    switch (kind) {
    case MIXED_INTERCEPT:
    case MIXED_SYMMETRY: return at[0] + (pair.is_same ? at[1] : 0);
    case MIXED_SLOPE:
        return at[0] + at[1] * (pair.one + pair.other) + at[2] * pair.one * pair.other +
               (pair.is_same ? at[3] : 0);
    case MIXED_UNSTRUCTURED: return at[place_of(visits, pair.one, pair.other)];
    case MIXED_AR1: return at[0] * pow(at[1], distance(pair));
    case MIXED_TOEPLITZ: break;
    }
    return at[(size_t)distance(pair)];
}

double mixed_slope(enum mixed_kind kind, size_t visits, const double *parameters,
                   struct mixed_pair pair, size_t k)
{
    double far = distance(pair);
    switch (kind) {
    case MIXED_INTERCEPT:
    case MIXED_SYMMETRY: return k == 0 || pair.is_same ? 1 : 0;
    case MIXED_SLOPE:
        return k == 0   ? 1
               : k == 1 ? pair.one + pair.other
               : k == 2 ? pair.one * pair.other
                        : (pair.is_same ? 1 : 0);
    case MIXED_UNSTRUCTURED: return place_of(visits, pair.one, pair.other) == k ? 1 : 0;
    case MIXED_AR1:
        if (k == 0)
            return pow(parameters[1], far);
        return far > 0 ? parameters[0] * far * pow(parameters[1], far - 1) : 0;
    case MIXED_TOEPLITZ: break;
    }
    return (size_t)far == k ? 1 : 0;
}

double mixed_curvature(enum mixed_kind kind, const double *parameters,
                       struct mixed_pair pair, size_t k, size_t l)
{
    double far = distance(pair);
    if (kind != MIXED_AR1 || k + l == 0 || !(far > 0))
        return 0; /* the others are linear in their parameters */
    if (k + l == 1)
        return far * pow(parameters[1], far - 1);
    return far > 1 ? parameters[0] * far * (far - 1) * pow(parameters[1], far - 2) : 0;
}

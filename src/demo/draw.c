#include "demo/draw.h"

#include <math.h>

static const double two_pi = 6.283185307179586;

/* Uniform in (0, 1): 53 bits, never an end. */
static double draw_unit(struct stream *stream)
{
    uint64_t high = stream_word(stream);
    uint64_t bits = (high << 32 | stream_word(stream)) >> 11;
    return ((double)bits + 0.5) / 9007199254740992.0; /* 2^53 */
}

double draw_between(struct stream *stream, double low, double high)
{
    return low + (high - low) * draw_unit(stream);
}

int32_t draw_integer(struct stream *stream, int32_t low, int32_t high)
{
    return low + (int32_t)((double)(high - low + 1) * draw_unit(stream));
}

int64_t draw_time(struct stream *stream, int64_t low, int64_t high)
{
    const int64_t second = 1000 * 1000;
    int64_t seconds = (high - low) / second;
    return low + (int64_t)((double)seconds * draw_unit(stream)) * second;
}

bool draw_chance(struct stream *stream, double probability)
{
    return draw_unit(stream) < probability;
}

double draw_normal(struct stream *stream, double mean, double sd)
{
    double radius = sqrt(-2.0 * log(draw_unit(stream)));
    return mean + sd * radius * cos(two_pi * draw_unit(stream));
}

double draw_normal_within(struct stream *stream, double mean, double sd, double low,
                          double high)
{
    double x = draw_normal(stream, mean, sd);
    while (x < low || x > high)
        x = draw_normal(stream, mean, sd);
    return x;
}

double draw_lognormal(struct stream *stream, double median, double log_sd)
{
    return median * exp(draw_normal(stream, 0, log_sd));
}

int32_t draw_poisson(struct stream *stream, double mean)
{
    int32_t count = 0;
    double limit = exp(-mean);
    double product = draw_unit(stream);
    while (product > limit) {
        count++;
        product *= draw_unit(stream);
    }
    return count;
}

double draw_exponential(struct stream *stream, double hazard)
{
    return -log(draw_unit(stream)) / hazard;
}

size_t draw_pick(struct stream *stream, const double *weights, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    double left = total * draw_unit(stream);
    for (size_t i = 0; i + 1 < count; i++) {
        if (left < weights[i])
            return i;
        left -= weights[i];
    }
    return count - 1;
}

double logistic(double x)
{
    return 1.0 / (1.0 + exp(-x));
}

double logit(double probability)
{
    return log(probability / (1.0 - probability));
}

double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

#ifndef OSTEON_DEMO_DRAW_H
#define OSTEON_DEMO_DRAW_H
/* Draws from distributions, by the plainest published method of each: what they cost does
 * not matter here. The values of exp, log and cos may differ in the last bit from one C
 * library to another; what is entered is rounded far above it.
 */
#include "demo/stream.h"

#include <stdbool.h>
#include <stddef.h>

/* Uniform between the two, never an end. */
double draw_between(struct stream *stream, double low, double high);
/* Of low, low + 1, …, high. */
int32_t draw_integer(struct stream *stream, int32_t low, int32_t high);
/* An instant, or a length of time, in microseconds: whole seconds behind `low`. */
int64_t draw_time(struct stream *stream, int64_t low, int64_t high);
bool draw_chance(struct stream *stream, double probability);
/* G. E. P. Box, M. E. Muller, Ann. Math. Statist. 29 (1958) 610; one of the pair. */
double draw_normal(struct stream *stream, double mean, double sd);
/* The same, drawn again until it lies within the bounds. */
double draw_normal_within(struct stream *stream, double mean, double sd, double low,
                          double high);
double draw_lognormal(struct stream *stream, double median, double log_sd);
/* D. E. Knuth, The Art of Computer Programming 2, 3.4.1 Q: for small means. */
int32_t draw_poisson(struct stream *stream, double mean);
/* The time to an event of a constant hazard. */
double draw_exponential(struct stream *stream, double hazard);
/* The place of one of `count` weights, each as likely as it is heavy. */
size_t draw_pick(struct stream *stream, const double *weights, size_t count);

/* 1 / (1 + exp(-x)), and what gives `probability`. */
double logistic(double x);
double logit(double probability);
double clamp(double x, double low, double high);

#endif

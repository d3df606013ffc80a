#ifndef OSTEON_DEMO_POINTS_H
#define OSTEON_DEMO_POINTS_H
/* The time points of the schedule that count from T0 (specification, section 4). */
#include "demo/plan.h"

struct time_point {
    const char *event;
    int64_t after, window; /* of T0; half the window's width */
    bool has_vitals, has_blood, has_check;
    bool needs_needle; /* vitals and checks only while it is in */
};
extern const struct time_point time_points[];
extern const size_t time_point_count;

/* When the visit took place: near its target, seldom outside the window. */
int64_t time_point_draw(struct stream *stream, const struct time_point *point,
                        int64_t t0);

#endif

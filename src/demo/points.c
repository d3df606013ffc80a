#include "demo/points.h"

#include "base/attributes.h"
#include "demo/draw.h"

// clang-format off
const struct time_point time_points[] = {
    {"SE.M5",   5 * MINUTES,  2 * MINUTES,  true,  false, false, false},
    {"SE.M15", 15 * MINUTES,  5 * MINUTES,  true,  false, true,  false},
    {"SE.M30", 30 * MINUTES,  5 * MINUTES,  true,  false, true,  false},
    {"SE.H1",   1 * HOURS,   10 * MINUTES,  true,  false, true,  false},
    {"SE.H2",   2 * HOURS,   15 * MINUTES,  true,  false, true,  false},
    {"SE.H4",   4 * HOURS,   30 * MINUTES,  true,  false, true,  false},
    {"SE.H6",   6 * HOURS,   30 * MINUTES,  true,  true,  true,  false},
    {"SE.H12", 12 * HOURS,    1 * HOURS,    true,  false, true,  false},
    {"SE.H24", 24 * HOURS,    2 * HOURS,    true,  true,  true,  false},
    {"SE.H48", 48 * HOURS,    4 * HOURS,    true,  true,  true,  true},
    {"SE.H72", 72 * HOURS,    6 * HOURS,    true,  true,  true,  true},
    {"SE.H96", 93 * HOURS,    2 * HOURS,    true,  false, true,  true},
    {"SE.D7",   7 * DAYS,     1 * DAYS,     false, true,  true,  false},
    {"SE.D28", 28 * DAYS,     3 * DAYS,     false, true,  true,  false},
};
// clang-format on
const size_t time_point_count = ARRAY_COUNT(time_points);

int64_t time_point_draw(struct stream *stream, const struct time_point *point,
                        int64_t t0)
{
    double share = draw_normal(stream, 0.05, 0.35);
    if (!draw_chance(stream, 0.02)) /* one in fifty as it comes */
        share = clamp(share, -0.9, 0.9);
    int64_t window = point->window / SECONDS;
    return t0 + point->after + (int64_t)(share * (double)window) * SECONDS;
}

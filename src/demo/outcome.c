/* Response in the first hours, survival, loss to follow-up. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <math.h>

/* Days to death by piecewise constant hazards; beyond 90 when none comes. */
static double draw_death(struct stream *stream, double severity)
{
    static const struct {
        double until, hazard;
    } pieces[] = {{7, HAZARD_FIRST}, {28, HAZARD_SECOND}, {90, HAZARD_THIRD}};
    double factor = exp(HAZARD_PER_Z * severity + HAZARD_SHIFT);
    double from = 0;
    for (size_t i = 0; i < ARRAY_COUNT(pieces); i++) {
        double days = from + draw_exponential(stream, pieces[i].hazard * factor);
        if (days < pieces[i].until)
            return days;
        from = pieces[i].until;
    }
    return HUGE_VAL;
}

static void draw_response(struct patient *patient, struct stream *stream)
{
    struct outcome *it = &patient->outcome;
    it->responds = draw_chance(
        stream, logistic(logit(SHARE_RESPONSE) + RESPONSE_PER_Z * patient->severity));
    /* The mean of both kinds is the table's: 0.62 × 12 + 0.38 × 4. */
    double shift = it->responds ? 3.0 : -5.0;
    it->map_gain = draw_normal(stream, MAP_GAIN, MAP_GAIN_SD * 0.8) + shift;
    it->clearance = draw_normal(
        stream, it->responds ? CLEARANCE_RESPONSE : CLEARANCE_NONE, CLEARANCE_SD);
    it->clearance = clamp(it->clearance, -60, 75);
}

void outcome_draw(struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_OUTCOME);
    struct outcome *it = &patient->outcome;
    int64_t began = patient->consent.enrolled;
    draw_response(patient, &stream);
    double days = draw_death(&stream, patient->severity);
    int64_t left = draw_time(&stream, 9 * DAYS, 80 * DAYS);
    bool is_lost = draw_chance(&stream, SHARE_LOST);
    it->is_withdrawn = !is_lost && draw_chance(&stream, SHARE_WITHDRAWN);
    it->discharged = began + draw_time(&stream, 12 * DAYS, 75 * DAYS);
    if (patient->is_spared) {
        it->is_withdrawn = false;
    } else if (days < 90) {
        it->death = began + (int64_t)(days * 86400) * SECONDS;
        /* The needle went in; nobody of the cohort dies before it is there. */
        int64_t first = patient_t0(patient) + 40 * MINUTES;
        it->death = it->death < first ? first : it->death;
        it->is_withdrawn = false;
    } else if (is_lost || it->is_withdrawn) {
        it->last_seen = began + left;
    }
}

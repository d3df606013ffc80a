/* F.VA: norepinephrine, from the line it runs on before to the needle, up and down with
 * the pressure, and away again before the needle comes out. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <math.h>

#define CONCENTRATION 0.16 /* mg/mL: 8 mg in 50 mL */

struct drip {
    const struct patient *patient;
    struct diary *diary;
    struct stream *stream;
    double rate; /* mL/h, one decimal */
    const char *route;
};

/* The dose that a rate gives, so that both agree (CK068). */
static double dose_of(const struct drip *drip)
{
    return drip->rate * CONCENTRATION * 1000 / 60 / drip->patient->baseline.weight;
}

static double rate_for(const struct drip *drip, double dose)
{
    double rate = dose * drip->patient->baseline.weight * 60 / 1000 / CONCENTRATION;
    return floor(clamp(rate, 0.5, 90) * 10 + 0.5) / 10;
}

static void write_change(struct drip *drip, const char *event, int64_t row, int64_t at,
                         const char *change, bool is_ordered)
{
    int64_t entered = entered_at_once(drip->stream, at);
    int64_t begins = drip->patient->consent.enrolled + 75 * SECONDS;
    entered = entered < begins ? begins : entered; /* what ran before the study */
    struct step *save = diary_report(drip->diary, drip->patient->index, entered, at,
                                     nurse_on_duty(entered), event, "F.VA");
    bool is_off = text_equal(text_of(change), TEXT("STOP")) ||
                  text_equal(text_of(change), TEXT("INT"));
    step_code(save, "I.VA.VADRG", row, "NE");
    step_moment(save, "I.VA.VADTM", row, at);
    step_code(save, "I.VA.VACHG", row, change);
    step_number(save, "I.VA.VARATE", row, is_off ? 0 : drip->rate, 1);
    step_number(save, "I.VA.VACONC", row, CONCENTRATION, 3);
    step_number(save, "I.VA.VADOSE", row, is_off ? 0 : dose_of(drip), 3);
    step_code(save, "I.VA.VADOSEU", row, "ug/kg/min");
    step_code(save, "I.VA.VAROUTE", row, drip->route);
    step_yes(save, "I.VA.VAPLAN", row, is_ordered);
}

/* While the needle is in: down for those who respond, up for the others. */
static void write_dwell(struct drip *drip, int64_t from, int64_t end, bool is_death)
{
    bool responds = drip->patient->outcome.responds;
    int64_t row = 0;
    int64_t at = from + draw_time(drip->stream, 45 * MINUTES, 90 * MINUTES);
    double dose = dose_of(drip);
    while (at < end - 30 * MINUTES && row < 30) {
        if (draw_chance(drip->stream, INTERRUPTIONS * 0.25)) {
            write_change(drip, "SE.DWELL", ++row, at, "INT", false);
            at += draw_time(drip->stream, 2 * MINUTES, 5 * MINUTES);
            write_change(drip, "SE.DWELL", ++row, at, "START", true);
        }
        at += draw_time(drip->stream, 10 * MINUTES, 20 * MINUTES);
        dose *= responds ? draw_between(drip->stream, 0.65, 0.9)
                         : draw_between(drip->stream, 0.95, 1.3);
        double before = drip->rate;
        drip->rate = rate_for(drip, clamp(dose, 0.02, 1.4));
        if (at < end - 20 * MINUTES && drip->rate != before)
            write_change(drip, "SE.DWELL", ++row, at,
                         drip->rate > before ? "UP" : "DOWN", true);
        at += draw_time(drip->stream, 2 * HOURS, 4 * HOURS);
    }
    if (is_death || (responds && dose < 0.06)) {
        write_change(drip, "SE.DWELL", ++row, end, "STOP", true);
        return;
    }
    drip->route = "CVC";
    write_change(drip, "SE.DWELL", ++row, end, "MOVE", true);
}

/* Most of those who run one before the puncture move it to the needle; 62 % in all. */
void vasoactive_draw(struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_VASOACTIVE);
    const struct baseline *it = &patient->baseline;
    double share = it->is_on_vasoactive ? 0.85 : it->map < 65 ? 0.60 : 0.15;
    patient->has_io_vasoactive =
        draw_chance(&stream, share) && patient->insertions[0].is_placed;
}

void vasoactive_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_VASOACTIVE);
    const struct baseline *it = &patient->baseline;
    struct drip drip = {
        .patient = patient, .diary = diary, .stream = &stream, .route = "PIV"};
    drip.rate = rate_for(&drip, clamp(draw_lognormal(&stream, 0.22, 0.5), 0.04, 0.9));
    int64_t before = patient_t0(patient) - 30 * MINUTES;
    int64_t running = patient->insertions[0].running;
    if (it->is_on_vasoactive)
        write_change(&drip, "SE.BL", 1, before, "START", true);
    if (!patient->has_io_vasoactive)
        return;
    drip.route = "IO";
    write_change(&drip, "SE.T0", 1, running + 90 * SECONDS,
                 it->is_on_vasoactive ? "MOVE" : "START", true);
    int64_t death = patient->outcome.death;
    int64_t end = patient->removals[0].at - 10 * MINUTES;
    bool is_death = death != 0 && death < end + 5 * MINUTES;
    if (is_death)
        end = death - 5 * MINUTES;
    if (end > running + 2 * HOURS)
        write_dwell(&drip, running, end, is_death);
    else
        write_change(&drip, "SE.DWELL", 1, end, "STOP", true);
}

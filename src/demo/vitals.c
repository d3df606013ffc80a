/* F.VS at every time point: the pressure follows the response, the rest follows the
 * pressure. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"
#include "demo/points.h"

#include <math.h>

/* Mean pressure so many hours after the first infusion. Those who respond reach 65. */
static double pressure_at(const struct patient *patient, double hours)
{
    const struct outcome *it = &patient->outcome;
    double rise = 1 - exp(-hours / 0.7);
    double gain = it->map_gain / (1 - exp(-1 / 0.7));
    double late = it->responds ? clamp(69 - patient->baseline.map - gain, 0, 30) : 0;
    return patient->baseline.map + gain * rise + late * (1 - exp(-hours / 1.5));
}

/* Whole numbers of which the mean lies between the other two, near the formula. */
static void write_pressures(struct step *save, double mean, struct stream *stream)
{
    int64_t map = lround(clamp(mean, 30, 118));
    int64_t pulse = draw_integer(stream, 30, 54);
    int64_t low = map - pulse / 3 + draw_integer(stream, -1, 1);
    step_integer(save, "I.VS.SBP", 0, low + pulse);
    step_integer(save, "I.VS.DBP", 0, low);
    step_integer(save, "I.VS.MAP", 0, map);
}

static void write_signs(const struct patient *patient, struct step *save, double hours,
                        struct stream *stream)
{
    const struct baseline *it = &patient->baseline;
    double calm = patient->outcome.responds ? 22 * (1 - exp(-hours / 4)) : 0;
    step_integer(
        save, "I.VS.HR", 0,
        lround(clamp(it->heart_rate - calm + draw_normal(stream, 0, 5), 48, 185)));
    write_pressures(save, pressure_at(patient, hours) + draw_normal(stream, 0, 3),
                    stream);
    step_code(save, "I.VS.BPMETH", 0, it->is_on_vasoactive ? "ART" : "NIBP");
    step_integer(save, "I.VS.RR", 0,
                 lround(clamp(draw_normal(stream, 24 - calm / 6, 4), 10, 44)));
    step_integer(save, "I.VS.SPO2", 0,
                 lround(clamp(draw_normal(stream, 95, 2.2), 84, 100)));
    step_integer(save, "I.VS.FIO2", 0, it->fio2);
    step_number(save, "I.VS.TEMP", 0, clamp(draw_normal(stream, 38.1, 0.8), 34.8, 40.8),
                1);
    if (!draw_chance(stream, MISSING_CVP))
        step_number(save, "I.VS.CVP", 0, clamp(draw_normal(stream, 8, 3), 0, 20), 1);
    step_number(save, "I.VS.CRT", 0, clamp(draw_normal(stream, 4 - calm / 10, 1), 1, 8),
                1);
    step_integer(save, "I.VS.MOTTL", 0,
                 draw_poisson(stream, exp(0.6 * patient->severity - 0.6)) % 6);
}

static void write_not_done(struct step *save)
{
    static const char *const items[] = {"I.VS.HR", "I.VS.SBP",  "I.VS.DBP", "I.VS.MAP",
                                        "I.VS.RR", "I.VS.SPO2", "I.VS.TEMP"};
    step_yes(save, "I.VS.VSND", 0, true);
    step_code(save, "I.VS.VSNDR", 0, "OTH");
    for (size_t i = 0; i < ARRAY_COUNT(items); i++)
        step_missing(save, items[i], 0, "ND");
    step_missing(save, "I.VS.BPMETH", 0, "ND");
}

static void write_point(const struct patient *patient, struct diary *diary,
                        const char *event, int64_t at, bool is_missing,
                        struct stream *stream)
{
    double hours = (double)(at - patient_t0(patient)) / 3.6e9;
    int64_t entered = entered_at_once(stream, at);
    struct step *save = diary_report(diary, patient->index, entered, at,
                                     nurse_on_duty(entered), event, "F.VS");
    step_moment(save, "I.VS.VSDTM", 0, at);
    if (is_missing) {
        write_not_done(save);
        return;
    }
    write_signs(patient, save, clamp(hours, 0, 400), stream);
    bool has_lactate = text_equal(text_of(event), TEXT("SE.H1")) ||
                       text_equal(text_of(event), TEXT("SE.H2"));
    if (has_lactate && !draw_chance(stream, MISSING_LACTATE))
        step_number(save, "I.VS.VSLAC", 0, laboratory_lactate(patient, hours), 1);
}

void vitals_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_VITALS);
    int64_t t0 = patient_t0(patient);
    write_point(patient, diary, "SE.BL",
                t0 - draw_time(&stream, 2 * MINUTES, 4 * MINUTES), false, &stream);
    for (size_t i = 0; i < time_point_count; i++) {
        const struct time_point *point = &time_points[i];
        int64_t at = time_point_draw(&stream, point, t0);
        double missing = i == 0 ? MISSING_M5 : MISSING_VITALS;
        bool is_missing = draw_chance(&stream, missing) && !patient->is_spared;
        if (!point->has_vitals || !patient_is_seen(patient, at) ||
            (point->needs_needle && !patient_has_needle(patient, at)))
            continue;
        write_point(patient, diary, point->event, at, is_missing, &stream);
    }
    int64_t out = patient->removals[0].at;
    if (out != 0 && patient_is_seen(patient, out + MINUTES))
        write_point(patient, diary, "SE.REM", out + MINUTES, false, &stream);
}

/* F.LB: where the blood was at the beginning, and where it goes from there. Platelets and
 * hemoglobin jump only when transfused; neutrophils stay down before engraftment. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"
#include "demo/points.h"

#include <math.h>

double laboratory_lactate(const struct patient *patient, double hours)
{
    double course = (1 - exp(-hours / 3)) / (1 - exp(-6.0 / 3));
    double cleared = clamp(patient->outcome.clearance / 100 * course, -1.2, 0.85);
    return clamp(patient->baseline.blood.lactate * (1 - cleared), 0.5, 19.5);
}

/* How far it has come after so many hours: 0 at the beginning, 1 in the end. */
static double course(double hours, double half)
{
    return 1 - exp(-hours * 0.6931 / half);
}

/* One sample: the beginning, moved along its course, with the scatter of one person. */
static struct blood sample(const struct patient *patient, double hours,
                           struct stream *stream)
{
    struct blood it = patient->baseline.blood;
    bool responds = patient->outcome.responds;
    double better = responds ? course(hours, 60) : 0;
    double worse = responds ? 0 : course(hours, 60);
    it.crp = clamp(it.crp * (1 - 0.6 * better + 0.3 * worse) *
                       draw_lognormal(stream, 1, 0.12),
                   1, 700);
    it.pct = clamp(it.pct * (1 - 0.8 * better + 0.4 * worse) *
                       draw_lognormal(stream, 1, 0.15),
                   0.02, 300);
    it.il6 =
        clamp(it.il6 * (1 - 0.8 * better) * draw_lognormal(stream, 1, 0.3), 2, 90000);
    it.ferritin = clamp(it.ferritin * draw_lognormal(stream, 1, 0.1), 20, 90000);
    it.pt = clamp(it.pt * draw_lognormal(stream, 1, 0.04), 10.5, 42);
    it.aptt = clamp(it.aptt * draw_lognormal(stream, 1, 0.05), 21, 115);
    it.fibrinogen = clamp(it.fibrinogen * draw_lognormal(stream, 1, 0.07), 0.52, 8.8);
    it.d_dimer = clamp(it.d_dimer * draw_lognormal(stream, 1, 0.12), 0.2, 79);
    bool is_given_platelets = it.platelets < 20 && hours > 2;
    it.platelets += clamp(draw_normal(stream, 0, 0.08 * it.platelets), -20, 20) +
                    (is_given_platelets ? draw_between(stream, 3, 14) : 0);
    it.platelets = clamp(it.platelets, 1, 420);
    bool is_given_cells = it.hemoglobin < 70 && hours > 4;
    it.hemoglobin +=
        draw_normal(stream, 0, 2) + (is_given_cells ? draw_between(stream, 4, 14) : 0);
    it.hemoglobin = clamp(it.hemoglobin, 41, 135);
    bool has_recovered = hours > 500 && patient->baseline.has_transplant;
    it.anc = has_recovered ? draw_lognormal(stream, 2.5, 0.4)
                           : it.anc * draw_lognormal(stream, 1, 0.15);
    if (patient->baseline.blood.anc < 0.5 && !has_recovered)
        it.anc = clamp(it.anc, 0, 0.49);
    it.creatinine = clamp(it.creatinine * (1 - 0.25 * better + 0.3 * worse) *
                              draw_lognormal(stream, 1, 0.05),
                          22, 1300);
    it.urea = clamp(it.urea * (1 - 0.2 * better + 0.25 * worse) *
                        draw_lognormal(stream, 1, 0.07),
                    1.8, 70);
    it.bilirubin = clamp(
        it.bilirubin * (1 + 0.2 * worse) * draw_lognormal(stream, 1, 0.07), 2.5, 470);
    it.alt = clamp(it.alt * draw_lognormal(stream, 1, 0.12), 4, 2800);
    it.potassium =
        clamp(3.9 + 0.5 * (it.potassium - 3.9) + draw_normal(stream, 0, 0.3), 2.6, 6.3);
    it.sodium = clamp(it.sodium + draw_normal(stream, 0, 2), 121, 159);
    it.lactate = clamp(laboratory_lactate(patient, clamp(hours, 0, 400)) *
                           draw_lognormal(stream, 1, 0.05),
                       0.5, 19.8);
    it.pf = clamp(it.pf * (1 + 0.2 * better - 0.15 * worse), 70, 480);
    return it;
}

/* A result, or the stated reason that there is none. */
static void write_result(struct step *save, const char *item, double value,
                         int decimals, bool is_missing)
{
    if (is_missing)
        step_missing(save, item, 0, "ND");
    else
        step_number(save, item, 0, value, decimals);
}

static void write_inflammation(const struct blood *it, struct step *save,
                               struct stream *stream, bool is_whole)
{
    double share = is_whole ? 0 : 1;
    write_result(save, "I.LB.CRP", it->crp, 1,
                 draw_chance(stream, MISSING_CRP * share));
    write_result(save, "I.LB.PCT", it->pct, 2,
                 draw_chance(stream, MISSING_PCT * share));
    if (!draw_chance(stream, MISSING_IL6 * share))
        step_number(save, "I.LB.IL6", 0, it->il6, 1);
    if (!draw_chance(stream, MISSING_FERRITIN * share))
        step_number(save, "I.LB.FERR", 0, it->ferritin, 0);
}

static void write_clotting(const struct blood *it, struct step *save,
                           struct stream *stream, bool is_whole)
{
    bool is_missing = !is_whole && draw_chance(stream, MISSING_PT);
    write_result(save, "I.LB.PT", it->pt, 1, is_missing);
    write_result(save, "I.LB.INR", it->pt / PT_NORMAL, 2, is_missing);
    write_result(save, "I.LB.APTT", it->aptt, 1, is_missing);
    write_result(save, "I.LB.FIB", it->fibrinogen, 2, is_missing);
    write_result(save, "I.LB.DDIM", it->d_dimer, 2, is_missing);
}

static void write_count(const struct blood *it, struct step *save,
                        struct stream *stream, bool is_whole)
{
    bool is_missing = !is_whole && draw_chance(stream, MISSING_CRP);
    double white = (it->anc + it->lymphocytes) * 1.08 / (1 - it->blasts / 100);
    write_result(save, "I.LB.WBC", white, 2, is_missing);
    write_result(save, "I.LB.ANC", it->anc, 2, is_missing);
    write_result(save, "I.LB.HGB", it->hemoglobin, 0, is_missing);
    write_result(save, "I.LB.PLT", it->platelets, 0, is_missing);
    if (is_missing)
        return;
    step_number(save, "I.LB.LYM", 0, it->lymphocytes, 2);
    step_number(save, "I.LB.BLAST", 0, it->blasts, 0);
    step_number(save, "I.LB.HCT", 0, it->hemoglobin * 0.3, 1);
}

static void write_chemistry(const struct blood *it, struct step *save,
                            struct stream *stream)
{
    step_number(save, "I.LB.CREAT", 0, it->creatinine, 0);
    step_number(save, "I.LB.UREA", 0, it->urea, 1);
    step_number(save, "I.LB.BILI", 0, it->bilirubin, 1);
    step_number(save, "I.LB.DBILI", 0, it->bilirubin * 0.45, 1);
    step_number(save, "I.LB.ALT", 0, it->alt, 0);
    step_number(save, "I.LB.AST", 0, it->alt * draw_between(stream, 0.8, 1.7), 0);
    step_number(save, "I.LB.ALB", 0, it->albumin, 1);
    step_number(save, "I.LB.NA", 0, it->sodium, 1);
    step_number(save, "I.LB.K", 0, it->potassium, 2);
    step_number(save, "I.LB.GLU", 0, it->glucose * draw_lognormal(stream, 1, 0.15), 1);
}

static void write_gas(const struct patient *patient, const struct blood *it,
                      struct step *save, struct stream *stream, bool is_whole)
{
    bool is_missing = !is_whole && draw_chance(stream, MISSING_LACTATE);
    write_result(save, "I.LB.LAC", it->lactate, 1, is_missing);
    if (is_missing)
        return;
    double base = clamp(-0.9 * it->lactate + 3 + draw_normal(stream, 0, 2), -22, 6);
    step_number(save, "I.LB.PH", 0, clamp(7.40 + 0.012 * base, 7.11, 7.52), 2);
    step_number(save, "I.LB.PCO2", 0, clamp(37 + 0.6 * base, 20, 52), 1);
    step_number(save, "I.LB.PO2", 0, it->pf * patient->baseline.fio2 / 100.0, 1);
    step_number(save, "I.LB.HCO3", 0, clamp(24 + 0.8 * base, 8, 30), 1);
    step_number(save, "I.LB.BE", 0, base, 1);
}

static void write_sample(const struct patient *patient, struct diary *diary,
                         const char *event, int64_t at, struct stream *stream)
{
    double hours = (double)(at - patient_t0(patient)) / 3.6e9;
    bool is_whole = patient->is_spared;
    struct blood blood =
        hours <= 0 ? patient->baseline.blood : sample(patient, hours, stream);
    int64_t received = at + draw_time(stream, 15 * MINUTES, 50 * MINUTES);
    int64_t entered = received + draw_time(stream, 25 * MINUTES, 90 * MINUTES);
    struct step *save = diary_report(diary, patient->index, entered, at,
                                     STAFF_LABORATORY, event, "F.LB");
    step_moment(save, "I.LB.LBDTM", 0, at);
    step_moment(save, "I.LB.LBRCV", 0, received);
    step_text(save, "I.LB.LBACC", 0,
              text_format(save->arena, "SYN%08x", stream_word(stream)));
    step_code(save, "I.LB.LBSPEC", 0, draw_chance(stream, 0.6) ? "ART" : "VEN");
    write_inflammation(&blood, save, stream, is_whole);
    write_clotting(&blood, save, stream, is_whole);
    write_count(&blood, save, stream, is_whole);
    write_chemistry(&blood, save, stream);
    write_gas(patient, &blood, save, stream, is_whole);
}

void laboratory_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_LABORATORY);
    int64_t t0 = patient_t0(patient);
    write_sample(patient, diary, "SE.BL",
                 t0 - draw_time(&stream, 5 * MINUTES, 12 * MINUTES), &stream);
    for (size_t i = 0; i < time_point_count; i++) {
        const struct time_point *point = &time_points[i];
        int64_t at = time_point_draw(&stream, point, t0) + 2 * MINUTES;
        bool is_home = point->after > DAYS * 3 && at > patient->outcome.discharged;
        if (point->has_blood && patient_is_seen(patient, at) && !is_home)
            write_sample(patient, diary, point->event, at, &stream);
    }
    int64_t out = patient->removals[0].at;
    if (out != 0 && patient_is_seen(patient, out + 5 * MINUTES))
        write_sample(patient, diary, "SE.REM", out + 4 * MINUTES, &stream);
}

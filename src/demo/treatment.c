/* Cultures (F.MB), other treatment (F.CM), device associations (F.DA), deficiencies (F.DD)
 * and the physician's rating (F.EF). */
#include "demo/areas.h"

#include "demo/draw.h"

#include <math.h>

static void write_cultures(const struct patient *patient, struct diary *diary,
                           struct stream *stream)
{
    int64_t taken = patient_t0(patient) - draw_time(stream, 20 * MINUTES, 3 * HOURS);
    bool has_growth = patient->baseline.has_sepsis && draw_chance(stream, 0.45);
    if (!draw_chance(stream, 0.7))
        return;
    int64_t at = taken + draw_time(stream, 40 * HOURS, 90 * HOURS);
    struct step *save = diary_report(diary, patient->index, at, taken, STAFF_LABORATORY,
                                     "SE.BL", "F.MB");
    step_code(save, "I.MB.MBSPEC", 0, "BLD");
    step_moment(save, "I.MB.MBDTM", 0, taken);
    step_code(save, "I.MB.MBRES", 0, has_growth ? "POS" : "NG");
    if (has_growth)
        step_text(save, "I.MB.MBORG", 0,
                  draw_chance(stream, 0.6) ? TEXT("Klebsiella pneumoniae")
                                           : TEXT("Escherichia coli"));
}

static void write_drugs(const struct patient *patient, struct diary *diary,
                        struct stream *stream)
{
    const struct baseline *it = &patient->baseline;
    const struct {
        bool is_given;
        const char *class, *name, *dose;
    } drugs[] = {
        {it->has_sepsis || draw_chance(stream, 0.6), "ABX", "meropenem", "1 g q8h"},
        {it->blood.anc < 0.5 && draw_chance(stream, 0.7), "GCSF", "filgrastim",
         "300 ug/d"},
        {draw_chance(stream, 0.35), "STER", "methylprednisolone", "40 mg/d"},
        {it->crs >= 3, "TOCI", "tocilizumab", "8 mg/kg"},
        {it->has_dic && draw_chance(stream, 0.3), "TXA", "tranexamic acid", "1 g"},
        {it->is_intubated, "SEDA", "propofol", "1 mg/kg/h"},
    };
    int64_t at = entered_later(stream, patient->consent.enrolled), number = 0;
    for (size_t i = 0; i < ARRAY_COUNT(drugs); i++) {
        if (!drugs[i].is_given)
            continue;
        at += draw_time(stream, 40 * SECONDS, 3 * MINUTES);
        struct step *save =
            diary_report(diary, patient->index, at, patient->consent.enrolled,
                         STAFF_COORDINATOR, "SE.BL", "F.CM");
        save->form_repeat = ++number;
        step_code(save, "I.CM.CMCAT", 0, drugs[i].class);
        step_text(save, "I.CM.CMNAME", 0, text_of(drugs[i].name));
        step_date(save, "I.CM.CMBEG", 0,
                  patient->screened - draw_time(stream, 0, 6 * DAYS));
        step_text(save, "I.CM.CMDOSE", 0, text_of(drugs[i].dose));
        step_yes(save, "I.CM.CMVIAIO", 0, false);
    }
}

/* A monitor and a pump from the shelf: each comes round again after a season, so that
 * none is ever with two patients at a time. */
static void write_devices(const struct patient *patient, struct diary *diary,
                          struct stream *stream)
{
    static const char *const kinds[] = {"MON", "SYP"};
    size_t shelf = patient->enrolled / 4 > 12 ? patient->enrolled / 4 : 12;
    int64_t from = patient_t0(patient) - draw_time(stream, 2 * MINUTES, 4 * MINUTES);
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        int64_t at = from + (int64_t)(i + 1) * 20 * SECONDS;
        struct step *save = diary_report(diary, patient->index, at, from,
                                         nurse_on_duty(at), "SE.BL", "F.DA");
        save->form_repeat = (int64_t)i + 1;
        step_code(save, "I.DA.DVKIND", 0, kinds[i]);
        step_text(save, "I.DA.DVEUI", 0,
                  text_format(save->arena, "SYN-%s-%04d", kinds[i],
                              (int)(patient->ordinal % shelf)));
        step_moment(save, "I.DA.DVBEG", 0, from);
        step_number(save, "I.DA.DVOFF", 0, floor(draw_normal(stream, 0, 6)), 0);
        int64_t until =
            patient->removals[0].at != 0 ? patient->removals[0].at : from + 24 * HOURS;
        if (!patient_is_seen(patient, until))
            until = patient->outcome.death;
        struct step *off = diary_report(diary, patient->index, until + 90 * SECONDS,
                                        until, nurse_on_duty(until), "SE.BL", "F.DA");
        off->form_repeat = save->form_repeat;
        step_moment(off, "I.DA.DVEND", 0, until);
    }
}

static void write_deficiency(const struct patient *patient, struct diary *diary,
                             struct stream *stream)
{
    int64_t when = patient_t0(patient);
    if (!draw_chance(stream, 0.02))
        return;
    int64_t at = entered_later(stream, when);
    struct step *save =
        diary_report(diary, patient->index, at, when,
                     patient->insertions[0].operated_by, "SE.LOG", "F.DD");
    step_code(save, "I.DD.DDTYPE", 0, "BATT");
    step_moment(save, "I.DD.DDDTM", 0, when);
    step_text(save, "I.DD.DDUDI", 0, TEXT("SYNTHETIC driver"));
    step_yes(save, "I.DD.DDHARM", 0, false);
    step_text(save, "I.DD.DDTXT", 0, TEXT("SYNTHETIC: the driver's battery was low"));
    step_yes(save, "I.DD.DDKEPT", 0, true);
}

static void write_rating(const struct patient *patient, struct diary *diary,
                         struct stream *stream)
{
    static const double good[] = {2, 8, 40, 50}, poor[] = {35, 40, 20, 5};
    int64_t when = patient_t0(patient) + 24 * HOURS;
    bool responds = patient->outcome.responds;
    if (!patient_is_seen(patient, when))
        return;
    int64_t at = entered_later(stream, when);
    struct step *save = diary_report(diary, patient->index, at, when,
                                     STAFF_INVESTIGATOR, "SE.H24", "F.EF");
    step_integer(save, "I.EF.EFFG", 0,
                 1 + (int64_t)draw_pick(stream, responds ? good : poor, 4));
    step_number(save, "I.EF.VOLINT", 0, infusion_ordered(patient), 0);
}

void treatment_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_TREATMENT);
    write_cultures(patient, diary, &stream);
    write_drugs(patient, diary, &stream);
    write_devices(patient, diary, &stream);
    write_deficiency(patient, diary, &stream);
    write_rating(patient, diary, &stream);
}

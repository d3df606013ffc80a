/* F.LID: 40 mg over 120 s, a minute's dwell, flush, 20 mg over 60 s; repeated when it
 * still hurts, far from the limit of 3 mg/kg. Only for those who feel it. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <math.h>

static void add_dose(struct lidocaine *it, int32_t step, int64_t at)
{
    it->doses[it->dose_count++] = (struct dose){.step = step,
                                                .milligrams = step == 1 ? 40 : 20,
                                                .seconds = step == 1 ? 120 : 60,
                                                .at = at};
}

void lidocaine_draw(struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_LIDOCAINE);
    const struct insertion *insertion = &patient->insertions[0];
    struct lidocaine *it = &patient->lidocaine;
    if (!insertion->is_placed)
        return;
    it->is_given = patient->baseline.is_responsive && !patient->baseline.is_allergic;
    if (!it->is_given)
        return;
    add_dose(it, 1, insertion_success(insertion)->confirmed + 6 * SECONDS);
    add_dose(it, 2, insertion->flushed + 5 * SECONDS);
    if (draw_chance(&stream, 0.2))
        add_dose(it, 3, insertion->running + draw_time(&stream, 2 * HOURS, 4 * HOURS));
    /* No dose after removal or death. */
    const struct removal *removal = &patient->removals[0];
    int64_t end = patient->outcome.death != 0 && patient->outcome.death < removal->at
                      ? patient->outcome.death
                      : removal->at;
    while (it->dose_count > 2 && it->doses[it->dose_count - 1].at >= end)
        it->dose_count--;
}

static void write_dose(const struct patient *patient, struct diary *diary, size_t i,
                       struct stream *stream)
{
    const struct dose *dose = &patient->lidocaine.doses[i];
    int64_t row = (int64_t)i + 1;
    int64_t at = dose->at + dose->seconds * SECONDS + 150 * SECONDS;
    struct step *save = diary_report(diary, patient->index, at, dose->at,
                                     nurse_on_duty(at), "SE.T0", "F.LID");
    double before = dose->step == 1 ? draw_normal(stream, PAIN_INFUSION)
                                    : draw_normal(stream, 4, 1);
    double after = draw_normal(stream, PAIN_AFTER);
    if (row == 1)
        step_yes(save, "I.LID.LIDGIV", 0, true);
    step_integer(save, "I.LID.LIDSTEP", row, dose->step);
    step_moment(save, "I.LID.LIDDTM", row, dose->at);
    step_number(save, "I.LID.LIDCONC", row, 2.0, 1);
    step_number(save, "I.LID.LIDMG", row, dose->milligrams, 1);
    step_integer(save, "I.LID.LIDSEC", row, dose->seconds);
    step_integer(save, "I.LID.LIDDWL", row, 60);
    step_number(save, "I.LID.LIDFL", row, dose->step == 1 ? 10 : 5, 0);
    step_yes(save, "I.LID.LIDPF", row, true);
    step_integer(save, "I.LID.NRSPRE", row, lround(clamp(before, 0, 10)));
    step_integer(save, "I.LID.NRSPOST", row, lround(clamp(after, 0, 10)));
}

void lidocaine_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_LIDOCAINE);
    const struct insertion *insertion = &patient->insertions[0];
    if (!insertion->is_placed)
        return;
    for (size_t i = 0; i < patient->lidocaine.dose_count; i++)
        write_dose(patient, diary, i, &stream);
    if (patient->lidocaine.is_given)
        return;
    int64_t at = entered_at_once(&stream, insertion->running);
    struct step *save =
        diary_save(diary, patient->index, at, nurse_on_duty(at), "SE.T0", "F.LID");
    step_yes(save, "I.LID.LIDGIV", 0, false);
    step_code(save, "I.LID.LIDNO", 0, patient->baseline.is_responsive ? "ALL" : "UNR");
}

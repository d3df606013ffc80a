/* F.FU on days 7, 28 and 90, and F.DTH. F.EOS waits for signatures: CK116 would stand
 * against every one of them. */
#include "demo/areas.h"

#include "demo/draw.h"

static void write_limb(const struct patient *patient, struct step *save, bool is_month)
{
    const struct complications *harm = &patient->complications;
    step_yes(save, "I.FU.FULIMB", 0, !is_month && harm->infection);
    step_yes(save, "I.FU.FUOST", 0, is_month && harm->osteomyelitis);
    step_yes(save, "I.FU.FUNEU", 0, harm->nerve);
}

static void write_visit(const struct patient *patient, struct diary *diary,
                        const char *event, int64_t when, bool is_month,
                        struct stream *stream)
{
    const struct outcome *it = &patient->outcome;
    int64_t at = entered_later(stream, when);
    bool is_lost = it->last_seen != 0 && when > it->last_seen;
    if ((it->death != 0 && when >= it->death) || (is_lost && it->is_withdrawn))
        return;
    struct step *save =
        diary_report(diary, patient->index, at, when, STAFF_COORDINATOR, event, "F.FU");
    bool is_home = when > it->discharged;
    step_date(save, "I.FU.FUDTM", 0, when);
    step_code(save, "I.FU.FUMETH", 0, is_lost || is_home ? "TEL" : "INP");
    step_code(save, "I.FU.VITST", 0, is_lost ? "UN" : "AL");
    step_date(save, "I.FU.LASTALV", 0, is_lost ? it->last_seen : when);
    if (is_lost) {
        step_missing(save, "I.FU.FULIMB", 0, "UNK");
        step_code(save, "I.FU.FUOST", 0, "U");
        step_code(save, "I.FU.FUNEU", 0, "U");
    } else {
        write_limb(patient, save, is_month);
    }
    step_yes(save, "I.FU.FUHOSP", 0, !is_home);
    if (is_home)
        step_date(save, "I.FU.HOSPDC", 0, it->discharged);
}

static const char *cause_of_death(const struct patient *patient, struct stream *stream)
{
    const struct baseline *it = &patient->baseline;
    if (it->has_brain_bleeding && draw_chance(stream, 0.6))
        return "ICH";
    if (it->has_sepsis && draw_chance(stream, 0.6))
        return "INF";
    if (it->has_gut_bleeding && draw_chance(stream, 0.4))
        return "BLD";
    return draw_chance(stream, 0.5) ? "HEM" : "MOF";
}

static void write_death(const struct patient *patient, struct diary *diary,
                        struct stream *stream)
{
    int64_t death = patient->outcome.death;
    if (death == 0)
        return;
    int64_t at = entered_later(stream, death);
    struct step *save = diary_report(diary, patient->index, at, death,
                                     STAFF_INVESTIGATOR, "SE.LOG", "F.DTH");
    step_moment(save, "I.DTH.DTHDTM", 0, death);
    step_code(save, "I.DTH.DTHC", 0, cause_of_death(patient, stream));
    step_yes(save, "I.DTH.DTHIO", 0, false);
    step_yes(save, "I.DTH.DTHWLS", 0, draw_chance(stream, 0.3));
    step_yes(save, "I.DTH.DTHIOIN", 0, patient_has_needle(patient, death));
}

void follow_up_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_FOLLOW_UP);
    int64_t t0 = patient_t0(patient);
    const struct {
        const char *event;
        int64_t low, high;
    } visits[] = {
        {"SE.D7", 6 * DAYS + 12 * HOURS, 7 * DAYS + 12 * HOURS},
        {"SE.D28", 26 * DAYS, 30 * DAYS},
        {"SE.D90", 85 * DAYS, 95 * DAYS},
    };
    for (size_t i = 0; i < ARRAY_COUNT(visits); i++)
        write_visit(patient, diary, visits[i].event,
                    t0 + draw_time(&stream, visits[i].low, visits[i].high), i == 1,
                    &stream);
    write_death(patient, diary, &stream);
}

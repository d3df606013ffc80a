/* F.ICF, and the enrolment that follows from it. Deferral is off. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

void consent_draw(struct patient *patient)
{
    struct consent *consent = &patient->consent;
    struct stream stream = patient_stream(patient, AREA_CONSENT);
    bool is_able = patient->baseline.is_responsive;
    consent->is_own =
        is_able && draw_chance(&stream, SHARE_OWN_CONSENT / SHARE_RESPONSIVE);
    consent->asked = patient->screened + draw_time(&stream, 5 * MINUTES, 10 * MINUTES);
    consent->signed_at = consent->asked + draw_time(&stream, 5 * MINUTES, 15 * MINUTES);
    consent->enrolled =
        consent->signed_at + draw_time(&stream, 3 * MINUTES, 8 * MINUTES);
}

static void write_agreement(struct step *save, const char *type, int64_t asked,
                            int64_t signed_at, const char *relation, bool is_able)
{
    step_code(save, "I.ICF.ICFTYPE", 0, type);
    step_text(save, "I.ICF.ICFVER", 0, TEXT("SYNTHETIC V1.0 2025-11-01"));
    step_moment(save, "I.ICF.ICFASK", 0, asked);
    step_moment(save, "I.ICF.ICFDTM", 0, signed_at);
    step_code(save, "I.ICF.ICFRES", 0, "AGR");
    step_code(save, "I.ICF.ICFREL", 0, relation);
    step_yes(save, "I.ICF.ICFCAP", 0, is_able);
    step_yes(save, "I.ICF.ICFSENS", 0, true);
    step_yes(save, "I.ICF.ICFABR", 0, false);
}

static void write_refusal(const struct patient *patient, struct diary *diary,
                          struct stream *stream)
{
    int64_t asked = patient->screened + draw_time(stream, 6 * MINUTES, 12 * MINUTES);
    int64_t at = asked + draw_time(stream, 10 * MINUTES, 20 * MINUTES);
    struct step *save = diary_report(diary, patient->index, at, asked,
                                     STAFF_INVESTIGATOR, "SE.SCR", "F.ICF");
    step_code(save, "I.ICF.ICFTYPE", 0, "LAR");
    step_text(save, "I.ICF.ICFVER", 0, TEXT("SYNTHETIC V1.0 2025-11-01"));
    step_moment(save, "I.ICF.ICFASK", 0, asked);
    step_code(save, "I.ICF.ICFRES", 0, "REFK");
    step_yes(save, "I.ICF.ICFCAP", 0, false);
    step_yes(save, "I.ICF.ICFSENS", 0, false);
}

/* The participant's own consent, once able. */
static void write_continuation(const struct patient *patient, struct diary *diary,
                               struct stream *stream)
{
    int64_t able = patient_t0(patient) + draw_time(stream, 2 * DAYS, 12 * DAYS);
    int64_t asked = able + draw_time(stream, 2 * HOURS, 40 * HOURS);
    int64_t signed_at = asked + draw_time(stream, 10 * MINUTES, 90 * MINUTES);
    if (patient->consent.is_own || !patient_is_seen(patient, signed_at + DAYS) ||
        !draw_chance(stream, SHARE_CONTINUES))
        return;
    int64_t at = entered_at_once(stream, signed_at);
    struct step *save = diary_report(diary, patient->index, at, signed_at,
                                     coordinator_on_duty(at), "SE.CONS", "F.ICF");
    write_agreement(save, "CONT", asked, signed_at, "SELF", true);
}

static void write_withdrawal(const struct patient *patient, struct diary *diary,
                             struct stream *stream)
{
    int64_t left = patient->outcome.last_seen;
    if (!patient->outcome.is_withdrawn)
        return;
    struct step *save = diary_report(diary, patient->index, entered_later(stream, left),
                                     left, STAFF_COORDINATOR, "SE.SCR", "F.ICF");
    step_moment(save, "I.ICF.ICFWDTM", 0, left);
    step_text(save, "I.ICF.ICFWSC", 0, TEXT("SYNTHETIC: follow-up"));
}

static void write_first_agreement(const struct patient *patient, struct diary *diary,
                                  struct stream *stream)
{
    static const char *const relations[] = {"SPO", "PAR", "CHI", "SIB"};
    static const double shares[] = {40, 25, 25, 10};
    const struct consent *consent = &patient->consent;
    int64_t at = consent->signed_at + draw_time(stream, 10 * SECONDS, 30 * SECONDS);
    struct step *save = diary_report(diary, patient->index, at, consent->signed_at,
                                     STAFF_INVESTIGATOR, "SE.SCR", "F.ICF");
    write_agreement(
        save, consent->is_own ? "PRO" : "LAR", consent->asked, consent->signed_at,
        consent->is_own ? "SELF"
                        : relations[draw_pick(stream, shares, ARRAY_COUNT(shares))],
        consent->is_own);
}

void consent_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_CONSENT);
    if (patient->screening == SCREENING_DECLINED)
        write_refusal(patient, diary, &stream);
    if (patient->consent.signed_at != 0)
        write_first_agreement(patient, diary, &stream);
    if (patient->ordinal == 0)
        return;
    diary_enrol(diary, patient->index, patient->consent.enrolled, STAFF_INVESTIGATOR);
    write_continuation(patient, diary, &stream);
    write_withdrawal(patient, diary, &stream);
}

/* F.SCR: whoever is considered, enrolled or not; why not is coded. */
#include "demo/areas.h"

#include "base/datetime.h"
#include "demo/draw.h"

enum cause { CAUSE_AGE, CAUSE_NOT_CRITICAL, CAUSE_NO_SITE };

static const struct {
    const char *result, *words;
} results[] = {
    [SCREENING_ENROLLED] = {"ENR", NULL},
    [SCREENING_NOT_ELIGIBLE] = {"INEL", NULL},
    [SCREENING_MISSED] = {"MISS", "SYNTHETIC: not approached, found in the ward list"},
    [SCREENING_DECLINED] = {"REF", NULL},
    [SCREENING_NOT_NEEDED] = {"NOIO", "SYNTHETIC: a peripheral line was placed"},
};

/* Born so that the age in completed years is right on the day of the screening. */
static int64_t birth_of(const struct patient *patient, struct stream *stream)
{
    struct moment moment = moment_of_instant(patient->screened, SITE_OFFSET_MINUTES);
    int32_t day = moment.month == 2 && moment.day == 29 ? 28 : moment.day;
    int64_t birthday =
        days_of_civil(moment.year - patient->baseline.age, moment.month, day);
    return (birthday - draw_integer(stream, 0, 360)) * DAYS;
}

static void write_categories(const struct baseline *baseline, struct step *save)
{
    const struct choice categories[] = {
        {"1", baseline->in_rapid}, {"2", baseline->in_complication},
        {"3", baseline->in_organ}, {"4", baseline->in_immune},
        {"5", baseline->in_other},
    };
    const struct choice complications[] = {
        {"AGRAN", baseline->has_agranulocytosis},
        {"TCP", baseline->has_low_platelets},
        {"ANEM", baseline->has_anemia},
        {"ADVT", baseline->has_advanced_tumor},
        {"SSHOCK", baseline->has_septic_shock},
        {"SEPSIS", baseline->has_sepsis},
        {"DIC", baseline->has_dic},
        {"GIB", baseline->has_gut_bleeding},
        {"CNS", baseline->has_nervous_disease},
        {"ICH", baseline->has_brain_bleeding},
    };
    const struct choice organs[] = {
        {"RESP", baseline->fails_lung},
        {"CARD", baseline->fails_heart},
        {"RENAL", baseline->fails_kidney},
        {"HEP", baseline->fails_liver},
    };
    const struct choice immune[] = {
        {"HSCT", baseline->has_transplant},
        {"CRS34", baseline->crs >= 3},
        {"ICANS34", baseline->icans >= 3},
        {"ILD34", baseline->ild >= 3},
    };
    step_choices(save, "I.SCR.INC2", 0, categories, ARRAY_COUNT(categories));
    if (baseline->in_complication)
        step_choices(save, "I.SCR.INC2B", 0, complications, ARRAY_COUNT(complications));
    if (baseline->in_organ)
        step_choices(save, "I.SCR.INC2C", 0, organs, ARRAY_COUNT(organs));
    if (baseline->in_immune)
        step_choices(save, "I.SCR.INC2D", 0, immune, ARRAY_COUNT(immune));
}

static void write_sites(const struct patient *patient, struct stream *stream,
                        struct step *save)
{
    static const char *const exclusions[] = {"I.SCR.EXC1", "I.SCR.EXC2", "I.SCR.EXC3",
                                             "I.SCR.EXC4", "I.SCR.EXC5", "I.SCR.EXC6"};
    const char *sites[SITES_MOST];
    size_t count = patient_sites(patient, sites);
    bool is_unusable =
        patient->screening == SCREENING_NOT_ELIGIBLE && patient->cause == CAUSE_NO_SITE;
    for (size_t i = 0; i < count; i++) {
        int64_t row = (int64_t)i + 1;
        int32_t reason = draw_integer(stream, 0, 4);
        step_code(save, "I.SCR.XSITE", row, sites[i]);
        for (int32_t k = 0; k < (int32_t)ARRAY_COUNT(exclusions); k++)
            step_yes(save, exclusions[k], row, is_unusable && k == reason);
    }
}

static void write_criteria(const struct patient *patient, struct stream *stream,
                           struct step *save)
{
    bool is_not_critical = patient->screening == SCREENING_NOT_ELIGIBLE &&
                           patient->cause == CAUSE_NOT_CRITICAL;
    step_moment(save, "I.SCR.SCRDTM", 0, patient->screened);
    step_date(save, "I.SCR.BRTHDT", 0, birth_of(patient, stream));
    step_yes(save, "I.SCR.HVOL", 0, false);
    write_categories(&patient->baseline, save);
    step_yes(save, "I.SCR.HEMANY", 0, true);
    step_yes(save, "I.SCR.CRITIC", 0, !is_not_critical);
    write_sites(patient, stream, save);
    step_yes(save, "I.SCR.IODEC", 0, patient->screening == SCREENING_ENROLLED);
}

/* When the outcome of the screening is known, and entered. */
static int64_t result_time(const struct patient *patient, struct stream *stream,
                           int64_t criteria)
{
    if (patient->screening == SCREENING_ENROLLED)
        return patient->consent.signed_at + draw_time(stream, 40 * SECONDS, MINUTES);
    return criteria + draw_time(stream, 30 * MINUTES, 5 * HOURS);
}

void screening_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = patient_stream(patient, AREA_SCREENING);
    int64_t at = patient->screened + draw_time(&stream, 60 * SECONDS, 100 * SECONDS);
    if (patient->screening == SCREENING_MISSED)
        at = entered_later(&stream, patient->screened);
    enum staff by = coordinator_on_duty(at);
    diary_screen(diary, patient->index, at, by);
    at += draw_time(&stream, 60 * SECONDS, 150 * SECONDS);
    struct step *save = diary_report(diary, patient->index, at, patient->screened, by,
                                     "SE.SCR", "F.SCR");
    write_criteria(patient, &stream, save);

    int64_t known = result_time(patient, &stream, at);
    struct step *result = diary_save(diary, patient->index, known,
                                     coordinator_on_duty(known), "SE.SCR", "F.SCR");
    step_code(result, "I.SCR.SCRRES", 0, results[patient->screening].result);
    if (results[patient->screening].words != NULL)
        step_text(result, "I.SCR.SCROTH", 0,
                  text_of(results[patient->screening].words));
}

/* F.DM, F.MH, F.BL: person, disease, severity. `severity` and `marrow` tie the draws
 * together; what the screening form ticks follows from the values, not the other way. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <math.h>

static const struct diagnosis {
    const char *code, *words, *icd;
    double share;
    bool has_blasts;
} diagnoses[] = {
    {"AML", "acute myeloid leukemia", "C92.0", 27, true},
    {"NHLB", "diffuse large B-cell lymphoma", "C83.3", 15, false},
    {"ALL", "acute lymphoblastic leukemia", "C91.0", 11, true},
    {"MM", "multiple myeloma", "C90.0", 9, false},
    {"NHLT", "NK/T-cell lymphoma", "C86.0", 8, false},
    {"MDS", "myelodysplastic neoplasm", "D46.9", 7, false},
    {"AA", "aplastic anemia", "D61.9", 7, false},
    {"HLH", "hemophagocytic lymphohistiocytosis", "D76.1", 5, false},
    {"APL", "acute promyelocytic leukemia", "C92.4", 4, true},
    {"TMA", "thrombotic microangiopathy", "M31.1", 3, false},
    {"OTH", "other hematological disease", "D75.9", 4, false},
};

const char *baseline_diagnosis(const struct patient *patient)
{
    return diagnoses[patient->baseline.diagnosis].code;
}

/* A standard normal with correlation `r` to another one. */
static double draw_tied(struct stream *stream, double other, double r)
{
    return r * other + sqrt(1 - r * r) * draw_normal(stream, 0, 1);
}

/* Does something happen that is more likely the sicker the patient? */
static bool draw_tied_chance(struct stream *stream, double share, double severity)
{
    return draw_chance(stream, logistic(logit(share) + 0.7 * severity));
}

/* --- who -------------------------------------------------------------------------------- */

static void draw_person(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    double shares[ARRAY_COUNT(diagnoses)];
    it->is_male = draw_chance(stream, SHARE_MALE);
    it->age = (int32_t)draw_normal_within(stream, AGE, AGE_LIMITS);
    it->height = it->is_male ? draw_normal(stream, HEIGHT_MALE)
                             : draw_normal(stream, HEIGHT_FEMALE);
    it->weight = it->is_male ? draw_normal_within(stream, WEIGHT_MALE, 42, 110)
                             : draw_normal_within(stream, WEIGHT_FEMALE, 40, 100);
    it->is_weight_estimated = draw_chance(stream, 0.3);
    it->is_allergic = draw_chance(stream, 0.01);
    for (size_t i = 0; i < ARRAY_COUNT(diagnoses); i++)
        shares[i] = diagnoses[i].share;
    it->diagnosis = draw_pick(stream, shares, ARRAY_COUNT(diagnoses));
    it->is_suspected = draw_chance(stream, 0.1);
    it->is_lytic = text_equal(text_of(diagnoses[it->diagnosis].code), TEXT("MM")) &&
                   draw_chance(stream, 0.5);
}

static void draw_transplant(struct patient *patient, struct stream *stream)
{
    static const double phases[] = {20, 45, 25, 10};
    struct baseline *it = &patient->baseline;
    it->has_transplant = draw_chance(stream, SHARE_TRANSPLANT);
    it->has_car_t = !it->has_transplant &&
                    draw_chance(stream, SHARE_CAR_T / (1 - SHARE_TRANSPLANT));
    it->has_checkpoint_inhibitor =
        !it->has_transplant && !it->has_car_t && draw_chance(stream, SHARE_CHECKPOINT);
    it->transplant_phase = (int32_t)draw_pick(stream, phases, ARRAY_COUNT(phases));
    if (it->has_transplant && it->transplant_phase >= 1)
        it->gvhd = draw_chance(stream, 0.3) ? draw_integer(stream, 1, 4) : 0;
    if (it->has_car_t) {
        it->crs = draw_integer(stream, 2, 4);
        it->icans = draw_integer(stream, 0, 3);
    }
    if (it->has_checkpoint_inhibitor)
        it->ild = draw_integer(stream, 2, 4);
}

/* --- blood ------------------------------------------------------------------------------- */

static bool is_before_engraftment(const struct baseline *it)
{
    return it->has_transplant && it->transplant_phase <= 1;
}

static void draw_count(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    struct blood *blood = &it->blood;
    double threshold = -logit(SHARE_ANC_LOW) / 1.702; /* of a standard normal, nearly */
    bool is_low = draw_tied(stream, patient->marrow, 0.6) > threshold ||
                  is_before_engraftment(it);
    blood->anc = is_low ? clamp(draw_lognormal(stream, 0.12, 0.8), 0, 0.49)
                        : clamp(draw_lognormal(stream, ANC), 0.5, 60);
    blood->lymphocytes = clamp(draw_lognormal(stream, 0.5, 0.7), 0.02, 8);
    blood->blasts = diagnoses[it->diagnosis].has_blasts && draw_chance(stream, 0.6)
                        ? draw_between(stream, 2, 85)
                        : 0;
    blood->platelets = PLATELETS_MEDIAN *
                       exp(PLATELETS_LOG_SD * draw_tied(stream, -patient->marrow, 0.7));
    blood->platelets = clamp(blood->platelets, 2, 400);
    blood->hemoglobin =
        HEMOGLOBIN + HEMOGLOBIN_SD * draw_tied(stream, -patient->marrow, 0.4);
    blood->hemoglobin = clamp(blood->hemoglobin, 41, 130);
}

static void draw_chemistry(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    struct blood *blood = &it->blood;
    bool is_storm =
        it->crs >= 3 || text_equal(text_of(baseline_diagnosis(patient)), TEXT("HLH"));
    double storm = is_storm ? CYTOKINE_FACTOR : 1;
    blood->crp = clamp(draw_lognormal(stream, CRP_BASELINE), 1, 600);
    blood->pct = clamp(draw_lognormal(stream, PCT_BASELINE), 0.02, 200);
    blood->il6 = clamp(storm * draw_lognormal(stream, IL6_BASELINE), 2, 90000);
    blood->ferritin =
        clamp(storm * draw_lognormal(stream, FERRITIN_BASELINE), 20, 90000);
    blood->creatinine =
        clamp(CREATININE_MEDIAN *
                  exp(CREATININE_LOG_SD * draw_tied(stream, patient->severity, 0.5)),
              25, 1200);
    blood->urea = clamp(blood->creatinine * draw_between(stream, 0.055, 0.12), 2, 60);
    blood->bilirubin =
        clamp(draw_lognormal(stream, BILIRUBIN) * exp(0.3 * patient->severity), 3, 450);
    blood->alt = clamp(draw_lognormal(stream, ALT_BASELINE), 4, 2500);
    blood->albumin = clamp(draw_normal(stream, 28, 5), 16, 45);
    blood->sodium = clamp(draw_normal(stream, 138, 5), 122, 158);
    blood->potassium = clamp(draw_normal(stream, 3.9, 0.6), 2.6, 6.2);
    blood->glucose = clamp(draw_lognormal(stream, 7.8, 0.3), 3, 25);
    blood->lactate =
        clamp(LACTATE_MEDIAN *
                  exp(LACTATE_LOG_SD * draw_tied(stream, patient->severity, LACTATE_R)),
              0.6, 19);
}

static void draw_clotting(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    struct blood *blood = &it->blood;
    blood->pt = draw_normal_within(stream, PT_BASELINE, 10.5, 40);
    blood->aptt = draw_normal_within(stream, APTT_BASELINE, 22, 110);
    blood->fibrinogen = it->has_dic ? draw_lognormal(stream, FIBRINOGEN_DIC)
                                    : draw_lognormal(stream, FIBRINOGEN);
    blood->fibrinogen = clamp(blood->fibrinogen, 0.52, 8.5);
    blood->d_dimer = it->has_dic ? draw_lognormal(stream, D_DIMER_DIC)
                                 : draw_lognormal(stream, D_DIMER);
    blood->d_dimer = clamp(blood->d_dimer, 0.2, 78);
}

/* --- organs ----------------------------------------------------------------------------- */

static void draw_brain(struct patient *patient, struct stream *stream)
{
    static const struct {
        const char *avpu;
        double share;
        int32_t scores[3][3]; /* eye, verbal, motor */
    } levels[] = {
        {"A", 0.27, {{4, 5, 6}, {4, 5, 6}, {4, 4, 6}}},
        {"V", 0.18, {{3, 4, 6}, {3, 4, 5}, {3, 3, 5}}},
        {"P", 0.32, {{2, 2, 5}, {2, 2, 4}, {2, 1, 5}}},
        {"U", 0.23, {{1, 1, 4}, {1, 1, 3}, {1, 1, 2}}},
    };
    struct baseline *it = &patient->baseline;
    /* Into the shares by the distribution function, nearly: logistic(1.702 x). */
    double place = logistic(1.702 * draw_tied(stream, patient->severity, 0.6));
    size_t i = 0;
    double below = levels[0].share;
    while (i < 3 && place > below) {
        i++;
        below += levels[i].share;
    }
    const int32_t *score = levels[i].scores[draw_integer(stream, 0, 2)];
    it->avpu = levels[i].avpu;
    it->is_responsive = i <= 1;
    it->eye = score[0];
    it->verbal = score[1];
    it->motor = score[2];
}

static void draw_lung(struct patient *patient, struct stream *stream)
{
    static const struct {
        const char *device;
        int32_t fio2;
        double low, high;
    } levels[] = {{"RA", 21, 330, 450},
                  {"NC", 33, 250, 380},
                  {"HFNC", 50, 150, 300},
                  {"NIV", 50, 130, 260},
                  {"IMV", 60, 90, 280}};
    struct baseline *it = &patient->baseline;
    double need = draw_tied(stream, patient->severity, 0.5);
    size_t i = need < -0.9 ? 0 : need < 0.1 ? 1 : need < 0.7 ? 2 : 3;
    if (!it->is_responsive && need > 0.0)
        i = 4;
    it->oxygen = levels[i].device;
    it->fio2 = levels[i].fio2;
    it->is_intubated = i == 4;
    if (it->is_intubated)
        it->verbal = 1;
    it->blood.pf = draw_between(stream, levels[i].low, levels[i].high);
    it->fails_lung = i >= 2;
}

static void draw_circulation(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    it->map = MAP_BASELINE + MAP_PER_SEVERITY * patient->severity +
              draw_normal(stream, 0, MAP_RESIDUAL);
    it->map = clamp(it->map, 36, 95);
    it->heart_rate = clamp(draw_normal(stream, HEART_RATE), 58, 175);
    it->is_on_vasoactive =
        draw_chance(stream, logistic(-0.6 + 0.9 * patient->severity));
    it->fails_heart = draw_tied_chance(stream, 0.1, patient->severity);
    it->fails_kidney = it->blood.creatinine > 170;
    it->fails_liver = it->blood.bilirubin > 100;
    it->is_dialysed = it->blood.creatinine > 350 && draw_chance(stream, 0.6);
}

/* --- what the screening form ticks -------------------------------------------------------- */

/* A sign that is there is ticked as often as its share in the category asks for. */
static bool draw_tick(struct stream *stream, bool is_there, double share,
                      double how_often)
{
    return is_there && draw_chance(stream, clamp(share / how_often, 0, 1));
}

static void draw_complications(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    const struct blood *blood = &it->blood;
    it->has_low_platelets =
        draw_tick(stream, blood->platelets < 100, SHARE_LOW_PLATELETS, 0.967);
    it->has_agranulocytosis =
        draw_tick(stream, blood->anc < 0.5, SHARE_AGRANULOCYTES, 0.5);
    it->has_anemia = draw_tick(stream, blood->hemoglobin < 80, SHARE_ANEMIA, 0.734);
    it->has_advanced_tumor = draw_chance(stream, 0.05);
    it->has_sepsis = draw_tied_chance(stream, SHARE_SEPSIS, patient->severity);
    it->has_septic_shock =
        it->has_sepsis &&
        draw_tied_chance(stream, SHARE_SEPTIC_SHOCK / SHARE_SEPSIS, patient->severity);
    it->has_dic = draw_chance(stream, SHARE_DIC);
    it->has_gut_bleeding = draw_chance(stream, SHARE_GUT_BLEEDING);
    it->has_nervous_disease = draw_chance(stream, SHARE_NERVOUS);
    it->has_brain_bleeding = draw_chance(stream, SHARE_BRAIN_BLEED);
    it->in_complication = it->has_low_platelets || it->has_agranulocytosis ||
                          it->has_anemia || it->has_advanced_tumor || it->has_sepsis ||
                          it->has_dic || it->has_gut_bleeding ||
                          it->has_nervous_disease || it->has_brain_bleeding;
    /* Sepsis-3: vasopressor for the pressure, and lactate above 2 mmol/L. */
    if (it->has_septic_shock) {
        it->is_on_vasoactive = true;
        if (it->blood.lactate < 2.2)
            it->blood.lactate = draw_between(stream, 2.2, 4);
    }
}

static void draw_categories(struct patient *patient, struct stream *stream)
{
    struct baseline *it = &patient->baseline;
    enum { OFTEN_ORGAN = 65, OFTEN_IMMUNE = 22 }; /* per cent who could be ticked */
    if (draw_chance(stream, SHARE_COMPLICATION))
        draw_complications(patient, stream);
    bool has_organ =
        it->fails_lung || it->fails_heart || it->fails_kidney || it->fails_liver;
    bool has_immune =
        it->has_transplant || it->crs >= 3 || it->icans >= 3 || it->ild >= 3;
    it->in_rapid = draw_chance(stream, SHARE_RAPID);
    it->in_organ = draw_tick(stream, has_organ, SHARE_ORGAN, OFTEN_ORGAN / 100.0);
    it->in_immune = draw_tick(stream, has_immune, SHARE_IMMUNE, OFTEN_IMMUNE / 100.0);
    it->in_other = draw_chance(stream, SHARE_OTHER);
    if (!it->in_rapid && !it->in_complication && !it->in_organ && !it->in_immune)
        it->in_other = true;
}

/* Why not eligible: too old, not critically ill, no usable site. */
static void draw_cause(struct patient *patient, struct stream *stream)
{
    static const double shares[] = {40, 30, 30};
    patient->cause = (int32_t)draw_pick(stream, shares, ARRAY_COUNT(shares));
    if (patient->cause == 0)
        patient->baseline.age = draw_integer(stream, 66, 84);
}

void baseline_draw(struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_BASELINE);
    struct baseline *it = &patient->baseline;
    patient->severity = draw_normal(&stream, 0, 1);
    patient->marrow = draw_normal(&stream, 0, 1);
    draw_person(patient, &stream);
    draw_transplant(patient, &stream);
    draw_count(patient, &stream);
    draw_chemistry(patient, &stream);
    draw_brain(patient, &stream);
    draw_lung(patient, &stream);
    draw_circulation(patient, &stream);
    draw_categories(patient, &stream);
    draw_clotting(patient, &stream);
    it->piv_tries = draw_poisson(&stream, PIV_ATTEMPTS);
    it->cvc_tries =
        draw_chance(&stream, SHARE_CVC_TRIED) ? draw_integer(&stream, 1, 2) : 0;
    if (patient->screening == SCREENING_NOT_ELIGIBLE)
        draw_cause(patient, &stream);
}

/* --- writing ------------------------------------------------------------------------------ */

static void write_demography(const struct patient *patient, struct diary *diary,
                             struct stream *stream)
{
    const struct baseline *it = &patient->baseline;
    int64_t enrolled = patient->consent.enrolled;
    struct step *bedside = diary_save(diary, patient->index, enrolled + 25 * SECONDS,
                                      nurse_on_duty(enrolled), "SE.BL", "F.DM");
    step_number(bedside, "I.DM.WEIGHT", 0, it->weight, 1);
    step_yes(bedside, "I.DM.WTEST", 0, it->is_weight_estimated);

    int64_t at = entered_later(stream, enrolled);
    int64_t ward = enrolled - draw_time(stream, 3 * HOURS, 4 * DAYS);
    struct step *desk = diary_report(diary, patient->index, at, enrolled,
                                     coordinator_on_duty(at), "SE.BL", "F.DM");
    step_moment(desk, "I.DM.HOSPADM", 0, ward - draw_time(stream, HOURS, 20 * DAYS));
    step_moment(desk, "I.DM.ICUADM", 0, ward);
    step_code(desk, "I.DM.SEX", 0, it->is_male ? "M" : "F");
    step_code(desk, "I.DM.ETHNIC", 0, draw_chance(stream, 0.97) ? "HA" : "HU");
    step_number(desk, "I.DM.HEIGHT", 0, it->height, 1);
    if (!it->is_male)
        step_code(desk, "I.DM.PREG", 0, it->age < 50 ? "N" : "NA");
}

static void write_transplant(const struct patient *patient, struct step *save,
                             struct stream *stream)
{
    static const char *const types[] = {"AUTO", "MSD", "HAPLO", "MUD"};
    static const double shares[] = {15, 30, 45, 10};
    static const char *const phases[] = {"COND", "PREE", "POSTE", "LATE"};
    static const int32_t days[][2] = {{-6, -1}, {1, 18}, {25, 95}, {105, 300}};
    const struct baseline *it = &patient->baseline;
    step_yes(save, "I.MH.HSCT", 0, it->has_transplant);
    if (it->has_transplant) {
        const int32_t *range = days[it->transplant_phase];
        int64_t day = draw_integer(stream, range[0], range[1]);
        step_code(save, "I.MH.HSCTTYP", 0,
                  types[draw_pick(stream, shares, ARRAY_COUNT(shares))]);
        step_date(save, "I.MH.HSCTDT", 0, patient->screened - day * DAYS);
        step_code(save, "I.MH.HSCTPH", 0, phases[it->transplant_phase]);
        step_integer(save, "I.MH.GVHDGR", 0, it->gvhd);
    }
    bool has_immune_therapy = it->has_car_t || it->has_checkpoint_inhibitor;
    step_code(save, "I.MH.IMMTX", 0,
              it->has_car_t                  ? "CART"
              : it->has_checkpoint_inhibitor ? "ICI"
                                             : "NONE");
    if (has_immune_therapy) {
        step_integer(save, "I.MH.CRSGR", 0, it->crs);
        step_integer(save, "I.MH.ICANSGR", 0, it->icans);
    }
    if (it->has_checkpoint_inhibitor)
        step_integer(save, "I.MH.ILDGR", 0, it->ild);
}

static const char *shock_of(const struct baseline *it)
{
    if (it->has_septic_shock)
        return "SEP";
    if (it->has_gut_bleeding && it->map < 65)
        return "HEM";
    if (it->fails_heart && it->map < 60)
        return "CARD";
    return it->map < 58 ? "MIX" : "NONE";
}

static void write_picture(const struct patient *patient, struct step *save,
                          struct stream *stream)
{
    const struct baseline *it = &patient->baseline;
    step_code(save, "I.MH.SHOCKT", 0, shock_of(it));
    step_yes(save, "I.MH.SEPSIS3", 0, it->has_sepsis);
    step_yes(save, "I.MH.SSHOCK", 0, it->has_septic_shock);
    step_yes(save, "I.MH.GIBLEED", 0, it->has_gut_bleeding);
    step_yes(save, "I.MH.ICHEM", 0, it->has_brain_bleeding);
    step_yes(save, "I.MH.CNSINV", 0, it->has_nervous_disease);
    step_yes(save, "I.MH.DICCLIN", 0, it->has_dic);
    step_yes(save, "I.MH.DICUND", 0, true);
    step_yes(save, "I.MH.DICMIC", 0, it->has_dic && draw_chance(stream, 0.3));
    step_yes(save, "I.MH.DICORG", 0, it->has_dic && draw_chance(stream, 0.2));
    step_yes(save, "I.MH.LYTIC", 0, it->is_lytic);
    step_yes(save, "I.MH.ARRB", 0,
             text_equal(text_of(it->avpu), TEXT("U")) && draw_chance(stream, 0.15));
}

static void write_disease(const struct patient *patient, struct diary *diary,
                          struct stream *stream)
{
    static const char *const states[] = {"NEW", "IND", "CR", "PR", "REL", "REFR"};
    static const double shares[] = {25, 25, 10, 10, 20, 10};
    const struct baseline *it = &patient->baseline;
    const struct diagnosis *diagnosis = &diagnoses[it->diagnosis];
    int64_t enrolled = patient->consent.enrolled;
    struct step *bedside = diary_save(diary, patient->index, enrolled + 45 * SECONDS,
                                      nurse_on_duty(enrolled), "SE.BL", "F.MH");
    step_yes(bedside, "I.MH.ALLID", 0, it->is_allergic);

    int64_t at = entered_later(stream, enrolled);
    struct step *desk = diary_report(diary, patient->index, at, enrolled,
                                     coordinator_on_duty(at), "SE.BL", "F.MH");
    step_code(desk, "I.MH.HEMDX", 0, diagnosis->code);
    step_text(desk, "I.MH.HEMDXT", 0,
              text_format(desk->arena, "SYNTHETIC: %s", diagnosis->words));
    step_code(desk, "I.MH.DXICD", 0, diagnosis->icd);
    step_code(desk, "I.MH.DXCERT", 0, it->is_suspected ? "SUSP" : "CONF");
    step_date(desk, "I.MH.DXDT", 0, enrolled - draw_time(stream, 5 * DAYS, 900 * DAYS));
    step_code(desk, "I.MH.DISST", 0,
              states[draw_pick(stream, shares, ARRAY_COUNT(shares))]);
    write_transplant(patient, desk, stream);
    write_picture(patient, desk, stream);
}

static void write_severity(const struct patient *patient, struct diary *diary,
                           struct stream *stream)
{
    const struct baseline *it = &patient->baseline;
    int64_t enrolled = patient->consent.enrolled;
    struct step *bedside = diary_save(diary, patient->index, enrolled + 60 * SECONDS,
                                      nurse_on_duty(enrolled), "SE.BL", "F.BL");
    step_code(bedside, "I.BL.AVPU", 0, it->avpu);

    int64_t at = entered_later(stream, enrolled);
    struct step *save = diary_report(diary, patient->index, at, enrolled,
                                     coordinator_on_duty(at), "SE.BL", "F.BL");
    step_integer(save, "I.BL.GCSE", 0, it->eye);
    step_integer(save, "I.BL.GCSV", 0, it->verbal);
    step_integer(save, "I.BL.GCSM", 0, it->motor);
    step_yes(save, "I.BL.INTUB", 0, it->is_intubated);
    step_code(save, "I.BL.O2DEV", 0, it->oxygen);
    step_yes(save, "I.BL.RRT", 0, it->is_dialysed);
    double urine =
        clamp(draw_normal(stream, 1500, 600) / (it->blood.creatinine / 110), 20, 4500);
    step_number(save, "I.BL.URINE24", 0, urine, 0);
    const struct choice reasons[] = {
        {"PIVF", it->piv_tries > 0},
        {"CVCF", it->cvc_tries > 0},
        {"CVCR", it->blood.platelets < 50},
        {"TIME", it->map < 60 || (it->piv_tries == 0 && it->cvc_tries == 0)},
    };
    step_choices(save, "I.BL.IOIND", 0, reasons, ARRAY_COUNT(reasons));
    step_integer(save, "I.BL.PIVTRY", 0, it->piv_tries);
    step_integer(save, "I.BL.CVCTRY", 0, it->cvc_tries);
    if (it->piv_tries + it->cvc_tries > 0)
        step_moment(save, "I.BL.ACCFST", 0,
                    patient->screened - draw_time(stream, 2 * MINUTES, 40 * MINUTES));
    step_yes(save, "I.BL.OTHACC", 0, draw_chance(stream, 0.25));
}

void baseline_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_BASELINE);
    write_demography(patient, diary, &stream);
    write_disease(patient, diary, &stream);
    write_severity(patient, diary, &stream);
}

#include "demo/faults.h"

#include "demo/areas.h"

/* Participants of faults 3 and 4 are enrolled on or after 2027-07-16, so that day 97 has
 * not passed at the simulated now; and long enough before it that all is entered. */
static const int64_t late_from = INT64_C(1815667200) * SECONDS;
enum { LATE_FAULTS = 3 };
#define LATE_UNTIL (simulated_now - 8 * DAYS)

static bool is_late(const struct patient *patient)
{
    return patient->screening == SCREENING_ENROLLED && patient->screened >= late_from &&
           patient->screened < LATE_UNTIL;
}

/* Moves the latest of the others into the season when too few came by themselves. */
static void make_late(struct cohort *cohort)
{
    for (size_t late = 0, i = 0; i < LATE_FAULTS; i++) {
        struct patient *latest = NULL;
        late = 0;
        for (size_t k = 0; k < cohort->count; k++) {
            struct patient *patient = &cohort->patients[k];
            late += is_late(patient);
            if (patient->screening == SCREENING_ENROLLED &&
                patient->screened < late_from &&
                (latest == NULL || patient->screened > latest->screened))
                latest = patient;
        }
        if (late >= LATE_FAULTS || latest == NULL)
            return;
        latest->screened = late_from + (int64_t)(10 + 20 * i) * DAYS + 9 * HOURS;
    }
}

void faults_place(struct cohort *cohort)
{
    struct patient *older = &cohort->patients[cohort->count];
    const struct patient *first = &cohort->patients[0];
    *older = (struct patient){.seed = first->seed,
                              .number = (uint32_t)++cohort->count,
                              .enrolled = cohort->enrolled,
                              .screening = SCREENING_NOT_ELIGIBLE,
                              .screened = accrual_begins + 199 * DAYS + 10 * HOURS,
                              .fault = FAULT_AGE};
    if (cohort->enrolled >= FAULTS_FEWEST)
        make_late(cohort);
}

/* Lives and is followed by what its own streams say? Nobody is raised from the dead for a
 * fault, so that survival stays what it is, as long as there is somebody else. */
static bool survives(const struct patient *patient)
{
    struct patient copy = *patient;
    baseline_draw(&copy);
    consent_draw(&copy);
    insertion_draw(&copy);
    outcome_draw(&copy);
    return copy.outcome.death == 0 && copy.outcome.last_seen == 0 &&
           copy.insertions[0].is_placed;
}

/* The first from place `from` on, round the circle, who lives; else anybody. Nobody of the
 * last days: what is spoiled must have been entered by now. */
static void assign(struct cohort *cohort, size_t from, bool must_be_late,
                   enum planted_fault fault)
{
    struct patient *chosen = NULL;
    for (size_t i = 0; i < cohort->count; i++) {
        struct patient *patient = &cohort->patients[(from + i) % cohort->count];
        if (patient->ordinal == 0 || patient->fault != FAULT_NONE ||
            patient->screened >= LATE_UNTIL || is_late(patient) != must_be_late)
            continue;
        bool is_first = chosen == NULL;
        if (is_first)
            chosen = patient;
        if (survives(patient)) {
            chosen = patient;
            break;
        }
    }
    ASSERT(chosen != NULL);
    chosen->fault = (int32_t)fault;
    chosen->is_spared = true;
}

void faults_assign(struct cohort *cohort)
{
    static const enum planted_fault late[LATE_FAULTS] = {FAULT_DWELL, FAULT_SWAPPED_H2,
                                                         FAULT_SWAPPED_H4};
    static const enum planted_fault early[] = {FAULT_REPUNCTURE, FAULT_CREATININE,
                                               FAULT_D_DIMER, FAULT_LIDOCAINE,
                                               FAULT_LATE_SAE};
    if (cohort->enrolled < FAULTS_FEWEST)
        return;
    for (size_t i = 0; i < LATE_FAULTS; i++)
        assign(cohort, 0, true, late[i]);
    for (size_t i = 0; i < ARRAY_COUNT(early); i++)
        assign(cohort, i * cohort->count / 8, false, early[i]);
}

/* --- shaping ------------------------------------------------------------------------------- */

void faults_shape_person(struct patient *patient)
{
    struct baseline *it = &patient->baseline;
    bool is_swapped =
        patient->fault == FAULT_SWAPPED_H2 || patient->fault == FAULT_SWAPPED_H4;
    if (patient->fault == FAULT_AGE) {
        it->age = 66;
        patient->cause = 0;
        consent_draw(patient); /* the family agrees before the age is seen */
    }
    if (is_swapped) {
        it->is_on_vasoactive = false;
        it->has_septic_shock = false;
    }
    if (patient->fault != FAULT_LIDOCAINE)
        return;
    it->weight = 50.0;
    it->is_allergic = it->is_intubated = false;
    it->avpu = "A";
    it->oxygen = "NC";
    it->fio2 = 33;
    it->is_responsive = true;
    it->eye = 4;
    it->verbal = 5;
    it->motor = 6;
}

/* The needle lost its purpose early; eleven hours later one is needed again, the same bone
 * is chosen and refused, and the other leg taken. */
static void shape_repuncture(struct patient *patient)
{
    struct insertion *first = &patient->insertions[0],
                     *second = &patient->insertions[1];
    struct removal *out = &patient->removals[0];
    const int64_t puncture = first->attempts[0].puncture;
    first->attempts[0].site = "PTL";
    *out = (struct removal){.at = puncture + 7 * HOURS, .reason = "NON"};
    int64_t decided = out->at + 11 * HOURS;
    *second = (struct insertion){
        .decided = decided,
        .kit = decided + 45 * SECONDS,
        .attempts = {{.site = "PTR",
                      .landmark = decided + 150 * SECONDS,
                      .puncture = decided + 156 * SECONDS,
                      .marrow = decided + 168 * SECONDS,
                      .confirmed = decided + 180 * SECONDS,
                      .ended = decided + 180 * SECONDS,
                      .is_success = true}},
        .attempt_count = 1,
        .is_placed = true,
        .operated_by = first->operated_by,
        .experience = first->experience + 1,
        .pain = first->pain,
        .flushed = decided + 190 * SECONDS,
        .running = decided + 260 * SECONDS,
        .first_choice = "PTL",
    };
    patient->insertion_count = 2;
    patient->removals[1] =
        (struct removal){.at = decided + 9 * HOURS, .reason = "PLAN"};
}

static void shape_dwell(struct patient *patient)
{
    int64_t since = insertion_success(&patient->insertions[0])->puncture;
    patient->removals[0] =
        (struct removal){.at = since + 1518 * MINUTES, .reason = "PLAN"}; /* 25.3 h */
}

/* 40 + 20 mg, then five times 20 mg: 160 mg at 50.0 kg. */
static void shape_lidocaine(struct patient *patient)
{
    struct lidocaine *it = &patient->lidocaine;
    int64_t running = patient->insertions[0].running;
    int64_t least = running + 9 * HOURS;
    it->dose_count = 2;
    for (int32_t i = 1; i <= 5; i++)
        it->doses[it->dose_count++] = (struct dose){.step = 3,
                                                    .milligrams = 20,
                                                    .seconds = 60,
                                                    .at = running + i * 75 * MINUTES};
    if (patient->removals[0].at < least)
        patient->removals[0] = (struct removal){.at = least, .reason = "PLAN"};
}

void faults_shape_course(struct patient *patient)
{
    struct complications *harm = &patient->complications;
    switch ((enum planted_fault)patient->fault) {
    case FAULT_REPUNCTURE: shape_repuncture(patient); break;
    case FAULT_DWELL: shape_dwell(patient); break;
    case FAULT_SWAPPED_H2:
    case FAULT_SWAPPED_H4: patient->has_io_vasoactive = false; break;
    case FAULT_LIDOCAINE: shape_lidocaine(patient); break;
    case FAULT_LATE_SAE:
        harm->other = harm->is_other_serious = true;
        harm->report_delay = 27 * HOURS;
        break;
    case FAULT_NONE:
    case FAULT_AGE:
    case FAULT_CREATININE:
    case FAULT_D_DIMER: break;
    }
}

/* --- spoiling --------------------------------------------------------------------------------- */

/* The outcome is entered before the age is seen, and then corrected. */
static void spoil_age(const struct patient *patient, struct diary *diary)
{
    struct step *result = NULL;
    for (size_t i = 0; i < diary->count; i++)
        if (diary->steps[i]->patient == patient->index &&
            diary->steps[i]->kind == STEP_SAVE &&
            step_find(diary->steps[i], "I.SCR.SCRRES", 0) != NULL)
            result = diary->steps[i];
    ASSERT(result != NULL);
    step_find(result, "I.SCR.SCRRES", 0)->value = TEXT("ENR");
    struct step *again = diary_save(diary, patient->index, result->at + 12 * MINUTES,
                                    result->by, "SE.SCR", "F.SCR");
    step_correct(again, result, "I.SCR.SCRRES", 0, TEXT("INEL"),
                 "SYNTHETIC: the age is 66");
}

static void spoil_pressure(const struct patient *patient, struct diary *diary,
                           const char *event)
{
    struct step *save = diary_find(diary, patient->index, event, "F.VS");
    ASSERT(save != NULL);
    struct entry *low = step_find(save, "I.VS.DBP", 0);
    struct entry *mean = step_find(save, "I.VS.MAP", 0);
    struct text swapped = low->value;
    low->value = mean->value;
    mean->value = swapped;
}

/* Typed from a report in mg/dL: 1.9, which a whole number of umol/L takes as 2. */
static void spoil_creatinine(const struct patient *patient, struct diary *diary)
{
    struct step *save = diary_find(diary, patient->index, "SE.H24", "F.LB");
    ASSERT(save != NULL);
    struct entry *entry = step_find(save, "I.LB.CREAT", 0);
    entry->value = TEXT("2");
    entry->reason = TEXT("SYNTHETIC: reported as 1.9");
}

/* Reported in DDU: kept, and converted by 2. */
static void spoil_d_dimer(const struct patient *patient, struct diary *diary)
{
    struct step *save = diary_find(diary, patient->index, "SE.H24", "F.LB");
    ASSERT(save != NULL);
    struct entry *entry = step_find(save, "I.LB.DDIM", 0);
    entry->value = TEXT("5.20");
    entry->reason = TEXT("SYNTHETIC: received as 2.60 mg/L{DDU}, converted x2");
}

/* The dose beyond the limit is given by the investigator, with a reason. */
static void spoil_lidocaine(const struct patient *patient, struct diary *diary)
{
    enum { LAST_DOSE = 7 };
    for (size_t i = 0; i < diary->count; i++) {
        struct step *step = diary->steps[i];
        if (step->patient != patient->index || step->kind != STEP_SAVE)
            continue;
        struct entry *dose = step_find(step, "I.LID.LIDMG", LAST_DOSE);
        if (dose == NULL)
            continue;
        step->by = STAFF_INVESTIGATOR;
        dose->reason = TEXT("SYNTHETIC: limit overridden, pain not bearable otherwise");
    }
}

void faults_spoil(const struct patient *patient, struct diary *diary)
{
    switch ((enum planted_fault)patient->fault) {
    case FAULT_AGE: spoil_age(patient, diary); break;
    case FAULT_SWAPPED_H2: spoil_pressure(patient, diary, "SE.H2"); break;
    case FAULT_SWAPPED_H4: spoil_pressure(patient, diary, "SE.H4"); break;
    case FAULT_CREATININE: spoil_creatinine(patient, diary); break;
    case FAULT_D_DIMER: spoil_d_dimer(patient, diary); break;
    case FAULT_LIDOCAINE: spoil_lidocaine(patient, diary); break;
    case FAULT_NONE:
    case FAULT_REPUNCTURE:
    case FAULT_DWELL:
    case FAULT_LATE_SAE: break;
    }
}

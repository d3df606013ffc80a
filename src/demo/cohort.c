/* Screening flow and accrual: patients come at times of a Poisson process that is
 * conditioned on the number enrolled, and with the outcomes of section 9. */
#include "demo/cohort.h"

#include "demo/areas.h"
#include "demo/at_bedside.h"
#include "demo/draw.h"
#include "demo/faults.h"
#include "demo/parameters.h"

#include <stdlib.h>

/* 2025-11-22T00:00+08:00 and 2027-10-20T08:00+08:00 */
const int64_t accrual_begins = INT64_C(1763740800) * SECONDS;
const int64_t simulated_now = INT64_C(1823990400) * SECONDS;

/* The last one is enrolled, and the needle in, before the demo begins. */
#define LAST_SCREENING (3 * HOURS)

static int64_t draw_screening_time(struct stream *stream)
{
    bool is_working = draw_chance(stream, SHARE_WORKING_HOURS);
    int64_t at;
    do
        at = draw_time(stream, accrual_begins, simulated_now - LAST_SCREENING);
    while (is_working_time(at) != is_working);
    return at;
}

static enum screening_outcome draw_screening(struct stream *stream)
{
    static const double shares[] = {
        [SCREENING_ENROLLED] = SHARE_ENROLLED,
        [SCREENING_NOT_ELIGIBLE] = SHARE_NOT_ELIGIBLE,
        [SCREENING_MISSED] = SHARE_MISSED,
        [SCREENING_DECLINED] = SHARE_DECLINED,
        [SCREENING_NOT_NEEDED] = SHARE_NOT_NEEDED,
    };
    return (enum screening_outcome)draw_pick(stream, shares, ARRAY_COUNT(shares));
}

static int patient_compare(const void *left, const void *right)
{
    const struct patient *a = left, *b = right;
    if (a->screened != b->screened)
        return a->screened < b->screened ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Screened one after the other until enough are enrolled; then put in order of time. */
static void draw_flow(struct cohort *cohort, uint64_t seed, struct arena *arena)
{
    struct stream stream = stream_of(seed, 0, AREA_ACCRUAL);
    size_t capacity = 10 * cohort->enrolled + 100, enrolled = 0;
    cohort->patients = ARENA_ARRAY(arena, struct patient, capacity);
    while (enrolled < cohort->enrolled && cohort->count < capacity) {
        struct patient *patient = &cohort->patients[cohort->count];
        *patient = (struct patient){.seed = seed,
                                    .number = (uint32_t)++cohort->count,
                                    .enrolled = cohort->enrolled,
                                    .screening = draw_screening(&stream),
                                    .screened = draw_screening_time(&stream)};
        enrolled += patient->screening == SCREENING_ENROLLED;
    }
    ASSERT(enrolled == cohort->enrolled && cohort->count < capacity);
}

static void number_patients(struct cohort *cohort)
{
    size_t ordinal = 0;
    qsort(cohort->patients, cohort->count, sizeof cohort->patients[0], patient_compare);
    for (size_t i = 0; i < cohort->count; i++) {
        struct patient *patient = &cohort->patients[i];
        patient->index = i;
        patient->ordinal = patient->screening == SCREENING_ENROLLED ? ++ordinal : 0;
    }
}

void cohort_draw_course(struct patient *patient)
{
    baseline_draw(patient);
    faults_shape_person(patient);
    if (patient->ordinal == 0)
        return;
    consent_draw(patient);
    insertion_draw(patient);
    outcome_draw(patient);
    complications_draw(patient);
    removal_draw(patient);
    lidocaine_draw(patient);
    vasoactive_draw(patient);
    faults_shape_course(patient);
    complications_settle(patient);
}

struct cohort *cohort_draw(struct arena *arena, uint64_t seed, size_t participants)
{
    struct cohort *cohort = ARENA_NEW(arena, struct cohort);
    *cohort = (struct cohort){.enrolled = participants, .now = simulated_now};
    draw_flow(cohort, seed, arena);
    at_bedside_place(cohort);
    faults_place(cohort);
    number_patients(cohort);
    faults_assign(cohort);
    for (size_t i = 0; i < cohort->count; i++)
        cohort_draw_course(&cohort->patients[i]);
    return cohort;
}

void cohort_write(const struct cohort *cohort, struct diary *diary)
{
    static void (*const areas[])(const struct patient *, struct diary *) = {
        screening_write,     consent_write,    baseline_write,      insertion_write,
        lidocaine_write,     infusion_write,   vasoactive_write,    vitals_write,
        laboratory_write,    site_check_write, complications_write, imaging_write,
        removal_write,       treatment_write,  follow_up_write,     faults_spoil,
        second_checks_write, queries_write,
    };
    for (size_t i = 0; i < cohort->count; i++)
        for (size_t k = 0; k < ARRAY_COUNT(areas); k++)
            if (k == 0 || cohort->patients[i].ordinal > 0 ||
                areas[k] == consent_write || areas[k] == faults_spoil ||
                areas[k] == second_checks_write)
                areas[k](&cohort->patients[i], diary);
    diary_sort(diary, cohort->now);
}

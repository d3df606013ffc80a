#include "demo/at_bedside.h"

/* When they are considered, before the simulated now: the puncture follows after about half
 * an hour. One needle is then near its 24 h, and nobody has given leave to keep it longer; of
 * the other a vasoactive drug is wanted, so that its checks are hourly. */
static const struct place {
    int64_t before;
    bool needs_vasoactive;
} places[] = {{22 * HOURS + 15 * MINUTES, false}, {3 * HOURS + 10 * MINUTES, true}};

bool is_at_bedside(const struct patient *patient)
{
    for (size_t i = 0; i < patient->insertion_count; i++) {
        const struct attempt *success = insertion_success(&patient->insertions[i]);
        if (success != NULL && success->confirmed < simulated_now &&
            patient->removals[i].at >= simulated_now)
            return true;
    }
    return false;
}

/* What would be there of a patient who came at that place's time? Within the next half hour
 * nothing ends. */
static bool fits(const struct patient *patient, const struct place *place,
                 size_t ordinal)
{
    struct patient moved = *patient;
    moved.screened = simulated_now - place->before;
    moved.ordinal = ordinal;
    cohort_draw_course(&moved);
    const struct removal *removal = &moved.removals[0];
    return is_at_bedside(&moved) &&
           (moved.has_io_vasoactive || !place->needs_vasoactive) &&
           patient_is_seen(&moved, simulated_now + 30 * MINUTES) &&
           removal->at > simulated_now + 30 * MINUTES &&
           (removal->exception == NULL || removal->authorised > simulated_now);
}

void at_bedside_place(struct cohort *cohort)
{
    const int64_t first = simulated_now - places[0].before;
    if (cohort->enrolled < AT_BEDSIDE_FEWEST)
        return;
    for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
        size_t ordinal = cohort->enrolled - ARRAY_COUNT(places) + i + 1;
        struct patient *latest = NULL;
        for (size_t k = 0; k < cohort->count; k++) {
            struct patient *patient = &cohort->patients[k];
            if (patient->screening == SCREENING_ENROLLED && patient->screened < first &&
                (latest == NULL || patient->screened > latest->screened) &&
                fits(patient, &places[i], ordinal))
                latest = patient;
        }
        if (latest != NULL)
            latest->screened = simulated_now - places[i].before;
    }
}

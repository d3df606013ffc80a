/* The second check of critical values (specification, section 8): which items, by whom, and
 * how long after the entry it is made. None of them disagrees: section 9.2 plants no
 * disagreement, and has both people read the same wrong unit in faults 5 and 6. Marks are
 * tapped and labels scanned: they need none. */
#include "demo/areas.h"
#include "demo/cohort.h"
#include "demo/draw.h"
#include "demo/parameters.h"

enum way {
    BY_COLLEAGUE,     /* who sees the value */
    TYPED_AGAIN,      /* by whoever entered it */
    COLLEAGUE_IF_ANY, /* typed again when alone */
};

/* How long after the entry: the table's last column. */
struct delay {
    int64_t low, high;
};
#define AT_ENTRY         20 * SECONDS, 70 * SECONDS
#define WITHIN_AN_HOUR   4 * MINUTES, 55 * MINUTES
#define BEFORE_ENROLMENT 3 * MINUTES, 12 * MINUTES
#define WITHIN_A_DAY     30 * MINUTES, 20 * HOURS
#define BEFORE_SIGNATURE 2 * HOURS, 60 * HOURS

static const struct critical {
    struct text item;
    enum way way;
    struct delay delay;
} critical[] = {
    {TEXT_INIT("I.ICF.ICFRES"), BY_COLLEAGUE, {BEFORE_ENROLMENT}},
    {TEXT_INIT("I.ICF.ICFDTM"), BY_COLLEAGUE, {BEFORE_ENROLMENT}},
    {TEXT_INIT("I.DM.ENRDTM"), BY_COLLEAGUE, {BEFORE_SIGNATURE}},
    {TEXT_INIT("I.FU.VITST"), BY_COLLEAGUE, {BEFORE_SIGNATURE}},
    {TEXT_INIT("I.FU.LASTALV"), BY_COLLEAGUE, {BEFORE_SIGNATURE}},
    {TEXT_INIT("I.DTH.DTHDTM"), BY_COLLEAGUE, {BEFORE_SIGNATURE}},
    {TEXT_INIT("I.SCR.BRTHDT"), TYPED_AGAIN, {AT_ENTRY}},
    {TEXT_INIT("I.INF.BLDUNIT"), TYPED_AGAIN, {AT_ENTRY}},
    {TEXT_INIT("I.REM.REMDTM"), TYPED_AGAIN, {AT_ENTRY}},
    {TEXT_INIT("I.CX.AEAWDTM"), TYPED_AGAIN, {AT_ENTRY}},
    {TEXT_INIT("I.SAE.SAEI24"), TYPED_AGAIN, {AT_ENTRY}},
    {TEXT_INIT("I.DM.WEIGHT"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.MH.ALLID"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.LID.LIDMG"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.LID.LIDCONC"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.VA.VACONC"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.VA.VARATE"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.VA.VADOSE"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.VA.VADOSEU"), COLLEAGUE_IF_ANY, {WITHIN_AN_HOUR}},
    {TEXT_INIT("I.LB.LAC"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.PLT"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.HGB"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.K"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.CREAT"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.INR"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.FIB"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.DDIM"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
    {TEXT_INIT("I.LB.PH"), COLLEAGUE_IF_ANY, {WITHIN_A_DAY}},
};

/* The colleague of the same role who is asked; who is alone has none. */
static enum staff colleague_of(enum staff by)
{
    switch ((int)by) {
    case STAFF_PI: return STAFF_INVESTIGATOR;
    case STAFF_INVESTIGATOR: return STAFF_INVESTIGATOR_2;
    case STAFF_INVESTIGATOR_2: return STAFF_INVESTIGATOR;
    case STAFF_OPERATOR: return STAFF_OPERATOR_2;
    case STAFF_OPERATOR_2: return STAFF_OPERATOR_3;
    case STAFF_OPERATOR_3: return STAFF_OPERATOR;
    case STAFF_NURSE: return STAFF_NURSE_2;
    case STAFF_NURSE_2: return STAFF_NURSE_3;
    case STAFF_NURSE_3: return STAFF_NURSE;
    case STAFF_COORDINATOR: return STAFF_COORDINATOR_2;
    case STAFF_COORDINATOR_2: return STAFF_COORDINATOR;
    default: return by;
    }
}

static const struct critical *critical_of(const struct entry *entry)
{
    for (size_t i = 0; i < ARRAY_COUNT(critical) && entry->value.len > 0; i++)
        if (text_equal(critical[i].item, entry->item))
            return &critical[i];
    return NULL;
}

/* Changed later: the value that stands is checked, not this one. */
static bool is_changed(const struct diary *diary, const struct step *step, size_t place)
{
    for (size_t i = 0; i < diary->count; i++) {
        const struct step *later = diary->steps[i];
        for (size_t k = 0; later->patient == step->patient && k < later->entry_count;
             k++)
            if (later->entries[k].corrects == step && later->entries[k].place == place)
                return true;
    }
    return false;
}

/* Those of one form and kind in one go, one after the other. */
static void check_entries(struct stream *stream, struct diary *diary,
                          const struct step *step, const struct critical *kind)
{
    int64_t at = step->at + draw_time(stream, kind->delay.low, kind->delay.high);
    bool is_late = step->at > simulated_now - SECOND_CHECKS_RECENT;
    bool is_left = draw_chance(stream, SECOND_CHECKS_LEFT) && is_late;
    for (size_t i = 0; i < step->entry_count && !is_left; i++) {
        const struct critical *found = critical_of(&step->entries[i]);
        if (found == NULL || found->way != kind->way ||
            found->delay.low != kind->delay.low || is_changed(diary, step, i))
            continue;
        enum staff by = kind->way == TYPED_AGAIN ? step->by : colleague_of(step->by);
        diary_check(diary, step, i, at, by, by == step->by);
        at += draw_time(stream, 4 * SECONDS, 15 * SECONDS);
    }
}

static bool is_first_of_kind(const struct step *step, size_t place)
{
    const struct critical *kind = critical_of(&step->entries[place]);
    for (size_t i = 0; kind != NULL && i < place; i++) {
        const struct critical *other = critical_of(&step->entries[i]);
        if (other != NULL && other->way == kind->way &&
            other->delay.low == kind->delay.low)
            return false;
    }
    return kind != NULL;
}

void second_checks_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_SECOND_CHECK);
    size_t count = diary->count;
    for (size_t i = 0; i < count; i++) {
        const struct step *step = diary->steps[i];
        if (step->kind != STEP_SAVE || step->patient != patient->index)
            continue;
        for (size_t k = 0; k < step->entry_count; k++)
            if (is_first_of_kind(step, k))
                check_entries(&stream, diary, step, critical_of(&step->entries[k]));
    }
}

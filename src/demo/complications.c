/* F.CX and F.SAE. A complication is planned first; where it shows (site checks, imaging,
 * removal) the other areas look it up, so that each has its trace. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <stdlib.h>

void complications_draw(struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_COMPLICATION);
    struct complications *it = &patient->complications;
    double low = patient->baseline.blood.platelets < 20 ? 1.3 : 0.7;
    it->other = draw_chance(&stream, SHARE_OTHER_EVENT);
    it->is_other_serious = draw_chance(&stream, 0.35);
    it->report_delay = draw_time(&stream, 90 * MINUTES, 16 * HOURS);
    if (!patient->insertions[0].is_placed)
        return;
    it->extravasation = draw_chance(&stream, SHARE_EXTRAVASATION);
    it->bleeding = draw_chance(&stream, SHARE_SITE_BLEEDING * low);
    it->bleeding_grade = !it->bleeding               ? draw_integer(&stream, 0, 1)
                         : draw_chance(&stream, 0.2) ? 3
                                                     : 2;
    it->infection = draw_chance(&stream, SHARE_INFECTION);
    it->compartment = draw_chance(&stream, SHARE_COMPARTMENT);
    it->osteomyelitis = draw_chance(&stream, SHARE_OSTEOMYELITIS);
    it->fat_embolism = draw_chance(&stream, SHARE_FAT_EMBOLISM);
    it->nerve = draw_chance(&stream, SHARE_NERVE);
    it->fracture = draw_chance(&stream, SHARE_FRACTURE);
}

/* `at` when the patient is still there a while later and the demo has not begun; else 0. */
static int64_t if_seen(const struct patient *patient, int64_t at)
{
    return patient_is_seen(patient, at + 6 * HOURS) ? at : 0;
}

void complications_settle(struct patient *patient)
{
    struct stream stream = stream_part(patient_stream(patient, AREA_COMPLICATION), 2);
    struct complications *it = &patient->complications;
    int64_t t0 = patient_t0(patient), out = patient->removals[0].at;
    it->other_at = if_seen(patient, t0 + draw_time(&stream, 8 * HOURS, 20 * DAYS));
    it->other = it->other && it->other_at != 0;
    if (out == 0)
        return;
    it->found = out - draw_time(&stream, 5 * MINUTES, 12 * MINUTES);
    it->bled = out + 2 * MINUTES;
    it->infected = if_seen(patient, out + draw_time(&stream, DAYS, 4 * DAYS));
    it->embolised = if_seen(patient, t0 + draw_time(&stream, 14 * HOURS, 60 * HOURS));
    it->bone_infected = if_seen(patient, t0 + draw_time(&stream, 15 * DAYS, 27 * DAYS));
    bool is_dead = text_equal(text_of(patient->removals[0].reason), TEXT("DEATH"));
    it->extravasation = it->extravasation && !is_dead;
    it->compartment = it->compartment && !is_dead;
    it->nerve = it->nerve && !is_dead;
    it->bleeding = it->bleeding && !is_dead && patient_is_seen(patient, out + HOURS);
    it->fracture =
        it->fracture && !is_dead && patient_is_seen(patient, out + 3 * HOURS);
    it->infection = it->infection && it->infected != 0;
    it->fat_embolism = it->fat_embolism && it->embolised != 0;
    it->osteomyelitis = it->osteomyelitis && it->bone_infected != 0;
}

int64_t complications_visit(const struct patient *patient, int64_t at)
{
    const struct complications *it = &patient->complications;
    return (it->infection && it->infected <= at) +
           (it->fat_embolism && it->embolised <= at) +
           (it->osteomyelitis && it->bone_infected <= at);
}

/* --- writing ------------------------------------------------------------------------------ */

/* In the order in which the table below reads. */
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct adverse_event {
    bool happens;
    const char *term, *words;
    int64_t at;
    int32_t grade;
    bool is_serious, is_systematic, is_of_procedure;
    const char *criterion, *action;
};

/* One that happened: when the site became aware, and wrote it down. */
struct noted_event {
    const struct adverse_event *event;
    int64_t aware, entered;
};

/* The report is opened with the event, so that no serious event stands without one; the
 * time at which the sponsor's office has it follows. */
static void write_serious(const struct patient *patient, struct diary *diary,
                          const struct noted_event *it, int64_t number, int64_t serial)
{
    const struct adverse_event *event = it->event;
    struct step *save = diary_report(diary, patient->index, it->entered - SECONDS,
                                     event->at, STAFF_INVESTIGATOR, "SE.LOG", "F.SAE");
    save->form_repeat = serial;
    step_integer(save, "I.SAE.SAEAE", 0, number);
    step_code(save, "I.SAE.SAEC", 0, event->criterion);
    step_yes(save, "I.SAE.SAEEXP", 0, !event->is_of_procedure);
    step_text(save, "I.SAE.SAENAR", 0,
              text_format(save->arena, "SYNTHETIC narrative: %s", event->words));
    int64_t reported = it->aware + patient->complications.report_delay;
    struct step *later = diary_report(diary, patient->index, reported + 3 * MINUTES,
                                      reported, STAFF_INVESTIGATOR, "SE.LOG", "F.SAE");
    later->form_repeat = serial;
    step_moment(later, "I.SAE.SAEI24", 0, reported);
    step_moment(later, "I.SAE.SAEEC", 0, reported + 60 * SECONDS);
    struct stream stream = stream_part(writing_stream(patient, AREA_COMPLICATION), 3);
    bool is_sent = draw_chance(&stream, SHARE_TO_SYSTEM);
    int64_t sent = reported + draw_time(&stream, 2 * DAYS, 9 * DAYS);
    if (!event->is_of_procedure || !is_sent)
        return;
    struct step *system = diary_report(diary, patient->index, sent + 5 * MINUTES, sent,
                                       STAFF_INVESTIGATOR, "SE.LOG", "F.SAE");
    system->form_repeat = serial;
    step_moment(system, "I.SAE.SAEREG", 0, sent);
}

static void write_event(const struct patient *patient, struct diary *diary,
                        const struct noted_event *it, int64_t number)
{
    const struct adverse_event *event = it->event;
    struct step *save = diary_report(diary, patient->index, it->entered, event->at,
                                     STAFF_INVESTIGATOR, "SE.LOG", "F.CX");
    save->form_repeat = number;
    step_code(save, "I.CX.AECX", 0, event->term);
    step_text(save, "I.CX.AETERM", 0,
              text_format(save->arena, "SYNTHETIC: %s", event->words));
    step_moment(save, "I.CX.AESTDTM", 0, event->at);
    step_integer(save, "I.CX.AEGR", 0, event->grade);
    step_code(save, "I.CX.AEREL", 0, event->is_of_procedure ? "PRO" : "UNL");
    if (event->is_of_procedure)
        step_integer(save, "I.CX.AEIO", 0, 1);
    step_yes(save, "I.CX.AESYS", 0, event->is_systematic);
    step_text(save, "I.CX.AEACT", 0, text_of(event->action));
    step_code(save, "I.CX.AEOUT", 0, event->is_serious ? "REG" : "REC");
    step_yes(save, "I.CX.AESER", 0, event->is_serious);
    step_moment(save, "I.CX.AEAWDTM", 0, it->aware);
}

static int noted_compare(const void *left, const void *right)
{
    const struct noted_event *a = left, *b = right;
    return a->entered < b->entered ? -1 : a->entered > b->entered;
}

/* In the order of their entry, which is that of their numbers. */
static void write_events(const struct patient *patient, struct diary *diary,
                         const struct adverse_event *events, size_t count,
                         struct stream *stream)
{
    enum { EVENTS_MOST = 16 };
    struct noted_event noted[EVENTS_MOST];
    size_t noted_count = 0;
    int64_t serial = 0;
    ASSERT(count <= EVENTS_MOST);
    for (size_t i = 0; i < count; i++) {
        int64_t aware = events[i].at + draw_time(stream, 4 * MINUTES, 40 * MINUTES);
        int64_t entered = aware + draw_time(stream, 5 * MINUTES, 30 * MINUTES);
        if (events[i].happens)
            noted[noted_count++] = (struct noted_event){&events[i], aware, entered};
    }
    qsort(noted, noted_count, sizeof noted[0], noted_compare);
    for (size_t i = 0; i < noted_count; i++) {
        int64_t number = (int64_t)i + 1;
        if (noted[i].event->is_serious)
            write_serious(patient, diary, &noted[i], number, ++serial);
        write_event(patient, diary, &noted[i], number);
    }
}

static const char *other_event(const struct patient *patient)
{
    static const char *const words[] = {"atrial fibrillation", "acute kidney injury",
                                        "febrile neutropenia", "hypokalemia",
                                        "pulmonary edema"};
    return words[patient->number % ARRAY_COUNT(words)];
}

void complications_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_COMPLICATION);
    const struct complications *it = &patient->complications;
    bool is_major_bleed = it->bleeding_grade >= 3;
    const struct adverse_event events[] = {
        {it->extravasation, "EXTR", "extravasation at the needle", it->found, 2, false,
         true, true, "OTH", "infusion stopped, needle removed"},
        {it->compartment, "COMP", "compartment syndrome of the leg", it->found, 4, true,
         true, true, "INT", "needle removed, fasciotomy"},
        {it->nerve, "NERVE", "new numbness below the site", it->found, 2, false, true,
         true, "OTH", "observed"},
        {patient->removals[0].is_dislodged, "DISL", "needle dislodged",
         patient->removals[0].at - 6 * MINUTES, 1, false, true, true, "OTH",
         "needle removed"},
        {patient->removals[0].is_occluded, "OCC", "needle occluded",
         patient->removals[0].at - 8 * MINUTES, 1, false, true, true, "OTH",
         "needle removed"},
        {it->bleeding, "BLEED", "bleeding at the site after removal", it->bled,
         is_major_bleed ? 3 : 2, is_major_bleed, true, true, "OTH",
         "pressure, dressing, platelets"},
        {it->fracture, "FRAC", "fissure of the tibial cortex",
         patient->removals[0].at + HOURS, 3, true, true, true, "OTH", "immobilised"},
        {it->infection, "LINF", "redness and warmth at the site", it->infected, 2,
         false, true, true, "OTH", "antibiotic changed"},
        {it->fat_embolism, "FATE", "fat embolism", it->embolised, 4, true, false, true,
         "LT", "oxygen, intensive care"},
        {it->osteomyelitis, "OSTEO", "osteomyelitis of the proximal tibia",
         it->bone_infected, 3, true, true, true, "HOSP", "antibiotic for six weeks"},
        {it->other, "OTH", other_event(patient), it->other_at,
         it->is_other_serious ? 4 : 2, it->is_other_serious, false, false, "LT",
         "treated"},
    };
    write_events(patient, diary, events, ARRAY_COUNT(events), &stream);
}

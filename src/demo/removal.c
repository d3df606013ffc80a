/* F.REM: how long the needle stays and why it comes out. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

static double draw_dwell(struct stream *stream)
{
    if (draw_chance(stream, SHARE_DWELL_DAY)) {
        double hours = draw_lognormal(stream, DWELL_DAY);
        while (hours > 24 || hours < 2)
            hours = draw_lognormal(stream, DWELL_DAY);
        return hours;
    }
    double long_share = SHARE_DWELL_LONG / (1 - SHARE_DWELL_DAY);
    return draw_chance(stream, long_share) ? draw_between(stream, 24.2, 71.5)
                                           : draw_between(stream, 72.5, 95);
}

/* Occluded or dislodged: the more likely the longer it stays, twice as fast after 12 h. */
static void draw_failure(struct removal *it, struct stream *stream, double *hours)
{
    double exposure = *hours <= 12 ? *hours : 12 + 2 * (*hours - 12);
    double factor = clamp(exposure / 18, 0.3, 2);
    it->is_occluded = draw_chance(stream, SHARE_OCCLUSION * factor);
    it->is_dislodged =
        !it->is_occluded && draw_chance(stream, SHARE_DISLODGEMENT * factor);
    if (it->is_occluded || it->is_dislodged)
        *hours *= draw_between(stream, 0.5, 0.95);
}

static const char *draw_reason(const struct patient *patient, struct stream *stream,
                               double hours)
{
    const struct removal *it = &patient->removals[0];
    const struct complications *harm = &patient->complications;
    if (patient->outcome.death != 0 && it->at >= patient->outcome.death)
        return "DEATH";
    if (it->is_occluded || it->is_dislodged)
        return "FAIL";
    if (harm->extravasation || harm->compartment)
        return "CX";
    if (hours >= 22 && hours <= 24)
        return "T24";
    return draw_chance(stream, 0.03) ? "NON" : "PLAN";
}

static void draw_exception(struct removal *it, struct stream *stream, int64_t since)
{
    static const char *const reasons[] = {"NOALT", "BLEED", "INST"};
    static const double shares[] = {40, 45, 15};
    it->exception = reasons[draw_pick(stream, shares, ARRAY_COUNT(shares))];
    it->authorised = since + draw_time(stream, 20 * HOURS, 23 * HOURS);
}

void removal_draw(struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_REMOVAL);
    struct removal *it = &patient->removals[0];
    if (!patient->insertions[0].is_placed)
        return;
    int64_t since = insertion_success(&patient->insertions[0])->puncture;
    double hours = draw_dwell(&stream);
    draw_failure(it, &stream, &hours);
    it->at = since + (int64_t)(hours * 3600) * SECONDS;
    int64_t death = patient->outcome.death;
    if (death != 0 && it->at >= death) {
        it->at = death + draw_time(&stream, 10 * MINUTES, 40 * MINUTES);
        it->is_occluded = it->is_dislodged = false;
    }
    it->reason = draw_reason(patient, &stream, hours);
    if (it->at - since > 24 * HOURS)
        draw_exception(it, &stream, since);
}

/* --- writing ---------------------------------------------------------------------------- */

static struct step *report(const struct patient *patient, struct diary *diary, size_t i,
                           int64_t at, int64_t happened, enum staff by)
{
    struct step *save =
        diary_report(diary, patient->index, at, happened, by, "SE.REM", "F.REM");
    save->event_repeat = (int64_t)i + 1;
    return save;
}

/* Asked for by one physician and authorised by another, before 24 hours have passed. */
static void write_exception(const struct patient *patient, struct diary *diary,
                            size_t i)
{
    const struct removal *it = &patient->removals[i];
    struct step *asks =
        report(patient, diary, i, it->authorised - 15 * MINUTES, 0, STAFF_INVESTIGATOR);
    step_code(asks, "I.REM.EXCR", 0, it->exception);
    step_text(asks, "I.REM.EXCTXT", 0,
              TEXT("SYNTHETIC: no other access without undue risk, checked with the "
                   "family"));
    struct step *allows = report(patient, diary, i, it->authorised + 90 * SECONDS,
                                 it->authorised, STAFF_INVESTIGATOR_2);
    step_moment(allows, "I.REM.EXCDTM", 0, it->authorised);
}

static int64_t draw_pressure(const struct patient *patient, struct stream *stream)
{
    double median = patient->baseline.blood.platelets < 20 ? 9 : 5;
    if (patient->complications.bleeding_grade >= 2)
        median *= 2.5;
    return (int64_t)clamp(draw_lognormal(stream, median, 0.5), 1, 60);
}

static void write_removal(const struct patient *patient, struct diary *diary, size_t i,
                          struct stream *stream)
{
    const struct removal *it = &patient->removals[i];
    bool is_death = text_equal(text_of(it->reason), TEXT("DEATH"));
    int64_t at = it->at + draw_time(stream, 2 * MINUTES, 25 * MINUTES);
    int64_t pressure = draw_pressure(patient, stream);
    bool is_cultured = draw_chance(stream, 0.2);
    struct step *save = report(patient, diary, i, at, it->at, nurse_on_duty(at));
    step_moment(save, "I.REM.REMDTM", 0, it->at);
    step_code(save, "I.REM.REMR", 0, it->reason);
    step_yes(save, "I.REM.INTACT", 0, true);
    step_integer(save, "I.REM.HEMOS", 0, is_death ? 0 : pressure);
    step_yes(save, "I.REM.TOPH", 0, !is_death && pressure > 12);
    if (!is_death)
        step_code(save, "I.REM.NEXTACC", 0, draw_chance(stream, 0.6) ? "CVC" : "PICC");
    step_yes(save, "I.REM.TIPCX", 0, is_cultured);
    if (patient->baseline.is_responsive && !is_death)
        step_integer(save, "I.REM.PAINRM", 0, draw_integer(stream, 0, 4));
}

void removal_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_REMOVAL);
    for (size_t i = 0; i < patient->insertion_count; i++) {
        if (patient->removals[i].at == 0)
            continue;
        if (patient->removals[i].exception != NULL)
            write_exception(patient, diary, i);
        write_removal(patient, diary, i, &stream);
    }
}

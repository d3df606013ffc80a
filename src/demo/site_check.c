/* F.SC: the site and the limb, at the time points, every four hours from the twelfth on,
 * at removal and after. Each complication shows here. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/points.h"

#include <math.h>

struct watch {
    const struct patient *patient;
    struct diary *diary;
    struct stream *stream;
    double calf; /* circumference, cm */
};

struct finding {
    bool is_out, is_loose, is_red, is_tight, is_numb, has_petechiae;
    int32_t bleeding, swelling;
};

static void write_limb(struct watch *watch, struct step *save, const struct finding *it)
{
    double other = watch->calf + draw_normal(watch->stream, 0, 0.2);
    double own = other + (it->is_tight ? 3.1 : draw_between(watch->stream, -0.2, 0.8));
    step_number(save, "I.SC.CIRCI", 0, own, 1);
    step_number(save, "I.SC.CIRCC", 0, other, 1);
    step_yes(save, "I.SC.SCRED", 0, it->is_red);
    bool can_tell = watch->patient->baseline.is_responsive;
    step_code(save, "I.SC.SCPASS", 0, it->is_tight ? "Y" : can_tell ? "N" : "NA");
    step_yes(save, "I.SC.SCPULSE", 0, true);
    step_code(save, "I.SC.SCSENS", 0, it->is_numb ? "Y" : can_tell ? "N" : "NA");
    step_yes(save, "I.SC.SCCOLD", 0, false);
    if (can_tell)
        step_integer(save, "I.SC.SCNRS", 0,
                     lround(clamp(draw_normal(watch->stream, 2, 1), 0, 5)));
    step_yes(save, "I.SC.SCPET", 0, it->has_petechiae);
}

static struct step *write_check(struct watch *watch, const char *event, int64_t at,
                                const struct finding *it)
{
    int64_t entered = entered_at_once(watch->stream, at);
    struct step *save = diary_report(watch->diary, watch->patient->index, entered, at,
                                     nurse_on_duty(entered), event, "F.SC");
    step_moment(save, "I.SC.SCDTM", 0, at);
    step_code(save, "I.SC.SCFIRM", 0, it->is_out ? "NA" : it->is_loose ? "N" : "Y");
    step_integer(save, "I.SC.SCBLEED", 0, it->bleeding);
    step_integer(save, "I.SC.SCSWELL", 0, it->swelling);
    write_limb(watch, save, it);
    return save;
}

/* A little ooze now and then; nothing that would be a complication. */
static struct finding usual(struct watch *watch, int64_t at)
{
    bool oozes = watch->patient->complications.bleeding_grade >= 1;
    return (struct finding){
        .is_out = !patient_has_needle(watch->patient, at),
        .bleeding = oozes && draw_chance(watch->stream, 0.12) ? 1 : 0,
    };
}

static void write_points(struct watch *watch)
{
    const struct patient *patient = watch->patient;
    for (size_t i = 0; i < time_point_count; i++) {
        const struct time_point *point = &time_points[i];
        int64_t at =
            time_point_draw(watch->stream, point, patient_t0(patient)) + 3 * MINUTES;
        bool is_home = point->after > 3 * DAYS && at > patient->outcome.discharged;
        bool is_between = point->after > HOURS && point->after < 24 * HOURS;
        if (!point->has_check || !patient_is_seen(patient, at) || is_home ||
            ((point->needs_needle || is_between) && !patient_has_needle(patient, at)))
            continue;
        struct finding it = usual(watch, at);
        write_check(watch, point->event, at, &it);
    }
}

/* Every four hours from the twelfth, and when the trouble is found, in order of time. */
static void write_dwell(struct watch *watch)
{
    const struct patient *patient = watch->patient;
    const struct complications *harm = &patient->complications;
    int64_t out = patient->removals[0].at, repeat = 0;
    int64_t at = patient_t0(patient) + 16 * HOURS;
    for (; at < harm->found - 20 * MINUTES && patient_is_seen(patient, at);
         at += 4 * HOURS) {
        struct finding it = usual(watch, at);
        int64_t when = at + draw_time(watch->stream, -8 * MINUTES, 10 * MINUTES);
        write_check(watch, "SE.DWELL", when, &it)->form_repeat = ++repeat;
    }
    const struct removal *removal = &patient->removals[0];
    bool is_trouble = harm->extravasation || harm->compartment || harm->nerve ||
                      removal->is_dislodged;
    if (!is_trouble || harm->found >= out || !patient_is_seen(patient, harm->found))
        return;
    struct finding it = {.is_loose = removal->is_dislodged,
                         .is_tight = harm->compartment,
                         .is_numb = harm->nerve,
                         .swelling = harm->compartment     ? 4
                                     : harm->extravasation ? 2
                                                           : 0};
    write_check(watch, "SE.DWELL", harm->found, &it)->form_repeat = ++repeat;
}

static void write_after(struct watch *watch)
{
    const struct patient *patient = watch->patient;
    const struct complications *harm = &patient->complications;
    int64_t out = patient->removals[0].at;
    int64_t at = out + 3 * MINUTES;
    if (patient_is_seen(patient, at)) {
        struct finding it = {.is_out = true, .bleeding = harm->bleeding_grade};
        write_check(watch, "SE.REM", at, &it);
    }
    at = out + 24 * HOURS + draw_time(watch->stream, -3 * HOURS, 3 * HOURS);
    if (patient_is_seen(patient, at)) {
        struct finding it = {.is_out = true};
        write_check(watch, "SE.RM24", at, &it);
    }
    const struct {
        bool happens;
        int64_t at;
        struct finding it;
    } found[] = {
        {harm->infection, harm->infected, {.is_out = true, .is_red = true}},
        {harm->fat_embolism, harm->embolised, {.is_out = true, .has_petechiae = true}},
    };
    for (size_t i = 0; i < ARRAY_COUNT(found); i++)
        if (found[i].happens)
            write_check(watch, "SE.UNS", found[i].at + MINUTES, &found[i].it)
                ->event_repeat = complications_visit(patient, found[i].at);
}

void site_check_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_SITE_CHECK);
    struct watch watch = {.patient = patient, .diary = diary, .stream = &stream};
    if (!patient->insertions[0].is_placed)
        return;
    watch.calf = draw_normal_within(&stream, 35, 2.5, 28, 43);
    write_points(&watch);
    write_dwell(&watch);
    write_after(&watch);
}

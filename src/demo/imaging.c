/* F.IM: the limb after removal and on day 28, and what a suspicion asks for; each image is
 * assigned to two readers, who read and sign, and to an adjudicator where they disagree. */
#include "demo/areas.h"
#include "demo/cohort.h"
#include "demo/draw.h"
#include "demo/parameters.h"

struct image {
    const char *event, *modality, *region, *trigger;
    int64_t event_repeat, at;
    bool has_fluid, has_fracture, has_bone_infection, has_fat, has_hematoma;
};

static bool is_positive(const struct image *image)
{
    return image->has_fluid || image->has_fracture || image->has_bone_infection ||
           image->has_fat || image->has_hematoma;
}

/* How the readings of one image go. */
struct course {
    bool is_assigned, is_signed; /* by both */
    bool is_disputed;            /* the second reader calls for another image */
    bool is_adjudicated;
    int64_t reading_at[2];
};

static enum staff reader_of(int64_t row)
{
    return row == 1 ? STAFF_READER : STAFF_READER_2;
}

static struct step *write_row(const struct patient *patient, struct diary *diary,
                              const struct image *image, int64_t row, enum staff by,
                              int64_t at)
{
    struct step *save = diary_save(diary, patient->index, at, by, image->event, "F.IM");
    save->event_repeat = image->event_repeat;
    step_yes(save, "I.IM.RDQUAL", row, true);
    step_code(save, "I.IM.RDTIP", row, "NA");
    step_yes(save, "I.IM.RDEXTR", row, image->has_fluid);
    step_yes(save, "I.IM.RDFRAC", row, image->has_fracture);
    step_yes(save, "I.IM.RDOSTE", row, image->has_bone_infection);
    step_yes(save, "I.IM.RDFAT", row, image->has_fat);
    step_yes(save, "I.IM.RDDVT", row, false);
    step_yes(save, "I.IM.RDHEM", row, image->has_hematoma);
    return save;
}

static void write_readings(const struct patient *patient, struct diary *diary,
                           const struct image *image, const struct step *facts,
                           const struct course *course)
{
    for (int64_t row = 1; row <= 2; row++) {
        int64_t at = course->reading_at[row - 1];
        const char *result = is_positive(image) ? "POS" : "NEG";
        struct step *save = write_row(patient, diary, image, row, reader_of(row), at);
        step_code(save, "I.IM.RDRES", row,
                  course->is_disputed && row == 2 ? "EQU" : result);
        /* The second signature is the one that a recent image may still lack. */
        if (course->is_assigned && (row == 1 || course->is_signed))
            diary_sign_reading(diary, facts, at + 4 * MINUTES, reader_of(row));
    }
}

/* The adjudicator sees what was there: that a complication has its event (CK094). */
static void write_adjudication(const struct patient *patient, struct diary *diary,
                               const struct image *image, const struct step *facts,
                               int64_t at)
{
    enum { ROW = 3 };
    diary_assign(diary, facts, at - 20 * HOURS, STAFF_COORDINATOR, STAFF_ADJUDICATOR);
    struct step *save = write_row(patient, diary, image, ROW, STAFF_ADJUDICATOR, at);
    step_code(save, "I.IM.RDRES", ROW, is_positive(image) ? "POS" : "NEG");
    step_yes(save, "I.IM.RDADJ", ROW, true);
    diary_sign_reading(diary, facts, at + 5 * MINUTES, STAFF_ADJUDICATOR);
}

static struct course course_of(struct stream *readings, struct stream *stream,
                               int64_t at)
{
    bool is_left = draw_chance(readings, READINGS_LEFT);
    bool is_begun = draw_chance(readings, 0.5);
    bool is_recent = at > simulated_now - READINGS_RECENT;
    struct course course = {.is_assigned = !is_recent || !is_left || is_begun,
                            .is_signed = !is_recent || !is_left,
                            .is_disputed = draw_chance(readings, READINGS_DISAGREE)};
    course.is_adjudicated = course.is_disputed && !is_recent;
    for (size_t i = 0; i < 2; i++)
        course.reading_at[i] = at + draw_time(stream, 2 * HOURS, 60 * HOURS);
    return course;
}

/* Choices about readings have a stream of their own: all else stays as it was drawn. */
static void write_image(const struct patient *patient, struct diary *diary,
                        const struct image *image, struct stream *stream,
                        struct stream *readings)
{
    int64_t at = entered_later(stream, image->at);
    struct course course = course_of(readings, stream, at);
    struct step *save = diary_report(diary, patient->index, at, image->at,
                                     STAFF_COORDINATOR, image->event, "F.IM");
    save->event_repeat = image->event_repeat;
    step_moment(save, "I.IM.IMDTM", 0, image->at);
    step_code(save, "I.IM.IMMOD", 0, image->modality);
    step_text(save, "I.IM.IMREG", 0, text_of(image->region));
    step_text(save, "I.IM.IMTRIG", 0, text_of(image->trigger));
    for (int64_t row = 1; row <= 2 && course.is_assigned; row++)
        diary_assign(diary, save, at + row * 3 * MINUTES, STAFF_COORDINATOR,
                     reader_of(row));
    if (course.is_assigned)
        write_readings(patient, diary, image, save, &course);
    if (course.is_adjudicated) {
        int64_t later = course.reading_at[0] > course.reading_at[1]
                            ? course.reading_at[0]
                            : course.reading_at[1];
        write_adjudication(patient, diary, image, save,
                           later + draw_time(readings, 22 * HOURS, 5 * DAYS));
    }
}

void imaging_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_IMAGING);
    struct stream readings = stream_part(stream, 2);
    const struct complications *harm = &patient->complications;
    int64_t out = patient->removals[0].at;
    if (out == 0)
        return;
    int64_t after = out + draw_time(&stream, 75 * MINUTES, 150 * MINUTES);
    int64_t month = patient_t0(patient) + draw_time(&stream, 26 * DAYS, 30 * DAYS);
    bool is_done = draw_chance(&stream, 0.85);
    const struct image images[] = {
        {.event = "SE.REM",
         .modality = harm->extravasation ? "US" : "XR",
         .region = "lower leg",
         .trigger = "routine",
         .event_repeat = 1,
         .at = after,
         .has_fluid = harm->extravasation,
         .has_fracture = harm->fracture},
        {.event = "SE.D28",
         .modality = "XR",
         .region = "lower leg",
         .trigger = "routine",
         .event_repeat = 1,
         .at = is_done ? month : 0,
         .has_bone_infection = harm->osteomyelitis},
        {.event = "SE.UNS",
         .modality = "CTPA",
         .region = "thorax",
         .trigger = "symptom",
         .at = harm->fat_embolism ? harm->embolised + HOURS : 0,
         .event_repeat = complications_visit(patient, harm->embolised),
         .has_fat = true},
        {.event = "SE.UNS",
         .modality = "MRI",
         .region = "lower leg",
         .trigger = "symptom",
         .at = harm->osteomyelitis ? harm->bone_infected + HOURS : 0,
         .event_repeat = complications_visit(patient, harm->bone_infected),
         .has_bone_infection = true},
    };
    for (size_t i = 0; i < ARRAY_COUNT(images); i++)
        if (images[i].at != 0 && patient_is_seen(patient, images[i].at))
            write_image(patient, diary, &images[i], &stream, &readings);
}

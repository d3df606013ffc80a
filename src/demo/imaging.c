/* F.IM: the limb after removal and on day 28, and what a suspicion asks for; each image is
 * read by two readers. */
#include "demo/areas.h"

#include "demo/draw.h"

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

static void write_reading(const struct patient *patient, struct diary *diary,
                          const struct image *image, int64_t row, int64_t at)
{
    struct step *save =
        diary_save(diary, patient->index, at, row == 1 ? STAFF_READER : STAFF_READER_2,
                   image->event, "F.IM");
    save->event_repeat = image->event_repeat;
    step_yes(save, "I.IM.RDQUAL", row, true);
    step_code(save, "I.IM.RDTIP", row, "NA");
    step_yes(save, "I.IM.RDEXTR", row, image->has_fluid);
    step_yes(save, "I.IM.RDFRAC", row, image->has_fracture);
    step_yes(save, "I.IM.RDOSTE", row, image->has_bone_infection);
    step_yes(save, "I.IM.RDFAT", row, image->has_fat);
    step_yes(save, "I.IM.RDDVT", row, false);
    step_yes(save, "I.IM.RDHEM", row, image->has_hematoma);
    step_code(save, "I.IM.RDRES", row, is_positive(image) ? "POS" : "NEG");
}

static void write_image(const struct patient *patient, struct diary *diary,
                        const struct image *image, struct stream *stream)
{
    int64_t at = entered_later(stream, image->at);
    struct step *save = diary_report(diary, patient->index, at, image->at,
                                     STAFF_COORDINATOR, image->event, "F.IM");
    save->event_repeat = image->event_repeat;
    step_moment(save, "I.IM.IMDTM", 0, image->at);
    step_code(save, "I.IM.IMMOD", 0, image->modality);
    step_text(save, "I.IM.IMREG", 0, text_of(image->region));
    step_text(save, "I.IM.IMTRIG", 0, text_of(image->trigger));
    for (int64_t row = 1; row <= 2; row++)
        write_reading(patient, diary, image, row,
                      at + draw_time(stream, 2 * HOURS, 60 * HOURS));
}

void imaging_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_IMAGING);
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
            write_image(patient, diary, &images[i], &stream);
}

/* Queries have a life: asked by the monitor and the data manager, answered by the
 * coordinator, closed by who asked; some asked again, some that nobody has answered yet. The
 * coordinator answers what the checks have asked as well. The specification says nothing of
 * how many: the shares are ours (parameters.h). */
#include "demo/areas.h"
#include "demo/cohort.h"
#include "demo/draw.h"
#include "demo/parameters.h"

/* What is asked, and about what: the first entry of the item in a patient's diary. */
static const struct question {
    struct text item;
    const char *asked, *answered;
} questions[] = {
    {TEXT_INIT("I.DM.WEIGHT"), "SYNTHETIC: is this weight measured or estimated?",
     "SYNTHETIC：床旁称重，见护理记录。"},
    {TEXT_INIT("I.DM.HEIGHT"), "SYNTHETIC: please check the height against the chart.",
     "SYNTHETIC：已核对病历，无误。"},
    {TEXT_INIT("I.IO.PUNDTM"),
     "SYNTHETIC: the nursing record has another minute for the puncture.",
     "SYNTHETIC：以床旁计时器为准，护理记录已更正。"},
    {TEXT_INIT("I.LB.LAC"), "SYNTHETIC: arterial or venous sample?",
     "SYNTHETIC：动脉血，见检验报告。"},
    {TEXT_INIT("I.LB.PLT"), "SYNTHETIC: before or after the transfusion?",
     "SYNTHETIC：输注前采血。"},
    {TEXT_INIT("I.FU.VITST"), "SYNTHETIC: by whom was the patient reached?",
     "SYNTHETIC：电话随访，由研究协调员完成。"},
};

static const struct step *find_asked(const struct diary *diary, size_t count,
                                     size_t patient, struct text item, size_t *place)
{
    for (size_t i = 0; i < count; i++) {
        const struct step *step = diary->steps[i];
        for (size_t k = 0; step->kind == STEP_SAVE && step->patient == patient &&
                           k < step->entry_count;
             k++)
            if (text_equal(step->entries[k].item, item) &&
                step->entries[k].value.len > 0) {
                *place = k;
                return step;
            }
    }
    return NULL;
}

/* From the question to the end, or to where it was left. */
static void write_thread(struct stream *stream, const struct patient *patient,
                         struct diary *diary, const struct step *asked, size_t place,
                         const struct question *question)
{
    size_t who = patient->index;
    enum staff asker = draw_chance(stream, 0.5) ? STAFF_MONITOR : STAFF_DATA_MANAGER;
    int64_t at = asked->at + draw_time(stream, 3 * DAYS, 20 * DAYS);
    bool is_left = draw_chance(stream, SHARE_UNANSWERED);
    bool is_closed = draw_chance(stream, SHARE_CLOSED);
    bool is_again = draw_chance(stream, SHARE_ASKED_AGAIN);
    diary_query(diary, who, at, asker, asked, place, TURN_ASK,
                text_of(question->asked));
    at += draw_time(stream, 5 * HOURS, 9 * DAYS);
    if (is_left)
        return;
    diary_query(diary, who, at, STAFF_COORDINATOR, asked, place, TURN_ANSWER,
                text_of(question->answered));
    at += draw_time(stream, 3 * HOURS, 6 * DAYS);
    if (!is_closed)
        return;
    diary_query(diary, who, at, asker, asked, place, TURN_CLOSE, TEXT(""));
    if (!is_again)
        return;
    at += draw_time(stream, DAYS, 4 * DAYS);
    diary_query(diary, who, at, asker, asked, place, TURN_ASK_AGAIN,
                TEXT("SYNTHETIC: the source says something else, please look again."));
    at += draw_time(stream, 5 * HOURS, 5 * DAYS);
    diary_query(diary, who, at, STAFF_COORDINATOR, asked, place, TURN_ANSWER,
                TEXT("SYNTHETIC：已再次核对原始记录，数据正确。"));
    at += draw_time(stream, 3 * HOURS, 3 * DAYS);
    diary_query(diary, who, at, asker, asked, place, TURN_CLOSE, TEXT(""));
}

/* Some weeks after the beginning the coordinator goes through what the checks have left. */
static void write_answers(struct stream *stream, const struct patient *patient,
                          struct diary *diary)
{
    int64_t at = patient->screened + draw_time(stream, 10 * DAYS, 45 * DAYS);
    for (int i = 0; i < 2; i++) {
        bool is_closed = draw_chance(stream, SHARE_CHECKS_CLOSED);
        diary_query(diary, patient->index, at, STAFF_COORDINATOR, NULL, 0, TURN_ANSWER,
                    TEXT("SYNTHETIC：已核对原始记录，数据正确。"));
        at += draw_time(stream, 4 * HOURS, 8 * DAYS);
        if (is_closed)
            diary_query(diary, patient->index, at, STAFF_DATA_MANAGER, NULL, 0,
                        TURN_CLOSE, TEXT("SYNTHETIC: confirmed by the source."));
        at += draw_time(stream, 4 * HOURS, 8 * DAYS);
    }
}

void queries_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_QUERY);
    size_t count = diary->count;
    for (size_t i = 0; i < ARRAY_COUNT(questions); i++) {
        size_t place = 0;
        bool is_asked = draw_chance(&stream, SHARE_ASKED);
        const struct step *asked =
            find_asked(diary, count, patient->index, questions[i].item, &place);
        if (is_asked && asked != NULL)
            write_thread(&stream, patient, diary, asked, place, &questions[i]);
    }
    /* A planted fault stays as the checks have found it. */
    bool is_gone_through = draw_chance(&stream, SHARE_GONE_THROUGH);
    if (is_gone_through && patient->fault == 0)
        write_answers(&stream, patient, diary);
}

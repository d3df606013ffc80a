/* F.INF: what runs through the needle, segment after segment; volume = flow × time. */
#include "demo/areas.h"
#include "demo/cohort.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <math.h>

struct run {
    const struct patient *patient;
    struct diary *diary;
    struct stream *stream;
    int64_t row;
    int64_t at, end; /* where the next segment begins, where the last one ends */
    double capacity; /* of this needle by gravity, mL/min */
    double left;     /* still to be given in the first six hours, mL */
};

struct segment {
    const char *class, *name, *mode;
    double volume, flow;
    bool is_limited, is_tested;
};

static double draw_capacity(const struct patient *patient, struct stream *stream)
{
    const char *diagnosis = baseline_diagnosis(patient);
    bool is_packed = text_equal(text_of(diagnosis), TEXT("AML")) ||
                     text_equal(text_of(diagnosis), TEXT("ALL"));
    double flow = draw_lognormal(stream, FLOW_GRAVITY);
    flow *= is_packed ? FLOW_BLASTS : 1;
    flow *= patient->baseline.is_lytic ? FLOW_LYTIC : 1;
    return clamp(flow, 6, 75);
}

double infusion_ordered(const struct patient *patient)
{
    struct stream stream = patient_stream(patient, AREA_INFUSION);
    return clamp(draw_normal(&stream, VOLUME_SIX_HOURS) / DELIVERED_MEDIAN, 250, 3600);
}

static bool is_first_hours(const struct run *run)
{
    return run->at < run->patient->insertions[0].running + 6 * HOURS;
}

/* Fluid as fast as the needle lets it while the volume is wanted; then what an order or
 * a pump sets. */
static struct segment next_segment(struct run *run)
{
    const struct baseline *it = &run->patient->baseline;
    double hours = (double)(run->at - run->patient->insertions[0].running) / 3.6e9;
    double flow =
        run->capacity * pow(1 - FLOW_DECAY * (1 - FLOW_RESTORED), clamp(hours, 0, 96));
    bool is_bag = it->map < 65 || run->row <= 1;
    if (is_first_hours(run) && run->left > 30) {
        double volume = clamp(draw_between(run->stream, 180, 420), 30, run->left);
        run->left -= volume;
        double ratio = is_bag ? draw_lognormal(run->stream, FLOW_BAG_RATIO) : 1;
        return (struct segment){"CRY",
                                "SYNTHETIC balanced crystalloid",
                                is_bag ? "BAG" : "GRAV",
                                volume,
                                clamp(flow * ratio, 4, is_bag ? 180 : 100),
                                false,
                                run->row % 2 == 1};
    }
    if (run->row % 4 == 3 && it->blood.platelets < 20)
        return (struct segment){"PLT", "SYNTHETIC platelets",    "GRAV",
                                250,   clamp(flow * 0.5, 3, 12), true,
                                false};
    if (run->row % 5 == 4 && it->blood.hemoglobin < 70)
        return (struct segment){"RBC", "SYNTHETIC red cells",   "GRAV",
                                300,   clamp(flow * 0.3, 2, 5), true,
                                false};
    if (run->row % 3 == 0)
        return (struct segment){"ABX", "SYNTHETIC meropenem", "PUMP", 100, 1.5, true,
                                false};
    return (struct segment){"CRY",  "SYNTHETIC maintenance fluid",
                            "PUMP", draw_between(run->stream, 150, 260),
                            1.3,    true,
                            false};
}

static const char *stop_reason(const struct run *run, int64_t ends)
{
    const struct removal *removal = &run->patient->removals[0];
    if (ends < run->end)
        return "COMP";
    if (text_equal(text_of(removal->reason), TEXT("DEATH")))
        return "DEATH";
    if (removal->is_occluded)
        return "OCC";
    if (removal->is_dislodged)
        return "DISL";
    return run->patient->complications.extravasation ? "EXTR" : "CONV";
}

static bool is_blood(const char *class)
{
    return text_equal(text_of(class), TEXT("RBC")) ||
           text_equal(text_of(class), TEXT("PLT"));
}

static void write_end(const struct run *run, struct step *save,
                      const struct segment *segment, int64_t ends)
{
    int64_t row = run->row;
    double minutes = (double)(ends - run->at) / 6e7;
    step_moment(save, "I.INF.INFEND", row, ends);
    step_number(save, "I.INF.INFVOL", row, segment->flow * minutes, 1);
    if (segment->is_tested)
        step_number(save, "I.INF.FLOWT", row, segment->flow, 0);
    step_yes(save, "I.INF.FLOWLIM", row, segment->is_limited);
    step_number(save, "I.INF.FLUSHV", row, 10, 0);
    step_code(save, "I.INF.STOPR", row, stop_reason(run, ends));
    step_yes(save, "I.INF.INTRPT", row, false);
}

/* Entered when it ends; what still runs at the simulated now, when it began. */
static void write_segment(struct run *run, const struct segment *segment, int64_t ends,
                          const char *event)
{
    const struct patient *patient = run->patient;
    int64_t at = entered_at_once(run->stream, ends), row = run->row;
    bool is_bag = text_equal(text_of(segment->mode), TEXT("BAG"));
    bool is_running = at >= simulated_now;
    int64_t happened = is_running ? run->at : ends;
    if (is_running)
        at = run->at + 20 * SECONDS;
    struct step *save = diary_report(run->diary, patient->index, at, happened,
                                     nurse_on_duty(at), event, "F.INF");
    step_code(save, "I.INF.INFROUTE", row, "IO");
    step_code(save, "I.INF.INFCLS", row, segment->class);
    step_text(save, "I.INF.INFNAME", row, text_of(segment->name));
    step_moment(save, "I.INF.INFBEG", row, run->at);
    step_code(save, "I.INF.PRESMOD", row, segment->mode);
    if (is_bag)
        step_integer(save, "I.INF.PRESMM", row, 300);
    if (is_blood(segment->class))
        step_text(save, "I.INF.BLDUNIT", row,
                  text_format(save->arena, "SYN-%08x", stream_word(run->stream)));
    if (!is_running)
        write_end(run, save, segment, ends);
}

void infusion_write(const struct patient *patient, struct diary *diary)
{
    enum { SEGMENTS_MOST = 60 };
    struct stream stream = writing_stream(patient, AREA_INFUSION);
    const struct insertion *it = &patient->insertions[0];
    if (!it->is_placed)
        return;
    int64_t death = patient->outcome.death;
    struct run run = {.patient = patient,
                      .diary = diary,
                      .stream = &stream,
                      .at = it->running,
                      .end = patient->removals[0].at - 3 * MINUTES,
                      .capacity = draw_capacity(patient, &stream)};
    double share = draw_normal_within(&stream, DELIVERED_MEDIAN, 0.18, 0.3, 1.1);
    run.left = share * infusion_ordered(patient);
    if (death != 0 && death < run.end)
        run.end = death - MINUTES;
    for (int64_t i = 1; i <= SEGMENTS_MOST && run.at < run.end; i++) {
        bool is_first = i == 1;
        run.row =
            is_first ? 1 : i - 1; /* the first one stands at T0, in a form of its own */
        struct segment segment = next_segment(&run);
        int64_t ends = run.at + (int64_t)(segment.volume / segment.flow * 60) * SECONDS;
        if (ends > run.end)
            ends = run.end;
        if (ends - run.at >= MINUTES)
            write_segment(&run, &segment, ends, is_first ? "SE.T0" : "SE.DWELL");
        /* A pause until the next is wanted: short while there is volume to give. */
        run.at =
            ends + (run.left > 30 ? draw_time(&stream, 2 * MINUTES, 20 * MINUTES)
                                  : draw_time(&stream, 20 * MINUTES, 100 * MINUTES));
    }
}

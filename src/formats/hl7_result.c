#include "formats/hl7_result.h"

#include "base/buffer.h"
#include "base/limits.h"

struct reading {
    const struct hl7_message *message;
    struct arena *arena;
    struct hl7_result *result;
    struct hl7_order *orders;
    struct hl7_observation *observations; /* of all orders, one behind the other */
    size_t observation_count;
    bool has_patient;
    struct text placer, filler; /* of the ORC before the next OBR */
    struct text *noted; /* what the NTE before this segment spoke of; else NULL */
    struct buffer note;
    bool *is_exhausted; /* a text did not fit the arena */
};

static bool refuse(const struct hl7_segment *segment, struct error *err,
                   const char *sentence)
{
    error_set(err, ERROR_REFUSED, "%s", sentence);
    return error_where(err, segment->at, "line %zu, %.*s", segment->line,
                       TEXT_ARG(segment->name));
}

static struct text value(const struct reading *reading,
                         const struct hl7_segment *segment, size_t field,
                         size_t component)
{
    struct hl7_place place = {.field = field, .component = component};
    return hl7_value(reading->message, segment, place, reading->arena);
}

static struct hl7_coded coded(const struct reading *reading,
                              const struct hl7_segment *segment, size_t field,
                              size_t from)
{
    return (struct hl7_coded){.code = value(reading, segment, field, from),
                              .name = value(reading, segment, field, from + 1),
                              .system = value(reading, segment, field, from + 2)};
}

/* Both with `between`, or the one that is there. */
static struct text joined(const struct reading *reading, struct text a, struct text b,
                          const char *between)
{
    if (a.len == 0)
        return b;
    if (b.len == 0)
        return a;
    return text_format(reading->arena, "%.*s%s%.*s", TEXT_ARG(a), between, TEXT_ARG(b));
}

/* --- MSH, PID, PV1 ---------------------------------------------------------------------- */

static bool take_header(struct reading *reading, const struct hl7_segment *segment,
                        struct error *err)
{
    struct hl7_result *result = reading->result;
    struct text type = value(reading, segment, 9, 1);
    struct text trigger = value(reading, segment, 9, 2);
    result->sender = value(reading, segment, 3, 1);
    result->facility = value(reading, segment, 4, 1);
    result->time = value(reading, segment, 7, 1);
    result->control = value(reading, segment, 10, 1);
    result->processing = value(reading, segment, 11, 1);
    result->version = value(reading, segment, 12, 1);
    result->profile = value(reading, segment, 21, 1);
    return (text_equal(type, TEXT("ORU")) && text_equal(trigger, TEXT("R01"))) ||
           refuse(segment, err, "MSH-9 is not ORU^R01: no laboratory result");
}

static bool take_patient(struct reading *reading, const struct hl7_segment *segment,
                         struct error *err)
{
    struct hl7_result *result = reading->result;
    const struct hl7_message *message = reading->message;
    if (reading->has_patient)
        return refuse(segment, err, "the message names a second patient");
    reading->has_patient = true;
    size_t count = hl7_repetitions(message, segment, 3);
    struct hl7_identifier *identifiers =
        ARENA_ARRAY(reading->arena, struct hl7_identifier, count);
    for (size_t i = 0; i < count; i++) {
        struct hl7_place place = {.field = 3, .repetition = i + 1, .component = 1};
        identifiers[i].number = hl7_value(message, segment, place, reading->arena);
        place.component = 4;
        identifiers[i].authority = hl7_value(message, segment, place, reading->arena);
        place.component = 5;
        identifiers[i].type = hl7_value(message, segment, place, reading->arena);
    }
    size_t name_count = hl7_repetitions(message, segment, 5);
    struct text *names = ARENA_ARRAY(reading->arena, struct text, name_count);
    for (size_t i = 0; i < name_count; i++) {
        struct hl7_place place = {.field = 5, .repetition = i + 1, .component = 1};
        struct text family = hl7_value(message, segment, place, reading->arena);
        place.component = 2;
        struct text given = hl7_value(message, segment, place, reading->arena);
        names[i] = joined(reading, family, given, " ");
    }
    result->identifiers = identifiers;
    result->identifier_count = count;
    result->names = names;
    result->name_count = name_count;
    result->birth = value(reading, segment, 7, 1);
    result->sex = value(reading, segment, 8, 1);
    return true;
}

static bool take_visit(struct reading *reading, const struct hl7_segment *segment,
                       struct error *err)
{
    (void)err;
    reading->result->visit = value(reading, segment, 19, 1);
    return true;
}

/* --- orders and specimens ------------------------------------------------------------------ */

static struct hl7_order *open_order(const struct reading *reading)
{
    size_t count = reading->result->order_count;
    return count == 0 ? NULL : &reading->orders[count - 1];
}

static bool take_common_order(struct reading *reading,
                              const struct hl7_segment *segment, struct error *err)
{
    (void)err;
    reading->placer = value(reading, segment, 2, 1);
    reading->filler = value(reading, segment, 3, 1);
    return true;
}

/* All components of a field, and of their parts, with spaces: the words of a specimen. */
static struct text words_of(const struct reading *reading,
                            const struct hl7_segment *segment, size_t field)
{
    enum { COMPONENTS = 9, PARTS = 3 };
    struct text words = {0};
    for (size_t i = 1; i <= COMPONENTS; i++)
        for (size_t k = 1; k <= PARTS; k++) {
            struct hl7_place place = {
                .field = field, .component = i, .subcomponent = k};
            struct text word =
                hl7_value(reading->message, segment, place, reading->arena);
            words = joined(reading, words, word, " ");
        }
    return words;
}

static bool take_order(struct reading *reading, const struct hl7_segment *segment,
                       struct error *err)
{
    (void)err;
    struct hl7_order *order = &reading->orders[reading->result->order_count++];
    struct text placer = value(reading, segment, 2, 1);
    struct text filler = value(reading, segment, 3, 1);
    struct hl7_place source = {.field = 15, .component = 1, .subcomponent = 1};
    *order = (struct hl7_order){
        .placer = placer.len > 0 ? placer : reading->placer,
        .filler = filler.len > 0 ? filler : reading->filler,
        .panel = coded(reading, segment, 4, 1),
        .collected = value(reading, segment, 7, 1),
        .received = value(reading, segment, 14, 1),
        .reported = value(reading, segment, 22, 1),
        .status = value(reading, segment, 25, 1),
        .specimen_code = hl7_value(reading->message, segment, source, reading->arena),
        .specimen_text = words_of(reading, segment, 15),
        .observations = reading->observations + reading->observation_count,
    };
    order->specimen = order->filler;
    reading->placer = reading->filler = (struct text){0};
    return true;
}

/* SPM-2 placer and filler number, 4 type, 7 how it was taken, 8 from where, 17 when. */
static bool take_specimen(struct reading *reading, const struct hl7_segment *segment,
                          struct error *err)
{
    static const size_t said[] = {4, 7, 8, 9, 14};
    struct hl7_order *order = open_order(reading);
    if (order == NULL)
        return refuse(segment, err, "a specimen stands before every OBR");
    struct text number = value(reading, segment, 2, 2);
    struct text placer = value(reading, segment, 2, 1);
    struct text code = value(reading, segment, 4, 1);
    struct text taken = value(reading, segment, 17, 1);
    if (number.len > 0 || placer.len > 0)
        order->specimen = number.len > 0 ? number : placer;
    if (code.len > 0)
        order->specimen_code = code;
    if (order->collected.len == 0)
        order->collected = taken;
    for (size_t i = 0; i < ARRAY_COUNT(said); i++)
        order->specimen_text = joined(reading, order->specimen_text,
                                      words_of(reading, segment, said[i]), " ");
    return true;
}

/* --- observations ------------------------------------------------------------------------ */

/* SN: comparator ^ number [^ separator ^ number]. A range or a ratio is text. */
static struct hl7_answer structured(const struct reading *reading,
                                    const struct hl7_segment *segment)
{
    struct text comparator = value(reading, segment, 5, 1);
    struct text first = value(reading, segment, 5, 2);
    struct text separator = value(reading, segment, 5, 3);
    struct text second = value(reading, segment, 5, 4);
    if (text_equal(comparator, TEXT("=")))
        comparator = (struct text){0};
    struct text before = joined(reading, comparator, first, "");
    struct text behind = joined(reading, separator, second, "");
    return hl7_answer_of(joined(reading, before, behind, ""));
}

/* The first components of all repetitions, which grow in one piece. */
static void add_repetitions(const struct reading *reading,
                            const struct hl7_segment *segment, size_t field,
                            const char *between, struct buffer *out)
{
    size_t count = hl7_repetitions(reading->message, segment, field);
    for (size_t i = 1; i <= count; i++) {
        struct hl7_place place = {.field = field, .repetition = i, .component = 1};
        struct text one = hl7_value(reading->message, segment, place, reading->arena);
        if (out->len > 0 && one.len > 0)
            buffer_text_add(out, text_of(between));
        buffer_text_add(out, one);
    }
}

static struct text text_so_far(const struct reading *reading,
                               const struct buffer *buffer)
{
    struct text out = {0};
    struct error err;
    if (buffer->len > 0 && !buffer_text(buffer, &out, &err))
        *reading->is_exhausted = true;
    return out;
}

static struct text all_repetitions(const struct reading *reading,
                                   const struct hl7_segment *segment, size_t field,
                                   const char *between)
{
    struct buffer all = buffer_in(reading->arena, LIMIT_HL7_TEXT);
    add_repetitions(reading, segment, field, between, &all);
    return text_so_far(reading, &all);
}

/* The answer by its type: coded ones by their name, texts with all repetitions. */
static struct hl7_answer answer_of(const struct reading *reading,
                                   const struct hl7_segment *segment, struct text type)
{
    if (text_equal(type, TEXT("SN")))
        return structured(reading, segment);
    if (text_equal(type, TEXT("CE")) || text_equal(type, TEXT("CWE")) ||
        text_equal(type, TEXT("CNE")) || text_equal(type, TEXT("CF"))) {
        struct hl7_coded answer = coded(reading, segment, 5, 1);
        return (struct hl7_answer){.text =
                                       answer.name.len > 0 ? answer.name : answer.code};
    }
    return hl7_answer_of(all_repetitions(reading, segment, 5, "\n"));
}

static bool take_observation(struct reading *reading, const struct hl7_segment *segment,
                             struct error *err)
{
    struct hl7_order *order = open_order(reading);
    struct text type = value(reading, segment, 2, 1);
    bool is_number = text_equal(type, TEXT("NM")) || text_equal(type, TEXT("SN"));
    if (order == NULL)
        return refuse(segment, err, "an OBX stands before every OBR");
    if (is_number && hl7_repetitions(reading->message, segment, 5) > 1)
        return refuse(segment, err, "OBX-5 of a number has several values");
    struct hl7_observation *observation =
        &reading->observations[reading->observation_count++];
    *observation = (struct hl7_observation){
        .number = reading->observation_count,
        .line = segment->line,
        .type = type,
        .code = coded(reading, segment, 3, 1),
        .alternate = coded(reading, segment, 3, 4),
        .sub_id = value(reading, segment, 4, 1),
        .answer = answer_of(reading, segment, type),
        .unit = coded(reading, segment, 6, 1),
        .range = hl7_range_of(value(reading, segment, 7, 1)),
        .flags = all_repetitions(reading, segment, 8, " "),
        .status = value(reading, segment, 11, 1),
        .time = value(reading, segment, 14, 1),
        .equipment = value(reading, segment, 18, 1),
    };
    order->observation_count++;
    return true;
}

static bool take_note(struct reading *reading, const struct hl7_segment *segment,
                      struct error *err)
{
    (void)err;
    struct hl7_order *order = open_order(reading);
    if (order == NULL)
        return true; /* of the patient: nothing of a result */
    struct text *note =
        order->observation_count == 0
            ? &order->note
            : &reading->observations[reading->observation_count - 1].note;
    if (reading->noted != note)
        reading->note = buffer_in(reading->arena, LIMIT_HL7_TEXT);
    reading->noted = note;
    add_repetitions(reading, segment, 3, "\n", &reading->note);
    *note = text_so_far(reading, &reading->note);
    return true;
}

/* --- all of it ------------------------------------------------------------------------------ */

static const struct {
    struct text name;
    bool (*take)(struct reading *, const struct hl7_segment *, struct error *);
} segments[] = {
    {TEXT_INIT("MSH"), take_header},      {TEXT_INIT("PID"), take_patient},
    {TEXT_INIT("PV1"), take_visit},       {TEXT_INIT("ORC"), take_common_order},
    {TEXT_INIT("OBR"), take_order},       {TEXT_INIT("SPM"), take_specimen},
    {TEXT_INIT("OBX"), take_observation}, {TEXT_INIT("NTE"), take_note},
};

static bool take_segment(struct reading *reading, const struct hl7_segment *segment,
                         struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(segments); i++)
        if (text_equal(segments[i].name, segment->name))
            return segments[i].take(reading, segment, err);
    return true; /* others say nothing that is filed */
}

bool hl7_result_read(const struct hl7_message *message, struct arena *arena,
                     struct hl7_result *out, struct error *err)
{
    size_t count = message->segment_count;
    bool is_exhausted = false;
    struct reading reading = {.message = message,
                              .arena = arena,
                              .result = out,
                              .is_exhausted = &is_exhausted};
    *out = (struct hl7_result){0};
    reading.orders = arena_try(arena, count * sizeof *reading.orders);
    reading.observations = arena_try(arena, count * sizeof *reading.observations);
    if (reading.orders == NULL || reading.observations == NULL)
        return error_set(err, ERROR_TOO_LARGE, "the message is too large");
    for (size_t i = 0; i < count; i++)
        if (!take_segment(&reading, &message->segments[i], err))
            return false;
    if (is_exhausted)
        return error_set(err, ERROR_TOO_LARGE, "the message is too large");
    out->orders = reading.orders;
    if (!reading.has_patient)
        return refuse(&message->segments[0], err, "the message has no PID");
    if (out->order_count == 0)
        return refuse(&message->segments[0], err, "the message has no OBR");
    return true;
}

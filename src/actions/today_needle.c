/* Which needles are in, and until when they may stay: 24 h, longer by leave of a second
 * physician, 96 h at most (registry record). */
#include "actions/dwell_leave.h"
#include "actions/people.h"
#include "actions/today_parts.h"

#define ITEM_ATTEMPT_RESULT TEXT("I.IO.ATTRES")
#define ITEM_ATTEMPT_PLACE  TEXT("I.IO.ATTSITE")
#define ITEM_PLACE          TEXT("I.IO.IOSITE")
#define ITEM_REMOVAL_OF     TEXT("I.REM.RMSEQ")
#define ITEM_REMOVAL_TIME   TEXT("I.REM.REMDTM")
#define ITEM_EXCEPTION_TEXT TEXT("I.REM.EXCTXT")
#define CODE_SUCCESS        TEXT("SUC")

/* The registry record: 24 h and 96 h. Lead times of AL04 and AL08; 4 h before a leave ends
 * is a choice of ours. */
enum {
    TARGET_HOURS = 24,
    NEAR_HOURS = 20,
    LIMIT_HOURS = 96,
    LIMIT_NEAR_HOURS = 92,
    LEAVE_NEAR_HOURS = 4
};

/* The row of the attempt that succeeded; 0: none. */
static int32_t success_row(const struct world *world, int32_t insertion)
{
    int32_t rows = world_rows(world, FORM_INSERTION, insertion, ITEM_PUNCTURE_TIME);
    for (int32_t row = 1; row <= rows; row++) {
        struct datum result =
            world_answer(world, FORM_INSERTION, insertion, ITEM_ATTEMPT_RESULT, row);
        if (result.kind == DATUM_TEXT &&
            text_equal(datum_as_text(result), CODE_SUCCESS))
            return row;
    }
    return 0;
}

static struct label bone_of(const struct world *world, int32_t insertion, int32_t row)
{
    const struct design *design = world->rulebook->design;
    struct text oid = ITEM_ATTEMPT_PLACE;
    struct datum answer = world_answer(world, FORM_INSERTION, insertion, oid, row);
    if (answer.kind != DATUM_TEXT) {
        oid = ITEM_PLACE;
        answer = world_answer(world, FORM_INSERTION, insertion, oid, 0);
    }
    const struct item *item = design_item(design, oid);
    if (answer.kind != DATUM_TEXT || item == NULL || item->codelist == NULL)
        return (struct label){0};
    const struct code *code = codelist_code(item->codelist, datum_as_text(answer));
    return code == NULL ? (struct label){0} : code->label;
}

/* --- its removal form ------------------------------------------------------------------ */

/* The removal form of this needle that is begun; -1: none. */
static int32_t removal_of(const struct world *world, int64_t insertion)
{
    int32_t count = world_instances(world, FORM_REMOVAL);
    for (int32_t i = 0; i < count; i++) {
        struct datum of = world_answer(world, FORM_REMOVAL, i, ITEM_REMOVAL_OF, 0);
        if (of.kind == DATUM_NUMBER && of.as.coefficient == insertion)
            return i;
    }
    return -1;
}

/* Where the removal of the `ordinal`-th needle that was placed goes when it is not begun:
 * RMSEQ counts the removal forms before it. */
static struct form_key new_removal(const struct world *world, int64_t ordinal)
{
    bool is_next = world_instances(world, FORM_REMOVAL) == ordinal - 1;
    return (struct form_key){.participant = world->participant->id,
                             .event = EVENT_REMOVAL,
                             .event_repeat = is_next ? ordinal : 1,
                             .form = FORM_REMOVAL,
                             .form_repeat = is_next ? 1 : ordinal};
}

static bool is_filled(const struct world *world, int32_t removal, struct text item)
{
    return datum_has_value(world_stored(world, FORM_REMOVAL, removal, item, 0));
}

/* As stored: a design may ask for the leave only once the needle is out. */
static int64_t leave_until(const struct world *world, int32_t removal, int64_t since)
{
    if (removal < 0 || !is_filled(world, removal, ITEM_EXCEPTION_REASON) ||
        !is_filled(world, removal, ITEM_EXCEPTION_TEXT) ||
        !is_filled(world, removal, ITEM_EXCEPTION_BY))
        return 0;
    struct datum given =
        world_stored(world, FORM_REMOVAL, removal, ITEM_EXCEPTION_TIME, 0);
    return given.kind == DATUM_MOMENT ? dwell_leave_until(since, given.as.coefficient)
                                      : 0;
}

/* --- needles --------------------------------------------------------------------------- */

static void add_needle(struct today_reading *reading, const struct today_needle *needle)
{
    struct today *out = reading->out;
    struct arena *arena = reading->arena;
    out->at = ARENA_GROW(arena, out->at, out->count, &reading->capacity);
    struct today_needle *kept = &out->at[out->count++];
    *kept = *needle;
    kept->number = text_copy(arena, needle->number);
    kept->site = text_copy(arena, needle->site);
    kept->bed = text_copy(arena, needle->bed);
    kept->place = (struct label){text_copy(arena, needle->place.english),
                                 text_copy(arena, needle->place.chinese)};
    kept->insertion_key = form_key_copy(&needle->insertion_key, arena);
    kept->removal_key = form_key_copy(&needle->removal_key, arena);
}

static void look_at(struct today_reading *reading, const struct world *world,
                    int32_t insertion, int64_t ordinal, int32_t row)
{
    const struct participant *participant = world->participant;
    struct today_needle needle = {.participant = participant->id,
                                  .number = participant_number(participant),
                                  .site = participant->site,
                                  .bed = participant->bed,
                                  .place = bone_of(world, insertion, row)};
    needle.since =
        today_instant(world, FORM_INSERTION, insertion, ITEM_PUNCTURE_TIME, row);
    if (needle.since == 0 ||
        !world_place(world, FORM_INSERTION, insertion, &needle.insertion_key))
        return;
    needle.insertion = needle.insertion_key.form_repeat;
    int32_t removal = removal_of(world, needle.insertion);
    if (removal >= 0 && is_filled(world, removal, ITEM_REMOVAL_TIME))
        return;
    if (removal < 0 || !world_place(world, FORM_REMOVAL, removal, &needle.removal_key))
        needle.removal_key = new_removal(world, ordinal);
    needle.target_at = needle.since + TARGET_HOURS * TODAY_HOUR;
    needle.limit_at = needle.since + LIMIT_HOURS * TODAY_HOUR;
    needle.excepted_until = leave_until(world, removal, needle.since);
    add_needle(reading, &needle);
}

void today_find_needles(struct today_reading *reading, const struct world *world)
{
    int32_t count = world_instances(world, FORM_INSERTION);
    int64_t ordinal = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t row = success_row(world, i);
        if (row > 0)
            look_at(reading, world, i, ++ordinal, row);
    }
}

/* --- until when ------------------------------------------------------------------------ */

void today_add_removal(struct today_tasks *tasks)
{
    const struct today_needle *needle = tasks->needle;
    struct today_task task = {.kind = TODAY_REMOVAL,
                              .key = needle->removal_key,
                              .opens_at = needle->since + NEAR_HOURS * TODAY_HOUR,
                              .due_at = needle->target_at,
                              .late_at = needle->target_at};
    if (needle->excepted_until != 0 && needle->excepted_until < needle->limit_at) {
        task.kind = TODAY_EXCEPTION;
        task.due_at = task.late_at = needle->excepted_until;
        task.opens_at = task.due_at - LEAVE_NEAR_HOURS * TODAY_HOUR;
    }
    if (needle->excepted_until < needle->limit_at)
        today_add(tasks, &task);
    task.kind = TODAY_LIMIT;
    task.opens_at = needle->since + LIMIT_NEAR_HOURS * TODAY_HOUR;
    task.due_at = task.late_at = needle->limit_at;
    today_add(tasks, &task);
}

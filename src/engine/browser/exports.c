/* The engine's face in the browser: a WebAssembly module without imports.
 *
 * The page writes values into `engine_slot`, sixteen bytes laid out as struct datum
 * (engine/datum.h), texts into `engine_buffer`, and reads structs out of memory; no number
 * crosses as text. One book is open at a time. After any call memory may have grown: views
 * of it are made anew. web/src/rules/engine.ts is the other half.
 */
#include "engine/book.h"
#include "engine/digest.h"
#include "engine/pack.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

enum { TRACE_ENTRIES = 512, SCRATCH = 4 << 20, BOOK = 64 << 20 };

static struct {
    struct arena *rules, *participant, *scratch;
    const struct rule_set *set;
    struct book *book;
    struct datum slot;
    struct arena *buffer_arena;
    char *buffer;
    uint32_t buffer_size;
    struct trace trace;
} engine;

static struct sheet_instance *instance_of(int32_t serial)
{
    struct sheet *sheet = engine.book == NULL ? NULL : engine.book->sheet;
    if (sheet == NULL || serial < 0 || serial >= sheet->serial_count)
        return NULL;
    return sheet->by_serial[serial];
}

/* At least `size` bytes for texts and packed rules; what it held is gone when it grows. */
char *EXPORT(engine_buffer)(uint32_t size)
{
    if (size > engine.buffer_size) {
        arena_free(engine.buffer_arena);
        engine.buffer_arena = arena_new((size_t)size + 1);
        engine.buffer = arena_alloc(engine.buffer_arena, size);
        engine.buffer_size = size;
    }
    return engine.buffer;
}

struct datum *EXPORT(engine_slot)(void)
{
    return &engine.slot;
}

/* Reads the number, or the date or time, in the buffer's first `len` bytes into the slot, as
 * the server reads it: 1 when it is one. A moment is placed by the offset when it has none. */
int32_t EXPORT(engine_read_number)(uint32_t len)
{
    struct decimal number;
    struct text t = {.at = engine.buffer, .len = len};
    if (len > engine.buffer_size || decimal_parse(t, &number, NULL) != DECIMAL_OK)
        return 0;
    engine.slot = datum_number(number);
    return 1;
}

int32_t EXPORT(engine_read_moment)(uint32_t len, int32_t offset_minutes)
{
    struct moment moment;
    struct text t = {.at = engine.buffer, .len = len};
    if (len > engine.buffer_size || !moment_parse(t, &moment, NULL))
        return 0;
    engine.slot = datum_moment(&moment, offset_minutes);
    return 1;
}

/* Prints the slot's number or moment into the buffer, which has room for 40 bytes at least:
 * the length; 0 for anything else. */
uint32_t EXPORT(engine_print)(int32_t offset_minutes)
{
    char *out = engine_buffer(MOMENT_TEXT_SIZE);
    if (engine.slot.kind == DATUM_NUMBER)
        return (uint32_t)decimal_print(datum_decimal(engine.slot), out);
    if (engine.slot.kind != DATUM_MOMENT)
        return 0;
    struct moment moment = datum_to_moment(engine.slot, offset_minutes);
    return (uint32_t)moment_print(&moment, out);
}

/* A new, empty participant. */
void EXPORT(engine_reset)(void)
{
    arena_free(engine.participant);
    engine.participant = arena_new(BOOK);
    engine.book = book_new(engine.set, engine.participant);
}

/* Takes the rules packed in the buffer's first `len` bytes: their number, or -1. */
int32_t EXPORT(engine_load)(uint32_t len)
{
    arena_free(engine.rules);
    engine.rules = arena_new(BOOK);
    if (engine.scratch == NULL)
        engine.scratch = arena_new(SCRATCH);
    struct text bytes = {.at = engine.buffer, .len = len};
    engine.set = len > engine.buffer_size
                     ? NULL
                     : pack_read(text_copy(engine.rules, bytes), engine.rules);
    if (engine.set == NULL)
        return -1;
    engine_reset();
    return engine.set->rule_count;
}

/* The serial number of a form instance, made when there is none; -1: no such form. */
int32_t EXPORT(engine_instance)(int32_t form, int32_t event, int32_t event_repeat,
                                int32_t form_repeat)
{
    if (engine.book == NULL || form < 0 || form >= engine.set->shape->form_count)
        return -1;
    return book_instance(engine.book, form, event, event_repeat, form_repeat)->serial;
}

void EXPORT(engine_rows)(int32_t serial, int32_t group, int32_t rows)
{
    struct sheet_instance *instance = instance_of(serial);
    const struct shape *shape = engine.set->shape;
    if (instance != NULL && group >= 0 && group < shape->group_count &&
        shape->groups[group].form == instance->form && rows >= 0 && rows <= LIMIT_ROWS)
        book_set_rows(engine.book, instance, group, rows);
}

/* The repeating group of this item has at least so many rows. */
void EXPORT(engine_row)(int32_t serial, int32_t item, int32_t row)
{
    struct sheet_instance *instance = instance_of(serial);
    if (instance == NULL || item < 0 || item >= engine.set->shape->item_count)
        return;
    const struct shape *shape = engine.set->shape;
    int32_t group = shape->items[item].group;
    if (shape->groups[group].form == instance->form &&
        shape->groups[group].is_repeating && row <= LIMIT_ROWS &&
        instance->groups[group - shape->forms[instance->form].first_group].rows < row)
        book_set_rows(engine.book, instance, group, row);
}

/* The slot's value becomes the item's. */
void EXPORT(engine_set)(int32_t serial, int32_t item, int32_t row)
{
    struct sheet_instance *instance = instance_of(serial);
    if (instance != NULL && item >= 0 && item < engine.set->shape->item_count)
        book_set(engine.book, instance, item, row, engine.slot);
}

void EXPORT(engine_set_property)(int32_t property)
{
    if (engine.book != NULL && property >= 0 &&
        property < engine.set->shape->property_count)
        book_set_property(engine.book, property, engine.slot);
}

/* kind, which, subject, row as in engine/question.h; serial -1: none. */
void EXPORT(engine_set_fact)(int32_t kind, int32_t which, int32_t subject,
                             int32_t serial, int32_t row)
{
    const struct sheet_instance *instance = instance_of(serial);
    if (engine.book == NULL || kind < ASK_SCHEDULE || kind > ASK_FORM || subject < 0 ||
        (kind == ASK_ITEM && subject >= engine.set->shape->item_count) ||
        (kind == ASK_FORM && subject >= engine.set->shape->form_count))
        return;
    struct question question = {
        .kind = (enum question_kind)kind,
        .which = which,
        .subject = subject,
        .instance =
            instance == NULL ? -1 : sheet_position(engine.book->sheet, instance),
        .row = row};
    book_set_fact(engine.book, &question, engine.slot);
}

void EXPORT(engine_touch_all)(void)
{
    if (engine.book != NULL)
        book_touch_all(engine.book);
}

/* Runs all rules that the changes since the last run reach: the number of changes. `now`
 * in microseconds since 1970, which a double holds exactly. */
uint32_t EXPORT(engine_run)(double now, int32_t offset_minutes)
{
    if (engine.book == NULL)
        return 0;
    arena_reset(engine.scratch);
    book_run(engine.book, (int64_t)now, offset_minutes, engine.scratch);
    return (uint32_t)engine.book->change_count;
}

/* struct book_change, 32 bytes each: rule, serial, row, padding, datum. */
const struct book_change *EXPORT(engine_changes)(void)
{
    return engine.book == NULL ? NULL : engine.book->changes;
}

/* When something can change by itself, in microseconds; infinite when nothing can. */
double EXPORT(engine_wakes_at)(void)
{
    if (engine.book == NULL || engine.book->wakes_at == WAKES_NEVER)
        return __builtin_inf();
    return (double)engine.book->wakes_at;
}

/* Why: runs one rule at one place and keeps what it looked at; the number of entries. The
 * rule's value is in the slot. */
uint32_t EXPORT(engine_explain)(int32_t rule, int32_t serial, int32_t row)
{
    struct sheet_instance *instance = instance_of(serial);
    if (instance == NULL || rule < 0 || rule >= engine.set->rule_count)
        return 0;
    arena_reset(engine.scratch);
    engine.trace = (struct trace){.capacity = TRACE_ENTRIES};
    engine.trace.entries =
        ARENA_ARRAY(engine.scratch, struct trace_entry, TRACE_ENTRIES);
    struct engine_place place = {.form = instance->form,
                                 .instance =
                                     sheet_position(engine.book->sheet, instance),
                                 .row = row};
    engine.book->run->scratch = engine.scratch;
    engine.book->run->trace = &engine.trace;
    struct run_result result =
        run_program(engine.book->run, engine.set->rules[rule].program, &place);
    engine.book->run->trace = NULL;
    engine.slot = result.value;
    return (uint32_t)(engine.trace.count < TRACE_ENTRIES ? engine.trace.count
                                                         : TRACE_ENTRIES);
}

/* struct trace_entry, 40 bytes each: from, to, datum, instance, row, at, is_answer. */
const struct trace_entry *EXPORT(engine_trace)(void)
{
    return engine.trace.entries;
}

/* The source text of a rule, for its explanation: its place, and its length in the slot. */
const char *EXPORT(engine_source)(int32_t rule)
{
    if (engine.set == NULL || rule < 0 || rule >= engine.set->rule_count)
        return NULL;
    engine.slot = datum_text(engine.set->rules[rule].program->source);
    return engine.slot.as.at;
}

/* A number over all results, to compare two builds: engine/digest.h. */
uint64_t EXPORT(engine_digest)(double now, int32_t offset_minutes)
{
    if (engine.book == NULL)
        return 0;
    arena_reset(engine.scratch);
    return digest_of_book(engine.book, (int64_t)now, offset_minutes, engine.scratch);
}

#include "demo/diary.h"

#include "base/datetime.h"
#include "base/uuid.h"
#include "demo/draw.h"
#include "demo/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct diary diary_in(struct arena *arena, uint64_t seed)
{
    return (struct diary){.arena = arena, .ids = stream_of(seed, 0, AREA_IDENTIFIERS)};
}

/* --- steps ------------------------------------------------------------------------------ */

/* The id a client would have made: of version 7, but not of chance. */
static void make_id(struct diary *diary, struct step *step)
{
    uint8_t random[UUID_RANDOM_BYTES];
    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (uint8_t)stream_word(&diary->ids);
    struct uuid id = uuid_version_7(step->at / 1000, random);
    memcpy(step->id, id.bytes, STEP_ID);
}

static struct step *step_new(struct diary *diary, const struct step *what)
{
    if (diary->count == diary->capacity) {
        size_t capacity = 2 * diary->capacity + 1024;
        struct step **grown = ARENA_ARRAY(diary->arena, struct step *, capacity);
        for (size_t i = 0; i < diary->count; i++)
            grown[i] = diary->steps[i];
        diary->steps = grown;
        diary->capacity = capacity;
    }
    struct step *step = ARENA_NEW(diary->arena, struct step);
    *step = *what;
    step->arena = diary->arena;
    step->order = diary->count;
    step->event_repeat = step->form_repeat = 1;
    make_id(diary, step);
    diary->steps[diary->count++] = step;
    return step;
}

void diary_screen(struct diary *diary, size_t patient, int64_t at, enum staff by)
{
    step_new(diary, &(struct step){
                        .kind = STEP_SCREEN, .patient = patient, .at = at, .by = by});
}

void diary_enrol(struct diary *diary, size_t patient, int64_t at, enum staff by)
{
    step_new(diary, &(struct step){
                        .kind = STEP_ENROL, .patient = patient, .at = at, .by = by});
}

struct step *diary_save(struct diary *diary, size_t patient, int64_t at, enum staff by,
                        const char *event, const char *form)
{
    return diary_report(diary, patient, at, 0, by, event, form);
}

struct step *diary_report(struct diary *diary, size_t patient, int64_t at,
                          int64_t happened, enum staff by, const char *event,
                          const char *form)
{
    return step_new(diary, &(struct step){.kind = STEP_SAVE,
                                          .patient = patient,
                                          .at = at,
                                          .happened = happened,
                                          .by = by,
                                          .event = text_of(event),
                                          .form = text_of(form)});
}

void diary_check(struct diary *diary, const struct step *entered, size_t place,
                 int64_t at, enum staff by, bool is_typed)
{
    const struct entry *entry = &entered->entries[place];
    struct step *step = step_new(diary, &(struct step){.kind = STEP_CHECK,
                                                       .patient = entered->patient,
                                                       .at = at,
                                                       .by = by,
                                                       .event = entered->event,
                                                       .form = entered->form});
    step->event_repeat = entered->event_repeat;
    step->form_repeat = entered->form_repeat;
    step->entries = ARENA_NEW(diary->arena, struct entry);
    step->entry_count = step->entry_capacity = 1;
    step->entries[0] = (struct entry){.item = entry->item,
                                      .row = entry->row,
                                      .value = is_typed ? entry->value : TEXT(""),
                                      .corrects = entered,
                                      .place = place};
}

void diary_query(struct diary *diary, size_t patient, int64_t at, enum staff by,
                 const struct step *asked, size_t place, enum query_turn turn,
                 struct text said)
{
    struct step *step = step_new(
        diary,
        &(struct step){
            .kind = STEP_QUERY, .patient = patient, .at = at, .by = by, .turn = turn});
    step->is_of_checks = asked == NULL;
    step->entries = ARENA_NEW(diary->arena, struct entry);
    step->entry_count = step->entry_capacity = 1;
    step->entries[0] = (struct entry){.value = said};
    if (asked == NULL)
        return;
    step->event = asked->event;
    step->form = asked->form;
    step->event_repeat = asked->event_repeat;
    step->form_repeat = asked->form_repeat;
    step->entries[0].item = asked->entries[place].item;
    step->entries[0].row = asked->entries[place].row;
}

static struct step *step_about(struct diary *diary, const struct step *image,
                               const struct step *what)
{
    struct step *step = step_new(diary, what);
    step->patient = image->patient;
    step->event = image->event;
    step->form = image->form;
    step->event_repeat = image->event_repeat;
    step->form_repeat = image->form_repeat;
    return step;
}

void diary_assign(struct diary *diary, const struct step *image, int64_t at,
                  enum staff by, enum staff to)
{
    step_about(diary, image, &(struct step){.kind = STEP_ASSIGN, .at = at, .by = by})
        ->to = to;
}

void diary_sign_reading(struct diary *diary, const struct step *image, int64_t at,
                        enum staff by)
{
    step_about(diary, image,
               &(struct step){.kind = STEP_SIGN_READING, .at = at, .by = by});
}

static int step_compare(const void *left, const void *right)
{
    const struct step *a = *(struct step *const *)left;
    const struct step *b = *(struct step *const *)right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void diary_sort(struct diary *diary, int64_t end)
{
    qsort(diary->steps, diary->count, sizeof diary->steps[0], step_compare);
    while (diary->count > 0 && diary->steps[diary->count - 1]->at >= end)
        diary->count--;
}

struct step *diary_find(const struct diary *diary, size_t patient, const char *event,
                        const char *form)
{
    struct step *found = NULL;
    for (size_t i = 0; i < diary->count; i++) {
        struct step *step = diary->steps[i];
        if (step->kind == STEP_SAVE && step->patient == patient &&
            text_equal(step->event, text_of(event)) &&
            text_equal(step->form, text_of(form)) &&
            (found == NULL || step->at < found->at))
            found = step;
    }
    return found;
}

/* --- entries ----------------------------------------------------------------------------- */

struct entry *step_find(struct step *step, const char *item, int64_t row)
{
    for (size_t i = 0; i < step->entry_count; i++)
        if (step->entries[i].row == row &&
            text_equal(step->entries[i].item, text_of(item)))
            return &step->entries[i];
    return NULL;
}

static struct entry *entry_new(struct step *step, const char *item, int64_t row)
{
    if (step->entry_count == step->entry_capacity) {
        size_t capacity = 2 * step->entry_capacity + 16;
        struct entry *grown = ARENA_ARRAY(step->arena, struct entry, capacity);
        for (size_t i = 0; i < step->entry_count; i++)
            grown[i] = step->entries[i];
        step->entries = grown;
        step->entry_capacity = capacity;
    }
    struct entry *entry = &step->entries[step->entry_count++];
    *entry = (struct entry){.item = text_of(item), .row = row};
    return entry;
}

void step_text(struct step *step, const char *item, int64_t row, struct text value)
{
    entry_new(step, item, row)->value = value;
}

void step_code(struct step *step, const char *item, int64_t row, const char *code)
{
    entry_new(step, item, row)->value = text_of(code);
}

void step_yes(struct step *step, const char *item, int64_t row, bool is_yes)
{
    step_code(step, item, row, is_yes ? "Y" : "N");
}

void step_integer(struct step *step, const char *item, int64_t row, int64_t value)
{
    entry_new(step, item, row)->value =
        text_format(step->arena, "%lld", (long long)value);
}

void step_number(struct step *step, const char *item, int64_t row, double value,
                 int decimals)
{
    entry_new(step, item, row)->value =
        text_format(step->arena, "%.*f", decimals, value);
}

struct text site_moment(struct arena *arena, int64_t instant)
{
    char printed[MOMENT_TEXT_SIZE];
    struct moment moment = moment_of_instant(instant, SITE_OFFSET_MINUTES);
    moment.precision = MOMENT_SECOND;
    size_t len = moment_print(&moment, printed);
    return text_copy(arena, (struct text){.at = printed, .len = len});
}

void step_moment(struct step *step, const char *item, int64_t row, int64_t instant)
{
    entry_new(step, item, row)->value = site_moment(step->arena, instant);
}

void step_date(struct step *step, const char *item, int64_t row, int64_t instant)
{
    struct text moment = site_moment(step->arena, instant);
    entry_new(step, item, row)->value = text_part(moment, 0, sizeof "2026-03-05" - 1);
}

void step_missing(struct step *step, const char *item, int64_t row, const char *code)
{
    entry_new(step, item, row)->missing = text_of(code);
}

void step_choices(struct step *step, const char *item, int64_t row,
                  const struct choice *choices, size_t count)
{
    struct text joined = TEXT("");
    for (size_t i = 0; i < count; i++)
        if (choices[i].applies)
            joined = text_format(step->arena, "%.*s%s%s", TEXT_ARG(joined),
                                 joined.len > 0 ? " " : "", choices[i].code);
    ASSERT(joined.len > 0);
    step_text(step, item, row, joined);
}

void step_correct(struct step *step, struct step *earlier, const char *item,
                  int64_t row, struct text value, const char *reason)
{
    struct entry *before = step_find(earlier, item, row);
    ASSERT(before != NULL);
    struct entry *entry = entry_new(step, item, row);
    entry->value = value;
    entry->reason = text_of(reason);
    entry->corrects = earlier;
    entry->place = (size_t)(before - earlier->entries);
}

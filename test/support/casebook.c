#include "support/casebook.h"

#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "model/answer_datum.h"
#include "model/builtin_study.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 3 };

static void must(bool is_done, const struct error *err)
{
    if (is_done)
        return;
    fprintf(stderr, "casebook: %s; %s\n", err->text, err->hint);
    abort();
}

const struct rulebook *casebook_rules(struct arena *arena)
{
    struct odm_findings *findings = ARENA_NEW(arena, struct odm_findings);
    struct text xml = {(const char *)builtin_study,
                       (size_t)(builtin_study_end - builtin_study)};
    const struct design *design = NULL;
    const struct rulebook *rulebook = NULL;
    struct error err;
    must(odm_design_read(xml, arena, &design, findings, &err), &err);
    must(rulebook_make(design, arena, &rulebook, &err), &err);
    return rulebook;
}

static size_t entries_of(const struct diary *diary, size_t patient)
{
    size_t count = 0;
    for (size_t i = 0; i < diary->count; i++)
        if (diary->steps[i]->patient == patient)
            count += diary->steps[i]->entry_count;
    return count;
}

size_t casebook_longest(const struct diary *diary, size_t patients)
{
    size_t longest = 0, most = 0;
    for (size_t i = 0; i < patients; i++) {
        size_t entries = entries_of(diary, i);
        if (entries > most)
            longest = i;
        most = entries > most ? entries : most;
    }
    return longest;
}

/* --- a sheet of what was entered ------------------------------------------------------ */

struct filling {
    const struct rulebook *rulebook;
    struct arena *arena;
    struct sheet *sheet;
};

static const struct item *item_at(const struct filling *filling, int32_t item)
{
    return design_item(filling->rulebook->design,
                       filling->rulebook->dictionary->items[item].oid);
}

static void put(const struct filling *filling, struct sheet_instance *instance,
                int32_t item, int32_t row, const struct answer *answer)
{
    const struct shape *shape = filling->sheet->shape;
    int32_t group = shape->items[item].group;
    int32_t first = shape->forms[instance->form].first_group;
    if (shape->groups[group].is_repeating && instance->groups[group - first].rows < row)
        sheet_set_rows(filling->sheet, instance, group, row);
    (void)sheet_set(filling->sheet, instance, item, row,
                    answer_datum(answer,
                                 filling->rulebook->dictionary->items[item].type.kind,
                                 SITE_OFFSET_MINUTES));
}

static struct answer answer_of(const struct filling *filling, const struct entry *entry,
                               int32_t item)
{
    struct answer answer = {0};
    struct error err;
    if (entry->missing.len > 0)
        (void)missing_reason_parse(entry->missing, &answer.missing);
    else
        must(value_normalise(item_at(filling, item), entry->value, filling->arena,
                             &answer.value, &err),
             &err);
    answer.is_in_vault = item_at(filling, item)->is_identity;
    if (answer.is_in_vault)
        answer.value = (struct text){0};
    return answer;
}

static void put_step(const struct filling *filling, const struct step *step)
{
    const struct rulebook *rulebook = filling->rulebook;
    int32_t form = rulebook_form(rulebook, step->form);
    struct sheet_instance *instance =
        sheet_instance(filling->sheet, form, rulebook_event(rulebook, step->event),
                       (int32_t)step->event_repeat, (int32_t)step->form_repeat);
    for (size_t i = 0; i < step->entry_count; i++) {
        const struct entry *entry = &step->entries[i];
        int32_t item = rulebook_item(rulebook, form, entry->item);
        struct answer answer = answer_of(filling, entry, item);
        put(filling, instance, item, (int32_t)entry->row, &answer);
    }
}

static struct filling fill(const struct rulebook *rulebook, const struct diary *diary,
                           size_t patient, struct arena *arena)
{
    struct filling filling = {.rulebook = rulebook,
                              .arena = arena,
                              .sheet = sheet_new(rulebook->set->shape, arena)};
    for (size_t i = 0; i < diary->count; i++)
        if (diary->steps[i]->patient == patient && diary->steps[i]->kind == STEP_SAVE)
            put_step(&filling, diary->steps[i]);
    return filling;
}

/* --- the rest of a full one ----------------------------------------------------------- */

static struct text plausible(const struct item *item)
{
    switch (item->type) {
    case ITEM_INTEGER:
    case ITEM_DECIMAL: return TEXT("12");
    case ITEM_CODED: return item->codelist->codes[0].code;
    case ITEM_DATE:
    case ITEM_PARTIAL_DATE: return TEXT("2026-11-20");
    case ITEM_DATETIME:
    case ITEM_PARTIAL_DATETIME: return TEXT("2026-11-20T08:00");
    case ITEM_TIME:
    case ITEM_PARTIAL_TIME: return TEXT("08:00");
    case ITEM_TEXT: break;
    }
    return TEXT("SYNTHETIC");
}

static void complete_row(const struct filling *filling, struct sheet_instance *instance,
                         const struct shape_group *group, int32_t row)
{
    for (int32_t i = 0; i < group->item_count; i++) {
        int32_t item = group->first_item + i;
        const struct item *entry = item_at(filling, item);
        struct answer answer = {.is_in_vault = entry->is_identity};
        const struct cell *cell = sheet_cell(filling->sheet, instance, item, row);
        if (cell->value.kind != DATUM_EMPTY || !text_is_absent(entry->derives.code))
            continue;
        if (!answer.is_in_vault)
            answer.value = plausible(entry);
        put(filling, instance, item, row, &answer);
    }
}

static void complete_form(const struct filling *filling,
                          struct sheet_instance *instance)
{
    const struct shape *shape = filling->sheet->shape;
    const struct shape_form *form = &shape->forms[instance->form];
    for (int32_t g = 0; g < form->group_count; g++) {
        const struct shape_group *group = &shape->groups[form->first_group + g];
        if (instance->groups[g].rows == 0)
            sheet_set_rows(filling->sheet, instance, form->first_group + g, ROWS);
        for (int32_t row = 1; row <= instance->groups[g].rows; row++)
            complete_row(filling, instance, group, group->is_repeating ? row : 0);
    }
}

static void complete(const struct filling *filling)
{
    const struct design *design = filling->rulebook->design;
    for (size_t e = 0; e < design->event_count; e++)
        for (size_t f = 0; f < design->events[e].form_count; f++)
            (void)sheet_instance(
                filling->sheet,
                rulebook_form(filling->rulebook, design->events[e].forms[f]->oid),
                (int32_t)e, 1, 1);
    for (int32_t i = 0; i < filling->sheet->serial_count; i++)
        complete_form(filling, filling->sheet->by_serial[i]);
}

/* --- out of the sheet ----------------------------------------------------------------- */

struct taking {
    struct casebook_value *values;
    size_t count;
};

static void take_form(const struct filling *filling,
                      const struct sheet_instance *instance, struct taking *taking)
{
    const struct shape *shape = filling->sheet->shape;
    const struct shape_form *form = &shape->forms[instance->form];
    for (int32_t g = 0; g < form->group_count; g++) {
        const struct shape_group *group = &shape->groups[form->first_group + g];
        int32_t cells = instance->groups[g].rows * group->item_count;
        for (int32_t i = 0; i < cells; i++) {
            struct datum value = instance->groups[g].cells[i].value;
            if (value.kind == DATUM_EMPTY)
                continue;
            if (taking->values != NULL)
                taking->values[taking->count] = (struct casebook_value){
                    .form = instance->form,
                    .event = instance->event,
                    .event_repeat = instance->event_repeat,
                    .form_repeat = instance->form_repeat,
                    .item = group->first_item + i % group->item_count,
                    .row = group->is_repeating ? i / group->item_count + 1 : 0,
                    .value = value};
            taking->count++;
        }
    }
}

/* Counted, then taken. */
static struct casebook take(const struct filling *filling)
{
    struct taking counted = {0}, taken = {0};
    int32_t forms = filling->sheet->serial_count;
    for (int32_t i = 0; i < forms; i++)
        take_form(filling, filling->sheet->by_serial[i], &counted);
    taken.values = ARENA_ARRAY(filling->arena, struct casebook_value, counted.count);
    for (int32_t i = 0; i < forms; i++)
        take_form(filling, filling->sheet->by_serial[i], &taken);
    return (struct casebook){
        .values = taken.values, .count = taken.count, .forms = (size_t)forms};
}

struct casebook casebook_of(const struct rulebook *rulebook, const struct diary *diary,
                            size_t patient, struct arena *arena)
{
    struct filling filling = fill(rulebook, diary, patient, arena);
    return take(&filling);
}

struct casebook casebook_full(const struct rulebook *rulebook,
                              const struct diary *diary, size_t patient,
                              struct arena *arena)
{
    struct filling filling = fill(rulebook, diary, patient, arena);
    complete(&filling);
    return take(&filling);
}

/* --- into a book ---------------------------------------------------------------------- */

static void set_properties(const struct rulebook *rulebook, struct sheet *sheet)
{
    const struct datum *known =
        rulebook_properties(rulebook, rulebook->design->sites[0].code);
    for (int32_t i = 0; i < sheet->shape->property_count; i++)
        sheet_set_property(sheet, i, known[i]);
}

static void make_registers(const struct rulebook *rulebook, struct sheet *sheet)
{
    const struct dictionary *dictionary = rulebook->dictionary;
    for (int32_t i = 0; i < dictionary->form_count; i++)
        if (dictionary->forms[i].is_register)
            (void)sheet_instance(sheet, i, 0, 1, 1);
}

static bool is_same_form(const struct casebook_value *a, const struct casebook_value *b)
{
    return a->form == b->form && a->event == b->event &&
           a->event_repeat == b->event_repeat && a->form_repeat == b->form_repeat;
}

struct book *casebook_load(const struct rulebook *rulebook,
                           const struct casebook *casebook, struct arena *arena)
{
    struct book *book = book_new(rulebook->set, arena);
    struct filling filling = {.sheet = book->sheet};
    const struct shape *shape = book->sheet->shape;
    struct sheet_instance *instance = NULL;
    make_registers(rulebook, book->sheet);
    set_properties(rulebook, book->sheet);
    for (size_t i = 0; i < casebook->count; i++) {
        const struct casebook_value *at = &casebook->values[i];
        if (i == 0 || !is_same_form(at, at - 1))
            instance = sheet_instance(filling.sheet, at->form, at->event,
                                      at->event_repeat, at->form_repeat);
        int32_t group = shape->items[at->item].group;
        int32_t first = shape->forms[at->form].first_group;
        if (at->row > instance->groups[group - first].rows)
            sheet_set_rows(filling.sheet, instance, group, at->row);
        (void)sheet_set(filling.sheet, instance, at->item, at->row, at->value);
    }
    return book;
}

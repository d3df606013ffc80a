#include "engine/book_parts.h"

struct book *book_new(const struct rule_set *set, struct arena *arena)
{
    struct book *book = ARENA_NEW(arena, struct book);
    book->set = set;
    book->arena = arena;
    book->sheet = sheet_new(set->shape, arena);
    book->run = run_new(arena, arena);
    book->run->world = &book->world;
    book->world = (struct engine_world){.ask = sheet_ask, .data = book->sheet};
    book->dirt = ARENA_ARRAY(arena, struct book_dirt, (size_t)set->rule_count);
    book->wakes_at = WAKES_NEVER;
    return book;
}

/* ---- changes ---- */

struct sheet_instance *book_instance(struct book *book, int32_t form, int32_t event,
                                     int32_t event_repeat, int32_t form_repeat)
{
    int32_t before = book->sheet->serial_count;
    struct sheet_instance *instance =
        sheet_instance(book->sheet, form, event, event_repeat, form_repeat);
    if (book->sheet->serial_count > before) {
        book_mark_form(book, form, -1, instance->serial);
        book_mark_readers(book, &book->set->of_rows, form, -1, 0);
        /* An only form that is there now answers for its items. */
        const struct shape_form *shape = &book->set->shape->forms[form];
        for (int32_t g = 0; g < shape->group_count; g++) {
            const struct shape_group *group =
                &book->set->shape->groups[shape->first_group + g];
            for (int32_t i = 0; i < group->item_count; i++)
                book_mark_readers(book, &book->set->of_item, group->first_item + i,
                                  instance->serial, -1);
        }
    }
    return instance;
}

/* False when nothing changes. */
static bool set_cell(struct book *book, struct sheet_instance *instance, int32_t item,
                     int32_t row, struct datum value)
{
    struct book_cell cell = {.instance = instance, .item = item, .row = row};
    if (sheet_has(book->sheet, instance, item, row, value))
        return false;
    book_look_at(book, &cell);
    (void)sheet_set(book->sheet, instance, item, row, value);
    book_mark_cell(book, &cell);
    return true;
}

void book_set(struct book *book, struct sheet_instance *instance, int32_t item,
              int32_t row, struct datum value)
{
    (void)set_cell(book, instance, item, row, value);
}

void book_set_property(struct book *book, int32_t property, struct datum value)
{
    sheet_set_property(book->sheet, property, value);
    book_mark_readers(book, &book->set->of_property, property, -1, 0);
}

void book_set_fact(struct book *book, const struct question *question,
                   struct datum answer)
{
    const struct sheet_form *form;
    int32_t serial = -1;
    sheet_set_fact(book->sheet, question, answer);
    switch ((int)question->kind) {
    case ASK_ITEM:
        form = &book->sheet->forms[book->set->shape->items[question->subject].form];
        if (question->instance >= 0 && question->instance < form->count)
            serial = form->instances[question->instance]->serial;
        book_mark_readers(book, &book->set->of_item, question->subject, serial,
                          question->row);
        return;
    case ASK_FORM:
        form = &book->sheet->forms[question->subject];
        if (question->instance >= 0 && question->instance < form->count)
            serial = form->instances[question->instance]->serial;
        book_mark_readers(book, &book->set->of_state, question->subject, serial, -1);
        return;
    default: book_touch_all(book); return;
    }
}

void book_touch_all(struct book *book)
{
    book->is_settled = false;
    for (int32_t r = 0; r < book->set->rule_count; r++)
        book->dirt[r].is_all = true;
}

void book_touch(struct book *book, const struct sheet_instance *instance)
{
    book_mark_form(book, instance->form, -1, instance->serial);
}

/* ---- what rules said before ---- */

static size_t hash_of(int32_t rule, int32_t serial, int32_t row)
{
    uint64_t hash = (uint64_t)(uint32_t)rule * UINT64_C(0x9E3779B97F4A7C15) ^
                    (uint64_t)(uint32_t)serial * UINT64_C(0xC2B2AE3D27D4EB4F) ^
                    (uint64_t)(uint32_t)row * UINT64_C(0x165667B19E3779F9);
    return (size_t)(hash ^ (hash >> 29));
}

static struct book_outcome *slot_of(const struct book *book, int32_t rule,
                                    int32_t serial, int32_t row)
{
    size_t i = hash_of(rule, serial, row) & book->outcome_mask;
    for (;; i = (i + 1) & book->outcome_mask) {
        struct book_outcome *slot = &book->outcomes[i];
        if (!slot->is_there ||
            (slot->rule == rule && slot->serial == serial && slot->row == row))
            return slot;
    }
}

static struct book_outcome *outcome_of(struct book *book, int32_t rule, int32_t serial,
                                       int32_t row)
{
    if (book->outcomes == NULL || book->outcome_count * 2 > book->outcome_mask) {
        struct book old = *book;
        book->outcome_mask = old.outcomes == NULL ? 63 : old.outcome_mask * 2 + 1;
        book->outcomes =
            ARENA_ARRAY(book->arena, struct book_outcome, book->outcome_mask + 1);
        for (size_t i = 0; old.outcomes != NULL && i <= old.outcome_mask; i++) {
            const struct book_outcome *kept = &old.outcomes[i];
            if (kept->is_there)
                *slot_of(book, kept->rule, kept->serial, kept->row) = *kept;
        }
    }
    struct book_outcome *slot = slot_of(book, rule, serial, row);
    if (!slot->is_there) {
        *slot = (struct book_outcome){.rule = rule,
                                      .serial = serial,
                                      .row = row,
                                      .is_there = true,
                                      .truth = TRUTH_NO,
                                      .wakes_at = WAKES_NEVER};
        book->outcome_count++;
    }
    return slot;
}

bool book_fires(const struct book *book, int32_t rule, int32_t serial, int32_t row)
{
    if (book->outcomes == NULL)
        return false;
    const struct book_outcome *slot = slot_of(book, rule, serial, row);
    return slot->is_there && slot->truth == TRUTH_YES;
}

bool book_has_run(const struct book *book, int32_t rule, int32_t serial, int32_t row)
{
    return book->outcomes != NULL && slot_of(book, rule, serial, row)->is_there;
}

static void add_waker(struct book *book, const struct book_outcome *outcome)
{
    if (book->waker_count == book->waker_capacity) {
        size_t capacity = book->waker_capacity == 0 ? 16 : book->waker_capacity * 2;
        struct book_outcome *wakers =
            ARENA_ARRAY(book->arena, struct book_outcome, capacity);
        for (size_t i = 0; i < book->waker_count; i++)
            wakers[i] = book->wakers[i];
        book->wakers = wakers;
        book->waker_capacity = capacity;
    }
    book->wakers[book->waker_count++] = *outcome;
}

/* Few rules wait for a time: they are kept apart, so that a change among thousands of
 * places costs no walk through all. */
static void set_wake(struct book *book, struct book_outcome *outcome, int64_t wakes_at)
{
    bool is_known = outcome->wakes_at != WAKES_NEVER;
    outcome->wakes_at = wakes_at;
    if (wakes_at != WAKES_NEVER && !is_known)
        add_waker(book, outcome);
}

/* Rules whose time has come run again. */
static void mark_due(struct book *book, int64_t now)
{
    for (size_t i = 0; i < book->waker_count; i++) {
        const struct book_outcome *waker = &book->wakers[i];
        if (slot_of(book, waker->rule, waker->serial, waker->row)->wakes_at <= now)
            book_mark_place(book, waker->rule, waker->serial, waker->row);
    }
}

static void find_next_wake(struct book *book)
{
    size_t kept = 0;
    book->wakes_at = WAKES_NEVER;
    for (size_t i = 0; i < book->waker_count; i++) {
        struct book_outcome waker = book->wakers[i];
        int64_t at = slot_of(book, waker.rule, waker.serial, waker.row)->wakes_at;
        if (at == WAKES_NEVER)
            continue;
        book->wakers[kept++] = waker;
        if (at < book->wakes_at)
            book->wakes_at = at;
    }
    book->waker_count = kept;
}

static void forget_rows(struct book *book, int32_t serial, int32_t group, int32_t first,
                        int32_t last)
{
    for (int32_t r = 0; r < book->set->rule_count && book->outcomes != NULL; r++) {
        for (int32_t row = first; row <= last && book->set->rules[r].group == group;
             row++) {
            struct book_outcome *slot = slot_of(book, r, serial, row);
            slot->truth = TRUTH_NO;
            slot->wakes_at = WAKES_NEVER;
        }
    }
}

void book_set_rows(struct book *book, struct sheet_instance *instance, int32_t group,
                   int32_t rows)
{
    int32_t first = book->set->shape->forms[instance->form].first_group;
    int32_t before = instance->groups[group - first].rows;
    sheet_set_rows(book->sheet, instance, group, rows);
    forget_rows(book, instance->serial, group, rows + 1, before);
    book_mark_form(book, instance->form, group, instance->serial);
    book_mark_readers(book, &book->set->of_rows, instance->form, instance->serial, -1);
}

/* ---- running ---- */

static void add_change(struct book *book, int32_t rule, int32_t serial, int32_t row,
                       struct datum value)
{
    if (book->change_count == book->change_capacity) {
        size_t capacity = book->change_capacity == 0 ? 64 : book->change_capacity * 2;
        struct book_change *changes =
            ARENA_ARRAY(book->arena, struct book_change, capacity);
        for (size_t i = 0; i < book->change_count; i++)
            changes[i] = book->changes[i];
        book->changes = changes;
        book->change_capacity = capacity;
    }
    book->changes[book->change_count++] = (struct book_change){
        .rule = rule, .serial = serial, .row = row, .value = value};
}

/* What a derived item takes: a value, or nothing. */
static struct datum derived_value(struct datum value)
{
    bool is_unknown =
        value.kind == DATUM_TRUTH && value.as.coefficient == TRUTH_UNKNOWN;
    return datum_has_value(value) && !is_unknown ? value : datum_of_kind(DATUM_EMPTY);
}

static void take_derived(struct book *book, int32_t r, struct sheet_instance *instance,
                         int32_t row, struct datum value)
{
    const struct rule *rule = &book->set->rules[r];
    /* What hangs on a sealed value stays as it is stored. */
    if (value.kind == DATUM_SEALED)
        return;
    if (value.kind == DATUM_FAULT)
        add_change(book, r, instance->serial, row, value);
    value = derived_value(value);
    if (!set_cell(book, instance, rule->item, row, value))
        return;
    const struct cell *cell = sheet_cell(book->sheet, instance, rule->item, row);
    add_change(book, r, instance->serial, row, cell->value);
}

static void take_shown(struct book *book, int32_t r, struct sheet_instance *instance,
                       int32_t row, bool is_shown)
{
    int32_t item = book->set->rules[r].item;
    struct book_cell at = {.instance = instance, .item = item, .row = row};
    struct cell *cell = sheet_cell(book->sheet, instance, item, row);
    if (cell == NULL || cell->is_hidden == !is_shown)
        return;
    book_look_at(book, &at);
    cell->is_hidden = !is_shown;
    book_mark_cell(book, &at);
    add_change(book, r, instance->serial, row, datum_truth(is_shown));
}

/* At most once a run: a place can be marked by several changes. */
static void run_at(struct book *book, int32_t r, struct sheet_instance *instance,
                   int32_t row)
{
    const struct rule *rule = &book->set->rules[r];
    struct book_outcome *outcome = outcome_of(book, r, instance->serial, row);
    if (outcome->run_number == book->run_number)
        return;
    outcome->run_number = book->run_number;
    struct engine_place place = {.form = rule->form,
                                 .instance = sheet_position(book->sheet, instance),
                                 .row = row};
    struct run_result result = run_program(book->run, rule->program, &place);
    bool is_yes =
        result.value.kind == DATUM_TRUTH && result.value.as.coefficient == TRUTH_YES;
    int before = outcome->truth;
    set_wake(book, outcome, result.wakes_at);
    outcome->truth = is_yes ? TRUTH_YES : TRUTH_NO;
    book->run_count++;
    switch (rule->kind) {
    case RULE_DERIVES: take_derived(book, r, instance, row, result.value); break;
    case RULE_SHOWS: take_shown(book, r, instance, row, is_yes); break;
    case RULE_FIRES:
        if (outcome->truth != before || result.value.kind == DATUM_FAULT)
            add_change(book, r, instance->serial, row,
                       result.value.kind == DATUM_FAULT ? result.value
                                                        : datum_truth(is_yes));
        break;
    }
}

static void run_instance(struct book *book, int32_t r, struct sheet_instance *instance,
                         int32_t row)
{
    const struct rule *rule = &book->set->rules[r];
    if (rule->group < 0) {
        run_at(book, r, instance, 0);
        return;
    }
    int32_t first = book->set->shape->forms[rule->form].first_group;
    int32_t rows = instance->groups[rule->group - first].rows;
    if (row > 0) {
        if (row <= rows)
            run_at(book, r, instance, row);
        return;
    }
    for (int32_t i = 1; i <= rows; i++)
        run_at(book, r, instance, i);
}

/* An instance's rule runs in its own form only: a mark can come from a reader elsewhere. */
static void run_rule(struct book *book, int32_t r)
{
    struct book_dirt *dirt = &book->dirt[r];
    const struct sheet_form *form = &book->sheet->forms[book->set->rules[r].form];
    if (dirt->is_all) {
        for (int32_t i = 0; i < form->count; i++)
            run_instance(book, r, form->instances[i], -1);
    } else {
        for (int32_t i = 0; i < dirt->count; i++) {
            struct sheet_instance *instance =
                book->sheet->by_serial[dirt->places[i].serial];
            if (instance->form == book->set->rules[r].form)
                run_instance(book, r, instance, dirt->places[i].row);
        }
    }
    dirt->is_all = false;
    dirt->count = 0;
}

static void begin_run(struct book *book, int64_t now, int32_t offset_minutes,
                      struct arena *scratch)
{
    book->world.now = now;
    book->world.offset_minutes = offset_minutes;
    book->run->scratch = scratch;
    book->change_count = 0;
    book->run_number++;
    book->look_count = 0;
}

void book_settle(struct book *book, int64_t now, int32_t offset_minutes,
                 struct arena *scratch)
{
    begin_run(book, now, offset_minutes, scratch);
    book->is_settled = true;
    book->is_whole = false;
    for (int32_t i = 0; i < book->set->rule_count; i++) {
        int32_t rule = book->set->order[i];
        if (book->set->rules[rule].kind != RULE_SHOWS)
            continue;
        book->dirt[rule].is_all = true;
        run_rule(book, rule);
    }
    for (int32_t i = 0; i < book->set->rule_count; i++) {
        book->dirt[i].is_all = false;
        book->dirt[i].count = 0;
    }
    book->change_count = 0;
}

void book_run(struct book *book, int64_t now, int32_t offset_minutes,
              struct arena *scratch)
{
    begin_run(book, now, offset_minutes, scratch);
    mark_due(book, now);
    for (int32_t i = 0; i < book->set->rule_count; i++) {
        int32_t rule = book->set->order[i];
        if (book->dirt[rule].is_all || book->dirt[rule].count > 0)
            run_rule(book, rule);
    }
    find_next_wake(book);
    book->is_whole = !book->is_settled;
}

/* The rules of the built-in study after one answer and another has changed: as if all had
 * run from the beginning. What a change in one row does not matter to is left out
 * (engine/watch.h), and here is where a place left out wrongly would show.
 */
#include "engine/book.h"
#include "support/casebook.h"
#include "support/unit.h"

enum { OFFSET = SITE_OFFSET_MINUTES };

struct changing {
    const struct rulebook *rulebook;
    const struct rule_set *set;
    struct book *book;
    struct arena *scratch;
    bool *is_derived; /* by item */
    uint64_t random;
    int64_t now;
};

/* splitmix64, Steele, Lea and Flood 2014 */
static int32_t below(struct changing *c, int32_t limit)
{
    uint64_t z = c->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int32_t)((z ^ (z >> 31)) % (uint64_t)limit);
}

static int32_t rows_of(const struct changing *c, const struct sheet_instance *instance,
                       int32_t group)
{
    return instance->groups[group - c->set->shape->forms[instance->form].first_group]
        .rows;
}

static const struct shape_group *group_of(const struct changing *c, int32_t item)
{
    return &c->set->shape->groups[c->set->shape->items[item].group];
}

/* The same entered answers in a new book, everything run. */
static struct book *rebuilt(const struct changing *c)
{
    struct book *fresh = book_new(c->set, c->scratch);
    const struct sheet *sheet = c->book->sheet;
    const struct shape *shape = c->set->shape;
    for (int32_t i = 0; i < shape->property_count; i++)
        sheet_set_property(fresh->sheet, i, sheet->properties[i]);
    for (int32_t serial = 0; serial < sheet->serial_count; serial++) {
        const struct sheet_instance *from = sheet->by_serial[serial];
        struct sheet_instance *to =
            sheet_instance(fresh->sheet, from->form, from->event, from->event_repeat,
                           from->form_repeat);
        const struct shape_form *form = &shape->forms[from->form];
        for (int32_t g = form->first_group; g < form->first_group + form->group_count;
             g++) {
            const struct shape_group *group = &shape->groups[g];
            sheet_set_rows(fresh->sheet, to, g, rows_of(c, from, g));
            for (int32_t i = 0; i < rows_of(c, from, g) * group->item_count; i++) {
                int32_t item = group->first_item + i % group->item_count;
                int32_t row = group->is_repeating ? 1 + i / group->item_count : 0;
                if (!c->is_derived[item])
                    (void)sheet_set(fresh->sheet, to, item, row,
                                    sheet_cell(sheet, from, item, row)->value);
            }
        }
    }
    book_touch_all(fresh);
    book_run(fresh, c->now, OFFSET, c->scratch);
    return fresh;
}

static void expect_same_cell(const struct changing *c, const struct book *fresh,
                             int32_t serial, int32_t item, int32_t row)
{
    const struct cell *a =
        sheet_cell(c->book->sheet, c->book->sheet->by_serial[serial], item, row);
    const struct cell *b =
        sheet_cell(fresh->sheet, fresh->sheet->by_serial[serial], item, row);
    if (!datum_equal(a->value, b->value) || a->is_hidden != b->is_hidden)
        fail_msg("%.*s, form %d, row %d is another",
                 TEXT_ARG(c->rulebook->dictionary->items[item].oid), serial, row);
}

static void expect_same_answers(const struct changing *c, const struct book *fresh)
{
    const struct shape *shape = c->set->shape;
    for (int32_t serial = 0; serial < fresh->sheet->serial_count; serial++) {
        const struct sheet_instance *at = fresh->sheet->by_serial[serial];
        for (int32_t item = 0; item < shape->item_count; item++) {
            if (shape->items[item].form != at->form)
                continue;
            bool repeats = group_of(c, item)->is_repeating;
            int32_t rows = repeats ? rows_of(c, at, shape->items[item].group) : 0;
            for (int32_t row = repeats; row <= rows; row++)
                expect_same_cell(c, fresh, serial, item, row);
        }
    }
}

static void expect_same_checks(const struct changing *c, const struct book *fresh)
{
    for (int32_t r = 0; r < c->set->rule_count; r++) {
        const struct rule *rule = &c->set->rules[r];
        const struct sheet_form *form = &fresh->sheet->forms[rule->form];
        for (int32_t i = 0; i < form->count && rule->kind == RULE_FIRES; i++) {
            int32_t serial = form->instances[i]->serial;
            int32_t rows =
                rule->group < 0 ? 0 : rows_of(c, form->instances[i], rule->group);
            for (int32_t row = rule->group >= 0; row <= rows; row++)
                if (book_fires(c->book, r, serial, row) !=
                    book_fires(fresh, r, serial, row))
                    fail_msg("%.*s, form %d, row %d says another thing",
                             TEXT_ARG(c->rulebook->sources.rules[r].oid), serial, row);
        }
    }
}

/* What the item says in another row or form, a little more, or nothing. */
static struct datum other_value(struct changing *c, int32_t item)
{
    const struct sheet_form *form =
        &c->book->sheet->forms[c->set->shape->items[item].form];
    const struct sheet_instance *at = form->instances[below(c, form->count)];
    int32_t rows = rows_of(c, at, c->set->shape->items[item].group);
    const struct cell *cell =
        sheet_cell(c->book->sheet, at, item, rows > 0 ? 1 + below(c, rows) : 0);
    struct datum value = cell == NULL ? datum_of_kind(DATUM_EMPTY) : cell->value;
    if (below(c, 8) == 0)
        return datum_of_kind(DATUM_EMPTY);
    if (value.kind == DATUM_NUMBER)
        value.as.coefficient += below(c, 3) - 1;
    if (value.kind == DATUM_MOMENT)
        value.as.coefficient += (below(c, 3) - 1) * 20 * MINUTES;
    return value;
}

/* In one of four forms that repeat or have rows; else anywhere. */
static void change_something(struct changing *c)
{
    int32_t item;
    do
        item = below(c, c->set->shape->item_count);
    while (c->is_derived[item] ||
           c->book->sheet->forms[c->set->shape->items[item].form].count == 0 ||
           (!group_of(c, item)->is_repeating && below(c, 8) > 0));
    const struct sheet_form *form =
        &c->book->sheet->forms[c->set->shape->items[item].form];
    struct sheet_instance *at = form->instances[below(c, form->count)];
    int32_t group = c->set->shape->items[item].group, rows = rows_of(c, at, group);
    if (group_of(c, item)->is_repeating && below(c, 30) == 0 && rows < 12)
        book_set_rows(c->book, at, group, ++rows);
    if (rows > 0)
        book_set(c->book, at, item, 1 + below(c, rows), other_value(c, item));
}

static void find_derived(struct changing *c, struct arena *arena)
{
    c->is_derived = ARENA_ARRAY(arena, bool, (size_t)c->set->shape->item_count);
    for (int32_t r = 0; r < c->set->rule_count; r++)
        if (c->set->rules[r].kind == RULE_DERIVES)
            c->is_derived[c->set->rules[r].item] = true;
}

static void changes_give_what_running_everything_gives(void **state)
{
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 30);
    struct changing c = {.rulebook = casebook_rules(arena),
                         .scratch = arena_new((size_t)64 << 20),
                         .random = 20261128};
    struct cohort *cohort = cohort_draw(arena, 7, 12);
    struct diary diary = diary_in(arena, 7);
    cohort_write(cohort, &diary);
    c.set = c.rulebook->set;
    find_derived(&c, arena);
    for (size_t patient = 0; patient < cohort->count; patient++) {
        struct casebook casebook =
            patient % 2 == 0 ? casebook_full(c.rulebook, &diary, patient, arena)
                             : casebook_of(c.rulebook, &diary, patient, arena);
        c.book = casebook_load(c.rulebook, &casebook, arena);
        c.now = simulated_now;
        book_touch_all(c.book);
        for (int step = 0; step < 60; step++) {
            arena_reset(c.scratch);
            book_run(c.book, c.now, OFFSET, c.scratch);
            struct book *fresh = rebuilt(&c);
            expect_same_answers(&c, fresh);
            expect_same_checks(&c, fresh);
            c.now += below(&c, 3) * 40 * MINUTES;
            for (int32_t changes = below(&c, 4); changes >= 0; changes--)
                change_something(&c);
        }
    }
    arena_free(c.scratch);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_give_what_running_everything_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* When events are due. The expected times are reckoned by hand from the specification,
 * section 4: M5 is T0 + 5 min ± 2 min, baseline laboratory T0 − 6 h to T0 + 30 min, day 28
 * is ± 3 days, RM24 counts from the removal of the same number; H96 only while the needle
 * is in beyond 72 h. */
#include "support/design_text.h"
#include "support/unit.h"

#include "base/datetime.h"
#include "base/limits.h"
#include "model/answer_datum.h"
#include "model/schedule.h"

static struct arena *arena;
static const struct design *design;
static const struct rulebook *rulebook;

static int setup(void **state)
{
    (void)state;
    struct error err;
    arena = arena_new(LIMIT_DESIGN_ARENA);
    design = design_builtin(arena);
    ASSERT_OK(rulebook_make(design, arena, &rulebook, &err), &err);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static int64_t instant(const char *written)
{
    struct moment moment;
    assert_true(moment_parse(text_of(written), &moment, NULL));
    return moment_instant(&moment, 480);
}

struct entered_value {
    struct text item;
    int32_t row;
    struct text value;
};

struct entered_form {
    struct text event, form;
    int32_t event_repeat, form_repeat;
    const struct entered_value *values;
    size_t value_count;
};

static const struct entered_value puncture[] = {
    {TEXT_INIT("I.IO.ATTRES"), 1, TEXT_INIT("SUC")},
    {TEXT_INIT("I.IO.PUNDTM"), 1, TEXT_INIT("2026-11-22T08:00+08:00")}};

static struct entered_form insertion(void)
{
    return (struct entered_form){.event = TEXT("SE.T0"),
                                 .form = TEXT("F.IO"),
                                 .event_repeat = 1,
                                 .form_repeat = 1,
                                 .values = puncture,
                                 .value_count = ARRAY_COUNT(puncture)};
}

static void enter(struct sheet *sheet, struct sheet_instance *instance,
                  const struct entered_value *entered)
{
    int32_t item = rulebook_item(rulebook, instance->form, entered->item);
    struct answer answer = {.value = entered->value};
    enum type_kind kind = rulebook->dictionary->items[item].type.kind;
    if (entered->row > 0)
        sheet_set_rows(sheet, instance, sheet->shape->items[item].group, entered->row);
    assert_true(sheet_set(sheet, instance, item, entered->row,
                          answer_datum(&answer, kind, 480)));
}

static struct schedule schedule(const struct entered_form *forms, size_t count,
                                const char *now)
{
    struct sheet *sheet = sheet_new(rulebook->set->shape, arena);
    struct engine_world world = {
        .ask = sheet_ask, .data = sheet, .now = instant(now), .offset_minutes = 480};
    struct schedule_input input = {
        .rulebook = rulebook, .sheet = sheet, .world = &world};
    for (size_t i = 0; i < count; i++) {
        struct sheet_instance *instance =
            sheet_instance(sheet, rulebook_form(rulebook, forms[i].form),
                           rulebook_event(rulebook, forms[i].event),
                           forms[i].event_repeat, forms[i].form_repeat);
        for (size_t k = 0; k < forms[i].value_count; k++)
            enter(sheet, instance, &forms[i].values[k]);
    }
    return schedule_of(&input, arena);
}

static const struct event_due *due_of(const struct schedule *schedule,
                                      const char *event, int64_t repeat,
                                      const char *form)
{
    for (size_t i = 0; i < schedule->due_count; i++) {
        const struct event_due *due = &schedule->dues[i];
        struct text of = due->form == NULL ? TEXT("") : due->form->oid;
        if (text_equal(due->event->oid, text_of(event)) && due->repeat == repeat &&
            text_equal(of, text_of(form)))
            return due;
    }
    fail_msg("%s is not due", event);
    return NULL;
}

static void assert_due(const struct event_due *due, const char *opens, const char *at,
                       const char *closes)
{
    assert_int_equal(due->due, instant(at));
    assert_true(due->has_opens && due->has_closes);
    assert_int_equal(due->opens, instant(opens));
    assert_int_equal(due->closes, instant(closes));
}

static void nothing_is_due_before_the_first_puncture(void **state)
{
    (void)state;
    struct entered_form empty = insertion();
    empty.value_count = 1; /* a result, no time */
    struct schedule none = schedule(&empty, 1, "2026-11-22T09:00+08:00");
    assert_int_equal(none.moment_count, 0);
    assert_int_equal(none.due_count, 0);
}

static void events_are_due_from_the_first_puncture(void **state)
{
    (void)state;
    struct entered_form form = insertion();
    struct schedule made = schedule(&form, 1, "2026-11-22T09:00+08:00");
    assert_int_equal(made.moment_count, 1);
    assert_int_equal(made.moments[0].at, instant("2026-11-22T08:00+08:00"));
    assert_due(due_of(&made, "SE.M5", 1, ""), "2026-11-22T08:03+08:00",
               "2026-11-22T08:05+08:00", "2026-11-22T08:07+08:00");
    assert_due(due_of(&made, "SE.H24", 1, ""), "2026-11-23T06:00+08:00",
               "2026-11-23T08:00+08:00", "2026-11-23T10:00+08:00");
    assert_due(due_of(&made, "SE.D28", 1, ""), "2026-12-17T08:00+08:00",
               "2026-12-20T08:00+08:00", "2026-12-23T08:00+08:00");
}

static void a_form_can_have_a_window_of_its_own(void **state)
{
    (void)state;
    struct entered_form form = insertion();
    struct schedule made = schedule(&form, 1, "2026-11-22T09:00+08:00");
    assert_due(due_of(&made, "SE.BL", 1, ""), "2026-11-22T07:00+08:00",
               "2026-11-22T07:45+08:00", "2026-11-22T08:00+08:00");
    assert_due(due_of(&made, "SE.BL", 1, "F.LB"), "2026-11-22T02:00+08:00",
               "2026-11-22T07:45+08:00", "2026-11-22T08:30+08:00");
}

static void what_follows_a_removal_has_its_number(void **state)
{
    (void)state;
    static const struct entered_value removed[] = {
        {TEXT_INIT("I.REM.REMDTM"), 0, TEXT_INIT("2026-11-23T06:00+08:00")}};
    struct entered_form forms[] = {insertion(),
                                   {.event = TEXT("SE.REM"),
                                    .form = TEXT("F.SC"),
                                    .event_repeat = 1,
                                    .form_repeat = 1},
                                   {.event = TEXT("SE.REM"),
                                    .form = TEXT("F.REM"),
                                    .event_repeat = 2,
                                    .form_repeat = 1,
                                    .values = removed,
                                    .value_count = 1}};
    struct schedule made = schedule(forms, 3, "2026-11-23T09:00+08:00");
    assert_int_equal(made.moment_count, 2);
    assert_due(due_of(&made, "SE.RM24", 2, ""), "2026-11-24T00:00+08:00",
               "2026-11-24T06:00+08:00", "2026-11-24T12:00+08:00");
}

static void the_visit_at_96_h_takes_place_only_while_the_needle_is_in(void **state)
{
    (void)state;
    struct entered_form form = insertion();
    struct schedule before = schedule(&form, 1, "2026-11-25T08:00+08:00");
    assert_int_equal(before.left_out_count, 1);
    assert_true(text_equal(before.left_out[0]->oid, TEXT("SE.H96")));
    struct schedule after = schedule(&form, 1, "2026-11-25T08:01+08:00");
    assert_int_equal(after.left_out_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_due_before_the_first_puncture),
        cmocka_unit_test(events_are_due_from_the_first_puncture),
        cmocka_unit_test(a_form_can_have_a_window_of_its_own),
        cmocka_unit_test(what_follows_a_removal_has_its_number),
        cmocka_unit_test(the_visit_at_96_h_takes_place_only_while_the_needle_is_in),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

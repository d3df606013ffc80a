/* When events are due. The expected times are reckoned by hand from the specification,
 * section 4: M5 is T0 + 5 min ± 2 min, baseline laboratory T0 − 6 h to T0 + 30 min, day 28
 * is ± 3 days, RM24 counts from the removal of the same number; H96 only while the needle
 * is in beyond 72 h; what is left out follows the words below its table. */
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
    struct schedule made = schedule_of(&input, arena);
    schedule_leave_out(&input, &made, arena);
    return made;
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

/* `form` NULL: the whole event. */
static bool is_left_out(const struct schedule *made, const char *event, int64_t repeat,
                        const char *form)
{
    const struct form *wanted =
        form == NULL ? NULL : design_form(design, text_of(form));
    return schedule_left_out(made, design_event(design, text_of(event)), repeat,
                             wanted) != NULL;
}

static void the_visit_at_96_h_takes_place_only_while_the_needle_is_in(void **state)
{
    (void)state;
    struct entered_form form = insertion();
    struct schedule before = schedule(&form, 1, "2026-11-25T08:00+08:00");
    assert_true(is_left_out(&before, "SE.H96", 1, NULL));
    struct schedule after = schedule(&form, 1, "2026-11-25T08:01+08:00");
    assert_false(is_left_out(&after, "SE.H96", 1, NULL));
}

/* Specification 4: H48 and H72 are laboratory only when the needle is out by then. */
static void vitals_and_site_checks_end_with_the_needle_the_laboratory_does_not(
    void **state)
{
    (void)state;
    const struct entered_value out[] = {
        {TEXT("I.REM.RMSEQ"), 0, TEXT("1")},
        {TEXT("I.REM.REMDTM"), 0, TEXT("2026-11-24T09:00+08:00")}}; /* at 49 h */
    const struct entered_value first[] = {
        {TEXT("I.IO.IOSEQ"), 0, TEXT("1")}, puncture[0], puncture[1]};
    const struct entered_form forms[] = {
        {TEXT("SE.T0"), TEXT("F.IO"), 1, 1, first, ARRAY_COUNT(first)},
        {TEXT("SE.REM"), TEXT("F.REM"), 1, 1, out, ARRAY_COUNT(out)}};
    struct schedule made = schedule(forms, 2, "2026-11-30T08:00+08:00");
    assert_false(is_left_out(&made, "SE.H48", 1, "F.VS"));
    assert_false(is_left_out(&made, "SE.H48", 1, "F.SC"));
    assert_true(is_left_out(&made, "SE.H72", 1, "F.VS"));
    assert_true(is_left_out(&made, "SE.H72", 1, "F.SC"));
    assert_false(is_left_out(&made, "SE.H72", 1, "F.LB"));
    assert_false(is_left_out(&made, "SE.H72", 1, NULL));
    assert_true(is_left_out(&made, "SE.D7", 1, "F.IM")); /* no symptom */
    assert_false(is_left_out(&made, "SE.D7", 1, "F.SC"));
}

/* Specification 4: who was enrolled but never placed follows BL, D7, D28 and D90. */
static void who_was_never_placed_has_only_the_visits_of_the_days(void **state)
{
    (void)state;
    const struct entered_value failed[] = {{TEXT("I.IO.ATTRES"), 1, TEXT("FAIL")},
                                           puncture[1]};
    const struct entered_form form = {TEXT("SE.T0"), TEXT("F.IO"),       1, 1,
                                      failed,        ARRAY_COUNT(failed)};
    struct schedule made = schedule(&form, 1, "2026-11-30T08:00+08:00");
    assert_true(is_left_out(&made, "SE.M5", 1, "F.VS"));
    assert_true(is_left_out(&made, "SE.H24", 1, "F.EF"));
    assert_true(is_left_out(&made, "SE.H48", 1, "F.LB"));
    assert_false(is_left_out(&made, "SE.D7", 1, "F.LB"));
    assert_false(is_left_out(&made, "SE.D90", 1, "F.FU"));
    assert_false(is_left_out(&made, "SE.BL", 1, "F.DM"));
}

/* What was over before the death was to be collected, and the end of the study still is.
 * RM24 counts from each removal: 24 h ± 6 h. */
static void nothing_is_to_be_collected_after_a_death(void **state)
{
    (void)state;
    const struct entered_value first[] = {
        {TEXT("I.REM.REMDTM"), 0, TEXT("2026-11-23T07:00+08:00")}};
    const struct entered_value second[] = {
        {TEXT("I.REM.REMDTM"), 0, TEXT("2026-11-25T07:00+08:00")}};
    const struct entered_value death[] = {
        {TEXT("I.DTH.DTHDTM"), 0, TEXT("2026-11-26T08:00+08:00")}};
    const struct entered_form forms[] = {
        insertion(),
        {TEXT("SE.REM"), TEXT("F.REM"), 1, 1, first, ARRAY_COUNT(first)},
        {TEXT("SE.REM"), TEXT("F.REM"), 2, 1, second, ARRAY_COUNT(second)},
        {TEXT("SE.LOG"), TEXT("F.DTH"), 1, 1, death, ARRAY_COUNT(death)}};
    struct schedule made = schedule(forms, 4, "2027-05-01T08:00+08:00");
    assert_false(is_left_out(&made, "SE.H72", 1, NULL));
    assert_false(is_left_out(&made, "SE.RM24", 1, NULL));
    assert_true(is_left_out(&made, "SE.RM24", 2, NULL));
    assert_true(is_left_out(&made, "SE.D7", 1, NULL));
    assert_true(is_left_out(&made, "SE.D90", 1, NULL));
    assert_false(is_left_out(&made, "SE.EOS", 1, NULL));
    const struct left_out *why =
        schedule_left_out(&made, design_event(design, TEXT("SE.D7")), 1, NULL);
    ASSERT_TEXT(why->words->english,
                "participation had ended: death, withdrawal or end of study");
    ASSERT_TEXT(why->words->chinese, "参与已结束：死亡、撤回同意或研究结束");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_due_before_the_first_puncture),
        cmocka_unit_test(events_are_due_from_the_first_puncture),
        cmocka_unit_test(a_form_can_have_a_window_of_its_own),
        cmocka_unit_test(what_follows_a_removal_has_its_number),
        cmocka_unit_test(the_visit_at_96_h_takes_place_only_while_the_needle_is_in),
        cmocka_unit_test(
            vitals_and_site_checks_end_with_the_needle_the_laboratory_does_not),
        cmocka_unit_test(who_was_never_placed_has_only_the_visits_of_the_days),
        cmocka_unit_test(nothing_is_to_be_collected_after_a_death),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

/* When events are due. The expected times are reckoned by hand from the specification,
 * section 4: M5 is T0 + 5 min ± 2 min, baseline laboratory T0 − 6 h to T0 + 30 min, day 28
 * is ± 3 days, RM24 counts from the removal of the same number; H96 only while the needle
 * is in beyond 72 h. */
#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"
#include "engine/graph.h"
#include "model/schedule.h"

static struct arena *arena;
static const struct rulebook *rulebook;

static int setup(void **state)
{
    (void)state;
    struct error err;
    arena = arena_new(LIMIT_DESIGN_ARENA);
    ASSERT_OK(rulebook_make(design_builtin(arena), arena, &rulebook, &err), &err);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct moment moment_of(const char *written)
{
    struct moment moment;
    assert_true(moment_parse(text_of(written), &moment, NULL));
    return moment;
}

static int64_t instant(const char *written)
{
    struct moment moment = moment_of(written);
    return moment_instant(&moment, 480);
}

static struct datum datum_at(const char *written)
{
    struct moment moment = moment_of(written);
    return datum_moment(&moment, 480);
}

static struct sheet_instance *place(struct sheet *sheet, const char *event,
                                    int32_t repeat, const char *form)
{
    return sheet_instance(sheet, rulebook_form(rulebook, text_of(form)),
                          rulebook_event(rulebook, text_of(event)), repeat, 1);
}

static void enter(struct sheet *sheet, struct sheet_instance *at, const char *item,
                  int32_t row, struct datum value)
{
    const struct shape *shape = rulebook->set->shape;
    int32_t number = rulebook_item(rulebook, at->form, text_of(item));
    assert_true(number >= 0);
    if (row > 0)
        sheet_set_rows(sheet, at, shape->items[number].group, row);
    (void)sheet_set(sheet, at, number, row, value);
}

static struct sheet *nothing_entered(void)
{
    return sheet_new(rulebook->set->shape, arena);
}

/* A needle that went in at 08:00 on 22 November 2026. */
static struct sheet *punctured(void)
{
    struct sheet *sheet = nothing_entered();
    struct sheet_instance *at = place(sheet, "SE.T0", 1, "F.IO");
    enter(sheet, at, "I.IO.ATTRES", 1, datum_text(TEXT("SUC")));
    enter(sheet, at, "I.IO.PUNDTM", 1, datum_at("2026-11-22T08:00+08:00"));
    return sheet;
}

static struct schedule schedule(struct sheet *sheet, const char *now)
{
    struct engine_world world = {
        .ask = sheet_ask, .data = sheet, .now = instant(now), .offset_minutes = 480};
    return schedule_of(rulebook, sheet, &world, arena);
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
    struct sheet *sheet = nothing_entered();
    struct sheet_instance *at = place(sheet, "SE.T0", 1, "F.IO");
    enter(sheet, at, "I.IO.ATTRES", 1, datum_text(TEXT("SUC")));
    struct schedule none = schedule(sheet, "2026-11-22T09:00+08:00");
    assert_int_equal(none.moment_count, 0);
    assert_int_equal(none.due_count, 0);
}

static void events_are_due_from_the_first_puncture(void **state)
{
    (void)state;
    struct schedule made = schedule(punctured(), "2026-11-22T09:00+08:00");
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
    struct schedule made = schedule(punctured(), "2026-11-22T09:00+08:00");
    assert_due(due_of(&made, "SE.BL", 1, ""), "2026-11-22T07:00+08:00",
               "2026-11-22T07:45+08:00", "2026-11-22T08:00+08:00");
    assert_due(due_of(&made, "SE.BL", 1, "F.LB"), "2026-11-22T02:00+08:00",
               "2026-11-22T07:45+08:00", "2026-11-22T08:30+08:00");
}

static void what_follows_a_removal_has_its_number(void **state)
{
    (void)state;
    struct sheet *sheet = punctured();
    (void)place(sheet, "SE.REM", 1, "F.SC");
    struct sheet_instance *second = place(sheet, "SE.REM", 2, "F.REM");
    enter(sheet, second, "I.REM.REMDTM", 0, datum_at("2026-11-23T06:00+08:00"));
    struct schedule made = schedule(sheet, "2026-11-23T09:00+08:00");
    assert_int_equal(made.moment_count, 2);
    assert_due(due_of(&made, "SE.RM24", 2, ""), "2026-11-24T00:00+08:00",
               "2026-11-24T06:00+08:00", "2026-11-24T12:00+08:00");
}

static void the_visit_at_96_h_takes_place_only_while_the_needle_is_in(void **state)
{
    (void)state;
    struct schedule before = schedule(punctured(), "2026-11-25T08:00+08:00");
    assert_int_equal(before.left_out_count, 1);
    assert_true(text_equal(before.left_out[0]->oid, TEXT("SE.H96")));
    struct schedule after = schedule(punctured(), "2026-11-25T08:01+08:00");
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

/* What the bedside owes while a needle is in, by the study's schedule and the plan of its
 * checks. */
#include "actions/today_parts.h"
#include "model/due_state.h"

#define ITEM_BEGIN      TEXT("I.INF.INFBEG")
#define ITEM_END        TEXT("I.INF.INFEND")
#define ITEM_CLASS      TEXT("I.INF.INFCLS")
#define ITEM_ROUTE      TEXT("I.INF.INFROUTE")
#define ITEM_OF         TEXT("I.INF.INFIO")
#define ITEM_FLOW_TEST  TEXT("I.INF.FLOWT")
#define ITEM_DOSE_TIME  TEXT("I.LID.LIDDTM")
#define ITEM_DOSE       TEXT("I.LID.LIDMG")
#define ITEM_DOSE_STEP  TEXT("I.LID.LIDSTEP")
#define ITEM_DOSE_SPEED TEXT("I.LID.LIDSEC")
#define ITEM_DOSE_DWELL TEXT("I.LID.LIDDWL")
#define ITEM_DOSE_FLUSH TEXT("I.LID.LIDFL")

static bool is_code(struct datum answer, struct text code)
{
    return answer.kind == DATUM_TEXT && text_equal(datum_as_text(answer), code);
}

static int64_t whole(struct datum answer, int64_t otherwise)
{
    return answer.kind == DATUM_NUMBER && answer.scale == 0 ? answer.as.coefficient
                                                            : otherwise;
}

/* --- checks of limb and site ------------------------------------------------------------ */

int64_t today_check_due(int64_t since, int64_t checked, bool is_hourly)
{
    /* Before `until` minutes the check at `step` minutes is the next one: the windows of
     * the schedule. */
    static const struct {
        int64_t until, step;
    } steps[] = {{10, 15},   {25, 30},   {50, 60},      {105, 120},
                 {210, 240}, {330, 360}, {11 * 60, 720}};
    int64_t done = checked == 0 ? 0 : checked - since;
    int64_t due = checked + 4 * TODAY_HOUR;
    for (size_t i = ARRAY_COUNT(steps); i-- > 0;)
        if (done < steps[i].until * TODAY_MINUTE)
            due = since + steps[i].step * TODAY_MINUTE;
    int64_t hour = (checked == 0 ? since : checked) + TODAY_HOUR;
    return is_hourly && hour < due ? hour : due;
}

static int64_t last_check(const struct world *world, int64_t insertion)
{
    int32_t count = world_instances(world, FORM_SITE_CHECK);
    int64_t latest = 0;
    for (int32_t i = 0; i < count; i++) {
        int64_t at = today_instant(world, FORM_SITE_CHECK, i, ITEM_CHECK_TIME, 0);
        struct datum of = world_answer(world, FORM_SITE_CHECK, i, ITEM_CHECK_OF, 0);
        if (at > latest && whole(of, 0) == insertion)
            latest = at;
    }
    return latest;
}

/* A vasoactive drug, an irritant or a vesicant runs through this needle. */
static bool harms_tissue(const struct world *world, int64_t insertion)
{
    int32_t count = world_instances(world, FORM_INFUSION);
    struct text form = FORM_INFUSION;
    for (int32_t i = 0; i < count; i++) {
        int32_t rows = world_rows(world, form, i, ITEM_BEGIN);
        for (int32_t row = 1; row <= rows; row++) {
            struct datum class = world_answer(world, form, i, ITEM_CLASS, row);
            int64_t begin = today_instant(world, form, i, ITEM_BEGIN, row);
            int64_t end = today_instant(world, form, i, ITEM_END, row);
            if (begin != 0 && begin <= world->now && (end == 0 || end >= world->now) &&
                whole(world_answer(world, form, i, ITEM_OF, row), 0) == insertion &&
                is_code(world_answer(world, form, i, ITEM_ROUTE, row), TEXT("IO")) &&
                (is_code(class, TEXT("VASO")) || is_code(class, TEXT("HYP")) ||
                 is_code(class, TEXT("CHEMO"))))
                return true;
        }
    }
    return false;
}

/* The instance of a form at this place; -1: not begun. */
static int32_t instance_at(const struct world *world, const struct form_key *key)
{
    int32_t count = world_instances(world, key->form);
    for (int32_t i = 0; i < count; i++) {
        struct form_key found;
        if (world_place(world, key->form, i, &found) &&
            text_equal(found.event, key->event) &&
            found.event_repeat == key->event_repeat &&
            found.form_repeat == key->form_repeat)
            return i;
    }
    return -1;
}

/* A check that has its time; one that was taken back leaves its form free. */
static bool is_checked(const struct world *world, const struct form_key *key)
{
    int32_t at = instance_at(world, key);
    return at >= 0 &&
           datum_has_value(world_answer(world, key->form, at, ITEM_CHECK_TIME, 0));
}

/* Is the form asked for at this event, and where does it stand? */
static bool asks_for(const struct schedule *schedule, const struct event_due *due,
                     struct text form, struct form_key *key)
{
    for (size_t i = 0; i < due->event->form_count; i++)
        if (text_equal(due->event->forms[i]->oid, form) && due->form == NULL) {
            key->event = due->event->oid;
            key->event_repeat = due->repeat;
            key->form = form;
            key->form_repeat = 1;
            return due_asks_for(schedule, due, i);
        }
    return false;
}

/* A further check of the running log. */
static struct form_key next_log_check(const struct world *world)
{
    struct form_key key = {.participant = world->participant->id,
                           .event = EVENT_DWELL,
                           .event_repeat = 1,
                           .form = FORM_SITE_CHECK,
                           .form_repeat = 1};
    while (is_checked(world, &key))
        key.form_repeat++;
    return key;
}

/* At the time point whose window it falls into, where nothing is entered yet; else in the
 * running log. */
static void place_check(const struct world *world, const struct schedule *schedule,
                        struct today_task *task)
{
    int64_t at = task->due_at > world->now ? task->due_at : world->now;
    for (size_t i = 0; i < schedule->due_count; i++) {
        const struct event_due *due = &schedule->dues[i];
        struct form_key key = {.participant = world->participant->id};
        if (!due->has_opens || !due->has_closes || at < due->opens ||
            at > due->closes || !asks_for(schedule, due, FORM_SITE_CHECK, &key) ||
            is_checked(world, &key))
            continue;
        task->key = key;
        task->timepoint = due->event->label;
        return;
    }
    task->key = next_log_check(world);
}

static void add_check(struct today_tasks *tasks, const struct world *world,
                      const struct schedule *schedule)
{
    /* AL09: amber when it is due, red half an hour later. */
    enum { OPENS_MINUTES = 15, LATE_MINUTES = 30 };
    const struct today_needle *needle = tasks->needle;
    struct today_task task = {.kind = TODAY_SITE_CHECK};
    task.due_at = today_check_due(needle->since, last_check(world, needle->insertion),
                                  harms_tissue(world, needle->insertion));
    task.opens_at = task.due_at - OPENS_MINUTES * TODAY_MINUTE;
    task.late_at = task.due_at + LATE_MINUTES * TODAY_MINUTE;
    place_check(world, schedule, &task);
    today_add(tasks, &task);
}

/* --- vital signs -------------------------------------------------------------------------- */

static bool is_measured(const struct world *world, const struct form_key *key)
{
    int32_t at = instance_at(world, key);
    return at >= 0 &&
           (datum_has_value(world_answer(world, key->form, at, ITEM_VITALS_TIME, 0)) ||
            is_code(world_answer(world, key->form, at, ITEM_VITALS_NONE, 0),
                    TEXT("Y")));
}

/* While the needle is in: neither the baseline nor a visit after the limit. */
static bool is_of_dwell(const struct today_needle *needle, const struct event_due *due)
{
    return due->due >= needle->since - TODAY_HOUR && due->due <= needle->limit_at &&
           due->from != NULL && due->due > due->from->at;
}

static struct today_task task_of(enum today_kind kind, const struct event_due *due,
                                 struct form_key key)
{
    return (struct today_task){.kind = kind,
                               .key = key,
                               .timepoint = due->event->label,
                               .opens_at = due->has_opens ? due->opens : due->due,
                               .due_at = due->due,
                               .late_at = due->has_closes ? due->closes : due->due};
}

static void add_vitals(struct today_tasks *tasks, const struct world *world,
                       const struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->due_count; i++) {
        const struct event_due *due = &schedule->dues[i];
        struct form_key key = {.participant = world->participant->id};
        if (!is_of_dwell(tasks->needle, due) ||
            !asks_for(schedule, due, FORM_VITALS, &key) || is_measured(world, &key))
            continue;
        struct today_task task = task_of(TODAY_VITALS, due, key);
        today_add(tasks, &task);
    }
}

/* --- flow tests --------------------------------------------------------------------------- */

/* A timed test that began within the window of the time point. */
static bool is_tested(const struct world *world, const struct event_due *due)
{
    int32_t count = world_instances(world, FORM_INFUSION);
    for (int32_t i = 0; i < count; i++) {
        int32_t rows = world_rows(world, FORM_INFUSION, i, ITEM_BEGIN);
        for (int32_t row = 1; row <= rows; row++) {
            int64_t begin = today_instant(world, FORM_INFUSION, i, ITEM_BEGIN, row);
            if (begin >= due->opens && begin <= due->closes &&
                datum_has_value(
                    world_answer(world, FORM_INFUSION, i, ITEM_FLOW_TEST, row)))
                return true;
        }
    }
    return false;
}

/* "Timed flow test at 15 min, 1, 6, 24 h (design)". */
static bool is_flow_point(const struct event_due *due)
{
    static const struct text points[] = {TEXT_INIT("SE.M15"), TEXT_INIT("SE.H1"),
                                         TEXT_INIT("SE.H6"), TEXT_INIT("SE.H24")};
    for (size_t i = 0; i < ARRAY_COUNT(points); i++)
        if (text_equal(due->event->oid, points[i]))
            return due->form == NULL && due->has_opens && due->has_closes;
    return false;
}

/* A test that was missed cannot be made up for: it is told until the next one may begin. */
static void add_flow_tests(struct today_tasks *tasks, const struct world *world,
                           const struct schedule *schedule)
{
    struct form_key key = {.participant = world->participant->id,
                           .event = EVENT_DWELL,
                           .event_repeat = 1,
                           .form = FORM_INFUSION,
                           .form_repeat = 1};
    const struct event_due *missed = NULL;
    for (size_t i = 0; i < schedule->due_count; i++) {
        const struct event_due *due = &schedule->dues[i];
        if (!is_flow_point(due) || !is_of_dwell(tasks->needle, due))
            continue;
        if (due->opens <= world->now)
            missed = NULL;
        if (is_tested(world, due))
            continue;
        struct today_task task = task_of(TODAY_FLOW_TEST, due, key);
        if (due->closes < world->now)
            missed = due;
        else
            today_add(tasks, &task);
    }
    if (missed == NULL)
        return;
    struct today_task task = task_of(TODAY_FLOW_TEST, missed, key);
    today_add(tasks, &task);
}

/* --- the flush after a dose ---------------------------------------------------------------- */

struct decimal today_lidocaine(const struct world *world)
{
    struct text form = FORM_LIDOCAINE;
    struct decimal sum = {0};
    int32_t count = world_instances(world, form);
    for (int32_t i = 0; i < count; i++) {
        int32_t rows = world_rows(world, form, i, ITEM_DOSE_TIME);
        for (int32_t row = 1; row <= rows; row++) {
            int64_t at = today_instant(world, form, i, ITEM_DOSE_TIME, row);
            struct datum dose = world_answer(world, form, i, ITEM_DOSE, row);
            if (at == 0 || at <= world->now - 24 * TODAY_HOUR ||
                dose.kind != DATUM_NUMBER)
                continue;
            struct decimal next = {.coefficient = dose.as.coefficient,
                                   .scale = dose.scale};
            struct decimal before = sum;
            if (decimal_add(before, next, &sum) != DECIMAL_OK)
                sum = before; /* more digits than a dose has */
        }
    }
    return sum;
}

/* Of the last hour, into the marrow, not flushed yet. Where the dose does not say how long
 * it took and stayed, the usual 120 s and 60 s count. */
static void add_flush(struct today_tasks *tasks, const struct world *world,
                      int32_t instance, int32_t row)
{
    enum { USUAL_SPEED = 120, USUAL_DWELL = 60, LATE_MINUTES = 2 };
    struct text form = FORM_LIDOCAINE;
    struct datum step = world_answer(world, form, instance, ITEM_DOSE_STEP, row);
    int64_t begin = today_instant(world, form, instance, ITEM_DOSE_TIME, row);
    bool is_into_marrow = is_code(step, TEXT("1")) || is_code(step, TEXT("2")) ||
                          is_code(step, TEXT("3"));
    if (!is_into_marrow || begin == 0 || world->now - begin > TODAY_HOUR ||
        datum_has_value(world_answer(world, form, instance, ITEM_DOSE_FLUSH, row)))
        return;
    struct today_task task = {.kind = TODAY_FLUSH, .row = row};
    int64_t seconds =
        whole(world_answer(world, form, instance, ITEM_DOSE_SPEED, row), USUAL_SPEED) +
        whole(world_answer(world, form, instance, ITEM_DOSE_DWELL, row), USUAL_DWELL);
    task.opens_at = task.due_at = begin + seconds * (TODAY_MINUTE / 60);
    task.late_at = task.due_at + LATE_MINUTES * TODAY_MINUTE;
    if (world_place(world, form, instance, &task.key))
        today_add(tasks, &task);
}

static void add_flushes(struct today_tasks *tasks, const struct world *world)
{
    int32_t count = world_instances(world, FORM_LIDOCAINE);
    for (int32_t i = 0; i < count; i++) {
        struct form_key key;
        int32_t rows = world_rows(world, FORM_LIDOCAINE, i, ITEM_DOSE_TIME);
        /* LIDIO: one form for each insertion, in their order. */
        if (!world_place(world, FORM_LIDOCAINE, i, &key) ||
            key.form_repeat != tasks->needle->insertion)
            continue;
        for (int32_t row = 1; row <= rows; row++)
            add_flush(tasks, world, i, row);
    }
}

bool today_add_care(struct today_tasks *tasks, struct world *world, bool is_first,
                    struct error *err)
{
    struct schedule schedule;
    if (!world_schedule(world, &schedule, err))
        return false;
    if (is_first) {
        add_vitals(tasks, world, &schedule);
        add_flow_tests(tasks, world, &schedule);
    }
    add_check(tasks, world, &schedule);
    add_flushes(tasks, world);
    return true;
}

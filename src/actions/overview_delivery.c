/* E9: stability of the delivery of vasoactive drugs through the needle. Stable: at least 99 %
 * of the minutes uninterrupted, no interruption over 5 minutes, and no mean arterial pressure
 * below 55 within 10 minutes after one. It counts for whom a drug ran so for an hour.
 *
 * A pump's own record comes with feeds. Until then the minutes are those of infusion segments
 * with a vasoactive drug (F.INF), where there are any; else those between the changes of rate
 * (F.VA). What has not ended is not counted yet. */
#include "actions/overview_parts.h"

#include <stdlib.h>

#define FORM_INFUSION      TEXT("F.INF")
#define FORM_VASOACTIVE    TEXT("F.VA")
#define FORM_VITALS        TEXT("F.VS")
#define ITEM_ROUTE         TEXT("I.INF.INFROUTE")
#define ITEM_CLASS         TEXT("I.INF.INFCLS")
#define ITEM_BEGIN         TEXT("I.INF.INFBEG")
#define ITEM_END           TEXT("I.INF.INFEND")
#define ITEM_INTERRUPTED   TEXT("I.INF.INTRPT")
#define ITEM_INTERRUPTION  TEXT("I.INF.INTMIN")
#define ITEM_DRUG          TEXT("I.VA.VADRG")
#define ITEM_CHANGE        TEXT("I.VA.VACHG")
#define ITEM_CHANGE_TIME   TEXT("I.VA.VADTM")
#define ITEM_CHANGE_ROUTE  TEXT("I.VA.VAROUTE")
#define ITEM_PRESSURE      TEXT("I.VS.MAP")
#define ITEM_PRESSURE_TIME TEXT("I.VS.VSDTM")
#define MINUTE             ((int64_t)60 * 1000000)

enum { LEAST_MINUTES = 60, LONGEST_INTERRUPTION = 5, LEAST_PRESSURE = 55 };

struct delivery {
    double minutes, interrupted, longest;
    bool is_unknown; /* an interruption of which nobody tells how long */
};

static void interrupt(struct delivery *sum, double minutes)
{
    sum->interrupted += minutes;
    sum->longest = minutes > sum->longest ? minutes : sum->longest;
}

/* --- by segments of the infusion --------------------------------------------------------- */

static struct delivery by_segments(const struct world *world)
{
    struct delivery sum = {0};
    struct fact_place row = {.world = world, .form = FORM_INFUSION};
    while (fact_next_row(&row, ITEM_BEGIN)) {
        int64_t begin = fact_instant(fact_at(&row, ITEM_BEGIN));
        int64_t end = fact_instant(fact_at(&row, ITEM_END));
        if (!fact_is_code(fact_at(&row, ITEM_CLASS), TEXT("VASO")) ||
            !fact_is_code(fact_at(&row, ITEM_ROUTE), TEXT("IO")) || begin == 0 ||
            end <= begin)
            continue;
        sum.minutes += (double)(end - begin) / (double)MINUTE;
        if (!fact_is_code(fact_at(&row, ITEM_INTERRUPTED), TEXT("Y")))
            continue;
        double minutes = fact_number(fact_at(&row, ITEM_INTERRUPTION));
        if (isnan(minutes))
            sum.is_unknown = true;
        else
            interrupt(&sum, minutes);
    }
    return sum;
}

/* --- by changes of rate ------------------------------------------------------------------- */

struct change {
    int64_t time;
    struct text drug;
    bool is_through_needle; /* and not stopped */
    bool is_interruption;
};

static int change_compare(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    int order = text_compare(a->drug, b->drug);
    return order != 0 ? order : (a->time > b->time) - (a->time < b->time);
}

static struct change *list_changes(const struct world *world, size_t *count)
{
    struct fact_place row = {.world = world, .form = FORM_VASOACTIVE};
    size_t room = 0;
    while (fact_next_row(&row, ITEM_CHANGE_TIME))
        room++;
    struct change *all = ARENA_ARRAY(world->arena, struct change, room);
    row = (struct fact_place){.world = world, .form = FORM_VASOACTIVE};
    *count = 0;
    while (fact_next_row(&row, ITEM_CHANGE_TIME)) {
        struct datum drug = fact_at(&row, ITEM_DRUG);
        int64_t time = fact_instant(fact_at(&row, ITEM_CHANGE_TIME));
        struct datum what = fact_at(&row, ITEM_CHANGE);
        if (drug.kind != DATUM_TEXT || time == 0)
            continue;
        all[(*count)++] = (struct change){
            .time = time,
            .drug = datum_as_text(drug),
            .is_through_needle =
                fact_is_code(fact_at(&row, ITEM_CHANGE_ROUTE), TEXT("IO")) &&
                !fact_is_code(what, TEXT("STOP")),
            .is_interruption = fact_is_code(what, TEXT("INT"))};
    }
    if (*count > 1)
        qsort(all, *count, sizeof *all, change_compare);
    return all;
}

/* From each change through the needle to the next of the same drug. */
static struct delivery by_changes(const struct world *world)
{
    struct delivery sum = {0};
    size_t count = 0;
    const struct change *all = list_changes(world, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_last = i + 1 == count || !text_equal(all[i].drug, all[i + 1].drug);
        if (!all[i].is_through_needle)
            continue;
        if (is_last) {
            sum.is_unknown |= all[i].is_interruption;
            continue;
        }
        double minutes = (double)(all[i + 1].time - all[i].time) / (double)MINUTE;
        sum.minutes += minutes;
        if (all[i].is_interruption)
            interrupt(&sum, minutes);
    }
    return sum;
}

/* --- the pressure after an interruption ---------------------------------------------------- */

static bool falls_after(const struct world *world, int64_t interruption)
{
    int32_t count = world_instances(world, FORM_VITALS);
    for (int32_t i = 0; i < count; i++) {
        int64_t time =
            fact_instant(world_answer(world, FORM_VITALS, i, ITEM_PRESSURE_TIME, 0));
        double pressure =
            fact_number(world_answer(world, FORM_VITALS, i, ITEM_PRESSURE, 0));
        if (time > interruption && time <= interruption + 10 * MINUTE &&
            pressure < LEAST_PRESSURE)
            return true;
    }
    return false;
}

static bool has_fall(const struct world *world)
{
    size_t count = 0;
    const struct change *all = list_changes(world, &count);
    for (size_t i = 0; i < count; i++)
        if (all[i].is_through_needle && all[i].is_interruption &&
            falls_after(world, all[i].time))
            return true;
    return false;
}

enum answer_of_fact fact_stable_delivery(const struct world *world)
{
    struct delivery found = by_segments(world);
    if (found.minutes <= 0)
        found = by_changes(world);
    if (found.minutes < LEAST_MINUTES)
        return FACT_NOT_APPLICABLE;
    if (found.is_unknown)
        return FACT_MISSING;
    bool is_stable = 1 - found.interrupted / found.minutes >= 0.99 &&
                     found.longest <= LONGEST_INTERRUPTION && !has_fall(world);
    return is_stable ? FACT_YES : FACT_NO;
}

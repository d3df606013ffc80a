#include "actions/placement.h"

/* FR02 */
static const struct text early_events[] = {
    TEXT_INIT("SE.BL"),  TEXT_INIT("SE.T0"),   TEXT_INIT("SE.M5"),
    TEXT_INIT("SE.M15"), TEXT_INIT("SE.M30"),  TEXT_INIT("SE.H1"),
    TEXT_INIT("SE.H2"),  TEXT_INIT("SE.H4"),   TEXT_INIT("SE.H6"),
    TEXT_INIT("SE.H12"), TEXT_INIT("SE.H24"),  TEXT_INIT("SE.H48"),
    TEXT_INIT("SE.H72"), TEXT_INIT("SE.H96"),  TEXT_INIT("SE.DWELL"),
    TEXT_INIT("SE.REM"), TEXT_INIT("SE.RM24"), TEXT_INIT("SE.LOG"),
};

/* FR01 */
static const struct text early_forms[] = {
    TEXT_INIT("F.IO"), TEXT_INIT("F.LID"), TEXT_INIT("F.INF"), TEXT_INIT("F.VA"),
    TEXT_INIT("F.VS"), TEXT_INIT("F.SC"),  TEXT_INIT("F.DA"),  TEXT_INIT("F.CX"),
    TEXT_INIT("F.DD"), TEXT_INIT("F.REM"), TEXT_INIT("F.DTH"), TEXT_INIT("F.SAE"),
    TEXT_INIT("F.PD"), TEXT_INIT("F.DM"),  TEXT_INIT("F.MH"),  TEXT_INIT("F.BL"),
};

/* FR01: "Of F.DM only WEIGHT and WTEST, of F.MH only ALLID, of F.BL only AVPU". */
static const struct {
    struct text form, item;
} early_items[] = {
    {TEXT_INIT("F.DM"), TEXT_INIT("I.DM.WEIGHT")},
    {TEXT_INIT("F.DM"), TEXT_INIT("I.DM.WTEST")},
    {TEXT_INIT("F.MH"), TEXT_INIT("I.MH.ALLID")},
    {TEXT_INIT("F.BL"), TEXT_INIT("I.BL.AVPU")},
};

static bool is_listed(const struct text *list, size_t count, struct text oid)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(list[i], oid))
            return true;
    return false;
}

static bool wait(const struct participant *participant, struct text what,
                 struct error *err)
{
    if (participant->attached_to != 0) {
        error_set(err, ERROR_REFUSED,
                  "%.*s belongs to the screening record that %.*s is attached to",
                  TEXT_ARG(what), TEXT_ARG(participant->provisional_number));
        return error_hint(err, "open the screening record");
    }
    error_set(err, ERROR_REFUSED,
              "%.*s waits until %.*s is attached to a screening record", TEXT_ARG(what),
              TEXT_ARG(participant->provisional_number));
    return error_hint(err, "attach the provisional participant first");
}

static bool is_screened(const struct participant *participant)
{
    return !text_is_absent(participant->screening_number);
}

bool placement_form_check(const struct participant *participant, struct text event,
                          struct text form, struct error *err)
{
    if (is_screened(participant))
        return true;
    if (!is_listed(early_events, ARRAY_COUNT(early_events), event))
        return wait(participant, event, err);
    if (!is_listed(early_forms, ARRAY_COUNT(early_forms), form))
        return wait(participant, form, err);
    return true;
}

bool placement_item_check(const struct participant *participant, struct text form,
                          struct text item, struct error *err)
{
    bool is_restricted = false;
    if (is_screened(participant))
        return true;
    for (size_t i = 0; i < ARRAY_COUNT(early_items); i++) {
        if (!text_equal(early_items[i].form, form))
            continue;
        if (text_equal(early_items[i].item, item))
            return true;
        is_restricted = true;
    }
    return !is_restricted || wait(participant, item, err);
}

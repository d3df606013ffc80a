#ifndef OSTEON_ACTIONS_TODAY_PARTS_H
#define OSTEON_ACTIONS_TODAY_PARTS_H
/* What the files of today_*.c share. For them only. */
#include "actions/study_items.h"
#include "actions/today.h"

#define TODAY_MINUTE     ((int64_t)60 * 1000000)
#define TODAY_HOUR       (60 * TODAY_MINUTE)

#define FORM_VITALS      TEXT("F.VS")
#define FORM_SITE_CHECK  TEXT("F.SC")
#define FORM_INFUSION    TEXT("F.INF")
#define FORM_LIDOCAINE   TEXT("F.LID")
#define EVENT_DWELL      TEXT("SE.DWELL")
#define EVENT_REMOVAL    TEXT("SE.REM")
#define ITEM_CHECK_TIME  TEXT("I.SC.SCDTM")
#define ITEM_CHECK_OF    TEXT("I.SC.SCIO")
#define ITEM_VITALS_TIME TEXT("I.VS.VSDTM")
#define ITEM_VITALS_NONE TEXT("I.VS.VSND")

/* The list as it grows; what stands in it is of `arena`. */
struct today_reading {
    struct arena *arena;
    struct today *out;
    size_t capacity;
};

int64_t today_instant(const struct world *world, struct text form, int32_t instance,
                      struct text item, int32_t row); /* 0: none */

/* Grows the needle's list by a copy. */
struct today_tasks {
    struct arena *arena;
    struct today_needle *needle;
    size_t capacity;
};
void today_add(struct today_tasks *tasks, const struct today_task *task);

/* The needles of one participant that are in, without tasks. */
void today_find_needles(struct today_reading *reading, const struct world *world);
/* As LIDCUM at this moment: the doses of the last 24 hours on all forms. */
struct decimal today_lidocaine(const struct world *world);
/* When it has to be out: the target, the exception that ends, the limit. */
void today_add_removal(struct today_tasks *tasks);
/* What the bedside owes. Vital signs and flow tests are of the participant: `is_first`
 * needle of it. */
MUST_USE bool today_add_care(struct today_tasks *tasks, struct world *world,
                             bool is_first, struct error *err);

/* When limb and site are to be checked next: 15, 30, 60 min, 2, 4, 6, 12 h after the
 * puncture, then every 4 h after the last check; within an hour while something that
 * harms tissue runs. A check shortly before a step counts for it. The same plan as the
 * rule CK091, which fires half an hour later. `checked` 0: never. */
int64_t today_check_due(int64_t since, int64_t checked, bool is_hourly);

#endif

#ifndef OSTEON_ACTIONS_PROGRAM_VALUES_H
#define OSTEON_ACTIONS_PROGRAM_VALUES_H
/* Values that a verb fills in by itself, in the unit of its own event; for the files of
 * this floor only. */
#include "actions/form_save.h"

/* An item and what it says now; an absent value clears it. */
struct program_value {
    struct text item;
    struct text value;
    bool only_if_empty;
};

/* Into the one instance of `form` in `event`; nothing when the study has no such form, or
 * when every item says that already. `is_enrolled`: once this unit stands. */
struct program_place {
    struct participant *participant;
    struct text event, form;
    bool is_enrolled;
};
MUST_USE bool program_values_save(struct act *act, struct txn *txn,
                                  const struct program_place *place,
                                  const struct program_value *values, size_t count,
                                  struct error *err);

/* "2026-11-22T18:58:26+08:00", at the offset of the site. */
struct text site_time(const struct design *design, struct text site, int64_t instant,
                      struct arena *arena);

/* A text that a person must give: 1 to LIMIT_REASON bytes, printable. */
MUST_USE bool reason_check(struct text reason, struct error *err);

#endif

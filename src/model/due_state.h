#ifndef OSTEON_MODEL_DUE_STATE_H
#define OSTEON_MODEL_DUE_STATE_H
/* What a due time means at a moment: to come, open, due, overdue, missed; or nothing more
 * to do. The one definition: the overview counts by it, and the page, whose clock goes on
 * by itself, says the same (web/src/casebook/due.ts; both are held to
 * test/fixtures/due_states.txt).
 *
 * Asked for are an event's forms that are neither optional nor left out.
 */
#include "model/schedule.h"

enum due_state {
    DUE_NOT_NEEDED, /* nothing is asked for */
    DUE_DONE,       /* all that is asked for is complete */
    DUE_LATER,      /* the window is still to open */
    DUE_OPEN,       /* it is open, before the due time */
    DUE_NOW,        /* the due time has come */
    DUE_OVERDUE,    /* the window is over, and something is begun */
    DUE_MISSED      /* the window is over, and nothing is */
};
const char *due_state_name(enum due_state state); /* "not_needed", "done" … */

struct due_forms {
    size_t asked, complete; /* asked for; of those, that are complete */
    size_t begun;           /* of all forms of the event */
};

enum due_state due_state_of(const struct event_due *due, const struct due_forms *forms,
                            int64_t now);

/* Is the form of the event asked for, by now? `form` is its place among the event's. */
bool due_asks_for(const struct schedule *schedule, const struct event_due *due,
                  size_t form);

#endif

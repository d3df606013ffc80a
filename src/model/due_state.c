#include "model/due_state.h"

const char *due_state_name(enum due_state state)
{
    switch (state) {
    case DUE_NOT_NEEDED: return "not_needed";
    case DUE_DONE: return "done";
    case DUE_LATER: return "later";
    case DUE_OPEN: return "open";
    case DUE_NOW: return "due";
    case DUE_OVERDUE: return "overdue";
    case DUE_MISSED: break;
    }
    return "missed";
}

enum due_state due_state_of(const struct event_due *due, const struct due_forms *forms,
                            int64_t now)
{
    if (forms->asked == 0)
        return DUE_NOT_NEEDED;
    if (forms->complete == forms->asked)
        return DUE_DONE;
    if (due->has_closes && now > due->closes)
        return forms->begun > 0 ? DUE_OVERDUE : DUE_MISSED;
    if (now < (due->has_opens ? due->opens : due->due))
        return DUE_LATER;
    return now < due->due ? DUE_OPEN : DUE_NOW;
}

bool due_asks_for(const struct schedule *schedule, const struct event_due *due,
                  size_t form)
{
    return !due->event->form_uses[form].is_optional &&
           schedule_left_out(schedule, due->event, due->repeat,
                             due->event->forms[form]) == NULL;
}

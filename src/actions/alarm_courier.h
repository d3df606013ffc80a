#ifndef OSTEON_ACTIONS_ALARM_COURIER_H
#define OSTEON_ACTIONS_ALARM_COURIER_H
/* Tells alarms outside the page: by mail and by webhook, on a thread of its own, for a
 * server of others may take long to answer. What there is to tell stands in the table of
 * alarms, so that a restart forgets nothing; each attempt is on the log. What fails is
 * tried again, longer and longer apart, and then given up. What ended before it was told
 * is not told any more. In quiet hours what is amber or for information waits.
 */
#include "actions/alarm_settings.h"
#include "actions/study.h"

struct alarm_courier;

/* `settings` stand until the stop, and say when it is quiet also to the page; NULL: nobody
 * is told, and there is no thread. */
MUST_USE bool alarm_courier_start(struct study *study,
                                  const struct alarm_settings *settings,
                                  struct arena *process, struct alarm_courier **out,
                                  struct error *err);
void alarm_courier_stop(struct alarm_courier *courier);

#endif

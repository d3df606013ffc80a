#ifndef OSTEON_ACTIONS_AUDIT_FEED_H
#define OSTEON_ACTIONS_AUDIT_FEED_H
/* What the audit trail tells of feeds; for the files of this floor only. */
#include "model/event.h"

/* Of FEED_SET and FEED_MESSAGE_*, in `arena`. */
struct text audit_feed(enum log_event_kind kind, const void *content,
                       struct arena *arena);

/* Of PATIENT_*, FEED_RULE_* and RESULTS_RECEIVED. */
struct text audit_laboratory(enum log_event_kind kind, const void *content,
                             struct arena *arena);

#endif

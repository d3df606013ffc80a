#ifndef OSTEON_ACTIONS_AUDIT_REVIEW_H
#define OSTEON_ACTIONS_AUDIT_REVIEW_H
/* What the audit trail tells of signatures, source verification, freezing and locking; for
 * the files of this floor only. */
#include "actions/audit.h"

/* False: the event is of another kind. */
bool audit_review(const void *content, struct arena *arena, struct audit_entry *entry);

/* The same of the events of an alarm. */
bool audit_alarm(const void *content, struct arena *arena, struct audit_entry *entry);

#endif

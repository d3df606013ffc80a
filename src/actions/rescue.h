#ifndef OSTEON_ACTIONS_RESCUE_H
#define OSTEON_ACTIONS_RESCUE_H
/* A rescue file: what waited on a device that could not send it, brought in from another.
 * The entries themselves come as ordinary saves under the ids they were given on that
 * device, so that what arrives by both ways is stored once, and each asks for the right of
 * whoever brings it. This verb says on the log before them where they come from:
 * RESCUE_BROUGHT. Refused: a person whom the study does not know.
 */
#include "actions/act.h"
#include "store/event_content.h"

struct rescue_bring {
    struct act act;
    struct rescue_brought brought;
};
MUST_USE bool rescue_bring(struct act *act, struct txn *txn, struct error *err);

#endif

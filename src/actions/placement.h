#ifndef OSTEON_ACTIONS_PLACEMENT_H
#define OSTEON_ACTIONS_PLACEMENT_H
/* What may be entered before a participant is attached to a screening record: rules FR01
 * and FR02 of the specification, "Placement before registration". */
#include "base/error.h"
#include "model/participant.h"

/* ERROR_REFUSED with a sentence: the event or the form waits for the attachment. */
MUST_USE bool placement_form_check(const struct participant *participant,
                                   struct text event, struct text form,
                                   struct error *err);
/* Of F.DM, F.MH and F.BL only what the lidocaine screen asks for. */
MUST_USE bool placement_item_check(const struct participant *participant,
                                   struct text form, struct text item,
                                   struct error *err);

#endif

#ifndef OSTEON_ACTIONS_IMPORT_CHECKBOX_H
#define OSTEON_ACTIONS_IMPORT_CHECKBOX_H
/* A checkbox of REDCap comes as one item a choice, field___code with 1 or 0, and is one
 * answer of several codes here. What is not ticked at all is no answer, or takes one back.
 */
#include "actions/import_map.h"

/* The item of an OID; or the checkbox of which it is a choice, with its code, else NULL. */
const struct item *import_checkbox_of(const struct design *design, struct text oid,
                                      const struct code **choice);

struct import_tick {
    const struct item *item;
    const struct code *choice;
    const struct item_group *group;
    const struct odm_data_item *given;
};

/* Ticks one choice, or takes the tick away, in the answer that the portion has of the
 * item. */
MUST_USE bool import_checkbox_take(struct import_map *map,
                                   const struct import_tick *tick, struct error *err);

#endif

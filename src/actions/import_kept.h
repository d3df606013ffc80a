#ifndef OSTEON_ACTIONS_IMPORT_KEPT_H
#define OSTEON_ACTIONS_IMPORT_KEPT_H
/* The elements among imported data that say more than a value (store/event_content.h:
 * import_kept), on their way to the form and the change they belong to. For
 * import_map.c. */
#include "actions/import_map.h"

/* One element, where the reading stands. */
MUST_USE bool import_keep(struct import_map *map, const struct odm_data_kept *given,
                          struct error *err);
/* What stood at the participant or the event before its first form goes with that. */
void import_held_give(struct import_map *map, struct import_form *form);
/* Before the answer of the item whose elements wait: room for all of them. */
MUST_USE bool import_pending_room(struct import_map *map, struct error *err);
/* The reason why the item has no value, if one of its annotations says it; that one waits
 * no longer: it is data. */
void import_pending_missing(struct import_map *map, struct answer *answer);
/* They go with the form; `change` as in import_kept. */
void import_pending_give(struct import_map *map, struct import_form *form,
                         struct text item, int64_t row, size_t change);
/* What waits lives on in the next portion's arena. */
void import_kept_carry(struct import_map *map, struct arena *arena);

#endif

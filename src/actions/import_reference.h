#ifndef OSTEON_ACTIONS_IMPORT_REFERENCE_H
#define OSTEON_ACTIONS_IMPORT_REFERENCE_H
/* ReferenceData of ODM: values of the study, such as limits of a laboratory, of no
 * participant. Their place is a section that the design marks as such (ItemGroupDef
 * IsReferenceData="Yes"); it is kept like a form of participant 0, which nobody is. For
 * import_map.c. */
#include "actions/import_map.h"

enum { REFERENCE_PARTICIPANT = 0 }; /* whose they are */

/* The one place of the section's values: the section stands for event and form. */
struct form_key import_reference_key(const struct item_group *group);
/* May the item stand where the reading stands? If not, the report says why. */
bool import_reference_has_place(struct import_map *map, const struct item *item,
                                const struct odm_data_item *given);

#endif

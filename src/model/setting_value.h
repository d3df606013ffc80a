#ifndef OSTEON_MODEL_SETTING_VALUE_H
#define OSTEON_MODEL_SETTING_VALUE_H
/* The default of a setting as the rules see it. */
#include "engine/datum.h"
#include "model/design.h"

/* "3 mg/kg" the number 3 (its unit is the property's), 'text', date 2025-11-22, yes. An
 * empty value when it is none of these. The offset is the site's: a day begins there. */
struct datum setting_datum(const struct setting *setting, int32_t offset_minutes);

#endif

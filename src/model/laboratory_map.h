#ifndef OSTEON_MODEL_LABORATORY_MAP_H
#define OSTEON_MODEL_LABORATORY_MAP_H
/* From a laboratory's code and unit to an item of the design and its unit, exactly.
 *
 * Items that accept units of feeds have a LOINC code; their units and factors stand in the
 * design, since they are a matter of the analyte: mg/dL of creatinine is not mg/dL of urea,
 * D-dimer in DDU is not D-dimer in FEU. Numbers are decimals from end to end.
 *
 *     item = laboratory_item(design, TEXT("14682-9"))
 *     laboratory_convert(item, TEXT("mg/dL"), number, &result)
 */
#include "model/design.h"

/* NULL: no item takes results of this LOINC code. */
const struct item *laboratory_item(const struct design *design, struct text loinc);

/* The factor of an accepted unit, or of one that is the same in another spelling of UCUM
 * ("mmol/l"). An empty unit is none, but of an item that counts nothing ({INR}, [pH]: a
 * laboratory need not write it). False: results do not come in it. */
bool laboratory_factor(const struct item *item, struct text unit, struct decimal *out);

/* What a person may say that a sender's spelling means: an accepted unit, or one of the
 * same dimension, measuring the same, with an exact factor. False: another dimension, or no
 * unit. */
bool laboratory_unit_fits(const struct item *item, struct text unit,
                          struct decimal *factor);

/* In the item's unit, rounded to the decimals that the item has, half away from zero.
 * False: more digits than a number may have. */
bool laboratory_convert(const struct item *item, struct decimal number,
                        struct decimal factor, struct decimal *out);

#endif

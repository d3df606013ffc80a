#ifndef OSTEON_BASE_UNIT_TABLE_H
#define OSTEON_BASE_UNIT_TABLE_H
/* The symbols that base/unit.c knows: UCUM's prefixes, and of its units those that bedside
 * medicine writes. A new unit is one row.
 */
#include "base/unit.h"

struct unit_atom {
    struct text symbol;
    bool is_metric; /* takes prefixes */
    struct unit_of_measure unit;
};

struct unit_prefix {
    struct text symbol;
    int32_t exponent;
};

extern const struct unit_prefix unit_prefixes[];
extern const size_t unit_prefix_count;

/* NULL when there is none of this symbol. */
const struct unit_atom *unit_atom_find(struct text symbol);

#endif

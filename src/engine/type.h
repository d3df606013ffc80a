#ifndef OSTEON_ENGINE_TYPE_H
#define OSTEON_ENGINE_TYPE_H
/* What kind of value an expression gives, known before it runs.
 */
#include "base/arena.h"
#include "base/unit.h"

enum type_kind {
    TYPE_BROKEN, /* a finding was added already: no second one */
    TYPE_NUMBER,
    TYPE_APPROXIMATE,
    TYPE_TEXT,
    TYPE_CODE,
    TYPE_CODES,
    TYPE_MOMENT,
    TYPE_TRUTH,
    TYPE_NOTHING /* the literal: fits everywhere */
};

struct type {
    enum type_kind kind;
    /* Of numbers. A unit is declared where it stands in the design and is carried on
     * unchanged: a bare number beside it is taken in it. A computed one is not. */
    struct unit_of_measure unit;
    bool is_unit_declared;
    bool is_bare;     /* a number written without a unit */
    int32_t decimals; /* at most; -1: not known */
    int32_t codelist; /* of codes; -1: none */
};

struct type type_of_kind(enum type_kind kind);
struct type type_number(int32_t decimals);

/* "a number in mmol/L", "a code": for sentences. */
struct text type_describe(const struct type *type, struct arena *arena);
/* The unit's code, or "no unit". */
struct text unit_describe(const struct unit_of_measure *unit);

static inline bool type_is_numeric(const struct type *type)
{
    return type->kind == TYPE_NUMBER || type->kind == TYPE_APPROXIMATE;
}

#endif

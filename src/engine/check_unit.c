#include "engine/check_parts.h"

/* A number written without a unit is taken in the unit that the design declares for the
 * other side. Beside a computed unit it is a finding: seconds are easily taken for hours. */
static bool adopt(struct checker *checker, struct node *bare, const struct node *other)
{
    if (!bare->type.is_bare)
        return false;
    if (!other->type.is_unit_declared) {
        struct text unit = unit_describe(&other->type.unit);
        return check_fail(
            checker, bare,
            text_format(checker->arena,
                        "this number has no unit, and the other side is in %.*s",
                        TEXT_ARG(unit)),
            TEXT("write the unit behind the number, as in 24 h"));
    }
    bare->type.unit = other->type.unit;
    bare->type.is_bare = false;
    bare->type.is_unit_declared = true;
    return true;
}

static bool fail_apart(struct checker *checker, struct node *node, const struct node *a,
                       const struct node *b, const char *what)
{
    struct text left = unit_describe(&a->type.unit),
                right = unit_describe(&b->type.unit);
    return check_fail(
        checker, node,
        text_format(checker->arena, "%.*s and %.*s cannot be %s", TEXT_ARG(left),
                    TEXT_ARG(right), what),
        unit_is_convertible(&a->type.unit, &b->type.unit)
            ? TEXT("the conversion is not exact: write round(X in UNIT, decimals)")
            : TEXT("they measure different things; plain(X) takes the unit away"));
}

static bool has_exact_factor(const struct unit_of_measure *from,
                             const struct unit_of_measure *to)
{
    struct unit_factor factor;
    struct decimal exact;
    return unit_factor_between(from, to, &factor) &&
           unit_factor_decimal(&factor, &exact);
}

bool check_common_unit(struct checker *checker, struct node *node, struct node *a,
                       struct node *b, const char *what)
{
    const struct unit_of_measure *left = &a->type.unit, *right = &b->type.unit;
    node->common = *left;
    if (unit_is_same(left, right)) {
        if (text_is_absent(left->code))
            node->common = *right;
        return true;
    }
    size_t findings = checker->findings->total;
    if (adopt(checker, a, b) || adopt(checker, b, a)) {
        node->common = *left;
        return true;
    }
    if (checker->findings->total > findings)
        return false;
    if (!unit_is_convertible(left, right))
        return fail_apart(checker, node, a, b, what);
    bool is_real = a->type.kind == TYPE_APPROXIMATE || b->type.kind == TYPE_APPROXIMATE;
    if (is_real || has_exact_factor(right, left))
        return true;
    node->common = *right;
    return has_exact_factor(left, right) || fail_apart(checker, node, a, b, what);
}

static int32_t decimals_of_product(const struct type *a, const struct type *b)
{
    return a->decimals < 0 || b->decimals < 0 ? -1 : a->decimals + b->decimals;
}

/* "kg/cm2" for sentences; only when both sides have a name. */
static struct text product_code(struct checker *checker,
                                const struct unit_of_measure *a,
                                const struct unit_of_measure *b, bool is_quotient)
{
    if (unit_is_one(b))
        return a->code;
    if (unit_is_one(a) && !is_quotient)
        return b->code;
    if (text_is_absent(b->code) || (text_is_absent(a->code) && !unit_is_one(a)))
        return (struct text){0};
    return text_format(checker->arena, "%.*s%c%.*s",
                       unit_is_one(a) ? 0 : (int)a->code.len, a->code.at,
                       is_quotient ? '/' : '.', TEXT_ARG(b->code));
}

static bool is_quantity(struct checker *checker, struct node *child)
{
    if (child->type.kind == TYPE_BROKEN || type_is_numeric(&child->type))
        return child->type.kind != TYPE_BROKEN;
    struct text found = type_describe(&child->type, checker->arena);
    return check_fail(checker, child,
                      text_format(checker->arena, "a number is wanted here, not %.*s",
                                  TEXT_ARG(found)),
                      TEXT(""));
}

void check_product(struct checker *checker, struct node *node)
{
    const struct type *a = &node->a->type, *b = &node->b->type;
    bool is_quotient = node->kind == NODE_DIVIDE;
    bool is_left_ok = is_quantity(checker, node->a);
    if (!is_quantity(checker, node->b) || !is_left_ok)
        return;
    struct type type = type_of_kind(TYPE_APPROXIMATE);
    if (!unit_multiply(&a->unit, &b->unit, is_quotient ? -1 : 1, &type.unit)) {
        check_fail(checker, node, TEXT("this unit is too large"), TEXT(""));
        return;
    }
    type.unit.code = product_code(checker, &a->unit, &b->unit, is_quotient);
    if (!is_quotient && a->kind == TYPE_NUMBER && b->kind == TYPE_NUMBER) {
        type.kind = TYPE_NUMBER;
        type.decimals = decimals_of_product(a, b);
    }
    type.is_bare = a->is_bare && b->is_bare;
    /* Twice a declared quantity is in the declared unit still. */
    type.is_unit_declared =
        (a->is_unit_declared && unit_is_one(&b->unit)) ||
        (!is_quotient && b->is_unit_declared && unit_is_one(&a->unit));
    node->type = type;
}

void check_power(struct checker *checker, struct node *node)
{
    const struct node *exponent = node->b;
    if (!is_quantity(checker, node->a))
        return;
    if (exponent->kind != NODE_NUMBER || exponent->number.scale != 0 ||
        exponent->number.coefficient > 18) {
        check_fail(checker, node->b,
                   TEXT("behind ^ a whole number from 0 to 18 is expected"),
                   TEXT("power(X, Y) takes any number and gives an approximate one"));
        return;
    }
    int32_t power = (int32_t)exponent->number.coefficient;
    node->type = node->a->type;
    node->type.is_unit_declared = false;
    if (node->type.decimals > 0)
        node->type.decimals *= power;
    if (!unit_power(&node->a->type.unit, power, &node->type.unit)) {
        check_fail(checker, node, TEXT("this unit is too large"), TEXT(""));
        return;
    }
    struct text code = node->a->type.unit.code;
    if (!text_is_absent(code))
        node->type.unit.code =
            text_find(code, '/') == code.len && power != 1
                ? text_format(checker->arena, "%.*s%d", TEXT_ARG(code), (int)power)
                : (struct text){0};
}

void check_convert(struct checker *checker, struct node *node)
{
    struct node *a = node->a;
    if (!is_quantity(checker, a))
        return;
    struct text from = unit_describe(&a->type.unit), to = node->unit.code;
    if (!unit_is_convertible(&a->type.unit, &node->unit)) {
        check_fail(checker, node,
                   text_format(checker->arena, "%.*s cannot be converted to %.*s",
                               TEXT_ARG(from), TEXT_ARG(to)),
                   TEXT("they measure different things; plain(X) takes the unit away"));
        return;
    }
    node->type = a->type;
    node->type.unit = node->unit;
    node->type.is_unit_declared = true;
    node->type.is_bare = false;
    if (!unit_is_same(&a->type.unit, &node->unit))
        node->type.decimals = -1;
    /* 50 min in h has no end: an approximate number. */
    if (!has_exact_factor(&a->type.unit, &node->unit))
        node->type.kind = TYPE_APPROXIMATE;
}

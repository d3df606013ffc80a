/* Calculations of REDCap: empty as soon as one of their values is. */
#include "formats/foreign_translate_parts.h"

static bool write_field(struct foreign_writing *writing,
                        const struct foreign_node *field)
{
    const struct item *item = foreign_item(writing, field);
    if (item == NULL)
        return false;
    bool is_number = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL;
    if (!is_number && !foreign_has_numbers(item))
        return foreign_cannot(writing, field, "%.*s is no number here",
                              TEXT_ARG(item->oid));
    bool is_checkbox = !text_is_absent(field->code);
    if (is_checkbox) /* not ticked is 0, also before anybody looked */
        BUFFER_LITERAL(&writing->out, "(");
    if (!is_number)
        BUFFER_LITERAL(&writing->out, "number(");
    else if (item->unit.len > 0)
        BUFFER_LITERAL(&writing->out, "plain(");
    if (!foreign_write_item(writing, field, item))
        return false;
    if (!is_number || item->unit.len > 0)
        BUFFER_LITERAL(&writing->out, ")");
    if (is_checkbox)
        BUFFER_LITERAL(&writing->out, " otherwise 0)");
    return true;
}

static bool is_whole(const struct foreign_node *node)
{
    int64_t number;
    return node != NULL && node->kind == FOREIGN_NUMBER && node->text.len <= 2 &&
           text_to_int64(node->text, &number);
}

static bool write_binary(struct foreign_writing *writing,
                         const struct foreign_node *node,
                         const struct foreign_guard *guards)
{
    static const char *const signs[] = {[FOREIGN_PLUS] = " + ",
                                        [FOREIGN_SUBTRACT] = " - ",
                                        [FOREIGN_TIMES] = " * ",
                                        [FOREIGN_DIVIDE] = " / ",
                                        [FOREIGN_POWER] = "^"};
    if (node->operation < FOREIGN_PLUS)
        return foreign_cannot(writing, node,
                              "a condition stands where a number is needed");
    if (node->operation == FOREIGN_POWER && !is_whole(node->right))
        return foreign_cannot(writing, node->right,
                              "the exponent is no small whole number");
    BUFFER_LITERAL(&writing->out, "(");
    if (!foreign_write_number(writing, node->left, guards))
        return false;
    buffer_format(&writing->out, "%s", signs[node->operation]);
    if (!foreign_write_number(writing, node->right, guards))
        return false;
    BUFFER_LITERAL(&writing->out, ")");
    return true;
}

/* --- functions -------------------------------------------------------------------- */

typedef bool call_function(struct foreign_writing *, const struct foreign_node *call,
                           const struct foreign_guard *guards);

/* Without decimals, versions of REDCap differ in how many they take. */
static bool write_round(struct foreign_writing *writing,
                        const struct foreign_node *call,
                        const struct foreign_guard *guards)
{
    const struct foreign_node *number = call->left;
    if (number == NULL || !is_whole(number->next) || number->next->next != NULL)
        return foreign_cannot(writing, call, "round needs its number of decimals");
    BUFFER_LITERAL(&writing->out, "round(");
    if (!foreign_write_number(writing, number, guards))
        return false;
    buffer_format(&writing->out, ", %.*s)", TEXT_ARG(number->next->text));
    return true;
}

static bool write_abs(struct foreign_writing *writing, const struct foreign_node *call,
                      const struct foreign_guard *guards)
{
    if (call->left == NULL || call->left->next != NULL)
        return foreign_cannot(writing, call, "abs needs one number");
    BUFFER_LITERAL(&writing->out, "abs(");
    if (!foreign_write_number(writing, call->left, guards))
        return false;
    BUFFER_LITERAL(&writing->out, ")");
    return true;
}

static bool write_if(struct foreign_writing *writing, const struct foreign_node *call,
                     const struct foreign_guard *guards)
{
    const struct foreign_node *condition = call->left;
    const struct foreign_node *yes = condition == NULL ? NULL : condition->next;
    const struct foreign_node *no = yes == NULL ? NULL : yes->next;
    if (no == NULL || no->next != NULL)
        return foreign_cannot(writing, call, "if needs a condition and two values");
    BUFFER_LITERAL(&writing->out, "(if ");
    if (!foreign_write_condition(writing, condition, guards))
        return false;
    BUFFER_LITERAL(&writing->out, " then ");
    if (!foreign_write_number(writing, yes, guards))
        return false;
    BUFFER_LITERAL(&writing->out, " else ");
    if (!foreign_write_number(writing, no, guards))
        return false;
    BUFFER_LITERAL(&writing->out, ")");
    return true;
}

/* What is empty is left out; a sum of nothing is empty. */
static bool write_sum(struct foreign_writing *writing, const struct foreign_node *call,
                      const struct foreign_guard *guards)
{
    if (call->left == NULL)
        return foreign_cannot(writing, call, "sum needs numbers");
    BUFFER_LITERAL(&writing->out, "(if ");
    for (const struct foreign_node *part = call->left; part != NULL;
         part = part->next) {
        if (part->kind != FOREIGN_FIELD)
            return foreign_cannot(writing, part, "sum is understood of fields alone");
        if (part != call->left)
            BUFFER_LITERAL(&writing->out, " and ");
        if (!foreign_write_number(writing, part, guards))
            return false;
        BUFFER_LITERAL(&writing->out, " is absent");
    }
    BUFFER_LITERAL(&writing->out, " then nothing else ");
    for (const struct foreign_node *part = call->left; part != NULL;
         part = part->next) {
        if (part != call->left)
            BUFFER_LITERAL(&writing->out, " + ");
        BUFFER_LITERAL(&writing->out, "(");
        if (!foreign_write_number(writing, part, guards))
            return false;
        BUFFER_LITERAL(&writing->out, " otherwise 0)");
    }
    BUFFER_LITERAL(&writing->out, ")");
    return true;
}

static bool write_date(struct foreign_writing *writing, const struct foreign_node *node)
{
    if (node == NULL || node->kind != FOREIGN_FIELD)
        return foreign_cannot(writing, node,
                              "only the days between two fields are understood");
    const struct item *item = foreign_item(writing, node);
    if (item == NULL)
        return false;
    if (item->type != ITEM_DATE)
        return foreign_cannot(writing, node, "%.*s is no whole date",
                              TEXT_ARG(item->oid));
    return foreign_write_item(writing, node, item);
}

/* The further arguments: the format of dates, which says nothing of the days between
 * them, and whether the sign is kept. */
static bool keeps_sign(struct foreign_writing *writing, const struct foreign_node *rest,
                       bool *out)
{
    *out = false;
    if (rest != NULL && rest->kind == FOREIGN_STRING)
        rest = rest->next;
    if (rest == NULL)
        return true;
    bool is_constant = rest->kind == FOREIGN_CALL && rest->left == NULL;
    *out = is_constant && text_equal(rest->text, TEXT("true"));
    return (rest->next == NULL && is_constant &&
            (*out || text_equal(rest->text, TEXT("false")))) ||
           foreign_cannot(writing, rest, "this argument of datediff is not understood");
}

/* Days are whole. Years and months have lengths of REDCap's own, hours those of a clock. */
static bool write_datediff(struct foreign_writing *writing,
                           const struct foreign_node *call,
                           const struct foreign_guard *guards)
{
    (void)guards;
    const struct foreign_node *from = call->left;
    const struct foreign_node *to = from == NULL ? NULL : from->next;
    const struct foreign_node *unit = to == NULL ? NULL : to->next;
    bool is_signed = false;
    if (unit == NULL)
        return foreign_cannot(writing, call, "datediff needs two dates and a unit");
    if (unit->kind != FOREIGN_STRING || !text_equal(unit->text, TEXT("d")))
        return foreign_cannot(writing, unit,
                              "only whole days are counted here as REDCap counts them");
    if (!keeps_sign(writing, unit->next, &is_signed))
        return false;
    buffer_format(&writing->out, "plain(round(%s(", is_signed ? "" : "abs");
    if (!write_date(writing, to))
        return false;
    BUFFER_LITERAL(&writing->out, " - ");
    if (!write_date(writing, from))
        return false;
    BUFFER_LITERAL(&writing->out, ") in d, 0))");
    return true;
}

static bool write_call(struct foreign_writing *writing, const struct foreign_node *call,
                       const struct foreign_guard *guards)
{
    static const struct {
        struct text name;
        call_function *write;
    } known[] = {{TEXT_INIT("round"), write_round},
                 {TEXT_INIT("abs"), write_abs},
                 {TEXT_INIT("if"), write_if},
                 {TEXT_INIT("sum"), write_sum},
                 {TEXT_INIT("datediff"), write_datediff}};
    for (size_t i = 0; i < ARRAY_COUNT(known); i++)
        if (text_equal(call->text, known[i].name))
            return known[i].write(writing, call, guards);
    return foreign_cannot(writing, call, "the function %.*s has no counterpart here",
                          TEXT_ARG(call->text));
}

bool foreign_write_number(struct foreign_writing *writing,
                          const struct foreign_node *node,
                          const struct foreign_guard *guards)
{
    switch (node->kind) {
    case FOREIGN_NUMBER: buffer_text_add(&writing->out, node->text); return true;
    case FOREIGN_FIELD: return write_field(writing, node);
    case FOREIGN_BINARY: return write_binary(writing, node, guards);
    case FOREIGN_CALL: return write_call(writing, node, guards);
    case FOREIGN_MINUS:
        BUFFER_LITERAL(&writing->out, "(0 - ");
        if (!foreign_write_number(writing, node->left, guards))
            return false;
        BUFFER_LITERAL(&writing->out, ")");
        return true;
    case FOREIGN_STRING:
        if (node->text.len > 0)
            break;
        BUFFER_LITERAL(&writing->out, "nothing");
        return true;
    case FOREIGN_NOT: break;
    }
    return foreign_cannot(writing, node, "a number is needed here");
}

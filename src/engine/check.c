#include "engine/check_parts.h"

bool check_fail(struct checker *checker, struct node *node, struct text sentence,
                struct text hint)
{
    node->type = type_of_kind(TYPE_BROKEN);
    return finding_add(checker->findings, node->from, node->to, sentence, hint);
}

bool check_wants(struct checker *checker, struct node *child, enum type_kind kind,
                 const char *wanted)
{
    if (child->type.kind == kind)
        return true;
    if (child->type.kind == TYPE_BROKEN)
        return false;
    struct text found = type_describe(&child->type, checker->arena);
    struct text hint = TEXT("");
    if (kind == TYPE_TRUTH && child->type.kind == TYPE_CODE)
        hint = TEXT("compare the code, as in X = 'Y'");
    if (kind == TYPE_NUMBER && child->type.kind == TYPE_APPROXIMATE)
        hint = TEXT("write round(X, decimals)");
    return check_fail(checker, child,
                      text_format(checker->arena, "%s is wanted here, not %.*s", wanted,
                                  TEXT_ARG(found)),
                      hint);
}

static void check_number(struct node *node)
{
    node->type = type_number(node->number.scale);
    node->type.unit = node->unit;
    node->type.is_bare = !node->has_unit;
    node->type.is_unit_declared = node->has_unit;
}

static void check_logic(struct checker *checker, struct node *node)
{
    bool is_left_ok = check_wants(checker, node->a, TYPE_TRUTH, "a truth");
    if (node->b != NULL && !check_wants(checker, node->b, TYPE_TRUTH, "a truth"))
        return;
    if (is_left_ok)
        node->type = type_of_kind(TYPE_TRUTH);
}

static void check_if(struct checker *checker, struct node *node)
{
    bool is_ok = check_wants(checker, node->a, TYPE_TRUTH, "a truth");
    if (!check_alike(checker, node, node->b, node->c) || !is_ok)
        node->type = type_of_kind(TYPE_BROKEN);
}

static void check_is(struct checker *checker, struct node *node)
{
    if (node->a->type.kind == TYPE_BROKEN)
        return;
    bool is_truth = node->value == IS_SURELY || node->value == IS_KNOWN;
    if (is_truth && !check_wants(checker, node->a, TYPE_TRUTH, "a truth"))
        return;
    static const char *const reasons[] = {"ND", "UNK", "NA", "REF", "DEV", "OTH"};
    bool is_reason = node->value != IS_MISSING || text_is_absent(node->text);
    for (size_t i = 0; i < ARRAY_COUNT(reasons); i++) {
        if (is_reason || !text_equal(node->text, text_of(reasons[i])))
            continue;
        is_reason = true;
        node->which = (int)i + REASON_NOT_DONE;
    }
    if (!is_reason)
        check_fail(checker, node, TEXT("there is no such reason for a missing value"),
                   TEXT("the reasons are ND, UNK, NA, REF, DEV, OTH"));
    else
        node->type = type_of_kind(TYPE_TRUTH);
}

static void check_negate(struct checker *checker, struct node *node)
{
    if (node->a->type.kind != TYPE_APPROXIMATE &&
        !check_wants(checker, node->a, TYPE_NUMBER, "a number"))
        return;
    node->type = node->a->type;
}

static void check_children(struct checker *checker, struct node *node)
{
    struct node *children[] = {node->a, node->b, node->c};
    for (size_t i = 0; i < ARRAY_COUNT(children); i++)
        if (children[i] != NULL)
            check_node(checker, children[i]);
}

static void check_literal(struct node *node)
{
    switch ((int)node->kind) {
    case NODE_NUMBER: check_number(node); break;
    case NODE_TEXT: node->type = type_of_kind(TYPE_TEXT); break;
    case NODE_TRUTH: node->type = type_of_kind(TYPE_TRUTH); break;
    case NODE_NOTHING: node->type = type_of_kind(TYPE_NOTHING); break;
    default: node->type = type_of_kind(TYPE_MOMENT); break;
    }
}

static void check_operation(struct checker *checker, struct node *node)
{
    check_children(checker, node);
    switch ((int)node->kind) {
    case NODE_IF: check_if(checker, node); break;
    case NODE_OR:
    case NODE_AND:
    case NODE_NOT: check_logic(checker, node); break;
    case NODE_COMPARE: check_compare(checker, node); break;
    case NODE_IN: check_in(checker, node); break;
    case NODE_HAS: check_has(checker, node); break;
    case NODE_IS: check_is(checker, node); break;
    case NODE_OTHERWISE: check_alike(checker, node, node->a, node->b); break;
    case NODE_ADD:
    case NODE_SUBTRACT: check_sum(checker, node); break;
    case NODE_MULTIPLY:
    case NODE_DIVIDE: check_product(checker, node); break;
    case NODE_POWER: check_power(checker, node); break;
    case NODE_NEGATE: check_negate(checker, node); break;
    default: check_convert(checker, node); break;
    }
}

void check_node(struct checker *checker, struct node *node)
{
    if (node->is_checked)
        return;
    node->is_checked = true;
    node->type = type_of_kind(TYPE_BROKEN);
    switch (node->kind) {
    case NODE_NUMBER:
    case NODE_TEXT:
    case NODE_MOMENT:
    case NODE_TRUTH:
    case NODE_NOTHING:
    case NODE_NOW:
    case NODE_TODAY: check_literal(node); break;
    case NODE_NAME:
    case NODE_LOCAL: check_name(checker, node); break;
    case NODE_CALL: check_call(checker, node); break;
    case NODE_LOOP: check_loop(checker, node); break;
    case NODE_IF:
    case NODE_OR:
    case NODE_AND:
    case NODE_NOT:
    case NODE_COMPARE:
    case NODE_IN:
    case NODE_HAS:
    case NODE_IS:
    case NODE_OTHERWISE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_POWER:
    case NODE_NEGATE:
    case NODE_CONVERT: check_operation(checker, node); break;
    }
}

/* ---- what is stored ---- */

static bool check_stored_number(struct checker *checker, struct node *node,
                                const struct type *stored)
{
    const struct type *type = &node->type;
    if (!check_wants(checker, node, TYPE_NUMBER, "a number"))
        return false;
    bool is_same = unit_is_same(&type->unit, &stored->unit);
    /* A score may be made of bare numbers. */
    if (!is_same && !type->is_bare) {
        struct text from = unit_describe(&type->unit),
                    to = unit_describe(&stored->unit);
        return check_fail(
            checker, node,
            text_format(checker->arena, "the item is in %.*s, this value in %.*s",
                        TEXT_ARG(to), TEXT_ARG(from)),
            unit_is_convertible(&type->unit, &stored->unit)
                ? text_format(checker->arena, "write (…) in %.*s", TEXT_ARG(to))
                : TEXT("plain(X) takes the unit away"));
    }
    if (stored->decimals >= 0 &&
        (type->decimals < 0 || type->decimals > stored->decimals))
        return check_fail(
            checker, node,
            text_format(checker->arena,
                        "the item has %d decimals, this value may have more",
                        (int)stored->decimals),
            text_format(checker->arena, "write round(…, %d)", (int)stored->decimals));
    return true;
}

/* A truth is stored as code where the list has Y and N. */
static bool is_yes_no(const struct dictionary *dictionary, int32_t codelist)
{
    return dictionary_code(dictionary, codelist, TEXT("Y")) >= 0 &&
           dictionary_code(dictionary, codelist, TEXT("N")) >= 0;
}

static bool check_stored(struct checker *checker, struct node *node,
                         const struct type *stored)
{
    if (node->type.kind == TYPE_BROKEN || node->type.kind == TYPE_NOTHING)
        return node->type.kind == TYPE_NOTHING;
    switch ((int)stored->kind) {
    case TYPE_NUMBER: return check_stored_number(checker, node, stored);
    case TYPE_CODE:
        if (node->type.kind == TYPE_TRUTH &&
            is_yes_no(checker->dictionary, stored->codelist))
            return true;
        return check_codes(checker, node, stored->codelist);
    case TYPE_TEXT:
        return node->type.kind == TYPE_CODE ||
               check_wants(checker, node, TYPE_TEXT, "a text");
    case TYPE_CODES: return check_wants(checker, node, TYPE_CODES, "a set of codes");
    default: return check_wants(checker, node, TYPE_MOMENT, "a date or time");
    }
}

bool check_syntax(struct syntax *syntax, const struct dictionary *dictionary,
                  const struct check_context *context, struct arena *arena,
                  struct findings *findings)
{
    struct checker checker = {.dictionary = dictionary,
                              .arena = arena,
                              .findings = findings,
                              .syntax = syntax,
                              .frame_count = 1};
    checker.frames[0] =
        (struct check_frame){.form = context->form, .group = context->group};
    for (size_t i = 0; i < syntax->local_count; i++) {
        check_node(&checker, syntax->locals[i].value);
        checker.local_count = i + 1;
    }
    check_node(&checker, syntax->result);
    if (context->is_truth_wanted)
        check_wants(&checker, syntax->result, TYPE_TRUTH, "a truth");
    else if (context->stored != NULL)
        check_stored(&checker, syntax->result, context->stored);
    return findings->total == 0;
}

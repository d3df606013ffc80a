#include "engine/check_parts.h"

static bool is_textual(const struct type *type)
{
    return type->kind == TYPE_TEXT || type->kind == TYPE_CODE;
}

static bool fail_mixed(struct checker *checker, struct node *node, const struct node *a,
                       const struct node *b, const char *what)
{
    struct text left = type_describe(&a->type, checker->arena);
    struct text right = type_describe(&b->type, checker->arena);
    struct text hint = TEXT("");
    if (a->type.kind == TYPE_CODES || b->type.kind == TYPE_CODES)
        hint = TEXT("a set of codes is asked with: has, has any, has all, only(…)");
    else if (a->type.kind == TYPE_NOTHING || b->type.kind == TYPE_NOTHING)
        hint = TEXT("write: is empty");
    else if (a->type.kind == TYPE_CODE || b->type.kind == TYPE_CODE)
        hint = TEXT("number(X) reads a code as a number, order(X) gives its place");
    return check_fail(checker, node,
                      text_format(checker->arena, "%.*s and %.*s cannot be %s",
                                  TEXT_ARG(left), TEXT_ARG(right), what),
                      hint);
}

/* The word event is a code where the list has names of events. */
static bool check_event_code(struct checker *checker, struct node *node,
                             int32_t codelist)
{
    const struct dictionary *dictionary = checker->dictionary;
    bool is_some = false;
    for (int32_t i = 0; i < dictionary->event_count; i++)
        is_some = is_some || dictionary_code(dictionary, codelist,
                                             dictionary->events[i].name) >= 0;
    if (!is_some)
        return check_fail(checker, node,
                          text_format(checker->arena, "%.*s has no name of an event",
                                      TEXT_ARG(dictionary->codelists[codelist].oid)),
                          TEXT("write the code itself, as in 'Y'"));
    node->type = type_of_kind(TYPE_CODE);
    node->type.codelist = codelist;
    return true;
}

bool check_codes(struct checker *checker, struct node *node, int32_t codelist)
{
    const struct dictionary *dictionary = checker->dictionary;
    switch ((int)node->kind) {
    case NODE_IF:
        return check_codes(checker, node->b, codelist) &&
               check_codes(checker, node->c, codelist);
    case NODE_OTHERWISE:
        return check_codes(checker, node->a, codelist) &&
               check_codes(checker, node->b, codelist);
    case NODE_NOTHING: return true;
    case NODE_LOCAL:
        return check_codes(checker, checker->syntax->locals[node->value].value,
                           codelist);
    case NODE_TEXT: break;
    default:
        if (node->kind == NODE_NAME && node->question == ASK_EVENT)
            return check_event_code(checker, node, codelist);
        return (node->type.kind == TYPE_CODE && node->type.codelist == codelist) ||
               check_fail(checker, node, TEXT("this is no code of the list wanted"),
                          TEXT("write the code itself, as in 'Y'"));
    }
    if (dictionary_code(dictionary, codelist, node->text) < 0) {
        struct text list = dictionary->codelists[codelist].oid;
        struct text near = dictionary_nearest_code(dictionary, codelist, node->text);
        return check_fail(checker, node,
                          text_format(checker->arena, "'%.*s' is no code of %.*s",
                                      TEXT_ARG(node->text), TEXT_ARG(list)),
                          finding_did_you_mean(checker->arena, near));
    }
    node->type = type_of_kind(TYPE_CODE);
    node->type.codelist = codelist;
    return true;
}

/* An event's name beside the word event must be one. */
static bool check_event_name(struct checker *checker, const struct node *word,
                             struct node *literal)
{
    if (word->kind != NODE_NAME || word->question != ASK_EVENT ||
        literal->kind != NODE_TEXT ||
        dictionary_event_of(checker->dictionary, literal->text) >= 0)
        return true;
    struct text near = dictionary_nearest_event(checker->dictionary, literal->text);
    return check_fail(checker, literal, TEXT("there is no event of this name"),
                      finding_did_you_mean(checker->arena, near));
}

/* Texts and codes: codes are compared within one list. */
static bool check_textual(struct checker *checker, struct node *node, struct node *a,
                          struct node *b)
{
    if (a->type.kind == TYPE_CODE && b->type.kind == TYPE_TEXT && b->kind == NODE_TEXT)
        return check_codes(checker, b, a->type.codelist);
    if (b->type.kind == TYPE_CODE && a->type.kind == TYPE_TEXT && a->kind == NODE_TEXT)
        return check_codes(checker, a, b->type.codelist);
    if (a->type.kind == TYPE_CODE && b->type.kind == TYPE_CODE &&
        a->type.codelist != b->type.codelist)
        return check_fail(checker, node,
                          TEXT("codes of two different lists are compared"),
                          TEXT("text(X) makes a text of a code"));
    return check_event_name(checker, a, b) && check_event_name(checker, b, a);
}

/* Are `a` and `b` of kinds that can be compared for equality (or order)? */
static bool check_comparable(struct checker *checker, struct node *node, struct node *a,
                             struct node *b, bool is_order)
{
    enum type_kind left = a->type.kind, right = b->type.kind;
    if (left == TYPE_BROKEN || right == TYPE_BROKEN)
        return false;
    if (left == TYPE_APPROXIMATE || right == TYPE_APPROXIMATE)
        return check_fail(checker, left == TYPE_APPROXIMATE ? a : b,
                          TEXT("an approximate number cannot be compared"),
                          TEXT("write round(X, decimals)"));
    if (left == TYPE_NUMBER && right == TYPE_NUMBER)
        return check_common_unit(checker, node, a, b, "compared");
    if (left == TYPE_MOMENT && right == TYPE_MOMENT)
        return true;
    if (!is_order && left == TYPE_TRUTH && right == TYPE_TRUTH)
        return true;
    if (!is_order && is_textual(&a->type) && is_textual(&b->type))
        return check_textual(checker, node, a, b);
    return fail_mixed(checker, node, a, b, is_order ? "put in order" : "compared");
}

void check_compare(struct checker *checker, struct node *node)
{
    bool is_order = node->value != IS_EQUAL && node->value != IS_UNEQUAL;
    if (check_comparable(checker, node, node->a, node->b, is_order))
        node->type = type_of_kind(TYPE_TRUTH);
}

static bool is_constant(const struct node *node)
{
    return node->kind == NODE_NUMBER || node->kind == NODE_TEXT ||
           (node->kind == NODE_NEGATE && node->a->kind == NODE_NUMBER);
}

void check_in(struct checker *checker, struct node *node)
{
    bool is_ok = node->a->type.kind != TYPE_BROKEN;
    for (size_t i = 0; i < node->list_count; i++) {
        struct node *member = node->list[i];
        check_node(checker, member);
        if (!is_constant(member))
            is_ok =
                check_fail(checker, member, TEXT("a list holds numbers or texts only"),
                           TEXT("join comparisons by \"or\""));
        else if (is_ok)
            is_ok = check_comparable(checker, node, node->a, member, false);
        if (is_ok && node->a->type.kind == TYPE_NUMBER &&
            !unit_is_same(&node->a->type.unit, &member->type.unit))
            is_ok = check_fail(
                checker, member,
                TEXT("numbers in a list have the unit of the other side"), TEXT(""));
    }
    if (is_ok)
        node->type = type_of_kind(TYPE_TRUTH);
}

void check_has(struct checker *checker, struct node *node)
{
    bool is_ok = check_wants(checker, node->a, TYPE_CODES, "a set of codes");
    for (size_t i = 0; i < node->list_count; i++) {
        check_node(checker, node->list[i]);
        if (!is_ok)
            continue;
        is_ok = node->list[i]->kind == NODE_TEXT
                    ? check_codes(checker, node->list[i], node->a->type.codelist)
                    : check_fail(checker, node->list[i],
                                 TEXT("behind \"has\" codes are expected"),
                                 TEXT("as in: X has 'A', or X has any ('A', 'B')"));
    }
    if (is_ok)
        node->type = type_of_kind(TYPE_TRUTH);
}

/* ---- plus and minus ---- */

static int32_t decimals_of_sum(const struct type *a, const struct type *b)
{
    if (a->decimals < 0 || b->decimals < 0)
        return -1;
    return a->decimals > b->decimals ? a->decimals : b->decimals;
}

/* What is common to two numbers of which one is taken, or that are added. */
static struct type common_number(const struct node *node, const struct type *a,
                                 const struct type *b)
{
    bool is_exact = a->kind == TYPE_NUMBER && b->kind == TYPE_NUMBER;
    struct type type = type_of_kind(is_exact ? TYPE_NUMBER : TYPE_APPROXIMATE);
    bool is_converted = !unit_is_same(&a->unit, &node->common) ||
                        !unit_is_same(&b->unit, &node->common);
    type.unit = node->common;
    type.is_bare = a->is_bare && b->is_bare;
    type.is_unit_declared = (a->is_unit_declared || a->is_bare) &&
                            (b->is_unit_declared || b->is_bare) && !type.is_bare;
    if (is_exact && !is_converted)
        type.decimals = decimals_of_sum(a, b);
    return type;
}

static struct type seconds(void)
{
    struct type type = type_of_kind(TYPE_NUMBER);
    bool is_unit = unit_parse(TEXT("s"), &type.unit, NULL);
    ASSERT(is_unit);
    return type;
}

/* moment - moment, moment ± time. */
static bool check_moment_sum(struct checker *checker, struct node *node)
{
    struct type second = seconds();
    bool is_minus = node->kind == NODE_SUBTRACT;
    if (node->a->type.kind == TYPE_MOMENT && node->b->type.kind == TYPE_MOMENT) {
        node->type = second;
        return is_minus ||
               check_fail(checker, node, TEXT("two moments cannot be added"), TEXT(""));
    }
    if (is_minus && node->b->type.kind == TYPE_MOMENT)
        return check_fail(checker, node, TEXT("a moment cannot be taken from a number"),
                          TEXT(""));
    struct node *time = node->a->type.kind == TYPE_MOMENT ? node->b : node->a;
    struct unit_factor factor;
    struct decimal exact;
    if (time->type.kind != TYPE_NUMBER ||
        !unit_is_convertible(&time->type.unit, &second.unit) ||
        !unit_factor_between(&time->type.unit, &second.unit, &factor) ||
        !unit_factor_decimal(&factor, &exact))
        return check_fail(
            checker, time, TEXT("a time is wanted here, as in 24 h"),
            TEXT("an approximate one is first rounded: round(X, decimals)"));
    node->common = second.unit;
    node->type = type_of_kind(TYPE_MOMENT);
    return true;
}

void check_sum(struct checker *checker, struct node *node)
{
    struct node *a = node->a, *b = node->b;
    if (a->type.kind == TYPE_BROKEN || b->type.kind == TYPE_BROKEN)
        return;
    if (a->type.kind == TYPE_MOMENT || b->type.kind == TYPE_MOMENT) {
        if (!check_moment_sum(checker, node))
            node->type = type_of_kind(TYPE_BROKEN);
    } else if (type_is_numeric(&a->type) && type_is_numeric(&b->type)) {
        if (check_common_unit(checker, node, a, b, "added"))
            node->type = common_number(node, &a->type, &b->type);
    } else if (node->kind == NODE_ADD && is_textual(&a->type) && is_textual(&b->type)) {
        node->type = type_of_kind(TYPE_TEXT);
    } else {
        fail_mixed(checker, node, a, b, "added");
    }
}

/* ---- one of two ---- */

static bool check_same_kind(struct checker *checker, struct node *node, struct node *a,
                            struct node *b)
{
    if (type_is_numeric(&a->type) && type_is_numeric(&b->type)) {
        if (!check_common_unit(checker, node, a, b, "taken for each other"))
            return false;
        node->type = common_number(node, &a->type, &b->type);
        return true;
    }
    if (is_textual(&a->type) && is_textual(&b->type)) {
        if (!check_textual(checker, node, a, b))
            return false;
        node->type = a->type.kind == b->type.kind ? a->type : type_of_kind(TYPE_TEXT);
        return true;
    }
    if (a->type.kind != b->type.kind ||
        (a->type.kind == TYPE_CODES && a->type.codelist != b->type.codelist))
        return fail_mixed(checker, node, a, b, "taken for each other");
    node->type = a->type;
    return true;
}

bool check_alike(struct checker *checker, struct node *node, struct node *a,
                 struct node *b)
{
    if (a->type.kind == TYPE_BROKEN || b->type.kind == TYPE_BROKEN)
        return false;
    const struct node *other = a->type.kind == TYPE_NOTHING ? b : a;
    if (a->type.kind == TYPE_NOTHING || b->type.kind == TYPE_NOTHING) {
        node->type = other->type;
        node->common = other->type.unit;
        return true;
    }
    return check_same_kind(checker, node, a, b);
}

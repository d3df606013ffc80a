#include "engine/check_parts.h"
#include "engine/function.h"

#include "base/nearest.h"

struct function_row {
    const char *name;
    size_t least, most;
    enum function_group group;
};

static const struct function_row functions[] = {
#define X(id, name, least, most, group) {name, least, most, GROUP_##group},
    FUNCTION_TABLE(X)
#undef X
};

static bool fail_unknown(struct checker *checker, struct node *node)
{
    struct nearest nearest = nearest_to(node->text);
    for (size_t i = 0; i < ARRAY_COUNT(functions); i++)
        nearest_offer(&nearest, text_of(functions[i].name));
    return check_fail(
        checker, node,
        text_format(checker->arena, "there is no function %.*s", TEXT_ARG(node->text)),
        finding_did_you_mean(checker->arena, nearest.best));
}

/* ---- numbers ---- */

static bool wants_numeric(struct checker *checker, struct node *child)
{
    return child->type.kind == TYPE_APPROXIMATE ||
           check_wants(checker, child, TYPE_NUMBER, "a number");
}

static void check_rounding(struct checker *checker, struct node *node)
{
    struct node *value = node->list[0];
    int32_t decimals = 0;
    if (!wants_numeric(checker, value))
        return;
    if (node->which == FUNCTION_ROUND) {
        const struct node *count = node->list[1];
        if (count->kind != NODE_NUMBER || count->number.scale != 0 ||
            count->number.coefficient > 15) {
            check_fail(checker, node->list[1],
                       TEXT("the number of decimals is written as 0 to 15"), TEXT(""));
            return;
        }
        decimals = (int32_t)count->number.coefficient;
    }
    node->type = value->type;
    node->type.kind = TYPE_NUMBER;
    node->type.decimals = decimals;
    node->value = decimals;
}

static void check_extreme(struct checker *checker, struct node *node)
{
    struct node *first = node->list[0];
    node->type = first->type;
    node->common = first->type.unit;
    for (size_t i = 1; i < node->list_count; i++) {
        struct node whole = *node;
        if (!check_alike(checker, &whole, first, node->list[i])) {
            node->type = type_of_kind(TYPE_BROKEN);
            return;
        }
        if (!type_is_numeric(&whole.type) && whole.type.kind != TYPE_MOMENT) {
            check_fail(checker, node, TEXT("numbers or moments are wanted here"),
                       TEXT(""));
            return;
        }
        if (!unit_is_same(&whole.common, &first->type.unit)) {
            check_fail(checker, node->list[i], TEXT("the first value decides the unit"),
                       TEXT("write (…) in UNIT"));
            return;
        }
        if (type_is_numeric(&whole.type) &&
            (node->type.decimals < 0 || whole.type.decimals < 0 ||
             whole.type.decimals > node->type.decimals))
            node->type.decimals = whole.type.decimals;
        if (whole.type.kind == TYPE_APPROXIMATE)
            node->type.kind = TYPE_APPROXIMATE;
    }
}

static void check_real(struct checker *checker, struct node *node)
{
    for (size_t i = 0; i < node->list_count; i++) {
        if (!wants_numeric(checker, node->list[i]))
            return;
        if (!unit_is_one(&node->list[i]->type.unit)) {
            check_fail(checker, node->list[i],
                       TEXT("a number without unit is wanted here"),
                       TEXT("plain(X) takes the unit away"));
            return;
        }
    }
    node->type = type_of_kind(TYPE_APPROXIMATE);
}

static void check_root(struct checker *checker, struct node *node)
{
    if (!wants_numeric(checker, node->list[0]))
        return;
    struct unit_of_measure unit = node->list[0]->type.unit;
    bool is_even = unit.factor.numerator == 1 && unit.factor.denominator == 1 &&
                   unit.factor.exponent % 2 == 0;
    for (int i = 0; i < UNIT_DIMENSIONS; i++) {
        is_even = is_even && unit.powers[i] % 2 == 0;
        unit.powers[i] /= 2;
    }
    if (!is_even) {
        check_fail(checker, node->list[0], TEXT("this unit has no square root"),
                   TEXT("plain(X) takes the unit away"));
        return;
    }
    unit.factor.exponent /= 2;
    unit.code = (struct text){0};
    node->type = type_of_kind(TYPE_APPROXIMATE);
    node->type.unit = unit;
}

static void check_plain(struct checker *checker, struct node *node)
{
    if (!wants_numeric(checker, node->list[0]))
        return;
    node->type = node->list[0]->type;
    node->type.unit = unit_one();
    node->type.is_unit_declared = true;
    node->type.is_bare = false;
}

/* ---- moments ---- */

static void check_age(struct checker *checker, struct node *node)
{
    if (!check_wants(checker, node->list[0], TYPE_MOMENT, "a date or time") ||
        !check_wants(checker, node->list[1], TYPE_MOMENT, "a date or time"))
        return;
    node->type = type_number(0);
    bool is_unit = unit_parse(node->which == FUNCTION_YEARS ? TEXT("a") : TEXT("mo"),
                              &node->type.unit, NULL);
    ASSERT(is_unit);
    node->type.is_unit_declared = true;
}

static void check_moment(struct checker *checker, struct node *node)
{
    if (!check_wants(checker, node->list[0], TYPE_MOMENT, "a date or time"))
        return;
    bool is_moment = node->which == FUNCTION_DATE || node->which == FUNCTION_BEGINNING;
    node->type = type_of_kind(is_moment                          ? TYPE_MOMENT
                              : node->which == FUNCTION_COMPLETE ? TYPE_TRUTH
                                                                 : TYPE_TEXT);
}

/* ---- texts and codes ---- */

static bool wants_text(struct checker *checker, struct node *child)
{
    return child->type.kind == TYPE_CODE ||
           check_wants(checker, child, TYPE_TEXT, "a text");
}

static struct type type_of_text_function(int function)
{
    switch (function) {
    case FUNCTION_LENGTH: return type_number(0);
    case FUNCTION_NUMBER: return type_number(-1);
    case FUNCTION_CONTAINS:
    case FUNCTION_STARTS:
    case FUNCTION_MATCHES:
    case FUNCTION_GS1_VALID: return type_of_kind(TYPE_TRUTH);
    case FUNCTION_GS1_DATE: return type_of_kind(TYPE_MOMENT);
    default: return type_of_kind(TYPE_TEXT);
    }
}

static void check_text(struct checker *checker, struct node *node)
{
    for (size_t i = 0; i < node->list_count; i++) {
        bool is_place = node->which == FUNCTION_SUBSTRING && i > 0;
        if (is_place ? !check_wants(checker, node->list[i], TYPE_NUMBER, "a number")
                     : !wants_text(checker, node->list[i]))
            return;
    }
    node->type = type_of_text_function(node->which);
}

static void check_any(struct checker *checker, struct node *node)
{
    enum type_kind kind = node->list[0]->type.kind;
    if (kind == TYPE_BROKEN)
        return;
    if (kind == TYPE_APPROXIMATE)
        check_fail(checker, node->list[0], TEXT("an approximate number has no text"),
                   TEXT("write round(X, decimals)"));
    else
        node->type = type_of_kind(TYPE_TEXT);
}

static void check_of_codes(struct checker *checker, struct node *node)
{
    if (!check_wants(checker, node->list[0], TYPE_CODES, "a set of codes"))
        return;
    int32_t codelist = node->list[0]->type.codelist;
    for (size_t i = 1; i < node->list_count; i++)
        if (!check_codes(checker, node->list[i], codelist))
            return;
    node->type =
        node->which == FUNCTION_SIZE ? type_number(0) : type_of_kind(TYPE_TRUTH);
}

static void check_of_code(struct checker *checker, struct node *node)
{
    if (!check_wants(checker, node->list[0], TYPE_CODE, "a code"))
        return;
    node->subject = node->list[0]->type.codelist;
    node->type = type_number(0);
}

/* ---- what is known besides values ---- */

static bool is_item_place(const struct node *node)
{
    bool is_item =
        node->kind == NODE_NAME && node->question == ASK_VALUE && node->subject >= 0;
    return is_item || (node->kind == NODE_LOOP && node->value >= LOOP_FIRST &&
                       node->subject >= 0 && node->b == NULL);
}

static void check_of_item(struct checker *checker, struct node *node)
{
    struct node *item = node->list[0];
    if (item->type.kind == TYPE_BROKEN)
        return;
    if (!is_item_place(item)) {
        check_fail(checker, item, TEXT("an item is wanted here"),
                   TEXT("as in source(MAP), or source(last(VS.MAP))"));
        return;
    }
    struct type type = item->type;
    item->question = ASK_ITEM;
    item->which = node->which - FUNCTION_SOURCE + ITEM_SOURCE;
    switch (node->which) {
    case FUNCTION_ENTERED: node->type = type_of_kind(TYPE_MOMENT); break;
    case FUNCTION_CHANGES: node->type = type_number(0); break;
    case FUNCTION_FIRST_VALUE: node->type = type; break;
    case FUNCTION_RECEIVED_LOW:
    case FUNCTION_RECEIVED_HIGH: node->type = type_number(-1); break;
    default: node->type = type_of_kind(TYPE_TEXT); break;
    }
}

/* The form instance: of the frame, the only one, or that at an event. */
static bool find_form(struct checker *checker, struct node *node, struct node *name)
{
    if (name->kind != NODE_NAME || !text_is_absent(name->second))
        return check_fail(checker, name, TEXT("a form is wanted here"), TEXT(""));
    node->frame = name->is_this ? 0 : checker->frame_count - 1;
    int32_t own = checker->frames[node->frame].form;
    bool is_own = text_equal(name->first, TEXT("form")) && own >= 0;
    node->form = is_own ? own : dictionary_form_of(checker->dictionary, name->first);
    if (node->form < 0) {
        check_unknown_name(checker, name);
        return false;
    }
    if (name->has_at) {
        node->item_reach = name->is_at_this_event ? ITEM_BESIDE : ITEM_AT;
        bool is_found = check_find_event(checker, name, node->form);
        node->event = name->event;
        return is_found;
    }
    node->item_reach = node->form == own ? ITEM_OF_FORM : ITEM_ONCE;
    return node->form == own || checker->dictionary->forms[node->form].is_once ||
           check_fail(checker, name, TEXT("this form can stand several times"),
                      TEXT("write it at an event, or any(FORM where …(form) …)"));
}

static void check_of_form(struct checker *checker, struct node *node)
{
    static const int questions[] = {FORM_STATE, FORM_SIGNED, FORM_OPEN_QUERIES,
                                    FORM_OPEN_SECOND_CHECKS};
    size_t place = (size_t)(node->which - FUNCTION_STATE);
    ASSERT(place < ARRAY_COUNT(questions));
    int question = questions[place];
    if (node->list_count > 1) {
        const struct node *kind = node->list[1];
        if (kind->kind != NODE_TEXT || !text_equal(kind->text, TEXT("hard"))) {
            check_fail(checker, node->list[1], TEXT("only 'hard' may stand here"),
                       TEXT(""));
            return;
        }
        question = FORM_OPEN_HARD_QUERIES;
    }
    if (!find_form(checker, node, node->list[0])) {
        node->type = type_of_kind(TYPE_BROKEN);
        return;
    }
    node->type = question == FORM_STATE    ? type_of_kind(TYPE_TEXT)
                 : question == FORM_SIGNED ? type_of_kind(TYPE_TRUTH)
                                           : type_number(0);
    node->value = question;
}

static void check_of_event(struct checker *checker, struct node *node)
{
    struct node *name = node->list[0];
    node->frame = checker->frame_count - 1;
    node->form = checker->frames[node->frame].form;
    if (name->kind == NODE_NAME && text_is_absent(name->second) &&
        !text_equal(name->first, TEXT("event"))) {
        node->event = dictionary_event_of(checker->dictionary, name->first);
        if (node->event < 0) {
            struct text near =
                dictionary_nearest_event(checker->dictionary, name->first);
            check_fail(checker, name, TEXT("there is no event of this name"),
                       finding_did_you_mean(checker->arena, near));
            return;
        }
    } else if (name->kind != NODE_NAME || node->form < 0) {
        check_fail(checker, name, TEXT("an event is wanted here"),
                   TEXT("write target(event), or target(H24)"));
        return;
    }
    node->type = type_of_kind(TYPE_MOMENT);
}

/* ---- all together ---- */

static void check_same(struct checker *checker, struct node *node)
{
    if (wants_numeric(checker, node->list[0]))
        node->type = node->list[0]->type;
}

static void check_group(struct checker *checker, struct node *node,
                        enum function_group group)
{
    switch (group) {
    case GROUP_ROUNDING: check_rounding(checker, node); break;
    case GROUP_SAME: check_same(checker, node); break;
    case GROUP_EXTREME: check_extreme(checker, node); break;
    case GROUP_REAL: check_real(checker, node); break;
    case GROUP_ROOT: check_root(checker, node); break;
    case GROUP_PLAIN: check_plain(checker, node); break;
    case GROUP_AGE: check_age(checker, node); break;
    case GROUP_MOMENT: check_moment(checker, node); break;
    case GROUP_TEXT: check_text(checker, node); break;
    case GROUP_ANY: check_any(checker, node); break;
    case GROUP_CODES: check_of_codes(checker, node); break;
    case GROUP_CODE: check_of_code(checker, node); break;
    case GROUP_ITEM: check_of_item(checker, node); break;
    case GROUP_FORM: check_of_form(checker, node); break;
    case GROUP_EVENT: check_of_event(checker, node); break;
    }
}

void check_call(struct checker *checker, struct node *node)
{
    size_t i = 0;
    while (i < ARRAY_COUNT(functions) &&
           !text_equal(node->text, text_of(functions[i].name)))
        i++;
    if (i == ARRAY_COUNT(functions)) {
        fail_unknown(checker, node);
        return;
    }
    const struct function_row *row = &functions[i];
    if (node->list_count < row->least || node->list_count > row->most) {
        check_fail(checker, node,
                   text_format(checker->arena, "%s takes %zu argument%s", row->name,
                               row->least, row->least == 1 ? "" : "s"),
                   TEXT(""));
        return;
    }
    node->which = (int)i;
    /* Names of forms and events are no values. */
    if (row->group != GROUP_FORM && row->group != GROUP_EVENT)
        for (size_t k = 0; k < node->list_count; k++)
            check_node(checker, node->list[k]);
    check_group(checker, node, row->group);
}

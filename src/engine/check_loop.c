#include "engine/check_parts.h"

/* ---- the source ---- */

static void run_over(struct checker *checker, struct node *node, int32_t group)
{
    const struct dictionary_group *entry = &checker->dictionary->groups[group];
    node->form = entry->form;
    node->group = entry->is_repeating ? group : -1;
}

/* A form, a group, or an item: in this order. */
static bool find_source(struct checker *checker, struct node *node)
{
    const struct dictionary *dictionary = checker->dictionary;
    struct node *source = node->a;
    bool is_pair = !text_is_absent(source->second);
    struct text last = is_pair ? source->second : source->first;
    if (!is_pair) {
        node->form = dictionary_form_of(dictionary, last);
        /* A register is its rows. */
        for (int32_t i = 0; node->form >= 0 && i < dictionary->group_count; i++)
            if (dictionary->forms[node->form].is_register &&
                dictionary->groups[i].form == node->form)
                node->group = i;
        if (node->form >= 0)
            return true;
    }
    int32_t group = dictionary_group_of(dictionary, last);
    if (group >= 0) {
        run_over(checker, node, group);
        return true;
    }
    node->subject = check_find_item(checker, source);
    if (node->subject < 0) {
        node->type = type_of_kind(TYPE_BROKEN);
        return false;
    }
    run_over(checker, node, dictionary->items[node->subject].group);
    return true;
}

/* The frame whose form instance has the rows: the innermost of the same form. */
static int32_t frame_of_form(const struct checker *checker, const struct node *node)
{
    int32_t first = node->a->is_this ? 0 : checker->frame_count - 1;
    for (int32_t i = first; i >= 0; i--)
        if (checker->frames[i].form == node->form)
            return i;
    return -1;
}

static bool find_reach(struct checker *checker, struct node *node)
{
    int32_t frame = frame_of_form(checker, node);
    node->scan = SCAN_ALL;
    if (node->a->has_at) {
        node->scan = node->a->is_at_this_event ? SCAN_BESIDE : SCAN_AT;
        if (!check_find_event(checker, node->a, node->form)) {
            node->type = type_of_kind(TYPE_BROKEN);
            return false;
        }
        node->event = node->a->event;
        node->frame = checker->frame_count - 1;
        return true;
    }
    if (node->reach == REACH_HERE && frame < 0)
        return check_fail(checker, node,
                          TEXT("\"here\" needs rows of the form under evaluation"),
                          TEXT(""));
    bool is_here = node->reach == REACH_HERE || node->a->is_this ||
                   (node->reach == REACH_DEFAULT && node->group >= 0);
    if (is_here && frame >= 0)
        node->scan = frame;
    return true;
}

/* ---- the parts ---- */

static bool is_selection(const struct node *node)
{
    return node->value >= LOOP_FIRST;
}

static bool check_parts_given(struct checker *checker, struct node *node)
{
    bool is_truth = node->value == LOOP_ANY || node->value == LOOP_ALL;
    bool is_over = node->b != NULL && !is_truth;
    if (node->value == LOOP_ALL && node->b == NULL)
        return check_fail(checker, node, TEXT("\"all\" needs what its rows have"),
                          TEXT("write all(GROUP have X = 'Y')"));
    if (node->value == LOOP_COUNT && node->b != NULL)
        return check_fail(checker, node,
                          TEXT("\"count\" takes a condition behind where"),
                          TEXT("write count(GROUP where X = 'Y')"));
    if (node->by != NULL && (!is_selection(node) || node->value == LOOP_NTH))
        return check_fail(checker, node,
                          TEXT("\"by\" belongs to first, last, previous and next"),
                          TEXT(""));
    if (node->subject < 0 && !is_over && !is_truth && node->value != LOOP_COUNT)
        return check_fail(checker, node, TEXT("an item is wanted here"),
                          TEXT("write FORM.ITEM, or: EXPRESSION over GROUP"));
    return true;
}

/* previous and next begin at the row of a frame of the same form. */
static bool find_start(struct checker *checker, struct node *node)
{
    if (node->value != LOOP_PREVIOUS && node->value != LOOP_NEXT)
        return true;
    for (int32_t i = checker->frame_count - 1; i >= 0; i--) {
        const struct check_frame *frame = &checker->frames[i];
        if (frame->form != node->form ||
            (node->group >= 0 && frame->group != node->group))
            continue;
        node->frame = i;
        return true;
    }
    return check_fail(
        checker, node,
        TEXT("\"previous\" and \"next\" look from a row of the same group"),
        TEXT("from elsewhere write last(… where …)"));
}

static void check_inside(struct checker *checker, struct node *node)
{
    checker->frames[checker->frame_count++] =
        (struct check_frame){.form = node->form, .group = node->group};
    if (node->where != NULL) {
        check_node(checker, node->where);
        check_wants(checker, node->where, TYPE_TRUTH, "a truth");
    }
    if (node->by != NULL)
        check_node(checker, node->by);
    if (node->b != NULL)
        check_node(checker, node->b);
    if (node->subject >= 0) {
        /* The source's own name, looked up in its row. */
        struct node *source = node->a;
        struct node plain = *source;
        plain.has_at = false;
        if (check_resolve_item(checker, &plain, node->subject,
                               checker->frame_count - 1))
            *source = plain;
        source->is_checked = true;
    }
    checker->frame_count--;
}

/* ---- the result ---- */

static bool check_order_value(struct checker *checker, struct node *child)
{
    return child->type.kind == TYPE_NUMBER || child->type.kind == TYPE_MOMENT ||
           check_wants(checker, child, TYPE_NUMBER, "a number, a date or a time");
}

static bool check_amount(struct checker *checker, struct node *node, struct node *value)
{
    bool is_moment = value->type.kind == TYPE_MOMENT &&
                     (node->value == LOOP_MINIMUM || node->value == LOOP_MAXIMUM);
    if (!is_moment && value->type.kind != TYPE_APPROXIMATE &&
        !check_wants(checker, value, TYPE_NUMBER, "a number"))
        return false;
    node->type = value->type;
    node->type.is_bare = false;
    if (node->value == LOOP_AVERAGE) {
        node->type.kind = TYPE_APPROXIMATE;
        node->type.decimals = -1;
    }
    return true;
}

static void check_result(struct checker *checker, struct node *node)
{
    struct node *value = node->b != NULL ? node->b : node->a;
    switch (node->value) {
    case LOOP_COUNT: node->type = type_number(0); return;
    case LOOP_ANY:
    case LOOP_ALL:
        if (node->b == NULL || check_wants(checker, node->b, TYPE_TRUTH, "a truth"))
            node->type = type_of_kind(TYPE_TRUTH);
        return;
    case LOOP_SUM:
    case LOOP_AVERAGE:
    case LOOP_MINIMUM:
    case LOOP_MAXIMUM: check_amount(checker, node, value); return;
    default: break;
    }
    if (node->by != NULL && !check_order_value(checker, node->by))
        return;
    if (value->type.kind != TYPE_BROKEN)
        node->type = value->type;
}

void check_loop(struct checker *checker, struct node *node)
{
    if (checker->frame_count > LIMIT_RULE_LOOPS) {
        check_fail(checker, node,
                   TEXT("more than 4 aggregates stand inside each other"),
                   TEXT("divide the expression into derived items"));
        return;
    }
    if (node->c != NULL) {
        check_node(checker, node->c);
        if (!check_wants(checker, node->c, TYPE_NUMBER, "a number"))
            return;
    }
    if (!find_source(checker, node) || !find_reach(checker, node) ||
        !check_parts_given(checker, node) || !find_start(checker, node))
        return;
    check_inside(checker, node);
    check_result(checker, node);
}

#include "engine/emit_parts.h"

/* ---- items ---- */

static enum dependency_reach reach_of(const struct emitter *emitter,
                                      const struct node *node)
{
    enum dependency_reach frame = emitter->reaches[node->frame];
    if (node->item_reach == ITEM_OF_ROW)
        return frame;
    if (node->item_reach == ITEM_OF_FORM)
        return frame == DEPENDS_ANYWHERE ? DEPENDS_ANYWHERE : DEPENDS_SAME_FORM;
    return DEPENDS_ANYWHERE;
}

static void emit_item(struct emitter *emitter, struct node *node)
{
    static const enum op ops[] = {[ITEM_OF_ROW] = OP_ITEM_ROW,
                                  [ITEM_OF_FORM] = OP_ITEM_FORM,
                                  [ITEM_ONCE] = OP_ITEM_ONCE,
                                  [ITEM_AT] = OP_ITEM_AT,
                                  [ITEM_BESIDE] = OP_ITEM_BESIDE};
    int which = node->question == ASK_ITEM ? 1 + node->which : 0;
    int32_t form = emitter->dictionary->items[node->subject].form;
    int32_t op = emit_op(emitter, ops[node->item_reach], which, node->subject, form);
    emitter->code[op].c = node->event;
    emitter->code[op].frame = (uint8_t)node->frame;
    dependency_add(emitter, DEPENDS_ITEM, reach_of(emitter, node), node->subject);
}

/* ---- places ---- */

/* The names of the events, as constants; where a code is wanted only those that are. */
static int32_t event_names(struct emitter *emitter, const struct node *node)
{
    const struct dictionary *dictionary = emitter->dictionary;
    bool is_code = node->type.kind == TYPE_CODE;
    if (!is_code && emitter->event_names >= 0)
        return emitter->event_names;
    int32_t first = emitter->constant_count;
    for (int32_t i = 0; i < dictionary->event_count; i++) {
        struct text name = dictionary->events[i].name;
        bool has_it =
            !is_code || dictionary_code(dictionary, node->type.codelist, name) >= 0;
        constant_add(emitter, has_it ? datum_text(name) : datum_of_kind(DATUM_EMPTY));
    }
    if (!is_code)
        emitter->event_names = first;
    return first;
}

static void emit_event(struct emitter *emitter, struct node *node)
{
    int names = node->type.kind == TYPE_CODE ? EVENT_NAMES_CODES : EVENT_NAMES_ALL;
    int32_t op = emit_op(emitter, OP_EVENT, names, event_names(emitter, node), 0);
    emitter->code[op].frame = (uint8_t)node->frame;
}

static void emit_place(struct emitter *emitter, struct node *node)
{
    int32_t op = emit_op(emitter, OP_PLACE, (int)node->question, 0, 0);
    emitter->code[op].frame = (uint8_t)node->frame;
}

void emit_name(struct emitter *emitter, struct node *node)
{
    if (node->kind == NODE_LOCAL) {
        emit_op(emitter, OP_LOCAL, 0, node->value, 0);
    } else if (node->question == ASK_PROPERTY) {
        emit_op(emitter, OP_PROPERTY, 0, node->subject, 0);
        dependency_add(emitter, DEPENDS_PROPERTY, DEPENDS_ANYWHERE, node->subject);
    } else if (node->question == ASK_EVENT) {
        emit_event(emitter, node);
    } else if (node->question == ASK_VALUE || node->question == ASK_ITEM) {
        emit_item(emitter, node);
    } else {
        emit_place(emitter, node);
    }
}

void emit_form_question(struct emitter *emitter, struct node *node)
{
    int32_t at = node->item_reach == ITEM_OF_FORM  ? FORM_OWN
                 : node->item_reach == ITEM_BESIDE ? FORM_BESIDE
                 : node->item_reach == ITEM_AT     ? node->event
                                                   : FORM_ONCE;
    int32_t op = emit_op(emitter, OP_FORM, node->value, node->form, at);
    emitter->code[op].frame = (uint8_t)node->frame;
    dependency_add(emitter, DEPENDS_STATE,
                   at == FORM_OWN && node->frame == 0 ? DEPENDS_SAME_FORM
                                                      : DEPENDS_ANYWHERE,
                   node->form);
}

void emit_schedule(struct emitter *emitter, struct node *node)
{
    int32_t op = emit_op(emitter, OP_SCHEDULE, node->value, node->event, 0);
    emitter->code[op].frame = (uint8_t)node->frame;
}

/* ---- loops ---- */

static int32_t plan_add(struct emitter *emitter, const struct loop_plan *plan)
{
    /* At most one loop a node: few, so the array is copied for each. */
    struct loop_plan *loops =
        ARENA_ARRAY(emitter->arena, struct loop_plan, (size_t)emitter->loop_count + 1);
    for (int32_t i = 0; i < emitter->loop_count; i++)
        loops[i] = emitter->loops[i];
    loops[emitter->loop_count] = *plan;
    emitter->loops = loops;
    return emitter->loop_count++;
}

static struct loop_plan plan_of(const struct node *node)
{
    bool is_truth = node->value == LOOP_ANY || node->value == LOOP_ALL;
    return (struct loop_plan){.kind = node->value,
                              .form = node->form,
                              .group = node->group,
                              .scan = node->scan,
                              .event = node->event,
                              .frame = node->frame,
                              .item = is_truth && node->b != NULL ? -1 : node->subject,
                              .which = node->question == ASK_ITEM ? 1 + node->which : 0,
                              .has_value = node->b != NULL || node->subject >= 0,
                              .has_by = node->by != NULL};
}

/* Rows of the form instance under evaluation change with that form only. */
static enum dependency_reach reach_of_rows(const struct emitter *emitter,
                                           const struct loop_plan *plan)
{
    bool is_here = plan->scan >= 0 && emitter->reaches[plan->scan] != DEPENDS_ANYWHERE;
    return is_here ? DEPENDS_SAME_FORM : DEPENDS_ANYWHERE;
}

static void emit_row(struct emitter *emitter, struct node *node,
                     const struct loop_plan *plan, int32_t where)
{
    if (node->b != NULL)
        emit_node(emitter, node->b);
    else if (plan->has_value)
        emit_node(emitter, node->a);
    if (plan->has_by)
        emit_node(emitter, node->by);
    emit_op(emitter, OP_TAKE, 0, 0, 0);
    emit_move_depth(emitter, -(int32_t)plan->has_value - (int32_t)plan->has_by);
    if (where >= 0)
        emitter->code[where].a = emit_here(emitter);
}

void emit_loop(struct emitter *emitter, struct node *node)
{
    struct loop_plan plan = plan_of(node);
    if (node->c != NULL) {
        emit_node(emitter, node->c);
        emit_move_depth(emitter, -1);
    }
    int32_t loop = emit_op(emitter, OP_LOOP, 0, plan_add(emitter, &plan), 0);
    enum dependency_reach reach = reach_of_rows(emitter, &plan);
    emitter->reaches[++emitter->frame_count] = reach;
    dependency_add(emitter, DEPENDS_ROWS, reach, plan.form);
    int32_t body = emit_here(emitter), where = -1;
    if (node->where != NULL) {
        emit_node(emitter, node->where);
        where = emit_op(emitter, OP_WHERE, 0, 0, 0);
    }
    emit_row(emitter, node, &plan, where);
    emit_op(emitter, OP_NEXT, 0, body, 0);
    emit_move_depth(emitter, 1);
    emitter->code[loop].b = emit_here(emitter);
    for (int32_t i = body; i < emit_here(emitter); i++)
        if (emitter->code[i].op == OP_TAKE && emitter->code[i].b == 0)
            emitter->code[i].b = emit_here(emitter);
    emitter->frame_count--;
}

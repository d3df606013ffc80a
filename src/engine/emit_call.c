#include "engine/emit_parts.h"
#include "engine/function.h"

static void emit_arguments(struct emitter *emitter, struct node *node, bool is_real)
{
    for (size_t i = 0; i < node->list_count; i++)
        emit_in_unit(emitter, node->list[i], &node->list[i]->type.unit, is_real);
}

static void call(struct emitter *emitter, const struct node *node, size_t arguments,
                 int32_t detail)
{
    emit_op(emitter, OP_CALL, node->which, (int32_t)arguments, detail);
}

static void emit_extreme(struct emitter *emitter, struct node *node)
{
    bool is_real = node->type.kind == TYPE_APPROXIMATE;
    for (size_t i = 0; i < node->list_count; i++)
        emit_in_unit(emitter, node->list[i], &node->common, is_real);
    call(emitter, node, node->list_count, 0);
}

/* The number of codes, then the codes, as constants. */
static void emit_order(struct emitter *emitter, struct node *node)
{
    const struct dictionary_codelist *list =
        &emitter->dictionary->codelists[node->subject];
    int32_t first = constant_add(emitter, datum_whole(list->code_count));
    for (int32_t i = 0; i < list->code_count; i++)
        constant_add(emitter, datum_text(list->codes[i]));
    emit_node(emitter, node->list[0]);
    call(emitter, node, 1, first);
}

void emit_call(struct emitter *emitter, struct node *node)
{
    switch (node->which) {
    case FUNCTION_ROUND:
    case FUNCTION_FLOOR:
    case FUNCTION_CEILING:
        emit_node(emitter, node->list[0]);
        call(emitter, node, 1, node->value);
        break;
    case FUNCTION_MIN:
    case FUNCTION_MAX: emit_extreme(emitter, node); break;
    case FUNCTION_EXP:
    case FUNCTION_LN:
    case FUNCTION_LOG10:
    case FUNCTION_SQRT:
    case FUNCTION_POWER:
        emit_arguments(emitter, node, true);
        call(emitter, node, node->list_count, 0);
        break;
    case FUNCTION_PLAIN: emit_node(emitter, node->list[0]); break;
    case FUNCTION_ORDER: emit_order(emitter, node); break;
    case FUNCTION_STATE:
    case FUNCTION_SIGNED:
    case FUNCTION_OPEN_QUERIES:
    case FUNCTION_OPEN_SECOND_CHECKS: emit_form_question(emitter, node); break;
    case FUNCTION_TARGET:
    case FUNCTION_WINDOW_LOW:
    case FUNCTION_WINDOW_HIGH:
        node->value = node->which - FUNCTION_TARGET + SCHEDULE_TARGET;
        emit_schedule(emitter, node);
        break;
    default:
        if (node->which >= FUNCTION_SOURCE && node->which <= FUNCTION_REASON) {
            emit_node(emitter, node->list[0]);
            break;
        }
        emit_arguments(emitter, node, false);
        call(emitter, node, node->list_count, 0);
        break;
    }
}

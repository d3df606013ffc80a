#include "engine/emit_parts.h"

#include <string.h>

/* ---- arrays ---- */

static void *grown(struct arena *arena, const void *old, int32_t count,
                   int32_t *capacity, size_t size)
{
    int32_t room = *capacity == 0 ? 16 : *capacity * 2;
    void *array = arena_alloc(arena, arena_product(size, (size_t)room));
    if (count > 0)
        memcpy(array, old, size * (size_t)count);
    *capacity = room;
    return array;
}

static const int8_t taken[] = {
#define X(name, taken, left) taken,
    OP_TABLE(X)
#undef X
};

static const int8_t left[] = {
#define X(name, taken, left) left,
    OP_TABLE(X)
#undef X
};

void emit_move_depth(struct emitter *emitter, int32_t by)
{
    emitter->depth += by;
    ASSERT(emitter->depth >= 0);
    if (emitter->depth > emitter->deepest)
        emitter->deepest = emitter->depth;
}

int32_t emit_op(struct emitter *emitter, enum op op, int which, int32_t a, int32_t b)
{
    if (emitter->code_count == emitter->code_capacity) {
        int32_t capacity = emitter->code_capacity;
        emitter->spans = grown(emitter->arena, emitter->spans, emitter->code_count,
                               &capacity, sizeof *emitter->spans);
        emitter->code = grown(emitter->arena, emitter->code, emitter->code_count,
                              &emitter->code_capacity, sizeof *emitter->code);
    }
    emitter->code[emitter->code_count] = (struct instruction){
        .op = (uint8_t)op, .which = (uint16_t)which, .a = a, .b = b};
    emit_move_depth(emitter, left[op] - taken[op] - (op == OP_CALL ? a : 0));
    return emitter->code_count++;
}

int32_t emit_here(const struct emitter *emitter)
{
    return emitter->code_count;
}

static bool datum_identical(const struct datum *a, const struct datum *b)
{
    if (a->kind != b->kind || a->detail != b->detail || a->offset != b->offset ||
        a->scale != b->scale)
        return false;
    if (a->kind == DATUM_TEXT)
        return text_equal(datum_as_text(*a), datum_as_text(*b));
    return a->as.coefficient == b->as.coefficient;
}

int32_t constant_add(struct emitter *emitter, struct datum datum)
{
    if (emitter->constant_count == emitter->constant_capacity)
        emitter->constants =
            grown(emitter->arena, emitter->constants, emitter->constant_count,
                  &emitter->constant_capacity, sizeof *emitter->constants);
    emitter->constants[emitter->constant_count] = datum;
    return emitter->constant_count++;
}

static void emit_constant(struct emitter *emitter, struct datum datum)
{
    int32_t i = 0;
    while (i < emitter->constant_count &&
           !datum_identical(&emitter->constants[i], &datum))
        i++;
    if (i == emitter->constant_count)
        i = constant_add(emitter, datum);
    emit_op(emitter, OP_CONSTANT, 0, i, 0);
}

void dependency_add(struct emitter *emitter, enum dependency_kind kind,
                    enum dependency_reach reach, int32_t subject)
{
    for (int32_t i = 0; i < emitter->dependency_count; i++) {
        struct dependency *known = &emitter->dependencies[i];
        if (known->kind != (int32_t)kind || known->subject != subject)
            continue;
        if (known->reach < (int32_t)reach)
            known->reach = (int32_t)reach;
        return;
    }
    if (emitter->dependency_count == emitter->dependency_capacity)
        emitter->dependencies =
            grown(emitter->arena, emitter->dependencies, emitter->dependency_count,
                  &emitter->dependency_capacity, sizeof *emitter->dependencies);
    emitter->dependencies[emitter->dependency_count++] = (struct dependency){
        .kind = (int32_t)kind, .reach = (int32_t)reach, .subject = subject};
}

/* ---- numbers ---- */

static bool constant_number(const struct node *node, const struct unit_of_measure *unit,
                            struct decimal *out)
{
    bool is_negative = node->kind == NODE_NEGATE;
    const struct node *literal = is_negative ? node->a : node;
    struct unit_factor factor;
    struct decimal exact;
    if (literal->kind != NODE_NUMBER ||
        !unit_factor_between(&node->type.unit, unit, &factor) ||
        !unit_factor_decimal(&factor, &exact))
        return false;
    *out = literal->number;
    if (is_negative)
        out->coefficient = -out->coefficient;
    if (exact.coefficient == 1 && exact.scale == 0)
        return true;
    return decimal_multiply(*out, exact, out) == DECIMAL_OK;
}

static void emit_real_factor(struct emitter *emitter, const struct unit_factor *factor)
{
    double up = (double)factor->numerator, down = (double)factor->denominator;
    for (int32_t e = factor->exponent; e > 0; e--)
        up *= 10;
    for (int32_t e = factor->exponent; e < 0; e++)
        down *= 10;
    if (up != 1) {
        emit_constant(emitter, datum_real(up));
        emit_op(emitter, OP_REAL_MULTIPLY, 0, 0, 0);
    }
    if (down != 1) {
        emit_constant(emitter, datum_real(down));
        emit_op(emitter, OP_REAL_DIVIDE, 0, 0, 0);
    }
}

void emit_in_unit(struct emitter *emitter, struct node *node,
                  const struct unit_of_measure *unit, bool is_real)
{
    struct unit_factor factor = {.numerator = 1, .denominator = 1};
    struct decimal exact;
    bool is_exact = node->type.kind == TYPE_NUMBER;
    if (is_exact && !is_real && constant_number(node, unit, &exact)) {
        emit_constant(emitter, datum_number(exact));
        return;
    }
    emit_node(emitter, node);
    if (!type_is_numeric(&node->type))
        return;
    bool fits = unit_factor_between(&node->type.unit, unit, &factor);
    bool is_one =
        factor.numerator == 1 && factor.denominator == 1 && factor.exponent == 0;
    ASSERT(fits);
    if (is_exact && !is_one && unit_factor_decimal(&factor, &exact)) {
        emit_constant(emitter, datum_number(exact));
        emit_op(emitter, OP_MULTIPLY, 0, 0, 0);
        is_one = true;
    }
    if (is_exact && is_real)
        emit_op(emitter, OP_REAL, 0, 0, 0);
    if (!is_one)
        emit_real_factor(emitter, &factor);
}

static void emit_convert(struct emitter *emitter, struct node *node)
{
    emit_in_unit(emitter, node->a, &node->unit, node->type.kind == TYPE_APPROXIMATE);
}

static void emit_arithmetic(struct emitter *emitter, struct node *node)
{
    static const enum op exact[] = {OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_END};
    static const enum op real[] = {OP_REAL_ADD, OP_REAL_SUBTRACT, OP_REAL_MULTIPLY,
                                   OP_REAL_DIVIDE};
    bool is_real = node->type.kind == TYPE_APPROXIMATE;
    bool is_product = node->kind == NODE_MULTIPLY || node->kind == NODE_DIVIDE;
    int place = (int)node->kind - NODE_ADD;
    emit_in_unit(emitter, node->a, is_product ? &node->a->type.unit : &node->common,
                 is_real);
    emit_in_unit(emitter, node->b, is_product ? &node->b->type.unit : &node->common,
                 is_real);
    emit_op(emitter, is_real ? real[place] : exact[place], 0, 0, 0);
}

/* moment - moment, moment ± time, text + text. */
static void emit_other_sum(struct emitter *emitter, struct node *node)
{
    struct node *a = node->a, *b = node->b;
    if (node->type.kind == TYPE_TEXT) {
        emit_node(emitter, a);
        emit_node(emitter, b);
        emit_op(emitter, OP_JOIN, 0, 0, 0);
    } else if (node->type.kind == TYPE_MOMENT) {
        bool is_first = a->type.kind == TYPE_MOMENT;
        emit_node(emitter, is_first ? a : b);
        emit_in_unit(emitter, is_first ? b : a, &node->common, false);
        emit_op(emitter, node->kind == NODE_ADD ? OP_MOMENT_LATER : OP_MOMENT_EARLIER,
                0, 0, 0);
    } else {
        emit_node(emitter, a);
        emit_node(emitter, b);
        emit_op(emitter, OP_MOMENT_MINUS, 0, 0, 0);
    }
}

static void emit_sum(struct emitter *emitter, struct node *node)
{
    if (type_is_numeric(&node->a->type) && type_is_numeric(&node->b->type))
        emit_arithmetic(emitter, node);
    else
        emit_other_sum(emitter, node);
}

static void emit_negate(struct emitter *emitter, struct node *node)
{
    struct decimal exact;
    if (constant_number(node, &node->type.unit, &exact)) {
        emit_constant(emitter, datum_number(exact));
        return;
    }
    emit_node(emitter, node->a);
    emit_op(emitter, OP_NEGATE, 0, 0, 0);
}

static void emit_power(struct emitter *emitter, struct node *node)
{
    int32_t exponent = (int32_t)node->b->number.coefficient;
    emit_node(emitter, node->a);
    emit_op(emitter, OP_POWER, 0, exponent, 0);
}

/* ---- truths ---- */

static void emit_compare(struct emitter *emitter, struct node *node)
{
    enum type_kind kind = node->a->type.kind;
    struct decimal exact;
    bool is_number = kind == TYPE_NUMBER;
    emit_in_unit(emitter, node->a, &node->common, false);
    if (is_number && constant_number(node->b, &node->common, &exact)) {
        int32_t constant = constant_add(emitter, datum_number(exact));
        emit_op(emitter, OP_TEST_NUMBER, node->value, 0, constant);
        return;
    }
    if (node->b->kind == NODE_TEXT) {
        int32_t constant = constant_add(emitter, datum_text(node->b->text));
        emit_op(emitter, OP_TEST_TEXT, node->value, 0, constant);
        return;
    }
    emit_in_unit(emitter, node->b, &node->common, false);
    enum op op = is_number             ? OP_COMPARE_NUMBER
                 : kind == TYPE_MOMENT ? OP_COMPARE_MOMENT
                 : kind == TYPE_TRUTH  ? OP_COMPARE_TRUTH
                                       : OP_COMPARE_TEXT;
    emit_op(emitter, op, node->value, 0, 0);
}

/* The members of a list as constants one after the other; returns the first. */
static int32_t list_constants(struct emitter *emitter, struct node *node)
{
    int32_t first = emitter->constant_count;
    for (size_t i = 0; i < node->list_count; i++) {
        struct node *member = node->list[i];
        struct decimal exact;
        bool is_number = constant_number(member, &member->type.unit, &exact);
        constant_add(emitter,
                     is_number ? datum_number(exact) : datum_text(member->text));
    }
    return first;
}

static void emit_list(struct emitter *emitter, struct node *node)
{
    emit_node(emitter, node->a);
    int32_t first = list_constants(emitter, node);
    emit_op(emitter, node->kind == NODE_IN ? OP_IN : OP_HAS, node->value, first,
            (int32_t)node->list_count);
}

static void emit_logic(struct emitter *emitter, struct node *node)
{
    bool is_and = node->kind == NODE_AND;
    emit_node(emitter, node->a);
    int32_t skip = emit_op(emitter, is_and ? OP_SKIP_NO : OP_SKIP_YES, 0, 0, 0);
    emitter->spans[skip] =
        (struct program_span){.from = (uint32_t)node->from, .to = (uint32_t)node->to};
    emit_node(emitter, node->b);
    emit_op(emitter, is_and ? OP_AND : OP_OR, 0, 0, 0);
    emitter->code[skip].a = emit_here(emitter);
}

static void emit_if(struct emitter *emitter, struct node *node)
{
    bool is_real = node->type.kind == TYPE_APPROXIMATE;
    emit_node(emitter, node->a);
    int32_t branch = emit_op(emitter, OP_BRANCH, 0, 0, 0);
    emit_in_unit(emitter, node->b, &node->common, is_real);
    int32_t jump = emit_op(emitter, OP_JUMP, 0, 0, 0);
    emitter->code[branch].a = emit_here(emitter);
    emit_move_depth(emitter, -1);
    emit_in_unit(emitter, node->c, &node->common, is_real);
    emitter->code[jump].a = emitter->code[branch].b = emit_here(emitter);
}

static void emit_otherwise(struct emitter *emitter, struct node *node)
{
    bool is_real = node->type.kind == TYPE_APPROXIMATE;
    emit_in_unit(emitter, node->a, &node->common, is_real);
    int32_t jump = emit_op(emitter, OP_OTHERWISE, 0, 0, 0);
    emit_in_unit(emitter, node->b, &node->common, is_real);
    emitter->code[jump].a = emit_here(emitter);
}

/* ---- all together ---- */

/* Without an offset it means local time, which is known when the program runs. */
static void emit_moment(struct emitter *emitter, const struct node *node)
{
    emit_constant(emitter, datum_moment(&node->moment, 0));
    if (!node->moment.has_offset)
        emitter->code[emitter->code_count - 1].op = OP_MOMENT;
}

static void emit_literal(struct emitter *emitter, struct node *node)
{
    switch ((int)node->kind) {
    case NODE_NUMBER: emit_constant(emitter, datum_number(node->number)); break;
    case NODE_TEXT: emit_constant(emitter, datum_text(node->text)); break;
    case NODE_TRUTH: emit_constant(emitter, datum_truth(node->value)); break;
    case NODE_NOTHING: emit_constant(emitter, datum_of_kind(DATUM_EMPTY)); break;
    case NODE_MOMENT: emit_moment(emitter, node); break;
    case NODE_NOW: emit_op(emitter, OP_NOW, 0, 0, 0); break;
    default: emit_op(emitter, OP_TODAY, 0, 0, 0); break;
    }
}

static void emit_operation(struct emitter *emitter, struct node *node)
{
    switch ((int)node->kind) {
    case NODE_NAME:
    case NODE_LOCAL: emit_name(emitter, node); break;
    case NODE_IF: emit_if(emitter, node); break;
    case NODE_OR:
    case NODE_AND: emit_logic(emitter, node); break;
    case NODE_NOT:
        emit_node(emitter, node->a);
        emit_op(emitter, OP_NOT, 0, 0, 0);
        break;
    case NODE_COMPARE: emit_compare(emitter, node); break;
    case NODE_IN:
    case NODE_HAS: emit_list(emitter, node); break;
    case NODE_IS:
        emit_node(emitter, node->a);
        emit_op(emitter, OP_IS, node->value, node->which, 0);
        break;
    case NODE_OTHERWISE: emit_otherwise(emitter, node); break;
    case NODE_ADD:
    case NODE_SUBTRACT: emit_sum(emitter, node); break;
    case NODE_MULTIPLY:
    case NODE_DIVIDE: emit_arithmetic(emitter, node); break;
    case NODE_POWER: emit_power(emitter, node); break;
    case NODE_NEGATE: emit_negate(emitter, node); break;
    case NODE_CONVERT: emit_convert(emitter, node); break;
    case NODE_CALL: emit_call(emitter, node); break;
    case NODE_LOOP: emit_loop(emitter, node); break;
    default: emit_literal(emitter, node); break;
    }
}

void emit_node(struct emitter *emitter, struct node *node)
{
    emit_operation(emitter, node);
    emitter->spans[emitter->code_count - 1] =
        (struct program_span){.from = (uint32_t)node->from, .to = (uint32_t)node->to};
}

/* ---- the whole ---- */

static void emit_result(struct emitter *emitter, struct node *node,
                        const struct type *stored)
{
    if (stored != NULL && type_is_numeric(stored) && type_is_numeric(&node->type) &&
        !node->type.is_bare)
        emit_in_unit(emitter, node, &stored->unit, false);
    else
        emit_node(emitter, node);
    bool is_coded = stored != NULL && stored->kind == TYPE_CODE;
    if (is_coded && node->type.kind == TYPE_TRUTH) {
        int32_t yes = constant_add(emitter, datum_text(TEXT("Y")));
        int32_t no = constant_add(emitter, datum_text(TEXT("N")));
        emit_op(emitter, OP_CODE_OF_TRUTH, 0, yes, no);
    }
    emit_op(emitter, OP_END, 0, 0, 0);
}

/* Texts of constants are views of the source; the program keeps its own. */
static void keep_source(struct emitter *emitter, struct text source, struct text kept)
{
    for (int32_t i = 0; i < emitter->constant_count; i++) {
        struct datum *constant = &emitter->constants[i];
        if (constant->kind != DATUM_TEXT || constant->scale == 0)
            continue;
        const char *at = constant->as.at;
        bool is_inside = at >= source.at && at < source.at + source.len;
        if (is_inside)
            constant->as.at = kept.at + (at - source.at);
    }
}

const struct program *emit_program(struct syntax *syntax, struct text source,
                                   const struct dictionary *dictionary,
                                   const struct type *stored, struct arena *study,
                                   struct findings *findings)
{
    struct emitter emitter = {.dictionary = dictionary,
                              .syntax = syntax,
                              .arena = study,
                              .event_names = -1,
                              .reaches = {DEPENDS_SAME_ROW}};
    int32_t plain_locals = 0, plain_end = 0;
    for (size_t i = 0; i < syntax->local_count; i++) {
        emit_node(&emitter, syntax->locals[i].value);
        if (emitter.loop_count == 0) {
            plain_locals = (int32_t)i + 1;
            plain_end = emit_here(&emitter);
        }
    }
    emit_result(&emitter, syntax->result, stored);
    if (emitter.deepest > LIMIT_RULE_STACK) {
        finding_add(findings, 0, source.len,
                    TEXT("the expression needs too many values at once"),
                    TEXT("divide it into derived items"));
        return NULL;
    }
    struct program *program = ARENA_NEW(study, struct program);
    program->source = text_copy(study, source);
    keep_source(&emitter, source, program->source);
    program->code = emitter.code;
    program->spans = emitter.spans;
    program->constants = emitter.constants;
    program->loops = emitter.loops;
    program->dependencies = emitter.dependencies;
    program->code_count = emitter.code_count;
    program->constant_count = emitter.constant_count;
    program->loop_count = emitter.loop_count;
    program->dependency_count = emitter.dependency_count;
    program->stack_size = emitter.deepest;
    program->plain_locals = plain_locals;
    program->plain_end = plain_end;
    program->result = (int32_t)syntax->result->type.kind;
    program->result_codelist =
        syntax->result->type.kind == TYPE_CODE ? syntax->result->type.codelist : -1;
    return program;
}

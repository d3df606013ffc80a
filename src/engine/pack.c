#include "engine/pack.h"

#include "base/limits.h"

static void put(struct buffer *buffer, int32_t value)
{
    bytes_put_signed(buffer, value);
}

/* ---- writing ---- */

static void put_shape(const struct shape *shape, struct buffer *buffer)
{
    put(buffer, shape->form_count);
    put(buffer, shape->group_count);
    put(buffer, shape->item_count);
    put(buffer, shape->property_count);
    for (int32_t i = 0; i < shape->group_count; i++) {
        put(buffer, shape->groups[i].form);
        put(buffer, shape->groups[i].item_count);
        bytes_put_bool(buffer, shape->groups[i].is_repeating);
    }
}

static void put_datum(struct datum datum, struct buffer *buffer)
{
    put(buffer, datum.kind);
    put(buffer, datum.detail);
    put(buffer, datum.offset);
    put(buffer, datum.scale);
    if (datum.kind == DATUM_TEXT)
        bytes_put_text(buffer, datum_as_text(datum));
    else
        bytes_put_fixed64(buffer, (uint64_t)datum.as.coefficient);
}

static void put_code(const struct program *program, struct buffer *buffer)
{
    put(buffer, program->code_count);
    for (int32_t i = 0; i < program->code_count; i++) {
        const struct instruction *instruction = &program->code[i];
        put(buffer, instruction->op);
        put(buffer, instruction->frame);
        put(buffer, instruction->which);
        put(buffer, instruction->a);
        put(buffer, instruction->b);
        put(buffer, instruction->c);
        put(buffer, (int32_t)program->spans[i].from);
        put(buffer, (int32_t)program->spans[i].to);
    }
}

static void put_loop(const struct loop_plan *loop, struct buffer *buffer)
{
    const int32_t numbers[] = {loop->kind,  loop->form,  loop->group, loop->scan,
                               loop->event, loop->frame, loop->item,  loop->which};
    for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
        put(buffer, numbers[i]);
    bytes_put_bool(buffer, loop->has_value);
    bytes_put_bool(buffer, loop->has_by);
}

static void put_program(const struct program *program, struct buffer *buffer)
{
    bytes_put_text(buffer, program->source);
    put(buffer, program->stack_size);
    put(buffer, program->plain_locals);
    put(buffer, program->plain_end);
    put(buffer, program->result);
    put_code(program, buffer);
    put(buffer, program->constant_count);
    for (int32_t i = 0; i < program->constant_count; i++)
        put_datum(program->constants[i], buffer);
    put(buffer, program->loop_count);
    for (int32_t i = 0; i < program->loop_count; i++)
        put_loop(&program->loops[i], buffer);
    put(buffer, program->dependency_count);
    for (int32_t i = 0; i < program->dependency_count; i++) {
        put(buffer, program->dependencies[i].kind);
        put(buffer, program->dependencies[i].reach);
        put(buffer, program->dependencies[i].subject);
    }
}

void pack_write(const struct rule_set *set, struct buffer *buffer)
{
    put(buffer, PACK_VERSION);
    put_shape(set->shape, buffer);
    put(buffer, set->rule_count);
    for (int32_t i = 0; i < set->rule_count; i++) {
        const struct rule *rule = &set->rules[i];
        put(buffer, (int32_t)rule->kind);
        put(buffer, rule->item);
        put(buffer, rule->form);
        put(buffer, rule->group);
        put_program(rule->program, buffer);
    }
}

/* ---- reading ---- */

struct unpacking {
    struct bytes_reader reader;
    struct arena *arena;
    struct shape *shape;
};

static int32_t get(struct unpacking *in)
{
    int64_t value = bytes_get_signed(&in->reader);
    if (value < INT32_MIN || value > INT32_MAX)
        in->reader.is_bad = true;
    return (int32_t)value;
}

/* lowest <= value < limit */
static int32_t get_within(struct unpacking *in, int32_t lowest, int32_t limit)
{
    int32_t value = get(in);
    if (value >= lowest && value < limit)
        return value;
    in->reader.is_bad = true;
    return lowest;
}

/* A number of things that take at least one byte each. */
static int32_t get_count(struct unpacking *in)
{
    size_t rest = in->reader.rest.len;
    return get_within(in, 0, rest < INT32_MAX ? (int32_t)rest + 1 : INT32_MAX);
}

#define GET_ARRAY(in, type, count) ARENA_ARRAY((in)->arena, type, (size_t)(count))

static void get_shape(struct unpacking *in)
{
    struct shape *shape = in->shape;
    shape->form_count = get_count(in);
    shape->group_count = get_count(in);
    shape->item_count = get_count(in);
    shape->property_count = get_count(in);
    struct shape_form *forms = GET_ARRAY(in, struct shape_form, shape->form_count);
    struct shape_group *groups = GET_ARRAY(in, struct shape_group, shape->group_count);
    struct shape_item *items = GET_ARRAY(in, struct shape_item, shape->item_count);
    int32_t item = 0;
    for (int32_t i = 0; i < shape->group_count; i++) {
        struct shape_group *group = &groups[i];
        group->form = get_within(in, 0, shape->form_count);
        group->first_item = item;
        group->item_count = get_within(in, 0, shape->item_count - item + 1);
        group->is_repeating = bytes_get_bool(&in->reader);
        if (in->reader.is_bad)
            return;
        if (forms[group->form].group_count++ == 0)
            forms[group->form].first_group = i;
        for (int32_t k = 0; k < group->item_count; k++)
            items[item++] = (struct shape_item){.form = group->form, .group = i};
    }
    if (item != shape->item_count)
        in->reader.is_bad = true;
    shape->forms = forms;
    shape->groups = groups;
    shape->items = items;
}

static struct datum get_datum(struct unpacking *in)
{
    struct datum datum =
        datum_of_kind((enum datum_kind)get_within(in, 0, DATUM_TRUTH + 1));
    datum.detail = (uint8_t)get_within(in, 0, UINT8_MAX + 1);
    datum.offset = (int16_t)get_within(in, INT16_MIN, INT16_MAX + 1);
    datum.scale = get(in);
    if (datum.kind == DATUM_TEXT)
        return datum_text(bytes_get_text(&in->reader));
    datum.as.coefficient = (int64_t)bytes_get_fixed64(&in->reader);
    return datum;
}

static void get_code(struct unpacking *in, struct program *program)
{
    program->code_count = get_count(in);
    struct instruction *code = GET_ARRAY(in, struct instruction, program->code_count);
    struct program_span *spans =
        GET_ARRAY(in, struct program_span, program->code_count);
    for (int32_t i = 0; i < program->code_count && !in->reader.is_bad; i++) {
        code[i].op = (uint8_t)get_within(in, 0, OP_COUNT);
        code[i].frame = (uint8_t)get_within(in, 0, LIMIT_RULE_LOOPS + 1);
        code[i].which = (uint16_t)get_within(in, 0, UINT16_MAX + 1);
        code[i].a = get(in);
        code[i].b = get(in);
        code[i].c = get(in);
        spans[i].from = (uint32_t)get_within(in, 0, LIMIT_RULE_BYTES + 1);
        spans[i].to = (uint32_t)get_within(in, 0, LIMIT_RULE_BYTES + 1);
    }
    program->code = code;
    program->spans = spans;
}

static struct loop_plan get_loop(struct unpacking *in)
{
    const struct shape *shape = in->shape;
    struct loop_plan loop = {0};
    loop.kind = get_within(in, 0, LOOP_NTH + 1);
    loop.form = get_within(in, 0, shape->form_count);
    loop.group = get_within(in, -1, shape->group_count);
    loop.scan = get_within(in, SCAN_BESIDE, LIMIT_RULE_LOOPS + 1);
    loop.event = get(in);
    loop.frame = get_within(in, 0, LIMIT_RULE_LOOPS + 1);
    loop.item = get_within(in, -1, shape->item_count);
    loop.which = get(in);
    loop.has_value = bytes_get_bool(&in->reader);
    loop.has_by = bytes_get_bool(&in->reader);
    return loop;
}

static void get_dependencies(struct unpacking *in, struct program *program)
{
    const struct shape *shape = in->shape;
    const int32_t limits[] = {[DEPENDS_ITEM] = shape->item_count,
                              [DEPENDS_ROWS] = shape->form_count,
                              [DEPENDS_PROPERTY] = shape->property_count,
                              [DEPENDS_STATE] = shape->form_count};
    program->dependency_count = get_count(in);
    struct dependency *dependencies =
        GET_ARRAY(in, struct dependency, program->dependency_count);
    for (int32_t i = 0; i < program->dependency_count && !in->reader.is_bad; i++) {
        dependencies[i].kind = get_within(in, 0, DEPENDS_STATE + 1);
        dependencies[i].reach = get_within(in, 0, DEPENDS_ANYWHERE + 1);
        dependencies[i].subject = get_within(in, 0, limits[dependencies[i].kind]);
    }
    program->dependencies = dependencies;
}

/* ---- what an instruction names must be there ---- */

static bool is_goal(const struct program *program, int32_t at)
{
    return at >= 0 && at < program->code_count;
}

static bool are_constants(const struct program *program, int32_t first, int32_t count)
{
    return first >= 0 && count >= 0 && first <= program->constant_count - count;
}

static bool is_within(int32_t value, int32_t limit)
{
    return value >= 0 && value < limit;
}

static bool is_sound(const struct program *program, const struct shape *shape,
                     const struct instruction *i)
{
    switch (i->op) {
    case OP_CONSTANT:
    case OP_MOMENT: return are_constants(program, i->a, 1);
    case OP_TEST_NUMBER:
    case OP_TEST_TEXT: return are_constants(program, i->b, 1);
    case OP_CODE_OF_TRUTH:
        return are_constants(program, i->a, 1) && are_constants(program, i->b, 1);
    case OP_IN:
    case OP_HAS: return are_constants(program, i->a, i->b);
    case OP_LOCAL: return is_within(i->a, program->stack_size);
    case OP_ITEM_ROW:
    case OP_ITEM_FORM: return is_within(i->a, shape->item_count);
    case OP_ITEM_ONCE:
    case OP_ITEM_AT:
    case OP_ITEM_BESIDE:
        return is_within(i->a, shape->item_count) && is_within(i->b, shape->form_count);
    case OP_PROPERTY: return is_within(i->a, shape->property_count);
    case OP_FORM: return is_within(i->a, shape->form_count);
    case OP_SKIP_NO:
    case OP_SKIP_YES:
    case OP_JUMP:
    case OP_OTHERWISE:
    case OP_WHERE:
    case OP_NEXT: return is_goal(program, i->a);
    case OP_TAKE: return is_goal(program, i->b);
    case OP_BRANCH: return is_goal(program, i->a) && is_goal(program, i->b);
    case OP_LOOP: return is_within(i->a, program->loop_count) && is_goal(program, i->b);
    default: return true;
    }
}

static const struct program *get_program(struct unpacking *in)
{
    struct program *program = ARENA_NEW(in->arena, struct program);
    program->source = bytes_get_text(&in->reader);
    program->stack_size = get_within(in, 0, LIMIT_RULE_STACK + 1);
    program->plain_locals = get_within(in, 0, program->stack_size + 1);
    program->plain_end = get(in);
    program->result = get(in);
    program->result_codelist = -1;
    get_code(in, program);
    program->constant_count = get_count(in);
    struct datum *constants = GET_ARRAY(in, struct datum, program->constant_count);
    for (int32_t i = 0; i < program->constant_count && !in->reader.is_bad; i++)
        constants[i] = get_datum(in);
    program->constants = constants;
    program->loop_count = get_count(in);
    struct loop_plan *loops = GET_ARRAY(in, struct loop_plan, program->loop_count);
    for (int32_t i = 0; i < program->loop_count && !in->reader.is_bad; i++)
        loops[i] = get_loop(in);
    program->loops = loops;
    get_dependencies(in, program);
    bool ends =
        program->code_count > 0 && program->code[program->code_count - 1].op == OP_END;
    for (int32_t i = 0; i < program->code_count && !in->reader.is_bad; i++)
        if (!ends || !is_sound(program, in->shape, &program->code[i]))
            in->reader.is_bad = true;
    return program;
}

const struct rule_set *pack_read(struct text bytes, struct arena *arena)
{
    struct unpacking in = {.reader = bytes_read(bytes), .arena = arena};
    in.shape = ARENA_NEW(arena, struct shape);
    if (get(&in) != PACK_VERSION)
        return NULL;
    get_shape(&in);
    struct rule_set *set = ARENA_NEW(arena, struct rule_set);
    set->shape = in.shape;
    set->rule_count = in.reader.is_bad ? 0 : get_count(&in);
    struct rule *rules = GET_ARRAY(&in, struct rule, set->rule_count);
    for (int32_t i = 0; i < set->rule_count && !in.reader.is_bad; i++) {
        rules[i].kind = (enum rule_kind)get_within(&in, 0, RULE_FIRES + 1);
        rules[i].item = get_within(&in, 0, in.shape->item_count);
        rules[i].form = get_within(&in, 0, in.shape->form_count);
        rules[i].group = get_within(&in, -1, in.shape->group_count);
        rules[i].program = get_program(&in);
    }
    set->rules = rules;
    int32_t circle, count;
    if (!bytes_done(&in.reader) || !graph_make(set, arena, &circle, 1, &count))
        return NULL;
    return set;
}

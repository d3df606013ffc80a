#include "engine/watch.h"

#include "engine/run_parts.h"

/* ---- made with the design ---- */

struct making {
    const struct rule_set *set;
    const struct rule *rule;
    int32_t item;
    struct watch *watch;
    struct watch_loop *loops;
    struct watch_loop open; /* the outer loop around the instruction looked at */
    int32_t depth;
    bool has_item; /* its rows' item is read in it */
    bool is_dear;  /* it uses a "let" name that a loop computes */
};

static bool is_item(const struct instruction *i)
{
    return i->op >= OP_ITEM_ROW && i->op <= OP_ITEM_BESIDE;
}

static bool looks_at_frame(const struct instruction *i)
{
    return i->op >= OP_ITEM_ROW && i->op <= OP_FORM;
}

/* The item read outside loops: the changed row's own place, when it has one row. */
static bool is_own_read(const struct making *making, const struct instruction *i)
{
    const struct shape *shape = making->set->shape;
    int32_t group = shape->items[making->item].group;
    return i->op == OP_ITEM_ROW || (i->op == OP_ITEM_FORM && making->rule->group < 0 &&
                                    !shape->groups[group].is_repeating);
}

/* Read in a loop in which one turn alone sees the changed cell. */
static bool is_row_read(const struct making *making)
{
    const struct shape_item *place = &making->set->shape->items[making->item];
    const struct loop_plan *plan = making->open.plan;
    return plan->form == place->form &&
           (plan->group < 0 || plan->group == place->group);
}

static bool take_read(struct making *making, const struct instruction *i)
{
    if (i->which != 0)
        return false;
    if (i->op != OP_ITEM_ROW && i->op != OP_ITEM_FORM)
        return false;
    if (i->frame == 0) {
        making->watch->is_own = true;
        return is_own_read(making, i);
    }
    making->has_item = true;
    return i->frame == 1 && making->depth >= 1 && is_row_read(making);
}

static bool open_loop(struct making *making, const struct instruction *i, int32_t at)
{
    const struct loop_plan *plan = &making->rule->program->loops[i->a];
    if (plan->item == making->item && plan->which != 0)
        return false;
    if (making->depth++ > 0)
        return true;
    making->open = (struct watch_loop){.plan = plan, .loop = at, .where = -1};
    making->has_item = making->is_dear = false;
    return true;
}

/* Where previous and next begin, their own row is looked at in another way. */
static bool close_loop(struct making *making)
{
    const struct loop_plan *plan = making->open.plan;
    if (making->depth == 0)
        return false;
    if (--making->depth > 0)
        return true;
    if (making->has_item) {
        if (making->is_dear)
            return false;
        if (plan->kind == LOOP_PREVIOUS || plan->kind == LOOP_NEXT) {
            making->watch->is_own = true;
            if (plan->frame != 0)
                return false;
        }
        making->loops[making->watch->loop_count++] = making->open;
    }
    return true;
}

static bool take_instruction(struct making *making, int32_t at)
{
    const struct instruction *i = &making->rule->program->code[at];
    if (is_item(i) && i->a == making->item && !take_read(making, i))
        return false;
    if (making->depth > 0 && i->op == OP_LOCAL) {
        making->open.has_locals = true;
        making->is_dear |= i->a >= making->rule->program->plain_locals;
    }
    if (making->depth == 1 && i->op == OP_WHERE)
        making->open.where = at;
    if (i->op == OP_LOOP)
        return open_loop(making, i, at);
    return i->op != OP_NEXT || close_loop(making);
}

/* The program with other ends. */
static struct program cut(const struct program *program, bool is_general,
                          struct arena *study)
{
    struct program out = *program;
    struct instruction *code =
        ARENA_ARRAY(study, struct instruction, (size_t)program->code_count);
    int32_t depth = 0;
    for (int32_t i = 0; i < program->code_count; i++) {
        code[i] = program->code[i];
        bool depends = (looks_at_frame(&code[i]) && code[i].frame == 0) ||
                       code[i].op == OP_LOCAL || code[i].op == OP_LOOP;
        bool is_outer = depth == 1 && (code[i].op == OP_WHERE || code[i].op == OP_TAKE);
        depth += (code[i].op == OP_LOOP) - (code[i].op == OP_NEXT);
        if (is_outer || i == program->plain_end || (is_general && depends))
            code[i].op = OP_END;
    }
    out.code = code;
    return out;
}

const struct watch *watch_make(const struct rule_set *set, int32_t rule, int32_t item,
                               struct watch_parts *parts, struct arena *study)
{
    struct making making = {.set = set, .rule = &set->rules[rule], .item = item};
    const struct program *program = making.rule->program;
    if (program->loop_count == 0 || program->loop_count > WATCH_LOOPS)
        return NULL;
    making.watch = ARENA_NEW(study, struct watch);
    making.loops =
        ARENA_ARRAY(study, struct watch_loop, (size_t)program->loop_count + 1);
    making.watch->loops = making.loops;
    for (int32_t at = 0; at < program->code_count; at++)
        if (!take_instruction(&making, at))
            return NULL;
    if (!parts->is_made)
        *parts = (struct watch_parts){.is_made = true,
                                      .own = cut(program, false, study),
                                      .general = cut(program, true, study)};
    making.watch->parts = parts;
    return making.watch;
}

/* ---- asked at a change ---- */

static void begin(struct run *run, const struct program *program,
                  const struct watch_loop *loop, const struct run_frame *row,
                  const struct engine_place *place)
{
    run->program = program;
    run->fault = 0;
    run->loop_count = 0;
    run->frames[0] = (struct run_frame){
        .form = place->form, .instance = place->instance, .row = place->row};
    run->frames[1] = *row;
    run->loops[0] = (struct run_loop){.plan = loop->plan};
}

static void take_values(struct run *run, const struct watch_loop *loop,
                        struct datum *top, struct watch_share *out)
{
    const struct datum *end =
        run_part(run, (loop->where < 0 ? loop->loop : loop->where) + 1, top);
    if (loop->plan->has_by)
        out->by = *end--;
    if (loop->plan->has_value)
        out->value = *end;
    out->is_open |= out->value.kind == DATUM_TEXT || out->by.kind == DATUM_TEXT;
}

struct watch_share watch_share_of(struct run *run, const struct watch *watch,
                                  const struct watch_loop *loop,
                                  const struct run_frame *row,
                                  const struct engine_place *place)
{
    struct watch_share out = {.where = TRUTH_YES};
    struct datum *top = run->stack;
    begin(run, &watch->parts->own, loop, row, place);
    if (loop->has_locals)
        top = run_part(run, 0, top);
    out.is_open = run->fault != 0;
    if (out.is_open)
        return out;
    run->loop_count = 1;
    run->wakes_at = WAKES_NEVER;
    run->is_sealed = false;
    if (loop->where >= 0)
        out.where = truth_of(*run_part(run, loop->loop + 1, top));
    if (out.where != TRUTH_NO && run->fault == 0)
        take_values(run, loop, top, &out);
    out.is_open |= run->fault != 0;
    out.is_sealed = run->is_sealed;
    out.wakes_at = run->wakes_at;
    return out;
}

struct watch_share watch_general(struct run *run, const struct watch *watch,
                                 const struct watch_loop *loop,
                                 const struct run_frame *row)
{
    struct watch_share out = {.where = TRUTH_YES};
    struct engine_place nowhere = {.instance = -1};
    if (loop->where < 0)
        return out;
    begin(run, &watch->parts->general, loop, row, &nowhere);
    run->loop_count = 1;
    run->wakes_at = WAKES_NEVER;
    run->is_sealed = false;
    out.where = truth_of(*run_part(run, loop->loop + 1, run->stack));
    out.is_general =
        run->fault == 0 && run->stopped_at == loop->where && out.where == TRUTH_NO;
    out.is_sealed = run->is_sealed;
    out.wakes_at = run->wakes_at;
    return out;
}

static bool is_same_bits(struct datum a, struct datum b)
{
    return datum_equal(a, b) && a.scale == b.scale && a.offset == b.offset &&
           a.detail == b.detail;
}

bool watch_is_same(const struct watch_share *a, const struct watch_share *b)
{
    return !a->is_open && !b->is_open && a->where == b->where &&
           a->wakes_at == b->wakes_at && a->is_sealed == b->is_sealed &&
           is_same_bits(a->value, b->value) && is_same_bits(a->by, b->by);
}

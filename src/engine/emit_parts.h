#ifndef OSTEON_ENGINE_EMIT_PARTS_H
#define OSTEON_ENGINE_EMIT_PARTS_H
/* What the files of the emitter share. Arrays grow by doubling in the arena.
 */
#include "base/limits.h"
#include "engine/emit.h"

struct emitter {
    const struct dictionary *dictionary;
    struct syntax *syntax;
    struct arena *arena;
    struct instruction *code;
    struct program_span *spans;
    struct datum *constants;
    struct loop_plan *loops;
    struct dependency *dependencies;
    int32_t code_count, constant_count, loop_count, dependency_count;
    int32_t code_capacity, constant_capacity, loop_capacity, dependency_capacity;
    int32_t depth, deepest; /* of the stack */
    int32_t event_names;    /* constant of the first event's name; -1: not there yet */
    /* How far a change of what a frame reads reaches, by frame. */
    enum dependency_reach reaches[1 + LIMIT_RULE_LOOPS];
    int32_t frame_count; /* loops around */
};

void emit_node(struct emitter *emitter, struct node *node);
/* The value in this unit; as approximate number when `is_real`. */
void emit_in_unit(struct emitter *emitter, struct node *node,
                  const struct unit_of_measure *unit, bool is_real);

/* Returns the instruction's place, for jumps whose goal is not known yet. */
int32_t emit_op(struct emitter *emitter, enum op op, int which, int32_t a, int32_t b);
int32_t emit_here(const struct emitter *emitter);
int32_t constant_add(struct emitter *emitter, struct datum datum);
void dependency_add(struct emitter *emitter, enum dependency_kind kind,
                    enum dependency_reach reach, int32_t subject);

/* Corrects the depth of the stack where an instruction's row cannot tell it. */
void emit_move_depth(struct emitter *emitter, int32_t by);

/* emit_place.c */
void emit_name(struct emitter *emitter, struct node *node);
void emit_form_question(struct emitter *emitter, struct node *node);
void emit_schedule(struct emitter *emitter, struct node *node);
void emit_loop(struct emitter *emitter, struct node *node);
/* emit_call.c */
void emit_call(struct emitter *emitter, struct node *node);

#endif

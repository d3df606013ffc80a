#ifndef OSTEON_ENGINE_PROGRAM_H
#define OSTEON_ENGINE_PROGRAM_H
/* A compiled expression: a flat array of instructions for a stack of values, with its
 * constants, loops and what it depends on. Immutable; it holds no pointer into the design,
 * so that it can be written out and read elsewhere (engine/pack.h).
 *
 * The stack begins with the values of the "let" names. Every instruction says what it
 * takes from the stack and what it leaves there.
 */
#include "engine/question.h"
#include "engine/type.h"

/* name, values taken, values left */
// clang-format off
#define OP_TABLE(X)                                                                    \
    X(END, 0, 0)            /* the value on top is the result */                       \
    X(CONSTANT, 0, 1)       /* a: constant */                                          \
    X(MOMENT, 0, 1)         /* a: constant, a moment in local time */                  \
    X(LOCAL, 0, 1)          /* a: place on the stack */                                \
    X(NOW, 0, 1)                                                                       \
    X(TODAY, 0, 1)                                                                     \
    X(ITEM_ROW, 0, 1)       /* frame, a: item, which: 0 value, else 1 + item_question */ \
    X(ITEM_FORM, 0, 1)                                                                 \
    X(ITEM_ONCE, 0, 1)      /* b: form */                                              \
    X(ITEM_AT, 0, 1)        /* b: form, c: event */                                    \
    X(ITEM_BESIDE, 0, 1)    /* b: form */                                              \
    X(EVENT, 0, 1)          /* which: enum event_names, a: constant of the first's */  \
    X(PLACE, 0, 1)          /* frame, which: question_kind */                          \
    X(PROPERTY, 0, 1)       /* a: property */                                          \
    X(SCHEDULE, 0, 1)       /* frame, which: schedule_kind, a: event or -1: its own */ \
    X(FORM, 0, 1)           /* frame, which: form_question, a: form, b: event or form_at */ \
    X(NOT, 1, 1)                                                                       \
    X(AND, 2, 1)                                                                       \
    X(OR, 2, 1)                                                                        \
    X(SKIP_NO, 1, 1)        /* top is no: to a, leaving it */                          \
    X(SKIP_YES, 1, 1)                                                                  \
    X(JUMP, 0, 0)           /* to a */                                                 \
    X(BRANCH, 1, 0)         /* no: to a; unknown: leaves empty and goes to b */        \
    X(OTHERWISE, 1, 0)      /* a value: leaves it and goes to a; else takes it */      \
    X(COMPARE_NUMBER, 2, 1) /* which: comparison */                                    \
    X(COMPARE_TEXT, 2, 1)                                                              \
    X(COMPARE_MOMENT, 2, 1)                                                            \
    X(COMPARE_TRUTH, 2, 1)                                                             \
    X(TEST_NUMBER, 1, 1)    /* which: comparison with constant b */                    \
    X(TEST_TEXT, 1, 1)                                                                 \
    X(IN, 1, 1)             /* constants from a, b of them */                          \
    X(HAS, 1, 1)            /* which: has_kind, constants from a, b of them */         \
    X(IS, 1, 1)             /* which: is_kind, a: reason or 0 */                       \
    X(ADD, 2, 1)                                                                       \
    X(SUBTRACT, 2, 1)                                                                  \
    X(MULTIPLY, 2, 1)                                                                  \
    X(NEGATE, 1, 1)                                                                    \
    X(POWER, 1, 1)          /* a: exponent */                                          \
    X(REAL, 1, 1)           /* exact to approximate */                                 \
    X(REAL_ADD, 2, 1)                                                                  \
    X(REAL_SUBTRACT, 2, 1)                                                             \
    X(REAL_MULTIPLY, 2, 1)                                                             \
    X(REAL_DIVIDE, 2, 1)                                                               \
    X(MOMENT_MINUS, 2, 1)   /* moment, moment: seconds */                              \
    X(MOMENT_LATER, 2, 1)   /* moment, seconds: moment */                              \
    X(MOMENT_EARLIER, 2, 1)                                                            \
    X(JOIN, 2, 1)                                                                      \
    X(CALL, 0, 1)           /* which: function, a: arguments taken, b: detail */       \
    X(CODE_OF_TRUTH, 1, 1)  /* a: constant for yes, b: for no */                       \
    X(LOOP, 0, 0)           /* a: loop; no row: leaves its result and goes to b */     \
    X(WHERE, 1, 0)          /* a: to the loop's NEXT when the row does not count */    \
    X(TAKE, 0, 0)           /* takes what the loop needs; b: past NEXT when settled */ \
    X(NEXT, 0, 0)           /* a next row: to a; else leaves the result */
// clang-format on

enum op {
#define X(name, taken, left) OP_##name,
    OP_TABLE(X)
#undef X
        OP_COUNT
};

/* OP_EVENT: the names of all events, or of those that are codes of the list wanted, the
 * others empty. */
enum event_names { EVENT_NAMES_ALL, EVENT_NAMES_CODES };
enum form_at { FORM_OWN = -2, FORM_BESIDE = -3, FORM_ONCE = -4 };

struct instruction {
    uint8_t op;
    uint8_t frame;
    uint16_t which;
    int32_t a, b, c;
};

/* An aggregate. */
struct loop_plan {
    int32_t kind; /* loop_kind */
    int32_t form;
    int32_t group; /* -1: form instances */
    int32_t scan;  /* a frame, or a loop_scan */
    int32_t event; /* of SCAN_AT */
    int32_t frame; /* where previous and next begin; of SCAN_BESIDE its form instance */
    int32_t item;  /* whose value is taken, or that a row must have; -1: none */
    int32_t which; /* 0: the value; else 1 + item_question of the row chosen */
    bool has_value; /* TAKE finds a value on the stack */
    bool has_by;    /* and above it the value of "by" */
};

enum dependency_kind { DEPENDS_ITEM, DEPENDS_ROWS, DEPENDS_PROPERTY, DEPENDS_STATE };

/* How far a change of the thing reaches: only the same row, the same form instance, or any
 * place. */
enum dependency_reach { DEPENDS_SAME_ROW, DEPENDS_SAME_FORM, DEPENDS_ANYWHERE };

/* `subject` is an item, a form (rows, state) or a property; states include metadata. */
struct dependency {
    int32_t kind;
    int32_t reach;
    int32_t subject;
};

struct program_span {
    uint32_t from, to; /* bytes of the source; from == to: none */
};

struct program {
    struct text source;
    const struct instruction *code;
    const struct program_span
        *spans; /* of each instruction: the part that it finishes */
    const struct datum *constants;
    const struct loop_plan *loops;
    const struct dependency *dependencies;
    int32_t code_count, constant_count, loop_count, dependency_count;
    int32_t stack_size;
    /* "let" names before the first loop, and the instruction behind them. */
    int32_t plain_locals, plain_end;
    int32_t result;          /* type_kind */
    int32_t result_codelist; /* of codes, in the dictionary; -1: none, or not packed */
};

#endif

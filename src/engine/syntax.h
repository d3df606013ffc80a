#ifndef OSTEON_ENGINE_SYNTAX_H
#define OSTEON_ENGINE_SYNTAX_H
/* An expression as a tree: made by the parser, given types and places by the checker, read
 * by the emitter. Nodes live in the arena of the compilation.
 *
 * A chain (A <= B <= C) and "between" are two comparisons under an "and" that share a
 * node; so it is a graph without cycles, not strictly a tree.
 */
#include "base/datetime.h"
#include "base/decimal.h"
#include "engine/question.h"
#include "engine/type.h"

enum node_kind {
    NODE_NUMBER,
    NODE_TEXT,
    NODE_MOMENT,
    NODE_TRUTH,
    NODE_NOTHING,
    NODE_NOW,
    NODE_TODAY,
    NODE_NAME,  /* AGE, SCR.AGE, this.AGE, VS.MAP at BL */
    NODE_LOCAL, /* a name that "let" gave */
    NODE_IF,
    NODE_OR,
    NODE_AND,
    NODE_NOT,
    NODE_COMPARE,
    NODE_IN,  /* a in list */
    NODE_HAS, /* a has list */
    NODE_IS,
    NODE_OTHERWISE,
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_DIVIDE,
    NODE_POWER,
    NODE_NEGATE,
    NODE_CONVERT, /* a in UNIT */
    NODE_CALL,
    NODE_LOOP
};

enum comparison { IS_EQUAL, IS_UNEQUAL, IS_LESS, IS_AT_MOST, IS_MORE, IS_AT_LEAST };

enum has_kind { HAS_ONE, HAS_ANY, HAS_ALL };

/* X is …; negations are a NODE_NOT around it. */
enum is_kind {
    IS_EMPTY,
    IS_FILLED,
    IS_MISSING, /* `text`: this reason; absent: any */
    IS_ABSENT,
    IS_KNOWN,
    IS_SURELY /* the truth `a`, unknown counting as no */
};

enum loop_kind {
    LOOP_COUNT,
    LOOP_ANY,
    LOOP_ALL,
    LOOP_SUM,
    LOOP_AVERAGE,
    LOOP_MINIMUM,
    LOOP_MAXIMUM,
    LOOP_FIRST,
    LOOP_LAST,
    LOOP_PREVIOUS,
    LOOP_NEXT,
    LOOP_NTH
};

enum loop_reach { REACH_DEFAULT, REACH_HERE, REACH_EVERYWHERE };

enum loop_scan { SCAN_ALL = -1, SCAN_AT = -2, SCAN_BESIDE = -3 };

/* How an item is found from the row that an expression looks at. */
enum item_reach {
    ITEM_OF_ROW,  /* same row of the frame */
    ITEM_OF_FORM, /* same form instance, a group that does not repeat */
    ITEM_ONCE,    /* of the one instance that a participant has */
    ITEM_AT,      /* of the instance at event `event` */
    ITEM_BESIDE   /* of the instance at the frame's own event */
};

struct node {
    enum node_kind kind;
    size_t from, to; /* bytes of the source */
    struct node *a, *b, *c;
    struct node **list;
    size_t list_count;
    int depth;

    /* what the parser read */
    struct decimal number;
    struct unit_of_measure unit;
    bool has_unit;
    struct text text; /* a literal's text without quotes; a called function's name */
    struct moment moment;
    int value; /* of a truth: 0, 1, 2; comparison, has_kind, is_kind, loop_kind; a local */
    struct text first, second; /* the parts of a name */
    bool is_this;              /* this.NAME */
    bool has_at, is_at_this_event;
    struct text at;        /* the event's name */
    enum loop_reach reach; /* of a loop: here, everywhere */
    struct node *where,
        *by; /* of a loop; `a` is its source, `b` what is had or summed, `c` n */

    /* what the checker found */
    bool is_checked;
    struct type type;
    struct unit_of_measure
        common;      /* of a comparison, sum …: the unit both sides are brought to */
    int32_t subject; /* item, form, property or codelist */
    int32_t form, group; /* of a loop: what it runs over; group -1: form instances */
    int32_t event;
    int32_t frame; /* 0: the place under evaluation; n: the row of the n-th loop */
    enum item_reach item_reach;
    enum question_kind question;
    int which;    /* detail of the question, or of a called function */
    int32_t scan; /* of a loop: frame whose instance holds the rows, or a loop_scan */
};

struct syntax_local {
    struct text name;
    struct node *value;
};

struct syntax {
    struct syntax_local locals[32]; /* LIMIT_RULE_LOCALS */
    size_t local_count;
    struct node *result;
};

#endif

#ifndef OSTEON_ENGINE_CHECK_PARTS_H
#define OSTEON_ENGINE_CHECK_PARTS_H
/* What the files of the checker share. Functions that return bool return false after a
 * finding; the node's type is then TYPE_BROKEN, and what contains it stays silent.
 */
#include "base/limits.h"
#include "engine/check.h"

/* A row that names refer to: frame 0 is the place under evaluation, the others are the
 * rows of the loops around. */
struct check_frame {
    int32_t form;
    int32_t group; /* -1: the form instance itself */
};

struct checker {
    const struct dictionary *dictionary;
    struct arena *arena;
    struct findings *findings;
    struct syntax *syntax;
    size_t local_count; /* those that are visible already */
    struct check_frame frames[1 + LIMIT_RULE_LOOPS];
    int32_t frame_count;
};

void check_node(struct checker *checker, struct node *node);
bool check_fail(struct checker *checker, struct node *node, struct text sentence,
                struct text hint);

/* The child's type is known and it is of this kind; else a finding says what is wanted. */
bool check_wants(struct checker *checker, struct node *child, enum type_kind kind,
                 const char *wanted);

/* check_name.c: an item, property or place; NULL `wanted` allows only items. */
void check_name(struct checker *checker, struct node *node);
/* The item that a name means as source of a loop or of metadata: -1 after a finding. */
bool check_resolve_item(struct checker *checker, struct node *node, int32_t item,
                        int32_t frame);
int32_t check_find_item(struct checker *checker, struct node *node);
bool check_find_event(struct checker *checker, struct node *node, int32_t form);
void check_unknown_name(struct checker *checker, struct node *node);

/* check_unit.c: both sides brought to one unit, `common`; the result's type without kind.
 * `what` is "compared", "added" … */
bool check_common_unit(struct checker *checker, struct node *node, struct node *a,
                       struct node *b, const char *what);
void check_product(struct checker *checker, struct node *node);
void check_power(struct checker *checker, struct node *node);
void check_convert(struct checker *checker, struct node *node);

/* check_operator.c */
void check_compare(struct checker *checker, struct node *node);
void check_in(struct checker *checker, struct node *node);
void check_has(struct checker *checker, struct node *node);
void check_sum(struct checker *checker, struct node *node);
/* Two values of which one is taken: branches of "if", "otherwise", min, max. */
bool check_alike(struct checker *checker, struct node *node, struct node *a,
                 struct node *b);
/* Makes text literals in `node` codes of the list; a text that is none is a finding. */
bool check_codes(struct checker *checker, struct node *node, int32_t codelist);

void check_call(struct checker *checker, struct node *node);
void check_loop(struct checker *checker, struct node *node);

#endif

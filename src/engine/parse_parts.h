#ifndef OSTEON_ENGINE_PARSE_PARTS_H
#define OSTEON_ENGINE_PARSE_PARTS_H
/* What the files of the parser share. Every function returns NULL after a finding. */
#include "engine/lexer.h"
#include "engine/parse.h"

struct parser {
    struct lexer lexer;
    struct token token; /* the one under the cursor */
    size_t behind;      /* end of the one before it */
    struct arena *arena;
    struct findings *findings;
    struct syntax *syntax;
    size_t node_count;
    int depth;
    int parentheses; /* 0: a line feed may end a "let" */
};

/* A finding at the token under the cursor. */
struct node *parse_fail(struct parser *parser, struct text sentence, struct text hint);
void parse_advance(struct parser *parser);
/* The token behind the one under the cursor. */
struct token parse_peek(const struct parser *parser);
/* Moves on when the token is this word or sign. */
bool parse_take(struct parser *parser, const char *word_or_sign);
/* As parse_take, but its absence is a finding. */
bool parse_expect(struct parser *parser, const char *word_or_sign);

struct node *parse_node(struct parser *parser, enum node_kind kind, size_t from);
/* Closes a node at the end of the last token and counts its depth. */
struct node *parse_done(struct parser *parser, struct node *node);

struct node *parse_expression(struct parser *parser);
struct node *parse_primary(struct parser *parser);
/* 'text' without its quotes. */
struct text parse_unquoted(struct parser *parser, const struct token *token);

#endif

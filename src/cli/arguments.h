#ifndef OSTEON_CLI_ARGUMENTS_H
#define OSTEON_CLI_ARGUMENTS_H
/* The words of a command line, sorted into places and options by the command's table.
 *
 * Options may stand anywhere: `--role RN` or `--role=RN`; behind `--` everything is a
 * place. An unknown option, a missing value and a doubled option are ERROR_USAGE with
 * the nearest name as a hint.
 */
#include "base/arena.h"
#include "base/error.h"

/* A row of a command's table of options. The table ends with a row without a name. */
struct option {
    const char *name; /* "--role" */
    const char
        *value; /* what the value is called in the help: "ROLE"; NULL: a switch */
    bool is_repeatable;
    const char *help;
};

struct given_option {
    const struct option *option;
    struct text value;
};

struct arguments {
    struct text *places;
    size_t place_count;
    struct given_option *given;
    size_t given_count;
};

enum { ARGUMENTS_MAXIMUM = 1000 };

/* `tables` are all the tables an option may stand in. Texts are views of `words`. */
MUST_USE bool arguments_parse(const struct text *words, size_t count,
                              const struct option *const *tables, size_t table_count,
                              struct arena *arena, struct arguments *out,
                              struct error *err);

/* The n-th place, or an absent text. */
struct text arguments_place(const struct arguments *arguments, size_t n);
/* The value of an option that stands at most once; absent when it was not given. */
struct text arguments_value(const struct arguments *arguments, const char *name);
bool arguments_has(const struct arguments *arguments, const char *name);
/* Walks a repeatable option; `*next` begins at 0. */
bool arguments_next(const struct arguments *arguments, const char *name, size_t *next,
                    struct text *value);

/* The name nearest to `word` among `count` names (edit distance at most a third of its
 * length, at least 1), or NULL. */
const char *nearest_name(struct text word, const char *const *names, size_t count);

#endif

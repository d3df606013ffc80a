#include "cli/commands.h"

#include <string.h>

static const struct option no_options[] = {{0}};

// clang-format off
const struct command commands[] = {
    {"help", NULL, "[COMMAND]", COMMAND_NEEDS_NONE, 0, 2, no_options,
     "list the commands, or say how to use one",
     NULL, command_help},
    {"version", NULL, "", COMMAND_NEEDS_NONE, 0, 0, no_options,
     "print the version of the program",
     NULL, command_version},
};
// clang-format on

const size_t command_count = ARRAY_COUNT(commands);

enum { ROWS_OF_A_NAME = 16, NAMES = 64 };

static bool unknown_command(struct text name, struct error *err)
{
    const char *names[NAMES];
    size_t count = 0;
    for (size_t i = 0; i < command_count && count < NAMES; i++)
        names[count++] = commands[i].name;
    error_set(err, ERROR_USAGE, "there is no command %.*s", TEXT_ARG(name));
    const char *nearest = nearest_name(name, names, count);
    if (nearest != NULL)
        return error_hint(err, "did you mean osteon %s?", nearest);
    return error_hint(err, "osteon help lists the commands");
}

static bool unknown_verb(const struct command *const *rows, size_t count,
                         struct text verb, struct error *err)
{
    const char *names[ROWS_OF_A_NAME];
    for (size_t i = 0; i < count; i++)
        names[i] = rows[i]->verb;
    const char *name = rows[0]->name;
    if (text_is_absent(verb))
        error_set(err, ERROR_USAGE, "osteon %s needs a folder and what to do", name);
    else
        error_set(err, ERROR_USAGE, "osteon %s DIR cannot %.*s", name, TEXT_ARG(verb));
    const char *nearest = nearest_name(verb, names, count);
    if (nearest != NULL)
        return error_hint(err, "did you mean %s?", nearest);
    return error_hint(err, "osteon help %s lists what it can", name);
}

/* Options were sorted with the tables of all rows of the name: this row's own are left,
 * and --json and --help which stand everywhere. */
static bool options_belong(const struct command *command,
                           const struct arguments *arguments, struct error *err)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        const struct option *given = arguments->given[i].option;
        bool is_known =
            strcmp(given->name, "--json") == 0 || strcmp(given->name, "--help") == 0;
        for (const struct option *row = command->options; row->name != NULL; row++)
            is_known = is_known || strcmp(row->name, given->name) == 0;
        if (!is_known)
            return error_set(err, ERROR_USAGE, "osteon %s%s%s takes no %s",
                             command->name, command->verb == NULL ? "" : " DIR ",
                             command->verb == NULL ? "" : command->verb, given->name);
    }
    return true;
}

static bool places_fit(const struct command *command, const struct arguments *arguments,
                       struct error *err)
{
    if (arguments_has(arguments, "--help"))
        return true;
    if (arguments->place_count < command->minimum_places) {
        error_set(err, ERROR_USAGE, "something is missing behind osteon %s",
                  command->name);
        return error_hint(err, "osteon %s %s", command->name, command->usage);
    }
    if (arguments->place_count > command->maximum_places) {
        struct text extra = arguments->places[command->maximum_places];
        error_set(err, ERROR_USAGE, "osteon %s does not know what to do with %.*s",
                  command->name, TEXT_ARG(extra));
        return error_hint(err, "osteon %s %s", command->name, command->usage);
    }
    return true;
}

static const struct command *row_of_verb(const struct command *const *rows,
                                         size_t count, struct text verb)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->verb == NULL || text_equal(text_of(rows[i]->verb), verb))
            return rows[i];
    return NULL;
}

static const struct option everywhere[] = {
    {"--json", NULL, false, "JSON instead of a table"},
    {"--help", NULL, false, "how to use this command"},
    {0},
};

bool command_choose(const struct text *words, size_t count, struct arena *arena,
                    const struct command **command, struct arguments *arguments,
                    struct error *err)
{
    struct text name = count == 0 ? TEXT("help") : words[0];
    if (text_equal(name, TEXT("--help")) || text_equal(name, TEXT("-h")))
        name = TEXT("help");
    if (text_equal(name, TEXT("--version")))
        name = TEXT("version");
    const struct command *rows[ROWS_OF_A_NAME];
    const struct option *tables[ROWS_OF_A_NAME + 1];
    size_t row_count = 0;
    for (size_t i = 0; i < command_count && row_count < ROWS_OF_A_NAME; i++)
        if (text_equal(text_of(commands[i].name), name))
            rows[row_count++] = &commands[i];
    if (row_count == 0)
        return unknown_command(name, err);
    for (size_t i = 0; i < row_count; i++)
        tables[i] = rows[i]->options;
    tables[row_count] = everywhere;
    size_t skipped = count == 0 ? 0 : 1;
    if (!arguments_parse(words + skipped, count - skipped, tables, row_count + 1, arena,
                         arguments, err))
        return false;
    struct text verb = arguments_place(arguments, 1);
    *command = row_of_verb(rows, row_count, verb);
    if (*command == NULL && arguments_has(arguments, "--help"))
        *command = rows[0];
    if (*command == NULL)
        return unknown_verb(rows, row_count, verb, err);
    return options_belong(*command, arguments, err) &&
           places_fit(*command, arguments, err);
}

/* The words of a command line, separated by NUL: the command is chosen and its options are
 * sorted, or the refusal says what is wrong. */
#include "fuzz/fuzz.h"

#include "cli/commands.h"

static size_t cut_words(struct text rest, struct text *words)
{
    size_t count = 0;
    while (!text_is_absent(rest) && count < ARGUMENTS_MAXIMUM + 2)
        words[count++] = text_cut(&rest, '\0');
    return count;
}

static void check_chosen(const struct command *command,
                         const struct arguments *arguments, size_t count)
{
    ASSERT(command >= commands && command < commands + command_count);
    ASSERT(arguments->place_count + arguments->given_count <= count);
    for (size_t i = 0; i < arguments->given_count; i++) {
        const struct given_option *given = &arguments->given[i];
        ASSERT(given->option->value == NULL || !text_is_absent(given->value));
        ASSERT(arguments_has(arguments, given->option->name));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct text words[ARGUMENTS_MAXIMUM + 2];
    struct text input = fuzz_text(bytes, len);
    size_t count = len == 0 ? 0 : cut_words(input, words);
    struct arena *arena = arena_new(1 << 20);
    const struct command *command = NULL;
    struct arguments arguments = {0};
    struct error err = {0};
    if (command_choose(words, count, arena, &command, &arguments, &err)) {
        check_chosen(command, &arguments, count);
    } else {
        fuzz_check_refusal(&err, len);
        ASSERT(err.code == ERROR_USAGE);
    }
    arena_free(arena);
    return 0;
}

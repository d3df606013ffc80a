/* osteon help: the table of commands, for people. */
#include "cli/commands.h"

static bool list_commands(struct command_context *context)
{
    struct text *cells = ARENA_ARRAY(context->arena, struct text, command_count * 2);
    for (size_t i = 0; i < command_count; i++) {
        const struct command *row = &commands[i];
        cells[2 * i] = text_format(context->arena, "  %s %s", row->name, row->usage);
        cells[2 * i + 1] = text_of(row->help);
    }
    stream_text(context->out,
                TEXT("Osteon runs a clinical study from one data folder.\n\n"));
    stream_table(context->out, cells, command_count, 2);
    stream_text(context->out,
                TEXT("\nDIR is a data folder. osteon help COMMAND says more, and every "
                     "command knows --help.\n"
                     "Exit status: 0 done, 1 it did not hold or could not be done, 2 "
                     "wrong usage,\n3 input refused, 4 not allowed, 5 changed by "
                     "someone else.\n"));
    return true;
}

void command_usage(const struct command *command, struct stream *stream)
{
    stream_format(stream, "osteon %s", command->name);
    if (command->usage[0] != '\0')
        stream_format(stream, " %s", command->usage);
    for (const struct option *row = command->options; row->name != NULL; row++)
        stream_format(stream, " [%s%s%s]%s", row->name, row->value == NULL ? "" : " ",
                      row->value == NULL ? "" : row->value,
                      row->is_repeatable ? "..." : "");
    stream_text(stream, TEXT("\n"));
}

void command_describe(const struct command *command, struct stream *stream)
{
    command_usage(command, stream);
    stream_format(stream, "  %s\n", command->help);
    for (const struct option *row = command->options; row->name != NULL; row++)
        stream_format(stream, "  %-16s %-10s %s%s\n", row->name,
                      row->value == NULL ? "" : row->value, row->help,
                      row->is_repeatable ? "; may stand several times" : "");
    if (command->details != NULL)
        stream_format(stream, "\n%s\n", command->details);
}

bool command_help(struct command_context *context, struct error *err)
{
    struct text name = arguments_place(context->arguments, 0);
    if (text_is_absent(name))
        return list_commands(context);
    size_t found = 0;
    for (size_t i = 0; i < command_count; i++) {
        if (!text_equal(text_of(commands[i].name), name))
            continue;
        if (found++ > 0)
            stream_text(context->out, TEXT("\n"));
        command_describe(&commands[i], context->out);
    }
    if (found == 0) {
        const struct command *command;
        struct arguments arguments;
        return command_choose(&name, 1, context->arena, &command, &arguments, err);
    }
    return true;
}

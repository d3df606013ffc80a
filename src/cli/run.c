#include "cli/run.h"

#include "actions/study.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/design_file.h"
#include "system/host.h"
#include "system/local_socket.h"

#include <time.h>

static void tell(struct stream *stream, const struct error *err)
{
    stream_format(stream, "osteon: %s\n", err->text);
    if (err->where[0] != '\0')
        stream_format(stream, "  at %s\n", err->where);
    if (err->hint[0] != '\0')
        stream_format(stream, "  %s\n", err->hint);
}

/* The command itself, with all it needs in the context. */
static int run_chosen(struct command_context *context)
{
    struct error err = {0};
    bool is_done = context->command->run(context, &err);
    if (is_done && context->out->has_failed)
        is_done = error_set(&err, ERROR_FAILED, "the result could not be written");
    if (is_done)
        return 0;
    tell(context->err, &err);
    return error_exit_status(err.code);
}

/* Fills command and arguments; an exit status, or -1 to go on. */
static int choose(const struct text *words, size_t count,
                  struct command_context *context, struct arguments *arguments)
{
    struct error err = {0};
    if (!command_choose(words, count, context->arena, &context->command, arguments,
                        &err)) {
        tell(context->err, &err);
        return error_exit_status(err.code);
    }
    context->arguments = arguments;
    context->is_json = arguments_has(arguments, "--json");
    if (!arguments_has(arguments, "--help"))
        return -1;
    command_describe(context->command, context->out);
    return 0;
}

/* Somebody holds the folder but does not listen: a server that is just starting, or
 * another command. A moment's patience tells. */
static bool reach_patiently(const char *folder, int *socket)
{
    struct error err;
    for (int i = 0; i < 20; i++) {
        if (control_reach(folder, socket, &err))
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 100 * 1000 * 1000}, NULL);
    }
    return false;
}

static int run_in_server(int socket, const struct text *words, size_t count,
                         struct command_context *context)
{
    struct control_call call = {.words = words,
                                .count = count,
                                .working_folder = context->working_folder,
                                .out = context->out,
                                .err = context->err,
                                .secrets = context->secrets};
    struct error err = {0};
    int status;
    if (!control_run(socket, &call, context->arena, &status, &err)) {
        tell(context->err, &err);
        status = error_exit_status(err.code);
    }
    local_socket_close(socket);
    return status;
}

static bool is_only_read(const struct command *command)
{
    return command->folder == COMMAND_READS || command->folder == COMMAND_READS_DESIGN;
}

static int run_on_folder(const struct text *words, size_t count,
                         struct command_context *context)
{
    context->folder = command_path(context, arguments_place(context->arguments, 0));
    struct error err = {0};
    int socket;
    if (control_reach(context->folder, &socket, &err))
        return run_in_server(socket, words, count, context);
    struct store_options options = {.folder = context->folder,
                                    .is_read_only = is_only_read(context->command)};
    if (!study_open(&options, &context->study, &err)) {
        if (err.code == ERROR_BUSY && reach_patiently(context->folder, &socket))
            return run_in_server(socket, words, count, context);
        if (context->command->goes_on_unopened) {
            context->study = NULL;
            struct error *why = ARENA_NEW(context->arena, struct error);
            *why = err;
            context->unopened = why;
            return run_chosen(context);
        }
        tell(context->err, &err);
        return error_exit_status(err.code);
    }
    int status = run_chosen(context);
    study_close(context->study);
    return status;
}

/* The first place may be a design, which is a file or the name of the built-in one. */
static bool names_folder(const struct command_context *context)
{
    struct text place = arguments_place(context->arguments, 0);
    struct host_file found;
    struct error ignored;
    return !design_is_builtin(place) &&
           host_file(command_path(context, place), context->arena, &found, &ignored) &&
           found.is_folder;
}

static bool is_on_folder(const struct command_context *context)
{
    switch (context->command->folder) {
    case COMMAND_NEEDS_NONE:
    case COMMAND_OWNS_FOLDER: break;
    case COMMAND_READS:
    case COMMAND_WRITES: return true;
    case COMMAND_READS_DESIGN:
    case COMMAND_WRITES_DESIGN: return context->study != NULL || names_folder(context);
    }
    return false;
}

int command_line_run(const struct text *words, size_t count,
                     struct command_context *context)
{
    struct arguments arguments;
    int status = choose(words, count, context, &arguments);
    if (status >= 0)
        return status;
    return is_on_folder(context) ? run_on_folder(words, count, context)
                                 : run_chosen(context);
}

int command_line_run_served(const struct text *words, size_t count, struct study *study,
                            struct command_context *context)
{
    struct arguments arguments;
    int status = choose(words, count, context, &arguments);
    if (status >= 0)
        return status;
    context->study = study;
    if (!is_on_folder(context)) {
        stream_format(context->err, "osteon: %s does not run inside the server\n",
                      context->command->name);
        return error_exit_status(ERROR_USAGE);
    }
    return run_chosen(context);
}

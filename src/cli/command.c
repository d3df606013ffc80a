#include "cli/command.h"

#include "system/clock.h"

enum { SECOND = 1000 * 1000, PROGRESS_STEP = SECOND / 5 };

struct text command_place(const struct command_context *context, size_t n)
{
    const struct command *command = context->command;
    bool has_folder =
        command->folder != COMMAND_NEEDS_NONE && command->folder != COMMAND_OWNS_FOLDER;
    size_t skipped = (has_folder ? 1U : 0U) + (command->verb != NULL ? 1U : 0U);
    return arguments_place(context->arguments, skipped + n);
}

struct text command_option(const struct command_context *context, const char *name)
{
    return arguments_value(context->arguments, name);
}

bool command_has(const struct command_context *context, const char *name)
{
    return arguments_has(context->arguments, name);
}

const char *command_path(const struct command_context *context, struct text name)
{
    if (text_starts_with(name, TEXT("/")))
        return text_c(context->arena, name);
    return text_format(context->arena, "%s/%.*s", context->working_folder,
                       TEXT_ARG(name))
        .at;
}

bool command_json(struct command_context *context, const struct buffer *buffer,
                  struct error *err)
{
    struct text whole;
    if (!buffer_text(buffer, &whole, err))
        return false;
    stream_text(context->out, whole);
    stream_text(context->out, TEXT("\n"));
    return true;
}

struct command_progress command_progress_begin(void)
{
    int64_t now = clock_monotonic();
    return (struct command_progress){.began = now, .last = now};
}

void command_progress_show(struct command_context *context,
                           struct command_progress *progress, int64_t done, int64_t of,
                           const char *what)
{
    if (!context->err->is_terminal)
        return;
    int64_t now = clock_monotonic();
    if (now - progress->began < SECOND || now - progress->last < PROGRESS_STEP)
        return;
    progress->last = now;
    progress->is_shown = true;
    stream_format(context->err, "\r\033[K%s %lld of %lld", what, (long long)done,
                  (long long)of);
}

void command_progress_end(struct command_context *context,
                          struct command_progress *progress)
{
    if (progress->is_shown)
        stream_text(context->err, TEXT("\r\033[K"));
    progress->is_shown = false;
}

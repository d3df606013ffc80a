/* osteon study DIR|FILE diff OTHER: what is different between two designs. */
#include "base/json_write.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/design_file.h"
#include "model/design_diff_words.h"
#include "system/host.h"

static const char *const words[] = {[DESIGN_REMOVED] = "removed",
                                    [DESIGN_ADDED] = "added",
                                    [DESIGN_CHANGED] = "changed"};

/* A folder can be open in one process only, which for the first place is seen to. */
static bool refuse_folder(struct command_context *context, struct text name,
                          struct error *err)
{
    struct host_file found;
    struct error ignored;
    if (design_is_builtin(name) ||
        !host_file(command_path(context, name), context->arena, &found, &ignored) ||
        !found.is_folder)
        return true;
    error_set(err, ERROR_USAGE, "OTHER is a design file, not a folder: %.*s",
              TEXT_ARG(name));
    return error_hint(err,
                      "a folder can stand in the first place: osteon study %.*s "
                      "diff FILE",
                      TEXT_ARG(name));
}

/* A value of one line beside its name, of several below it. */
static void print_value(struct stream *out, const char *name, struct text value)
{
    if (text_find(value, '\n') < value.len) {
        stream_format(out, "  %s\n", name);
        stream_block(out, 4, value);
        return;
    }
    struct text shown = value.len > 0 ? value : TEXT("nothing");
    stream_format(out, "  %-6s %.*s\n", name, TEXT_ARG(shown));
}

static void print_change(struct stream *out, const struct design_change *change)
{
    stream_format(out, "%s %s %.*s", words[change->kind], change->thing,
                  TEXT_ARG(change->oid));
    if (change->kind != DESIGN_CHANGED) {
        stream_format(out, "%s%.*s\n", change->label.english.len > 0 ? ": " : "",
                      TEXT_ARG(change->label.english));
        return;
    }
    stream_format(out, ": %s\n", change->fact);
    print_value(out, "before", change->before);
    print_value(out, "after", change->after);
}

static void print_lines(struct command_context *context, const struct design_diff *diff)
{
    for (size_t i = 0; i < diff->count; i++)
        print_change(context->out, &diff->changes[i]);
    if (diff->count == 0)
        stream_text(context->out, TEXT("The designs say the same.\n"));
    else
        stream_format(context->out, "%zu removed, %zu added, %zu changed\n",
                      diff->removed, diff->added, diff->changed);
}

static bool print_json(struct command_context *context, const struct design_diff *diff,
                       struct error *err)
{
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "removed", (int64_t)diff->removed);
    json_member_integer(&json, "added", (int64_t)diff->added);
    json_member_integer(&json, "changed", (int64_t)diff->changed);
    json_key(&json, "changes");
    json_array(&json);
    for (size_t i = 0; i < diff->count; i++) {
        const struct design_change *change = &diff->changes[i];
        struct label sentence = design_change_words(change, context->arena);
        json_object(&json);
        json_member_text(&json, "change", text_of(words[change->kind]));
        json_member_text(&json, "thing", text_of(change->thing));
        json_member_text(&json, "oid", change->oid);
        if (change->kind == DESIGN_CHANGED) {
            json_member_text(&json, "fact", text_of(change->fact));
            json_member_text(&json, "before", change->before);
            json_member_text(&json, "after", change->after);
        } else if (change->label.english.len > 0)
            json_member_text(&json, "label", change->label.english);
        json_member_text(&json, "sentence", sentence.english);
        json_member_text(&json, "sentence_zh", sentence.chinese);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return command_json(context, &buffer, err);
}

bool command_study_diff(struct command_context *context, struct error *err)
{
    struct design_file *before, *after;
    struct text other = command_place(context, 0);
    if (!refuse_folder(context, other, err) ||
        !design_file_of_command(context, &before, err))
        return false;
    if (!design_file_read(context, other, &after, err))
        return error_in(err, "%.*s", TEXT_ARG(other));
    struct design_diff diff =
        design_diff(before->design, after->design, context->arena);
    if (context->is_json)
        return print_json(context, &diff, err);
    print_lines(context, &diff);
    return true;
}

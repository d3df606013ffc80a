#include "cli/result_file.h"

#include "system/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

bool result_file_begin(struct command_context *context, struct text out,
                       struct result_file *file, struct error *err)
{
    *file = (struct result_file){.descriptor = -1};
    if (out.len == 0)
        return error_set(err, ERROR_USAGE,
                         "say where to: --out PATH, or --out - for standard output");
    if (text_equal(out, TEXT("-"))) {
        file->stream = *context->out;
        return true;
    }
    file->path = command_path(context, out);
    if (file_exists(file->path)) {
        error_set(err, ERROR_REFUSED, "%s exists already", file->path);
        return error_hint(err, "choose another name, or remove it first");
    }
    file->beside =
        text_format(context->arena, "%s.%ld.new", file->path, (long)getpid()).at;
    file->descriptor =
        open(file->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file->descriptor < 0)
        return error_set(err, ERROR_FAILED, "%s cannot be made: does its folder exist?",
                         file->path);
    file->stream = stream_to(&file->descriptor, context->arena);
    return true;
}

bool result_file_end(struct result_file *file, bool is_done, struct error *err)
{
    if (file->descriptor < 0)
        return is_done;
    bool is_kept = is_done && !file->stream.has_failed &&
                   fsync(file->descriptor) == 0 &&
                   rename(file->beside, file->path) == 0;
    close(file->descriptor);
    if (is_kept)
        return true;
    unlink(file->beside);
    if (is_done)
        error_set(err, ERROR_FAILED, "%s could not be written: is the disk full?",
                  file->path);
    return false;
}

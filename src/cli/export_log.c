/* osteon export DIR log: the audit trail as JSON lines, one event a line, oldest first,
 * without clinical values. */
#include "actions/audit.h"
#include "actions/safekeeping.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/result_file.h"
#include "web/api_write.h"

static bool write_page(struct stream *to, const struct audit_entry *entries,
                       size_t count, struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct buffer buffer = buffer_in(arena, LIMIT_PAYLOAD);
        struct json_writer json = json_to(&buffer);
        write_audit_entry(&json, &entries[i]);
        buffer_byte(&buffer, '\n');
        struct text line;
        if (!buffer_text(&buffer, &line, err))
            return false;
        stream_text(to, line);
        arena_rewind(arena, mark);
    }
    return true;
}

/* Before the events of a demo: that they are made up, and by which clock. */
static bool write_synthetic(struct command_context *context, struct stream *to,
                            struct error *err)
{
    struct text line;
    struct buffer buffer = buffer_in(context->arena, LIMIT_REASON);
    struct json_writer json = json_to(&buffer);
    if (!store_is_demo(study_store(context->study)))
        return true;
    json_object(&json);
    json_member_text(&json, "data", TEXT("SYNTHETIC"));
    json_member_instant(&json, "simulated_now", study_now(context->study));
    json_end(&json);
    buffer_byte(&buffer, '\n');
    if (!buffer_text(&buffer, &line, err))
        return false;
    stream_text(to, line);
    return true;
}

static bool write_log(struct command_context *context, struct stream *to,
                      int64_t *written, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon export log"));
    struct log_state state;
    if (!log_state_read(context->study, &caller, &state, err))
        return false;
    struct command_progress progress = command_progress_begin();
    struct audit_filter filter = {.user = -1, .limit = LIMIT_LIST};
    bool is_done = true;
    for (size_t count = LIMIT_LIST; is_done && count == LIMIT_LIST;) {
        struct arena_mark mark = arena_mark(context->arena);
        struct audit_entry *entries;
        is_done = audit_read(context->study, &caller, &filter, context->arena, &entries,
                             &count, err) &&
                  write_page(to, entries, count, context->arena, err);
        if (is_done && count > 0)
            filter.after = entries[count - 1].seq;
        *written += is_done ? (int64_t)count : 0;
        arena_rewind(context->arena, mark);
        command_progress_show(context, &progress, filter.after, state.seq, "event");
        is_done = is_done && !to->has_failed;
    }
    command_progress_end(context, &progress);
    if (to->has_failed)
        return error_set(err, ERROR_FAILED, "the lines could not be written");
    return is_done;
}

bool command_export_log(struct command_context *context, struct error *err)
{
    struct result_file file;
    if (!result_file_begin(context, command_option(context, "--out"), &file, err))
        return false;
    int64_t written = 0;
    bool is_done = write_synthetic(context, &file.stream, err) &&
                   write_log(context, &file.stream, &written, err);
    if (!result_file_end(&file, is_done, err))
        return false;
    stream_format(context->err, "%lld events\n", (long long)written);
    return true;
}

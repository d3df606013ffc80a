/* osteon verify DIR: does the record hold? Every finding is named; none shows a value. */
#include "store/verify.h"

#include "actions/signature_verify.h"
#include "actions/study.h"
#include "base/hex.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "system/file.h"

enum { CHECKPOINT_SIZE = 16 * 1024, REPORT_JSON = 1024 * 1024 };

static const char *const fault_names[] = {
    [VERIFY_STRUCTURE] = "structure", [VERIFY_MISSING] = "missing",
    [VERIFY_LINK] = "link",           [VERIFY_CHANGED] = "changed",
    [VERIFY_SEAL] = "seal",           [VERIFY_KEY] = "key",
    [VERIFY_CONTENT] = "content",     [VERIFY_LATER_KIND] = "later-kind",
    [VERIFY_ERASURE] = "erasure",     [VERIFY_CUT_OFF] = "cut-off",
    [VERIFY_TABLE] = "table",         [VERIFY_CHECKPOINT] = "checkpoint",
    [VERIFY_SIGNATURE] = "signature",
};

/* The checkpoint of --checkpoint; `*out` NULL when none was given. */
static bool read_checkpoint(struct command_context *context, struct checkpoint **out,
                            struct error *err)
{
    struct text name = command_option(context, "--checkpoint");
    *out = NULL;
    if (text_is_absent(name))
        return true;
    struct text document;
    *out = ARENA_NEW(context->arena, struct checkpoint);
    return file_read(command_path(context, name), CHECKPOINT_SIZE, context->arena,
                     &document, err) &&
           (checkpoint_read(document, *out, err) ||
            error_in(err, "%.*s", TEXT_ARG(name)));
}

/* Inside the server the open store is verified while it is in use; otherwise the folder
 * as it lies there, even when it cannot be opened as a study. */
static bool examine(struct command_context *context,
                    const struct checkpoint *checkpoint, struct verify_report *report,
                    struct error *err)
{
    if (context->figures != NULL)
        return verify_store_with(study_store(context->study), checkpoint,
                                 signatures_examine, context->arena, report, err);
    struct store_options options = {.folder = context->folder};
    const char *file =
        checkpoint == NULL
            ? NULL
            : command_path(context, command_option(context, "--checkpoint"));
    return verify_folder_with(&options, file, signatures_examine, context->arena,
                              report, err);
}

static struct text head_as_text(const struct verify_report *report, struct arena *arena)
{
    char *head = arena_alloc(arena, HEX_SIZE(HASH_SIZE));
    size_t len = hex_print(report->head.bytes, sizeof report->head.bytes, head);
    return (struct text){.at = head, .len = len};
}

/* Without the key ring only the reader can know whose key it is. */
static void print_signer(struct command_context *context,
                         const struct verify_report *report,
                         const struct checkpoint *checkpoint)
{
    char key[HEX_SIZE(SIGNING_PUBLIC_SIZE)];
    int len = (int)hex_print(checkpoint->public_key, SIGNING_PUBLIC_SIZE, key);
    stream_format(context->out, "checkpoint  of event %lld, signed by ",
                  (long long)checkpoint->seq);
    if (report->is_signer_known)
        stream_text(context->out, TEXT("this folder's key\n"));
    else if (report->has_key)
        stream_text(context->out, TEXT("a key that is not this folder's\n"));
    else
        stream_format(context->out,
                      "key %.*s: compare it with the public key of a checkpoint that "
                      "you trust\n",
                      len, key);
}

static void print_report(struct command_context *context,
                         const struct verify_report *report,
                         const struct checkpoint *checkpoint)
{
    struct stream *out = context->out;
    stream_format(out, "log         %lld events", (long long)report->events);
    if (report->erased_events > 0)
        stream_format(out, ", %lld of them erased", (long long)report->erased_events);
    stream_format(out, "\nhead        %lld %.*s\n", (long long)report->seq,
                  TEXT_ARG(head_as_text(report, context->arena)));
    if (!report->has_key)
        stream_text(out, TEXT("key         not in the key ring: seals and tables were "
                              "not checked\n"));
    else if (report->is_compared)
        stream_format(out, "tables      %lld rows compared\n",
                      (long long)report->rows_compared);
    if (report->tables_not_compared > 0)
        stream_format(out,
                      "            %lld of an earlier version not compared: they are "
                      "made anew when the folder is next written to\n",
                      (long long)report->tables_not_compared);
    if (checkpoint != NULL)
        print_signer(context, report, checkpoint);
    for (size_t i = 0; i < report->finding_count; i++)
        stream_format(out, "finding     %s: %.*s\n",
                      fault_names[report->findings[i].fault],
                      TEXT_ARG(report->findings[i].sentence));
    if (report->findings_left_off > 0)
        stream_format(out, "            and %lld more\n",
                      (long long)report->findings_left_off);
    if (report->finding_count == 0)
        stream_text(out, TEXT("It holds.\n"));
}

static void write_findings(struct json_writer *json, const struct verify_report *report)
{
    json_key(json, "findings");
    json_array(json);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct verify_finding *finding = &report->findings[i];
        json_object(json);
        json_member_text(json, "fault", text_of(fault_names[finding->fault]));
        if (finding->seq != 0)
            json_member_integer(json, "seq", finding->seq);
        json_member_text(json, "sentence", finding->sentence);
        json_end(json);
    }
    json_end(json);
    json_member_integer(json, "findings_left_off", report->findings_left_off);
}

static bool print_json(struct command_context *context,
                       const struct verify_report *report,
                       const struct checkpoint *checkpoint, struct error *err)
{
    struct buffer buffer = buffer_in(context->arena, REPORT_JSON);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "holds", report->finding_count == 0);
    json_member_integer(&json, "events", report->events);
    json_member_integer(&json, "erased_events", report->erased_events);
    json_member_integer(&json, "seq", report->seq);
    json_member_text(&json, "head", head_as_text(report, context->arena));
    json_member_bool(&json, "has_key", report->has_key);
    json_member_bool(&json, "tables_compared", report->is_compared);
    json_member_integer(&json, "rows_compared", report->rows_compared);
    json_member_integer(&json, "tables_not_compared", report->tables_not_compared);
    if (checkpoint != NULL) {
        json_key(&json, "checkpoint");
        json_object(&json);
        json_member_integer(&json, "seq", checkpoint->seq);
        json_member_bool(&json, "signer_known", report->is_signer_known);
        json_end(&json);
    }
    write_findings(&json, report);
    json_end(&json);
    return command_json(context, &buffer, err);
}

bool command_verify(struct command_context *context, struct error *err)
{
    struct checkpoint *checkpoint;
    struct verify_report report = {0};
    if (!read_checkpoint(context, &checkpoint, err) ||
        !examine(context, checkpoint, &report, err))
        return false;
    if (context->is_json && !print_json(context, &report, checkpoint, err))
        return false;
    if (!context->is_json)
        print_report(context, &report, checkpoint);
    return report.finding_count == 0 ||
           error_set(err, ERROR_DAMAGED, "the record does not hold: %zu %s",
                     report.finding_count,
                     report.finding_count == 1 ? "finding" : "findings");
}

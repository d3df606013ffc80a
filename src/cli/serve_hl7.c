#include "cli/serve_hl7.h"

#include "actions/feed.h"
#include "actions/filing.h"
#include "listen/listener.h"
#include "system/file.h"

enum { PEM_SIZE = 1024 * 1024 };

struct serve_hl7 {
    struct study *study;
    struct filing *filing;
    struct listener *listener; /* NULL: nobody listens */
    struct feed_door door;
};

bool serve_hl7_options(struct command_context *context, struct error *err)
{
    struct text files = command_option(context, "--hl7-tls");
    if (text_is_absent(files))
        return true;
    if (!command_has(context, "--hl7"))
        return error_set(err, ERROR_USAGE, "--hl7-tls goes with --hl7");
    struct text certificate = text_cut(&files, ',');
    return (certificate.len > 0 && files.len > 0) ||
           error_set(err, ERROR_USAGE,
                     "--hl7-tls takes two files or three: CERT,KEY[,CLIENT-CA]");
}

static bool read_pem(struct command_context *context, struct text *files,
                     struct text *out, struct error *err)
{
    struct text file = text_cut(files, ',');
    return file_read(command_path(context, file), PEM_SIZE, context->arena, out, err);
}

/* With a third file senders must show a certificate of that authority. */
static bool read_secrets(struct command_context *context, struct serve_hl7 *hl7,
                         struct wire_secrets **out, struct error *err)
{
    struct text files = command_option(context, "--hl7-tls");
    struct text certificate, key, authority = {0};
    *out = NULL;
    if (text_is_absent(files))
        return true;
    hl7->door.has_tls = true;
    if (!read_pem(context, &files, &certificate, err) ||
        !read_pem(context, &files, &key, err))
        return false;
    hl7->door.wants_certificate = files.len > 0;
    return (files.len == 0 || read_pem(context, &files, &authority, err)) &&
           (wire_secrets_read(certificate, key, authority, context->arena, out, err) ||
            error_in(err, "--hl7-tls"));
}

static bool begin_listening(struct command_context *context, struct serve_hl7 *hl7,
                            struct error *err)
{
    struct text address = command_option(context, "--hl7");
    struct wire_secrets *secrets;
    if (text_is_absent(address))
        return true;
    struct listener_options options = {.study = hl7->study,
                                       .listen = text_c(context->arena, address)};
    if (!read_secrets(context, hl7, &secrets, err))
        return false;
    options.secrets = secrets;
    if (!listener_start(&options, context->arena, &hl7->listener, err)) {
        hl7->listener = NULL;
        return error_in(err, "--hl7");
    }
    hl7->door.address = listener_address(hl7->listener);
    feed_door_set(hl7->study, &hl7->door);
    stream_format(context->err, "HL7 v2 over MLLP%s: %.*s\n",
                  hl7->door.has_tls ? " in TLS" : "", TEXT_ARG(hl7->door.address));
    return true;
}

bool serve_hl7_begin(struct command_context *context, struct study *study,
                     struct serve_hl7 **out, struct error *err)
{
    struct serve_hl7 *hl7 = ARENA_NEW(context->arena, struct serve_hl7);
    *hl7 = (struct serve_hl7){.study = study};
    *out = hl7;
    if (!filing_start(study, context->arena, &hl7->filing, err))
        return false;
    if (begin_listening(context, hl7, err))
        return true;
    filing_stop(hl7->filing);
    return false;
}

void serve_hl7_end(struct serve_hl7 *hl7)
{
    if (hl7->listener != NULL)
        listener_stop(hl7->listener);
    feed_door_set(hl7->study, NULL);
    filing_stop(hl7->filing);
}

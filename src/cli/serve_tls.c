#include "cli/serve_tls.h"

#include "actions/study.h"
#include "cli/certificate_keeper.h"
#include "cli/own_certificate.h"
#include "system/clock.h"
#include "system/file.h"
#include "system/host_names.h"
#include "system/log.h"
#include "web/qr_code.h"
#include "web/trust_page.h"

#include <string.h>

enum { CERTIFICATE_SIZE = 1024 * 1024, CODE_SIZE = 64 * 1024, TRUST_CONNECTIONS = 32 };

struct serve_tls {
    struct command_context *context;
    struct store *store;
    const char *listen;
    bool is_auto;
    struct own_certificate own;
    struct host_names names;
    struct certificate_keeper *keeper; /* NULL: none */
    struct server *trust;              /* NULL: none */
};

static bool open_own(struct serve_tls *tls, struct server_options *options,
                     struct error *err)
{
    struct arena *arena = tls->context->arena;
    tls->is_auto = true;
    host_names_read(arena, &tls->names);
    if (!own_certificate_keep(tls->store, &tls->names, clock_now(&system_clock), arena,
                              &tls->own, err))
        return false;
    if (!text_is_absent(tls->own.trouble))
        log_warning("the certificate: %.*s", TEXT_ARG(tls->own.trouble));
    options->certificate = tls->own.server.certificate;
    options->private_key = tls->own.server.key;
    return true;
}

/* "off" where nothing is said. */
static struct text wanted_of(struct command_context *context)
{
    struct text wanted = command_option(context, "--tls");
    return text_is_absent(wanted) ? TEXT("off") : wanted;
}

bool serve_tls_options(struct command_context *context, struct error *err)
{
    struct text files = wanted_of(context);
    bool is_auto = text_equal(files, TEXT("auto"));
    bool is_off = text_equal(files, TEXT("off"));
    if (!is_auto && command_has(context, "--trust"))
        return error_set(err, ERROR_USAGE, "--trust goes with --tls auto");
    struct text certificate = text_cut(&files, ',');
    return is_auto || is_off || (certificate.len > 0 && files.len > 0) ||
           error_set(err, ERROR_USAGE,
                     "--tls takes off, auto, or two files: --tls CERT,KEY");
}

static bool open_files(struct command_context *context, struct text files,
                       struct server_options *options, struct error *err)
{
    struct text certificate = text_cut(&files, ',');
    return file_read(command_path(context, certificate), CERTIFICATE_SIZE,
                     context->arena, &options->certificate, err) &&
           file_read(command_path(context, files), CERTIFICATE_SIZE, context->arena,
                     &options->private_key, err);
}

bool serve_tls_open(struct command_context *context, struct server_options *options,
                    struct serve_tls **out, struct error *err)
{
    struct serve_tls *tls = ARENA_NEW(context->arena, struct serve_tls);
    *tls = (struct serve_tls){.context = context,
                              .store = study_store(options->study),
                              .listen = options->listen};
    *out = tls;
    struct text wanted = wanted_of(context);
    if (text_equal(wanted, TEXT("auto")))
        return open_own(tls, options, err);
    return text_equal(wanted, TEXT("off")) || open_files(context, wanted, options, err);
}

/* "https://0.0.0.0:8443" is no address to go to: the machine's first one is. */
static const char *reachable(const struct serve_tls *tls, struct text address)
{
    static const char *const everywhere[] = {"://0.0.0.0:", "://[::]:"};
    struct arena *arena = tls->context->arena;
    struct text first = tls->names.addresses[0];
    bool is_v6 = text_find(first, ':') < first.len;
    for (size_t i = 0; i < ARRAY_COUNT(everywhere); i++) {
        const char *whole = text_c(arena, address);
        const char *at = strstr(whole, everywhere[i]);
        if (at != NULL)
            return text_format(arena, "%.*s://%s%.*s%s:%s", (int)(at - whole), whole,
                               is_v6 ? "[" : "", TEXT_ARG(first), is_v6 ? "]" : "",
                               at + strlen(everywhere[i]))
                .at;
    }
    return text_c(arena, address);
}

/* What --trust says, or the host of --listen with a port of its own. */
static const char *trust_listen(const struct serve_tls *tls)
{
    struct text given = command_option(tls->context, "--trust");
    if (!text_is_absent(given))
        return text_c(tls->context->arena, given);
    const char *colon = strrchr(tls->listen, ':');
    return text_format(tls->context->arena, "%.*s:" SERVE_TRUST_PORT,
                       colon == NULL ? 0 : (int)(colon - tls->listen), tls->listen)
        .at;
}

/* Its address stands on the page itself, so that one tablet can show it to the next. */
static bool begin_trust(struct serve_tls *tls, struct server *server, struct error *err)
{
    struct arena *arena = tls->context->arena;
    struct trust_page page = {.authority = tls->own.authority.certificate,
                              .address = reachable(tls, server_address(server))};
    struct server_options options = {.listen = trust_listen(tls),
                                     .door = &trust_door,
                                     .table = &trust_routes,
                                     .connection_limit = TRUST_CONNECTIONS};
    page.here = reachable(tls, text_format(arena, "http://%s/trust", options.listen));
    if (!trust_page_make(&page, arena, &options.assets, &options.asset_count, err) ||
        !server_start(&options, arena, &tls->trust, err))
        return error_in(err, "the page of trust (--trust)");
    struct buffer code = buffer_in(arena, CODE_SIZE);
    struct text lines;
    if (!qr_code_lines(page.here, &code, err) || !buffer_text(&code, &lines, err))
        return false;
    stream_format(tls->context->err,
                  "%.*sOn each tablet, once: open %s, compare the fingerprint with the "
                  "one here,\nand follow the steps. Then the study is at %s\n",
                  TEXT_ARG(lines), page.here, page.address);
    return true;
}

bool serve_tls_begin(struct serve_tls *tls, struct server *server, struct error *err)
{
    if (!tls->is_auto)
        return true;
    struct certificate_facts facts;
    char fingerprint[FINGERPRINT_TEXT];
    if (!certificate_read(tls->own.authority.certificate, &facts, err) ||
        !certificate_keeper_start(tls->store, server, tls->context->arena, &tls->keeper,
                                  err))
        return false;
    if (!text_equal(command_option(tls->context, "--trust"), TEXT("off")) &&
        !begin_trust(tls, server, err))
        return false;
    fingerprint_print(&facts.fingerprint, fingerprint);
    stream_format(tls->context->err, "Fingerprint of the authority (SHA-256):\n%s\n",
                  fingerprint);
    return true;
}

void serve_tls_end(struct serve_tls *tls)
{
    if (tls->trust != NULL)
        server_stop(tls->trust);
    if (tls->keeper != NULL)
        certificate_keeper_stop(tls->keeper);
}

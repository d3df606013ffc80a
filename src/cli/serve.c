/* osteon serve DIR: the page, the API and the control socket, until told to stop. */
#include "actions/alarm_courier.h"
#include "actions/import.h"
#include "actions/rule_wakes.h"
#include "actions/staging.h"
#include "actions/study.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/run.h"
#include "cli/serve_hl7.h"
#include "cli/serve_tls.h"
#include "system/log.h"
#include "system/stop_signal.h"
#include "web/server.h"

struct serving {
    struct study *study;
    struct server *server;
};

/* Another process's command, run here with the open study. */
static int run_for_caller(void *data, const struct text *words, size_t count,
                          struct command_context *context)
{
    const struct serving *serving = data;
    struct server_figures *figures = ARENA_NEW(context->arena, struct server_figures);
    *figures = server_figures(serving->server);
    context->figures = figures;
    context->address = text_c(context->arena, server_address(serving->server));
    return command_line_run_served(words, count, serving->study, context);
}

static bool is_of_this_machine(struct text listen)
{
    return text_starts_with(listen, TEXT("127.")) ||
           text_starts_with(listen, TEXT("localhost:")) ||
           text_starts_with(listen, TEXT("[::1]"));
}

static void tell_address(struct command_context *context, const struct serving *serving,
                         struct text listen, bool has_tls)
{
    struct text address = server_address(serving->server);
    stream_format(context->out, "%.*s\n", TEXT_ARG(address));
    stream_format(context->err, "Study %.*s is served; Ctrl-C stops it.\n",
                  TEXT_ARG(store_study_oid(study_store(serving->study))));
    if (!has_tls && !is_of_this_machine(listen))
        stream_text(context->err,
                    TEXT("Without TLS whoever is on the way can read passwords and "
                         "data: use --tls auto, or a proxy that speaks TLS.\n"));
}

/* Who is told of alarms besides the page; a file that cannot be understood stops the start:
 * a hospital that counts on its mails must know. */
static bool start_courier(struct command_context *context, struct study *study,
                          struct alarm_courier **out, struct error *err)
{
    const struct alarm_settings *settings = NULL;
    return alarm_settings_read(context->folder, context->arena, &settings, err) &&
           alarm_courier_start(study, settings, context->arena, out, err);
}

/* Everything that serves, begun in order and ended in reverse. */
static bool serve_study(struct command_context *context, struct server_options *options,
                        struct error *err)
{
    struct serving serving = {.study = options->study};
    struct serve_tls *tls;
    if (!serve_tls_open(context, options, &tls, err) ||
        !server_start(options, context->arena, &serving.server, err))
        return false;
    struct waker *waker;
    if (!waker_start(serving.study, context->arena, &waker, err)) {
        server_stop(serving.server);
        return false;
    }
    struct alarm_courier *courier;
    if (!start_courier(context, serving.study, &courier, err)) {
        waker_stop(waker);
        server_stop(serving.server);
        return false;
    }
    struct serve_hl7 *hl7;
    if (!serve_hl7_begin(context, serving.study, &hl7, err)) {
        alarm_courier_stop(courier);
        waker_stop(waker);
        server_stop(serving.server);
        return false;
    }
    struct control_host host = {
        .folder = context->folder, .run = run_for_caller, .data = &serving};
    struct control *control;
    if (!control_start(&host, context->arena, &control, err)) {
        serve_hl7_end(hl7);
        alarm_courier_stop(courier);
        waker_stop(waker);
        server_stop(serving.server);
        return false;
    }
    bool is_begun = serve_tls_begin(tls, serving.server, err);
    if (is_begun) {
        tell_address(context, &serving, text_of(options->listen),
                     !text_is_absent(options->certificate));
        stop_signal_wait();
        log_info("stopping: requests under way get their answers");
    }
    serve_tls_end(tls);
    control_stop(control);
    serve_hl7_end(hl7);
    alarm_courier_stop(courier);
    waker_stop(waker);
    server_stop(serving.server);
    return is_begun;
}

/* Files of requests that were under way when the server was killed. */
static void clean_staging(struct study *study)
{
    struct error why;
    if (!staging_clean(study, &why))
        log_warning("files cannot be taken in or given out: %s", why.text);
}

/* What a killed import has staged is taken back; if it cannot be now, nobody sees it, and
 * the next import tries again. */
static void clean_imports(struct study *study)
{
    struct caller caller = caller_operator(TEXT("osteon serve"));
    struct error why;
    if (!import_clean(study, &caller, &why))
        log_warning("an import that was not finished is still there: %s", why.text);
}

bool command_serve(struct command_context *context, struct error *err)
{
    context->folder = command_path(context, arguments_place(context->arguments, 0));
    struct text listen = command_option(context, "--listen");
    struct server_options options = {
        .listen = text_is_absent(listen) ? COMMAND_DEFAULT_LISTEN
                                         : text_c(context->arena, listen),
        .door = &server_door_of_actions,
        .table = &route_table,
    };
    if (!serve_tls_options(context, err) || !serve_hl7_options(context, err))
        return false;
    stop_signal_block();
    struct store_options folder = {.folder = context->folder};
    if (!study_open(&folder, &options.study, err)) {
        if (err->code == ERROR_NOT_FOUND && err->hint[0] == '\0')
            error_hint(err, "osteon init %.*s makes a folder",
                       TEXT_ARG(arguments_place(context->arguments, 0)));
        return false;
    }
    clean_imports(options.study);
    clean_staging(options.study);
    bool is_done = serve_study(context, &options, err);
    study_close(options.study);
    return is_done;
}

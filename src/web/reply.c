/* Answers, as libmicrohttpd wants them: the last step of web/exchange.h. */
#include "web/exchange.h"
#include "web/header.h"
#include "web/reply_headers.h"

#include "system/clock.h"
#include "system/gzip.h"

#include <microhttpd.h>
#include <unistd.h>

enum { COMPRESS_FROM = 1024 }; /* bytes; less is not worth the work */

void reply_header(struct MHD_Response *response, const char *name, const char *value)
{
    ASSERT(MHD_add_response_header(response, name, value) == MHD_YES);
}

static void common_security(struct MHD_Response *response, bool is_tls)
{
    reply_header(response, "X-Content-Type-Options", "nosniff");
    reply_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (is_tls)
        reply_header(response, "Strict-Transport-Security", "max-age=31536000");
}

void reply_page_security(struct MHD_Response *response, bool is_tls)
{
    reply_header(response, "Content-Security-Policy",
                 "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
                 "style-src 'self'; img-src 'self' data:; font-src 'self'; "
                 "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
                 "form-action 'none'; frame-ancestors 'none'; "
                 "base-uri 'none'");
    reply_header(response, "Referrer-Policy", "no-referrer");
    reply_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    reply_header(response, "Permissions-Policy",
                 "camera=(self), microphone=(), geolocation=(), payment=(), usb=()");
    common_security(response, is_tls);
}

/* For the answers of the API: data, unless the answer says how it may be shown. */
static void data_security(struct MHD_Response *response, const char *policy,
                          bool is_tls)
{
    reply_header(response, "Content-Security-Policy",
                 policy != NULL ? policy
                                : "default-src 'none'; frame-ancestors 'none'");
    common_security(response, is_tls);
}

static bool is_long(const struct response *response)
{
    return response->live != NULL || response->file >= 0;
}

static bool queue(struct exchange *exchange, struct MHD_Response *response, int status)
{
    watch_enter(exchange->watched,
                is_long(&exchange->response) ? WATCH_LIVE : WATCH_SEND,
                clock_monotonic());
    return MHD_queue_response(exchange->connection, (unsigned)status, response) ==
           MHD_YES;
}

/* A step or a rule refused: its error as a document. */
static void become_problem(struct exchange *exchange)
{
    struct response *response = &exchange->response;
    struct problem problem = {.error = &exchange->error,
                              .status = exchange->status,
                              .members = response->problem_members,
                              .data = response->problem_data};
    response->status = problem_status(&problem);
    response->body = problem_print(&problem, exchange->arena);
    response->content_type = PROBLEM_CONTENT_TYPE;
    response->content_security = NULL;
    response->etag = (struct text){0};
    response->may_be_kept = false;
    response->live = NULL;
    if (response->file >= 0)
        close(response->file);
    response->file = -1;
    if (response->status == PROBLEM_METHOD && exchange->allowed.len > 0)
        response_header(response, "Allow", exchange->allowed);
    if (exchange->error.code == ERROR_SIGN_IN)
        response_header(response, "WWW-Authenticate", TEXT("Bearer realm=\"osteon\""));
}

/* Compressed bodies of answers that say they may be: the study's design is 10 to 1. */
static bool compress(struct exchange *exchange, struct text *body)
{
    struct response *response = &exchange->response;
    return response->may_be_compressed && body->len >= COMPRESS_FROM &&
           header_takes_coding(request_header(&exchange->request, "accept-encoding"),
                               TEXT("gzip")) &&
           gzip_compress(*body, exchange->arena, body);
}

static struct MHD_Response *body_response(struct text body)
{
    union {
        const char *read;
        void *pointer;
    } view = {.read = body.len == 0 ? "" : body.at};
    struct MHD_Response *made =
        MHD_create_response_from_buffer(body.len, view.pointer, MHD_RESPMEM_PERSISTENT);
    ASSERT(made != NULL);
    return made;
}

static void add_headers(struct exchange *exchange, struct MHD_Response *made)
{
    struct response *response = &exchange->response;
    struct arena *arena = exchange->arena;
    if (response->content_type != NULL)
        reply_header(made, "Content-Type", response->content_type);
    reply_header(made, "Cache-Control",
                 response->may_be_kept ? "no-cache" : "no-store");
    if (response->etag.len > 0)
        reply_header(
            made, "ETag",
            text_c(arena, text_format(arena, "\"%.*s\"", TEXT_ARG(response->etag))));
    for (size_t i = 0; i < response->header_count; i++)
        reply_header(made, response->headers[i].name,
                     text_c(arena, response->headers[i].value));
    if (exchange->must_close)
        reply_header(made, "Connection", "close");
    data_security(made, response->content_security, exchange->server->is_tls);
}

static bool is_unchanged(const struct exchange *exchange)
{
    return exchange->response.etag.len > 0 &&
           header_names_etag(request_header(&exchange->request, "if-none-match"),
                             exchange->response.etag);
}

static bool send_text(struct exchange *exchange)
{
    struct response *response = &exchange->response;
    struct text body = response->body;
    int status = response->status == 0 ? MHD_HTTP_OK : response->status;
    bool is_compressed = false;
    if (status == MHD_HTTP_OK && is_unchanged(exchange)) {
        status = MHD_HTTP_NOT_MODIFIED;
        body = (struct text){0};
        response->content_type = NULL;
    } else {
        is_compressed = compress(exchange, &body);
    }
    struct MHD_Response *made = body_response(body);
    add_headers(exchange, made);
    if (is_compressed)
        reply_header(made, "Content-Encoding", "gzip");
    if (response->may_be_compressed)
        reply_header(made, "Vary", "Accept-Encoding");
    bool is_queued = queue(exchange, made, status);
    MHD_destroy_response(made);
    return is_queued;
}

static bool send_file(struct exchange *exchange)
{
    struct response *response = &exchange->response;
    struct MHD_Response *made =
        MHD_create_response_from_fd64((uint64_t)response->file_length, response->file);
    ASSERT(made != NULL);
    add_headers(exchange, made);
    bool is_queued = queue(exchange, made, MHD_HTTP_OK);
    response->file = -1; /* closed with the response */
    MHD_destroy_response(made);
    return is_queued;
}

static ssize_t read_live(void *data, uint64_t position, char *out, size_t room)
{
    (void)position;
    ssize_t taken = live_take(data, out, room);
    return taken < 0 ? MHD_CONTENT_READER_END_OF_STREAM : taken;
}

static void close_live(void *data)
{
    live_close(data);
}

static void suspend_live(void *connection)
{
    MHD_suspend_connection(connection);
}

static void resume_live(void *connection)
{
    MHD_resume_connection(connection);
}

static bool send_live(struct exchange *exchange)
{
    enum { BLOCK = 4096 };
    struct live_stream *stream = exchange->response.live;
    live_connect(stream, exchange->connection, suspend_live, resume_live);
    struct MHD_Response *made = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK, read_live, stream, close_live);
    ASSERT(made != NULL);
    exchange->response.content_type = "text/event-stream";
    add_headers(exchange, made);
    /* A proxy that waits for a whole buffer would hold every change back. */
    reply_header(made, "X-Accel-Buffering", "no");
    bool is_queued = queue(exchange, made, MHD_HTTP_OK);
    MHD_destroy_response(made);
    return is_queued;
}

bool reply_send(struct exchange *exchange)
{
    if (exchange->asset != NULL && !exchange->is_refused) {
        int status = 0;
        struct MHD_Response *made = page_answer(exchange->server->page, exchange->asset,
                                                &exchange->request, &status);
        return queue(exchange, made, status);
    }
    if (exchange->is_refused)
        become_problem(exchange);
    if (exchange->response.file >= 0)
        return send_file(exchange);
    return exchange->response.live != NULL ? send_live(exchange) : send_text(exchange);
}
